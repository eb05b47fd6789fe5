"""What happened around a day: nearest first, with the distance as a range."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.databases import temporary_database
from tests.integration.api.conftest import by_kind
from tests.scripted import TODAY, ScriptedReader


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


# -- what is usual, and what stands out ------------------------------------------------------------

STATES = ("USA", "GBR", "FRA", "DEU", "ITA", "ESP", "POL", "SWE", "FIN", "DNK", "NLD", "BEL")


def _usual() -> Iterator[str]:
    """Four visits in each month of 2015 and 2016, three of them in its first fortnight."""
    for month in range(24):
        for at, day in enumerate((3, 6, 9, 24)):
            told = f"{2015 + month // 12}-{month % 12 + 1:02}-{day:02}"
            yield f"visit asserted {told} {STATES[at]}>{STATES[-1 - at]} | A."


def _vague() -> Iterator[str]:
    """In the middle of November 2016 nothing on a day: three that were in that year, and a dozen with one end."""
    yield from (f"sale asserted 2016 {state}>RUS | B." for state in STATES[:3])
    yield from (f"sanction asserted ../2016-11-{15 + at % 3} {state}>NOR | C." for at, state in enumerate(STATES))


@pytest.fixture(scope="module")
def busy(server_url: str) -> Iterator[TestClient]:
    with temporary_database(server_url) as url:
        app = create_app(Settings(database_url=url), reader=ScriptedReader(), today=lambda: TODAY)
        with TestClient(app) as client:
            lines = "\n".join([*_usual(), *_vague()])
            assert client.post("/v1/documents", json={"text": lines, "published": "2017-01-05"}).status_code == 201
            yield client


def _around(client: TestClient, query: str) -> Any:
    return client.get(f"/v1/around?{query}").json()["data"]


def test_what_only_may_lie_in_a_window_is_not_compared_with_what_lies_in_months(busy: TestClient) -> None:
    """The baseline counts here as there: events whose whole date lies in the window."""
    quiet, usual = _around(busy, "date=2016-11-16&window=5d"), _around(busy, "date=2016-11-06&window=5d")
    assert sum(quiet["counts"].values()) == 15
    assert (quiet["baseline"]["n"], quiet["baseline"]["percentile"]) == (0, 0.0)
    assert (usual["baseline"]["n"], usual["baseline"]["percentile"]) == (3, 100.0)
    for query in ("date=2016-11-16&window=20d", "date=2016-05&window=2d", "date=2016-02&window=1m&kind=visit"):
        found = _around(busy, query)
        inside = busy.get(f"/v1/events?datetime={found['window']}&match=certain&{query.partition('&')[2][10:]}").json()
        assert found["baseline"]["n"] == inside["meta"]["matched"], query
    assert "whole date lies in the window, as in each of the months" in quiet["method"]


def test_no_actor_stands_out_by_events_that_are_not_among_those_tested(busy: TestClient) -> None:
    """Dates with one end are among neither: they named one actor more often than there were events."""
    found = _around(busy, "date=2016-11-16&window=14d")
    assert sum(found["counts"].values()) == 19
    assert [one["id"] for one in found["stand_out"]["actors"]] == ["RUS"]
    for query in ("date=2016-11-16&window=14d", "date=2016-11&window=3m"):
        told = _around(busy, query)["stand_out"]
        rows = [*told["kinds"], *told["actors"]]
        assert rows
        assert all(row["n"] <= row["of"] for row in rows)
        assert len({row["of"] for row in rows}) == 1
    assert "whose date has both ends" in found["method"]


def test_actors_are_compared_only_where_it_is_known_what_is_usual_of_them(busy: TestClient) -> None:
    """The sums by month know of kinds and of one actor; of other filters they would tell another question's figures."""
    asked = {"": False, "kind=visit": False, "actor=USA": False, "actor=USA&kind=visit": True, "min_reports=1": True}
    for query, told in asked.items():
        reply = busy.get(f"/v1/around?date=2016-11-16&window=14d&{query}").json()
        codes = [warning["code"] for warning in reply["meta"]["warnings"]]
        assert ("no_actors_compared" in codes) is told, query


@pytest.mark.parametrize("query", ["date=2016-11-15&window=5d", "date=2016-11-10/2016-11-20&window=5d"])
def test_a_list_that_is_cut_says_so(busy: TestClient, query: str) -> None:
    """`before` and `after` bound their lists as they are asked to, `limit` those of the day itself."""
    sides = "&before=1000&after=1000"
    whole, cut = (busy.get(f"/v1/around?{query}{sides}&limit={limit}") for limit in (100, 3))
    assert whole.json()["meta"]["matched"] == whole.json()["meta"]["returned"]
    assert "list_clamped" not in [warning["code"] for warning in whole.json()["meta"]["warnings"]]
    assert len(cut.json()["data"]["overlapping"]) == 3
    told = {warning["code"]: warning["detail"] for warning in cut.json()["meta"]["warnings"]}
    assert told["list_clamped"].startswith("overlapping: the first 3 are shown, and there are more")
    assert told["list_clamped"] in cut.headers["dateline-left-out"]
