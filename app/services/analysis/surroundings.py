"""What stands out around a day: whether it is busy, which kinds and actors occur more than usual, the gaps."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from app.domain.queries import ANY, EventQuery, Match
from app.domain.spans import TimeSpan
from app.services.analysis.answer import Record, possible
from app.services.analysis.chance import adjusted, more_than_share
from app.services.analysis.intervals import Interval, few_enough
from app.services.analysis.spans import Spans, days
from app.services.asking import Notice
from app.storage import meetings, search
from app.storage.margins import margins
from app.storage.rollups import Grain, cells, is_kept
from app.storage.rows import Coverage

REFERENCE_MONTHS = 60  # to either side of the window
LEAST_MONTHS = 6
MOST_READ = 200_000  # events that are counted one by one for the reference
MOST_MET = 6_000  # events of a window in which actors are looked for
SURE = 0.05
LEAST_COUNT = 2  # what occurs once may be anything
COMPARED = 40  # actors, the commonest of the window
MOST_SHOWN = 10
SHORTEST_GAP = 3
A_WEEK = 7
METHOD = (
    "Usual is what the {months} months around the window held ({reference}, the window's own left out), by their "
    "days. baseline counts events whose whole date lies in the window, as in each of the months: a date told as a "
    "month lies in its month and in no shorter window. percentile: share of those months with fewer events a day. "
    "Stand-outs: exact binomial test, one-sided, of the count (n) among the {tested} events of the window whose date "
    "has both ends (of), those included that may lie in it, against the share of the reference (half an event added), "
    "which asks for more than usual beyond the window's being busy; q after Benjamini and Hochberg over all "
    "kinds, or the {compared} commonest actors, of the window; told are those with q up to {sure} that occur "
    "twice or more. It takes events as independent. gaps: {gap} days or more of what the data cover on which "
    "nothing is dated; p is the chance of so long a gap from a given day on at the mean rate of those months "
    "(Poisson)."
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`n`: how many events the window finds, None where they were not counted. `shares`: of each kind, its share of the
    events of the reference, for how rare it is."""

    about: Record
    n: int | None = None
    shares: dict[str, float] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class _Usual:
    """What the months around the window held: how many a day in each, and how many of each kind; all with both ends."""

    span: TimeSpan
    rates: np.ndarray
    kinds: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.kinds.values())


def surroundings(conn: Connection, query: EventQuery, window: TimeSpan | None, coverage: Coverage) -> Surroundings:
    """Of events that meet the query's filters, `when` aside. Nothing is said of a window without ends."""
    window = _covered(coverage, window)
    if window is None or window.start is None or window.last is None:
        return Surroundings({"baseline": None, "stand_out": {"kinds": [], "actors": []}, "gaps": []})
    inside = replace(possible(query), when=window, match=Match.POSSIBLE)
    held = margins(conn, inside, Grain.DAY)
    n = sum(row.n for row in held.spans if _found_by(window, row.start, row.end)) if held.whole else None
    usual, notices = _usual(conn, inside, window)
    here = held.kinds
    people, more = _people(conn, inside, here, usual)
    day_counts = _day_counts(window, held.spans)
    about: Record = {
        "baseline": _baseline(window, held.spans, usual),
        "stand_out": {"kinds": _kinds(here, usual), "actors": people},
        "gaps": _gaps(window, day_counts, usual),
        "method": _method(usual, sum(here.values())),
    }
    total = max(usual.total, 1)
    shares = {kind: count / total for kind, count in usual.kinds.items()}
    return Surroundings(about, n, shares, (*notices, *more))


def _found_by(window: TimeSpan, start: date | None, end: date | None) -> bool:
    """Whether a list of the window's events, which all touch it, shows those with these ends: it leaves out what only
    the end that is not known lets reach in."""
    if start is None:
        return end is not None and (window.end is None or end <= window.end)
    return end is not None or window.start is None or start >= window.start


def _covered(coverage: Coverage, window: TimeSpan | None) -> TimeSpan | None:
    """The part of a window for which dated events are kept: outside of it, quiet means nothing."""
    if window is None or coverage.first is None or coverage.last is None:
        return None
    first, last = max(window.start or date.min, coverage.first), min(window.last or date.max, coverage.last)
    if first > last:
        return None
    return TimeSpan.between(first, last) if last < date.max else TimeSpan.since(first)


# -- what is usual --------------------------------------------------------------------------------


