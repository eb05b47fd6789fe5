"""What lies nearest to a day: ids on either side of it, of the day itself, and of vague dates that hold it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    CursorResult,
    Date,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    select,
    true,
    tuple_,
    type_coerce,
    union_all,
)

from app.domain.queries import EventQuery, Sort
from app.domain.spans import Precision, TimeSpan
from app.storage.columns import INFINITY
from app.storage.filters import (
    IS_DAY,
    IS_VAGUE,
    NARROW,
    NOT_A_DAY,
    Condition,
    conditions,
    span_length,
    touching,
    window,
)
from app.storage.orders import Source, events_by_date, source_by_date
from app.storage.prepared import Prepared, planned_once, prepared
from app.storage.rollup_tables import IS_NARROW, event_day
from app.storage.rows import Nearest
from app.storage.shapes import DAY, DAY_AFTER, of_day, shape
from app.storage.tables import event
from app.storage.vague import branches, closed, spans, tells

_STATEMENTS = 256  # kept for questions of the same shape


def nearest(conn: Connection, day: date, query: EventQuery, *, before: int, after: int) -> Nearest:
    """The ids of the events nearest to a day on either side, at most `before` and `after` of them, and at most
    `query.limit` each of that day and of wider dates that hold it. `query.when` is the window, where there is one."""
    asked = shape(replace(query, limit=0, sort=Sort.DATE, cursor=None))
    days = {**asked.values, **of_day(day)}
    most = (before, query.limit, query.limit, after)
    sides = _nearest(asked.query, most, is_last=day == date.max)
    with planned_once(conn) if sides.is_fixed else nullcontext():
        found = _by_side(sides.near.run(conn, days), ("before", "same_day", "overlapping", "after"))
    # Of a year that holds the day there may be thousands; mostly the narrow ones fill the list.
    if (missing := query.limit - len(found["overlapping"])) > 0:
        found["overlapping"] += _by_side(sides.wide.run(conn, days, most=missing), ("wide",))["wide"]
    return Nearest(**found)


class _Side(Protocol):
    """One place of an answer: least distant first, the id breaks ties."""

    def asked(self, query: EventQuery, name: str, most: ColumnElement[int]) -> Select[Any]:
        """(side, id, distance) of at most so many events."""


@dataclass(frozen=True, slots=True)
class _Sides:
    """Statements that give (side, id), nearest first: of `near` the numbers are in its text, so that one plan may do
    for all days; of `wide` the number is told each time (`most`)."""

    near: Prepared
    wide: Prepared
    is_fixed: bool  # whether the near ones are asked with nothing but days


@lru_cache(maxsize=_STATEMENTS)
def _nearest(query: EventQuery, most: tuple[int, int, int, int], *, is_last: bool) -> _Sides:
    """Around DAY so many before it, on it, overlapping and after it; `is_last`: around one that no other follows."""
    rows = source_by_date(query)
    earlier = _days(literal(DAY, Date) - event.c.d_end)
    later = _days(event.c.d_start - literal(DAY, Date))
    held = TimeSpan.since(DAY) if is_last else TimeSpan(DAY, DAY_AFTER, Precision.DAY)
    end = literal(query.when.end, Date) if query.when and query.when.end else INFINITY
    before_day = _Scan(rows, IS_DAY & (rows.key < DAY), rows.key.desc(), vague=False)
    on_day = _Scan(rows, IS_DAY & (rows.key == DAY), rows.key, vague=False)
    after_day = _Scan(rows, (rows.key > DAY) & (rows.key < end) & (event.c.d_start > DAY), rows.key)
    vague = _vague_of_acts(query, rows, held, after_day) or _vague_of_events(query, held, after_day)
    sides: dict[str, _Side] = {
        "before": _Merged([before_day, vague.before], earlier),
        "same_day": _Merged([on_day], literal(0)),
        "overlapping": _Narrow() if _is_plain(query) else _Merged([vague.narrow], span_length()),
        "after": _Merged(vague.after, later),
    }
    numbers = (literal_column(str(number), Integer) for number in most)
    near = [side.asked(query, name, number) for (name, side), number in zip(sides.items(), numbers, strict=True)]
    missing = bindparam("most", type_=Integer, required=False)
    farther = [_Merged([vague.wide], span_length()).asked(query, "wide", missing)]
    is_fixed = _is_plain(query) and not query.kind and not query.ids
    return _Sides(_joined(near, fixed=is_fixed), _joined(farther), is_fixed)


class _Part(Protocol):
    """Where events of one place come from."""

    def asked(self, query: EventQuery, distance: ColumnElement[int], most: ColumnElement[int]) -> Iterator[Select[Any]]:
        """(id, distance) of at most so many events each, the nearest of them."""


@dataclass(frozen=True, slots=True)
class _Vague:
    """Where vague dates are found: a month at most and wider ones that hold DAY, those that end before it, and, with
    days of their own, what follows it."""

    narrow: _Part
    wide: _Part
    before: _Part
    after: Sequence[_Part]


def _vague_of_acts(query: EventQuery, rows: Source, held: TimeSpan, after_day: _Scan) -> _Vague | None:
    """Those of one actor or pair, by the spans that there are; None where that does not tell them."""
    if rows.key is event.c.d_order or not tells(query):
        return None
    own, holding = event_day.c, touching(held, event_day.c)
    narrow, wide = _BySpan(rows, holding & IS_NARROW), _BySpan(rows, holding & ~IS_NARROW)
    if (span := closed(query)) is None:
        return _Vague(narrow, wide, _ending(query), [after_day])
    inside = touching(span, own)
    after: list[_Part] = [replace(after_day, vague=False), _BySpan(rows, inside & (own.d_start > DAY))]
    return _Vague(narrow, wide, _BySpan(rows, inside & (own.d_end <= DAY)), after)


def _vague_of_events(query: EventQuery, held: TimeSpan, after_day: _Scan) -> _Vague:
    rows, holding = events_by_date(query), IS_VAGUE & touching(held)
    narrow, wide = (_Scan(rows, holding & part, span_length(), vague=True, walked=False) for part in (NARROW, ~NARROW))
    return _Vague(narrow, wide, _ending(query), [after_day])


def _ending(query: EventQuery) -> _Scan:
    return _Scan(events_by_date(query), IS_VAGUE & (event.c.d_end <= DAY), event.c.d_end.desc(), vague=True)


@dataclass(frozen=True, slots=True)
class _Scan:
    """Events that meet a condition, in an order that an index gives (`walked`) or that is made of a few. `vague` tells
    which branch of a window they can be in, None for either: the server would look for days among vague dates until it
    had seen them all."""

    source: Source
    part: Condition
    order: ColumnElement[Any]
    vague: bool | None = None
    walked: bool = True

    def asked(self, query: EventQuery, distance: ColumnElement[int], most: ColumnElement[int]) -> Iterator[Select[Any]]:
        source = self.source
        for branch in self._branches(query):
            asked = select(source.event_id.label("id")).add_columns(distance.label("distance"))
            asked = asked.select_from(source.rows).where(*source.filters, branch, self.part)
            yield asked.order_by(self.order, source.event_id).limit(most)

    def _branches(self, query: EventQuery) -> Sequence[Condition]:
        if self.vague is None:
            return branches(query, self.source.key, walked=self.walked)
        found = window(query, self.source.key, walked=self.walked)
        return found if len(found) == 1 else found[int(self.vague) :][:1]


@dataclass(frozen=True, slots=True)
class _BySpan:
    """Vague dates of one actor or pair: of each span of `event_day` that meets a condition so many acts are read as are
    wanted, however many there are."""

    source: Source
    part: Condition

    def asked(self, query: EventQuery, distance: ColumnElement[int], most: ColumnElement[int]) -> Iterator[Select[Any]]:
        source, span = self.source, spans(self.part)
        days = span_length() if source.vague_days is None else source.vague_days
        # which together are the span, and found by no index but that of the acts
        begins_alike = func.isfinite(event.c.d_start) == func.isfinite(span.c.d_start)
        own = [source.key == span.c.d_order, days == span.c.days, begins_alike]
        *_, branch = window(query, event.c.d_order, walked=True)  # the last is that of vague dates
        found = select(source.event_id.label("id"), distance.label("distance")).select_from(source.rows)
        found = found.where(*source.filters, *own, IS_VAGUE, branch).order_by(source.event_id).limit(most)
        held = found.lateral("held")
        asked = select(held.c.id, held.c.distance).select_from(span.join(held, true()))
        yield asked.order_by(held.c.distance, held.c.id).limit(most)


@dataclass(frozen=True, slots=True)
class _Merged:
    """What is merged for one place of an answer."""

    parts: Sequence[_Part]
    distance: ColumnElement[int]

    def asked(self, query: EventQuery, name: str, most: ColumnElement[int]) -> Select[Any]:
        asked = (part for source in self.parts for part in source.asked(query, self.distance, most))
        union = union_all(*(select(part.subquery()) for part in asked)).subquery()
        nearest = select(literal(name, Text).label("side"), union.c.id, union.c.distance)
        return nearest.order_by(union.c.distance, union.c.id).limit(most)


def _is_plain(query: EventQuery) -> bool:
    """Whether nothing but an event's own columns decides."""
    plain = EventQuery(when=query.when, match=query.match, loose=query.loose, kind=query.kind, ids=query.ids)
    return replace(query, sort=plain.sort, limit=plain.limit, cursor=None, modality=plain.modality) == plain


