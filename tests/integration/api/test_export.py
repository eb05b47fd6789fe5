"""Everything that a question finds, as one stream of CSV or JSON Lines: the rows of the list, however many."""

from __future__ import annotations

import csv
import gc
import io

import pytest
from fastapi.testclient import TestClient

from app.exports.as_csv import BOM


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "modality=all",
        "actor=RUS&sort=-date",
        "kind=visit,meeting&datetime=2016",
        "q=missiles",
        "bbox=-180,-90,180,90",
    ],
)
def test_the_export_has_the_rows_and_cells_of_the_list(client: TestClient, query: str) -> None:
    exported = client.get(f"/v1/export.csv?{query}")
    listed = client.get(f"/v1/events.csv?{query}&limit=1000")
    assert exported.status_code == 200
    assert exported.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'rel="license"' in exported.headers["link"]
    assert rows(exported.text) == rows(listed.text)
    assert len(rows(exported.text)) > 1


@pytest.mark.parametrize("query", ["", "modality=all", "actor=RUS&sort=-date", "kind=visit&fields=url,id,kind_label"])
def test_its_lines_of_json_are_those_of_the_list(client: TestClient, query: str) -> None:
    exported = client.get(f"/v1/export.jsonl?{query}")
    assert (exported.status_code, exported.headers["content-type"]) == (200, "application/jsonl")
    assert 'rel="license"' in exported.headers["link"]
    assert exported.content == client.get(f"/v1/events.jsonl?{query}&limit=1000").content
    assert exported.content.endswith(b"}\n")


def test_lines_of_json_that_cannot_be_made_are_refused_before_the_first(client: TestClient) -> None:
    assert client.get("/v1/export.jsonl?kind=vist").status_code == 400
    told = client.head("/v1/export.jsonl?dl=1")
    assert (told.status_code, told.content) == (200, b"")
    assert "dateline-export.jsonl" in told.headers["content-disposition"]
    assert client.get("/v1/export.jsonl?q=nowheretobefound").content == b""


def test_only_the_columns_asked_for_in_their_order(client: TestClient) -> None:
    assert rows(client.get("/v1/export.csv?fields=url,id").text)[0] == ["url", "id"]


def test_what_is_wrong_with_a_question_is_said_before_the_first_byte(client: TestClient) -> None:
    for query, parameter in (("kind=vist", "kind"), ("sort=nearest&datetime=2016", "sort"), ("limit=5", "limit")):
        told = client.get(f"/v1/export.csv?{query}")
        assert told.status_code == 400
        assert told.json()["errors"][0]["parameter"] == parameter


def test_a_spreadsheet_gets_the_same_marks_as_of_the_list(client: TestClient) -> None:
    exported = client.get("/v1/export.csv?excel=1&modality=all")
    listed = client.get("/v1/events.csv?excel=1&modality=all&limit=1000")
    assert exported.content.startswith(BOM)
    assert rows(exported.text) == rows(listed.text)


def test_nothing_found_is_a_header_alone(client: TestClient) -> None:
    assert len(rows(client.get("/v1/export.csv?q=nowheretobefound").text)) == 1


def test_the_headers_alone_make_no_export(client: TestClient) -> None:
    told = client.head("/v1/export.csv?dl=1")
    assert (told.status_code, told.content) == (200, b"")
    assert "dateline-export.csv" in told.headers["content-disposition"]
    assert told.headers["etag"]


def test_who_leaves_an_export_holds_no_connection(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was collected meanwhile: more of them than there are connections, then one that stays."""
    monkeypatch.setattr("app.storage.exporting.AT_ONCE", 1)
    gc.disable()
    try:
        for _ in range(6):
            with client.stream("GET", "/v1/export.csv?modality=all&fields=kind,id") as reply:
                assert next(reply.iter_bytes()).startswith(b"kind,")
    finally:
        gc.enable()
    assert len(rows(client.get("/v1/export.csv?modality=all&fields=kind,id").text)) > 1


OF_FORM = "links and meta; see the Link header"
USUAL = f"{OF_FORM}; events denied, negated, planned or conditional, see modality=all"
USUAL += "; retracted events, see status=retracted"


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_an_export_says_what_it_leaves_out(client: TestClient, form: str) -> None:
    """No envelope does: also events that a list would tell of in a warning."""
    reply = client.get(f"/v1/export.{form}")
    assert "Accept" in reply.headers["vary"].split(", ")
    assert reply.headers["dateline-left-out"] == USUAL
    for query in ("datetime=2016", "datetime=2016&modality=all"):
        listed = client.get(f"/v1/events?{query}").json()["meta"]["warnings"]
        undated = next(one["detail"] for one in listed if one["code"] == "undated")
        told = client.get(f"/v1/export.{form}?{query}").headers["dateline-left-out"]
        assert told.endswith(undated)
        assert ("modality=all" in told) is ("modality" not in query)
    everything = client.get(f"/v1/export.{form}?modality=all&status=reported,corroborated,disputed,retracted")
    assert everything.headers["dateline-left-out"] == OF_FORM
