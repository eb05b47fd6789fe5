"""Chains, changes, decisions and ids that another event stands for, over HTTP."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.storage.engine import make_engine
from tests.databases import temporary_database
from tests.scripted import TODAY, ScriptedReader

SIGNED = {"reason": "another year's visit", "name": "A. Archivist"}
CONTRACT = "agreement asserted 2007 RUS>IRN S-300 | A contract was signed for five batteries."
FROZEN = "suspension asserted 2010-09-22 RUS>IRN S-300 | By decree the missiles stay at home."
DELIVERED = "delivery asserted 2016-04-11 RUS>IRN S-300 | The first parts have come by sea."
OTHER = "delivery asserted 2016-04-11 RUS>IRN Tor-M1 | Another system came as well."
VISIT = "visit asserted 2016-04-14 IRN,jane-doe>RUS | The envoy had a long day with ministers and bankers of the town."
RETOLD = "visit asserted 2016-04-14 IRN,jane-doe>RUS | Somebody from the south was seen at noon, guards all about her."


EMPTIED = (
    "document, reprint, print_past, reading, event, event_actor, mention, mention_key, mention_past, event_version, "
    "event_successor, decision, verdict, retraction, change"
)


@pytest.fixture(scope="module")
def running(server_url: str) -> Iterator[tuple[TestClient, Engine]]:
    with temporary_database(server_url) as url:
        app = create_app(Settings(database_url=url, pool_size=4), reader=ScriptedReader(), today=lambda: TODAY)
        engine = make_engine(url, pool_size=1)
        with TestClient(app, raise_server_exceptions=False) as client:
            yield client, engine
        engine.dispose()


@pytest.fixture
def fresh(running: tuple[TestClient, Engine]) -> TestClient:
    """The application over a database without documents."""
    client, engine = running
    with engine.begin() as conn:
        conn.execute(text(f"TRUNCATE {EMPTIED} RESTART IDENTITY"))
    return client


def send(client: TestClient, *texts: str, month: int = 5) -> list[str]:
    """Each text by a paper of its own, a day after the one before; the events that they tell."""
    sent = [
        {"text": text, "publisher": f"Paper {n}", "published": f"2016-{month:02}-{n + 1:02}"}
        for n, text in enumerate(texts)
    ]
    reply = client.post("/v1/documents", json=sent)
    assert reply.status_code == 201, reply.text
    return [event["id"] for one in reply.json()["data"] for event in one["events"]]


def data(reply: Any) -> Any:
    assert reply.status_code == 200, reply.text
    return reply.json()["data"]


def test_a_matter_reads_as_one_from_its_contract_to_its_delivery(fresh: TestClient) -> None:
    contract, _, delivered, other = send(fresh, CONTRACT, FROZEN, DELIVERED, OTHER)
    for event in (contract, delivered):
        chain = data(fresh.get(f"/v1/chains/{event}"))
        assert (chain["object"], chain["actors"]) == ("S-300", ["IRN", "RUS"])
        assert [one["kind"] for one in chain["events"]] == ["agreement", "suspension", "delivery"]
        assert [one["type"] for one in chain["events"][-1]["relations"]] == ["fulfils"]
    assert [one["id"] for one in data(fresh.get(f"/v1/chains/{other}"))["events"]] == [other]
    assert fresh.get("/v1/chains/none").status_code == 404


@pytest.mark.parametrize("name", ["parquet", "arrow", "csv", "jsonl"])
def test_a_matter_is_a_table_too(fresh: TestClient, name: str) -> None:
    contract, *_ = send(fresh, CONTRACT, FROZEN)
    reply = fresh.get(f"/v1/chains/{contract}?f={name}")
    assert reply.status_code == 200, reply.text


@pytest.mark.parametrize("query", ["modality=all", "fields=actors", "fields=id,actors&sort=-date"])
def test_an_inferred_side_says_so_in_the_export_too(fresh: TestClient, query: str) -> None:
    guessed = "visit asserted 2016-04-14 ~IRN,jane-doe>~RUS | The envoy had a long day with ministers of the town."
    many = "talks asserted 2016-04-20 IRN,DEU,FRA>~RUS,CHN | The envoys of several states sat together at noon."
    send(fresh, guessed, many)
    exported = list(csv.reader(io.StringIO(fresh.get(f"/v1/export.csv?{query}").text)))
    assert exported == list(csv.reader(io.StringIO(fresh.get(f"/v1/events.csv?{query}&limit=1000").text)))
    assert str(exported).count(":inferred") == 3


def test_a_contract_of_which_only_before_is_known_stands_before_its_delivery(fresh: TestClient) -> None:
    contract, _, delivered = send(fresh, CONTRACT.replace(" 2007 ", " ../2016-05-01 "), FROZEN, DELIVERED)
    chain = [one["id"] for one in data(fresh.get(f"/v1/chains/{delivered}"))["events"]]
    assert len(chain) == 3
    assert chain.index(contract) < chain.index(delivered)


def test_a_matter_without_a_weapon_goes_on_from_step_to_step(fresh: TestClient) -> None:
    raid = "attack asserted 2016-04-01 RUS>IRN | A border post burnt down at night, and nobody was to blame at first."
    answer = "attack asserted 2016-04-08 IRN>RUS | Shells fell upon the harbour in the early hours of a rainy day."
    again = "attack asserted 2016-04-15 RUS>IRN | Jets were heard above the oil field, then came sirens."
    first, _, third = send(fresh, raid, answer, again)
    for event in (first, third):
        assert len(data(fresh.get(f"/v1/chains/{event}"))["events"]) == 3


def test_a_matter_of_many_events_leads_on_by_links(fresh: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    contract, *_ = send(fresh, CONTRACT)
    send(fresh, DELIVERED, month=6)
    monkeypatch.setattr("app.services.relating.MOST_IN_CHAIN", 1)
    first = fresh.get(f"/v1/chains/{contract}")
    assert [one["id"] for one in data(first)["events"]] == [contract]
    rest = fresh.get(first.links["next"]["url"])
    assert [one["kind"] for one in data(rest)["events"]] == ["delivery"]
    assert "next" not in rest.links
    assert [one["id"] for one in data(fresh.get(rest.links["prev"]["url"]))["events"]] == [contract]
    assert fresh.get(f"/v1/chains/{contract}?cursor=xyz").status_code == 400


def test_an_event_shows_its_relations_with_the_words_that_show_them(fresh: TestClient) -> None:
    contract, delivered = send(fresh, CONTRACT, DELIVERED)
    [relation] = data(fresh.get(f"/v1/events/{contract}"))["relations"]
    assert (relation["type"], relation["from"], relation["to"]) == ("fulfils", delivered, contract)
    assert [one["text"] for one in relation["evidence"]] == [DELIVERED, CONTRACT]
    assert relation["event"]["url"].endswith(delivered)


def test_a_split_is_asked_for_with_a_reason_and_a_name_and_is_kept(fresh: TestClient) -> None:
    event, _ = send(fresh, VISIT, RETOLD)
    first, second = data(fresh.get(f"/v1/events/{event}"))["reports"]
    made = data(fresh.post(f"/v1/events/{event}/split", json={**SIGNED, "reports": [second["id"]]}))
    assert made["reports"] == {
        str(first["id"]): event,
        str(second["id"]): next(id_ for id_ in made["events"] if id_ != event),
    }
    last = data(fresh.get(f"/v1/events/{event}"))["history"][-1]
    assert last["decision"] == {"id": made["decision"], "action": "split", "events": [], **SIGNED}
    nameless = fresh.post(f"/v1/events/{event}/split", json={"reports": [1], "reason": "why"})
    assert (nameless.status_code, nameless.json()["code"]) == (422, "bad_body")
    assert fresh.post(f"/v1/events/{event}/split", json={**SIGNED, "reports": [9]}).status_code == 400
    assert fresh.post("/v1/events/none/retract", json=SIGNED).status_code == 404


def test_an_id_that_is_no_more_answers_410_and_names_its_successor(fresh: TestClient) -> None:
    one, other = send(fresh, VISIT, DELIVERED)
    [event] = data(fresh.post(f"/v1/events/{other}/merge", json={**SIGNED, "events": [one]}))["events"]
    old = other if event == one else one
    for path in (f"/v1/events/{old}", f"/v1/chains/{old}", f"/v1/around?event={old}"):
        reply = fresh.get(path)
        assert (reply.status_code, reply.json()["code"]) == (410, "merged")
        assert event in reply.headers["Link"]
        assert 'rel="successor-version"' in reply.headers["Link"]
    assert fresh.post(f"/v1/events/{old}/retract", json=SIGNED).status_code == 410


def test_an_id_in_a_list_that_is_no_more_names_its_successor(fresh: TestClient) -> None:
    one, other = send(fresh, VISIT, DELIVERED)
    [event] = data(fresh.post(f"/v1/events/{other}/merge", json={**SIGNED, "events": [one]}))["events"]
    old = other if event == one else one
    notice = {"code": "merged", "detail": f"event {old} was merged into {event}: ask for that"}
    assert fresh.get(f"/v1/events?ids={old}").json()["meta"]["warnings"] == [notice]
    both = fresh.get(f"/v1/events?ids={old},{event}").json()
    assert ([found["id"] for found in both["data"]], both["meta"]["warnings"]) == ([event], [notice])


def test_what_two_actors_did_is_told_as_it_was_known_before_a_merge(
    fresh: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.api.caching.SETTLED", timedelta())
    one, other = send(fresh, VISIT, DELIVERED)
    before = fresh.get("/v1/changes").json()["data"][-1]["recorded_at"].replace("+00:00", "Z")
    paths = [f"/v1/{path}as_of={before}" for path in ("events?dyad=RUS,IRN&", "dyads/RUS/IRN?")]
    first = {path: fresh.get(path) for path in paths}
    assert {found["id"] for found in data(first[paths[0]])} == {one, other}
    data(fresh.post(f"/v1/events/{other}/merge", json={**SIGNED, "events": [one]}))
    for path, reply in first.items():
        again = fresh.get(path)
        assert (again.content, again.headers["etag"]) == (reply.content, reply.headers["etag"]), path


def test_what_is_retracted_is_left_out_but_was_known(fresh: TestClient) -> None:
    [event] = send(fresh, VISIT)
    before = fresh.get("/v1/changes").json()["data"][-1]["recorded_at"]
    data(fresh.post(f"/v1/events/{event}/retract", json=SIGNED))
    assert data(fresh.get("/v1/events")) == []
    assert [one["status"] for one in data(fresh.get(f"/v1/events?as_of={before}"))] == ["reported"]
    assert data(fresh.get(f"/v1/events/{event}?as_of={before}"))["status"] == "reported"
    assert data(fresh.get(f"/v1/events/{event}?status=retracted"))["status"] == "retracted"
    assert fresh.get(f"/v1/events/{event}?as_of=2000-01-01").status_code == 404


def test_a_retracted_event_is_gone_and_says_why_when_by_whom_and_how_it_comes_back(fresh: TestClient) -> None:
    [event] = send(fresh, VISIT)
    data(fresh.post(f"/v1/events/{event}/retract", json=SIGNED))
    for path in (f"/v1/events/{event}", f"/v1/events/{event}.ics", f"/ogc/collections/events/items/{event}"):
        gone = fresh.get(path)
        assert (gone.status_code, gone.json()["code"]) == (410, "retracted")
    told = gone.json()
    last = told["event"]["history"][-1]
    assert (last["decision"]["action"], told["event"]["status"]) == ("retract", "retracted")
    assert told["retracted"] == {"id": last["decision"]["id"], **SIGNED, "recorded_at": last["recorded_at"]}
    assert all(word in told["detail"] for word in (*SIGNED.values(), "status=retracted", "restore"))
    links = {one["rel"]: one["href"] for one in told["links"]}
    seen = data(fresh.get(links["alternate"]))
    assert (seen["id"], seen["history"]) == (event, told["event"]["history"])
    assert fresh.get(f"/v1/events/{event}.ics?status=retracted").text.count("STATUS:CANCELLED") == 1
    assert fresh.get(f"/v1/events/{event}?status=reported").status_code == 400
    page = fresh.get(f"/events/{event}")
    assert page.status_code == 200
    assert f"/v1/events/{event}?status=retracted" in page.text
    data(fresh.post(links["restore"], json=SIGNED))
    assert data(fresh.get(f"/v1/events/{event}"))["status"] == "reported"


@pytest.mark.parametrize("path", ["events?ids={}", "events?kind=visit", "histogram?interval=year&ids={}"])
def test_a_question_that_finds_only_what_was_retracted_says_so(fresh: TestClient, path: str) -> None:
    [event] = send(fresh, VISIT)
    data(fresh.post(f"/v1/events/{event}/retract", json=SIGNED))
    warnings = fresh.get(f"/v1/{path.format(event)}").json()["meta"]["warnings"]
    detail = "1 retracted; ask with status=retracted and modality=all"
    assert warnings == [{"code": "hidden_by_status", "detail": detail}]


PAST = (
    "events", "events/{event}", "documents", "documents/1", "chains/{event}", "export.csv", "histogram?interval=year",
    "around?date=2016-04-14", "events.ics", "events/{event}.ics", "actors/RUS/timeline", "dyads/RUS/IRN",
)  # fmt: skip


def test_what_was_known_at_an_instant_never_changes(fresh: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is sent or decided later: the same bytes, the same tag, and kept for ever."""
    monkeypatch.setattr("app.api.caching.SETTLED", timedelta())
    [event] = send(fresh, VISIT)
    before = fresh.get("/v1/changes").json()["data"][-1]["recorded_at"].replace("+00:00", "Z")
    paths = [path.format(event=event) for path in PAST]
    paths = [f"/v1/{path}{'&' if '?' in path else '?'}as_of={before}" for path in paths]
    first = {path: fresh.get(path) for path in paths}
    for path, reply in first.items():
        assert reply.status_code == 200, (path, reply.text)
        if reply.headers["content-type"] == "application/json":
            meta = reply.json()["meta"]
            assert meta["as_of"].replace("+00:00", "Z") == before, path
            assert meta["data_version"].startswith("as-of-"), path
    send(fresh, RETOLD, DELIVERED, month=6)
    data(fresh.post(f"/v1/events/{event}/retract", json=SIGNED))
    for path, reply in first.items():
        again = fresh.get(path)
        assert (again.content, again.headers["etag"]) == (reply.content, reply.headers["etag"]), path
        assert "immutable" in again.headers["cache-control"], path
        tag = fresh.head(path).headers["etag"]
        kept = fresh.get(path, headers={"If-None-Match": tag})
        assert (kept.status_code, "immutable" in kept.headers["cache-control"]) == (304, True), path


