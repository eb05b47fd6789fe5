"""The five articles that the project was made for: their events, and the answers over HTTP. Skipped without them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.domain.documents import Document
from app.domain.spans import TimeSpan
from app.exports.contract import mention_line
from app.extraction.reading import ArticleReader, load_reader
from app.main import create_app
from app.settings import Settings
from app.sources.records import published_span
from tests.databases import temporary_database

SHARED = Path(os.environ.get("DATELINE_SHARED", Path(__file__).parents[3] / "shared"))
SCORER = SHARED / "score" / "events.py"
GOLD = SHARED / "gold" / "seeds.jsonl"
# Publication days as the reference folder gives them; of 001 only the month is known.
PUBLISHED = {"000": "2009-05-03", "001": "2008-11", "002": "2006-12-01", "003": "2019-05-31", "004": "2016-04-15"}
# The last recorded scores, rounded down.
FLOORS = {"detected_core": 0.92, "precision": 0.92, "strict_f1": 0.62}

pytestmark = pytest.mark.skipif(not SCORER.is_file(), reason=f"no articles at {SHARED} (set DATELINE_SHARED)")


@pytest.fixture(scope="module")
def reader() -> ArticleReader:
    return load_reader()


@pytest.fixture(scope="module")
def articles() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted((SHARED / "seeds").glob("*.txt"))}


@pytest.fixture(scope="module")
def client(server_url: str, reader: ArticleReader, articles: dict[str, str]) -> Iterator[TestClient]:
    sent = [
        {"text": text, "published": PUBLISHED[name[:3]], "publisher": "Example", "title": name}
        for name, text in articles.items()
    ]
    with temporary_database(server_url) as url:
        app = create_app(Settings(database_url=url, pool_size=2), reader=reader)
        with TestClient(app) as client:
            reply = client.post("/v1/documents", json=sent)
            assert reply.status_code == 201, reply.text
            yield client


def span_of(name: str) -> TimeSpan:
    return published_span(PUBLISHED[name[:3]])


def test_the_events_of_the_articles_score_as_recorded(
    reader: ArticleReader, articles: dict[str, str], tmp_path: Path
) -> None:
    documents = [Document(text, published=span_of(name)) for name, text in articles.items()]
    said = tmp_path / "said.jsonl"
    with said.open("w", encoding="utf-8") as file:
        for name, read in zip(articles, reader.read_many(documents), strict=True):
            for mention in read.mentions:
                file.write(json.dumps(mention_line(name, mention)) + "\n")
    also = SHARED / "gold" / "seeds_mentions.jsonl"
    command = [sys.executable, str(SCORER), str(GOLD), str(said), "--also", str(also)]
    scores = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert {name: scores[name] for name, floor in FLOORS.items() if scores[name] < floor} == {}


def test_a_text_gives_the_same_mentions_each_time(reader: ArticleReader, articles: dict[str, str]) -> None:
    documents = [Document(text, published=span_of(name)) for name, text in articles.items()]
    alone = [read.mentions for document in documents for read in reader.read_many([document])]
    assert [read.mentions for read in reader.read_many(documents)] == alone


def test_the_fortnight_around_the_visit_holds_visit_meeting_and_delivery(client: TestClient) -> None:
    answer = client.get("/v1/around", params={"date": "2016-04-15", "window": "14d"}).json()["data"]
    around = [event for part in ("before", "same_day", "overlapping", "after") for event in answer[part]]

    def found(kind: str, actor: str) -> list[dict[str, Any]]:
        return [event for event in around if event["kind"] == kind and actor in {a["id"] for a in event["actors"]}]

    visits = [event for event in found("visit", "qasem-soleimani") if event["date_edtf"] == "2016-04-14"]
    assert visits
    meetings = [event for event in found("meeting", "vladimir-putin") if event["date_edtf"] == "2016-04-15"]
    assert [event["modality"] for event in meetings] == ["alleged"]
    deliveries = [event for event in found("delivery", "RUS") if event["object"] == "S-300"]
    assert [event for event in deliveries if event["date_latest"] <= "2016-04-11"]


def test_the_timeline_of_russia_runs_from_2005_to_2019_in_order(client: TestClient) -> None:
    events = client.get("/v1/actors/RUS/timeline", params={"limit": 1000}).json()["data"]
    days = [event["date_earliest"] or event["date_latest"] for event in events]
    dated = [event["date_earliest"] for event in events if event["date_earliest"]]
    assert dated == sorted(dated)
    assert min(dated)[:4] == "2005"
    assert max(day for day in days if day)[:4] == "2019"


def test_the_ultimatum_is_found_with_its_sentence(client: TestClient) -> None:
    events = client.get("/v1/events", params={"kind": "ultimatum"}).json()["data"]
    (event,) = (event for event in events if event["date_edtf"] == "2006-11-11")
    assert "three-part ultimatum" in event["evidence_text"]
    assert {"ali-larijani"} <= set(event["source_ids"])
