"""`dateline sql`: how a tool that speaks SQL gets at the views, with the role that only reads."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterator

from sqlalchemy import URL, make_url

from app.cli.database import opened
from app.cli.showing import console
from app.settings import Settings
from app.storage import reader_role
from app.storage.binaries import client_program
from app.storage.public_views import SCHEMA

EXAMPLE = "SELECT date_edtf, title, evidence_text FROM events WHERE kind = 'visit' ORDER BY date_earliest LIMIT 10"


def sql() -> None:
    """Say how to connect; the database is reached, and started where it is the embedded one."""
    settings = Settings()
    with opened(settings) as database:
        with database.begin() as conn:
            missing = reader_role.missing(conn)
        lines = list(_lines(make_url(database.url), missing, embedded=not settings.database_url))
    for line in lines:
        console().print(line, soft_wrap=True, highlight=False, markup=False)


def _lines(url: URL, missing: tuple[str, ...], *, embedded: bool) -> Iterator[str]:
    yield f"The schema {SCHEMA} holds views named as the endpoints; the role {reader_role.ROLE} may read them, no more."
    yield from _mend(missing)
    yield ""
    yield psql_line(url, embedded=embedded)
    yield ""
    yield f"address:  {reader_address(url)}"
    yield f"example:  {EXAMPLE}"
    yield "columns:  \\d+ events in psql; each has a comment that says what it means"
    yield ""
    yield from _EMBEDDED if embedded else _GIVEN


_EMBEDDED = (
    "This database is the embedded one. It runs while `dateline serve` does, and listens on a socket that only its own",
    "user and root may open, without a password. For tools that need a network address, set DATABASE_URL to a",
    "PostgreSQL of your own.",
)
_GIVEN = (
    f"A server that asks for passwords lets the role in once it has one: \\password {reader_role.ROLE} in psql, as its",
    "administrator.",
)


def _mend(missing: tuple[str, ...]) -> Iterator[str]:
    if missing:
        yield "The role is not complete. Let an administrator of the server run, in this database:"
        yield from (f"  {statement};" for statement in missing)


def reader_address(url: URL) -> str:
    """The same database for the role that reads, in the form that other tools take."""
    found = URL.create("postgresql", reader_role.ROLE, None, url.host, url.port, url.database, url.query)
    return found.render_as_string(hide_password=False)


def psql_line(url: URL, *, embedded: bool) -> str:
    """What to type in a terminal. The embedded server's own programs do where psql is not installed."""
    program = shutil.which("psql") or (str(client_program("psql") or "psql") if embedded else "psql")
    return f"{shlex.quote(program)} {shlex.quote(reader_address(url))}"
