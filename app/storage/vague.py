"""Where vague dates of one actor or pair may lie: a window touches few spans of more than a day, whoever has events of
them, and the sums by day (`event_day`) tell which. So only the acts are read that begin with one of these."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Subquery, case, func, literal, literal_column, select, type_coerce

from app.domain.events import HAPPENED, Status
from app.domain.queries import EventQuery
from app.domain.spans import TimeSpan
from app.storage.columns import INFINITY, MINUS_INFINITY
from app.storage.filters import Condition, touching, window
from app.storage.rollup_tables import IS_LONGER, event_day
from app.storage.tables import event


def branches(query: EventQuery, key: ColumnElement[Any], *, walked: bool = False) -> list[Condition]:
    """The window as `filters.window` tells it, for rows of acts in the order of `key`: of the vague branch only the
    acts are read that begin where a span begins that touches the window."""
    span = closed(query)
    if span is None or key is event.c.d_order or not tells(query):
        return window(query, key, walked=walked)
    days, *vague = window(query, key, walked=True)
    return [days, *(part & begins(key, span) for part in vague)]


def tells(query: EventQuery) -> bool:
    """Whether all that is asked for is counted by day: what is said to have happened, and is not retracted."""
    said = query.modality.wanted
    return bool(said) and set(said) <= set(HAPPENED) and Status.RETRACTED not in query.status.wanted


def begins(key: ColumnElement[Any], span: TimeSpan) -> Condition:
    """The key is that of a date of more than a day that touches the span: what follows from it is found by index."""
    known = (
        select(_order(event_day.c.d_start, event_day.c.d_end)).where(IS_LONGER, touching(span, event_day.c)).distinct()
    )
    # as an array, which is made first and then looked up in the index of the acts
    return key == func.any(func.array(known.scalar_subquery()))


def _order(first: ColumnElement[Any], after: ColumnElement[Any]) -> ColumnElement[Any]:
    """The key of the order by date of what has these ends, as `event.d_order`."""
    return case(
        (first > MINUS_INFINITY, type_coerce(first, Date)),
        (after < INFINITY, type_coerce(after - literal(1, Integer), Date)),
        else_=INFINITY,
    )


def spans(part: Condition) -> Subquery:
    """Spans of more than a day of `event_day` that meet a condition: their ends, and what acts tell of such a date."""
    first, after = (type_coerce(column, Date) for column in (event_day.c.d_start, event_day.c.d_end))
    told = select(first.label("d_start"), after.label("d_end")).where(IS_LONGER, part).distinct().subquery("told")
    length = case(
        (func.isfinite(told.c.d_start) & func.isfinite(told.c.d_end), told.c.d_end - told.c.d_start),
        else_=literal_column("2147483647", Integer),
    )
    order = _order(told.c.d_start, told.c.d_end)
    return select(told, order.label("d_order"), type_coerce(length, Integer).label("days")).subquery("span")


def closed(query: EventQuery) -> TimeSpan | None:
    """The window, where both of its ends are known."""
    span = query.when
    return span if span and span.start and span.end else None
