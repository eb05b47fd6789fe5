"""Documents are kept whole or not at all; a bad one does not stop the good ones."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text as sql
from starlette.testclient import TestClient

from tests.integration.api.reader import ARTICLES, FAILING

GOOD = {"text": "Something was said on a Tuesday.", "published": "2016-04-15"}


def fresh(name: str) -> dict[str, str | None]:
    """A document that no other test has sent."""
    return {"text": f"{name}: Moscow gave Tehran an ultimatum on 11 November 2006.", "published": "2006-12-01"}


def documents(client: TestClient) -> int:
    return int(client.get("/health").json()["data"]["documents"])


def test_one_document_is_kept_with_its_events(fresh_client: TestClient) -> None:
    reply = fresh_client.post("/v1/documents", json=fresh("one"))
    assert reply.status_code == 201
    (told,) = reply.json()["data"]
    assert told["status"] == "read"
    assert [event["kind"] for event in told["events"]] == ["ultimatum"]
    kept = fresh_client.get(f"/v1/documents/{told['id']}").json()["data"]
    assert kept["text"] == fresh("one")["text"]
    assert kept["published_at"] == "2006-12-01"
    (span,) = kept["evidence"]
    assert kept["text"][span["trigger_start"] : span["trigger_end"]] == "gave"


def test_the_same_text_again_is_not_a_second_document(fresh_client: TestClient) -> None:
    first = fresh_client.post("/v1/documents", json=fresh("again")).json()["data"][0]
    before = documents(fresh_client)
    reply = fresh_client.post("/v1/documents", json={**fresh("again"), "title": "Another title"})
    (second,) = reply.json()["data"]
    assert (reply.status_code, second["status"], second["id"]) == (200, "known", first["id"])
    assert [event["id"] for event in second["events"]] == [event["id"] for event in first["events"]]
    assert documents(fresh_client) == before


def test_a_text_twice_in_one_request_is_kept_once(fresh_client: TestClient) -> None:
    told = fresh_client.post("/v1/documents", json=[fresh("twice"), fresh("twice")]).json()["data"]
    assert [item["status"] for item in told] == ["read", "known"]
    assert told[0]["id"] == told[1]["id"]


def test_another_language_is_kept_and_not_read(client: TestClient) -> None:
    (row,) = client.get("/v1/documents?status=not_read").json()["data"]
    assert (row["language"], row["n_events"], row["publisher"]) == ("fr", 0, "La Gazette Exemple")


BAD_ITEMS: list[object] = [
    {"text": ""},
    {"text": "a\0b"},
    {"text": "<html><body><p>Hello</p></body></html>"},
    {"text": "Tomorrow's news", "published": "2025-01-01"},
    {"text": "No such day", "published": "2016-02-30"},
    {"text": 7},
    {"title": "no text"},
    {"text": "A typing error", "publishd": "2016"},
    {"text": "bad address", "url": "javascript:alert(1)"},
    "only a string",
    None,
    {"text": FAILING},
]


def test_the_rest_of_a_batch_goes_in(fresh_client: TestClient) -> None:
    before = documents(fresh_client)
    batch = [fresh("first of a batch"), *BAD_ITEMS, fresh("last of a batch")]
    reply = fresh_client.post("/v1/documents", json=batch)
    told = reply.json()["data"]
    assert reply.status_code == 201
    assert [item["index"] for item in told] == list(range(len(batch)))
    assert (told[0]["status"], told[-1]["status"]) == ("read", "read")
    assert {item["status"] for item in told[1:-1]} == {"refused", "failed"}
    assert all(item["reason"] for item in told[1:-1])
    assert "did you mean 'published'" in told[8]["reason"]
    assert documents(fresh_client) == before + 2


@pytest.mark.parametrize("item", BAD_ITEMS, ids=[json.dumps(item)[:30] for item in BAD_ITEMS])
def test_a_bad_document_alone_is_a_problem_and_leaves_nothing(fresh_client: TestClient, item: object) -> None:
    before = documents(fresh_client)
    body, headers = json.dumps(item), {"Content-Type": "application/json"}
    reply = fresh_client.post("/v1/documents", content=body, headers=headers)
    assert reply.status_code == 422
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json()["detail"]
    assert "Traceback" not in reply.text
    assert "ZeroDivision" not in reply.text
    assert documents(fresh_client) == before


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b'{"text": "caf\xe9"}', "not UTF-8"),
        ("{}".encode("utf-16"), "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[]", "no document"),
        (b'{"text": "half \\ud83d"}', "surrogate"),
        (b'{"text": ' + b"9" * 5000 + b"}", "too large a number"),
    ],
)
def test_a_body_that_is_no_json_is_a_problem(fresh_client: TestClient, body: bytes, says: str) -> None:
    reply = fresh_client.post("/v1/documents", content=body, headers={"Content-Type": "application/json"})
    assert reply.status_code == 422
    assert says in reply.json()["detail"]


def test_a_bad_line_among_good_ones_is_told_by_its_number(fresh_client: TestClient) -> None:
    lines = [json.dumps(fresh("line one")), "{broken", "", json.dumps(fresh("line four"))]
    reply = fresh_client.post(
        "/v1/documents", content="\n".join(lines).encode(), headers={"Content-Type": "application/jsonl"}
    )
    told = reply.json()["data"]
    assert [item["status"] for item in told] == ["read", "refused", "read"]
    assert told[1]["reason"].startswith("line 2: this is not JSON")


def test_a_body_that_a_foreign_page_may_send_is_refused(fresh_client: TestClient) -> None:
    reply = fresh_client.post("/v1/documents", content=b'{"text": "x"}', headers={"Content-Type": "text/plain"})
    assert reply.status_code == 415


def test_a_body_without_end_is_refused(fresh_client: TestClient) -> None:
    reply = fresh_client.post("/v1/documents", json={"text": "x" * 11_000_000})
    assert reply.status_code == 413
    assert reply.headers["content-type"] == "application/problem+json"


def test_five_megabytes_of_text_are_refused_with_the_mend(fresh_client: TestClient) -> None:
    reply = fresh_client.post("/v1/documents", json={"text": "word " * 1_000_000})
    assert reply.status_code == 422
    assert "send parts" in reply.json()["detail"]


def test_more_documents_than_the_limit_are_refused(fresh_client: TestClient) -> None:
    reply = fresh_client.post("/v1/documents", json=[GOOD] * 101)
    assert reply.status_code == 422
    assert "at most 100" in reply.json()["detail"]


def test_right_to_left_text_is_kept_as_it_came(fresh_client: TestClient) -> None:
    text = "قال الوزير \u200f«لا» يوم الاثنين.\u202e"
    told = fresh_client.post("/v1/documents", json={"text": text}).json()["data"][0]
    assert fresh_client.get(f"/v1/documents/{told['id']}").json()["data"]["text"] == text


def test_nothing_half_written_is_left_by_a_failure_in_the_middle(
    fresh_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the power went out")

    before = documents(fresh_client)
    with monkeypatch.context() as patched:
        patched.setattr("app.storage.events.insert", fail)
        assert fresh_client.post("/v1/documents", json=fresh("half")).status_code == 500
    assert documents(fresh_client) == before
    with fresh_client.app.state.program.begin() as conn:  # type: ignore[attr-defined]
        orphans = "SELECT count(*) FROM mention WHERE document_id NOT IN (SELECT id FROM document)"
        assert conn.execute(sql(orphans)).scalar_one() == 0
    assert fresh_client.post("/v1/documents", json=fresh("half")).status_code == 201


def test_the_list_is_newest_first_and_pages(client: TestClient) -> None:
    first = client.get("/v1/documents?limit=3").json()
    assert [row["id"] for row in first["data"]] == [4, 3, 2]
    cursor = first["meta"]["next_cursor"]
    assert [row["id"] for row in client.get(f"/v1/documents?limit=3&cursor={cursor}").json()["data"]] == [1]
    assert client.get("/v1/documents.csv?publisher=Harbour%20Wire").text.count("\r\n") == 2
    assert len(ARTICLES) == 4


def test_the_list_says_what_was_asked_and_how_many_there_are(client: TestClient) -> None:
    meta = client.get("/v1/documents?publisher=Harbour%20Wire&limit=5&f=json").json()["meta"]
    assert meta["query"] == {"publisher": "Harbour Wire", "limit": "5"}
    assert meta["description"] == "Documents of Harbour Wire, newest in the database first."
    assert (meta["matched"], meta["matched_exact"]) == (1, True)
    assert meta["coverage"]["from"] == "2006-11-11"
    assert client.get("/v1/documents?limit=3").json()["meta"]["matched"] == 4


def test_an_unknown_document_is_answered_with_the_newest(client: TestClient) -> None:
    (error,) = client.get("/v1/documents/999").json()["errors"]
    assert (error["parameter"], error["example"]) == ("document_id", "4")


def test_a_parameter_of_a_request_that_takes_none_is_refused(fresh_client: TestClient) -> None:
    before = documents(fresh_client)
    reply = fresh_client.post("/v1/documents?publisher=x", json=fresh("with a parameter"))
    assert reply.status_code == 400
    assert reply.json()["errors"][0]["parameter"] == "publisher"
    assert documents(fresh_client) == before


def test_an_answer_to_what_was_sent_says_what_it_is_and_offers_no_other_format(fresh_client: TestClient) -> None:
    reply = fresh_client.post("/v1/documents", json=fresh("described"), headers={"Accept": "text/csv"})
    assert reply.json()["meta"]["description"] == "What became of the documents that were sent: 1 read."
    assert "alternate" not in reply.headers["link"]


def test_a_publication_before_there_was_news_is_refused_with_the_mend(fresh_client: TestClient) -> None:
    reply = fresh_client.post("/v1/documents", json={**fresh("old"), "published": "0001-01-01"})
    assert reply.status_code == 422
    assert "lies before 1600" in reply.json()["detail"]


@pytest.mark.parametrize(("number", "status"), [("999999", 404), ("x", 400), ("9" * 30, 400), ("-1", 400)])
def test_an_unknown_document_is_not_found(client: TestClient, number: str, status: int) -> None:
    assert client.get(f"/v1/documents/{number}").status_code == status
