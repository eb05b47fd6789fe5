"""The questions in the database: what the program asks, recorded once and asked again, timed at the server.

The time is the CPU that the server's process takes (from /proc, in nanoseconds) where that can be read, else the clock:
on a machine that others use too, the clock measures them. All pages have been read once before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter, perf_counter_ns
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, event, text

from app.domain.queries import Choice, EventQuery, Sort
from app.exports.as_json import JSON, dumps
from app.extraction.codebook import load_codebook
from app.services import tables, timeline
from app.services.analysis.intervals import Interval
from app.services.analysis.trend import trend
from app.services.asking import event_query
from app.storage import cursors, search

TIMES = 300
FIRST, LAST = date(2001, 1, 1), date(2026, 6, 1)
Statement = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Draw:
    """What is asked about: days evenly, actors and pairs as often as they occur in events."""

    days: list[date]
    actors: list[str]
    dyads: list[tuple[str, str]]
    places: list[tuple[str, str]]  # a day and an id in the order by date


def draw(conn: Connection) -> Draw:
    random = np.random.default_rng(11)
    days = [FIRST + timedelta(days=int(n)) for n in random.integers(0, (LAST - FIRST).days, TIMES)]
    # ids are hashes: in their order events come as at random
    asked = "SELECT id, d_order::text AS day, source_id, target_id FROM event WHERE id > 'b' ORDER BY id LIMIT 2000"
    some = conn.execute(text(asked)).all()
    actors = [row.source_id for row in some][:TIMES]
    dyads = [(row.source_id, row.target_id) for row in some if row.target_id][:TIMES]
    return Draw(days, actors, dyads, [(row.day, row.id) for row in some][:TIMES])


def questions(drawn: Draw) -> dict[str, list[Callable[[Connection], object]]]:
    """What is asked, as often as it was drawn; `limit` is what a page of the screen shows."""
    page = EventQuery(limit=20)
    return {
        "around a day": [lambda c, d=day: _near(c, d, page) for day in drawn.days],
        "of an actor": [
            lambda c, a=name: search.page(c, replace(page, actor=Choice((a,)), sort=Sort.DATE_DESC))
            for name in drawn.actors
        ],
        "of a dyad": [lambda c, p=pair: search.page(c, replace(page, dyad=p)) for pair in drawn.dyads],
        "page at any depth": [
            lambda c, p=place: search.page(c, replace(page, cursor=cursors.encode("date", p))) for place in drawn.places
        ],
    }


def _near(conn: Connection, day: date, page: EventQuery) -> object:
    found = search.nearest(conn, day, page, before=10, after=10)
    ids = [*found.before, *found.same_day, *found.overlapping, *found.after]
    return search.columns_of(conn, ids, tables.STORED, as_json=True)


def whole(drawn: Draw) -> dict[str, list[Callable[[Connection], object]]]:
    """Answers of the services, from parameters to what is written out, by the clock and by CPU of both processes."""
    kinds = load_codebook()

    def around(conn: Connection, given: dict[str, list[str]], day: date) -> object:
        asked = event_query(conn, given)
        pivot = timeline.pivot(conn, day.isoformat(), None)
        listing = timeline.Listing(kinds, ready=JSON.ready)
        return dumps(timeline.around_wire(timeline.around(conn, pivot, asked, timeline.Reach(), listing)))

    def trends(conn: Connection, given: dict[str, list[str]]) -> object:
        return trend(conn, event_query(conn, given), Interval.MONTH)

    twenty = {"datetime": ["2006/2025"]}
    return {
        "around, whole": [lambda c, d=day: around(c, {}, d) for day in drawn.days[:100]],
        "around of an actor, whole": [
            lambda c, d=day, a=name: around(c, {"actor": [a]}, d)
            for day, name in zip(drawn.days[:100], drawn.actors, strict=False)
        ],
        "trend, 20 years": [lambda c: trends(c, twenty) for _ in range(40)],
        "trend of an actor, 20 years": [
            lambda c, a=name: trends(c, {**twenty, "actor": [a]}) for name in drawn.actors[:100]
        ],
    }


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds."""

    p50: float
    p95: float
    wall50: float
    wall95: float


def timed(engine: Engine, asked: list[Callable[[Connection], object]]) -> Times:
    """The statements of each question, asked again on one connection."""
    with engine.connect() as conn:
        recorded = [_recorded(conn, question) for question in asked]
        cpu = _cpu_clock(conn)
        raw = conn.connection.cursor()
        taken, walls = [], []
        for statements in recorded:
            for statement in statements:
                raw.execute(*statement)
                raw.fetchall()
        for statements in recorded:
            start, wall = cpu(), perf_counter()
            for statement in statements:
                raw.execute(*statement)
                raw.fetchall()
            taken.append((cpu() - start) / 1e6)
            walls.append((perf_counter() - wall) * 1e3)
    return _times(taken, walls)


def timed_whole(engine: Engine, asked: list[Callable[[Connection], object]]) -> Times:
    """The answers themselves: CPU of this process and of the server's together."""
    from time import process_time_ns

    with engine.connect() as conn:
        cpu = _cpu_clock(conn)
        for question in asked:
            question(conn)
        taken, walls = [], []
        for question in asked:
            start, own, wall = cpu(), process_time_ns(), perf_counter()
            question(conn)
            taken.append((cpu() - start + process_time_ns() - own) / 1e6)
            walls.append((perf_counter() - wall) * 1e3)
    return _times(taken, walls)


def _times(taken: list[float], walls: list[float]) -> Times:
    return Times(*(float(value) for value in (*np.percentile(taken, [50, 95]), *np.percentile(walls, [50, 95]))))


def _recorded(conn: Connection, question: Callable[[Connection], object]) -> list[Statement]:
    with _listening(conn) as heard:
        question(conn)
    return heard


@contextmanager
def _listening(conn: Connection) -> Iterator[list[Statement]]:
    heard: list[Statement] = []

    def hear(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        heard.append((statement, parameters))

    event.listen(conn, "before_cursor_execute", hear)
    yield heard
    event.remove(conn, "before_cursor_execute", hear)


def _cpu_clock(conn: Connection) -> Callable[[], int]:
    """Nanoseconds of CPU of the server's process; of the clock where they cannot be read."""
    number = conn.execute(text("SELECT pg_backend_pid()")).scalar_one()
    told = Path(f"/proc/{number}/schedstat")
    try:
        told.read_text()
    except OSError:
        return perf_counter_ns
    return lambda: int(told.read_text().split()[0])
