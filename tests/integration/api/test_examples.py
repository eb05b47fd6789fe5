"""Every example of the interface's description has an answer on the demonstration corpus, read by the real reader."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import app.api.describing
from app.api.params import EXAMPLE_DOCUMENT, EXAMPLE_DOCUMENT_CURSOR, EXAMPLE_EVENT, INSTEAD_OF
from app.api.snippets import HOME
from app.extraction.reading import load_reader
from app.main import create_app
from app.settings import Settings
from tests.databases import temporary_database

# What a question cannot be asked without.
WANTED = {
    "/v1/sequence": {"first": "request", "then": "refusal", "within": "1y", "same": "any"},
    "/v1/compare": {"actors": "RUS,IRN"},
}


def test_every_example_of_a_parameter_answers_with_data(demo: TestClient) -> None:
    empty = [request for request in examples(demo) if not has_data(demo, *request)]
    assert not empty


def questions(client: TestClient) -> Iterator[tuple[str, dict[str, str], list[dict[str, Any]]]]:
    """(address, what has to be asked, its parameters) of each GET."""
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        if "get" not in methods:
            continue
        told = methods["get"].get("parameters", [])
        address = path.format(**{one["name"]: one["example"] for one in told if one["in"] == "path"})
        yield address, {"date": "2016-04-15"} if path.endswith("/around") else WANTED.get(path, {}), told


def examples(client: TestClient) -> Iterator[tuple[str, dict[str, str]]]:
    """(address, query) for each parameter of each GET, with the value of its example."""
    for address, wanted, told in questions(client):
        yield address, wanted
        for parameter in (one for one in told if one["in"] == "query"):
            instead_of = parameter["schema"].get(INSTEAD_OF)
            others = {name: value for name, value in wanted.items() if name != instead_of}
            yield address, {**others, parameter["name"]: text_of(parameter["example"])}


# The requests whose answers the description shows.
SHOWN = {
    "list_events": ("/v1/events", "kind=ultimatum&limit=1"),
    "export_events": ("/v1/export.csv", "kind=ultimatum&fields=id,date_edtf,source_ids,target_ids"),
    "get_event": (f"/v1/events/{EXAMPLE_EVENT}", ""),
    "around": ("/v1/around", "date=2016-04-15&window=14d&kind=visit&before=1&after=1"),
    "suggest_actors": ("/v1/actors", "q=Putin&limit=2"),
    "get_actor": ("/v1/actors/RUS", "fields=id,name,type,first_seen,last_seen,n_events,timeline_url"),
    "get_actor_timeline": ("/v1/actors/RUS/timeline", "kind=ultimatum&limit=1"),
    "get_actor_around": ("/v1/actors/RUS/around", "date=2016-04-15&kind=visit&before=1&after=1"),
    "list_documents": ("/v1/documents", "limit=1"),
    "get_document": (f"/v1/documents/{EXAMPLE_DOCUMENT}", ""),
    "list_kinds": ("/v1/kinds", "fields=kind,label,plover,cameo"),
    "get_quality": ("/v1/quality", "fields=measure,set,part,value"),
    "health": ("/health", ""),
    "get_chain": (f"/v1/chains/{EXAMPLE_EVENT}", ""),
    "list_changes": ("/v1/changes", "limit=1&fields=event_id,change"),
    "histogram": ("/v1/histogram", "interval=year&actor=RUS&datetime=2015/2016"),
    "trend": ("/v1/trend", "interval=year&actor=RUS&datetime=2015/2016"),
    "sequence": ("/v1/sequence", "first=request&then=refusal&within=1y&same=any"),
    "network": ("/v1/network", "datetime=2016&links=2"),
    "panel": ("/v1/panel", "units=2&interval=year&datetime=2015/2016"),
    "compare": ("/v1/compare", "actors=RUS,IRN&datetime=2016"),
    "get_dyad": ("/v1/dyads/RUS/IRN", "kind=delivery&limit=1"),
}
# What is sent to a service of its own: two articles about one visit, and what people then decide of it.
TOLD: dict[str, Any] = {
    "text": "The foreign minister of Norway arrived in Tokyo on Monday for two days of talks.",
    "title": "Minister in Tokyo",
    "url": "https://news.example/minister-in-tokyo",
    "publisher": "The Example Courier",
    "published": "2024-05-07",
}
RETOLD: dict[str, Any] = {
    "text": "The Norwegian foreign minister visited Japan on 6 May, the ministry said.",
    "publisher": "The Meridian Wire",
    "published": "2024-05-08",
}


def signed(reason: str, **more: Any) -> dict[str, Any]:
    return {**more, "reason": reason, "name": "A. Archivist"}


@pytest.fixture(scope="module")
def answered(server_url: str) -> Iterator[dict[str, Any]]:
    """For each operation that writes what was sent and answered."""
    with temporary_database(server_url) as url:
        app = create_app(Settings(database_url=url), reader=load_reader(), today=lambda: date(2026, 1, 1))
        with TestClient(app) as client:
            given = {"send_documents": written(client, "/v1/documents", TOLD)}
            client.post("/v1/documents", json=RETOLD)
            (visit,) = client.get("/v1/events?kind=visit").json()["data"]
            event = f"/v1/events/{visit['id']}"
            first, second = (report["id"] for report in client.get(event).json()["data"]["reports"])
            split = written(client, f"{event}/split", signed("Another visit.", reports=[max(first, second)]))
            others = sorted({*split["body"]["data"]["events"]} - {visit["id"]})
            given |= {
                "split_event": split,
                "merge_events": written(client, f"{event}/merge", signed("It is one visit after all.", events=others)),
                "retract_event": written(client, f"{event}/retract", signed("The article was withdrawn.")),
                "restore_event": written(client, f"{event}/restore", signed("The article stands after all.")),
            }
            yield given


def written(client: TestClient, path: str, body: Any) -> dict[str, Any]:
    reply = client.post(path, json=body)
    assert reply.status_code in (200, 201), reply.text
    told = still(json.loads(reply.text.replace("http://testserver", HOME)))
    return {"path": path, "sent": body, "status": str(reply.status_code), "body": told}


# What differs from one database to the next although its texts are the same.
CLOCKS = {
    **dict.fromkeys(("recorded_at", "updated_at", "last_ingest"), "2026-11-26T12:00:00Z"),
    "data_version": "20261126T120000.000000Z-71",
}
DOCUMENT_CURSOR = r"WyJkb2N1bWVudHMi[\w-]+"  # a place in the order of recording
RECORDED = Path(app.api.describing.__file__).with_name("examples.json")


def test_the_answers_that_the_description_shows_are_those_that_are_given(
    demo: TestClient, answered: dict[str, Any], update: bool
) -> None:
    given = {name: shown(demo, path, query) for name, (path, query) in SHOWN.items()} | answered
    if update:
        RECORDED.write_text(json.dumps(given, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert json.loads(RECORDED.read_text("utf-8")) == given, "pytest --update records them again"


def shown(client: TestClient, path: str, query: str) -> dict[str, Any]:
    reply = client.get(f"{path}?{query}" if query else path)
    assert reply.status_code == 200, reply.text
    text = re.sub(DOCUMENT_CURSOR, EXAMPLE_DOCUMENT_CURSOR, reply.text.replace("http://testserver", HOME))
    body = still(json.loads(text)) if reply.headers["content-type"] == "application/json" else text
    return {"path": path, "query": query, "body": body}


def still(value: Any) -> Any:
    """The value with every clock at the same hour."""
    if isinstance(value, dict):
        return {name: CLOCKS[name] if name in CLOCKS else still(member) for name, member in value.items()}
    return [still(member) for member in value] if isinstance(value, list) else value


def test_every_operation_that_reads_shows_an_answer(demo: TestClient) -> None:
    document = demo.get("/openapi.json").json()
    asked = [methods["get"] for methods in document["paths"].values() if "get" in methods]
    reading = {operation["operationId"]: operation for operation in asked}
    for name, operation in reading.items():
        content = operation["responses"]["200"]["content"]
        answer = content["text/csv" if name == "export_events" else "application/json"]["example"]
        assert answer if isinstance(answer, str) else answer["data"], name
        assert "curl" in operation["description"], name


def test_every_operation_that_writes_shows_what_is_sent_and_answered(demo: TestClient) -> None:
    document = demo.get("/openapi.json").json()
    writing = [methods["post"] for methods in document["paths"].values() if "post" in methods]
    assert len(writing) == 5
    for operation in writing:
        assert operation["requestBody"]["content"]["application/json"]["example"], operation["operationId"]
        answers = [operation["responses"][status] for status in ("200", "201") if status in operation["responses"]]
        examples = [answer["content"]["application/json"].get("example") for answer in answers]
        assert [example["data"] for example in examples if example], operation["operationId"]


def test_every_snippet_answers_on_the_corpus(demo: TestClient) -> None:
    document = demo.get("/openapi.json").json()
    for operation in (methods["get"] for methods in document["paths"].values() if "get" in methods):
        for address in re.findall(rf"{HOME}([^'\"`]+)", operation["description"]):
            assert demo.get(address).status_code == 200, address


def test_the_guide_for_language_models_leads_to_answers(demo: TestClient) -> None:
    guide = demo.get("/llms.txt").text
    addresses = re.findall(r"\(http://testserver([^)]+)\)", guide)
    assert len(addresses) > 12
    assert not [address for address in addresses if demo.get(address).status_code != 200]


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
    if reply.status_code == 200 and reply.headers["content-type"].startswith("text/csv"):
        return len(reply.text.splitlines()) > 1
    if reply.status_code != 200 or reply.json()["meta"].get("n") == 0:
        return False
    data = reply.json()["data"]
    if isinstance(data, dict) and "counts" in data:
        return sum(data["counts"].values()) > 0
    if isinstance(data, dict):  # a conversation, a matter, a network
        return all(data[name] for name in ("events", "links") if isinstance(data.get(name), list))
    return bool(data)


@pytest.mark.parametrize(
    ("query", "kind"), [("kind=ultimatum", "ultimatum"), ("actor=the%20Kremlin&kind=delivery", "delivery")]
)
def test_what_the_corpus_tells_is_found(demo: TestClient, query: str, kind: str) -> None:
    assert kind in [record["kind"] for record in demo.get(f"/v1/events?{query}").json()["data"]]


def test_the_first_page_shows_the_corpus(demo: TestClient) -> None:
    assert demo.get("/").text.count("<article") == 50


# What few parameters take: a word, a name of several, numbers, a day that there is not.
BAD = ("zzzz", "Kim", "1,2", "2016-02-31")


def test_what_a_refusal_says_instead_is_not_refused(demo: TestClient) -> None:
    """For each parameter of each GET: the example and the suggestion of a 400 are answered."""
    refused = [mend for address, query, name in asked_for(demo) for mend in refused_mends(demo, address, query, name)]
    assert not refused


def asked_for(client: TestClient) -> Iterator[tuple[str, dict[str, str], str]]:
    """(address, what else has to be asked, parameter) for each parameter of each GET."""
    for address, wanted, told in questions(client):
        for parameter in (one for one in told if one["in"] == "query"):
            instead_of = parameter["schema"].get(INSTEAD_OF)
            others = {name: value for name, value in wanted.items() if name not in (instead_of, parameter["name"])}
            yield address, others, parameter["name"]


def refused_mends(client: TestClient, address: str, query: dict[str, str], name: str) -> Iterator[tuple[str, ...]]:
    for bad in BAD:
        reply = client.get(address, params={**query, name: bad})
        assert reply.status_code in (200, 400, 404), (address, name, bad)
        for fault in reply.json()["errors"] if reply.status_code == 400 else ():
            mends = [fault[key] for key in ("did_you_mean", "example") if key in fault]
            if not mends and not fault.get("allowed"):
                yield address, name, bad, "nothing is said instead"
            for mend in mends:
                if client.get(address, params={**query, fault["parameter"]: mend}).status_code == 400:
                    yield address, name, bad, mend


@pytest.mark.parametrize(
    ("address", "parameter", "mend"),
    [
        ("/v1/events?start_date=zzzz", "example", "2016-04-15"),
        ("/v1/events?start_date=2016/2017", "example", "2016-04-15"),
        ("/v1/events?start_date=2017&end_date=2016", "did_you_mean", "2016"),
        ("/v1/histogram?fields=zzzz", "example", "interval,start"),
        ("/v1/events?dyad=1,2", "example", "RUS,IRN"),
        ("/v1/events?dyad=Rusia,IRN", "did_you_mean", "Russia,IRN"),
        ("/v1/compare?actors=RUS,Irann", "did_you_mean", "RUS,Iran"),
        ("/v1/compare?periods=zzzz,2016", "example", "2014,2015"),
        ("/v1/events?country=Kim", "did_you_mean", None),
        ("/v1/events?country=Rusia", "did_you_mean", "Russia"),
        ("/v1/panel?datetime=2016-02-31", "example", "2016-04-01/2016-04-30"),
    ],
)
def test_an_example_is_of_its_parameter(demo: TestClient, address: str, parameter: str, mend: str | None) -> None:
    reply = demo.get(address)
    assert (reply.status_code, reply.json()["errors"][0].get(parameter)) == (400, mend)


def test_a_matter_is_the_same_from_each_of_its_events(demo: TestClient) -> None:
    """Whatever takes part in an event: what two states planned hangs together with what four of them did."""
    found = demo.get("/v1/events?kind=agreement,suspension&modality=all&limit=500&fields=id").json()["data"]
    chains = {one["id"]: _members(demo, one["id"]) for one in found}
    assert len(chains) > 50
    assert [
        (one, other) for one in chains for other in chains[one] & chains.keys() if chains[other] != chains[one]
    ] == []


def _members(client: TestClient, event_id: str) -> set[str]:
    return {one["id"] for one in client.get(f"/v1/chains/{event_id}").json()["data"]["events"]}
