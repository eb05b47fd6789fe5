"""Every filter, alone and in random combinations, finds what a table in pandas finds: over ICEWS 2005-2015 where it is
at hand (DATELINE_SHARED), and over a small table of our own always."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Connection, Engine, text

from app.domain.queries import Choice, EventQuery, Sort
from app.extraction.codebook import load_codebook
from app.services.importing import import_rows
from app.services.program import keep_known_actors
from app.sources.coded import IMPORTERS, CodedRow
from app.storage import search
from app.storage.engine import make_engine, migrate, transactions
from tests.databases import temporary_database
from tests.oracle import Oracle, oracle, questions

Check = Callable[[EventQuery], None]
SHARED = Path(os.environ.get("DATELINE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
TABLE = SHARED / "data" / "icews_2005-2015.tsv"
NAMES = ("Russia", "Iran", "Police (Russia)", "Citizen (Iran)", "Japan", "Nobody Known", "Envoy (Japan)")
DEEDS = ("Consult", "Make a visit", "Accuse", "Use conventional military force", "Provide aid", "Make statement")


def own_table() -> list[str]:
    """A few hundred rows, some of them the same."""
    random = Random(3)
    rows = [
        f"{random.choice(NAMES)}\t{random.choice(DEEDS)}\t{random.choice(NAMES)}\t"
        f"20{random.randint(5, 15):02}-{random.randint(1, 12):02}-{random.randint(1, 28):02}\n"
        for _ in range(400)
    ]
    return rows + rows[:40] + rows[:5]


@contextmanager
def imported(server_url: str, lines: list[str]) -> Iterator[Check]:
    with temporary_database(server_url) as url:
        engine: Engine = make_engine(url, pool_size=2)
        migrate(engine)
        begin = transactions(engine)
        keep_known_actors(begin)
        importer = IMPORTERS["icews"]
        for _ in import_rows(begin, importer, importer.read(lines, "table.tsv"), load_codebook()):
            pass
        with begin() as conn:  # and out again: it locks catalogs that all databases share until the commit
            conn.execute(text("ANALYZE"))
        with engine.connect() as conn:
            yield agreeing(conn, _oracle(conn, lines))
        engine.dispose()


def _oracle(conn: Connection, lines: list[str]) -> Oracle:
    """From the rows; names are told apart by what the table of actors says of them."""
    known = {row.name: (row.id, row.state) for row in conn.execute(text("SELECT id, name, state FROM actor"))}
    words = conn.execute(
        text(
            "SELECT DISTINCT part ->> 'words' AS words, part ->> 'id' AS id, part ->> 'state' AS state "
            "FROM event, jsonb_array_elements(actors) part"
        )
    ).all()
    homes = {row.words: {row.id, *([row.state] if row.state else [])} for row in words}
    assert set(homes) <= {cell for line in lines for cell in line.split("\t")}
    assert known
    coded = [row for row in IMPORTERS["icews"].read(lines, "t") if isinstance(row, CodedRow)]
    counted: dict[str, dict[str, Any]] = {}
    for row in coded:
        one = counted.setdefault(row.line, _row(row))
        one["reports"] += 1
    return oracle(conn, list(counted.values()), homes)


def _row(row: CodedRow) -> dict[str, Any]:
    return {
        "line": row.line, "day": row.day, "source": row.source.name, "target": row.target.name, "kind": row.kind,
        "plover": row.coding.plover, "cameo": row.coding.cameo, "status": "reported", "country": None, "place": "",
        "publishers": {"ICEWS"}, "confidence": 0.75, "reports": 0,
    }  # fmt: skip


@pytest.fixture(scope="module")
def small(server_url: str) -> Iterator[Check]:
    with imported(server_url, own_table()) as found:
        yield found


@pytest.fixture(scope="module")
def large(server_url: str) -> Iterator[Check]:
    if not TABLE.is_file():
        pytest.skip(f"no table at {TABLE}: set DATELINE_SHARED to the folder that holds data/icews_2005-2015.tsv")
    with imported(server_url, TABLE.read_text("utf-8").splitlines(keepends=True)) as found:
        yield found


def agreeing(conn: Connection, told: Oracle) -> Check:
    """Compares database and oracle. A function, since a test that fails prints what it was given: not all the table."""

    def agree(query: EventQuery) -> None:
        wanted = told.ids(query)
        found = [row.id for row in search.page(conn, query).rows]
        assert found == wanted[: query.limit]
        assert search.count(conn, query, exact=True) == len(wanted)

    return agree


ALONE = [
    EventQuery(),
    EventQuery(sort=Sort.DATE_DESC),
    *(EventQuery(**{side: Choice(("RUS",))}) for side in ("actor", "source", "target", "country")),
    *(EventQuery(**{side: Choice((), ("RUS", "JPN"))}) for side in ("actor", "source", "target", "country")),
    EventQuery(dyad=("RUS", "IRN")),
    EventQuery(kind=Choice(("visit", "attack"))),
    EventQuery(kind=Choice((), ("statement",))),
    EventQuery(plover=Choice(("CONSULT",))),
    EventQuery(cameo=Choice(("04",))),
    EventQuery(cameo=Choice((), ("04", "190"))),
    EventQuery(status=Choice(("reported",))),
    EventQuery(status=Choice(("corroborated",))),
    EventQuery(publisher=Choice(("ICEWS",))),
    EventQuery(document=Choice(("1",))),
    EventQuery(place=Choice(("Moscow",))),
    EventQuery(min_reports=2),
    EventQuery(min_reports=3),
    EventQuery(min_confidence=0.76),
]


@pytest.mark.parametrize("query", ALONE)
def test_each_filter_alone(small: Check, query: EventQuery) -> None:
    small(query)


@pytest.mark.parametrize("query", ALONE)
def test_each_filter_alone_over_icews(large: Check, query: EventQuery) -> None:
    large(query)


SMALL = questions(
    ["RUS", "IRN", "JPN", "police-russia", "nobody-known"], ["04", "042", "11", "190"], ["visit", "attack"]
)
LARGE = questions(
    ["RUS", "IRN", "USA", "CHN", "JPN", "barack-obama", "police-russia", "citizen-india"],
    ["04", "042", "11", "190", "173", "03"],
    ["visit", "attack", "statement", "meeting", "arrest"],
)
QUIETLY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=300, deadline=None, suppress_health_check=QUIETLY, derandomize=True)
@given(query=SMALL)
def test_random_combinations(small: Check, query: EventQuery) -> None:
    small(query)


@settings(max_examples=300, deadline=None, suppress_health_check=QUIETLY, derandomize=True)
@given(query=LARGE)
def test_random_combinations_over_icews(large: Check, query: EventQuery) -> None:
    large(query)
