"""Questions above a list: each answers in every format, says its method and its n, and counts what a list holds."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from starlette.testclient import TestClient

ASKED = [
    "histogram?interval=year", "histogram?interval=month&by=kind", "histogram?interval=day&datetime=2016-04",
    "trend?interval=month&datetime=2016", "trend?actor=RUS&interval=year", "trend?dyad=RUS,IRN&interval=quarter",
    "sequence?first=visit&then=meeting&within=30d&same=any", "sequence?first=visit&then=meeting&same=actor",
    "network?level=named", "network?level=state&links=5", "panel?unit=actor&units=3&interval=year",
    "panel?unit=dyad&interval=month&datetime=2016", "compare?actors=Russia,Iran", "compare?periods=2006,2016",
    "trend?q=visit", "histogram?modality=all&by=modality&interval=year",
]  # fmt: skip


def get(client: TestClient, path: str) -> Any:
    reply = client.get(f"/v1/{path}")
    assert reply.status_code == 200, reply.text
    return reply.json()


@pytest.mark.parametrize("path", ASKED)
def test_an_analysis_says_how_it_was_made(client: TestClient, path: str) -> None:
    meta = get(client, path)["meta"]
    assert len(meta["method"]) > 60
    assert meta["n"] >= 0
    assert meta["source"] in ("event", "event_day", "actor_month", "dyad_month")
    assert meta["description"].endswith(".")


@pytest.mark.parametrize("path", ASKED)
def test_all_tables_of_an_analysis_hold_the_same_rows(client: TestClient, path: str) -> None:
    name, query = path.split("?")
    found = get(client, path)["data"]
    rows = found["links"] if isinstance(found, dict) else found
    table = list(csv.DictReader(io.StringIO(client.get(f"/v1/{name}.csv?{query}").text, newline="")))
    lines = client.get(f"/v1/{name}?{query}&f=jsonl").text.splitlines()
    assert len(table) == len(lines) == len(rows)
    if rows:
        assert list(table[0]) == list(rows[0])


@pytest.mark.parametrize("path", [ASKED[0], ASKED[3], ASKED[6], ASKED[9], ASKED[10], ASKED[12]])
def test_an_analysis_can_be_had_as_a_picture(client: TestClient, path: str) -> None:
    name, query = path.split("?")
    drawn = client.get(f"/v1/{name}.svg?{query}")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert drawn.content == client.get(f"/v1/{path}&f=svg").content
    spec = client.get(f"/v1/{path}&f=vegalite")
    assert spec.json()["$schema"].endswith("v5.json")
    for reply in (drawn, spec):
        assert {"self", "license", "describedby"} <= {part.split('"')[1] for part in reply.headers["link"].split(", <")}
    rels = [(link["rel"], link.get("title")) for link in get(client, path)["links"]]
    assert ("alternate", "svg") in rels


def test_a_histogram_counts_what_the_list_holds(client: TestClient) -> None:
    years = get(client, "histogram?interval=year")["data"]
    for year in years:
        inside = get(client, f"events?datetime={year['interval']}&match=certain&count=exact")["meta"]["matched"]
        assert year["n_min"] == inside, year
        assert year["n_max"] >= inside


def test_dates_with_an_open_end_are_in_no_interval_and_are_told(client: TestClient) -> None:
    warnings = {warning["code"]: warning for warning in get(client, "histogram?interval=year")["meta"]["warnings"]}
    assert "one_end_known" in warnings


def test_a_network_has_the_ends_of_its_links_as_nodes(client: TestClient) -> None:
    data = get(client, "network")["data"]
    ends = {link[end] for link in data["links"] for end in ("source", "target")}
    assert ends == {node["id"] for node in data["nodes"]}
    assert all(0 <= node["betweenness"] <= 1 for node in data["nodes"])


def test_a_panel_is_balanced(client: TestClient) -> None:
    rows = get(client, "panel?unit=actor&units=5&interval=year")["data"]
    actors, years = {row["actor"] for row in rows}, {row["interval"] for row in rows}
    assert len(rows) == len(actors) * len(years) > 0


def test_the_conversation_of_a_pair_has_events_and_intensity(client: TestClient) -> None:
    data = get(client, "dyads/Russia/Iran")["data"]
    assert (data["a"]["id"], data["b"]["id"]) == ("RUS", "IRN")
    assert data["events"]
    assert sum(month["n"] for month in data["intensity"]) <= len(data["events"])


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("sequence?first=visit", "then"), ("sequence?first=visit&then=dancing", "then"),
        ("sequence?first=visit&then=meeting&within=0d", "within"), ("compare", "actors"),
        ("compare?actors=RUS", "actors"), ("compare?periods=2015/..,2016", "periods"),
        ("panel?interval=day", "interval"), ("panel?datetime=2016-04-03/2016-05-01", "datetime"),
        ("trend?limit=5", "limit"), ("histogram?by=weather", "by"), ("dyads/RUS/Russia", "b"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_with_its_parameter(client: TestClient, path: str, parameter: str) -> None:
    reply = client.get(f"/v1/{path}")
    assert reply.status_code == 400
    assert reply.json()["errors"][0]["parameter"] == parameter


def test_around_without_a_day_is_around_the_last_day_of_what_is_asked_for(client: TestClient) -> None:
    data = get(client, "around?actor=Russia")["data"]
    last = get(client, "events?actor=Russia&datetime=0001/9999&sort=-date&limit=1")["data"][0]
    assert data["pivot"]["earliest"] == last["date_earliest"]


def test_the_middle_is_the_known_end_of_a_date_with_one(client: TestClient) -> None:
    last = get(client, "events?kind=delivery&country=Iran&datetime=0001/9999&sort=-date&limit=1")["data"][0]
    assert (last["date_earliest"], last["date_latest"]) == (None, "2016-04-11")
    data = get(client, "around?actor=Iran&kind=delivery")["data"]
    assert data["pivot"]["date"] == "2016-04-11"
    assert data["window"] == "2016-03-28/2016-04-25"


def test_a_side_of_a_pair_that_nobody_knows_is_named(client: TestClient) -> None:
    reply = client.get("/v1/dyads/RUS/Nowhereland")
    assert (reply.status_code, reply.json()["errors"][0]["parameter"]) == (404, "b")


def test_around_links_to_its_neighbours(client: TestClient) -> None:
    links = {link["rel"]: link["href"] for link in get(client, "around?date=2016-04-15&window=14d")["links"]}
    assert "window=28d" in links["wider"]
    assert "window=7d" in links["narrower"]
    assert "date=2016-03-17" in links["earlier"]
    assert "date=2016-05-14" in links["later"]


def test_by_importance_the_weightiest_come_first(client: TestClient) -> None:
    data = get(client, "around?date=2016-04-20&window=1y&order=importance")["data"]
    weights = [event["importance"] for event in data["before"]]
    assert weights == sorted(weights, reverse=True)


EACH = [
    "histogram?interval=year", "trend?interval=year", "network?", "panel?interval=year",
    "sequence?first=visit&then=meeting&same=any", "compare?actors=RUS,IRN",
]  # fmt: skip


def told(client: TestClient, path: str) -> dict[str, str]:
    return {warning["code"]: warning["detail"] for warning in get(client, path)["meta"]["warnings"]}


@pytest.mark.parametrize("path", EACH)
@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("datetime=1900&match=certain", "outside_coverage"),
        ("actor=NZL", "no_event_of_actor"),
        ("q=nothing-of-the-kind", "no_match"),
        ("q=tanks", "hidden_by_modality"),
    ],
)
def test_an_analysis_of_nothing_says_why_as_a_list_does(client: TestClient, path: str, query: str, code: str) -> None:
    listed = told(client, f"events?{query}")
    if path.startswith("compare") and query.startswith("actor="):
        path, query = "compare?actors=NZL,TUV", ""
    if path.startswith("sequence") and code == "hidden_by_modality":
        path = "sequence?first=sale&then=meeting&same=any"
    found = told(client, f"{path}&{query}")
    assert code in listed
    assert code in found
    if code == "hidden_by_modality" and path.startswith(("histogram", "trend")):
        assert found[code] == listed[code] == "1: 1 planned; ask with modality=all"


def test_both_sides_of_a_comparison_say_why_they_are_empty(client: TestClient) -> None:
    found = get(client, "compare?actors=NZL,RUS")["meta"]
    detail = "no event of New Zealand (NZL) is kept"
    assert found["warnings"] == [{"code": "no_event_of_actor", "detail": detail}]
    assert [one["id"] for one in found["resolved"]] == ["NZL", "RUS"]
    assert "1900" not in told(client, "compare?periods=2006,2016")
    why = told(client, "compare?periods=1900,2016")
    assert why == {
        "outside_coverage": "1900: dated events are kept from 2006-11-11 to 2017-12-31",
        "only_possible": "2016: 1 more events may lie in this period, but not certainly, and are not counted",
    }


def test_a_sequence_says_which_of_its_kinds_is_not_there(client: TestClient) -> None:
    why = told(client, "sequence?first=visit&then=protest&same=any")
    assert why == {"no_match": "protest: no event fits all the filters: leave one out"}
    assert told(client, "sequence?first=visit&then=meeting&same=any") == {}
    both = get(client, "sequence?first=visit&then=meeting&same=any&datetime=1900")["meta"]["warnings"]
    assert [warning["code"] for warning in both] == ["outside_coverage"]


def test_what_is_found_and_not_counted_is_told_apart_from_nothing(client: TestClient) -> None:
    """A delivery by a day, with no first day, lies in no interval; a month is no day that another follows."""
    assert list(told(client, "histogram?interval=year&kind=delivery")) == ["one_end_known"]
    assert list(told(client, "sequence?first=accusation&then=visit&same=any")) == ["no_exact_day"]
