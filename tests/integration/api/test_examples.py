"""Every example of the interface's description has an answer on the demonstration corpus, read by the real reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import app.sources.demo
from app.api.params import EXAMPLE_DOCUMENT, EXAMPLE_EVENT
from app.extraction.reading import load_reader
from app.main import create_app
from app.settings import Settings
from tests.databases import temporary_database

DISPATCHES = Path(app.sources.demo.__file__).parent / "dispatches.jsonl"
SENT = ("text", "title", "url", "publisher", "published")


@pytest.fixture(scope="module")
def demo(server_url: str) -> Iterator[TestClient]:
    """The application over the demonstration corpus."""
    lines = DISPATCHES.read_text("utf-8").splitlines()
    sent = [{name: record.get(name) for name in SENT} for record in map(json.loads, lines)]
    with temporary_database(server_url) as url:
        app = create_app(Settings(database_url=url), reader=load_reader(), today=lambda: date(2026, 1, 1))
        with TestClient(app) as client:
            assert client.post("/v1/documents", json=sent).status_code == 201
            yield client


def test_every_example_of_a_parameter_answers_with_data(demo: TestClient) -> None:
    empty = [request for request in examples(demo) if not has_data(demo, *request)]
    assert not empty


def examples(client: TestClient) -> Iterator[tuple[str, dict[str, str]]]:
    """(address, query) for each parameter of each GET, with the value of its example."""
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        if "get" not in methods:
            continue
        told = methods["get"].get("parameters", [])
        address = path.format(**{one["name"]: one["example"] for one in told if one["in"] == "path"})
        yield address, {"date": "2016-04-15"} if path == "/v1/around" else {}
        for parameter in (one for one in told if one["in"] == "query"):
            pivot = {"date": "2016-04-15"} if path == "/v1/around" and parameter["name"] != "event" else {}
            yield address, {**pivot, parameter["name"]: text_of(parameter["example"])}


def test_the_example_of_an_event_is_one_of_the_corpus(demo: TestClient) -> None:
    known = demo.get("/v1/events?datetime=2016-04-01/2016-04-29&match=certain&kind=visit").json()["data"]
    found = {record["id"]: str(record["document_id"]) for record in known}
    assert found.get(EXAMPLE_EVENT) == EXAMPLE_DOCUMENT, f"take one of these for the examples of params.py: {found}"


def text_of(example: Any) -> str:
    return (
        ",".join(example) if isinstance(example, list) else str(example).lower() if example in (0, 1) else str(example)
    )


def has_data(client: TestClient, address: str, query: dict[str, str]) -> bool:
    reply = client.get(address, params=query)
    data = reply.json()["data"] if reply.status_code == 200 else None
    return bool(sum(data["counts"].values()) if isinstance(data, dict) and "counts" in data else data)


@pytest.mark.parametrize(
    ("query", "kind"), [("kind=ultimatum", "ultimatum"), ("actor=the%20Kremlin&kind=delivery", "delivery")]
)
def test_what_the_corpus_tells_is_found(demo: TestClient, query: str, kind: str) -> None:
    assert kind in [record["kind"] for record in demo.get(f"/v1/events?{query}").json()["data"]]


def test_the_first_page_shows_the_corpus(demo: TestClient) -> None:
    assert demo.get("/").text.count("<article") == 50
