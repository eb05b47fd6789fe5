"""When was a text published? Metadata, address and dateline first; then what the text itself gives away.

What stays open stays open: several candidates, each with its weight and reasons, never today's date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.domain.dates import DateCandidate
from app.domain.spans import TimeSpan
from app.extraction.temporal.addresses import date_in_url
from app.extraction.temporal.calendar import Grain, OutsideCalendar, make_day, moved, period
from app.extraction.temporal.clues import (
    Clues,
    ToldDate,
    ToldMonth,
    agreeing_years,
    clues_in,
    sentence_around,
)
from app.extraction.temporal.datelines import dateline, on_its_day, open_dateline
from app.extraction.temporal.given import given_day
from app.extraction.temporal.offices import OfficeSeen, OfficeTerm, former_until, most_shared, offices_seen
from app.extraction.temporal.tense import Tense
from app.extraction.temporal.vocabulary import load

_METADATA, _URL_DAY, _URL_MONTH, _DATELINE = 0.98, 0.95, 0.9, 0.95
_OLDEST, _OPEN_YEARS = 1970, 12
_MOST_CANDIDATES = 10
_MOST_STRETCHES = 3
_MOST_RECALLED = 50
_LATEST = 2030  # years are tried up to this one where nothing bounds them
# Shares of the year of the latest date told, the next, the one after: after a date in full or a "last year", after a
# month, after years alone, after a day told with its weekday, after a day in full in the simple past. The rest lies
# later, but for a spared part: the latest date may have been told as ahead.
_YEAR_AFTER, _SAME_YEAR, _BARE_YEARS, _SPARED = (0.3, 0.45, 0.1), (0.3, 0.4, 0.1), (0.2, 0.2, 0.15), 0.05
_WEEKDAY_TOLD = (0.55, 0.2, 0.1)  # weekdays are told of the news, seldom of what lies a year back
_PAST_DAY = (0.45, 0.3, 0.1)  # "arrested a man on May 3, 2009": of the news, or of what it looks back on
_WEEK, _SAME_STORY = timedelta(days=6), timedelta(days=31)
_CLAIMED = "the copyright line"
_READING = "no later than the day of reading"


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Publication lies in [first, last]; either may be open."""

    first: date | None
    last: date | None
    reasons: tuple[str, ...]

    def narrowed(self, first: date | None, last: date | None, reason: str) -> _Bounds:
        """Both bounds together; what contradicts them is left out."""
        low = max((d for d in (self.first, first) if d), default=None)
        high = min((d for d in (self.last, last) if d), default=None)
        if low and high and low > high:
            return self
        return self if (low, high) == (self.first, self.last) else _Bounds(low, high, (*self.reasons, reason))


def date_document(
    text: str,
    *,
    metadata: date | str | None = None,
    url: str | None = None,
    today_limit: date | None = None,
    offices: Sequence[OfficeTerm] = (),
) -> tuple[DateCandidate, ...]:
    """Spans in which `text` may have been published, best first; empty when nothing is known.

    `metadata`: a day that the source itself states, also as "2014-03-05" (ValueError for other strings).
    `today_limit`: no candidate begins after it.
    `offices`: office-holders with their terms (see `office_term`).
    """
    outer = _from_outside(text, given_day(metadata), url)
    if outer and not (today_limit and outer[0].span.start and outer[0].span.start > today_limit):
        return outer
    clues = clues_in(text)
    seen = offices_seen(text, offices)
    told = _after_terms(seen, _told_bounds(text, clues, today_limit))
    claimed = _recalling(clues, _claimed(clues, told))
    choices = _in_office(text, clues, claimed, [one for one in seen if not one.former])
    wrong = _wrong_in_office(clues, choices, seen)
    for ways, several in (
        (_from_weekdays, choices),
        (_from_weekdays, () if wrong else (told,)),
        (_from_recalled, choices),
        (_from_years, choices),
        (_from_bounds, choices),
    ):
        if candidates := _all(ways, clues, several):
            conflicts = _wrong_weekdays(told.quote for told in clues.told if told.conflict)
            told_all = (replace(one, reasons=(*one.reasons, *wrong, *conflicts)) for one in candidates)
            return on_its_day(open_dateline(text), tuple(told_all), _MOST_CANDIDATES)
    return ()