def _usual(conn: Connection, query: EventQuery, window: TimeSpan) -> tuple[_Usual, tuple[Notice, ...]]:
    span = _months_around(window.start or date.min, window.last or date.max)
    asked = replace(query, when=span, match=Match.CERTAIN)
    if not is_kept(asked) and search.count(conn, asked, exact=False) > MOST_READ:
        detail = f"more than {MOST_READ:,} events would have to be read to tell what is usual: ask with fewer filters"
        return _Usual(span, np.array([]), {}), (Notice("no_baseline", detail),)
    if asked.dyad:  # its sums are not kept by kind
        months = cells(conn, asked, Grain.MONTH, sums=("n",)).rows
        return _Usual(*_rates(span, window, Spans.of([(row.start, row.end, row.n) for row in months])), {}), ()
    held = margins(conn, asked, Grain.MONTH, tuple(_sides(span, window)))
    known, rates = _rates(span, window, Spans.of(held.spans))
    if any(not _within(row, known) for row in held.spans):  # as a year that begins before the first month with anything
        held = margins(conn, asked, Grain.MONTH, tuple(_sides(known, window)))
    return _Usual(known, rates, held.kinds if len(rates) else {}), ()


def _within(row: Sequence[Any], span: TimeSpan) -> bool:
    return not ((span.start and row[0] and row[0] < span.start) or (span.end and row[1] and row[1] > span.end))


def _sides(span: TimeSpan, window: TimeSpan) -> Iterator[TimeSpan]:
    """The whole months of the span before and after the window."""
    if window.start is None or window.last is None or span.start is None or span.last is None:
        return
    first, after = window.start.replace(day=1), _first_day(_ordinal(window.last) + 1)
    if span.start < first:
        yield TimeSpan.between(span.start, first - timedelta(days=1))
    if after <= span.last:
        yield TimeSpan.between(after, span.last)


def _months_around(first: date, last: date) -> TimeSpan:
    start = pd.Period(year=first.year, month=first.month, freq="M") - REFERENCE_MONTHS
    end = pd.Period(year=last.year, month=last.month, freq="M") + REFERENCE_MONTHS
    lowest, highest = max(start.ordinal, _ordinal(date.min)), min(end.ordinal, _ordinal(date(9999, 11, 1)))
    return TimeSpan.between(_first_day(lowest), _first_day(highest + 1) - timedelta(days=1))


def _ordinal(day: date) -> int:
    return (day.year - 1970) * 12 + day.month - 1


