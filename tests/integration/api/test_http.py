"""What holds for every address: errors, HEAD, headers, bad parameters, documentation."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.exports import EXPORTERS, OF_EVENTS, TABULAR, Exporter

LISTS = ["/v1/events", "/v1/around?date=2016-04-15", "/v1/actors", "/v1/actors/RUS/timeline", "/v1/documents"]
DATA = [*LISTS, "/v1/actors/RUS", "/v1/documents/1", "/v1/kinds", "/health"]
PAGES = ["/", "/events", "/around", "/around?date=2016-04-15", "/actors", "/actors?q=Rus", "/actors/RUS", "/documents"]
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("address", [*DATA, *PAGES, "/docs", "/openapi.json", "/static/style.css"])
def test_head_is_answered_as_get_without_a_body(client: TestClient, address: str) -> None:
    got, head = client.get(address), client.head(address)
    assert (got.status_code, head.status_code) == (200, 200)
    assert head.content == b""
    assert head.headers["content-type"] == got.headers["content-type"]


@pytest.mark.parametrize("address", DATA)
def test_every_answer_has_links_and_a_number(client: TestClient, address: str) -> None:
    reply = client.get(address)
    assert 'rel="self"' in reply.headers["link"]
    assert 'rel="describedby"' in reply.headers["link"]
    assert 'license>; rel="license"' in reply.headers["link"]
    assert reply.json()["meta"]["description"].endswith(".")
    assert set(reply.json()) == {"data", "links", "meta"}
    assert len(reply.headers["x-request-id"]) == 32


def test_any_page_may_read_and_none_may_write(client: TestClient) -> None:
    origin = {"Origin": "https://elsewhere.example"}
    reply = client.get("/v1/kinds", headers=origin)
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "Link" in reply.headers["access-control-expose-headers"]
    asked = {**origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    assert client.options("/v1/documents", headers=asked).status_code == 400


def test_long_answers_are_compressed(client: TestClient) -> None:
    assert client.get("/v1/kinds", headers={"Accept-Encoding": "gzip"}).headers["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("address", "parameter", "mend"),
    [
        ("/v1/events?knd=visit", "knd", "kind"),
        ("/v1/events?kind=ultimatun", "kind", "ultimatum"),
        ("/v1/events?modality=plannd", "modality", "planned"),
        ("/v1/events?sort=dat", "sort", "date"),
        ("/v1/events?f=cvs", "f", "csv"),
        ("/v1/events?fields=titel", "fields", "title"),
        ("/v1/events?actor=Rusia", "actor", "Russia"),
        ("/v1/events?facet=knid", "facet", "kind"),
        ("/v1/events?datetime=2017/2016", "datetime", "2016/2017"),
        ("/v1/around?dat=2016", "dat", "date"),
        ("/v1/kinds?fild=1", "fild", "fields"),
        ("/v1/actors/RUS/timeline?actor=IRN", "actor", None),
        ("/v1/events?limit=0", "limit", None),
        ("/v1/events?limit=many", "limit", None),
        ("/v1/events?min_confidence=2", "min_confidence", None),
        ("/v1/events?bbox=1,2,3", "bbox", None),
        ("/v1/events?bbox=nan,nan,nan,nan", "bbox", None),
        ("/v1/events?cursor=garbage", "cursor", None),
        ("/v1/events?sort=nearest", "sort", None),
        ("/v1/events?document=x", "document", None),
        ("/v1/events?dyad=RUS", "dyad", None),
        ("/v1/events?datetime=2016&start_date=2016", "start_date", None),
        ("/v1/events?as_of=now", "as_of", None),
        ("/v1/documents?status=red", "status", "read"),
        ("/v1/events?cameo=9999", "cameo", None),
        ("/v1/events?cameo=1o", "cameo", None),
        ("/v1/events?cameo=047", "cameo", "046"),
        ("/v1/events?country=Putin", "country", None),
        ("/v1/events?country=QQQ", "country", None),
        ("/v1/events?limit=5&limit=6", "limit", None),
        ("/v1/around?date=2016&date=2017", "date", None),
        ("/health?f=csv", "f", None),
    ],
)
def test_a_bad_parameter_is_named_with_its_mend(
    client: TestClient, address: str, parameter: str, mend: str | None
) -> None:
    reply = client.get(address)
    assert reply.status_code == 400, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    (error, *_) = reply.json()["errors"]
    assert error["parameter"] == parameter
    if mend:
        assert error["did_you_mean"] == mend


@pytest.mark.parametrize(
    ("address", "example"),
    [
        ("/v1/events?limit=many", "100"),
        ("/v1/events?min_confidence=2", "0.1"),
        ("/v1/panel?units=0", "20"),
    ],
)
def test_a_value_that_cannot_be_read_is_told_with_one_that_can(client: TestClient, address: str, example: str) -> None:
    (error,) = client.get(address).json()["errors"]
    assert error["example"] == example
    assert client.get(address.partition("=")[0] + "=" + example).status_code == 200


@pytest.mark.parametrize("address", ["/v1/events.xlsx", "/v1/nothing", "/v2/events", "/v1/events/a/b"])
def test_what_is_not_there_is_a_problem(client: TestClient, address: str) -> None:
    reply = client.get(address)
    assert reply.status_code == 404
    assert reply.json()["code"] == "not_found"


def test_a_wrong_address_is_answered_with_the_nearest(client: TestClient) -> None:
    (error,) = client.get("/v1/event").json()["errors"]
    assert error["did_you_mean"] == "/v1/events"
    (error,) = client.get("/v1/events.xlsx").json()["errors"]
    assert error["allowed"] == list(OF_EVENTS)
    (error,) = client.get("/v1/kinds.ics").json()["errors"]
    assert error["allowed"] == list(TABULAR)


def test_health_offers_only_what_it_can_serve(client: TestClient) -> None:
    reply = client.get("/health", headers={"Accept": "text/csv"})
    assert reply.headers["content-type"] == "application/json"
    assert "alternate" not in [link["rel"] for link in reply.json()["links"]]
    offered = [link["title"] for link in client.get("/v1/kinds").json()["links"] if link["rel"] == "alternate"]
    assert offered == [name for name in TABULAR if name != "json"]


def test_the_licence_of_the_answers_is_told(client: TestClient) -> None:
    assert "MIT" in client.get("/license").text


def test_each_operation_stands_under_one_tag(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert all(len(operation["tags"]) == 1 for methods in paths.values() for operation in methods.values())


@pytest.mark.parametrize("address", ["/v1/events?kind=ultimatun", "/events?kind=ultimatun"])
def test_a_browser_gets_a_page_that_helps_on(client: TestClient, address: str) -> None:
    reply = client.get(address, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert reply.status_code == 400
    assert reply.headers["content-type"].startswith("text/html")
    assert "Did you mean ultimatum?" in reply.text
    assert client.get(address).headers["content-type"] == "application/problem+json"


def test_a_method_that_is_not_taken_is_a_problem(client: TestClient) -> None:
    reply = client.delete("/v1/events")
    assert reply.status_code == 405
    assert reply.json()["status"] == 405


@pytest.mark.parametrize(
    ("method", "address", "taken"),
    [
        ("DELETE", "/v1/events", "GET, HEAD"),
        ("DELETE", "/v1/documents", "GET, HEAD, POST"),
        ("GET", "/v1/events/any/retract", "POST"),
        ("POST", "/ogc/collections", "GET, HEAD"),
        ("POST", "/events", "GET, HEAD"),
    ],
)
def test_a_method_that_is_not_taken_is_told_those_that_are(
    client: TestClient, method: str, address: str, taken: str
) -> None:
    reply = client.request(method, address)
    assert (reply.status_code, reply.headers["allow"]) == (405, taken)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("fields=" + "id," * 2_900, "fields"),
        ("fields=" + "id," * 600 + "id&limit=5", None),
        ("fields=" + "id," * 700, "fields"),
        ("q=" + "x" * 8_000, "q"),
        ("kind=visit&" + "y" * 8_000, "y" * 100),
        ("&".join(f"kind=visit{'&' * 50}" for _ in range(200)), None),
    ],
)
def test_a_question_may_not_be_endless(client: TestClient, query: str, parameter: str | None) -> None:
    """An answer's links repeat the question, several times."""
    reply = client.get(f"/v1/events?{query}")
    assert reply.status_code == (400 if parameter else 200)
    assert parameter is None or reply.json()["errors"][0]["parameter"] == parameter


