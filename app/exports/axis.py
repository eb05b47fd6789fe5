"""A time axis for drawing: days to places, and ticks that fall on years, months or days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.wording import MONTHS, day_words

MOST_TICKS = 10
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_MONTHS = (1, 3, 6)
_DAYS = (1, 2, 7, 14)


@dataclass(frozen=True, slots=True)
class Axis:
    """From `first` up to `last` on the places `left` to `right`."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return self.left + share * (self.right - self.left)

    def ticks(self) -> Iterator[tuple[date, str]]:
        """At most about ten, on the coarsest beginnings that fit."""
        days = (self.last - self.first).days
        for step in _DAYS:
            if days / step <= MOST_TICKS:
                yield from ((day, day_words(day)) for day in self._days(step))
                return
        for step in _MONTHS:
            if days / (30 * step) <= MOST_TICKS:
                yield from ((day, f"{MONTHS[day.month - 1][:3]} {day.year}") for day in self._months(step))
                return
        step = next((step for step in _YEARS if days / (365 * step) <= MOST_TICKS), _YEARS[-1])
        first = -(-self.first.year // step) * step
        years = range(max(first, 1), self.last.year + 1, step)
        yield from ((date(year, 1, 1), str(year)) for year in years if self.first <= date(year, 1, 1) <= self.last)

    def _days(self, step: int) -> Iterator[date]:
        day = self.first
        while day <= self.last:
            yield day
            if day > date.max - timedelta(days=step):
                return
            day += timedelta(days=step)

    def _months(self, step: int) -> Iterator[date]:
        for number in range(self.first.year * 12, self.last.year * 12 + 12, step):
            day = date(number // 12, number % 12 + 1, 1)
            if self.first <= day <= self.last:
                yield day


def axis_of(first: date, last: date, left: float, right: float) -> Axis:
    """An axis that holds both days, with a little room to either side."""
    room = max(int((last - first).days * 0.03), 1)
    start = first - timedelta(days=min(room, (first - date.min).days))
    end = last + timedelta(days=min(room, (date.max - last).days))
    return Axis(start, end, left, right)
