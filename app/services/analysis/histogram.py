"""How many events in each interval: those that certainly fell into it, and those that may have."""

from __future__ import annotations

from sqlalchemy import Connection

from app.domain.queries import By
from app.exports.chart import Chart, Form, Series
from app.services.analysis.answer import Analysis, Record, closed, counted
from app.services.analysis.intervals import Interval, grain_of, intervals
from app.services.asking import Asked, Notice

MOST_GROUPS = 50
METHOD = (
    "Events by {interval}, zero-filled. n_min counts events whose date lies in the {interval} entirely, n_max "
    "those whose date shares a day with it: a date told as a month counts once in n_min of its month and in n_max"
    " of each of its weeks."
)
COLUMNS = ("interval", "start", "end", "n_min", "n_max")


def histogram(conn: Connection, asked: Asked, interval: Interval, by: By | None = None) -> Analysis:
    query = asked.query
    frame, found = counted(conn, query, grain_of(interval, query.when), by)
    frame, notices = closed(frame)
    spans = intervals(interval, query.when, frame)
    groups = frame.groupby("group")["n"].sum().sort_values(ascending=False, kind="stable").index.tolist()
    shown = groups[:MOST_GROUPS] if by else [None]
    if by and len(groups) > MOST_GROUPS:
        detail = f"the {MOST_GROUPS} commonest of {len(groups)} values are shown"
        notices = (*notices, Notice("groups_clamped", detail, omits=True))
    records: list[Record] = []
    series: list[Series] = []
    for group in shown:
        own = frame if group is None else frame[frame["group"] == group]
        low, high = spans.certain(own).tolist(), spans.possible(own).tolist()
        label = {} if group is None else {str(by): group or None}
        records += [
            {"interval": name, "start": start, "end": end, **label, "n_min": least, "n_max": most}
            for name, start, end, least, most in zip(spans.labels, spans.starts, spans.lasts, low, high, strict=True)
        ]
        series.append(Series(str(group or "events"), tuple(low), high=tuple(high) if not by else ()))
    title = f"Events by {interval}" + (f" and {by}" if by else "")
    return Analysis(
        name="histogram",
        title=title,
        columns=(*COLUMNS[:3], *([str(by)] if by else []), *COLUMNS[3:]),
        records=records,
        n=int(frame["n"].sum()),
        method=METHOD.format(interval=interval),
        source=found.source,
        chart=Chart(Form.BARS, title, tuple(spans.starts), tuple(series), y="events"),
        notices=notices,
    )
