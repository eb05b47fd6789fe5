"""The database as it was known at an instant: views of the same names, which a transaction puts before the tables."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Table, func, select, text

from app.storage.linking_tables import event_version
from app.storage.reprints import PRINTED
from app.storage.tables import document, event, event_actor, mention, reprint

SCHEMA = "as_known"
# Any number will do, as long as every process of this program takes the same.
LINKING_LOCK = 7_310_204_512
_THEN = "current_setting('dateline.as_of')::timestamptz"
_RECORDED = ("change", "decision")  # only added to
_VAGUE_DAYS = (
    "CASE WHEN v.precision NOT IN ('day', 'unknown') THEN "
    "CASE WHEN isfinite(v.d_start) AND isfinite(v.d_end) THEN v.d_end - v.d_start ELSE 2147483647 END END"
)
_COMPUTED = {
    "d_order": "CASE WHEN isfinite(d_start) THEN d_start WHEN isfinite(d_end) THEN d_end - 1 ELSE 'infinity'::date END",
    "search": "to_tsvector('news'::regconfig, title || ' '::text || evidence_text)",
}


def look_back(conn: Connection, instant: datetime) -> None:
    """From here to the end of the transaction, see what was known at the instant, and nothing of what came later.

    Waits for a writer whose turn began before the instant, so that what it commits is seen now as it will be later.
    """
    conn.execute(text("SELECT pg_advisory_xact_lock_shared(:lock)"), {"lock": LINKING_LOCK})
    conn.execute(
        text(
            "SELECT set_config('dateline.as_of', :instant, true), "
            "set_config('search_path', :schema || ', ' || current_setting('search_path'), true)"
        ),
        {"instant": instant.isoformat(), "schema": SCHEMA},
    )


def first_recorded(conn: Connection) -> datetime | None:
    """When the first of the documents was recorded, whatever instant is looked back to; None where there is none."""
    looking_back = str(conn.execute(text("SELECT current_setting('search_path')")).scalar_one())
    _look(conn, looking_back.removeprefix(f"{SCHEMA}, "))
    try:
        first: datetime | None = conn.execute(select(func.min(document.c.recorded_at))).scalar()
        return first
    finally:
        _look(conn, looking_back)


def _look(conn: Connection, path: str) -> None:
    conn.execute(text("SELECT set_config('search_path', :path, true)"), {"path": path})


def make_views(conn: Connection) -> None:
    """Make the views anew, after the tables as they are now."""
    drop_views(conn)
    conn.execute(text(f"CREATE SCHEMA {SCHEMA}"))
    for name, query in (
        ("event", _events()),
        ("mention", _mentions()),
        ("event_actor", _actors()),
        ("event_pair", _pairs()),
        ("document", _documents()),
        ("reprint", _reprints()),
        ("event_successor", _successors()),
        ("event_version", f"SELECT * FROM event_version WHERE valid_to <= {_THEN}"),
        *((name, f"SELECT * FROM {name} WHERE recorded_at <= {_THEN}") for name in _RECORDED),
    ):
        conn.execute(text(f"CREATE VIEW {SCHEMA}.{name} AS {query}"))


def drop_views(conn: Connection) -> None:
    """Take the views away, so that no migration has to mind them."""
    conn.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))


def _events() -> str:
    names = _names(event)
    past = ", ".join(f"{_COMPUTED[name]} AS {name}" if name in _COMPUTED else name for name in names)
    return (
        f"SELECT {', '.join(names)} FROM event WHERE updated_at <= {_THEN} "
        f"UNION ALL SELECT {past} FROM {event_version.name} WHERE updated_at <= {_THEN} AND valid_to > {_THEN}"
    )


def _names(table: Table) -> list[str]:
    return [column.name for column in table.c]


def _mentions() -> str:
    names = _names(mention)
    then = {name: f"p.{name}" for name in ("event_id", "linked_at", "link", "topic")}
    past = ", ".join(f"{then.get(name, f'm.{name}')} AS {name}" for name in names)
    return (
        f"SELECT {', '.join(names)} FROM mention WHERE event_id IS NOT NULL AND linked_at <= {_THEN} "
        f"UNION ALL SELECT {past} FROM mention_past p JOIN mention m ON m.id = p.mention_id "
        f"WHERE p.linked_at <= {_THEN} AND p.left_at > {_THEN}"
    )


def _documents() -> str:
    """Joined, not two queries in one: a document is looked up by its id, whoever it belonged to then."""
    names = ", ".join(
        f"CASE WHEN p.own THEN p.{name} ELSE d.{name} END AS {name}" if name in PRINTED else f"d.{name}"
        for name in _names(document)
    )
    return (
        f"SELECT {names} FROM document d LEFT JOIN print_past p ON p.document_id = d.id AND p.own "
        f"AND p.recorded_at <= {_THEN} AND p.left_at > {_THEN} WHERE d.recorded_at <= {_THEN}"
    )


def _reprints() -> str:
    names = ", ".join(_names(reprint))
    return (
        f"SELECT {names} FROM reprint WHERE recorded_at <= {_THEN} "
        f"UNION ALL SELECT {names} FROM print_past WHERE NOT own AND recorded_at <= {_THEN} AND left_at > {_THEN}"
    )


def _successors() -> str:
    """From the feed, which keeps what stood for an id before another did, or before it stood for itself again."""
    return f"""
        SELECT id, successor_id, recorded_at FROM (
            SELECT DISTINCT ON (event_id) event_id AS id, change, successor_id, recorded_at
            FROM change WHERE recorded_at <= {_THEN} ORDER BY event_id, number DESC
        ) AS last
        WHERE change = 'merged'
    """


def _actors() -> str:
    """Of events as they are now from their own table; of past versions from the parts that each has kept."""
    names = ", ".join(f"a.{column.name}" for column in event_actor.c)
    return f"""
        SELECT {names} FROM event_actor a JOIN event e ON e.id = a.event_id WHERE e.updated_at <= {_THEN}
        UNION ALL
        SELECT v.id, x.name, {_COMPUTED["d_order"]}, v.kind, bool_or(x.role IN ('source', 'both')),
            bool_or(x.role IN ('target', 'both')), bool_or(x.named), {_VAGUE_DAYS}
        FROM event_version v CROSS JOIN LATERAL (
            SELECT p ->> 'id' AS name, p ->> 'role' AS role, true AS named FROM jsonb_array_elements(v.actors) p
            UNION ALL
            SELECT p ->> 'state', p ->> 'role', false FROM jsonb_array_elements(v.actors) p
            WHERE p ->> 'state' IS NOT NULL
        ) x
        WHERE v.updated_at <= {_THEN} AND v.valid_to > {_THEN}
        GROUP BY v.id, x.name, v.d_start, v.d_end, v.precision, v.kind
    """


def _pairs() -> str:
    """Of events as they are now from their own table; of past versions from the acts of the view before."""
    return f"""
        SELECT p.event_id, p.a_id, p.b_id, p.d_order FROM event_pair p JOIN event e ON e.id = p.event_id
        WHERE e.updated_at <= {_THEN}
        UNION ALL
        SELECT x.event_id, least(x.actor_id, y.actor_id), greatest(x.actor_id, y.actor_id), min(x.d_order)
        FROM {event_version.name} v
        JOIN {SCHEMA}.event_actor x ON x.event_id = v.id
        JOIN {SCHEMA}.event_actor y ON y.event_id = v.id AND y.actor_id <> x.actor_id
        WHERE v.updated_at <= {_THEN} AND v.valid_to > {_THEN}
            AND ((x.is_source AND y.is_target) OR (x.is_target AND y.is_source))
        GROUP BY 1, 2, 3
    """