def _all(
    way: Callable[[Clues, _Bounds], tuple[DateCandidate, ...]], clues: Clues, several: Sequence[_Bounds]
) -> tuple[DateCandidate, ...]:
    """The candidates under each of the bounds, their weights shared out; those of one span are one."""
    groups = [group for bounds in several if (group := way(clues, bounds))]
    shared: dict[TimeSpan, DateCandidate] = {}
    for one in (replace(one, weight=one.weight / len(groups)) for group in groups for one in group):
        same = shared.get(one.span)
        reasons = tuple(dict.fromkeys((*same.reasons, *one.reasons))) if same else one.reasons
        weight = min(1.0, one.weight + (same.weight if same else 0))
        shared[one.span] = DateCandidate(one.span, weight, reasons)
    rounded = [replace(one, weight=round(one.weight, 3)) for one in shared.values()]
    return tuple(sorted(rounded, key=lambda one: -one.weight)[:_MOST_CANDIDATES])


# -- what stands outside the story -------------------------------------------------------------------


def _from_outside(text: str, metadata: date | None, url: str | None) -> tuple[DateCandidate, ...]:
    if metadata is not None:
        return (DateCandidate(TimeSpan.of_day(metadata), _METADATA, ("the source states the day",)),)
    if url and (found := date_in_url(url)):
        day, grain = found
        if grain is Grain.DAY:
            return (DateCandidate(TimeSpan.of_day(day), _URL_DAY, ("the address holds the day",)),)
        return (DateCandidate(TimeSpan.of_month(day.year, day.month), _URL_MONTH, ("the address holds the month",)),)
    if line := dateline(text):
        conflict = _wrong_weekdays([line.quote] if line.conflict else [])
        return (DateCandidate(TimeSpan.of_day(line.day), _DATELINE, (f"dateline “{line.quote}”", *conflict)),)
    return ()


def _wrong_weekdays(quotes: Iterable[str]) -> tuple[str, ...]:
    """Dates told in full whose weekday is another: they stand all the same."""
    return tuple(f"conflict: “{quote}” does not fall on that weekday" for quote in dict.fromkeys(quotes))


# -- bounds ------------------------------------------------------------------------------------------


def _told_bounds(text: str, clues: Clues, today: date | None) -> _Bounds:
    """What the years told and the things named (that have a first day) leave possible."""
    bounds = _Bounds(None, today, (_READING,) if today else ())
    for told in clues.told:
        if told.tense is not Tense.FUTURE and (today is None or told.first <= today):
            bounds = bounds.narrowed(told.first, None, f"“{told.quote}” is told as past")
    for phrase, day in load().witnesses.items():
        if phrase in text and re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text):
            bounds = bounds.narrowed(day, None, f"“{phrase}” is not older than {day.isoformat()}")
    for told in clues.told:
        if told.foretold:
            bounds = bounds.narrowed(None, told.last, f"“{told.quote}” is told as ahead")
    return bounds


def _after_terms(seen: Sequence[OfficeSeen], bounds: _Bounds) -> _Bounds:
    """ "Former President Bill Clinton" is said after his term."""
    for day, quote in former_until(seen):
        bounds = bounds.narrowed(day, None, f"“{quote}” has left office, on {day.isoformat()} at the earliest")
    return bounds


def _claimed(clues: Clues, bounds: _Bounds) -> _Bounds:
    """The year of a copyright line is that of the publication, unless the text tells of later ones."""
    if clues.copyright is None:
        return bounds
    year = TimeSpan.of_year(clues.copyright.year)
    return bounds.narrowed(year.start, year.last, f"{_CLAIMED} tells the year: “{clues.copyright.quote}”")


def _recalling(clues: Clues, bounds: _Bounds) -> _Bounds:
    """The bounds with those of the latest event recalled that they leave room for."""
    for hint in clues.recalled[:_MOST_RECALLED]:
        narrowed = bounds.narrowed(hint.span.start, hint.span.last, hint.reason)
        if narrowed is not bounds:
            return narrowed
    return bounds


