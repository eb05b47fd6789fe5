# Read by the other scripts: `prepare LOCK` makes .venv with exactly what a lock file names, and the project in it.
# Nothing is done twice: a stamp in .venv remembers what was installed.

root=$(cd "$(dirname "$0")/.." && pwd)
venv=$root/.venv

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

find_python() {
    for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
        [ -n "$candidate" ] || continue
        command -v "$candidate" >/dev/null 2>&1 || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    fail "Python 3.11 or newer is needed and was not found. Install it (Debian 12 or newer: apt-get install python3" \
        "python3-venv), or name one: PYTHON=/path/to/python3 $0"
}

make_venv() {
    [ ! -e "$venv/.whole" ] || "$venv/bin/python" -c '' 2>/dev/null || rm -f "$venv/.whole"
    [ ! -e "$venv/.whole" ] || return 0
    if "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
        : >"$venv/.whole"
        return 0
    fi
    python=$(find_python) || exit 1
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        fail "$python cannot make virtual environments: its module ensurepip is missing. On Debian and Ubuntu:" \
            "apt-get install python$version-venv"
    fi
    say "Making .venv with $python ..."
    "$python" -m venv --clear "$venv" || fail "The virtual environment could not be made in $venv."
    : >"$venv/.whole"
}

checksum() {
    "$venv/bin/python" -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$1"
}

install_lock() {
    stamp=$venv/.installed-$1
    wanted=$(checksum "$root/$1")
    [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || return 0
    say "Installing what $1 names ..."
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --require-hashes \
        --requirement "$root/$1" || fail "The installation failed; see above. Start again to go on."
    printf '%s\n' "$wanted" >"$stamp"
}

install_project() {
    stamp=$venv/.installed-project
    wanted="$(checksum "$root/pyproject.toml") $root"
    [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || return 0
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation \
        --editable "$root" || fail "The project could not be installed into $venv; see above."
    printf '%s\n' "$wanted" >"$stamp"
}

prepare() {
    # one at a time: two scripts started together would install over each other
    exec 9<"$root"
    ! command -v flock >/dev/null 2>&1 || flock 9
    export PIP_ROOT_USER_ACTION=ignore
    make_venv
    install_lock "$1"
    install_project
    exec 9<&-
}
