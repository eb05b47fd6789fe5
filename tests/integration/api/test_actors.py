"""Actors: suggestions, dossiers, timelines, and names that mean several."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient


def test_a_name_is_completed(client: TestClient) -> None:
    found = client.get("/v1/actors?q=krem").json()["data"]
    assert (found[0]["id"], found[0]["alias"]) == ("RUS", "Kremlin")


def test_without_a_name_the_most_active_come_first(client: TestClient) -> None:
    found = client.get("/v1/actors").json()["data"]
    assert {actor["id"] for actor in found[:2]} == {"RUS", "IRN"}


@pytest.mark.parametrize("name", ["RUS", "rus", "Russia", "Moscow", "the Kremlin", "Russian Federation"])
def test_any_usual_spelling_means_the_state(client: TestClient, name: str) -> None:
    assert client.get(f"/v1/actors/{name}").json()["data"]["id"] == "RUS"


def test_a_dossier_tells_counterparts_kinds_and_the_days_seen(client: TestClient) -> None:
    data = client.get("/v1/actors/RUS").json()["data"]
    assert data["counterparts"][0]["id"] == "IRN"
    assert {"kind": "ultimatum", "n": 1} in data["kinds"]
    assert data["first_seen"] == "2006-11-11"


def test_an_office_has_its_days(client: TestClient) -> None:
    found = client.get("/v1/actors/Vladimir%20Putin").json()["data"]
    assert any(office["state"] == "RUS" and office["from"] for office in found["offices"])


def test_a_timeline_is_in_the_order_of_days(client: TestClient) -> None:
    reply = client.get("/v1/actors/Russia/timeline")
    days = [record["date_earliest"] or record["date_latest"] or "9999" for record in reply.json()["data"]]
    assert days == sorted(days)
    assert days[0] == "2006-11-11"
    assert client.get("/v1/actors/RUS/timeline.csv?kind=ultimatum").text.count("\r\n") == 2


def test_a_state_stands_for_its_people(client: TestClient) -> None:
    assert "meeting" in {record["kind"] for record in client.get("/v1/actors/IRN/timeline").json()["data"]}


def test_an_unknown_actor_is_answered_with_the_nearest(client: TestClient) -> None:
    reply = client.get("/v1/actors/Rusia")
    assert reply.status_code == 404
    assert "did you mean Russia?" in reply.json()["detail"]
    (error,) = reply.json()["errors"]
    assert (error["parameter"], error["did_you_mean"]) == ("actor_id", "Russia")
    assert "RUS" in error["allowed"]
    assert client.get("/v1/actors/Qzxqzx/timeline").status_code == 404


def test_a_timelines_file_has_the_actors_name(client: TestClient) -> None:
    reply = client.get("/v1/actors/the%20Kremlin/timeline.csv?dl=1")
    assert reply.headers["content-disposition"] == 'attachment; filename="dateline-RUS-timeline.csv"'


def test_an_ambiguous_name_is_answered_with_the_candidates(client: TestClient) -> None:
    reply = client.get("/v1/events?actor=Bush")
    assert reply.status_code == 400
    assert reply.json()["code"] == "ambiguous_actor"
    assert len(reply.json()["errors"][0]["allowed"]) > 1


def test_around_a_day_for_the_actor_of_the_path(client: TestClient) -> None:
    asked = "date=2016-04-15&window=30d"
    own = client.get(f"/v1/actors/the%20Kremlin/around?{asked}").json()
    assert own["data"] == client.get(f"/v1/around?{asked}&actor=RUS").json()["data"]
    assert own["meta"]["resolved"][0]["id"] == "RUS"
    assert client.get(f"/v1/actors/RUS/around?{asked}&actor=IRN").json()["errors"][0]["parameter"] == "actor"
    assert client.get(f"/v1/actors/RUS/around.csv?{asked}").headers["content-type"].startswith("text/csv")
    assert client.get(f"/v1/actors/nobody-at-all/around?{asked}").status_code == 404
