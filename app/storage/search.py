"""Questions about many events: lists, counts, what lies around a day. All take a domain `EventQuery`.

A question with a window (`when`) leaves events without any date out; `undated` counts them. An actor asked for by
a state's code stands for the people and bodies of that state too. Retracted events are found only by their status.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Integer,
    Text,
    case,
    cast,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)

from app.domain.queries import Choice, EventQuery
from app.domain.spans import Precision
from app.storage.columns import INFINITY
from app.storage.event_rows import event_row, select_events
from app.storage.explain import Explain, estimated_rows
from app.storage.filters import IS_DAY, IS_VAGUE, Condition, conditions, everything, span_length, window
from app.storage.orders import ids_in_order, order_of
from app.storage.rows import EventRow, Nearest, Page
from app.storage.summaries import FACETS, coverage, facets
from app.storage.tables import event

__all__ = ["FACETS", "count", "coverage", "facets", "hidden_by", "nearest", "page", "stream", "undated"]

_BATCH = 500
_ONE_END = 100_000_000  # more days than any calendar


def page(conn: Connection, query: EventQuery) -> Page[EventRow]:
    """A page of events in the query's order, the id as last key.

    Order by date goes by the first possible day ("before X" by its last); events without a date come last.
    Raises BadQuery for a cursor that is not of this order, a document id that is no number, or `nearest` without
    a window.
    """
    order = order_of(query)
    wanted = ids_in_order(query, order, limit=query.limit + 1).subquery()
    asked = (
        select_events()
        .add_columns(cast(wanted.c.position, Text).label("position"))
        .join(wanted, wanted.c.id == event.c.id)
        .order_by(*order.directed(wanted.c.undated, wanted.c.position, wanted.c.id))
    )
    found = conn.execute(asked).mappings().all()
    rows = tuple(event_row(row) for row in found[: query.limit])
    if len(found) <= query.limit:
        return Page(rows, None)
    return Page(rows, order.cursor(found[query.limit - 1]["position"], rows[-1].id))


def stream(conn: Connection, query: EventQuery) -> Iterator[EventRow]:
    """All events of a query in its order, `limit` aside, from `cursor` on, fetched page by page.

    Each page is a question of its own: run it in a REPEATABLE READ transaction where all must be of one moment.
    """
    following = replace(query, limit=_BATCH)
    while True:
        part = page(conn, following)
        yield from part.rows
        if part.next_cursor is None:
            return
        following = replace(following, cursor=part.next_cursor)


def count(conn: Connection, query: EventQuery, *, exact: bool) -> int:
    """How many events a query matches, `limit` and `cursor` aside; the planner's estimate unless `exact`."""
    if exact:
        return int(conn.execute(select(func.count()).select_from(event).where(*everything(query))).scalar_one())
    return estimated_rows(conn.execute(Explain(select(event.c.id).where(*everything(query)))).scalar_one())


def hidden_by(conn: Connection, query: EventQuery) -> dict[str, int]:
    """How many more events of each modality the query would find with modality=all."""
    if not query.modality:
        return {}
    shown = event.c.modality.in_(query.modality.wanted) if query.modality.wanted else literal(True)
    hidden = ~(shown & event.c.modality.not_in(query.modality.unwanted))
    asked = (
        select(event.c.modality, func.count().label("n"))
        .where(hidden, *everything(replace(query, modality=Choice())))
        .group_by(event.c.modality)
        .order_by(event.c.modality)
    )
    return {row.modality: row.n for row in conn.execute(asked)}


def undated(conn: Connection, query: EventQuery) -> int:
    """How many events the query leaves out because nothing is known of their date."""
    if query.when is None:
        return 0
    found = [*conditions(query), event.c.precision == Precision.UNKNOWN]
    return int(conn.execute(select(func.count()).select_from(event).where(*found)).scalar_one())


def nearest(conn: Connection, day: date, query: EventQuery, *, before: int, after: int) -> Nearest:
    """The events nearest to a day on either side, at most `before` and `after` of them, and at most `query.limit`
    each of that day and of wider dates that hold it. `query.when` is the window, where there is one."""
    earlier = _days(literal(day, Date) - event.c.d_end)
    later = _days(event.c.d_start - literal(day, Date))
    holding = IS_VAGUE & (event.c.d_start <= day) & (event.c.d_end > day)
    looseness = _looseness(day)
    # each scan: a condition, and an order that an index gives
    scans_before = [(IS_DAY & (event.c.d_order < day), event.c.d_order.desc())]
    scans_before += [(IS_VAGUE & (event.c.d_end <= day), event.c.d_end.desc())]
    scans_after = [((event.c.d_order > day) & (event.c.d_order < INFINITY) & (event.c.d_start > day), event.c.d_order)]
    return Nearest(
        before=_closest(conn, query, scans_before, earlier, before),
        same_day=_closest(conn, query, [(IS_DAY & (event.c.d_order == day), event.c.d_order)], literal(0), query.limit),
        overlapping=_closest(conn, query, [(holding, looseness)], looseness, query.limit),
        after=_closest(conn, query, scans_after, later, after),
    )


def _looseness(day: date) -> ColumnElement[int]:
    """Orders dates that hold a day: by the days they leave open; after those, the ones with one known end, by how near
    that end is."""
    ends_after = _days(event.c.d_end - literal(day, Date))
    starts_before = _days(literal(day, Date) - event.c.d_start)
    one_end = case((func.isfinite(event.c.d_end), ends_after), else_=starts_before)
    bounded = func.isfinite(event.c.d_start) & func.isfinite(event.c.d_end)
    return case((bounded, span_length()), else_=_ONE_END + one_end)


def _days(difference: ColumnElement[Any]) -> ColumnElement[int]:
    return type_coerce(difference, Integer)


def _closest(
    conn: Connection,
    query: EventQuery,
    scans: Sequence[tuple[Condition, ColumnElement[Any]]],
    distance: ColumnElement[int],
    limit: int,
) -> tuple[EventRow, ...]:
    """The events of several ordered scans merged, least distant first; the id breaks ties."""
    filters = conditions(query)
    parts = [
        select(event.c.id, distance.label("distance"))
        .where(*filters, branch, scan)
        .order_by(order, event.c.id)
        .limit(limit)
        .subquery()
        for branch in window(query, event.c.d_order)
        for scan, order in scans
    ]
    union = union_all(*(select(part) for part in parts)).subquery()
    wanted = select(union).order_by(union.c.distance, union.c.id).limit(limit).subquery()
    asked = select_events().join(wanted, wanted.c.id == event.c.id).order_by(wanted.c.distance, wanted.c.id)
    return tuple(event_row(row) for row in conn.execute(asked).mappings())