def _in_office(text: str, clues: Clues, bounds: _Bounds, seen: Sequence[OfficeSeen]) -> tuple[_Bounds, ...]:
    """The stretches in which most of the office-holders named held their offices; `bounds` alone without any."""
    stretches = most_shared(seen, bounds.first)[:_MOST_STRETCHES]
    return tuple(_within(text, clues, bounds, seen, stretch) for stretch in stretches) or (bounds,)


def _wrong_in_office(clues: Clues, choices: Sequence[_Bounds], seen: Sequence[OfficeSeen]) -> tuple[str, ...]:
    """Dates whose weekday agrees with no year in which several office-holders named held their offices: more of them
    are not easily mistaken, a weekday is."""
    if any(bounds.first is None or bounds.last is None for bounds in choices):
        return ()
    spans = [TimeSpan.between(bounds.first, bounds.last) for bounds in choices if bounds.first and bounds.last]
    together = [{one.term.names[0] for one in seen if not one.former and span.within(one.term.span)} for span in spans]
    if not together or min(map(len, together)) < _FIRM:
        return ()
    years = {year for span in spans if span.start and span.last for year in range(span.start.year, span.last.year + 1)}
    if any(clue.fits(year) for clue in clues.weekdays for year in years):
        return ()
    quotes = dict.fromkeys(clue.quote for clue in clues.weekdays)
    return tuple(f"conflict: “{quote}” agrees with no year in which those named were in office" for quote in quotes)


_FIRM = 2  # office-holders


def _within(text: str, clues: Clues, bounds: _Bounds, seen: Sequence[OfficeSeen], best: TimeSpan) -> _Bounds:
    terms = [one.term for one in seen]
    names = ", ".join(dict.fromkeys(f"{t.names[0]} ({t.title})" for t in terms if best.within(t.span)))
    narrowed = bounds.narrowed(best.start, best.last, f"in office: {names}")
    for month in clues.months:
        narrowed = _month_in_term(text, month, seen, narrowed)
    return narrowed


def _month_in_term(text: str, month: ToldMonth, seen: Sequence[OfficeSeen], bounds: _Bounds) -> _Bounds:
    """ "In October, Prime Minister Olmert ...": that October lies in the term, and the publication after it."""
    start, end = sentence_around(text, month.at)
    if month.tense is Tense.FUTURE or bounds.first is None or bounds.last is None:
        return bounds
    if not any(start <= one.at < end for one in seen):
        return bounds
    for year in range(bounds.first.year, bounds.last.year + 1):
        day = make_day(year, month.month, 1)
        if moved(day, Grain.MONTH, 1) > bounds.first and day <= bounds.last:
            return bounds.narrowed(day, None, f"“{month.quote}” is told as past, in the term of those named with it")
    return bounds


# -- candidates --------------------------------------------------------------------------------------


def _from_weekdays(clues: Clues, bounds: _Bounds) -> tuple[DateCandidate, ...]:
    """Years in which the weekdays told agree with their dates, each with the days around the latest of them."""
    if not clues.weekdays:
        return ()
    first = bounds.first.year if bounds.first else _OLDEST
    last = bounds.last.year if bounds.last else max(first + _OPEN_YEARS, _LATEST)
    years, conflicts = agreeing_years(clues.weekdays, first, last)
    spans = [(year, span) for year in years if (span := _days_told(clues, year, bounds))]
    if not spans:
        return ()
    if bounds.first is None:
        spans.reverse()  # nothing says how old it is: texts are rather young than old
    if (beside := _beside_full_day(clues)) and beside.year not in years:
        spans.insert(0, (beside.year, TimeSpan.between(beside, beside + _WEEK)))
        conflicts = (*conflicts, *(clue for clue in clues.weekdays if not clue.fits(beside.year)))
    weights = _weights(len(spans), _trust(clues, bounds, conflicts))
    if beside and beside.year in years:
        spans.sort(key=lambda each: each[0] != beside.year)
        weights = [_TOLD_IN_FULL, *_weights(len(spans) - 1, _OTHER_YEARS)]
    return tuple(
        DateCandidate(span, weight, (*_agreement(clues, year), *bounds.reasons, *_conflicts(clues, year)))
        for (year, span), weight in zip(spans[:_MOST_CANDIDATES], weights, strict=False)
    )


