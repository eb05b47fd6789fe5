"""The line that heads a text with its day: "ROME, 5 May 2014. ...", or lacks the year: "ROME, May 5 (Wire) - ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from app.domain.dates import DateCandidate
from app.domain.spans import TimeSpan
from app.extraction.temporal.assembling import drafts
from app.extraction.temporal.calendar import OutsideCalendar, make_day
from app.extraction.temporal.clues import contradicts, full_day, offsets_of, quote_of
from app.extraction.temporal.draft import Draft
from app.extraction.temporal.meanings import Fields, Which
from app.extraction.temporal.scanning import Scan, scan
from app.extraction.temporal.tense import Tense, tense_around

_HEAD = 400  # characters in which a dateline may stand
_NEAR_MARGIN = 60  # characters that may stand before the date of a dateline
_LINE_WORDS = 9  # a line with a full date and no more words than this is a dateline
_LINE_SMALL = frozenset({  # the words in lower case that may stand beside the date of a dateline
    "of", "the", "at", "on", "by", "and", "last", "first", "published", "updated", "posted", "modified",
    "am", "pm", "a", "p", "m", "noon", "midnight", "de", "du", "da", "do", "la", "le", "el", "al",
})  # fmt: skip
_LINE_WORD = re.compile(r"(?<![\w’'])[^\W\d_]+")
_PLACE = re.compile(  # "MOSCOW, ", "Port Louis (Wire), ", "ST. PETERSBURG, Russia, "
    r"\s*(?:[A-Z][\w’'.-]*\s){0,3}[A-Z][\w’'.-]*(?:,\s[A-Z][\w.-]*(?:\s[A-Z][\w.-]*)?)?(?:\s?\([^)\n]{2,40}\)|[,:.])(?:\s?[,—–-]+)?\s*|\s*"
)
_AFTER_PLACE = re.compile(r"(?:\s*\([^)\n]{2,40}\))?\s*(?:[.:|]\s|--|—|–|-\s)")
_AFTER_DATELINE = re.compile(r"\s*(?:\([^)\n]{2,40}\)\s*)?(?:--|—|–|_|-)\s")
_MOST_DAYS = 10  # years of one candidate in which a dateline without its year is tried
_DAY_BEFORE = 0.3  # how much a year weighs in which the weekday told is of the day before the dateline


class Dateline(NamedTuple):
    """The day that heads a text, its words, and whether they tell a weekday that is not its own."""

    day: date
    quote: str
    conflict: bool


def dateline(text: str) -> Dateline | None:
    """The full date that heads a text: alone in its line, before a dash, or after a place ("ROME, 5 May 2014. ...")."""
    head = text[:_HEAD]
    one = scan(head)
    for draft in drafts(one):
        day, (start, end) = full_day(draft), offsets_of(one, draft)
        if day is None:
            continue
        line_start = head.rfind("\n", 0, start) + 1
        line = head[line_start : head.find("\n", end) if "\n" in head[end:] else len(head)]
        alone = len(line.split()) <= _LINE_WORDS and ("\n" in head[end:] or len(text) <= _HEAD)
        dashed = start - line_start < _NEAR_MARGIN and _AFTER_DATELINE.match(text, end)
        before = head[line_start:start]
        if _tells_nothing(before) and (dashed or (alone and _tells_nothing(line[end - line_start :]))):
            return Dateline(day, text[start:end], contradicts(draft))
        placed = line_start == start or head[line_start:start].strip()
        if placed and _PLACE.fullmatch(head, line_start, start) and _AFTER_PLACE.match(text, end):
            return Dateline(day, text[start:end], contradicts(draft))
    return None


class OpenDateline(NamedTuple):
    """A dateline that lacks the year ("NAIROBI, April 3 (Wire) - "), and the weekday first told as past after it."""

    month: int
    day: int
    weekday: int | None
    quote: str

    def days(self, span: TimeSpan) -> tuple[date, ...]:
        """The day in each year of the span; () where the span is open."""
        if span.start is None or span.last is None:
            return ()
        days = (_day_or_none(year, self.month, self.day) for year in range(span.start.year, span.last.year + 1))
        return tuple(day for day in days if day and span.start <= day <= span.last)


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return make_day(year, month, day)
    except OutsideCalendar:
        return None  # 29 February


def open_dateline(text: str) -> OpenDateline | None:
    """The month and day that head a text after a place and before a dash."""
    head = text[:_HEAD]
    one = scan(head)
    found = drafts(one)
    for draft in found:
        meaning, (start, end) = draft.meaning, offsets_of(one, draft)
        if not isinstance(meaning, Fields) or meaning.year or not (meaning.month and meaning.day):
            continue
        line_start = head.rfind("\n", 0, start) + 1
        placed = start - line_start < _NEAR_MARGIN and head[line_start:start].strip()
        if placed and _PLACE.fullmatch(head, line_start, start) and _AFTER_DATELINE.match(text, end):
            return OpenDateline(meaning.month, meaning.day, _first_weekday(one, found, end), quote_of(one, draft))
    return None


def _first_weekday(one: Scan, found: Sequence[Draft], after: int) -> int | None:
    for draft in found:
        meaning = draft.meaning
        if offsets_of(one, draft)[0] < after or not isinstance(meaning, Fields) or meaning.weekday is None:
            continue
        bare = meaning.which is Which.NONE and meaning.month is None and meaning.day is None
        past = tense_around(one, draft.first, draft.last) in (Tense.PAST, Tense.DONE)
        return meaning.weekday if bare and past else None
    return None


def _tells_nothing(part: str) -> bool:
    """Only names, hours, connectors and words of publication: no sentence stands beside the date."""
    return all(word[0].isupper() or word in _LINE_SMALL for word in _LINE_WORD.findall(part))


def on_its_day(
    line: OpenDateline | None, candidates: tuple[DateCandidate, ...], most: int
) -> tuple[DateCandidate, ...]:
    """The candidates cut down to the day that a dateline without a year tells, each year a candidate of its own.

    A weekday that the story tells is that of the dateline, or of the day before; other years are left out.
    """
    if line is None:
        return candidates
    days = {day for one in candidates for day in line.days(one.span)}
    # A weekday that agrees with the day itself goes before one that agrees with the day before it.
    agreeing = {day: back for day in days for back in (1, 0) if _falls_on(line, day - timedelta(days=back))}
    kept = agreeing or dict.fromkeys(days, 0)
    cut = [each for one in candidates for each in _cut_to(line, kept, one)]
    return tuple(sorted(cut, key=lambda one: -one.weight)[:most]) if kept and cut else candidates


def _falls_on(line: OpenDateline, day: date) -> bool:
    return line.weekday is not None and day.weekday() == line.weekday


def _cut_to(line: OpenDateline, kept: Mapping[date, int], one: DateCandidate) -> Iterator[DateCandidate]:
    """The candidate's weight shared among the days kept in it; one in which too many lie stays as it is."""
    days = [day for day in line.days(one.span) if day in kept]
    if len(days) > _MOST_DAYS or one.span.start is None or one.span.last is None:
        yield one
        return
    shares = [_DAY_BEFORE ** kept[day] for day in days]
    for day, share in zip(days, shares, strict=True):
        reasons = (*_reasons_of_day(line, day, kept[day]), *one.reasons)
        yield DateCandidate(TimeSpan.of_day(day), round(one.weight * share / sum(shares), 3), reasons)


def _reasons_of_day(line: OpenDateline, day: date, ahead: int) -> tuple[str, ...]:
    reasons = (f"dateline “{line.quote}” without its year",)
    if not _falls_on(line, day - timedelta(days=ahead)):
        return reasons
    which = "the day before it" if ahead else "its weekday"
    return (*reasons, f"the weekday told in the story agrees with {day.year}: it is {which}")