def _first_day(ordinal: int) -> date:
    return date(1970 + ordinal // 12, ordinal % 12 + 1, 1)


def _rates(span: TimeSpan, window: TimeSpan, held: Spans) -> tuple[TimeSpan, np.ndarray]:
    """Events a day of each month, from the first to the last that holds anything, but those that the window touches."""
    months = range(_ordinal(span.start or date.min), _ordinal(span.last or date.max) + 2)
    edges = np.array([_first_day(month).toordinal() for month in months])
    counts = held.certain(edges)
    busy = np.flatnonzero(counts)
    if not len(busy):
        return span, np.array([])
    starts, ends, lengths = edges[:-1], edges[1:], np.diff(edges)
    apart = (ends <= (window.start or date.min).toordinal()) | (starts > (window.last or date.max).toordinal())
    at = np.arange(len(counts))
    wanted = apart & (at >= busy[0]) & (at <= busy[-1])
    first, after = int(edges[busy[0]]), int(edges[busy[-1] + 1])
    known = TimeSpan.between(date.fromordinal(first), date.fromordinal(after - 1))
    return known, counts[wanted] / lengths[wanted]


def _method(usual: _Usual, tested: int) -> str:
    return METHOD.format(
        months=len(usual.rates),
        reference=usual.span.edtf(),
        tested=tested,
        sure=SURE,
        compared=COMPARED,
        gap=SHORTEST_GAP,
    )


def _baseline(window: TimeSpan, spans: Sequence[Sequence[Any]], usual: _Usual) -> Record | None:
    """Of what certainly lies in the window, as what each month held does. None where too few months are known to say
    what is usual."""
    if len(usual.rates) < LEAST_MONTHS or window.start is None or window.last is None:
        return None
    days = (window.last - window.start).days + 1
    n = sum(row[2] for row in spans if row[0] and row[1] and _within(row, window))
    low, middle, high = (float(rate) * days for rate in np.percentile(usual.rates, [10, 50, 90]))
    below, same = np.mean(usual.rates < n / days), np.mean(usual.rates == n / days)
    return {
        "n": n,
        "days": days,
        "usual": round(middle, 1),
        "usual_low": round(low, 1),
        "usual_high": round(high, 1),
        "percentile": round(100 * float(below + same / 2), 1),
        "reference": usual.span.edtf(),
        "months": len(usual.rates),
    }


# -- what stands out ------------------------------------------------------------------------------


def _kinds(here: dict[str, int], usual: _Usual) -> list[Record]:
    names = sorted(here)
    if not usual.total or not any(usual.kinds.get(name) for name in names if name):
        return []
    found = _standing_out(
        [here[name] for name in names], [usual.kinds.get(name, 0) for name in names], here, usual.total
    )
    return [{"kind": names[at], **row} for at, row in found]


def _people(
    conn: Connection, query: EventQuery, here: dict[str, int], usual: _Usual
) -> tuple[list[Record], tuple[Notice, ...]]:
    """Counterparts of the actor that is asked about; else the actors of the window."""
    n = sum(here.values())
    if not n or not usual.total or query.dyad or len(query.actor.wanted) > 1:
        return [], ()
    if not _months_tell(query):
        detail = "what is usual of actors is known by kind, or of one actor over all kinds: not with these filters"
        return [], (Notice("no_actors_compared", detail),)
    if n > MOST_MET:
        detail = f"{n} events in the window: actors that stand out are looked for among {MOST_MET:,} at most"
        return [], (Notice("no_actors_compared", detail),)
    own = query.actor.wanted[0] if query.actor.wanted else None
    met = meetings.in_window(conn, query, own, limit=COMPARED)
    if not met:
        return [], ()
    before = meetings.in_months(conn, [one.id for one in met], own, usual.span, query.when, query.kind.wanted)
    found = _standing_out([one.n for one in met], [before.get(one.id, 0) for one in met], here, usual.total)
    return [{"id": met[at].id, "name": met[at].name, **row} for at, row in found], ()


def _months_tell(query: EventQuery) -> bool:
    """Whether the sums by month are of the question's own events; the one in the middle lies in none of the months."""
    plain = replace(query, ids=ANY)
    return is_kept(plain) and not query.ids.wanted and not query.kind.unwanted and not (query.actor and query.kind)


def _standing_out(
    counts: Sequence[int], before: Sequence[int], here: dict[str, int], total: int
) -> list[tuple[int, Record]]:
    """Places and figures of those that are in the window more than by their share of the reference; `counts` are of the
    very events that `here` counts by kind."""
    n = sum(here.values())
    shares = np.minimum((np.array(before) + 0.5) / (total + 1), 1.0)
    p = more_than_share(counts, np.full(len(counts), n), shares)
    q = adjusted(p)
    sure = (at for at in range(len(counts)) if q[at] <= SURE and counts[at] >= LEAST_COUNT)
    order = sorted(sure, key=lambda at: (p[at], at))
    return [
        (
            at,
            {
                "n": int(counts[at]),
                "of": n,
                "usual": round(float(n * shares[at]), 2),
                "ratio": round(float(counts[at] / (n * shares[at])), 2),
                "p": float(f"{p[at]:.3g}"),
                "q": float(f"{q[at]:.3g}"),
            },
        )
        for at in order[:MOST_SHOWN]
    ]


# -- gaps -----------------------------------------------------------------------------------------


def _day_counts(window: TimeSpan, spans: Sequence[Sequence[Any]]) -> np.ndarray:
    """How many events each day of the window may have had, those dated to a month or more left out."""
    first, last = window.start or date.min, window.last or date.max
    few_enough(Interval.DAY, first, last)
    return Spans.of(spans, longest=A_WEEK).possible(days(first, last))


def _gaps(window: TimeSpan, days: np.ndarray, usual: _Usual) -> list[Record]:
    """The longest stretches without an event, longest first."""
    first = window.start or date.min
    rate = float(np.mean(usual.rates)) if len(usual.rates) else None
    edges = np.flatnonzero(np.diff(np.concatenate(([1], (days > 0).astype(int), [1]))))
    runs = [(int(start), int(end)) for start, end in edges.reshape(-1, 2) if end - start >= SHORTEST_GAP]
    runs.sort(key=lambda run: (run[0] - run[1], run[0]))
    return [
        {
            "from": first + timedelta(days=start),
            "to": first + timedelta(days=end - 1),
            "days": end - start,
            "p": float(f"{math.exp(-rate * (end - start)):.3g}") if rate else None,
        }
        for start, end in runs[:3]
    ]


# -- importance -----------------------------------------------------------------------------------


def importance(record: Record, shares: dict[str, float]) -> float:
    """How much an event weighs, from 0 to 1: a quarter each for reports and publishers (the tenth counts full), for the
    strength of its Goldstein score, and for how rare its kind is among what is asked about (one in a thousand is full).
    """
    share = max(shares.get(record["kind"], 0.0), 0.001) if shares else 1.0
    parts = (
        min(math.log1p(record["n_reports"]) / math.log1p(10), 1.0),
        min(math.log1p(record["n_publishers"]) / math.log1p(10), 1.0),
        min(abs(record["goldstein"]) / 10, 1.0),
        min(-math.log10(share) / 3, 1.0),
    )
    return round(sum(parts) / len(parts), 4)