def test_an_instant_before_anything_was_recorded_says_since_when_there_is_something(fresh: TestClient) -> None:
    assert fresh.get("/v1/events?as_of=2000-01-01").json()["meta"]["warnings"][0]["code"] == "empty_database"
    send(fresh, VISIT)
    since = fresh.get("/v1/documents/1").json()["data"]["recorded_at"][:19]
    detail = f"nothing was recorded by 2000-01-01T00:00:00+00:00; what is kept was recorded since {since}+00:00"
    for path in ("events?", "documents?", "histogram?", "around?date=2016-04-14&"):
        warnings = fresh.get(f"/v1/{path}as_of=2000-01-01").json()["meta"]["warnings"]
        assert {"code": "before_first_record", "detail": detail} in warnings, path
    assert data(fresh.get("/v1/events?as_of=2100-01-01")) != []


def test_changes_are_clamped_and_empty_for_a_reason_that_is_told(fresh: TestClient) -> None:
    send(fresh, VISIT)
    meta = fresh.get("/v1/changes?limit=5000").json()["meta"]
    assert (meta["limit"], meta["warnings"][0]["code"]) == (1000, "limit_clamped")
    assert (meta["matched"], meta["matched_exact"]) == (1, True)
    later = fresh.get("/v1/changes?since=2100-01-01T00:00:00Z").json()["meta"]
    assert later["warnings"][0]["code"] == "no_change"
    assert later["warnings"][0]["detail"].startswith("nothing changed since 2100-01-01T00:00:00+00:00; the last change")


