"""Spans in whole numbers are counted as the tables of the other analyses count them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import numpy as np

from app.domain.spans import TimeSpan
from app.services.analysis.answer import closed, typed
from app.services.analysis.intervals import Interval, intervals
from app.services.analysis.spans import Spans, days

FIRST, LAST = date(2012, 2, 20), date(2012, 4, 10)


def test_spans_are_counted_as_tables_count_them() -> None:
    random = Random(3)
    rows: list[tuple[date | None, date | None, int]] = [(None, LAST, 3), (FIRST, None, 2)]
    for _ in range(300):
        start = FIRST + timedelta(days=random.randint(-40, 60))
        rows.append((start, start + timedelta(days=random.choice([1, 1, 7, 30, 366])), random.randint(1, 5)))
    frame = closed(typed(rows, ("start", "end", "n")))[0]
    held, edges = intervals(Interval.DAY, TimeSpan.between(FIRST, LAST), frame), days(FIRST, LAST)
    assert np.array_equal(Spans.of(rows).possible(edges), held.possible(frame))
    assert np.array_equal(Spans.of(rows).certain(edges), held.certain(frame))
    short = frame[frame["end"].to_numpy() - frame["start"].to_numpy() <= np.timedelta64(7, "D")]
    assert np.array_equal(Spans.of(rows, longest=7).possible(edges), held.possible(short))


def test_of_nothing_nothing_is_counted() -> None:
    assert Spans.of([]).possible(days(FIRST, FIRST)).tolist() == [0]
