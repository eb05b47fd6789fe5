"""The whole application over a database of its own, with a reader that reads a few known sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import app.sources.demo
from app.extraction.reading import load_reader
from app.main import create_app
from app.settings import Settings
from tests.databases import temporary_database
from tests.integration.api.reader import ARTICLES, SentenceReader

TODAY = date(2024, 6, 1)
DISPATCHES = Path(app.sources.demo.__file__).parent / "dispatches.jsonl"
SENT = ("text", "title", "url", "publisher", "published")


@pytest.fixture(scope="session")
def fresh_client(server_url: str) -> Iterator[TestClient]:
    """The application over an empty database, where tests may send what they like."""
    with temporary_database(server_url) as url, _client(url) as client:
        yield client


@pytest.fixture(scope="session")
def client(server_url: str) -> Iterator[TestClient]:
    """The application over a database with ARTICLES; tests only ask."""
    with temporary_database(server_url) as url, _client(url) as client:
        reply = client.post("/v1/documents", json=ARTICLES)
        assert reply.status_code == 201, reply.text
        yield client


@pytest.fixture(scope="session")
def demo(server_url: str) -> Iterator[TestClient]:
    """The application over the demonstration corpus, read by the real reader; tests only ask."""
    lines = DISPATCHES.read_text("utf-8").splitlines()
    sent = [{name: record.get(name) for name in SENT} for record in map(json.loads, lines)]
    with temporary_database(server_url) as url:
        settings = Settings(database_url=url)
        with TestClient(create_app(settings, reader=load_reader(), today=lambda: date(2026, 1, 1))) as client:
            assert client.post("/v1/documents", json=sent).status_code == 201
            yield client


def _client(url: str) -> TestClient:
    settings = Settings(database_url=url, pool_size=4, batch_limit=100, body_limit=10_000_000)
    app = create_app(settings, reader=SentenceReader(), today=lambda: TODAY)
    return TestClient(app, raise_server_exceptions=False)


def by_kind(reply: Any, kind: str) -> dict[str, Any]:
    """The one event of a kind in a reply."""
    (found,) = (record for record in reply.json()["data"] if record["kind"] == kind)
    return dict(found)
