"""A balanced table of units and months, for R and Stata: each unit has each month, also those without an event."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from app.domain.errors import BadQuery
from app.domain.queries import EventQuery
from app.exports.chart import Chart, Form, Series
from app.services.analysis.answer import Analysis, closed, plain, typed
from app.services.analysis.intervals import Interval, Intervals, grain_of, intervals
from app.services.asking import Asked
from app.storage import units
from app.storage.rollups import Grain

MOST_ROWS = 200_000
DRAWN = 8
METHOD = (
    "Balanced: every {unit} has every {interval}, zero-filled. Counts are of events whose date lies in the "
    "{interval} entirely. The units are those asked for, else the {limit} in most events; a state stands for its "
    "people and bodies. goldstein_mean is missing where there is no event."
)
_MEASURES = ("n", "sent", "received", "quad1", "quad2", "quad3", "quad4", "reports")
_TOLD = {
    "quad1": "verbal_cooperation", "quad2": "material_cooperation", "quad3": "verbal_conflict",
    "quad4": "material_conflict",
}  # fmt: skip
_UNITS = {"actor": ("actor", "actor_name"), "dyad": ("a", "a_name", "b", "b_name")}


def panel(conn: Connection, asked: Asked, unit: str, interval: Interval, *, limit: int) -> Analysis:
    query = asked.query
    _check(query, interval)
    read = units.actors_by_month if unit == "actor" else units.dyads_by_month
    found = read(conn, query, limit=limit)
    if not found.whole:
        raise BadQuery("units", "so many units have too many months: ask for fewer", example="50")
    frame, notices = closed(_table(found, keys=1 if unit == "actor" else 2))
    spans = intervals(interval, query.when, frame)
    keys = sorted(set(frame["group"]))
    if len(keys) * len(spans) > MOST_ROWS:
        raise BadQuery("units", f"more than {MOST_ROWS:,} rows: ask for fewer units or a narrower window", example="50")
    own = {key: frame[frame["group"] == key] for key in keys}
    columns = (*_UNITS[unit], "interval", "start", "end", *(_TOLD.get(name, name) for name in _MEASURES))
    title = f"Panel of {unit}s by {interval}"
    return Analysis(
        name="panel",
        title=title,
        columns=(*columns, "goldstein_mean"),
        records=[row for key in keys for row in _rows(unit, key, found.names, spans, own[key])],
        n=int(frame["n"].sum()),
        method=METHOD.format(unit=unit, interval=interval, limit=limit),
        source=found.source,
        chart=_chart(title, spans, own, found.names),
        notices=notices,
    )


def _check(query: EventQuery, interval: Interval) -> None:
    if interval in (Interval.DAY, Interval.WEEK):
        raise BadQuery("interval", "a panel goes by month, quarter or year", allowed=("month", "quarter", "year"))
    if grain_of(interval, query.when) is Grain.DAY:
        raise BadQuery("datetime", "a panel has whole months", example="2014/2016-06")


def _table(found: units.Units, *, keys: int) -> pd.DataFrame:
    return typed([(row[0], row[1], tuple(row[2 : 2 + keys]), *row[2 + keys :]) for row in map(tuple, found.rows)])


def _rows(
    unit: str, key: tuple[str, ...], names: dict[str, str], spans: Intervals, own: pd.DataFrame
) -> list[dict[str, object]]:
    told = [part for name in key for part in (name, names.get(name, name))]
    label = dict(zip(_UNITS[unit], told, strict=True))
    sums = {_TOLD.get(name, name): spans.certain(own, name).tolist() for name in _MEASURES}
    n = np.array(sums["n"])
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.round(np.where(n > 0, spans.certain(own, "goldstein") / (100 * n), np.nan), 3).tolist()
    return [
        {
            **label,
            "interval": spans.labels[at],
            "start": start,
            "end": last,
            **{name: values[at] for name, values in sums.items()},
            "goldstein_mean": plain(mean[at]),
        }
        for at, (start, last) in enumerate(zip(spans.starts, spans.lasts, strict=True))
    ]


def _chart(title: str, spans: Intervals, own: dict[tuple[str, ...], pd.DataFrame], names: dict[str, str]) -> Chart:
    first = sorted(own, key=lambda key: (-int(own[key]["n"].sum()), key))[:DRAWN]
    series = [
        Series(" – ".join(names.get(name, name) for name in key), tuple(spans.certain(own[key]).tolist()))
        for key in first
    ]
    left = len(own) - len(first)
    more = f"The {len(first)} with most events; {left} more are in the table." if left else ""
    return Chart(Form.LINES, title, tuple(spans.starts), tuple(series), y="events", subtitle=more)
