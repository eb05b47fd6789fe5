"""The orders of a list of events: which key, which way, and how a cursor finds the place again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    FromClause,
    Integer,
    Select,
    Text,
    bindparam,
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
from app.storage.filters import Condition, conditions, of_pair, window
from app.storage.rollup_tables import event_pair
from app.storage.tables import event, event_actor


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: a position of the order (`never`: that of events without a date) and an event's id. `back`:
    what lies up to it is wanted, the last first."""

    position: ColumnElement[str]
    event_id: ColumnElement[str]
    never: bool
    back: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """One order. `parse` gives a cursor's position as `type` reads it, and refuses what it could not read."""

    name: str
    key: ColumnElement[Any]
    type: TypeEngine[Any]
    descending: bool
    parse: Callable[[str], str]

    def directed(self, *columns: ColumnElement[Any], back: bool = False) -> list[ColumnElement[Any]]:
        """Columns in this order's direction; the first, which parts dated from undated events, always ascending. All
        the other way round for `back`."""
        first, *others = columns
        down = self.descending is not back
        return [first.desc() if back else first, *(column.desc() if down else column.asc() for column in others)]

    def cursor(self, position: str, event_id: str) -> str:
        return cursors.encode(self.name, (position, event_id))

    def place(self, query: EventQuery) -> tuple[str, str] | None:
        """Where the last page ended. Raises BadQuery for a cursor of something else."""
        if query.cursor is None:
            return None
        position, event_id = map(str, cursors.decode(query.cursor, self.name, (str, str)))
        return self.parse(position), event_id

    def beyond(self, place: Place, key: ColumnElement[Any], event_id: ColumnElement[str]) -> Condition:
        """What comes after a place; for a way back, what comes up to it."""
        here = tuple_(cast(place.position, self.type), place.event_id)
        there = tuple_(key, event_id)
        if place.back:
            return there >= here if self.descending else there <= here
        return there < here if self.descending else there > here


def order_of(query: EventQuery) -> Order:
    """The order that a query asks for. Raises BadQuery for `nearest` without a window to be near to."""
    match query.sort:
        case Sort.DATE | Sort.DATE_DESC:
            return Order(query.sort, event.c.d_order, Date(), query.sort is Sort.DATE_DESC, cursors.day)
        case Sort.RECORDED_DESC:
            return Order(query.sort, event.c.recorded_at, DateTime(timezone=True), True, _instant)
        case Sort.REPORTS_DESC:
            return Order(query.sort, event.c.n_reports, Integer(), True, cursors.number)
        case Sort.NEAREST:
            days = func.abs(type_coerce(event.c.d_order - literal(_middle(query.when), Date), Integer))
            away = case((func.isfinite(event.c.d_order), days), else_=literal(2**31 - 1))
            return Order(query.sort, away, Integer(), False, cursors.number)


def _instant(position: str) -> str:
    return cursors.instant(position).isoformat()


def _middle(span: TimeSpan | None) -> date:
    if span and span.start and span.end:
        return span.start + (span.end - span.start) // 2
    if span and (one := span.start or span.last):
        return one
    raise BadQuery("sort", "`nearest` needs a window to be near to: datetime=2016-04&sort=nearest", example="date")


@dataclass(frozen=True, slots=True)
class Source:
    """Where events are read from: rows with a key of the order and an event's id, and the filters that remain.
    `vague_days`: of a date that is not told to the day how many it leaves open, where key and days find it by index."""

    rows: FromClause
    key: ColumnElement[Any]
    event_id: ColumnElement[str]
    filters: list[Condition]
    vague_days: ColumnElement[Any] | None = None


@dataclass(frozen=True, slots=True)
class _Scan:
    """A part of the answer that can be read in order; `undated` is 1 for the part that comes last. `cut`: a place lies
    within it, so that some of it is not wanted."""

    source: Source
    part: Condition
    undated: int = 0
    cut: bool = True


def ids_in_order(query: EventQuery, order: Order, *, never: bool | None = None, limit: int) -> Select[Any]:
    """(id, position, undated) of at most `limit` events in order, after the place that the parameters `position` and
    `event_id` tell. `never`: whether that place is among the events without a date, None to begin with the first. The
    query's cursor says nothing.

    Each scan can be read off an index in its order and stops at the limit; then they are merged.
    """
    return _merged(query, order, None if never is None else _told_place(never), limit)


def ids_back(query: EventQuery, order: Order, *, never: bool, limit: int) -> Select[Any]:
    """The same backwards, with what lies at the place."""
    return _merged(query, order, replace(_told_place(never), back=True), limit)


def _told_place(never: bool) -> Place:
    position, event_id = (bindparam(name, type_=Text, required=False) for name in ("position", "event_id"))
    return Place(position, event_id, never)


def is_never(position: str) -> bool:
    """Whether a place is among the events without a date."""
    return position == cursors.NEVER


def _merged(query: EventQuery, order: Order, place: Place | None, limit: int) -> Select[Any]:
    parts = [_ordered(scan, order, place, limit).subquery() for scan in _scans(query, order, place)]
    union = union_all(*(select(part) for part in parts)).subquery()
    keys = order.directed(union.c.undated, union.c.position, union.c.id, back=bool(place and place.back))
    return select(union).order_by(*keys).limit(limit)


def _ordered(scan: _Scan, order: Order, place: Place | None, limit: int) -> Select[Any]:
    source, undated = scan.source, literal(scan.undated)
    asked = select(source.event_id.label("id"), source.key.label("position"), undated.label("undated"))
    asked = asked.select_from(source.rows).where(*source.filters, scan.part)
    if place and scan.cut:
        asked = asked.where(order.beyond(place, source.key, source.event_id))
    keys = order.directed(undated, source.key, source.event_id, back=bool(place and place.back))
    return asked.order_by(*keys[1:]).limit(limit)


def _scans(query: EventQuery, order: Order, place: Place | None) -> list[_Scan]:
    everything = Source(event, order.key, event.c.id, conditions(query))
    if query.sort not in (Sort.DATE, Sort.DATE_DESC):
        return [_Scan(everything, or_(*window(query, event.c.d_order)))]
    source = source_by_date(query)
    if query.when or query.sort is Sort.DATE:
        days, *vague = window(query, source.key)
        return [_Scan(source, days), *(_Scan(everything, part) for part in vague)]
    dated, undated = _Scan(source, source.key < INFINITY), _Scan(source, source.key == INFINITY, undated=1)
    if place is None:
        return [dated, undated]
    if place.never:
        return [replace(dated, cut=False), undated] if place.back else [undated]
    return [dated] if place.back else [dated, replace(undated, cut=False)]


def source_by_date(query: EventQuery) -> Source:
    """The rows of one actor or of a dyad, in their order, where a list by date asks for just that.

    So an actor of three events among millions costs three rows, and one of a million costs a page.
    """
    own = event_actor.alias("own")
    rows = own.join(event, event.c.id == own.c.event_id)
    if len(query.actor.wanted) == 1:
        rest = replace(query, actor=Choice(unwanted=query.actor.unwanted))
        acts = own.c.actor_id == query.actor.wanted[0]
        return Source(rows, own.c.d_order, own.c.event_id, [acts, *conditions(rest)], own.c.vague_days)
    if query.dyad:
        rest = replace(query, dyad=None)
        joined = event_pair.join(event, event.c.id == event_pair.c.event_id)
        return Source(joined, event_pair.c.d_order, event_pair.c.event_id, [of_pair(query.dyad), *conditions(rest)])
    return events_by_date(query)


def events_by_date(query: EventQuery) -> Source:
    return Source(event, event.c.d_order, event.c.id, conditions(query))