def test_an_unexpected_error_says_nothing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr("app.storage.search.page_of_json", fail)
    reply = client.get("/v1/events?limit=983")  # which nothing has been answered to
    assert reply.status_code == 500
    assert "hunter2" not in reply.text
    assert reply.json()["request_id"] == reply.headers["x-request-id"]


NAMES = [
    "datetime", "start_date", "end_date", "match", "published", "as_of", "actor", "source", "target", "dyad", "country",
    "kind", "plover", "cameo", "modality", "status", "place", "bbox", "q", "document", "publisher", "min_confidence",
    "min_reports", "ids", "sort", "limit", "cursor", "count", "facet", "fields", "f", "dl", "excel", "date", "event",
    "window", "before", "after", "\0", "",
]  # fmt: skip
WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "",
            "-1",
            "0",
            "1e309",
            "NaN",
            "9" * 40,
            "!",
            "!,!",
            "..",
            "/",
            "2016/..",
            "0000-00-00",
            "\0",
            "%",
            "'; --",
            "!RUS",
            "RUS",
            "visit",
            "all",
            "2016",
            "WyJkYXRlIiwieCJd",
            "null",
            "[]",
            "eyJhIjoxfQ==",
            "-180,-90,180,90",
            "nearest",
            "W251bGwsbnVsbF0",
            "9999-12-31",
            "0001-01-01",
            "9999",
            "36525d",
            "true",
            *EXPORTERS,
            "1460592000000",
            "-9" * 8,
            "a" * 600,
        ]
    ),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(
        [
            "/v1/events",
            "/v1/events.grafana",
            "/v1/around",
            "/v1/actors/RUS/timeline",
            "/v1/actors",
            "/v1/documents",
            "/ogc/collections/events/items",
            "/",
        ]
    ),
    query=st.lists(st.tuples(st.sampled_from(NAMES), WORDS), max_size=4),
)
def test_no_parameter_at_all_breaks_the_service(client: TestClient, path: str, query: list[tuple[str, str]]) -> None:
    reply = client.get(f"{path}?{urlencode(query, errors='replace')}")
    unknown_event = 404 if "event" in dict(query) else 400
    assert reply.status_code in (200, 400, unknown_event), (query, reply.text)


