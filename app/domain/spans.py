"""Time as a span of days with a precision. Nobody invents a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)


class Precision(StrEnum):
    """How finely the text tells the date. `before` and `after` are bounds: one end is open."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    RANGE = "range"
    BEFORE = "before"
    AFTER = "after"
    UNKNOWN = "unknown"


# The longest span each class may have, in days. The overlap query relies on these bounds.
LONGEST: dict[Precision, int] = {
    Precision.DAY: 1,
    Precision.WEEK: 7,
    Precision.MONTH: 31,
    Precision.SEASON: 92,
    Precision.QUARTER: 92,
    Precision.YEAR: 366,
    Precision.DECADE: 3653,
}

# EDTF level 1 seasons by the month in which they begin, northern hemisphere.
_SEASON_OF_MONTH = {3: 21, 6: 22, 9: 23, 12: 24}
# EDTF level 2 quarters by their first month.
_QUARTER_OF_MONTH = {1: 33, 4: 34, 7: 35, 10: 36}


# EDTF has no "about" for these: they are written as their days.
_NEVER_QUALIFIED = (Precision.SEASON, Precision.QUARTER)


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Days from `start` up to, not including, `end`; None is an open end.

    "March 2015" is a month, never the 1st or the 16th.
    """

    start: date | None
    end: date | None
    precision: Precision
    approximate: bool = False

    def __post_init__(self) -> None:
        if self.start and self.end and self.start >= self.end:
            raise ValueError(f"a span must end after it starts: {self.start} .. {self.end}")
        longest = LONGEST.get(self.precision)
        if longest is None:
            return
        if self.start is None or self.end is None:
            raise ValueError(f"a {self.precision} has both ends")
        if (self.end - self.start).days > longest:
            raise ValueError(f"a {self.precision} lasts at most {longest} days: {self.start} .. {self.end}")

    # -- makers ---------------------------------------------------------------------------------

    @classmethod
    def of_day(cls, day: date) -> TimeSpan:
        return cls(day, _next(day), Precision.DAY)

    @classmethod
    def of_week(cls, day: date) -> TimeSpan:
        """The ISO week, Monday to Sunday, that holds `day`."""
        monday = day - timedelta(days=day.weekday())
        return cls(monday, monday + timedelta(days=7), Precision.WEEK)

    @classmethod
    def of_month(cls, year: int, month: int) -> TimeSpan:
        return cls(date(year, month, 1), _month_after(year, month), Precision.MONTH)

    @classmethod
    def of_year(cls, year: int) -> TimeSpan:
        return cls(date(year, 1, 1), _year_after(year), Precision.YEAR)

    @classmethod
    def between(cls, first: date, last: date) -> TimeSpan:
        """From `first` to `last`, both included."""
        return cls(first, _next(last), Precision.DAY if first == last else Precision.RANGE)

    @classmethod
    def until(cls, last: date) -> TimeSpan:
        """On `last` at the latest."""
        return cls(None, _next(last), Precision.BEFORE)

    @classmethod
    def since(cls, first: date) -> TimeSpan:
        """On `first` at the earliest."""
        return cls(first, None, Precision.AFTER)

    @classmethod
    def unknown(cls) -> TimeSpan:
        return cls(None, None, Precision.UNKNOWN)

    # -- questions ------------------------------------------------------------------------------

    @property
    def last(self) -> date | None:
        """The latest day that belongs to the span, None if it is open."""
        return self.end - ONE_DAY if self.end else None

    @property
    def known(self) -> bool:
        return self.start is not None or self.end is not None

    def overlaps(self, other: TimeSpan) -> bool:
        """Whether the two can share a day. The one overlap test of the program."""
        starts_in_time = self.start is None or other.end is None or self.start < other.end
        ends_in_time = other.start is None or self.end is None or other.start < self.end
        return starts_in_time and ends_in_time

    def within(self, other: TimeSpan) -> bool:
        """Whether every day of this span lies in `other`."""
        left = other.start is None or (self.start is not None and self.start >= other.start)
        right = other.end is None or (self.end is not None and self.end <= other.end)
        return left and right

    def edtf(self) -> str:
        """The span in the Extended Date/Time Format, levels 1 and 2; `../..` when nothing is known."""
        text = self._edtf_class() or f"{_day_or_open(self.start)}/{_day_or_open(self.last)}"
        return f"{text}~" if self.approximate and "/" not in text else text

    def _edtf_class(self) -> str | None:
        start = self.start
        if start is None or (self.approximate and self.precision in _NEVER_QUALIFIED):
            return None
        match self.precision:
            case Precision.DAY:
                return start.isoformat()
            case Precision.MONTH:
                return start.isoformat()[:7]
            case Precision.YEAR:
                return start.isoformat()[:4]
            case Precision.DECADE:
                return f"{start.isoformat()[:3]}X"
            case Precision.SEASON:
                return f"{start.year:04d}-{_SEASON_OF_MONTH[start.month]}"
            case Precision.QUARTER:
                return f"{start.year:04d}-{_QUARTER_OF_MONTH[start.month]}"
        return None


def _next(day: date) -> date | None:
    """The day after; None past the calendar's last day."""
    return day + ONE_DAY if day < date.max else None


def _month_after(year: int, month: int) -> date | None:
    if month < 12:
        return date(year, month + 1, 1)
    return _year_after(year)


def _year_after(year: int) -> date | None:
    return date(year + 1, 1, 1) if year < date.max.year else None


def _day_or_open(day: date | None) -> str:
    return day.isoformat() if day else ".."
