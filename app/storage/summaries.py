"""Counts over many events: what the database covers, and the commonest values of a question's fields."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    FromClause,
    Integer,
    Select,
    Table,
    Text,
    case,
    cast,
    column,
    extract,
    func,
    literal,
    select,
    type_coerce,
)
from sqlalchemy import table as table_

from app.domain.errors import BadQuery
from app.domain.queries import EventQuery
from app.storage.columns import INFINITY, MINUS_INFINITY
from app.storage.filters import IS_VAGUE, Condition, everything
from app.storage.prepared import prepared
from app.storage.rows import Coverage, FacetCount, Sizes
from app.storage.tables import data_change, document, event, event_actor, mention

# Up to here events and documents are counted; a larger database tells its estimate.
COUNTED = 10_000

_WITH_ACTORS = event.join(event_actor, event_actor.c.event_id == event.c.id)
_WITH_DOCUMENTS = event.join(mention, mention.c.event_id == event.c.id).join(
    document, mention.c.document_id == document.c.id
)
_NAMED = event_actor.c.is_named
# for each field: where from, which value, on what condition
_FACETS: dict[str, tuple[FromClause, ColumnElement[Any], Condition | None]] = {
    "kind": (event, event.c.kind, None),
    "plover": (event, event.c.plover, None),
    "cameo": (event, event.c.cameo, None),
    "modality": (event, event.c.modality, None),
    "status": (event, event.c.status, None),
    "role": (event, event.c.role, None),
    "precision": (event, event.c.precision, None),
    "country": (event, event.c.country, None),
    "place": (event, event.c.place_name, None),
    "actor": (_WITH_ACTORS, event_actor.c.actor_id, _NAMED),
    "source": (_WITH_ACTORS, event_actor.c.actor_id, _NAMED & event_actor.c.is_source),
    "target": (_WITH_ACTORS, event_actor.c.actor_id, _NAMED & event_actor.c.is_target),
    "publisher": (_WITH_DOCUMENTS, document.c.publisher, None),
    "year": (event, cast(extract("year", event.c.d_order), Integer), event.c.d_order < INFINITY),
}
FACETS: tuple[str, ...] = tuple(_FACETS)
MOST_VALUES = 20  # of a field, unless told otherwise


def facets(
    conn: Connection, query: EventQuery, fields: Sequence[str], *, limit: int = MOST_VALUES
) -> dict[str, tuple[FacetCount, ...]]:
    """For each field (of FACETS) its commonest values among the query's events. Raises BadQuery for another field."""
    return {field: _facet(conn, query, field, limit) for field in fields}


def _facet(conn: Connection, query: EventQuery, field: str, limit: int) -> tuple[FacetCount, ...]:
    if field not in _FACETS:
        near = get_close_matches(field, FACETS, n=1)
        raise BadQuery("facet", f"there is no facet {field!r}.", allowed=FACETS, did_you_mean=near[0] if near else None)
    source, value, condition = _FACETS[field]
    n = func.count(event.c.id.distinct())
    asked = (
        select(cast(value, Text).label("value"), n.label("n"))
        .select_from(source)
        .where(*everything(query), value.is_not(None), *([] if condition is None else [condition]))
        .group_by(value)
        .order_by(n.desc(), value)
        .limit(limit)
    )
    return tuple(FacetCount(row.value, row.n) for row in conn.execute(asked))


def coverage(conn: Connection) -> Coverage:
    """Which days the database holds events of, and its state."""
    row = _COVERAGE.run(conn).one()
    return Coverage(row.first, row.last, row.last_ingest, _state(row.noted_at, row.changes))


def sizes(conn: Connection) -> Sizes:
    """Events and documents, counted up to COUNTED, then estimated."""
    row = _SIZES.run(conn).one()
    return Sizes(row.event, row.document)


def _coverage() -> Select[Any]:
    last_vague = select(func.max(event.c.d_end) - literal(1, Integer)).where(IS_VAGUE, event.c.d_end < INFINITY)
    last_day = select(func.max(event.c.d_order)).where(event.c.d_order < INFINITY)
    first = select(func.min(event.c.d_order)).where(event.c.d_order > MINUS_INFINITY, event.c.d_order < INFINITY)
    last_ingest = select(func.max(document.c.recorded_at)).scalar_subquery()
    return select(
        first.scalar_subquery().label("first"),
        func.greatest(type_coerce(last_vague.scalar_subquery(), Date), last_day.scalar_subquery(), type_=Date).label(
            "last"
        ),
        last_ingest.label("last_ingest"),
        *_changes(),
    )


def data_version(conn: Connection) -> str:
    """A word for the state of the data as this transaction sees it: another after every change that was committed.

    The newest change alone would not do: of two transactions the one that began first may commit last.
    """
    return _state(*conn.execute(select(*_changes())).one())


def _changes() -> tuple[ColumnElement[Any], ColumnElement[int]]:
    newest = select(data_change.c.noted_at).order_by(data_change.c.id.desc()).limit(1)
    return newest.scalar_subquery().label("noted_at"), select(func.count()).select_from(
        data_change
    ).scalar_subquery().label("changes")


def _state(noted_at: datetime | None, changes: int) -> str:
    return f"{noted_at:%Y%m%dT%H%M%S.%fZ}-{changes}" if noted_at else "empty"


def _size(table: Table) -> ColumnElement[int]:
    """The number of rows. The server's estimate where that is far above COUNTED, so that nothing large is counted."""
    estimate = select(func.coalesce(func.max(_PG_CLASS.c.reltuples), -1)).where(
        _PG_CLASS.c.oid == func.to_regclass(table.name)
    )
    known = cast(estimate.scalar_subquery(), Integer)
    some = select(table.c[next(iter(table.primary_key)).name]).limit(COUNTED + 1).subquery()
    counted = select(func.greatest(func.count(), case((func.count() > COUNTED, known), else_=0))).select_from(some)
    return case((known > 2 * COUNTED, known), else_=counted.scalar_subquery()).label(table.name)


_PG_CLASS = table_("pg_class", column("oid"), column("reltuples"), schema="pg_catalog")
_COVERAGE = prepared(_coverage(), constant=True)
_SIZES = prepared(select(_size(event), _size(document)))
