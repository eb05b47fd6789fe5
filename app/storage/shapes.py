"""Questions that differ only in their days, in whom they ask about and in the one event that they leave out have one
shape, and one statement: it is made with stand-ins, in whose places the values of each time go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.domain.queries import Choice, EventQuery
from app.domain.spans import ONE_DAY, Precision, TimeSpan
from app.storage.prepared import AnyDay, AnyWord, StandIn, Told

DAY = AnyDay(2002, 2, 5)
DAY_AFTER = AnyDay(2002, 2, 6)
# A rollup by month is asked only where a window has whole months: that much of a day belongs to the shape.
_STARTS = {True: AnyDay(2002, 1, 1), False: AnyDay(2002, 1, 5)}
_ENDS = {True: AnyDay(2002, 3, 1), False: AnyDay(2002, 3, 5)}
_ACTOR = AnyWord("actor")
_LEFT_OUT = AnyWord("left out")
_PAIR = (AnyWord("one"), AnyWord("other"))  # in this order


@dataclass(frozen=True, slots=True)
class Shape:
    """`query` has stand-ins, so that a statement may be kept by it; `values` are what they stand for."""

    query: EventQuery
    values: Told


def shape(query: EventQuery) -> Shape:
    values: dict[StandIn, date | str] = {}
    when = _window(query.when, values)
    actor = query.actor
    if len(actor.wanted) == 1:
        values[_ACTOR] = actor.wanted[0]
        actor = Choice((_ACTOR,), actor.unwanted)
    ids = query.ids
    if len(ids.unwanted) == 1:
        values[_LEFT_OUT] = ids.unwanted[0]
        ids = Choice(ids.wanted, (_LEFT_OUT,))
    return Shape(replace(query, when=when, actor=actor, ids=ids, dyad=_dyad(query.dyad, values)), values)


def of_day(day: date) -> Told:
    """What DAY and DAY_AFTER stand for. No day follows the calendar's last: its statement has no DAY_AFTER."""
    return {DAY: day} if day == date.max else {DAY: day, DAY_AFTER: day + ONE_DAY}


def _window(span: TimeSpan | None, values: dict[StandIn, date | str]) -> TimeSpan | None:
    if span is None or not span.known:
        return span
    start = _STARTS[span.start.day == 1] if span.start else None
    end = _ENDS[span.end.day == 1] if span.end else None
    if start and span.start:
        values[start] = span.start
    if end and span.end:
        values[end] = span.end
    return TimeSpan(start, end, Precision.RANGE if start and end else Precision.AFTER if start else Precision.BEFORE)


def _dyad(dyad: tuple[str, str] | None, values: dict[StandIn, date | str]) -> tuple[str, str] | None:
    """In the order of the two, by which sums of a pair are kept."""
    if dyad is None:
        return None
    places = _PAIR if dyad[0] <= dyad[1] else _PAIR[::-1]
    values.update(zip(places, dyad, strict=True))
    return places
