"""Synthetic events with the skew of a news feed, in the schema of the program.

Actors after Zipf (exponent 1.05: the first is in a fifth of all events), near ones act on each other more often; days
grow threefold over 26 years, with weeks, drift and bursts that fade; 7 % of the dates are weeks, months or years.
The rows are made in chunks, copied into a narrow table and spread by one statement, without triggers; indexes come
afterwards. There are no mentions: no question that is measured reads them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Engine, text

FIRST_DAY = np.datetime64("2000-01-01")
DAYS = int((np.datetime64("2026-10-31") - FIRST_DAY).astype(int)) + 1
CHUNK = 200_000
EVENTS_A_DOCUMENT = 5
SYLLABLES = [  # eighty
    a + b
    for a in ["ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu", "sha"]
    for b in "nrlts"
]


@dataclass(frozen=True, slots=True)
class World:
    """What all chunks draw from."""

    random: np.random.Generator
    day_weights: np.ndarray
    actor_weights: np.ndarray
    words: np.ndarray
    word_weights: np.ndarray
    kinds: pd.DataFrame  # name, plover, mode, cameo, quad, goldstein

    @property
    def actors(self) -> int:
        return len(self.actor_weights)


def world(events: int, kinds: pd.DataFrame) -> World:
    random = np.random.default_rng(7)
    words = np.array([SYLLABLES[i % 80] + SYLLABLES[i // 80 % 80] + SYLLABLES[i // 6400 % 80] for i in range(20_000)])
    actors = min(60_000, max(4_000, int(events**0.72)))
    return World(random, _days(random), _zipf(actors, 1.05), words, _zipf(len(words), 1.0), kinds)


def _zipf(number: int, exponent: float) -> np.ndarray:
    weights = 1 / np.arange(1, number + 1) ** exponent
    return weights / weights.sum()


def _days(random: np.random.Generator) -> np.ndarray:
    days = np.arange(DAYS)
    weights = np.exp(1.1 * days / DAYS) * (1 - 0.25 * np.isin((days + 5) % 7, [5, 6]))
    drift = np.zeros(DAYS)
    for day in range(1, DAYS):
        drift[day] = 0.9 * drift[day - 1] + random.normal(0, 0.12)
    weights *= np.exp(drift)
    for start in random.integers(0, DAYS, 250):
        fading = np.arange(min(90, DAYS - start))
        weights[start : start + len(fading)] *= 1 + random.pareto(2.0) * 2 * np.exp(-fading / 12)
    return weights / weights.sum()


def chunks(events: int, drawn: World) -> Iterator[pd.DataFrame]:
    """Rows of the narrow table, in the order in which a feed would bring them: nearly that of the days."""
    days = np.sort(drawn.random.choice(DAYS, size=events, p=drawn.day_weights))
    delay = drawn.random.exponential(60, events)
    late = np.where(drawn.random.random(events) < 0.07, delay, drawn.random.random(events))
    days = days[np.argsort(days + late, kind="stable")]
    for first in range(0, events, CHUNK):
        yield _chunk(first, days[first : first + CHUNK], drawn)


def _chunk(first: int, days: np.ndarray, drawn: World) -> pd.DataFrame:
    random, n = drawn.random, len(days)
    source, target, other = _parties(n, drawn)
    precision = random.choice(4, n, p=[0.93, 0.02, 0.04, 0.01])
    kind = random.choice(len(drawn.kinds), n, p=_zipf(len(drawn.kinds), 0.9))
    stamps = FIRST_DAY + days
    start, end, edtf = _dates(stamps, precision)
    said = [drawn.words[random.choice(len(drawn.words), n, p=drawn.word_weights)] for _ in range(9)]
    return pd.DataFrame(
        {
            "id": np.arange(first, first + n),
            "d_start": start,
            "d_end": end,
            "precision": np.array(["day", "week", "month", "year"])[precision],
            "edtf": edtf,
            "kind": kind,
            "source": source,
            "target": target,
            "other": other,
            "modality": np.array(["asserted", "alleged", "denied", "planned"])[
                random.choice(4, n, p=[0.8, 0.1, 0.03, 0.07])
            ],
            "confidence": np.round(random.beta(6, 2, n), 3),
            "reports": random.geometric(0.6, n),
            "place": random.choice(2_000, n, p=_zipf(2_000, 1.0)),
            "words": [" ".join(parts) for parts in zip(*said, strict=True)],
        }
    )


def _parties(n: int, drawn: World) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Source, target and a third; -1 where there is none."""
    random, number = drawn.random, drawn.actors
    source = random.choice(number, n, p=drawn.actor_weights)
    target = random.choice(number, n, p=drawn.actor_weights)
    near = random.random(n) < 0.45
    target = np.where(near, np.clip(source + random.integers(-6, 7, n), 0, number - 1), target)
    target = np.where(target == source, (source + 1) % number, target)
    other = random.choice(number, n, p=drawn.actor_weights)
    other = np.where((random.random(n) < 0.18) & (other != source) & (other != target), other, -1)
    return source, np.where(random.random(n) < 0.22, -1, target), other


