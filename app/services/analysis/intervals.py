"""Days, weeks, months, quarters and years without a gap, and the counts of cells in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
import pandas as pd

from app.domain.errors import BadQuery
from app.domain.spans import TimeSpan
from app.storage.rollups import Grain

MOST_INTERVALS = 20_000


class Interval(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_PERIOD = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q-DEC", "year": "Y-DEC"}


def grain_of(interval: Interval, window: TimeSpan | None) -> Grain:
    """Months are fine enough for months, quarters and years, unless the window cuts one."""
    if interval in (Interval.DAY, Interval.WEEK):
        return Grain.DAY
    ends = (window.start, window.end) if window else ()
    return Grain.DAY if any(end and end.day != 1 for end in ends) else Grain.MONTH


@dataclass(frozen=True, slots=True)
class Intervals:
    """`edges` are the first days of each, and the day after the last; the outer ones are cut by the window."""

    interval: Interval
    edges: np.ndarray  # datetime64[D]
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def starts(self) -> list[date]:
        return list(self.edges[:-1].tolist())

    @property
    def lasts(self) -> list[date]:
        return [day - timedelta(days=1) for day in self.edges[1:].tolist()]

    def place(self, frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Of each cell the first and the last interval that it touches, and whether it lies in one entirely."""
        start, end = _days(frame["start"]), _days(frame["end"])
        first = np.clip(np.searchsorted(self.edges, start, side="right") - 1, 0, len(self) - 1)
        last = np.clip(np.searchsorted(self.edges, end - 1, side="right") - 1, 0, len(self) - 1)
        inside = (first == last) & (start >= self.edges[0]) & (end <= self.edges[-1])
        return first, last, inside

    def certain(self, frame: pd.DataFrame, column: str = "n") -> np.ndarray:
        """Sums of the cells that lie in one interval entirely."""
        if not len(self):  # no closed date, no interval
            return np.zeros(0, np.int64)
        first, _, inside = self.place(frame)
        return np.bincount(first[inside], weights=frame[column].to_numpy()[inside], minlength=len(self)).astype(
            np.int64
        )

    def possible(self, frame: pd.DataFrame) -> np.ndarray:
        """Counts of the cells that touch each interval."""
        if not len(self):
            return np.zeros(0, np.int64)
        first, last, _ = self.place(frame)
        n = frame["n"].to_numpy()
        steps = np.bincount(first, weights=n, minlength=len(self) + 1)
        steps -= np.bincount(last + 1, weights=n, minlength=len(self) + 1)
        return np.rint(np.cumsum(steps)[: len(self)]).astype(np.int64)


def intervals(interval: Interval, window: TimeSpan | None, frame: pd.DataFrame) -> Intervals:
    """From the window's first day to its last; where it is open, from the first and to the last day of the cells."""
    first = window.start if window and window.start else _outermost(frame["start"], "min")
    last = window.last if window and window.last else _outermost(frame["end"] - pd.Timedelta(days=1), "max")
    if first is None or last is None or first > last:
        return Intervals(interval, np.array([], dtype="datetime64[D]"), ())
    few_enough(interval, first, last)
    periods = pd.period_range(_period(first, interval), _period(last, interval))
    starts = periods.start_time.values.astype("datetime64[D]")
    edges = np.append(starts, np.datetime64(last, "D") + 1)
    edges[0] = np.datetime64(first, "D")
    return Intervals(interval, edges, tuple(_label(period, interval) for period in periods))


def few_enough(interval: Interval, first: date, last: date) -> None:
    """Raises BadQuery where from the first day to the last there are more than MOST_INTERVALS."""
    if (last - first).days > MOST_INTERVALS * {"day": 1, "week": 7}.get(interval, 31):
        detail = f"more than {MOST_INTERVALS:,} of them: choose a coarser interval or a narrower window"
        raise BadQuery("interval", detail, example="year")


def _period(day: date, interval: Interval) -> pd.Period:
    return pd.Period(year=day.year, month=day.month, day=day.day, freq=_PERIOD[interval])


def _label(period: pd.Period, interval: Interval) -> str:
    match interval:
        case Interval.WEEK:
            year, week, _ = period.start_time.isocalendar()
            return f"{year:04d}-W{week:02d}"
        case Interval.QUARTER:
            return f"{period.year:04d}-Q{period.quarter}"
    return str(period)


def _outermost(days: pd.Series, which: str) -> date | None:
    found = getattr(days, which)()
    return None if pd.isna(found) else found.date()


def _days(column: pd.Series) -> np.ndarray:
    return column.to_numpy().astype("datetime64[D]")