def test_documents_are_told_as_of_an_instant_and_actors_say_that_they_are_not(fresh: TestClient) -> None:
    send(fresh, VISIT)
    before = fresh.get("/v1/changes").json()["data"][-1]["recorded_at"]
    send(fresh, DELIVERED)
    reply = fresh.get(f"/v1/documents?as_of={before}").json()
    assert [(one["id"], one["n_events"]) for one in reply["data"]] == [(1, 1)]
    assert reply["meta"]["matched"] == 1
    assert reply["meta"]["warnings"] == []
    assert len(data(fresh.get("/v1/documents?as_of=2100-01-01"))) == 2
    assert data(fresh.get(f"/v1/documents/1?as_of={before}"))["evidence"]
    assert fresh.get(f"/v1/documents/2?as_of={before}").status_code == 404
    assert fresh.get("/v1/documents?as_of=then").json()["errors"][0]["parameter"] == "as_of"
    for path in ("/v1/actors", "/v1/actors/RUS"):
        refused = fresh.get(f"{path}?as_of={before}")
        assert (refused.status_code, refused.headers["content-type"]) == (400, "application/problem+json")
        assert "as it is known now" in refused.json()["errors"][0]["detail"]


def test_a_retraction_can_be_taken_back_and_both_stay_in_the_history(fresh: TestClient) -> None:
    [event] = send(fresh, VISIT)
    assert fresh.post(f"/v1/events/{event}/restore", json=SIGNED).status_code == 400
    data(fresh.post(f"/v1/events/{event}/retract", json=SIGNED))
    data(fresh.post(f"/v1/events/{event}/restore", json=SIGNED))
    found = data(fresh.get(f"/v1/events/{event}"))
    assert (found["status"], found["version"]) == ("reported", 3)
    assert [one["id"] for one in data(fresh.get("/v1/events"))] == [event]
    decided = [one["decision"]["action"] for one in found["history"] if one["decision"]]
    assert decided == ["retract", "restore"]