# A date told in full, with its year, a few days from one that agrees with that year.
_TOLD_IN_FULL, _OTHER_YEARS = 0.8, 0.1


def _beside_full_day(clues: Clues) -> date | None:
    """ "on Monday, May 3. ... on Tuesday, May 5, 2009": the last of both in the year of the one told in full,
    where the other's weekday is wrong in that year: the text may have it wrong."""
    full = [told.first for told in clues.told if told.beside_weekday and told.tense is not Tense.FUTURE]
    if not full:
        return None
    day = max(full)
    here = [make_day(day.year, clue.month, clue.day) for clue in clues.weekdays if (clue.month, clue.day) != (2, 29)]
    near = [one for one in here if abs(one - day) <= _SAME_STORY]
    return max(day, *near) if near else None


def _agreement(clues: Clues, year: int) -> tuple[str, ...]:
    quotes = dict.fromkeys(f"“{clue.quote}”" for clue in clues.weekdays if clue.fits(year))
    full = dict.fromkeys(f"“{told.quote}”" for told in clues.told if told.weekday and told.first.year == year)
    told = ", ".join(quotes or full)
    return (f"{told}: the weekday agrees with {year}",) if told else ()


def _conflicts(clues: Clues, year: int) -> tuple[str, ...]:
    wrong = dict.fromkeys(clue.quote for clue in clues.weekdays if not clue.fits(year))
    return tuple(f"conflict: “{quote}” does not agree with {year}" for quote in wrong)


def _trust(clues: Clues, bounds: _Bounds, conflicts: Sequence[object]) -> float:
    """How sure the set of years is: two agreeing dates and two bounds make it nearly certain."""
    within = any("office" in reason or reason.startswith(_CLAIMED) for reason in bounds.reasons)
    bounded = (bounds.first is not None) + (bounds.last is not None and within)
    distinct = len({(clue.month, clue.day) for clue in clues.weekdays}) - len(conflicts)
    return min(0.92, 0.5 + 0.16 * bounded + 0.06 * min(distinct, 3) - 0.15 * bool(conflicts))


def _weights(count: int, total: float) -> list[float]:
    """The first of the years weigh more: a text is seldom dated long after the last year that it tells."""
    raw = [0.85**index for index in range(count)]
    return [round(total * one / sum(raw), 3) for one in raw]


def _days_told(clues: Clues, year: int, bounds: _Bounds) -> TimeSpan | None:
    """From the latest past weekday-date to a week on, cut by what is told as ahead and by the bounds."""
    past = [clue for clue in clues.weekdays if clue.fits(year) and not clue.ahead]
    ahead = [clue for clue in clues.weekdays if clue.fits(year) and clue.ahead]
    days = [make_day(year, clue.month, clue.day) for clue in past]
    if days:
        first = max(days)
        last = first + (timedelta(days=6 - first.weekday()) if clues.this_week and first.weekday() < 6 else _WEEK)
    else:
        last = min(make_day(year, clue.month, clue.day) for clue in ahead)
        first = last - _WEEK
    later = [make_day(year, clue.month, clue.day) for clue in ahead if make_day(year, clue.month, clue.day) >= first]
    last = min([last, *later, *([bounds.last] if bounds.last and bounds.last >= first else [])])
    if (bounds.first and last < bounds.first) or (bounds.last and first > bounds.last):
        return None
    return TimeSpan.between(first, last)


def _from_recalled(clues: Clues, bounds: _Bounds) -> tuple[DateCandidate, ...]:
    """The days that an event recalled points to; the reason tells which."""
    hint = next((one for one in clues.recalled[:_MOST_RECALLED] if one.reason in bounds.reasons), None)
    if hint is None or bounds.first is None or bounds.last is None:
        return ()
    span = TimeSpan.between(bounds.first, bounds.last)
    return (DateCandidate(span, hint.weight, (hint.reason, *(r for r in bounds.reasons if r != hint.reason))),)


