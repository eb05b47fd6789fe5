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
    overlapping,
    span_length,
    touching,
    window,
)
from app.storage.orders import Source, events_by_date, source_by_date
from app.storage.prepared import Prepared, planned_once, prepared
from app.storage.rows import Nearest
from app.storage.shapes import DAY, DAY_AFTER, of_day, shape
from app.storage.tables import event
from app.storage.vague import begins, branches, closed, tells

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
    rows, vague = source_by_date(query), events_by_date(query)
    earlier = _days(literal(DAY, Date) - event.c.d_end)
    later = _days(event.c.d_start - literal(DAY, Date))
    held = TimeSpan.since(DAY) if is_last else TimeSpan(DAY, DAY_AFTER, Precision.DAY)
    holding, ending = IS_VAGUE & touching(held), IS_VAGUE & (event.c.d_end <= DAY)
    ended = vague
    # Of one actor or pair, by way of the acts that begin where such a span does; no other index is to be taken.
    if by_acts := rows.key is not event.c.d_order and tells(query):
        vague, holding = rows, IS_VAGUE & overlapping(held) & begins(rows.key, held)
        if span := closed(query):
            ended, ending = rows, ending & begins(rows.key, span)
    end = literal(query.when.end, Date) if query.when and query.when.end else INFINITY
    before_day = _Scan(rows, IS_DAY & (rows.key < DAY), rows.key.desc(), vague=False)
    before_vague = _Scan(ended, ending, event.c.d_end.desc(), vague=True)
    after_day = _Scan(rows, (rows.key > DAY) & (rows.key < end) & (event.c.d_start > DAY), rows.key)
    on_day = _Scan(rows, IS_DAY & (rows.key == DAY), rows.key, vague=False)
    narrow, wide = (
        _Scan(vague, holding & part, span_length(), vague=True, walked=by_acts) for part in (NARROW, ~NARROW)
    )
    sides: dict[str, _Side] = {
        "before": _Merged([before_day, before_vague], earlier),
        "same_day": _Merged([on_day], literal(0)),
        "overlapping": _Narrow() if _is_plain(query) else _Merged([narrow], span_length()),
        "after": _Merged([after_day], later),
    }
    numbers = (literal_column(str(number), Integer) for number in most)
    near = [side.asked(query, name, number) for (name, side), number in zip(sides.items(), numbers, strict=True)]
    missing = bindparam("most", type_=Integer, required=False)
    farther = [_Merged([wide], span_length()).asked(query, "wide", missing)]
    is_fixed = _is_plain(query) and not query.kind and not query.ids
    return _Sides(_joined(near, fixed=is_fixed), _joined(farther), is_fixed)


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

    def branches(self, query: EventQuery) -> Sequence[Condition]:
        if self.vague is None:
            return branches(query, self.source.key, walked=self.walked)
        found = window(query, self.source.key, walked=self.walked)
        return found if len(found) == 1 else found[int(self.vague) :][:1]


@dataclass(frozen=True, slots=True)
class _Merged:
    """What is merged for one place of an answer."""

    scans: Sequence[_Scan]
    distance: ColumnElement[int]

    def asked(self, query: EventQuery, name: str, most: ColumnElement[int]) -> Select[Any]:
        union = union_all(*(select(part.limit(most).subquery()) for part in self._parts(query))).subquery()
        nearest = select(literal(name, Text).label("side"), union.c.id, union.c.distance)
        return nearest.order_by(union.c.distance, union.c.id).limit(most)

    def _parts(self, query: EventQuery) -> Iterator[Select[Any]]:
        for scan in self.scans:
            source = scan.source
            for branch in scan.branches(query):
                asked = select(source.event_id.label("id")).add_columns(self.distance.label("distance"))
                asked = asked.select_from(source.rows).where(*source.filters, branch, scan.part)
                yield asked.order_by(scan.order, source.event_id)


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