def test_a_chain_answers_as_it_was_known(fresh: TestClient) -> None:
    [contract] = send(fresh, CONTRACT)
    before = fresh.get("/v1/changes").json()["data"][-1]["recorded_at"]
    send(fresh, DELIVERED, month=6)
    assert [one["kind"] for one in data(fresh.get(f"/v1/chains/{contract}?as_of={before}"))["events"]] == ["agreement"]
    assert len(data(fresh.get(f"/v1/chains/{contract}"))["events"]) == 2
    assert fresh.get(f"/v1/chains/{contract}?as_of=2000-01-01").status_code == 404


def test_each_page_of_changes_leads_back_to_the_one_before(fresh: TestClient) -> None:
    send(fresh, VISIT, DELIVERED)
    send(fresh, RETOLD, month=6)
    address, seen = "/v1/changes?limit=1", list[list[int]]()
    while address:
        answer = fresh.get(address).json()
        seen.append([one["number"] for one in answer["data"]])
        address = link(answer, "next") if answer["meta"]["next_cursor"] else ""
    assert len(seen) > 2
    assert "next" not in [one["rel"] for one in answer["links"]]
    answer = fresh.get(link(answer, "later")).json()
    assert (answer["data"], answer["meta"]["next_cursor"]) == ([], None)
    for numbers in reversed(seen):
        answer = fresh.get(link(answer, "prev")).json()
        assert [one["number"] for one in answer["data"]] == numbers
    assert not [one for one in answer["links"] if one["rel"] in ("prev", "first")]


