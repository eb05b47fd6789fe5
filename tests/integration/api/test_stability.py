"""What version 1 promises: names and types are added, never renamed, never dropped, never changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from starlette.testclient import TestClient

from app.api.schemas import EventOut
from app.services.tables import COLUMNS

SNAPSHOT = Path(__file__).with_name("openapi.json")
TEXT, MAYBE, NUMBER, LIST = {"str"}, {"str", "NoneType"}, {"int"}, {"list"}
EVENT: dict[str, set[str]] = {
    "id": TEXT, "kind": TEXT, "kind_label": TEXT, "plover": MAYBE, "cameo": TEXT, "quad": NUMBER,
    "goldstein": {"float"}, "title": TEXT, "date_earliest": MAYBE, "date_latest": MAYBE, "date_edtf": TEXT,
    "date_precision": TEXT, "date_basis": TEXT, "date_text": TEXT, "source_ids": LIST, "source_names": LIST,
    "target_ids": LIST, "target_names": LIST, "actors": LIST, "object": MAYBE, "quantity": MAYBE, "place_name": MAYBE,
    "country": MAYBE, "latitude": {"float", "NoneType"}, "longitude": {"float", "NoneType"}, "geo_precision": TEXT,
    "modality": TEXT, "attribution": MAYBE, "confidence": {"float"}, "n_reports": NUMBER, "n_publishers": NUMBER,
    "status": TEXT, "role": TEXT, "evidence_text": TEXT, "document_id": NUMBER, "source_url": MAYBE,
    "source_title": MAYBE, "publisher": MAYBE, "published_at": MAYBE, "recorded_at": TEXT, "updated_at": TEXT,
    "version": NUMBER, "url": TEXT, "date_reported_edtf": MAYBE, "date_planned_edtf": MAYBE,
    "value_amount": {"float", "NoneType"}, "value_currency": MAYBE, "instrument": MAYBE, "deadline_edtf": MAYBE,
}  # fmt: skip
META: dict[str, set[str]] = {
    "returned": NUMBER, "matched": {"int", "NoneType"}, "matched_exact": {"bool"}, "limit": NUMBER,
    "next_cursor": MAYBE, "query": {"dict"}, "description": TEXT, "resolved": LIST, "coverage": {"dict"},
    "data_version": TEXT, "as_of": MAYBE, "warnings": LIST,
}  # fmt: skip
PROBLEM = {"type", "title", "status", "detail", "instance", "code", "request_id", "errors"}


def kept(promised: dict[str, set[str]], given: dict[str, Any]) -> None:
    assert not promised.keys() - given.keys()
    for name, types in promised.items():
        assert type(given[name]).__name__ in types, name


def test_an_event_keeps_its_names_and_types(client: TestClient) -> None:
    for record in client.get("/v1/events?modality=all").json()["data"]:
        kept(EVENT, record)


def test_the_order_of_the_columns_of_csv_is_kept(client: TestClient) -> None:
    head = client.get("/v1/events.csv").text.partition("\r\n")[0].split(",")
    assert head[: len(EVENT)] == list(EVENT)


def test_the_envelope_keeps_its_names_and_types(client: TestClient) -> None:
    reply = client.get("/v1/events?actor=Russia&limit=1").json()
    assert list(reply) == ["data", "links", "meta"]
    kept(META, reply["meta"])
    assert set(reply["meta"]["coverage"]) >= {"from", "to", "last_ingest"}
    assert set(reply["meta"]["resolved"][0]) >= {"parameter", "asked", "id", "name", "type"}
    assert {"rel", "href", "type"} <= set(reply["links"][0])
    warning = client.get("/v1/events?datetime=2016").json()["meta"]["warnings"][0]
    assert set(warning) >= {"code", "detail"}


ENVELOPED = [
    "/v1/actors?q=Rus", "/v1/actors/RUS", "/v1/changes", "/v1/documents", "/v1/documents/1", "/v1/kinds", "/v1/quality",
    "/v1/events/{event}", "/v1/chains/{event}", "/v1/histogram", "/v1/around?date=2016-04-15", "/health",
]  # fmt: skip


@pytest.mark.parametrize("address", ENVELOPED)
def test_every_answer_has_the_whole_envelope(client: TestClient, address: str) -> None:
    event = client.get("/v1/events?limit=1").json()["data"][0]["id"]
    meta = client.get(address.format(event=event)).json()["meta"]
    kept({**META, "limit": {"int", "NoneType"}}, meta)
    assert meta["coverage"]["from"] == "2006-11-11"


def test_a_problem_keeps_its_names(client: TestClient) -> None:
    problem = client.get("/v1/events?knd=visit").json()
    assert problem.keys() >= PROBLEM
    assert problem["errors"][0].keys() >= {"parameter", "detail", "did_you_mean", "allowed"}


def test_the_documented_event_has_what_is_promised() -> None:
    assert get_type_hints(EventOut).keys() >= EVENT.keys()
    assert list(COLUMNS)[: len(EVENT)] == list(EVENT)


def test_a_change_of_the_description_is_seen(client: TestClient, update: bool) -> None:
    """The whole description, without the answers that it shows: those have a test of their own."""
    document = client.get("/openapi.json").json()
    for methods in document["paths"].values():
        for operation in methods.values():
            for answer in operation["responses"].values():
                for content in answer.get("content", {}).values():
                    content.pop("example", None)
    if update:
        SNAPSHOT.write_text(json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
    assert json.loads(SNAPSHOT.read_text("utf-8")) == document, "a change that is meant: pytest --update"


@pytest.mark.parametrize("gone", ["title", "date_edtf"])
def test_a_name_that_is_gone_would_be_seen(client: TestClient, gone: str) -> None:
    record = client.get("/v1/events?limit=1").json()["data"][0]
    del record[gone]
    with pytest.raises(AssertionError):
        kept(EVENT, record)
