"""The way to the database: addresses, engines, migrations."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError

from app.domain.errors import NoDatabase
from app.storage.past import drop_views, make_views
from app.storage.publishing import withdraw

log = logging.getLogger(__name__)
OLDEST = 15
EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent")
# Any number will do, as long as every process of this program takes the same.
_MIGRATION_LOCK = 7_310_204_511
# Plans made for the values at hand, since actors differ a thousandfold in how often they act; compiling never pays, and
# workers only where they have a tenth of a second to share.
_SETTINGS = {
    "plan_cache_mode": "force_custom_plan",
    "jit": "off",
    "parallel_setup_cost": "10000",
    "timezone": "UTC",
    "datestyle": "ISO",
}


def make_engine(url: str, *, pool_size: int = 10, statement_timeout_ms: int | None = None) -> Engine:
    """An engine on psycopg 3. `url` may begin with postgres://, postgresql:// or postgresql+psycopg://.

    Raises NoDatabase when the address is of another kind of database. Nothing is connected yet.
    """
    settings = _SETTINGS | ({"statement_timeout": str(statement_timeout_ms)} if statement_timeout_ms else {})
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    return create_engine(
        _address(url),
        pool_size=pool_size,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={"options": options, "connect_timeout": 10, "application_name": "dateline"},
    )


def _address(url: str) -> URL:
    try:
        address = make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
    except ArgumentError:
        raise NoDatabase("DATABASE_URL is not an address. One looks like postgresql://user:word@host/name.") from None
    if address.drivername not in ("postgresql", "postgresql+psycopg"):
        raise NoDatabase(f"DATABASE_URL names {address.drivername}; only PostgreSQL will do: postgresql://...")
    return address.set(drivername="postgresql+psycopg")


def transactions(engine: Engine) -> Callable[[], AbstractContextManager[Connection]]:
    """What opens a transaction that commits on leaving. It raises NoDatabase where the server is gone."""

    @contextmanager
    def begin() -> Iterator[Connection]:
        try:
            with engine.begin() as conn:
                yield conn
        except DBAPIError as error:
            if not _is_gone(error):
                raise
            log.warning("the database does not answer: %s", str(error.orig).strip())
            raise NoDatabase("the database does not answer at the moment; ask again in a few seconds") from error

    return begin


# Connections lost, no resources, shutting down or starting: the classes of SQLSTATE that another moment may mend.
_GONE = ("08", "53", "57P")


def _is_gone(error: DBAPIError) -> bool:
    if error.connection_invalidated or isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.orig, "sqlstate", None)  # none where no server was there to say it
    return state is None or state.startswith(_GONE)


def check(engine: Engine) -> str:
    """The server's version ("18.6"). Raises NoDatabase, saying what to do, when it cannot be reached or is too old."""
    try:
        with engine.connect() as conn:
            version, number, encoding = conn.execute(_WHO).one()
    except OperationalError as error:
        shown = engine.url.render_as_string(hide_password=True)
        raise NoDatabase(f"No PostgreSQL answers at {shown}: {str(error.orig).strip()}") from error
    if number < OLDEST * 10_000:
        raise NoDatabase(f"The server is PostgreSQL {version}; version {OLDEST} or newer is needed.")
    if encoding != "UTF8":
        raise NoDatabase(f"The database's encoding is {encoding}; make one with ENCODING 'UTF8' TEMPLATE template0.")
    return str(version).split()[0]


_WHO = text(
    "SELECT current_setting('server_version'), current_setting('server_version_num')::int, "
    "current_setting('server_encoding')"
)


def missing_extensions(engine: Engine) -> tuple[str, ...]:
    """Those of EXTENSIONS that the database does not have (before the first migration: all)."""
    with engine.connect() as conn:
        present = set(conn.execute(text("SELECT extname FROM pg_extension")).scalars())
    return tuple(name for name in EXTENSIONS if name not in present)


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest version; waits while another process does. What was there before is swept then: a
    migration may have written a table anew. Raises NoDatabase when the server refuses an extension."""
    check(engine)
    former = None
    newest = ScriptDirectory.from_config(migrations()).get_current_head()
    with engine.begin() as conn:
        conn.execute(text("SET LOCAL statement_timeout = 0"))
        conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        try:
            if (former := MigrationContext.configure(conn).get_current_revision()) != newest:
                withdraw(conn)
                drop_views(conn)
            command.upgrade(migrations(conn), "head")
            make_views(conn)
        except DBAPIError as error:
            if told := _refusal(error):
                raise NoDatabase(told) from error
            raise
    if former not in (None, newest):
        _sweep(engine)


def _sweep(engine: Engine) -> None:
    """So that questions which an index answers by itself do so again at once."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("SET statement_timeout = 0"))
        conn.execute(text("VACUUM (ANALYZE)"))
        conn.invalidate()  # its time is without a bound now


def _refusal(error: DBAPIError) -> str | None:
    """What to do about a server that does not let us build the schema; None for any other error."""
    said = " ".join(str(error.orig).split())
    if "extension" in said:
        wanted = "; ".join(f"CREATE EXTENSION {name}" for name in EXTENSIONS)
        return f"The database refuses an extension that the program needs: {said} Let its administrator run: {wanted}."
    if isinstance(error.orig, InsufficientPrivilege):
        return f"The user of DATABASE_URL may not build the schema: {said}. Let it own the database."
    return None


def migrations(conn: Connection | None = None) -> Config:
    """Alembic's configuration, made here so that no file has to be found: the folder beside `app`, our connection."""
    found = find_spec("migrations")
    folders = list(found.submodule_search_locations or []) if found else []
    config = Config()
    config.set_main_option("script_location", _escaped(folders[0] if folders else str(_beside_app())))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = conn
    return config


def _beside_app() -> Path:
    return Path(__file__).resolve().parents[2] / "migrations"


def _escaped(path: str) -> str:
    return path.replace("%", "%%")


@dataclass(frozen=True, slots=True)
class Revisions:
    """The schema's revision as the database has it (None before the first migration), the newest, and all known."""

    found: str | None
    newest: str | None
    known: frozenset[str]


def revisions(engine: Engine) -> Revisions:
    """Where the schema stands against the migrations that this version of the program brings. Changes nothing."""
    script = ScriptDirectory.from_config(migrations())
    with engine.connect() as conn:
        found = MigrationContext.configure(conn).get_current_revision()
    known = frozenset(revision.revision for revision in script.walk_revisions())
    return Revisions(found, script.get_current_head(), known)