def link(answer: dict[str, Any], rel: str) -> str:
    (found,) = (one["href"] for one in answer["links"] if one["rel"] == rel)
    return str(found)


def test_changes_come_in_order_page_by_page_and_the_last_cursor_waits_for_more(fresh: TestClient) -> None:
    send(fresh, VISIT, DELIVERED)
    first = fresh.get("/v1/changes?limit=1").json()
    assert first["meta"]["next_cursor"] == first["meta"]["cursor"]
    rest = fresh.get(f"/v1/changes?cursor={first['meta']['next_cursor']}").json()
    assert [one["change"] for one in (*first["data"], *rest["data"])] == ["created", "created"]
    assert rest["meta"]["next_cursor"] is None
    none = fresh.get(f"/v1/changes?cursor={rest['meta']['cursor']}").json()
    assert (none["data"], none["meta"]["cursor"]) == ([], rest["meta"]["cursor"])
    send(fresh, RETOLD, month=6)
    [changed] = data(fresh.get(f"/v1/changes?cursor={none['meta']['cursor']}"))
    assert (changed["change"], changed["cause"]) == ("changed", "document 3")
    assert "n_reports" in changed["fields"]
    since = fresh.get(f"/v1/changes?since={changed['recorded_at']}").json()["data"]
    assert [one["number"] for one in since] == [changed["number"]]
    assert fresh.get("/v1/changes?cursor=xyz").status_code == 400
    with_table = fresh.get(f"/v1/changes.csv?cursor={none['meta']['cursor']}").headers["link"]
    assert 'rel="later"' in with_table
    assert 'rel="next"' not in with_table
    assert fresh.get("/v1/changes.csv").text.startswith("number,change,event_id")
