"""The figures of the analyses, on numbers that can be checked by hand or by another library."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from app.domain.spans import TimeSpan
from app.exports.chart import Chart, Form, Link, Series
from app.exports.pictures import png, svg
from app.exports.vegalite import vegalite
from app.services.analysis.answer import typed
from app.services.analysis.chance import adjusted, either_way, more_than_share
from app.services.analysis.intervals import Interval, grain_of, intervals
from app.services.analysis.sequence import _against_chance, _days
from app.services.analysis.surroundings import _gaps, _Usual, importance
from app.services.analysis.trend import changes, series
from app.storage.rollups import Grain


def cell(start: date, end: date, n: int, group: str = "") -> tuple[object, ...]:
    return (start, end, group, n, n, 0, 0, 0, 100 * n, n, 0, 0)


CELLS = [
    cell(date(2015, 1, 5), date(2015, 1, 6), 3),
    cell(date(2015, 3, 1), date(2015, 4, 1), 2),  # a month
    cell(date(2015, 1, 1), date(2016, 1, 1), 1),  # a year
]


def test_certain_counts_what_lies_inside_and_possible_what_touches() -> None:
    frame = typed(CELLS)
    months = intervals(Interval.MONTH, TimeSpan.of_year(2015), frame)
    assert months.labels[:3] == ("2015-01", "2015-02", "2015-03")
    assert months.certain(frame).tolist() == [3, 0, 2, *[0] * 9]
    assert months.possible(frame).tolist() == [4, 1, 3, *[1] * 9]
    years = intervals(Interval.YEAR, None, frame)
    assert years.certain(frame).tolist() == years.possible(frame).tolist() == [6]


def test_a_window_cuts_the_outer_intervals_and_what_reaches_beyond_is_not_certain() -> None:
    frame = typed(CELLS)
    window = TimeSpan.between(date(2015, 1, 3), date(2015, 3, 15))
    months = intervals(Interval.MONTH, window, frame)
    assert (months.starts[0], months.lasts[-1]) == (date(2015, 1, 3), date(2015, 3, 15))
    assert months.certain(frame).tolist() == [3, 0, 0]
    assert grain_of(Interval.MONTH, window) is Grain.DAY
    assert grain_of(Interval.MONTH, TimeSpan.of_year(2015)) is Grain.MONTH


@pytest.mark.parametrize(("interval", "label"), [(Interval.WEEK, "2015-W01"), (Interval.QUARTER, "2014-Q4")])
def test_intervals_are_named(interval: Interval, label: str) -> None:
    frame = typed([cell(date(2014, 12, 29), date(2014, 12, 30), 1)])
    assert intervals(interval, None, frame).labels == (label,)


def test_nothing_has_no_intervals() -> None:
    assert len(intervals(Interval.MONTH, None, typed([]))) == 0


@pytest.mark.parametrize(("k", "n", "p"), [(0, 10, 0.3), (3, 10, 0.3), (10, 10, 0.3), (7, 1000, 0.001), (1, 1, 0.5)])
def test_the_tail_is_the_exact_binomial_one(k: int, n: int, p: float) -> None:
    wanted = binomtest(k, n, p, alternative="greater").pvalue
    assert more_than_share([k], [n], [p])[0] == pytest.approx(wanted)
    assert either_way([k], [n], [p])[0] <= 1


def test_q_follows_benjamini_and_hochberg() -> None:
    assert adjusted([0.01, 0.04, 0.03, 0.5]).tolist() == pytest.approx([0.04, 0.05333, 0.05333, 0.5], rel=1e-3)
    assert adjusted([]).tolist() == []


def test_a_step_is_a_change_and_noise_is_none() -> None:
    random = np.random.default_rng(3)
    steady = random.poisson(30, 120)
    assert changes(steady) == []
    stepped = np.concatenate([random.poisson(30, 60), random.poisson(60, 60)])
    assert changes(stepped) == [60]
    assert changes(np.array([1, 2])) == []


def test_a_trend_compares_each_interval_with_those_before_it() -> None:
    frame = typed([cell(date(2015, month, 1), date(2015, month, 2), 10 + month % 2) for month in range(1, 12)])
    spans = intervals(Interval.MONTH, TimeSpan.of_year(2015), frame)
    table = series(spans, frame)
    assert table["goldstein_mean"].tolist()[:2] == [1.0, 1.0]
    assert np.isnan(table["goldstein_mean"].iloc[11])
    assert table["z"].isna().tolist()[:4] == [True] * 4
    assert table["z"].iloc[11] < -10  # December has none


def rows(*days: tuple[str, int, int, int]) -> pd.DataFrame:
    told = [(unit, "x", date.fromordinal(735_000 + day), first, then) for unit, day, first, then in days]
    return pd.DataFrame(told, columns=["unit", "other", "day", "first", "then"])


def test_what_follows_within_the_days_is_counted_and_the_same_day_is_not() -> None:
    table = rows(("a", 0, 2, 0), ("a", 5, 0, 1), ("b", 0, 1, 0), ("b", 20, 0, 1), ("c", 0, 1, 1), ("d", 900, 0, 1))
    told = _against_chance(_days(table), np.array([4, 5, 10, 30]), 99)
    assert [row[1] for row in told.rows] == [0, 2, 2, 3]
    assert told.median == 5


def test_chance_does_not_reach_what_is_bound_and_does_what_is_not() -> None:
    random = np.random.default_rng(5)
    bound, loose = [], []
    for unit in range(40):
        day = int(random.integers(0, 900))
        bound += [(f"u{unit}", day, 1, 0), (f"u{unit}", day + 3, 0, 1)]
        loose += [(f"u{unit}", day, 1, 0), (f"u{unit}", int(random.integers(0, 900)), 0, 1)]
    assert _against_chance(_days(rows(*bound)), np.array([10]), 199).p == pytest.approx(0.005)
    assert (_against_chance(_days(rows(*loose)), np.array([10]), 199).p or 0) > 0.05


def test_a_sequence_of_nothing_has_no_chance() -> None:
    told = _against_chance(_days(rows(("a", 0, 1, 0))), np.array([10]), 99)
    assert (told.observed, told.p, told.median) == (0, None, None)


def test_gaps_are_the_longest_first_and_told_with_their_chance() -> None:
    days = np.array([1, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0])
    usual = _Usual(TimeSpan.of_year(2015), np.array([0.5, 1.5]), {})
    found = _gaps(TimeSpan.between(date(2016, 1, 1), date(2016, 1, 11)), days, usual)
    assert [(gap["from"].day, gap["to"].day, gap["days"]) for gap in found] == [(6, 9, 4), (2, 4, 3)]
    assert found[0]["p"] == pytest.approx(np.exp(-4), rel=1e-2)


def test_what_is_rare_strong_and_often_told_weighs_more() -> None:
    shares = {"attack": 0.001, "statement": 0.5}
    strong = {"kind": "attack", "n_reports": 10, "n_publishers": 10, "goldstein": -10.0}
    weak = {"kind": "statement", "n_reports": 1, "n_publishers": 1, "goldstein": 0.0}
    assert importance(strong, shares) == 1.0
    assert importance(weak, shares) < 0.25


DAYS = (date(2015, 1, 1), date(2015, 2, 1), date(2015, 3, 1))
CHARTS = [
    Chart(Form.LINES, "Trend $5", DAYS, (Series("n", (1.0, None, 3.0), high=(2.0, 1.0, 3.0)),),
          below=Series("g", (1, 2, 3)), marks=DAYS[1:2]),
    Chart(Form.BARS, "Bars", DAYS, (Series("n", (1, 2, 3), high=(1, 3, 3)),), y="events"),
    Chart(Form.RANKED, "Ranked", ("a", "b" * 60), (Series("x", (1, 2)), Series("y", (2, 1)))),
    Chart(Form.LINKS, "Links", ("A", "B"), (Series("n", (3, 3)), Series("c", (1, 2))), links=(Link("A", "B", 3),)),
    Chart(Form.LINES, "Nothing", (), ()),
]  # fmt: skip


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.title)
def test_a_chart_is_drawn_the_same_each_time(chart: Chart) -> None:
    assert svg(chart) == svg(chart)
    assert svg(chart).startswith(b"<?xml")
    assert png(chart) == png(chart)
    assert png(chart).startswith(b"\x89PNG")
    assert b"vega-lite/v5" in vegalite(chart)
