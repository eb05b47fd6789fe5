"""Stretches told by a date beside them: "the week before Ramadan", "the week ending 3 April", "the last day of Eid"."""

from __future__ import annotations

from datetime import date

from app.extraction.temporal.calendar import Grain, OutsideCalendar, Period, in_range, moved, period
from app.extraction.temporal.meanings import Beside, Ending
from app.extraction.temporal.resolved import Resolved
from app.extraction.temporal.values import TimeValue, TimexType


def beside(base: Resolved, meaning: Beside) -> Resolved:
    """The day, week, month or year right before or after the date."""
    first = base.value.first
    if first is None:
        return Resolved(TimeValue(TimexType.DATE, code="XXXX"))
    if meaning.direction < 0:
        last = moved(first.start, Grain.DAY, -1)
        start = moved(first.start, meaning.unit, -1)
    else:
        start = (base.value.last or first).end
        last = moved(moved(start, meaning.unit, 1), Grain.DAY, -1)
    return _with(base, _days(start, last, meaning.unit))


def _days(start: date, last: date, unit: Grain) -> TimeValue:
    if not (in_range(start) and in_range(last)):
        raise OutsideCalendar(f"{start} to {last}")
    if start == last:
        return TimeValue(TimexType.DATE, first=Period(Grain.DAY, start))
    code = period(Grain.WEEK, moved(start, Grain.DAY, 3)).timex() if unit is Grain.WEEK else ""
    return TimeValue(TimexType.DATE, first=Period(Grain.DAY, start), last=Period(Grain.DAY, last), code=code)


def day_of(base: Resolved, number: int) -> Resolved:
    """The day of that number of a feast, -1 its last."""
    first, last = base.value.first, base.value.last
    if first is None or base.value.choice:
        return Resolved(TimeValue(TimexType.DATE, code="XXXX-XX-XX"))
    end = last or first
    day = moved(end.end, Grain.DAY, -1) if number < 0 else moved(first.start, Grain.DAY, number - 1)
    return _with(base, TimeValue(TimexType.DATE, first=Period(Grain.DAY, day)))


def ending(base: Resolved, meaning: Ending) -> Resolved:
    """The length told, its last day the date."""
    day = base.value.first
    if day is None:
        return Resolved(TimeValue(TimexType.DURATION, code=meaning.code))
    end = day.end
    start = moved(end, meaning.unit, -meaning.count)
    if not in_range(start):
        raise OutsideCalendar(f"{meaning.count} {meaning.unit} to {day.start}")
    last = Period(Grain.DAY, moved(end, Grain.DAY, -1))
    value = TimeValue(TimexType.DURATION, first=Period(Grain.DAY, start), last=last, code=meaning.code)
    return _with(base, value)


def _with(base: Resolved, value: TimeValue) -> Resolved:
    return Resolved(value, base.basis, base.anchor, base.how, base.value.span())
