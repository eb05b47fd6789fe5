# Read by scripts/test after postgresql.sh: `offer_browser` installs Chromium, and npm for the timeline programs that it
# is to show, where it can. It never fails: what is missing is said, and the tests that want it skip.

offer_browser() {
    packages=
    for name in chromium npm; do
        command -v "$name" >/dev/null 2>&1 || packages="$packages $name"
    done
    [ -n "$packages" ] || return 0
    skips="the tests in a browser skip"
    if ! command -v apt-get >/dev/null 2>&1; then
        say "Not installed:$packages: $skips."
    elif [ "$(id -u)" != 0 ]; then
        say "Not installed:$packages: $skips. As root: apt-get install$packages"
    else
        say "Installing the Debian packages$packages ..."
        bounded update || : # a source that does not answer need not be the one that has it
        # shellcheck disable=SC2086 # a list of names
        bounded install --yes --no-install-recommends $packages || say "apt-get could not install$packages: $skips."
    fi
}
