"""How an intensity went: counts, their tone, what is usual, and where the level changed."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from app.exports.chart import Chart, Form, Series
from app.services.analysis.answer import Analysis, closed, counted, plain
from app.services.analysis.intervals import Interval, Intervals, grain_of, intervals
from app.services.asking import Asked, Notice

ROLLING = {"day": 28, "week": 26, "month": 12, "quarter": 8, "year": 5}
LEAST_BEFORE = 4  # intervals without which nothing is called usual
SHORTEST = 3  # intervals between two changes
MOST_SEARCHED = 3_000  # intervals in which changes are looked for
COLUMNS = (
    "interval", "start", "end", "n", "n_max", "goldstein_mean", "verbal_cooperation", "material_cooperation",
    "verbal_conflict", "material_conflict", "rolling_mean", "z", "change",
)  # fmt: skip
METHOD = (
    "n counts events whose date lies in the {interval} entirely; goldstein_mean is their mean score. rolling_mean"
    " is the mean of n over {window} {interval}s, z the distance of n from the mean of the {window} before it in "
    "their standard deviations. Changes: PELT with squared error on 2√(n + 3/8), which makes the variance of "
    "counts even, penalty 3·σ²·ln T with σ from the median absolute difference (at least 1), at least {shortest} "
    "{interval}s apart."
)


def trend(conn: Connection, asked: Asked, interval: Interval) -> Analysis:
    query = asked.query
    frame, found = counted(conn, query, grain_of(interval, query.when))
    frame, notices = closed(frame)
    spans = intervals(interval, query.when, frame)
    table = series(spans, frame)
    vague = int(frame["n"].sum() - table["n"].sum())
    if vague:
        detail = f"{vague} events have a date that no {interval} holds entirely; they are in n_max alone"
        notices = (*notices, Notice("wider_than_interval", detail, omits=True))
    title = f"Trend by {interval}"
    return Analysis(
        name="trend",
        title=title,
        columns=COLUMNS,
        records=[dict(zip(COLUMNS, map(plain, row), strict=True)) for row in table[list(COLUMNS)].to_numpy().tolist()],
        n=int(table["n"].sum()),
        method=METHOD.format(interval=interval, window=ROLLING[interval], shortest=SHORTEST),
        source=found.source,
        chart=_chart(title, spans, table),
        notices=notices,
        more={"changes": table.loc[table["change"], "interval"].tolist()},
    )


def series(spans: Intervals, frame: pd.DataFrame) -> pd.DataFrame:
    """A row an interval, with the columns of a trend."""
    n = spans.certain(frame)
    window = ROLLING[spans.interval]
    counts = pd.Series(n, dtype="float64")
    before = counts.shift(1).rolling(window, min_periods=min(LEAST_BEFORE, window))
    deviation = before.std().where(lambda value: value > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(n > 0, spans.certain(frame, "goldstein") / (100 * n), np.nan)
    return pd.DataFrame(
        {
            "interval": list(spans.labels),
            "start": pd.Series(spans.starts, dtype="object"),
            "end": pd.Series(spans.lasts, dtype="object"),
            "n": n,
            "n_max": spans.possible(frame),
            "goldstein_mean": np.round(mean, 3),
            "verbal_cooperation": spans.certain(frame, "quad1"),
            "material_cooperation": spans.certain(frame, "quad2"),
            "verbal_conflict": spans.certain(frame, "quad3"),
            "material_conflict": spans.certain(frame, "quad4"),
            "rolling_mean": counts.rolling(window, min_periods=1).mean().round(3),
            "z": ((counts - before.mean()) / deviation).round(3),
            "change": _at(changes(n), len(n)),
        }
    )


def changes(counts: np.ndarray) -> list[int]:
    """The intervals with which another level begins."""
    length = len(counts)
    if not 2 * SHORTEST <= length <= MOST_SEARCHED:
        return []
    from ruptures import KernelCPD  # it brings SciPy along, half a second of loading

    even = 2 * np.sqrt(counts + 3 / 8)
    sigma = max(1.0, float(np.median(np.abs(np.diff(even)))) / (0.6745 * np.sqrt(2)))
    model = KernelCPD(kernel="linear", min_size=SHORTEST).fit(even.reshape(-1, 1))
    return [int(at) for at in model.predict(pen=3 * sigma**2 * np.log(length))[:-1]]


def _at(places: list[int], length: int) -> np.ndarray:
    marks = np.zeros(length, dtype=bool)
    marks[places] = True
    return marks


def _chart(title: str, spans: Intervals, table: pd.DataFrame) -> Chart:
    rolling = Series("rolling mean", tuple(table["rolling_mean"].tolist()))
    counts = Series("events", tuple(table["n"].tolist()), high=tuple(table["n_max"].tolist()))
    tone = Series("mean Goldstein", tuple(plain(value) for value in table["goldstein_mean"].tolist()))
    marks = tuple(table.loc[table["change"], "start"].tolist())
    return Chart(Form.LINES, title, tuple(spans.starts), (counts, rolling), y="events", below=tone, marks=marks)
