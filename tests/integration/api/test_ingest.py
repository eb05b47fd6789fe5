"""Ingest below HTTP: in any order, by several at once, the same events."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text

from app.domain.documents import Document
from app.extraction.codebook import load_codebook
from app.services import reports
from app.services.ingest import Desk, Refusal, Result, ingest
from tests.databases import migrated_database
from tests.integration.api.reader import SentenceReader

VISIT = "General Tehrani flew to Moscow on 14 April 2016"


@pytest.fixture
def empty(server_url: str) -> Iterator[Engine]:
    with migrated_database(server_url, pool_size=8) as engine:
        yield engine


def desk(engine: Engine) -> Desk:
    return Desk(engine.begin, SentenceReader(), load_codebook(), date(2024, 6, 1))


def paper(number: int, words: str = VISIT) -> Document:
    return Document(f"Paper {number} writes: {words}.", publisher=f"Paper {number}")


def only_event(engine: Engine) -> dict[str, Any]:
    with engine.begin() as conn:
        [found] = conn.execute(text("SELECT id FROM event")).scalars()
        return reports.event(conn, found, load_codebook())


def test_eight_papers_at_once_tell_one_visit(empty: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda number: ingest([paper(number)], desk(empty)), range(8)))
    event = only_event(empty)
    assert all(report.count(Result.READ) == 1 for report in told)
    told_by = (event["n_reports"], event["n_publishers"], len(event["reports"]))
    assert told_by == (1, 8, 8)  # in the same words: one report, printed by eight


def test_the_same_text_sent_at_once_is_one_document(empty: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: ingest([paper(1)], desk(empty)), range(8)))
    assert len({report.outcomes[0].id for report in told}) == 1
    assert sum(report.count(Result.READ) for report in told) == 1


def test_each_report_but_the_leading_one_says_why_it_is_the_same_event(empty: Engine) -> None:
    told = ingest([paper(1), paper(2, "an Iranian general was in Moscow on 14 April")], desk(empty))
    assert told.count(Result.READ) == 2
    first, second = only_event(empty)["reports"]
    assert first["same_because"] is None
    assert second["same_because"] == {
        "score": 0.9,
        "reasons": ["visit", "IRN to RUS", "same day 2016-04-14"],
        "report": first["id"],
    }


def test_what_is_no_document_is_refused_in_its_place(empty: Engine) -> None:
    told = ingest([paper(1), Refusal("line 2: this is not JSON"), paper(3)], desk(empty))
    assert [outcome.result for outcome in told.outcomes] == [Result.READ, Result.REFUSED, Result.READ]
    assert told.outcomes[1].reason == "line 2: this is not JSON"


def test_more_documents_than_one_batch_are_told_in_order(empty: Engine) -> None:
    told = ingest((paper(number) for number in range(70)), desk(empty))
    assert [outcome.index for outcome in told.outcomes] == list(range(70))
    assert told.count(Result.READ) == 70


def test_the_same_texts_give_the_same_ids(empty: Engine, server_url: str) -> None:
    first = ingest([paper(1), paper(2, "Iran once apologised")], desk(empty))
    with migrated_database(server_url, pool_size=2) as other:
        second = ingest([paper(1), paper(2, "Iran once apologised")], desk(other))
    assert [outcome.event_ids for outcome in first.outcomes] == [outcome.event_ids for outcome in second.outcomes]
