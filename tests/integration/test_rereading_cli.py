"""`dateline reread` as it is started from a shell: what it reads, what it tells, killed half-way and started again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from app.extraction.dictionaries import expected_version
from app.storage.engine import make_engine
from tests.databases import temporary_database

ROOT = Path(__file__).parents[2]
DATELINE = [sys.executable, "-m", "app.cli"]
MANY = 120
DAYS = [f"{day} {month}" for month in ("March", "April", "May") for day in range(1, 28)]


@pytest.fixture
def started(server_url: str, tmp_path: Path) -> Iterator[tuple[dict[str, str], Engine]]:
    """A database with many documents, read by the present version."""
    with temporary_database(server_url) as url:
        environment = os.environ | {"DATABASE_URL": url, "NO_COLOR": "1"}
        lines = [
            {
                "text": f"Russia delivered {number} tanks to Iran on {DAYS[number % len(DAYS)]} 2016.",
                "publisher": f"Paper {number % 7}",
                "published": "2016-06-01",
            }
            for number in range(MANY)
        ]
        (tmp_path / "all.jsonl").write_text("\n".join(map(json.dumps, lines)))
        run(environment, "ingest", str(tmp_path / "all.jsonl"))
        engine = make_engine(url, pool_size=1)
        yield environment, engine
        engine.dispose()


def run(environment: dict[str, str], *arguments: str, code: int = 0) -> list[dict[str, Any]]:
    done = subprocess.run(
        [*DATELINE, *arguments], capture_output=True, text=True, env=environment, cwd=ROOT, timeout=240, check=False
    )
    assert done.returncode == code, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def ids(engine: Engine) -> list[tuple[str, str, int]]:
    with engine.connect() as conn:
        return [tuple(row) for row in conn.execute(text("SELECT id, edtf, n_reports FROM event ORDER BY id"))]


def by_an_older_version(engine: Engine) -> None:
    """As if all had been read by rules of before, which read one number otherwise."""
    with engine.begin() as conn:
        conn.execute(text("UPDATE run SET version = 'older' WHERE version = :now"), {"now": expected_version()})
        conn.execute(text("UPDATE mention SET quantity = 'some' WHERE document_id = 1"))


def unread(engine: Engine) -> int:
    with engine.connect() as conn:
        asked = text("SELECT count(*) FROM document JOIN run ON run.id = read_by WHERE run.version = 'older'")
        return int(conn.execute(asked).scalar_one())


def test_a_killed_reading_goes_on_where_it_was_and_ids_stay(started: tuple[dict[str, str], Engine]) -> None:
    environment, engine = started
    before = ids(engine)
    assert before
    by_an_older_version(engine)
    with subprocess.Popen(
        [*DATELINE, "reread", "--json"], stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    ) as going:
        assert going.stdout is not None
        first = json.loads(going.stdout.readline())
        going.send_signal(signal.SIGKILL)
    assert (first["document"], first["new"], first["gone"]) == (1, 1, 1)
    left = unread(engine)
    assert 0 < left < MANY
    rest = run(environment, "reread", "--json")
    assert len(rest) == left
    assert {(one["new"], one["gone"], one["failed"]) for one in rest} == {(0, 0, 0)}
    assert unread(engine) == 0
    assert ids(engine) == before
    assert run(environment, "reread", "--json") == []

    [changed] = run(environment, "reread", "--diff", "older", expected_version(), "--json")
    assert (changed["document"], changed["changed"]) == (1, ["quantity"])
    assert (changed["older"]["quantity"], changed["newer"]["quantity"]) == ("some", "0")
    assert run(environment, "reread", "--diff", "older", "never", code=1) == []
