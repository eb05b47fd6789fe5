"""What happened around a day: nearest first, with the distance as a range."""

from __future__ import annotations

import csv
import io

import pytest
from starlette.testclient import TestClient

from tests.integration.api.conftest import by_kind


def test_a_day_has_a_before_a_same_day_and_an_after(client: TestClient) -> None:
    data = client.get("/v1/around?date=2016-04-14&window=14d").json()["data"]
    assert [(event["kind"], event["days_min"], event["days_max"]) for event in data["before"]] == [
        ("delivery", 3, None)
    ]
    assert [event["kind"] for event in data["same_day"]] == ["visit"]
    assert [(event["kind"], event["days_min"], event["days_max"]) for event in data["overlapping"]] == [
        ("accusation", 0, 16)
    ]
    assert [(event["kind"], event["days_min"]) for event in data["after"]] == [("meeting", 1)]
    assert data["counts"] == {"before": 1, "same_day": 1, "overlapping": 1, "after": 1}
    assert data["pivot"]["date"] == "2016-04-14"
    assert data["window"] == "2016-03-31/2016-04-28"


def test_an_event_can_be_the_middle_and_is_not_around_itself(client: TestClient) -> None:
    meeting = by_kind(client.get("/v1/events?kind=meeting"), "meeting")
    data = client.get(f"/v1/around?event={meeting['id']}").json()["data"]
    assert data["pivot"]["event"] == meeting["id"]
    assert data["counts"]["same_day"] == 0
    assert [event["kind"] for event in data["before"]] == ["visit", "delivery"]


def test_an_event_before_a_day_is_a_middle_with_one_end(client: TestClient) -> None:
    delivery = by_kind(client.get("/v1/events?kind=delivery"), "delivery")
    data = client.get(f"/v1/around?event={delivery['id']}&window=all").json()["data"]
    assert data["pivot"] == {"date": "../2016-04-11", "earliest": None, "latest": "2016-04-11", "event": delivery["id"]}
    assert [event["kind"] for event in data["after"]] == ["visit", "meeting"]


def test_a_month_can_be_the_middle(client: TestClient) -> None:
    data = client.get("/v1/around?date=2016-04&window=all").json()["data"]
    assert [event["kind"] for event in data["before"]] == ["ultimatum"]
    assert {event["kind"] for event in data["overlapping"]} == {"delivery", "visit", "meeting", "accusation"}


def test_the_window_bounds_how_far_one_looks(client: TestClient) -> None:
    assert client.get("/v1/around?date=2016-04-15&window=all").json()["data"]["counts"]["before"] == 3
    assert client.get("/v1/around?date=2016-04-15&window=1d").json()["data"]["counts"]["before"] == 1
    assert client.get("/v1/around?date=2016-04-15&before=0").json()["data"]["counts"]["before"] == 0


def test_filters_hold_around_a_day_too(client: TestClient) -> None:
    data = client.get("/v1/around?date=2016-04-15&kind=delivery&actor=Russia").json()["data"]
    assert data["counts"] == {"before": 1, "same_day": 0, "overlapping": 0, "after": 0}


def test_the_table_holds_position_and_distance(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/v1/around.csv?date=2016-04-15").text, newline="")))
    assert [(row["kind"], row["position"], row["days_min"]) for row in rows] == [
        ("visit", "before", "1"),
        ("delivery", "before", "4"),
        ("meeting", "same_day", "0"),
        ("accusation", "overlapping", "0"),
    ]


def test_a_day_long_before_everything_is_answered_and_says_why_it_is_empty(client: TestClient) -> None:
    reply = client.get("/v1/around?date=1500-01-01&kind=ultimatum")
    assert reply.json()["data"]["counts"]["before"] == 0
    assert "outside_coverage" in [warning["code"] for warning in reply.json()["meta"]["warnings"]]


@pytest.mark.parametrize(
    "query", ["", "date=2016-04-15&event=x", "date=soon", "date=2016-04-15&window=far", "date=..", "date=../.."]
)
def test_a_middle_that_is_none_is_refused(client: TestClient, query: str) -> None:
    reply = client.get(f"/v1/around?{query}")
    assert reply.status_code == 400
    assert reply.json()["errors"][0]["parameter"] in ("date", "window")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "9999", "9999-12"])
@pytest.mark.parametrize("window", ["14d", "0d", "all"])
def test_the_ends_of_the_calendar_can_be_the_middle(client: TestClient, day: str, window: str) -> None:
    reply = client.get(f"/v1/around?date={day}&window={window}")
    assert reply.status_code == 200
    assert reply.json()["meta"]["matched"] == reply.json()["meta"]["returned"]


@pytest.mark.parametrize(
    "query", ["date=1700-01-01", "date=2016-04-15", "date=2016-04", "date=2016-04-14&window=all", "date=2006&window=1y"]
)
def test_what_is_matched_is_what_is_shown(client: TestClient, query: str) -> None:
    found = client.get(f"/v1/around?{query}").json()
    assert found["meta"]["matched"] == found["meta"]["returned"] == sum(found["data"]["counts"].values())
    assert found["meta"]["description"].endswith("nearest first.")


def test_a_bound_far_from_the_window_is_counted_and_not_shown(client: TestClient) -> None:
    reply = client.get("/v1/around?date=1700-01-01")
    warnings = {warning["code"]: warning["detail"] for warning in reply.json()["meta"]["warnings"]}
    assert warnings["one_end_known"].startswith("1 more events have one known end, outside of the window")
    assert warnings["one_end_known"] in reply.headers["dateline-left-out"]
    inside = client.get("/v1/around?date=2016-04-01/2016-04-05&window=14d").json()["data"]
    assert "delivery" in {event["kind"] for event in inside["overlapping"]}


def test_the_envelope_says_what_the_middle_was(client: TestClient) -> None:
    meta = client.get("/v1/around?date=2016-04-15&window=2w&kind=visit&f=json").json()["meta"]
    assert meta["query"] == {"date": "2016-04-15", "window": "2w", "kind": "visit"}
    assert meta["description"] == (
        "Around 15 April 2016: events of kind visit, possibly within 1 April 2016 – 29 April 2016, "
        "said to have happened, nearest first."
    )


def test_the_event_in_the_middle_is_not_counted(client: TestClient) -> None:
    meeting = by_kind(client.get("/v1/events?kind=meeting"), "meeting")
    meta = client.get(f"/v1/around?event={meeting['id']}").json()["meta"]
    assert meta["matched"] == meta["returned"]


def test_an_event_without_a_date_is_no_middle(client: TestClient) -> None:
    apology = by_kind(client.get("/v1/events?kind=apology"), "apology")
    assert client.get(f"/v1/around?event={apology['id']}").status_code == 400
    assert client.get("/v1/around?event=nosuchevent").status_code == 404
