"""Two actors or two periods: which kinds of event one has more of, beyond what chance would give."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy import Connection

from app.domain.errors import BadQuery
from app.domain.queries import By, Choice, EventQuery, Match
from app.exports.chart import Chart, Form, Series
from app.services import questions
from app.services.analysis.answer import Analysis, counted, of, plain, possible, unreached
from app.services.analysis.chance import adjusted, either_way
from app.services.analysis.intervals import Interval, grain_of
from app.services.asking import Asked, Notice
from app.services.describing import human
from app.services.names import EXAMPLE_PAIR, Resolved, resolve_pair

EXAMPLE_PERIODS = "2014,2015"
COLUMNS = ("kind", "n_a", "n_b", "share_a", "share_b", "ratio", "p", "q")
METHOD = (
    "Counts of each kind on either side. ratio is the count of a over that of b, each for its exposure "
    "({exposure}), with half an event added to both counts. p: exact binomial test, either way, of n_a among n_a "
    "+ n_b against a's share of the exposure; it takes events as independent, which news is not, so p is a "
    "ranking more than a probability. q: Benjamini and Hochberg over all kinds.{certain}"
)
CERTAIN = " Only events whose date lies in a period entirely count for it."
EXAMPLE_UNWANTED = "!SYR"


@dataclass(frozen=True, slots=True)
class _Side:
    name: str
    query: EventQuery
    days: int | None = None
    resolved: tuple[Resolved, ...] = ()


def compare(conn: Connection, asked: Asked, actors: str | None, periods: str | None) -> Analysis:
    """Of `actors` or `periods` one is given: two of them, between commas."""
    first, second = _sides(conn, asked, actors, periods)
    (one, source), (other, _) = (_kinds(conn, side.query) for side in (first, second))
    kinds = sorted({*one, *other}, key=lambda kind: (-(one.get(kind, 0) + other.get(kind, 0)), kind))
    n_a, n_b = (np.array([side.get(kind, 0) for kind in kinds], dtype=float) for side in (one, other))
    exposure = (first.days, second.days) if first.days and second.days else (n_a.sum(), n_b.sum())
    share = exposure[0] / max(exposure[0] + exposure[1], 1)
    # nothing is told of a side that is exposed to nothing
    rate = exposure[1] / exposure[0] if all(exposure) else np.nan
    p = either_way(n_a, n_a + n_b, np.full(len(kinds), share))
    ratio = (n_a + 0.5) / (n_b + 0.5) * rate
    q = adjusted(p)
    shares = [n / n.sum() if n.sum() else np.zeros(len(kinds)) for n in (n_a, n_b)]
    values = zip(kinds, n_a.astype(int), n_b.astype(int), *shares, ratio, p, q, strict=True)
    records = [dict(zip(COLUMNS, (row[0], *(_rounded(value) for value in row[1:])), strict=True)) for row in values]
    title = f"{first.name} against {second.name}"
    return Analysis(
        name="compare",
        title=title,
        columns=COLUMNS,
        records=records,
        n=int(n_a.sum() + n_b.sum()),
        method=METHOD.format(
            exposure="the days of each period" if first.days else "all events of each actor",
            certain=CERTAIN if first.days else "",
        ),
        source=source,
        chart=_chart(title, first, second, records),
        notices=tuple(
            of(side.name, one)
            for side, held in ((first, one), (second, other))
            for one in _left_out(conn, side, sum(held.values()))
        ),
        more={"a": {"name": first.name, "n": int(n_a.sum())}, "b": {"name": second.name, "n": int(n_b.sum())}},
        resolved=(*first.resolved, *second.resolved),
        empty={
            side.name: replace(asked, query=_wide(side), resolved=(*asked.resolved, *side.resolved))
            for side, held in ((first, one), (second, other))
            if not held
        },
    )


def check_actor(actors: str | None, actor: Choice) -> None:
    """Raises BadQuery where a third is wanted beside the two compared. Asked before names are looked up, so that none
    is offered that would be refused."""
    if actors and actor.wanted:
        detail = (
            "the two of `actors` are compared: leave `actor` out, or exclude one; a third state goes into `country`"
        )
        raise BadQuery("actor", detail, example=EXAMPLE_UNWANTED)


def _sides(conn: Connection, asked: Asked, actors: str | None, periods: str | None) -> tuple[_Side, _Side]:
    if bool(actors) == bool(periods):
        raise BadQuery("actors", "compare two actors or two periods", example=EXAMPLE_PAIR)
    parameter, text = ("actors", actors or "") if actors else ("periods", periods or "")
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) != 2:
        raise BadQuery(parameter, "two are wanted", example=EXAMPLE_PAIR if actors else EXAMPLE_PERIODS)
    if actors:
        one, other = resolve_pair(conn, "actors", parts)
        return _actor(asked.query, one), _actor(asked.query, other)
    if asked.query.when:
        raise BadQuery("periods", "each period is a window of its own: leave `datetime` out", example=EXAMPLE_PERIODS)
    return _period(asked.query, parts[0]), _period(asked.query, parts[1])


def _actor(query: EventQuery, known: Resolved) -> _Side:
    asked = replace(possible(query), actor=Choice((known.id,), query.actor.unwanted))
    return _Side(known.name, asked, resolved=(known,))


def _period(query: EventQuery, text: str) -> _Side:
    try:
        span = questions.span("periods", text)
    except BadQuery as error:
        raise BadQuery("periods", error.detail, example=EXAMPLE_PERIODS) from error
    if span.start is None or span.end is None:
        raise BadQuery("periods", "a period has two ends", example=EXAMPLE_PERIODS)
    # An event that may lie in both would count in both.
    within = replace(possible(query), when=span, match=Match.CERTAIN)
    return _Side(human(span), within, (span.end - span.start).days)


def _wide(side: _Side) -> EventQuery:
    """A period as lists take it, with what may lie in it."""
    return replace(side.query, match=Match.POSSIBLE, loose=True) if side.days else side.query


def _left_out(conn: Connection, side: _Side, n: int) -> tuple[Notice, ...]:
    """What may belong to a side and was not counted."""
    if not side.days:
        return unreached(conn, side.query)
    left = sum(_kinds(conn, _wide(side))[0].values()) - n
    detail = f"{left} more events may lie in this period, but not certainly, and are not counted"
    return (Notice("only_possible", detail, omits=True),) if left else ()


def _kinds(conn: Connection, query: EventQuery) -> tuple[dict[str, int], str]:
    frame, found = counted(conn, query, grain_of(Interval.MONTH, query.when), By.KIND)
    by_kind = frame.groupby("group")["n"].sum()
    return {str(kind): int(n) for kind, n in by_kind.items()}, found.source


def _rounded(value: float) -> float | int | None:
    """Counts as they are, the rest to four figures."""
    number = plain(value)
    return int(number) if isinstance(number, np.integer) else None if number is None else float(f"{number:.4g}")


def _chart(title: str, first: _Side, second: _Side, records: list[dict[str, object]]) -> Chart:
    shown = records[:20]
    shares = [
        Series(side.name, tuple(float(str(record[column])) for record in shown))
        for side, column in ((first, "share_a"), (second, "share_b"))
    ]
    names = tuple(str(record["kind"]) for record in shown)
    return Chart(Form.RANKED, title, names, tuple(shares), y="share of all its events")
