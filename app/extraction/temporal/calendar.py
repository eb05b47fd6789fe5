"""Periods of the calendar: a grain and the day on which the period starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.spans import Precision, TimeSpan


class Grain(StrEnum):
    """The size of a period, finest first. TIME and PART lie inside one day."""

    TIME = "time"
    PART = "part"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"

    @property
    def rank(self) -> int:
        return _RANK[self]


_RANK = {grain: rank for rank, grain in enumerate(Grain)}
_MONTHS = {
    Grain.MONTH: 1,
    Grain.SEASON: 3,
    Grain.QUARTER: 3,
    Grain.HALF: 6,
    Grain.YEAR: 12,
    Grain.DECADE: 120,
    Grain.CENTURY: 1200,
}
_DAYS = {Grain.TIME: 1, Grain.PART: 1, Grain.DAY: 1, Grain.WEEKEND: 7, Grain.WEEK: 7}
_PRECISION = {
    Grain.TIME: Precision.DAY,
    Grain.PART: Precision.DAY,
    Grain.DAY: Precision.DAY,
    Grain.WEEK: Precision.WEEK,
    Grain.MONTH: Precision.MONTH,
    Grain.SEASON: Precision.SEASON,
    Grain.QUARTER: Precision.QUARTER,
    Grain.YEAR: Precision.YEAR,
    Grain.DECADE: Precision.DECADE,
}
SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_SEASON = {month: season for season, month in SEASON_MONTH.items()}


FIRST_YEAR, LAST_YEAR = 2, 9798


class OutsideCalendar(ValueError):
    """A day too near the ends of the calendar, or one that no month has."""


@dataclass(frozen=True, slots=True)
class Period:
    """One day, week, month ... of the calendar; `detail` is a TIMEX3 time of day ("T10:30", "TMO").

    The `detail` "X" says that the number of a quarter is not told: "1989-QX".
    """

    grain: Grain
    start: date
    detail: str = ""

    @property
    def end(self) -> date:
        """The first day after the period (the calendar's last day at most)."""
        if self.grain is Grain.WEEKEND:
            return moved(self.start, Grain.DAY, 2)
        return moved(self.start, self.grain, 1)

    def shifted(self, count: int) -> Period:
        """The period of the same grain, `count` steps on."""
        return Period(self.grain, _in_range(moved(self.start, self.grain, count)), self.detail)

    def timex(self) -> str:
        """The TIMEX3 value."""
        code = _TIMEX[self.grain](self.start)
        return code[:-1] + self.detail if self.detail == "X" else code + self.detail

    def span(self) -> TimeSpan:
        return TimeSpan(self.start, self.end, _PRECISION.get(self.grain, Precision.RANGE))


def period(grain: Grain, day: date, detail: str = "") -> Period:
    """The period of that grain which holds `day`."""
    return Period(grain, _snap(grain, day), detail)


def make_day(year: int, month: int, day: int) -> date:
    """The day, or OutsideCalendar."""
    try:
        return _in_range(date(year, month, day))
    except ValueError as exc:
        raise OutsideCalendar(f"{year}-{month}-{day}") from exc


def in_range(day: date) -> bool:
    """Whether the day is far enough from both ends of the calendar for every period around it to exist."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def _in_range(day: date) -> date:
    if not in_range(day):
        raise OutsideCalendar(day.isoformat())
    return day


def moved(day: date, grain: Grain, count: int) -> date:
    """`day` moved by `count` units; a day that the month lacks becomes the month's last."""
    try:
        if grain in _DAYS:
            return day + timedelta(days=_DAYS[grain] * count)
        months = day.year * 12 + day.month - 1 + _MONTHS[grain] * count
        first = date(months // 12, months % 12 + 1, 1)
        return first.replace(day=min(day.day, _last_of(first)))
    except (OverflowError, ValueError) as exc:
        raise OutsideCalendar(f"{day} {count:+d} {grain}") from exc


def _last_of(first: date) -> int:
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1) if first.year < 9999 else date.max
    return (following - timedelta(days=1)).day if first.year < 9999 else 28


def _snap(grain: Grain, day: date) -> date:
    if grain in (Grain.TIME, Grain.PART, Grain.DAY):
        return day
    if grain is Grain.WEEK:
        return moved(day, Grain.DAY, -day.weekday())
    if grain is Grain.WEEKEND:
        return moved(day, Grain.DAY, 5 - day.weekday())
    if grain is Grain.SEASON:
        return _season_start(day)
    if grain in (Grain.DECADE, Grain.CENTURY):
        width = 10 if grain is Grain.DECADE else 100
        return date(max(1, day.year - day.year % width), 1, 1)
    step = _MONTHS[grain]
    return date(day.year, (day.month - 1) // step * step + 1, 1)


def _season_start(day: date) -> date:
    if day.month < 3:
        return make_day(day.year - 1, 12, 1)
    return date(day.year, day.month // 3 * 3, 1)


def _iso_week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


_TIMEX: dict[Grain, Callable[[date], str]] = {
    Grain.TIME: date.isoformat,
    Grain.PART: date.isoformat,
    Grain.DAY: date.isoformat,
    Grain.WEEKEND: lambda day: f"{_iso_week(day)}-WE",
    Grain.WEEK: _iso_week,
    Grain.MONTH: lambda day: f"{day.year:04d}-{day.month:02d}",
    Grain.SEASON: lambda day: f"{day.year:04d}-{_SEASON[day.month]}",
    Grain.QUARTER: lambda day: f"{day.year:04d}-Q{(day.month + 2) // 3}",
    Grain.HALF: lambda day: f"{day.year:04d}-H{1 if day.month < 7 else 2}",
    Grain.YEAR: lambda day: f"{day.year:04d}",
    Grain.DECADE: lambda day: f"{day.year // 10:03d}",
    Grain.CENTURY: lambda day: f"{day.year // 100:02d}",
}
