"""Programs that one subscribes with: calendars and feed readers."""

from __future__ import annotations

from datetime import date

import feedparser
import httpx
import icalendar


def test_a_feed_reader_reads_atom(served: str) -> None:
    feed = feedparser.parse(f"{served}/v1/events.atom?actor=RUS&sort=-recorded")
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    whole = httpx.get(f"{served}/v1/events?actor=RUS&sort=-recorded").json()["data"]
    assert [entry.id.rpartition(":")[2] for entry in feed.entries] == [record["id"] for record in whole]
    visit = next(entry for entry in feed.entries if entry.title.startswith("Visit"))
    assert visit.title.endswith("(14 April 2016)")
    assert visit.summary == "General Tehrani flew to Moscow on 14 April 2016"
    assert {link.rel for link in visit.links} == {"alternate", "via"}


def test_a_feed_reader_that_has_the_feed_is_told_so(served: str) -> None:
    first = feedparser.parse(f"{served}/v1/events.atom")
    assert feedparser.parse(f"{served}/v1/events.atom", etag=first.etag).status == 304


def test_a_calendar_ends_on_the_day_after_the_last(served: str) -> None:
    reply = httpx.get(f"{served}/v1/events.ics?datetime=2016-04&match=certain")
    calendar = icalendar.Calendar.from_ical(reply.content)
    events = calendar.walk("VEVENT")
    assert len(events) == 3
    for event in events:
        assert isinstance(event["dtstart"].dt, date)
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert event["dtend"].dt > event["dtstart"].dt
        assert str(event["uid"]).endswith("@127.0.0.1")
    assert "certainly in April 2016" in calendar["x-wr-caldesc"]
    assert all(len(line) <= 75 for line in reply.content.split(b"\r\n"))