class _Narrow:
    """Vague dates of a month at most that hold DAY: their spans are leapt to in an index of length and first day, and
    of each so many events are read as are wanted, however many it has."""

    def asked(self, query: EventQuery, name: str, most: ColumnElement[int]) -> Select[Any]:
        spans, start = _narrow_spans(), type_coerce(event.c.d_start, Date)
        own = and_(NOT_A_DAY, NARROW, span_length() == spans.c.length, start == spans.c.first)
        *_, branch = window(query, event.c.d_order)  # the last is that of vague dates
        found = select(event.c.id).where(own, IS_VAGUE, *conditions(query), branch)
        held = found.order_by(event.c.id).limit(most).lateral("held")
        holds = (spans.c.first <= DAY) & (spans.c.first + spans.c.length > DAY)
        asked = select(literal(name, Text).label("side"), held.c.id, spans.c.length.label("distance"))
        asked = asked.select_from(spans.join(held, true())).where(holds)
        return asked.order_by(spans.c.length, held.c.id).limit(most)


def _narrow_spans() -> CTE:
    """(length, first) of the spans among which are all that hold DAY, each found from the one before."""
    length, first = span_length().label("length"), type_coerce(event.c.d_start, Date).label("first")
    one = select(length, first).where(NOT_A_DAY, NARROW).order_by(length, first).limit(1)
    known = select(one.subquery("shortest")).cte("spans", recursive=True)
    # of one length: from what ends too early to the first that holds the day, from what begins later to the next length
    leapt = case(
        (known.c.first > DAY, INFINITY), else_=func.greatest(known.c.first, literal(DAY, Date) - known.c.length)
    )
    place = tuple_(known.c.length, type_coerce(leapt, Date))
    beyond = one.where(tuple_(span_length(), type_coerce(event.c.d_start, Date)) > place).lateral("beyond")
    return known.union_all(select(beyond.c.length, beyond.c.first).select_from(known.join(beyond, true())))


def _days(difference: ColumnElement[Any]) -> ColumnElement[int]:
    return type_coerce(difference, Integer)


def _joined(sides: Sequence[Select[Any]], *, fixed: bool = False) -> Prepared:
    union = union_all(*(select(side.subquery()) for side in sides)).subquery()
    asked = select(union.c.side, union.c.id).order_by(union.c.side, union.c.distance, union.c.id)
    return prepared(asked, fixed=fixed)


def _by_side(found: CursorResult[Any], names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The ids for each side."""
    rows = found.fetchall()
    return {name: tuple(row.id for row in rows if row.side == name) for name in names}
