"""What follows what: how often and how soon one kind of event comes after another, against chance."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection

from app.domain.errors import BadQuery
from app.domain.queries import Choice
from app.exports.chart import Chart, Form, Series
from app.services.analysis.answer import Analysis
from app.services.asking import Asked, Notice
from app.storage.rollups import MOST_CELLS
from app.storage.sequences import kind_days, without_day

SEED = 1
MOST_PERMUTATIONS, LEAST_PERMUTATIONS = 999, 99
WORK = 20_000_000  # days that are moved in all permutations together
SAME = {"dyad": "the same two actors", "actor": "an actor of both", "any": "whoever acts"}
COLUMNS = ("lag", "followed", "expected", "low", "high")
METHOD = (
    "An event of the first set is followed if one of the second comes 1 to {within} days later between {same}. "
    "Against chance: the days of the second set are moved round the calendar of each unit by a random number of "
    "days, {times} times (seed {seed}), which keeps how many there are and how they cluster. expected is the mean"
    " of these, low and high hold 95 of 100, p is (1 + as many or more) / (1 + {times}). Only dates that are "
    "days: of others nobody knows which came first."
)
Days = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Kinds:
    first: tuple[str, ...]
    then: tuple[str, ...]
    within: int
    same: str


@dataclass(frozen=True, slots=True)
class _Days:
    """Days of the two sets: the number of the unit of each, its day, and of the first how many events it stands for."""

    first_unit: Days
    first_day: Days
    events: Days
    then_unit: Days
    then_day: Days
    start: int
    length: int

    def lags(self, then_day: Days) -> Days:
        """Days from each of the first set to the next of the second, in the same unit; a large number where none."""
        far = 4 * self.length
        then = np.sort(self.then_unit * far + then_day - self.start)
        asked = self.first_unit * far + self.first_day - self.start
        at = np.searchsorted(then, asked, side="right")
        following = np.append(then, np.iinfo(np.int64).max)[at]
        return np.where(following // far == self.first_unit, following - asked, far)

    def moved(self, random: np.random.Generator) -> Days:
        units = int(max(self.first_unit.max(initial=0), self.then_unit.max(initial=0))) + 1
        by = random.integers(1, max(self.length, 2), units)
        return self.start + (self.then_day - self.start + by[self.then_unit]) % self.length


def sequence(conn: Connection, asked: Asked, kinds: Kinds) -> Analysis:
    query = asked.query
    found = kind_days(conn, query, kinds.first, kinds.then, same=kinds.same)
    if not found.whole:
        raise BadQuery("datetime", f"more than {MOST_CELLS:,} days of actors: narrow the window or the actors")
    rows = pd.DataFrame(found.rows, columns=["unit", "other", "day", "first", "then"])
    days = _days(rows)
    times = int(
        np.clip(WORK // max(len(days.then_day) + len(days.first_day), 1), LEAST_PERMUTATIONS, MOST_PERMUTATIONS)
    )
    edges = np.unique(np.linspace(0, kinds.within, min(kinds.within, 30) + 1).astype(int))[1:]
    told = _against_chance(days, edges, times)
    both = (rows["first"] > 0) & (rows["then"] > 0)
    same_day = int(rows.loc[both, "first"].sum()) if kinds.first != kinds.then else 0
    no_day = without_day(conn, query, kinds.first, kinds.then, same=kinds.same)
    total = int(days.events.sum())
    title = f"{' or '.join(kinds.then)} after {' or '.join(kinds.first)}"
    return Analysis(
        name="sequence",
        title=title[0].upper() + title[1:],
        columns=COLUMNS,
        records=[dict(zip(COLUMNS, row, strict=True)) for row in told.rows],
        n=total,
        method=METHOD.format(within=kinds.within, same=SAME[kinds.same], times=times, seed=SEED),
        source="event",
        chart=_chart(title, kinds, edges, told),
        notices=(*_same_day(same_day), *_without_day(kinds, no_day)),
        more={
            "first": total,
            "followed": told.observed,
            "share": round(told.observed / total, 4) if total else None,
            "expected_share": round(told.expected / total, 4) if total else None,
            "p": told.p,
            "median_lag": told.median,
            "permutations": times,
        },
        empty={
            " or ".join(names): replace(
                asked, query=replace(asked.query, kind=Choice(names, asked.query.kind.unwanted))
            )
            for names, held in ((kinds.first, total), (kinds.then, rows["then"].sum()))
            if not held
        },
    )


def _days(rows: pd.DataFrame) -> _Days:
    unit, _ = pd.factorize(rows["unit"].astype(str) + "\x1f" + rows["other"].astype(str))
    day = pd.to_datetime(rows["day"]).to_numpy().astype("datetime64[D]").astype(np.int64)
    first, then = rows["first"].to_numpy(dtype=np.int64), rows["then"].to_numpy(dtype=np.int64)
    start = int(day.min()) if len(day) else 0
    length = int(day.max()) - start + 1 if len(day) else 1
    is_first, is_then = first > 0, then > 0
    return _Days(unit[is_first], day[is_first], first[is_first], unit[is_then], day[is_then], start, length)


@dataclass(frozen=True, slots=True)
class _Told:
    rows: list[tuple[int, int, float, int, int]]
    observed: int
    expected: float
    p: float | None
    median: float | None


def _against_chance(days: _Days, edges: NDArray[np.int64], times: int) -> _Told:
    lags = days.lags(days.then_day)
    observed = _followed(lags, days.events, edges)
    if not len(days.first_day) or not len(days.then_day):
        return _Told([(int(edge), 0, 0.0, 0, 0) for edge in edges], 0, 0.0, None, None)
    random = np.random.default_rng(SEED)
    moved = np.array([_followed(days.lags(days.moved(random)), days.events, edges) for _ in range(times)])
    low, high = np.percentile(moved, [2.5, 97.5], axis=0, method="nearest")
    within = np.repeat(lags, days.events)[np.repeat(lags, days.events) <= edges[-1]]
    rows = zip(edges, observed, moved.mean(axis=0), low, high, strict=True)
    return _Told(
        [(int(edge), int(n), round(float(mean), 2), int(least), int(most)) for edge, n, mean, least, most in rows],
        int(observed[-1]),
        float(moved[:, -1].mean()),
        round(float((1 + np.sum(moved[:, -1] >= observed[-1])) / (1 + times)), 4),
        float(np.median(within)) if len(within) else None,
    )


def _followed(lags: Days, events: Days, edges: NDArray[np.int64]) -> Days:
    """How many of the first set are followed within each number of days."""
    order = np.argsort(lags, kind="stable")
    summed = np.append(0, np.cumsum(events[order]))
    return summed[np.searchsorted(lags[order], edges, side="right")]


def _same_day(same_day: int) -> tuple[Notice, ...]:
    if not same_day:
        return ()
    detail = (
        f"{same_day} events of the first set have one of the second on the very day, which counts for neither order"
    )
    return (Notice("same_day", detail, omits=True),)


def _without_day(kinds: Kinds, numbers: tuple[int, int]) -> tuple[Notice, ...]:
    """For either set how many events cannot be put before or after others."""
    told = dict(zip((kinds.first, kinds.then), numbers, strict=True))
    return tuple(
        Notice("no_exact_day", f"{n} events of {' or '.join(names)} have no exact day, and are not counted", omits=True)
        for names, n in told.items()
        if n
    )


def _chart(title: str, kinds: Kinds, edges: NDArray[np.int64], told: _Told) -> Chart:
    names = tuple(str(edge) for edge in edges)
    rows = told.rows
    observed = Series("followed", tuple(row[1] for row in rows))
    chance = Series("95 of 100 by chance", tuple(row[3] for row in rows), high=tuple(row[4] for row in rows))
    shown = f"p = {told.p}" if told.p is not None else ""
    heading = title[0].upper() + title[1:]
    y = "events of the first set"
    return Chart(Form.LINES, heading, names, (chance, observed), y=y, subtitle=shown, x_title="days within which")
