"""Counts of spans in a row of intervals, in whole numbers: what is asked around every day is not worth a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Spans:
    """Closed spans and how many events have each: days are their ordinals, `end` is the day after."""

    start: np.ndarray
    end: np.ndarray
    n: np.ndarray

    @classmethod
    def of(cls, rows: Sequence[Sequence[Any]], longest: int | None = None) -> Spans:
        """Rows that begin with (start, end, n), without those of which an end is not known or which last longer."""
        told = [(row[0].toordinal(), row[1].toordinal(), row[2]) for row in rows if row[0] and row[1]]
        start, end, n = np.array(told, dtype=np.int64).reshape(-1, 3).T
        if longest is None:
            return cls(start, end, n)
        short = end - start <= longest
        return cls(start[short], end[short], n[short])

    def certain(self, edges: np.ndarray) -> np.ndarray:
        """How many lie in each interval entirely. `edges`: the first day of each, and the day after the last."""
        first, last = self._touched(edges)
        inside = (first == last) & (self.start >= edges[0]) & (self.end <= edges[-1])
        return np.bincount(first[inside], weights=self.n[inside], minlength=len(edges) - 1)

    def possible(self, edges: np.ndarray) -> np.ndarray:
        """How many touch each interval."""
        first, last = self._touched(edges)
        steps = np.bincount(first, weights=self.n, minlength=len(edges))
        steps -= np.bincount(last + 1, weights=self.n, minlength=len(edges))
        return np.rint(np.cumsum(steps)[:-1]).astype(np.int64)

    def _touched(self, edges: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The first and the last interval that each touches."""
        most = len(edges) - 2
        first = np.clip(np.searchsorted(edges, self.start, side="right") - 1, 0, most)
        last = np.clip(np.searchsorted(edges, self.end - 1, side="right") - 1, 0, most)
        return first, last


def days(first: date, last: date) -> np.ndarray:
    """The edges of each day from the first to the last."""
    return np.arange(first.toordinal(), last.toordinal() + 2)
