"""The role that only reads: it sees the views of `public_api`, and nothing else of the database.

What keeps it from writing are missing rights, not settings, which a role may change for itself. The settings only make
an honest mistake harmless: a query that runs too long ends, a transaction left open is closed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from psycopg.errors import DuplicateObject, InsufficientPrivilege, UniqueViolation
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from app.storage.public_views import SCHEMA

log = logging.getLogger(__name__)
ROLE = "dateline_reader"
TIMEOUT = "30s"
MOST_CONNECTIONS = 20
_SETTINGS = {
    "default_transaction_read_only": "on",
    "statement_timeout": TIMEOUT,
    "idle_in_transaction_session_timeout": "60s",
    "search_path": SCHEMA,
}
_EXISTS = f"SELECT count(*) > 0 FROM pg_roles WHERE rolname = '{ROLE}'"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that must hold: a question that tells whether it does, and the statements that make it so.

    `optional`: only a superuser can, and what is missing without it is small."""

    holds: str
    statements: tuple[str, ...]
    optional: bool = False


def _steps(database: str) -> tuple[Step, ...]:
    settings = tuple(f"ALTER ROLE {ROLE} SET {name} = '{value}'" for name, value in _SETTINGS.items())
    return (
        Step(
            _EXISTS,
            (f"CREATE ROLE {ROLE} LOGIN CONNECTION LIMIT {MOST_CONNECTIONS}", *settings),
        ),
        Step(
            f"SELECT has_schema_privilege('{ROLE}', '{SCHEMA}', 'USAGE')",
            (f"GRANT USAGE ON SCHEMA {SCHEMA} TO {ROLE}",),
        ),
        Step(
            f"SELECT coalesce(bool_and(has_table_privilege('{ROLE}', format('%I.%I', schemaname, viewname), 'SELECT'"
            f")), true) FROM pg_views WHERE schemaname = '{SCHEMA}'",
            (f"GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO {ROLE}",),
        ),
        Step(
            f"SELECT has_database_privilege('{ROLE}', current_database(), 'CONNECT')",
            (f"GRANT CONNECT ON DATABASE {database} TO {ROLE}",),
        ),
        Step(
            f"SELECT NOT has_database_privilege('{ROLE}', current_database(), 'TEMP')",
            (f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC",),
        ),
        Step(
            f"SELECT NOT has_schema_privilege('{ROLE}', 'public', 'CREATE')",
            ("REVOKE CREATE ON SCHEMA public FROM PUBLIC",),
        ),
        Step(
            f"SELECT NOT bool_or(has_function_privilege('{ROLE}', name, 'EXECUTE')) FROM unnest(ARRAY["
            "'lo_creat(integer)', 'lo_create(oid)', 'lo_from_bytea(oid,bytea)']) AS name",
            ("REVOKE EXECUTE ON FUNCTION lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) FROM PUBLIC",),
            optional=True,
        ),
    )


def ensure(conn: Connection) -> None:
    """Make the role and give it its rights, as far as the user of the connection may; `missing` tells what is left."""
    for step in _lacking(conn):
        if step.optional and not _superuser(conn):
            continue
        try:
            with conn.begin_nested():
                for statement in step.statements:
                    conn.execute(text(statement))
        except DBAPIError as error:
            # another database's process of this cluster may have made the role in between
            if not isinstance(error.orig, InsufficientPrivilege | DuplicateObject | UniqueViolation):
                raise
            log.info("the role %s is not complete: %s", ROLE, " ".join(str(error.orig).split()))


def missing(conn: Connection) -> tuple[str, ...]:
    """What an administrator has to run, in order; empty where the role is complete."""
    steps = _lacking(conn) if _exists(conn) else _steps(_database(conn))
    return tuple(statement for step in steps if not step.optional for statement in step.statements)


def _lacking(conn: Connection) -> Iterator[Step]:
    """The steps that do not hold, each looked at when it is its turn; none after the first without the role."""
    for step in _steps(_database(conn)):
        if not conn.execute(text(step.holds)).scalar():
            yield step
        if not _exists(conn):
            return


def _exists(conn: Connection) -> bool:
    return bool(conn.execute(text(_EXISTS)).scalar())


def _database(conn: Connection) -> str:
    return str(conn.execute(text("SELECT quote_ident(current_database())")).scalar_one())


def _superuser(conn: Connection) -> bool:
    return bool(conn.execute(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).scalar())
