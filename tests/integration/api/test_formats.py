"""All formats of one question hold the same events, and each says what it leaves out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import icalendar
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from app.exports import EXPORTERS, OF_EVENTS, TABULAR
from app.services.tables import COLUMNS

Body = bytes
QUESTION = "modality=all"
_ATOM = "{http://www.w3.org/2005/Atom}"


def _csv(body: Body) -> list[str]:
    return [row["id"] for row in csv.DictReader(io.StringIO(body.decode(), newline=""))]


def _ics(body: Body) -> list[str]:
    return [str(event["uid"]).partition("@")[0] for event in icalendar.Calendar.from_ical(body).walk("VEVENT")]


def _atom(body: Body) -> list[str]:
    return [str(entry.findtext(f"{_ATOM}id")).rpartition(":")[2] for entry in ET.fromstring(body).iter(f"{_ATOM}entry")]


def _svg(body: Body) -> list[str]:
    links = ET.fromstring(body).iter("{http://www.w3.org/2000/svg}a")
    return [str(link.get("href")).rpartition("/")[2] for link in links]


def _lines(body: Body) -> list[str]:
    return [json.loads(line)["id"] for line in body.splitlines()]


def _each(*path: str | int) -> Callable[[Body], list[str]]:
    """Ids in JSON: the members before the list, then those in each of its members."""
    outer, inner = path[: path.index(0)], path[path.index(0) + 1 :]

    def ids(body: Body) -> list[str]:
        found = json.loads(body)
        for name in outer:
            found = found[name]
        return [_inside(member, inner) for member in found]

    return ids


def _inside(member: Any, path: tuple[str | int, ...]) -> str:
    for name in path:
        member = member[name]
    return str(member)


READERS: dict[str, Callable[[Body], list[str]]] = {
    "json": _each("data", 0, "id"),
    "csv": _csv,
    "jsonl": _lines,
    "parquet": lambda body: list(pq.read_table(pa.BufferReader(body))["id"].to_pylist()),
    "arrow": lambda body: list(pa.ipc.open_stream(body).read_all()["id"].to_pylist()),
    "geojson": _each("features", 0, "id"),
    "ics": _ics,
    "atom": _atom,
    "feed": _each("items", 0, "id"),
    "jsonld": _each("itemListElement", 0, "item", "identifier"),
    "timelinejs": _each("events", 0, "unique_id"),
    "vis": _each("items", 0, "id"),
    "grafana": _each(0, "id"),
    "timesketch": _lines,
    "svg": _svg,
}


@pytest.mark.parametrize("name", OF_EVENTS)
def test_every_format_of_one_question_holds_the_same_events(client: TestClient, name: str) -> None:
    whole = client.get(f"/v1/events?{QUESTION}").json()["data"]
    reply = client.get(f"/v1/events.{name}?{QUESTION}")
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"].partition(";")[0] == EXPORTERS[name].media_type.partition(";")[0]
    dated = [record["id"] for record in whole if record["date_earliest"] or record["date_latest"]]
    wanted = dated if EXPORTERS[name].dated else [record["id"] for record in whole]
    found = READERS[name](reply.content)
    if name == "svg":  # drawn in the order of its lanes
        found, wanted = sorted(found), sorted(wanted)
    assert found == wanted
    assert 0 < len(dated) < len(whole)
    undated = f"{len(whole) - len(dated)} of the matched events: no date is known"
    assert (undated in reply.headers.get("dateline-left-out", "")) == EXPORTERS[name].dated


@pytest.mark.parametrize("name", OF_EVENTS)
def test_every_format_of_nothing_is_still_whole(client: TestClient, name: str) -> None:
    reply = client.get(f"/v1/events.{name}?kind=withdrawal")
    assert reply.status_code == 200, reply.text
    assert READERS[name](reply.content) == []


@pytest.mark.parametrize("name", OF_EVENTS)
@pytest.mark.parametrize("address", ["/v1/events", "/v1/around?date=2016-04-15", "/v1/actors/RUS/timeline"])
def test_every_question_about_events_has_every_format(client: TestClient, address: str, name: str) -> None:
    reply = client.get(f"{address}{'&' if '?' in address else '?'}f={name}&dl=1")
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-disposition"].endswith(f'.{EXPORTERS[name].file_extension}"')
    assert {"self", "license", "describedby"} <= {part.split('"')[1] for part in reply.headers["link"].split(", <")}


@pytest.mark.parametrize("name", OF_EVENTS)
def test_one_event_has_every_format(client: TestClient, name: str) -> None:
    visit = client.get("/v1/events?kind=visit").json()["data"][0]["id"]
    assert client.get(f"/v1/events/{visit}.{name}").status_code == 200


@pytest.mark.parametrize("name", TABULAR)
@pytest.mark.parametrize("address", ["actors/RUS", "documents/1", "chains/EVENT"])
def test_one_thing_has_every_table_by_its_ending(client: TestClient, address: str, name: str) -> None:
    address = address.replace("EVENT", client.get("/v1/events?kind=visit").json()["data"][0]["id"])
    reply = client.get(f"/v1/{address}.{name}?dl=1")
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == EXPORTERS[name].media_type
    assert reply.headers["content-disposition"].endswith(f'.{EXPORTERS[name].file_extension}"')
    assert (
        reply.content == client.get(f"/v1/{address}?dl=1&f={name}").content or name == "json"
    )  # of which links differ


def test_a_name_with_a_dot_is_a_name(client: TestClient) -> None:
    assert client.get("/v1/actors/A. B. Tehrani").json()["data"]["id"] == "a-b-tehrani"
    assert client.get("/v1/actors/A. B. Tehrani.csv").text.startswith("id,name,")


def test_an_unknown_ending_of_one_thing_is_named(client: TestClient) -> None:
    reply = client.get("/v1/documents/1.xls")
    assert (reply.status_code, reply.json()["errors"][0]["parameter"]) == (404, "suffix")


def test_columns_of_parquet_have_their_types_also_when_there_are_none(client: TestClient) -> None:
    full = pq.read_schema(pa.BufferReader(client.get(f"/v1/events.parquet?{QUESTION}").content))
    none = pq.read_schema(pa.BufferReader(client.get("/v1/events.parquet?kind=withdrawal").content))
    assert full.names == list(COLUMNS)
    assert full.equals(none, check_metadata=False)
    assert str(full.field("date_earliest").type) == "date32[day]"
    assert str(full.field("recorded_at").type) == "timestamp[us, tz=UTC]"
    assert str(full.field("source_ids").type) == "list<element: string>"


def test_the_named_fields_are_the_columns_of_every_table(client: TestClient) -> None:
    asked = "fields=id,date_edtf&kind=visit"
    schema = pq.read_schema(pa.BufferReader(client.get(f"/v1/events.parquet?{asked}").content))
    assert schema.names == ["id", "date_edtf"]
    (feature,) = client.get(f"/v1/events.geojson?{asked}").json()["features"]
    assert list(feature["properties"]) == ["id", "date_edtf"]
    assert feature["geometry"]["coordinates"] == [37.62, 55.75]


def test_a_part_of_a_parquet_file_is_answered(client: TestClient) -> None:
    whole = client.get("/v1/events.parquet")
    head = client.head("/v1/events.parquet")
    assert head.headers["content-length"] == whole.headers["content-length"] == str(len(whole.content))
    assert head.headers["accept-ranges"] == "bytes"
    size = len(whole.content)
    for asked, first, last in [
        ("-8", size - 8, size - 1),
        ("0-3", 0, 3),
        ("4-", 4, size - 1),
        ("4-999999", 4, size - 1),
    ]:
        part = client.get("/v1/events.parquet", headers={"Range": f"bytes={asked}"})
        assert part.status_code == 206
        assert part.content == whole.content[first : last + 1]
        assert part.headers["content-range"] == f"bytes {first}-{last}/{size}"
    beyond = client.get("/v1/events.parquet", headers={"Range": f"bytes={size}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{size}")
    assert client.get("/v1/events.parquet", headers={"Range": "bytes=0-1,4-5"}).content == whole.content


def test_a_part_of_another_answer_is_not_mixed_in(client: TestClient) -> None:
    tag = client.get("/v1/events.parquet").headers["etag"]
    same = client.get("/v1/events.parquet", headers={"Range": "bytes=0-3", "If-Range": tag})
    other = client.get("/v1/events.parquet", headers={"Range": "bytes=0-3", "If-Range": '"old"'})
    assert (same.status_code, other.status_code) == (206, 200)


def test_a_calendar_has_whole_days_and_says_what_is_not_sure(client: TestClient) -> None:
    body = client.get("/v1/events.ics").content
    events = {str(event["summary"]): event for event in icalendar.Calendar.from_ical(body).walk("VEVENT")}
    visit = next(event for title, event in events.items() if title.startswith("Visit"))
    assert (visit["dtstart"].dt.isoformat(), visit["dtend"].dt.isoformat()) == ("2016-04-14", "2016-04-15")
    assert (str(visit["status"]), visit["sequence"]) == ("CONFIRMED", 2)
    month = next(event for title, event in events.items() if title.startswith("Accusation"))
    assert (month["dtstart"].dt.isoformat(), month["dtend"].dt.isoformat()) == ("2016-04-01", "2016-05-01")
    assert (str(month["status"]), str(month["summary"]).endswith("(April 2016)")) == ("TENTATIVE", True)


def test_a_timeline_invents_no_month_and_no_day(client: TestClient) -> None:
    slides = client.get("/v1/events.timelinejs?modality=all").json()["events"]
    dates = {slide["display_date"]: (slide["start_date"], slide.get("end_date")) for slide in slides}
    assert dates["14 April 2016"] == ({"year": 2016, "month": 4, "day": 14}, None)
    assert dates["April 2016"] == ({"year": 2016, "month": 4}, None)
    assert dates["2017"] == ({"year": 2017}, None)
    assert dates["by 11 April 2016"] == ({"year": 2016, "month": 4, "day": 11}, None)


def test_an_item_ends_on_the_day_after_its_last_and_its_classes_tell_how_sure_it_is(client: TestClient) -> None:
    (item,) = client.get("/v1/events.vis?kind=accusation").json()["items"]
    assert (item["start"], item["end"]) == ("2016-04-01", "2016-05-01")
    assert {"kind-accusation", "precision-month", "confidence-sure"} <= set(item["className"].split())


def test_grafana_asks_and_is_answered_in_milliseconds(client: TestClient) -> None:
    start, end = 1_460_592_000_000, 1_460_678_399_999  # 14 April 2016
    asked = f"start_date={start}&end_date={end}&match=certain"
    (row,) = client.get(f"/v1/events?f=grafana&{asked}").json()
    assert (row["time"], row["timeEnd"]) == (start, end)
    assert row["tags"][0] == "visit"
    assert client.get(f"/v1/events.grafana?datetime={start}/{end}&match=certain").json() == [row]
    assert client.get(f"/v1/events?f=json&{asked}").status_code == 400


def test_a_line_of_timesketch_says_what_its_instant_means(client: TestClient) -> None:
    lines = [json.loads(line) for line in client.get("/v1/events.timesketch").content.splitlines()]
    meanings = {line["kind"]: (line["datetime"], line["timestamp_desc"]) for line in lines}
    assert meanings["visit"] == ("2016-04-14T00:00:00Z", "Day of the event")
    assert meanings["delivery"][1] == "Last possible day of the event (by 11 April 2016)"


def test_schema_org_is_told_a_month_as_a_month(client: TestClient) -> None:
    items = client.get("/v1/events.jsonld").json()["itemListElement"]
    dates = {item["item"]["additionalType"]: item["item"].get("startDate") for item in items}
    assert (dates["visit"], dates["accusation"], dates["delivery"]) == ("2016-04-14", "2016-04", None)
    assert items[0]["item"]["subjectOf"]["@type"] == "NewsArticle"


def test_markup_in_a_text_stays_text(fresh_client: TestClient) -> None:
    text = "Moscow gave Tehran an ultimatum on 11 November 2006"
    sent = {"text": f"{text}.", "publisher": "<script>alert(1)</script>\u00a0& Co", "published": "2006-11-12"}
    assert fresh_client.post("/v1/documents", json=sent).status_code == 201
    for name in ("timelinejs", "vis"):
        assert "<script>" not in fresh_client.get(f"/v1/events.{name}").text
    for name in ("atom", "svg"):
        ET.fromstring(fresh_client.get(f"/v1/events.{name}").content)


def test_a_list_tells_each_event_as_it_is_told_alone(client: TestClient) -> None:
    for listed in client.get(f"/v1/events?{QUESTION}&limit=50").json()["data"]:
        alone = client.get(f"/v1/events/{listed['id']}").json()["data"]
        assert listed == {name: alone[name] for name in COLUMNS}
        assert list(listed) == list(COLUMNS)
