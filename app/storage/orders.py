"""The orders of a list of events: which key, which way, and how a cursor finds the place again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    FromClause,
    Integer,
    Select,
    Text,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    tuple_,
    type_coerce,
    union_all,
)
from sqlalchemy.types import TypeEngine

from app.domain.errors import BadQuery
from app.domain.queries import Choice, EventQuery, Sort
from app.domain.spans import TimeSpan
from app.storage import cursors
from app.storage.columns import INFINITY
from app.storage.filters import Condition, conditions, window
from app.storage.tables import event, event_actor

_NEVER = "infinity"  # the key of events without a date, as PostgreSQL writes it


@dataclass(frozen=True, slots=True)
class Order:
    """One order. `parse` refuses a cursor's position that `type` could not read."""

    name: str
    key: ColumnElement[Any]
    type: TypeEngine[Any]
    descending: bool
    parse: Callable[[str], object]

    def directed(self, *columns: ColumnElement[Any]) -> list[ColumnElement[Any]]:
        """Columns in this order's direction; the first, which parts dated from undated events, always ascending."""
        first, *others = columns
        return [first, *(column.desc() if self.descending else column.asc() for column in others)]

    def cursor(self, position: str, event_id: str) -> str:
        return cursors.encode(self.name, (position, event_id))

    def place(self, query: EventQuery) -> tuple[str, str] | None:
        """Where the last page ended. Raises BadQuery for a cursor of something else."""
        if query.cursor is None:
            return None
        position, event_id = map(str, cursors.decode(query.cursor, self.name, (str, str)))
        try:
            self.parse(position)
        except ValueError:
            raise cursors.refused() from None
        return position, event_id

    def beyond(self, place: tuple[str, str], key: ColumnElement[Any], event_id: ColumnElement[str]) -> Condition:
        here = tuple_(cast(literal(place[0], Text), self.type), literal(place[1], Text))
        there = tuple_(key, event_id)
        return there < here if self.descending else there > here


def order_of(query: EventQuery) -> Order:
    """The order that a query asks for. Raises BadQuery for `nearest` without a window to be near to."""
    match query.sort:
        case Sort.DATE | Sort.DATE_DESC:
            return Order(query.sort, event.c.d_order, Date(), query.sort is Sort.DATE_DESC, _day_or_never)
        case Sort.RECORDED_DESC:
            return Order(query.sort, event.c.recorded_at, DateTime(timezone=True), True, datetime.fromisoformat)
        case Sort.REPORTS_DESC:
            return Order(query.sort, event.c.n_reports, Integer(), True, int)
        case Sort.NEAREST:
            days = func.abs(type_coerce(event.c.d_order - literal(_middle(query.when), Date), Integer))
            away = case((func.isfinite(event.c.d_order), days), else_=literal(2**31 - 1))
            return Order(query.sort, away, Integer(), False, int)


def _day_or_never(position: str) -> object:
    return position if position == _NEVER else date.fromisoformat(position)


def _middle(span: TimeSpan | None) -> date:
    if span and span.start and span.end:
        return span.start + (span.end - span.start) // 2
    if span and (one := span.start or span.last):
        return one
    raise BadQuery("sort", "`nearest` needs a window to be near to.", example="datetime=2016-04&sort=nearest")


def ids_in_order(query: EventQuery, order: Order, *, limit: int) -> Select[Any]:
    """(id, position, undated) of at most `limit` events after the query's cursor, in order within each branch.

    Each branch can be read off an index in its order and stops at the limit; the union is sorted by the caller.
    """
    by_date = query.sort in (Sort.DATE, Sort.DATE_DESC)
    source, key, event_id, filters = _source(query) if by_date else (event, order.key, event.c.id, conditions(query))
    place = order.place(query)
    parts = []
    for branch, undated in _branches(query, key, place, by_date=by_date):
        asked = select(event_id.label("id"), key.label("position"), literal(undated).label("undated"))
        asked = asked.select_from(source).where(*filters, branch)
        if place and not (undated and place[0] != _NEVER):
            asked = asked.where(order.beyond(place, key, event_id))
        asked = asked.order_by(*order.directed(literal(undated), key, event_id)[1:]).limit(limit)
        parts.append(asked.subquery())
    union = union_all(*(select(part) for part in parts)).subquery()
    return select(union).order_by(*order.directed(union.c.undated, union.c.position, union.c.id)).limit(limit)


def _branches(
    query: EventQuery, key: ColumnElement[Any], place: tuple[str, str] | None, *, by_date: bool
) -> list[tuple[Condition, int]]:
    """The conditions that part the answer, each with 1 for the part of undated events, which comes last."""
    if not by_date:
        return [(or_(*window(query, event.c.d_order)), 0)]
    if query.sort is Sort.DATE or query.when:
        return [(branch, 0) for branch in window(query, key)]
    dated = [] if place and place[0] == _NEVER else [(key < INFINITY, 0)]
    return [*dated, (key == INFINITY, 1)]


def _source(query: EventQuery) -> tuple[FromClause, ColumnElement[Any], ColumnElement[str], list[Condition]]:
    """Where a list by date is read from. The events of one actor come from the actor's own rows in their order,
    so that an actor of three events among millions costs three rows, and one of a million costs a page."""
    if len(query.actor.wanted) != 1:
        return event, event.c.d_order, event.c.id, conditions(query)
    rest = replace(query, actor=Choice(unwanted=query.actor.unwanted))
    joined = event_actor.join(event, event.c.id == event_actor.c.event_id)
    own = event_actor.c.actor_id == query.actor.wanted[0]
    return joined, event_actor.c.d_order, event_actor.c.event_id, [own, *conditions(rest)]