# Each address that has pages, with the name of its order and the types of its keys.
PAGED: list[tuple[str, str, tuple[type, ...]]] = [
    *((f"/v1/events?sort={order}", order, (str, str)) for order in ("date", "-date", "-recorded", "-reports")),
    ("/v1/events?sort=nearest&datetime=2016-04", "nearest", (str, str)),
    ("/v1/actors/RUS/timeline?", "date", (str, str)),
    ("/v1/dyads/RUS/IRN?", "date", (str, str)),
    ("/ogc/collections/events/items?", "date", (str, str)),
    ("/v1/documents?", "documents", (str, int)),
    ("/v1/changes?", "changes", (int,)),
    ("/v1/chains/{event}?", "chain", (str, str, str)),
    ("/?", "-date", (str, str)),
]
KEYS = st.one_of(
    st.text(max_size=20),
    st.text(st.characters(categories=["Cs", "Cc", "Nd"]), max_size=5),
    st.dates().map(str),
    st.datetimes(timezones=st.timezones()).map(lambda told: told.isoformat()),
    st.sampled_from(
        ["infinity", "-infinity", "", "2016-W15-4", "20160414", "9" * 30, "0001-01-01T00:00:00+23:59", "later", "\0",
         "earlier", "\ud800", " 12 ", "1_0", "\u0661", "9999-12-31T23:59:59-23:59", "2016-04-14T24:00:00", "pdlg2xqa"]
    ),
)  # fmt: skip
NUMBERS = st.one_of(st.integers(), st.sampled_from([2**31, 2**63 - 1, 2**63, -(2**63) - 1, 10**400]))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paged=st.sampled_from(PAGED), told=st.data())
def test_no_cursor_at_all_breaks_the_service(
    client: TestClient, paged: tuple[str, str, tuple[type, ...]], told: st.DataObject
) -> None:
    """Whatever stands in the place of the keys, also in a cursor of the very form that is wanted."""
    path, order, types = paged
    event = client.get("/v1/events?limit=1").json()["data"][0]["id"]
    keys = [told.draw(NUMBERS if kind is int else KEYS) for kind in types]
    whole = told.draw(st.sampled_from([[order, *keys], keys, [order, *keys, None], {order: keys}, "[" * 350]))
    raw = whole if isinstance(whole, str) else json.dumps(whole, ensure_ascii=told.draw(st.booleans()))
    cursor = base64.urlsafe_b64encode(raw.encode("utf-8", "surrogatepass")).decode().rstrip("=")
    reply = client.get(f"{path.format(event=event)}&{urlencode({'cursor': cursor})}")
    assert reply.status_code in (200, 400), (raw, reply.text)


