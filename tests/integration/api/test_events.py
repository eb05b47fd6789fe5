"""Lists of events: filters, windows, formats, pages, and what an empty answer says."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.schemas import EventAtDistance, EventOut
from app.services.tables import COLUMNS, DISTANCE_COLUMNS
from tests.integration.api.conftest import by_kind


def kinds(client: TestClient, query: str) -> list[str]:
    reply = client.get(f"/v1/events?{query}")
    assert reply.status_code == 200, reply.text
    return [record["kind"] for record in reply.json()["data"]]


def test_events_come_in_the_order_of_their_days(client: TestClient) -> None:
    # "by 11 April" is ordered by its last day, the month by its first; the undated one comes last
    assert kinds(client, "") == ["ultimatum", "accusation", "delivery", "visit", "meeting", "apology"]
    assert kinds(client, "sort=-date&limit=2")[0] in ("meeting", "apology")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=ultimatum", ["ultimatum"]),
        ("kind=visit,meeting", ["visit", "meeting"]),
        ("kind=visit&kind=meeting", ["visit", "meeting"]),
        ("kind=!visit,!meeting,!apology", ["ultimatum", "accusation", "delivery"]),
        ("datetime=2016-04-14", ["accusation", "visit"]),
        ("datetime=2006", ["ultimatum", "delivery"]),
        ("datetime=2016-04-12/2016-04-14&match=certain", ["visit"]),
        ("start_date=2016-04-14&end_date=2016-04-14&match=certain", ["visit"]),
        ("datetime=../2006-12", ["ultimatum", "delivery"]),
        ("actor=RUS&kind=visit", ["visit"]),
        ("actor=the%20Kremlin&kind=visit", ["visit"]),
        ("source=Russia", ["ultimatum", "accusation", "delivery"]),
        ("target=Iran", ["ultimatum", "accusation", "delivery"]),
        ("dyad=IRN,RUS&datetime=2006&match=certain", ["ultimatum"]),
        ("modality=planned", ["sale"]),
        ("modality=alleged", ["meeting"]),
        ("plover=THREATEN", ["ultimatum"]),
        ("cameo=04", ["visit", "meeting"]),
        ("country=RUS&kind=visit,ultimatum", ["ultimatum", "visit"]),
        ("country=France", []),
        ("bbox=37,55,38,56", ["visit"]),
        ("place=Moscow", ["visit"]),
        ("q=ultimatum", ["ultimatum"]),
        ("min_reports=2", ["visit"]),
        ("status=corroborated", ["visit"]),
        ("min_confidence=0.99", []),
        ("publisher=Harbour%20Wire&kind=!apology", ["visit"]),
        ("published=2016-04-16&kind=!apology", ["visit"]),
    ],
)
def test_filters_narrow_the_list(client: TestClient, query: str, found: list[str]) -> None:
    assert kinds(client, query) == found


def told_by(client: TestClient, kind: str, query: str = "") -> tuple[dict[str, Any], str]:
    """The one report of an event, and the text that it stands in."""
    record = by_kind(client.get(f"/v1/events?modality=all&kind={kind}"), kind)
    [report] = client.get(f"/v1/events/{record['id']}{query}").json()["data"]["reports"]
    return report, client.get(f"/v1/documents/{report['document']['id']}").json()["data"]["text"]


def test_a_report_tells_where_its_cue_stands(client: TestClient) -> None:
    report, text = told_by(client, "sale")
    assert report["cue"]["type"] == "TextPositionSelector"
    assert text[report["cue"]["start"] : report["cue"]["end"]] == "will"
    assert report["saying"] is None


@pytest.mark.parametrize("query", ["", "?as_of=2100-01-01T00:00:00Z"])
def test_a_report_tells_who_says_so_and_where(client: TestClient, query: str) -> None:
    report, text = told_by(client, "meeting", query)
    place = report["saying"]["attribution"]
    assert text[place["start"] : place["end"]] == report["attribution"] == "a source"
    assert (report["saying"]["speaker_ids"], report["saying"]["of_self"]) == (["source"], False)
    assert (report["cue"], report["saying"]["addressee"], report["saying"]["addressed"]) == (None, None, None)


def test_two_papers_that_tell_the_same_visit_tell_one_event(client: TestClient) -> None:
    visit = by_kind(client.get("/v1/events?kind=visit"), "visit")
    assert (visit["n_reports"], visit["n_publishers"], visit["status"]) == (2, 2, "corroborated")


def test_an_event_has_the_same_names_in_every_format(client: TestClient) -> None:
    whole = client.get("/v1/events").json()["data"]
    lines = [json.loads(line) for line in client.get("/v1/events.jsonl").text.splitlines()]
    rows = list(csv.DictReader(io.StringIO(client.get("/v1/events.csv").text, newline="")))
    assert lines == whole
    assert [row["id"] for row in rows] == [record["id"] for record in whole]
    assert list(rows[0]) == list(whole[0]) == list(COLUMNS)
    assert rows[0]["source_ids"] == "RUS"
    assert rows[3]["actors"] == "a-b-tehrani:source|RUS:target"  # Iran acts through its general


def test_the_documented_shape_is_the_shape_on_the_wire() -> None:
    assert list(EventOut.model_fields) == list(COLUMNS)
    assert set(EventAtDistance.model_fields) == set(COLUMNS) | set(DISTANCE_COLUMNS)


def test_the_documented_shape_holds_of_every_event(client: TestClient) -> None:
    for record in client.get("/v1/events?modality=all").json()["data"]:
        EventOut.model_validate(record)


def test_the_suffix_beats_the_parameter_and_that_the_header(client: TestClient) -> None:
    csv_type = "text/csv; charset=utf-8"
    accept = {"Accept": "application/x-ndjson"}
    assert client.get("/v1/events.csv?f=json", headers=accept).headers["content-type"] == csv_type
    assert client.get("/v1/events?f=csv", headers=accept).headers["content-type"] == csv_type
    assert client.get("/v1/events", headers=accept).headers["content-type"] == "application/jsonl"
    assert "Accept" in client.get("/v1/events").headers["vary"]


def test_a_spreadsheet_gets_a_file_without_formulas(client: TestClient) -> None:
    reply = client.get("/v1/events.csv?excel=1&dl=1&kind=ultimatum")
    assert reply.content.startswith(b"\xef\xbb\xbf")
    assert reply.headers["content-disposition"] == 'attachment; filename="dateline-events-kind-ultimatum.csv"'
    assert "Dateline-Left-Out" in reply.headers


def test_pages_hold_each_event_once(client: TestClient) -> None:
    seen: list[str] = []
    before: list[str] = []
    address: str | None = "/v1/events?limit=2&modality=all"
    while address:
        reply = client.get(address)
        seen += [record["id"] for record in reply.json()["data"]]
        previous = [link["href"] for link in reply.json()["links"] if link["rel"] == "prev"]
        assert previous == ([f"http://testserver{before[-1]}"] if before else [])
        assert ('rel="prev"' in reply.headers["link"]) == bool(before)
        before.append(address)
        following = [link["href"] for link in reply.json()["links"] if link["rel"] == "next"]
        assert ('rel="next"' in reply.headers["link"]) == bool(following)
        first = [link["href"] for link in reply.json()["links"] if link["rel"] == "first"]
        assert first == (["http://testserver/v1/events?limit=2&modality=all"] if "cursor" in address else [])
        address = following[0].removeprefix("http://testserver") if following else None
    assert len(seen) == len(set(seen)) == client.get("/v1/events?modality=all").json()["meta"]["matched"] == 7


def test_only_the_fields_that_were_asked_for_are_answered(client: TestClient) -> None:
    assert client.get("/v1/events.csv?fields=id,date_edtf&kind=ultimatum").text.splitlines()[0] == "id,date_edtf"


def test_facets_count_the_answer(client: TestClient) -> None:
    facets = client.get("/v1/events?facet=kind,modality").json()["meta"]["facets"]
    assert {"value": "alleged", "n": 1} in facets["modality"]


def test_the_envelope_says_what_was_asked_and_what_names_were_taken_for(client: TestClient) -> None:
    meta = client.get("/v1/events?actor=the%20Kremlin&kind=ultimatum&datetime=2006").json()["meta"]
    assert meta["resolved"] == [
        {"parameter": "actor", "asked": "the Kremlin", "id": "RUS", "name": "Russia", "type": "state"}
    ]
    assert meta["description"] == (
        "Events of Russia (RUS), of kind ultimatum, possibly in 2006, said to have happened, earliest first."
    )
    assert meta["query"] == {"actor": "the Kremlin", "kind": "ultimatum", "datetime": "2006"}
    assert meta["coverage"]["from"] == "2006-11-11"
    assert (meta["returned"], meta["matched"], meta["matched_exact"]) == (1, 1, True)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("datetime=1900&kind=visit", "outside_coverage"),
        ("actor=ISL", "no_event_of_actor"),
        ("kind=sale", "hidden_by_modality"),
        ("kind=ultimatum&datetime=2016", "no_match"),
    ],
)
def test_an_empty_answer_is_no_error_and_says_why(client: TestClient, query: str, code: str) -> None:
    reply = client.get(f"/v1/events?{query}")
    assert reply.status_code == 200
    assert reply.json()["data"] == []
    assert code in [warning["code"] for warning in reply.json()["meta"]["warnings"]]


def test_events_without_a_date_are_counted_where_a_window_leaves_them_out(client: TestClient) -> None:
    warnings = client.get("/v1/events?datetime=2016").json()["meta"]["warnings"]
    assert warnings[0] == {"code": "undated", "detail": "1 more events have no date that is known"}


def test_events_with_one_known_end_are_counted_where_they_may_lie_in_a_window(client: TestClient) -> None:
    found = client.get("/v1/events?datetime=1800").json()
    assert [record["kind"] for record in found["data"]] == ["delivery"]
    warnings = {warning["code"]: warning["detail"] for warning in found["meta"]["warnings"]}
    assert warnings["one_end_known"] == "1 of these events have a date of which one end is not known"
    assert warnings["outside_coverage"] == "dated events are kept from 2006-11-11 to 2017-12-31"
    certain = client.get("/v1/events?datetime=2016-04&match=certain").json()["meta"]["warnings"]
    assert [warning["code"] for warning in certain] == ["undated"]


@pytest.mark.parametrize("query", ["datetime=9999-12-31", "datetime=9999", "datetime=9999-12/9999-12-31", "datetime=1"])
def test_the_last_day_of_the_calendar_can_be_asked_for(client: TestClient, query: str) -> None:
    reply = client.get(f"/v1/events?{query}&kind=visit")
    assert reply.status_code == (400 if query == "datetime=1" else 200)
    assert client.get(f"/v1/documents?published={query[9:]}").status_code == reply.status_code


def test_all_to_the_last_day_of_the_calendar_are_all(client: TestClient) -> None:
    assert kinds(client, "datetime=0001-01-01/9999-12-31") == kinds(client, "kind=!apology")
    assert kinds(client, "datetime=0001-01-01") == ["delivery"]


def test_what_was_known_at_an_instant_is_told(client: TestClient) -> None:
    reply = client.get("/v1/events?as_of=2100-01-01T00:00:00Z").json()
    meta = reply["meta"]
    assert meta["warnings"] == []
    assert reply["data"] == client.get("/v1/events").json()["data"]
    assert "recorded by 2100-01-01T00:00:00+00:00" in meta["description"]
    assert client.get("/v1/events?as_of=2000-01-01T00:00:00Z").json()["data"] == []


@pytest.mark.parametrize("asked", ["RUS", "rus", "Russia"])
def test_a_country_is_a_place_or_a_side_and_is_resolved(client: TestClient, asked: str) -> None:
    meta = client.get(f"/v1/events?country={asked}").json()["meta"]
    assert meta["description"].startswith("Events in or with Russia (RUS), ")
    assert [(found["parameter"], found["asked"], found["id"]) for found in meta["resolved"]] == [
        ("country", asked, "RUS")
    ]


def test_what_the_answer_leaves_out_stands_in_its_headers(client: TestClient) -> None:
    assert "Dateline-Left-Out" not in client.get("/v1/events").headers
    undated = "1 more events have no date that is known"
    assert client.get("/v1/events?datetime=2016").headers["dateline-left-out"] == undated
    lines = client.get("/v1/events.csv?datetime=2016&limit=1").headers["dateline-left-out"]
    assert lines == f"links and meta; see the Link header; {undated}; later pages, see rel=next in the Link header"


def test_a_limit_above_the_most_is_clamped_and_said(client: TestClient) -> None:
    meta = client.get("/v1/events?limit=99999").json()["meta"]
    assert meta["limit"] == 1000
    assert meta["warnings"][0]["code"] == "limit_clamped"


def test_one_event_shows_its_reports_and_the_way_to_its_date(client: TestClient) -> None:
    visit = by_kind(client.get("/v1/events?kind=visit"), "visit")
    event = client.get(f"/v1/events/{visit['id']}").json()["data"]
    assert [report["document"]["publisher"] for report in event["reports"]] == ["The Example Courier", "Harbour Wire"]
    first = event["reports"][0]
    quotation, position = first["evidence"]["selector"]
    text = client.get(f"/v1/documents/{first['document']['id']}").json()["data"]["text"]
    assert text[position["start"] : position["end"]] == quotation["exact"]
    assert quotation["suffix"] == text[position["end"] : position["end"] + 32]
    words = event["date"]["selector"]
    assert text[words["start"] : words["end"]] == event["date"]["expression"] == "14 April 2016"
    assert event["date"]["explanation"] == "“14 April 2016”: as it stands, so 14 April 2016."
    assert first["link"] == (
        "https://courier.example/a-visit#:~:text=General%20Tehrani%20flew%20to%20Moscow%20on%2014%20April%202016"
    )


def test_the_day_of_the_saying_and_the_days_planned_stand_beside_the_date(client: TestClient) -> None:
    meeting = by_kind(client.get("/v1/events?kind=meeting"), "meeting")
    assert (meeting["date_reported_edtf"], meeting["date_planned_edtf"]) == ("2016-04-15", None)
    sale = by_kind(client.get("/v1/events?kind=sale&modality=all"), "sale")
    assert (sale["date_reported_edtf"], sale["date_planned_edtf"]) == (None, "2017")
    [report] = client.get(f"/v1/events/{sale['id']}").json()["data"]["reports"]
    assert (report["date"]["reported"], report["date"]["planned"]) == (None, "2017")


def test_a_date_from_one_of_several_days_of_publication_tells_them_all(client: TestClient) -> None:
    ultimatum = by_kind(client.get("/v1/events?kind=ultimatum"), "ultimatum")
    event = client.get(f"/v1/events/{ultimatum['id']}").json()["data"]
    assert event["date"]["alternatives"] == [
        {"edtf": "2006-11-11", "weight": 0.6, "reasons": ["the weekday agrees with 2006"]},
        {"edtf": "2017-11-11", "weight": 0.3, "reasons": ["<b>the weekday</b> agrees with 2017"]},
    ]


def test_an_unknown_event_is_not_found(client: TestClient) -> None:
    reply = client.get("/v1/events/nosuchevent")
    assert reply.status_code == 404
    assert reply.json()["errors"] == [{"parameter": "event_id", "detail": "no event has the id 'nosuchevent'"}]


@pytest.mark.parametrize("address", ["/v1/events/{}", "/v1/around?event={}"])
def test_an_id_with_a_slip_is_answered_with_the_right_one(client: TestClient, address: str) -> None:
    visit = by_kind(client.get("/v1/events?kind=visit"), "visit")["id"]
    reply = client.get(address.format(f"{visit[:-2].upper()}zz"))
    assert reply.status_code == 404
    (error,) = reply.json()["errors"]
    assert error["did_you_mean"] == visit