def _from_years(clues: Clues, bounds: _Bounds) -> tuple[DateCandidate, ...]:
    """The year of the latest date told, or the next: a full date with its year is mostly told a year later."""
    if bounds.first is None or not any(told.first == bounds.first and not told.named for told in clues.told):
        return ()
    if any(reason.startswith(_CLAIMED) for reason in bounds.reasons):
        return ()  # the year is known
    latest = bounds.first
    shares, reason = _shares_of_years(clues, latest)
    candidates = []
    for offset, share in enumerate(shares):
        span = _part_of_year(latest.year + offset, bounds)
        if span is not None:
            candidates.append(DateCandidate(span, share, (reason, *bounds.reasons)))
    first_late = make_day(latest.year + len(shares), 1, 1)
    last_late = bounds.last or make_day(max(_LATEST, first_late.year + _OPEN_YEARS), 12, 31)
    if first_late < last_late:
        span = TimeSpan.between(first_late, last_late)
        weight = round(1 - _SPARED - sum(shares), 3)
        candidates.append(DateCandidate(span, weight, ("a text may look back many years", *bounds.reasons)))
    return tuple(sorted(candidates, key=lambda one: -one.weight))


def _shares_of_years(clues: Clues, latest: date) -> tuple[tuple[float, ...], str]:
    """The shares of the year of the latest date told and of the next ones, and why."""
    told = [one for one in clues.told if one.first == latest]
    full = any(one.grain is Grain.DAY for one in told)
    if any(one.weekday for one in told) and not clues.last_year:
        return _WEEKDAY_TOLD, "a date told with its weekday points to the year in which it lies"
    if not clues.last_year and any(_is_past_day(one) for one in told):
        return _PAST_DAY, "a day told in full in the simple past points to the year in which it lies"
    bare = all(one.grain is Grain.YEAR for one in told)
    shares = _YEAR_AFTER if full or clues.last_year else _BARE_YEARS if bare else _SAME_YEAR
    return shares, _reason_of_years(full, clues.last_year)


def _is_past_day(told: ToldDate) -> bool:
    return told.grain is Grain.DAY and told.tense is Tense.DONE and not (told.conflict or told.named)


def _reason_of_years(full: bool, last_year: bool) -> str:
    told = [name for name, holds in (("“last year”", last_year), ("a date told in full", full)) if holds]
    if not told:
        return "the latest year told"
    return f"{' and '.join(told)} {'point' if len(told) > 1 else 'points'} to the year after"


def _told_last(clues: Clues, bounds: _Bounds) -> bool:
    """Whether the text itself gives the latest day, not the clock alone."""
    foretold = any(told.foretold and told.last == bounds.last for told in clues.told)
    return foretold or any(reason.startswith(("in office", _CLAIMED)) for reason in bounds.reasons)


def _part_of_year(year: int, bounds: _Bounds) -> TimeSpan | None:
    try:
        whole = period(Grain.YEAR, make_day(year, 1, 1))
    except OutsideCalendar:
        return None
    first = max([whole.start, *([bounds.first] if bounds.first else [])])
    last = min([whole.end - timedelta(days=1), *([bounds.last] if bounds.last else [])])
    if first > last:
        return None
    if first == whole.start and last == whole.end - timedelta(days=1):
        return TimeSpan.of_year(year)
    return TimeSpan.between(first, last)


def _from_bounds(clues: Clues, bounds: _Bounds) -> tuple[DateCandidate, ...]:
    """One wide span: terms of office on both sides, or a single bound."""
    if bounds.first is not None and bounds.last is not None:
        weight = 0.4 if bounds.reasons[:1] == (_READING,) and not _told_last(clues, bounds) else 0.7
        return (DateCandidate(TimeSpan.between(bounds.first, bounds.last), weight, bounds.reasons),)
    if bounds.first is not None:
        return (DateCandidate(TimeSpan.since(bounds.first), 0.4, bounds.reasons),)
    if bounds.last is not None and any(told.foretold and told.last == bounds.last for told in clues.told):
        return (DateCandidate(TimeSpan.until(bounds.last), 0.4, bounds.reasons),)
    return ()
