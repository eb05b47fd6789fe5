"""The one typed value of an expression, and its three writers: TIMEX3, days (and so EDTF), words for a derivation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from app.domain.spans import Precision, TimeSpan
from app.extraction.temporal.calendar import Grain, Period, moved


class TimexType(StrEnum):
    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Modifier(StrEnum):
    """A part of the period, or a looseness of its bounds, in the terms of TIMEX3."""

    START = "START"
    MID = "MID"
    END = "END"
    APPROX = "APPROX"
    BEFORE = "BEFORE"
    AFTER = "AFTER"
    ON_OR_BEFORE = "ON_OR_BEFORE"
    ON_OR_AFTER = "ON_OR_AFTER"
    LESS_THAN = "LESS_THAN"
    MORE_THAN = "MORE_THAN"


_THIRD = {Modifier.START: 0, Modifier.MID: 1, Modifier.END: 2}


@dataclass(frozen=True, slots=True)
class TimeValue:
    """What an expression means: a period, two periods with all between, or words that TIMEX3 spells (`code`).

    `bound`: the period is not meant itself, but the time before or after it, or about it. `choice`: the period is one
    of several, one of which is meant ("either 2003 or 2004"). `zone`: an offset or a name of the time zone database.
    `share`: the days of the period that are meant, where they are counted: "the first nine months of 2014".
    """

    kind: TimexType
    first: Period | None = None
    last: Period | None = None
    code: str = ""
    modifier: Modifier | None = None
    unit: Grain | None = None
    bound: Modifier | None = None
    choice: tuple[Period, ...] = ()
    zone: str = ""
    share: TimeSpan | None = None

    def timex(self) -> str:
        """The TIMEX3 value; a range is written "first/last"."""
        if self.code or self.first is None:
            return self.code or "XXXX"
        if self.last is not None:
            return f"{self.first.timex()}/{self.last.timex()}"
        return self.first.timex()

    @property
    def grain(self) -> Grain | None:
        if self.kind is TimexType.DURATION:
            return None
        return self.first.grain if self.first else self.unit

    def span(self) -> TimeSpan | None:
        """The days that may be meant, None when the value is not anchored in the calendar."""
        if self.first is None:
            return None
        if self.choice:
            return _between(min(one.start for one in self.choice), max(one.end for one in self.choice))
        if self.share is not None:
            return _bounded(self.share, self.bound)
        if self.last is not None:
            return _bounded(_between(self.first.start, self.last.end), self.bound)
        return _bounded(_modified(self.first, self.modifier), None if self._bounds_hours else self.bound)

    @property
    def _bounds_hours(self) -> bool:
        """Whether the bound lies within a day: "before noon on Tuesday" is on Tuesday."""
        within = self.first is not None and self.first.grain in (Grain.TIME, Grain.PART)
        return within and self.bound in (Modifier.BEFORE, Modifier.AFTER)

    def spans(self) -> tuple[TimeSpan, ...]:
        """The ranges one of which is meant; a single one where there is no choice."""
        span = self.span()
        return tuple(one.span() for one in self.choice) or ((span,) if span else ())

    def edtf(self) -> str | None:
        spans = self.spans()
        return edtf_one_of(spans) if spans else None

    def mod(self) -> str | None:
        """The TIMEX3 attribute `mod`: what the words of the expression say goes before what stands beside them."""
        modifier = self.modifier or self.bound
        return modifier.value if modifier else None


def share_of(period: Period, edge: Modifier, count: int, unit: Grain) -> TimeSpan | None:
    """The first or last `count` units of the period; its first or last half where the unit is HALF."""
    start, end = period.start, period.end
    if unit is Grain.HALF:
        middle = moved(start, Grain.YEAR, _HALF_YEARS[period.grain]) if period.grain in _HALF_YEARS else None
        middle = middle or start + (end - start) // 2
    else:
        middle = moved(start, unit, count) if edge is Modifier.START else moved(end, unit, -count)
    if not start < middle < end:
        return None
    return _between(start, middle) if edge is Modifier.START else _between(middle, end)


_HALF_YEARS = {Grain.DECADE: 5, Grain.CENTURY: 50}


def _between(start: date, end: date) -> TimeSpan:
    if end <= start:
        start, end = min(start, end), max(start, end) + timedelta(days=1)
    days = (end - start).days
    return TimeSpan(start, end, Precision.DAY if days == 1 else Precision.RANGE)


def _bounded(span: TimeSpan, bound: Modifier | None) -> TimeSpan:
    """The time before, after, by, from or about the span. An end that is open already stays as it is."""
    if bound is Modifier.APPROX:
        return replace(span, approximate=True)
    if bound in (Modifier.BEFORE, Modifier.ON_OR_BEFORE):
        end = span.start if bound is Modifier.BEFORE else span.end
        return TimeSpan(None, end, Precision.BEFORE) if end else span
    if bound in (Modifier.AFTER, Modifier.ON_OR_AFTER):
        start = span.end if bound is Modifier.AFTER else span.start
        return TimeSpan(start, None, Precision.AFTER) if start else span
    return span


def _modified(period: Period, modifier: Modifier | None) -> TimeSpan:
    span = period.span()
    if modifier is Modifier.BEFORE:
        return TimeSpan(None, period.start, Precision.BEFORE)
    if modifier is Modifier.AFTER:
        return TimeSpan(period.end, None, Precision.AFTER)
    days = (period.end - period.start).days
    if modifier is None or days < 3:
        return span
    third = _THIRD.get(modifier)
    if third is None:
        return TimeSpan(span.start, span.end, span.precision, approximate=True)
    start = period.start + timedelta(days=days * third // 3)
    end = period.start + timedelta(days=days * (third + 1) // 3)
    return TimeSpan(start, end, Precision.DAY if days == 3 else Precision.RANGE, approximate=True)


# What stands in a set as it stands alone; the rest is written by its first and last day.
_PLAIN_IN_SETS = (Precision.DAY, Precision.MONTH, Precision.YEAR, Precision.DECADE)


def edtf_one_of(spans: Sequence[TimeSpan]) -> str:
    """The spans as EDTF's one-of-a-set, earliest first: "[2009-05-03..2009-05-05,2015]"; a single one as itself."""
    if len(spans) == 1:
        return spans[0].edtf()
    return f"[{','.join(_in_set(span) for span in sorted(spans, key=_earliest))}]" if spans else "../.."


def _earliest(span: TimeSpan) -> tuple[date, date]:
    return span.start or date.min, span.end or date.max


def _in_set(span: TimeSpan) -> str:
    if span.precision in _PLAIN_IN_SETS and not span.approximate:
        return span.edtf()
    first, last = (day.isoformat() if day else "" for day in (span.start, span.last))
    return f"{first}..{last}"