def _dates(days: np.ndarray, precision: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    month, year = days.astype("datetime64[M]"), days.astype("datetime64[Y]")
    week = days - (days.astype(int) + 3) % 7
    start = np.select(
        [precision == 1, precision == 2, precision == 3],
        [week, month.astype("datetime64[D]"), year.astype("datetime64[D]")],
        days,
    )
    end = np.select(
        [precision == 1, precision == 2, precision == 3],
        [week + 7, (month + 1).astype("datetime64[D]"), (year + 1).astype("datetime64[D]")],
        days + 1,
    )
    text_ = np.select(
        [precision == 1, precision == 2, precision == 3],
        [np.char.add(np.char.add(week.astype(str), "/"), (week + 6).astype(str)), month.astype(str), year.astype(str)],
        days.astype(str),
    )
    return start, end, text_


_NARROW = """
    CREATE UNLOGGED TABLE narrow (id int, d_start date, d_end date, precision text, edtf text, kind int, source int,
        target int, other int, modality text, confidence float8, reports int, place int, words text)
"""
_DOCUMENTS = f"""
    INSERT INTO document (id, sha256, text, url, title, publisher, published_start, published_end, published_precision,
        published_approximate, published_edtf, language, status, recorded_at)
    OVERRIDING SYSTEM VALUE
    SELECT id / {EVENTS_A_DOCUMENT} + 1, encode(sha256(convert_to('document ' || id, 'UTF8')), 'hex'),
        'document ' || id,
        'https://news.example/' || id, 'Document ' || id, 'Publisher ' || id % 97, d_start, d_start + 1, 'day', false,
        d_start::text, 'en', 'read', d_start::timestamptz
    FROM narrow WHERE id % {EVENTS_A_DOCUMENT} = 0
"""
_ID = "substr(translate(encode(sha256(convert_to('e' || n.id, 'UTF8')), 'hex'), '01', 'gh'), 1, 16)"
_ACTOR = "CASE WHEN {0} < 0 THEN NULL ELSE 'actor-' || {0} END"
_PART = (
    "CASE WHEN {0} < 0 THEN '[]'::jsonb ELSE jsonb_build_array(jsonb_build_object('id', 'actor-' || {0}, 'name', "
    "'Actor ' || {0}, 'type', 'person', 'state', NULL, 'sector', 'GOV', 'words', 'Actor ' || {0}, 'role', '{1}')) END"
)
_EVENTS = f"""
    INSERT INTO event (id, kind, plover, mode, cameo, quad, goldstein, d_start, d_end, precision, approximate, edtf,
        basis, derivation, object, place_name, country, latitude, longitude, geo_precision, modality, role, confidence,
        title, evidence_text, document_id, source_id, target_id, source_ids, source_names, target_ids, target_names,
        actors,
        status, n_reports, n_publishers, recorded_at, updated_at)
    SELECT {_ID}, k.name,
        k.plover, k.mode, k.cameo, k.quad, k.goldstein, d_start, d_end, precision, false, edtf, 'explicit',
        jsonb_build_object('rule', 'day-month-year', 'quote', edtf, 'words', NULL, 'anchor', NULL, 'anchor_reason', '',
            'explanation', 'as it stands', 'alternatives', '[]'::jsonb),
        split_part(words, ' ', 1), 'Place ' || place, 'C' || lpad((place % 97)::text, 2, '0'),
        (place * 7 % 140) - 70, (place * 13 % 340) - 170, 'city', modality, 'main', confidence,
        k.label || ', Actor ' || source || CASE WHEN target < 0 THEN '' ELSE ' → Actor ' || target END,
        'Evidence of ' || words, n.id / {EVENTS_A_DOCUMENT} + 1,
        {_ACTOR.format("source")}, {_ACTOR.format("target")},
        ARRAY['actor-' || source], ARRAY['Actor ' || source],
        CASE WHEN target < 0 THEN '{{}}' ELSE ARRAY['actor-' || target] END,
        CASE WHEN target < 0 THEN '{{}}' ELSE ARRAY['Actor ' || target] END,
        {_PART.format("source", "source")} || {_PART.format("target", "target")} || {_PART.format("other", "other")},
        'reported', reports, 1, d_start::timestamptz, d_start::timestamptz
    FROM narrow n JOIN narrow_kind k ON k.id = n.kind
"""
_ACTS = f"""
    INSERT INTO event_actor (event_id, actor_id, d_order, kind, is_source, is_target, is_named, vague_days)
    SELECT {_ID},
        'actor-' || part.actor, d_start, k.name, part.is_source, part.is_target, true,
        CASE WHEN precision <> 'day' THEN d_end - d_start END
    FROM narrow n JOIN narrow_kind k ON k.id = n.kind CROSS JOIN LATERAL
        (VALUES (source, true, false), (target, false, true), (other, false, false))
        AS part (actor, is_source, is_target)
    WHERE part.actor >= 0
"""


def load(engine: Engine, events: int, kinds: pd.DataFrame) -> None:
    """Fill an empty database of the newest schema."""
    drawn = world(events, kinds)
    with engine.begin() as conn:
        conn.execute(text("SET LOCAL session_replication_role = replica; SET LOCAL maintenance_work_mem = '1GB'"))
        conn.execute(text("SET LOCAL synchronous_commit = off; SET LOCAL work_mem = '256MB'"))
        _narrow(conn, events, drawn)
        _names(conn, drawn.actors)
        with _without_indexes(conn, "event", "event_actor", "document"):
            for statement in (_DOCUMENTS, _EVENTS, _ACTS):
                conn.exec_driver_sql(statement.replace("%", "%%"))
        conn.execute(text("SELECT rebuild_rollups(), rebuild_pairs(); DROP TABLE narrow, narrow_kind"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("VACUUM (ANALYZE)"))
        conn.execute(text("CHECKPOINT"))


def _narrow(conn: Connection, events: int, drawn: World) -> None:
    conn.execute(text(_NARROW))
    _copy(conn, "narrow", chunks(events, drawn))
    conn.execute(
        text(
            "CREATE UNLOGGED TABLE narrow_kind (id int, name text, label text, plover text, mode text, cameo text, "
            "quad int, goldstein float8)"
        )
    )
    _copy(conn, "narrow_kind", [drawn.kinds])


def _names(conn: Connection, number: int) -> None:
    frame = pd.DataFrame({"id": [f"actor-{n}" for n in range(number)], "name": [f"Actor {n}" for n in range(number)]})
    _copy(conn, "actor (id, name, type, sector, source)", [frame.assign(type="person", sector="GOV", source="made")])
    named = frame.assign(folded=frame["name"].str.lower(), d_start="-infinity", d_end="infinity")
    _copy(conn, "actor_name (actor_id, name, folded, d_start, d_end)", [named])


@contextmanager
def _without_indexes(conn: Connection, *tables: str) -> Iterator[None]:
    """Plain indexes are dropped and made again: keys stay, for they hold constraints."""
    told = text(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(:tables) AND schemaname = 'public' "
        "AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)"
    )
    found = conn.execute(told, {"tables": list(tables)}).all()
    for row in found:
        conn.exec_driver_sql(f"DROP INDEX {row.indexname}")
    yield
    for row in found:
        conn.exec_driver_sql(row.indexdef.replace("%", "%%"))


def _copy(conn: Connection, table: str, frames: Iterable[pd.DataFrame]) -> None:
    cursor = conn.connection.cursor()
    with cursor.copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy:
        for frame in frames:
            sheet = io.StringIO()
            frame.to_csv(sheet, index=False, header=False)
            copy.write(sheet.getvalue())
