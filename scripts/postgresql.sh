# Read by scripts/test: `offer_postgresql` installs the distribution's PostgreSQL where it can, without a cluster and
# without a server. It never fails: what is missing is said, and the test that wants it skips.

system=${DATELINE_SYSTEM:-} # where tests put another system's folders

offer_postgresql() {
    ! ls "$system"/usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || return 0
    skips="the test that runs on the distribution's PostgreSQL skips"
    if ! command -v apt-get >/dev/null 2>&1; then
        say "PostgreSQL is not installed in /usr/lib/postgresql: $skips."
    elif [ "$(id -u)" != 0 ]; then
        say "The Debian package postgresql-15 (or postgresql) is not installed: $skips. As root: apt-get install postgresql-15"
    else
        install_postgresql || say "apt-get could not install ${package:-PostgreSQL}: $skips."
    fi
}

install_postgresql() {
    say "Installing the Debian package of PostgreSQL ..."
    no_cluster=$system/etc/postgresql-common/createcluster.d/dateline-tests.conf
    mkdir -p "${no_cluster%/*}" && echo "create_main_cluster = off" >"$no_cluster" || return 1
    bounded update || : # a source that does not answer need not be the one that has it
    package=postgresql-15
    apt-cache show "$package" >/dev/null 2>&1 || package=postgresql
    installed=0
    bounded install --yes --no-install-recommends "$package" || installed=1
    rm -f "$no_cluster"
    rmdir "${no_cluster%/*}" 2>/dev/null || :
    return "$installed"
}

# apt-get, quiet and without questions; it gives up where nothing answers.
bounded() {
    DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=1 -o Acquire::http::Timeout=20 \
        -o Acquire::https::Timeout=20 -o DPkg::Lock::Timeout=60 "$@" >/dev/null 2>&1 </dev/null
}
