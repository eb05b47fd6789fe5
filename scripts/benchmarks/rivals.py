"""The same questions of DuckDB on Parquet, of SQLite, and of pandas in memory: the same answers, and the time of each.

Each holds what the questions need (days, kinds, actors, scores) without texts: less than the program itself carries.
"""

from __future__ import annotations

import sqlite3
import statistics
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import pandas as pd
from sqlalchemy import Engine, text

from scripts.benchmarks.questions import draw

TIMES = 30
_EVENTS = """
    SELECT e.id, to_char(e.d_order, 'YYYY-MM-DD') AS day, e.precision, e.quad, e.goldstein
    FROM event e WHERE e.modality IN ('asserted', 'alleged')
"""
_ACTS = """
    SELECT a.actor_id, a.event_id, to_char(a.d_order, 'YYYY-MM-DD') AS day
    FROM event_actor a JOIN event e ON e.id = a.event_id WHERE e.modality IN ('asserted', 'alleged')
"""
AFTER = "SELECT id FROM event WHERE precision = 'day' AND day > '{day}' ORDER BY day, id LIMIT 20"
OF_ACTOR = "SELECT event_id FROM act WHERE actor_id = '{actor}' ORDER BY day DESC, event_id DESC LIMIT 20"
MONTHS = (
    "SELECT substr(day, 1, 7) AS month, quad, count(*) AS n FROM event WHERE precision = 'day' "
    "AND day BETWEEN '2006-01-01' AND '2025-12-31' GROUP BY 1, 2 ORDER BY 1, 2"
)
_OUR_MONTHS = """
    SELECT to_char(m.month, 'YYYY-MM'), part.quad, part.n::bigint
    FROM (
        SELECT date_trunc('month', d_start) AS month, sum(n) AS n, sum(quad1) AS q1, sum(quad2) AS q2, sum(quad3) AS q3,
            sum(quad4) AS q4
        FROM event_day WHERE d_end = d_start + 1 AND d_start BETWEEN '2006-01-01' AND '2025-12-31' GROUP BY 1
    ) m CROSS JOIN LATERAL (
        VALUES (0, n - q1 - q2 - q3 - q4), (1, q1), (2, q2), (3, q3), (4, q4)
    ) AS part (quad, n)
    WHERE part.n > 0 ORDER BY 1, 2
"""
Ask = Callable[[str], list[tuple[Any, ...]]]


def measure(engine: Engine) -> None:
    import duckdb

    with engine.connect() as conn, TemporaryDirectory() as folder:
        drawn = draw(conn)
        events, acts = (pd.DataFrame(conn.execute(text(asked)).mappings()) for asked in (_EVENTS, _ACTS))
        duck = duckdb.connect()
        for name, frame in (("event", events), ("act", acts)):
            duck.register(f"{name}_frame", frame)
            duck.execute(f"COPY (SELECT * FROM {name}_frame) TO '{folder}/{name}.parquet' (FORMAT parquet)")
            duck.execute(f"CREATE VIEW {name} AS SELECT * FROM '{folder}/{name}.parquet'")
        lite = _sqlite(Path(folder) / "events.db", events, acts)
        asked = {
            "after a day": [AFTER.format(day=day) for day in drawn.days[:TIMES]],
            "of an actor": [OF_ACTOR.format(actor=actor) for actor in drawn.actors[:TIMES]],
            "months by quad class, 20 years": [MONTHS] * 5,
        }
        places: dict[str, Ask] = {
            "PostgreSQL": lambda sql: [tuple(row) for row in conn.execute(text(_ours(sql)))],
            "DuckDB": lambda sql: duck.execute(sql).fetchall(),
            "SQLite": lambda sql: lite.execute(sql).fetchall(),
            "pandas": lambda sql: _pandas(sql, events, acts),
        }
        print(f"| {len(events):,} events, ms p50 | " + " | ".join(places) + " |\n|---|" + "---|" * len(places))
        for name, questions in asked.items():
            print(f"| {name} | " + " | ".join(f"{value:.2f}" for value in _row(questions, places)) + " |")


def _row(questions: list[str], places: dict[str, Ask]) -> list[float]:
    """Raises AssertionError where two answers differ."""
    found = []
    wanted: list[Any] = [None] * len(questions)
    for name, ask in places.items():
        taken = []
        ask(questions[0])
        for at, question in enumerate(questions):
            start = perf_counter()
            answer = ask(question)
            taken.append((perf_counter() - start) * 1e3)
            wanted[at] = wanted[at] or answer
            assert answer == wanted[at], f"{name} answers otherwise: {question}"
        found.append(statistics.median(taken))
    return found


def _ours(question: str) -> str:
    """The same against the schema of the program: its own indexes and rollup."""
    said = "modality IN ('asserted', 'alleged')"
    if question == MONTHS:
        return _OUR_MONTHS
    if " act " in question:
        own = question.replace("FROM act", "FROM event_actor JOIN event e ON e.id = event_id")
        return own.replace("ORDER BY day DESC", f"AND {said} ORDER BY event_actor.d_order DESC")
    return question.replace("day >", "d_order >").replace("ORDER BY day", f"AND {said} ORDER BY d_order")


def _sqlite(path: Path, events: pd.DataFrame, acts: pd.DataFrame) -> sqlite3.Connection:
    lite = sqlite3.connect(path)
    for name, frame in (("event", events), ("act", acts)):
        frame.to_sql(name, lite, index=False)
    lite.execute("CREATE INDEX event_day ON event (day, id) WHERE precision = 'day'")
    lite.execute("CREATE INDEX act_actor ON act (actor_id, day, event_id)")
    lite.execute("ANALYZE")
    return lite


def _pandas(question: str, events: pd.DataFrame, acts: pd.DataFrame) -> list[tuple[Any, ...]]:
    if question == MONTHS:
        days = events[(events["precision"] == "day") & events["day"].between("2006-01-01", "2025-12-31")]
        counts = days.groupby([days["day"].str[:7], "quad"]).size()
        return [(month, int(quad), int(n)) for (month, quad), n in counts.items()]
    value = question.split("'")[-2]
    if " act " in question:
        own = acts[acts["actor_id"] == value].sort_values(["day", "event_id"], ascending=False)
        return [(name,) for name in own["event_id"].head(20)]
    later = events[(events["precision"] == "day") & (events["day"] > value)].sort_values(["day", "id"])
    return [(name,) for name in later["id"].head(20)]
