"""Times the linking of one new mention into databases of 10,000, 100,000 and 1,000,000 events.

The events are made up: 150 states and their people, 43 kinds, twenty years and more.
The first five hundred are linked one by one, the others are copies on other days. Then single documents with one
mention come in.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from time import perf_counter, process_time

from sqlalchemy import Engine, text

from app.domain.actors import ActorType, Party
from app.domain.dates import Basis, Derivation, Offsets
from app.domain.documents import Document, Reading
from app.domain.events import Evidence, Mention, Modality, Role
from app.domain.spans import TimeSpan
from app.extraction.codebook import load_codebook
from app.linking.clustering import cluster, component
from app.linking.words import sketch
from app.services import linking
from app.services.claims import linked_by, rules
from app.storage import documents, runs
from app.storage.engine import make_engine, migrate
from app.storage.linking_tables import metadata
from app.storage.server import embedded

SIZES = (10_000, 100_000, 1_000_000)
MEASURED = 300
FIRST, DAYS = date(2000, 1, 1), 7300
KINDS = load_codebook()
NAMES = sorted(KINDS)
STATES = [f"{a}{b}{c}" for a in "ABCDEF" for b in "KLMNO" for c in "VWXYZ"]
BASE = 500


def main(sizes: Sequence[int] = SIZES) -> int:
    """Prints a line for each size: wall and CPU time of the client at the median, and at the 95th percentile."""
    folder = Path(os.environ.get("DATELINE_BENCH_HOME", tempfile.gettempdir())) / "dateline-bench-link"
    with embedded(folder, durable=False) as url:
        engine = make_engine(url, pool_size=2)
        migrate(engine)
        for size in sizes:
            fill(engine, size)
            report(engine, size)
        engine.dispose()
    return 0


def told(chance: random.Random, number: int) -> tuple[Document, Mention]:
    """A document of one sentence, and its mention: mostly a day, at times a week or a month."""
    kind = KINDS[chance.choice(NAMES)]
    doer, other = chance.sample(STATES, 2)
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    span = chance.choice((TimeSpan.of_day, TimeSpan.of_day, TimeSpan.of_day, TimeSpan.of_week, _month))(day)
    words = " ".join(f"w{chance.randrange(50_000)}" for _ in range(20))
    clause = f"{doer} {kind.name} {other} {words}."
    published = TimeSpan.of_day(day + timedelta(days=1))
    mention = Mention(
        kind=kind.name,
        coding=kind.coding,
        date=Derivation(span, Basis.EXPLICIT, "bench"),
        evidence=Evidence(Offsets(0, len(clause)), Offsets(4, 4 + len(kind.name)), "bench", "bench"),
        modality=Modality.ASSERTED,
        role=Role.MAIN,
        confidence=0.8,
        source=tuple(_side(chance, doer)),
        target=tuple(_side(chance, other)),
    )
    return Document(f"{clause} Number {number}.", publisher=f"Paper {number % 50}", published=published), mention


def _month(day: date) -> TimeSpan:
    return TimeSpan.of_month(day.year, day.month)


def _side(chance: random.Random, state: str) -> Iterator[Party]:
    if chance.random() < 0.3:
        name = f"{state.lower()}-{chance.randrange(40)}"
        yield Party(name, name, ActorType.PERSON, state, "GOV", name)
    else:
        yield Party(state, state, ActorType.STATE, state, "GOV", state)


def fill(engine: Engine, size: int) -> None:
    """Bring the database to so many events: the first are linked one by one, the rest are copies of them on other days.

    A copy keeps sides and kind, so that with the size grows how often two sides meet.
    """
    chance = random.Random(0)
    for number in range(BASE * 2):
        if _count(engine) >= BASE:
            break
        link(engine, *told(chance, number))
    for number in range(_copies(engine) + 1, size // BASE):
        with engine.begin() as conn:
            for statement in COPIES:
                conn.execute(
                    text(statement), {"n": number, "days": number * 13 % DAYS, "suffix": f" Copy {number:06}."}
                )
    with engine.begin() as conn:
        for table in ("document", "mention"):
            top = f"(SELECT max(id) FROM {table})"
            conn.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {top})"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("VACUUM ANALYZE"))


def _copies(engine: Engine) -> int:
    with engine.begin() as conn:
        asked = text("SELECT max(split_part(id, '-', 2)::int) FROM event WHERE id LIKE '%-%'")
        return int(conn.execute(asked).scalar() or 0)


def _count(engine: Engine) -> int:
    with engine.begin() as conn:
        return int(conn.execute(text("SELECT count(*) FROM event")).scalar_one())


def _copied(table: str, changed: dict[str, str], of: str) -> str:
    """A statement that copies the first rows of a table, with some columns changed."""
    columns = [column for column in metadata.tables[table].c if column.computed is None]
    names = ", ".join(column.name for column in columns)
    values = ", ".join(changed.get(column.name, column.name) for column in columns)
    return f"INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE SELECT {values} FROM {table} WHERE {of}"


_SHIFT = "CAST(:n AS bigint) * 10000000"
_TEXT = "text || CAST(:suffix AS text)"
_EVENT = "|| '-' || CAST(:n AS text)"
_DAYS = {name: f"{name} + CAST(:days AS int)" for name in ("d_start", "d_end")}
COPIES = (
    _copied(
        "document",
        {"id": f"id + {_SHIFT}", "text": _TEXT, "sha256": f"encode(sha256(convert_to({_TEXT}, 'UTF8')), 'hex')"},
        "id < 10000000",
    ),
    _copied(
        "event", {"id": f"id {_EVENT}", "document_id": f"document_id + {_SHIFT}", **_DAYS}, "document_id < 10000000"
    ),
    _copied(
        "mention",
        {
            "id": f"id + {_SHIFT}",
            "event_id": f"event_id {_EVENT}",
            "claim": f"claim {_EVENT}",
            "document_id": f"document_id + {_SHIFT}",
            "document_length": "document_length + length(CAST(:suffix AS text))",
            **_DAYS,
        },
        "id < 10000000",
    ),
    _copied(
        "event_actor",
        {"event_id": f"event_id {_EVENT}", "d_order": "d_order + CAST(:days AS int)"},
        "event_id IN (SELECT id FROM event WHERE document_id < 10000000)",
    ),
    _copied(
        "mention_key",
        {
            "mention_id": f"mention_id + {_SHIFT}",
            "start": "CASE WHEN reach = 0 THEN start ELSE start + CAST(:days AS int) END",
            "number": "CASE WHEN reach = 0 THEN number + CAST(:n AS bigint) ELSE number END",
        },
        "mention_id < 10000000",
    ),
)


def report(engine: Engine, size: int) -> None:
    chance = random.Random(size + 1)
    wall, cpu, deciding = [], [], []
    for number in range(MEASURED + 20):
        document, mention = told(chance, size + 10**7 + number)
        deciding.append(_deciding(engine, *told(chance, size + 2 * 10**7 + number)))
        start, own = perf_counter(), process_time()
        link(engine, document, mention)
        if number >= 20:
            wall.append(perf_counter() - start)
            cpu.append(process_time() - own)
    bare = statistics.median(_bare(engine) for _ in range(MEASURED))
    figures = [f"{_ms(value):.2f}" for value in (statistics.median(wall), _high(wall), statistics.median(cpu))]
    told_ = f"median {figures[0]} ms, p95 {figures[1]} ms, client CPU {figures[2]} ms"
    found = f"to decide alone {_ms(statistics.median(deciding[20:])):.2f} ms"
    trips = f"{statistics.median(wall) / bare:.1f} bare round trips"
    print(f"{size:>9,} events: {told_}; {found}; {trips}", flush=True)


def link(engine: Engine, document: Document, mention: Mention) -> None:
    """What is timed: a document of one mention, kept, linked and committed, as ingest does it."""
    with engine.begin() as conn:
        marks = sketch(document.text)
        kept = documents.insert(conn, document, status=Reading.READ, language="en", sketch=marks, read=_read(engine))
        linking.store_mentions(conn, linking.Desk(kept.id, _read(engine).run_id, document, KINDS), [mention])


@cache
def _read(engine: Engine) -> documents.ReadBy:
    """Asked once, as ingest does for many documents at once."""
    with engine.begin() as conn:
        return documents.ReadBy(runs.of_version(conn, "bench"), linked_by())


def _deciding(engine: Engine, document: Document, mention: Mention) -> float:
    """How long it takes to find what may be the same event and to decide which is; nothing is kept."""
    with engine.connect() as conn:
        turn = linking.Turn(conn, KINDS, "bench", datetime.now(UTC))
        start = perf_counter()
        seeds = linking.take_in(turn, linking.Desk(0, 0, document, KINDS), [mention])
        cluster(component(seeds, turn.neighbours, rules()).values(), rules())
        return perf_counter() - start


def _bare(engine: Engine) -> float:
    """What one statement costs here that asks nothing."""
    with engine.connect() as conn:
        start = perf_counter()
        conn.execute(text("SELECT 1"))
        return perf_counter() - start


def _high(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _ms(seconds: float) -> float:
    return seconds * 1000


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or SIZES))
