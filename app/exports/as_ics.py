"""iCalendar (RFC 5545): a calendar to subscribe to. Events are whole days; DTEND is the day after the last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.domain.events import Status
from app.exports.printable import printable
from app.exports.table import Exporter, Record, Table
from app.exports.when import When, when

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//Dateline//Events//EN"
REFRESH = "PT1H"


def write(table: Table) -> Iterator[bytes]:
    from icalendar import Calendar  # imported when first needed: it takes longer than most of the start

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", "Dateline")
    calendar.add("x-wr-calname", "Dateline")
    calendar.add("x-wr-caldesc", " ".join([table.title, *(f"Left out: {part}." for part in table.left_out)]))
    calendar.add("x-published-ttl", REFRESH)
    host = urlsplit(table.link("self") or "").hostname or "dateline"
    for record in table.records:
        calendar.add_component(_event(record, when(record), host))
    yield calendar.to_ical()


def _event(record: Record, at: When, host: str) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{record['id']}@{host}")
    event.add("dtstamp", record["updated_at"])
    event.add("created", record["recorded_at"])
    event.add("last-modified", record["updated_at"])
    event.add("sequence", record["version"])
    event.add("dtstart", at.start)
    event.add("dtend", at.end)
    event.add("summary", _summary(record, at))
    event.add("description", printable(_description(record, at)))
    event.add("url", record["url"])
    event.add("status", _status(record, at))
    event.add("transp", "TRANSPARENT")
    event.add("categories", [record["kind_label"], record["modality"]])
    if record["place_name"]:
        event.add("location", printable(record["place_name"]))
    if record["latitude"] is not None and record["longitude"] is not None:
        event.add("geo", (record["latitude"], record["longitude"]))
    return event


def _summary(record: Record, at: When) -> str:
    """The title; where the day is not sure, with the words for its date, since a calendar shows days only."""
    title = printable(record["title"])
    return title if at.sure else f"{title} ({at.words})"


def _description(record: Record, at: When) -> str:
    publisher = record["publisher"] or record["source_url"] or "unknown publisher"
    source = f"{publisher}, {record['published_at'] or 'undated'}"
    return f"“{record['evidence_text']}”\n{source}\nDate: {at.words} ({record['date_edtf']})\n{record['url']}"


def _status(record: Record, at: When) -> str:
    if record["status"] == Status.RETRACTED:
        return "CANCELLED"
    return "CONFIRMED" if at.sure else "TENTATIVE"


ICS = Exporter(
    "ics",
    "text/calendar; charset=utf-8",
    write,
    left_out="actors, codes and scores",
    of_events=True,
    dated=True,
)