@pytest.mark.parametrize("key", ["\0", "\ud800", "a\0b"])
@pytest.mark.parametrize("path", ["/v1/events", "/ogc/collections/events/items", "/v1/actors/RUS/timeline"])
def test_a_cursor_with_what_no_text_has_is_refused(client: TestClient, path: str, key: str) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps(["date", "2010-01-01", key]).encode()).decode().rstrip("=")
    reply = client.get(f"{path}?cursor={cursor}")
    assert (reply.status_code, reply.json()["errors"][0]["parameter"]) == (400, "cursor")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(["/v1/events/", "/v1/actors/", "/v1/documents/", "/events/", "/actors/", "/documents/"]),
    name=WORDS,
)
def test_no_path_at_all_breaks_the_service(client: TestClient, path: str, name: str) -> None:
    reply = client.get(path + quote(name, safe="", errors="replace"))
    assert reply.status_code in (200, 400, 404), reply.text


def test_every_address_is_named_in_the_documentation(client: TestClient) -> None:
    taught = (ROOT / "docs" / "api.md").read_text("utf-8")
    missing = [path for path in client.get("/openapi.json").json()["paths"] if path not in taught]
    assert not missing


def test_every_parameter_is_named_in_the_documentation(client: TestClient) -> None:
    taught = (ROOT / "docs" / "api.md").read_text("utf-8")
    named = {parameter["name"] for _, _, parameter in parameters(client) if parameter["in"] == "query"}
    assert not [name for name in named if f"`{name}" not in taught]


@pytest.mark.parametrize("exporter", EXPORTERS.values(), ids=EXPORTERS)
def test_every_format_is_named_in_the_documentation(exporter: Exporter) -> None:
    taught = (ROOT / "docs" / "formats.md").read_text("utf-8")
    assert f"`{exporter.name}`" in taught
    assert f"`{exporter.media_type.partition(';')[0]}" in taught


def parameters(client: TestClient) -> list[tuple[str, str, dict[str, Any]]]:
    document = client.get("/openapi.json").json()
    return [
        (path, str(operation["operationId"]), parameter)
        for path, methods in document["paths"].items()
        for operation in methods.values()
        for parameter in operation.get("parameters", [])
    ]


def test_the_description_is_of_version_3_1_with_stable_names(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    names = [operation["operationId"] for methods in document["paths"].values() for operation in methods.values()]
    assert sorted(names) == [
        "around", "compare", "export_events", "get_actor", "get_actor_around", "get_actor_timeline", "get_chain",
        "get_document", "get_dyad", "get_event", "get_quality", "health", "histogram", "list_changes",
        "list_documents", "list_events", "list_kinds", "merge_events", "network", "panel", "restore_event",
        "retract_event", "send_documents", "sequence", "split_event", "suggest_actors", "trend",
    ]  # fmt: skip


def test_list_parameters_are_documented_as_comma_separated(client: TestClient) -> None:
    (kind,) = (p for path, _, p in parameters(client) if path == "/v1/events" and p["name"] == "kind")
    assert (kind["style"], kind["explode"]) == ("form", False)


def test_the_documentation_page_loads_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/docs")
    assert "http" not in page.text.replace("http-equiv", "")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for address in ("/static/swagger/swagger-ui-bundle.js", "/static/swagger/swagger-ui.css", "/static/docs.js"):
        assert address in page.text
        assert client.get(address).status_code == 200
