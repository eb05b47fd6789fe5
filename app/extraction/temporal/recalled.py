"""What a text says of its own day by an event whose day is known: "five years after the Lehman collapse".

An anniversary and a distance date the text to the event and as many years on, "the referendum last month" to the month
after it. A text may tell of another's anniversary long after: the spans weigh much and are never sure.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeGuard

from app.domain.spans import TimeSpan
from app.extraction.temporal.calendar import Grain, OutsideCalendar, Period, moved, period
from app.extraction.temporal.draft import Draft
from app.extraction.temporal.events import EventSeen, events_in
from app.extraction.temporal.meanings import Anniversary, Fields, From, Known, Length, Step, Within
from app.extraction.temporal.scanning import Scan
from app.extraction.temporal.values import Modifier

_ANNIVERSARY, _LATELY, _AFTER, _CHAIN = 0.7, 0.75, 0.6, 0.7
_WEEKDAY = timedelta(days=6)
# From "five years" to the event: "after the", "since", "on from last year's"; few words, all of one phrase.
_SINCE = re.compile(r"\s+(?:(?:on\s+)?(?:after|since|from)|following)(?:\s+[\w’'-]+){0,4}?\s+$")
_WORDS = re.compile(r"\s+(?:[\w’'-]+\s+){0,4}?")  # after "five years after"
_LATER = re.compile(
    r"(?:\s+(?:in|of|on|at|here|there|late|early|the|[A-Z][\w’'-]*)){0,4},?\s*$"
)  # "... in Paris last week"
_EARLIER = re.compile(r"['’]s\s+(?:[\w-]+\s+){0,2}$|\s+(?:the\s+)?$|,\s+(?:[\w-]+\s+){0,2}$")  # "last month's ..."
_OF_ORDINAL = re.compile(r"anniversary\s+of\s+(?:[\w’'-]+\s+){0,3}$")
_UNITS = {"day": Grain.DAY, "week": Grain.WEEK, "month": Grain.MONTH, "year": Grain.YEAR}
# How far the publication may lie before and after the day that is so many units on, in days.
_ROUND = {Grain.DAY: (0, 1), Grain.WEEK: (3, 10), Grain.MONTH: (10, 40), Grain.YEAR: (31, 330)}
_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Recalled:
    """A span in which a text may have been published, by an event that it recalls."""

    span: TimeSpan
    weight: float
    reason: str


def recalled_in(one: Scan, found: Sequence[Draft]) -> tuple[Recalled, ...]:
    """What the events known and the anniversaries in a text tell of its day, the latest first."""
    told = [*_anniversaries(one, found), *_distances(one, found), *_chained(one, found)]
    if events := events_in(one.text):
        starts = [one.tokens[draft.first].start for draft in found]
        ends = [token.end for token in one.tokens]
        for event in events:
            at = bisect_left(starts, event.start)
            told += _beside(one, found[max(0, at - _NEAR) : at + _NEAR], event)
            told += _ordinal(one, ends, event)
    return tuple(sorted(told, key=lambda hint: hint.span.start or date.min, reverse=True))


def _words(one: Scan, draft: Draft) -> str:
    return " ".join(one.text[one.tokens[draft.first].start : one.tokens[draft.last - 1].end].split())


def _around(day: date, before: int, after: int) -> TimeSpan:
    return TimeSpan.between(day - timedelta(days=before), day + timedelta(days=after))


def _anniversaries(one: Scan, found: Sequence[Draft]) -> Iterator[Recalled]:
    """ "the 50th anniversary of the 1963 murder": a date that the text itself tells."""
    for draft in found:
        meaning = draft.meaning
        if isinstance(meaning, Anniversary) and meaning.number > 0:
            yield from _years_on(meaning.recalled, meaning.number, f"“{_words(one, draft)}”")


def _years_on(recalled: Period, number: int, words: str) -> Iterator[Recalled]:
    try:
        again = Period(recalled.grain, moved(recalled.start, Grain.YEAR, number))
        span = _around(again.start, _MONTH.days, _MONTH.days) if again.grain is Grain.DAY else again.span()
    except OutsideCalendar:
        return
    yield Recalled(span, _ANNIVERSARY, f"{words} is in {again.start.year}")


def _distances(one: Scan, found: Sequence[Draft]) -> Iterator[Recalled]:
    """ "ten years after 9/11", "a decade after the 1991 coup": counted from a date that the text tells."""
    for draft in found:
        meaning = draft.meaning
        if isinstance(meaning, From) and meaning.step.count and meaning.step.count > 0:
            base = _told(meaning.base)
            if base is not None:
                words = f"“{_words(one, draft)}” from {base.start.isoformat()}"
                yield from _counted(base.start, meaning.step.unit, meaning.step.count, draft, words)


def _chained(one: Scan, found: Sequence[Draft]) -> Iterator[Recalled]:
    """ "In 1989 ... Last year, 25 years later, ...": what is so many years on from the last date told was last year."""
    base: Period | None = None
    for draft, after in pairwise([*found, None]):
        if draft is None:
            return
        base = _told(draft.meaning) or base
        pair = [draft.meaning, after.meaning] if after is not None and _comma_between(one, draft, after) else []
        near = next((step for step in pair if _is_year(step) and not step.anaphoric and step.count in (0, -1)), None)
        on = next((step for step in pair if _is_year(step) and step.anaphoric and (step.count or 0) > 0), None)
        if base is None or near is None or on is None or after is None or on.count != int(on.count or 0):
            continue
        year = base.start.year + int(on.count) - int(near.count or 0)
        if year <= date.max.year:
            words = f"“{_words(one, draft)}, {_words(one, after)}”, counted from {base.start.year},"
            yield Recalled(TimeSpan.of_year(year), _CHAIN, f"{words} is told in {year}")


def _is_year(meaning: object) -> TypeGuard[Step]:
    return isinstance(meaning, Step) and meaning.unit is Grain.YEAR


def _comma_between(one: Scan, draft: Draft, after: Draft) -> bool:
    return one.text[one.tokens[draft.last - 1].end : one.tokens[after.first].start].strip() == ","


def _told(base: object) -> Period | None:
    if isinstance(base, Known) and base.period.grain in (Grain.DAY, Grain.MONTH, Grain.YEAR):
        return base.period
    if isinstance(base, Fields) and base.year and base.month and base.day:
        return period(Grain.DAY, date(base.year, base.month, base.day))
    return None


def _counted(day: date, unit: Grain, count: float, draft: Draft, words: str) -> Iterator[Recalled]:
    if unit is Grain.DECADE:
        unit, count = Grain.YEAR, count * 10
    if unit not in _ROUND or count != int(count):
        return
    try:
        again = moved(day, unit, int(count))
    except OutsideCalendar:
        return
    before, after = _ROUND[unit]
    if draft.modifier is Modifier.LESS_THAN:
        before, after = after, 0
    elif draft.modifier is Modifier.MORE_THAN:
        before = 0
    yield Recalled(_around(again, before, after), _AFTER, f"{words} is about {again.isoformat()}")


def _beside(one: Scan, found: Sequence[Draft], event: EventSeen) -> Iterator[Recalled]:
    """What stands right before or after the name of an event."""
    for draft in found:
        start, end = one.tokens[draft.first].start, one.tokens[draft.last - 1].end
        if start < event.end and end > event.start:
            continue
        gap = one.text[end : event.start] if end <= event.start else one.text[event.end : start]
        if len(gap) > _FARTHEST:
            continue
        words = f"“{_words(one, draft)}” beside “{event.quote}” of {event.day.isoformat()}"
        if end <= event.start and (_SINCE if one.tokens[draft.last - 1].word != "after" else _WORDS).fullmatch(gap):
            yield from _since(draft, event, words)
        elif (_EARLIER if end <= event.start else _LATER).fullmatch(gap):
            yield from _lately(draft, event, words)


_FARTHEST, _NEAR = 48, 3  # characters, expressions


def _since(draft: Draft, event: EventSeen, words: str) -> Iterator[Recalled]:
    meaning = draft.meaning.step if isinstance(draft.meaning, From) else draft.meaning
    if (
        isinstance(meaning, Length)
        and meaning.count.replace(".", "", 1).isdigit()
        and meaning.unit in (*_UNITS, "decade")
    ):
        yield from _counted(event.day, Grain(meaning.unit), float(meaning.count), draft, words)
    elif isinstance(meaning, Step) and meaning.count and meaning.count > 0:
        yield from _counted(event.day, meaning.unit, meaning.count, draft, words)


def _lately(draft: Draft, event: EventSeen, words: str) -> Iterator[Recalled]:
    """ "Lehman Brothers collapsed last month": the period after that of the event."""
    span = _publication(draft, event.day)
    if span is not None:
        yield Recalled(span, _LATELY, words)


def _publication(draft: Draft, day: date) -> TimeSpan | None:
    meaning = draft.meaning.day if isinstance(draft.meaning, Within) and draft.meaning.day else draft.meaning
    if isinstance(meaning, Step) and meaning.count is not None and meaning.count <= 0 and not meaning.anaphoric:
        if meaning.unit not in _UNITS.values():
            return None
        whole = period(meaning.unit, day).shifted(-int(meaning.count)).span()
        return TimeSpan(max(day, whole.start or day), whole.end, whole.precision) if not meaning.count else whole
    weekday = isinstance(meaning, Fields) and meaning.weekday == day.weekday() and meaning.day is None
    return TimeSpan.between(day, day + _WEEKDAY) if weekday else None


def _ordinal(one: Scan, ends: Sequence[int], event: EventSeen) -> Iterator[Recalled]:
    """ "the tenth anniversary of the Srebrenica massacre"."""
    match = _OF_ORDINAL.search(one.text, max(0, event.start - _FARTHEST), event.start)
    at = bisect_right(ends, match.start()) - 1 if match else -1
    number = one.tokens[at].value if at >= 0 else ""
    if number.isdigit() and int(number) > 0:
        words = f"“{one.text[one.tokens[at].start : ends[at]]} anniversary of {event.quote}”"
        yield from _years_on(period(Grain.DAY, event.day), int(number), words)
