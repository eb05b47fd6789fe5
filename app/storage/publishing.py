"""Makes the views of `public_api`, tells what each column means, and lets the reading role at them."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from hashlib import sha256

from psycopg.errors import DependentObjectsStillExist, InvalidTableDefinition
from sqlalchemy import Connection, TextClause, text
from sqlalchemy.exc import DBAPIError

from app.domain.errors import NoDatabase
from app.storage import reader_role
from app.storage.public_views import SCHEMA, View, literal

log = logging.getLogger(__name__)
# Any number will do, as long as every process of this program takes the same.
_PUBLISHING_LOCK = 7_310_204_513
_ABOUT = "What the service knows, to be read by anybody: see the comment of each view. Its form: "


def publish(conn: Connection, views: Sequence[View]) -> None:
    """Make the views as described, unless they are so already. Raises NoDatabase where somebody's own objects stand in
    the way."""
    conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _PUBLISHING_LOCK})
    form = f"{_ABOUT}{_fingerprint(views)}"
    if _published(conn) != form or not {view.name for view in views} <= set(_standing(conn)):
        for view in views:
            _make(conn, view)
        conn.execute(_sql(f"COMMENT ON SCHEMA {SCHEMA} IS {literal(form)}"))
    reader_role.ensure(conn)


def withdraw(conn: Connection) -> None:
    """Take the views away, so that no migration has to mind them. Those on which others' objects stand remain."""
    for name in _standing(conn):
        try:
            with conn.begin_nested():
                conn.execute(_sql(f'DROP VIEW {SCHEMA}."{name}"'))
        except DBAPIError as error:
            if not isinstance(error.orig, DependentObjectsStillExist):
                raise
            log.warning("the view %s.%s is kept while the schema changes: others stand on it", SCHEMA, name)


def _fingerprint(views: Sequence[View]) -> str:
    told = "\n".join(statement for view in views for statement in (view.select(), *_comments(view)))
    return sha256(told.encode()).hexdigest()[:16]


def _published(conn: Connection) -> str | None:
    told = conn.execute(text("SELECT obj_description(to_regnamespace(:name), 'pg_namespace')"), {"name": SCHEMA})
    return told.scalar()


def _standing(conn: Connection) -> list[str]:
    asked = text("SELECT viewname FROM pg_views WHERE schemaname = :name ORDER BY viewname")
    return list(conn.execute(asked, {"name": SCHEMA}).scalars())


def _make(conn: Connection, view: View) -> None:
    """In place where only columns are added at the end, so that what others built on it stands; else anew."""
    name, select = f"{SCHEMA}.{view.name}", view.select()
    try:
        with conn.begin_nested():
            conn.execute(_sql(f"CREATE OR REPLACE VIEW {name} AS {select}"))
    except DBAPIError as error:
        if not isinstance(error.orig, InvalidTableDefinition):
            raise
        _make_anew(conn, name, select)
    for comment in _comments(view):
        conn.execute(_sql(comment))


def _make_anew(conn: Connection, name: str, select: str) -> None:
    try:
        conn.execute(_sql(f"DROP VIEW {name}"))
    except DBAPIError as error:
        if not isinstance(error.orig, DependentObjectsStillExist):
            raise
        told = " ".join((error.orig.diag.message_detail or "").split())
        raise NoDatabase(
            f"The view {name} changes its form, and objects of your own stand on it ({told}). Drop these, start again, "
            "and make them anew."
        ) from error
    conn.execute(_sql(f"CREATE VIEW {name} AS {select}"))


def _comments(view: View) -> Iterator[str]:
    name = f"{SCHEMA}.{view.name}"
    yield f"COMMENT ON VIEW {name} IS {literal(view.comment)}"
    for column in view.columns:
        yield f'COMMENT ON COLUMN {name}."{column}" IS {literal(view.meanings[column])}'


def _sql(statement: str) -> TextClause:
    """A statement as it stands: its colons name no parameters."""
    return text(statement.replace(":", "\\:"))
