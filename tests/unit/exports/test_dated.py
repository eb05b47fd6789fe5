"""Formats that draw or schedule events, over spans of every kind, to the ends of the calendar."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree as ET

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.spans import LONGEST, Precision
from app.exports import EXPORTERS, Table
from app.exports.axis import MOST_TICKS, axis_of
from app.exports.when import is_dated, when

INSTANT = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
DAYS = st.one_of(st.dates(), st.sampled_from([date.min, date.max, date(1582, 10, 4), date(1969, 12, 31)]))


def record(first: date | None, last: date | None, precision: Precision, **other: Any) -> dict[str, Any]:
    told = {
        "id": "a", "kind": "visit", "kind_label": "Visit", "quad": 1, "title": "A <b> & \x07 title",
        "modality": "asserted", "date_earliest": first, "date_latest": last, "date_precision": str(precision),
        "date_edtf": "x", "actors": [{"id": "RUS", "name": "Russia", "type": "state", "role": "source"}],
        "place_name": None, "country": None, "latitude": None, "longitude": None,
        "confidence": 0.6, "n_reports": 1, "status": "reported",
        "evidence_text": "words \x07 & <more>", "source_url": None, "source_title": None, "publisher": None,
        "published_at": None, "recorded_at": INSTANT, "updated_at": INSTANT, "version": 1, "url": "http://x/v1/events/a",
    }  # fmt: skip
    return {**told, **other}


# These begin in certain months.
_FIXED = (Precision.SEASON, Precision.QUARTER)


@st.composite
def spans(draw: st.DrawFn) -> tuple[date | None, date | None, Precision]:
    """Bounds and a precision that can have them."""
    first, last = sorted([draw(DAYS), draw(DAYS)])
    ends: tuple[date | None, date | None] = draw(
        st.sampled_from([(first, last), (first, first), (None, last), (first, None)])
    )
    fits = [name for name in Precision if name not in LONGEST and name is not Precision.UNKNOWN]
    if None not in ends and ends[1] != date.max:
        days = (last - first).days + 1 if ends[1] == last else 1
        fits += [
            name for name, most in LONGEST.items() if days <= most and name not in (Precision.SEASON, Precision.QUARTER)
        ]
    return *ends, draw(st.sampled_from(fits))


@settings(max_examples=200, deadline=None)
@given(span=spans())
def test_no_span_breaks_a_format(span: tuple[date | None, date | None, Precision]) -> None:
    table = Table("events", ("id", "title"), [record(*span)])
    written = {name: b"".join(exporter.write(table)) for name, exporter in EXPORTERS.items() if exporter.dated}
    for name in ("timelinejs", "vis", "grafana", "timesketch"):
        json.loads(written[name])
    ET.fromstring(written["svg"])
    (event,) = icalendar.Calendar.from_ical(written["ics"]).walk("VEVENT")
    at = when(record(*span))
    assert event["dtstart"].dt <= at.last < event["dtend"].dt or at.last == date.max
    (row,) = json.loads(written["grafana"])
    assert row["time"] <= row["timeEnd"] + 1


@pytest.mark.parametrize(
    ("first", "last", "dated"), [(None, None, False), (None, date.max, True), (date.min, None, True)]
)
def test_one_known_end_is_a_date(first: date | None, last: date | None, dated: bool) -> None:
    assert is_dated(record(first, last, Precision.UNKNOWN)) is dated


def test_an_edge_of_a_year_is_told_as_that_year() -> None:
    (slide,) = json.loads(b"".join(EXPORTERS["timelinejs"].write(
        Table("events", (), [record(None, date(2018, 12, 31), Precision.BEFORE)])
    )))["events"]  # fmt: skip
    assert (slide["start_date"], slide["display_date"]) == ({"year": 2018}, "by 31 December 2018")


def test_a_crowded_picture_says_how_many_it_has_no_room_for() -> None:
    many = [record(date(2016, 4, 14), date(2016, 4, 14), Precision.DAY, id=f"e{n}") for n in range(50)]
    drawn = b"".join(EXPORTERS["svg"].write(Table("events", (), many))).decode()
    assert drawn.count("<rect") - 5 == 40
    assert "Left out: 10 more that this picture has no room for" in drawn


@settings(max_examples=100, deadline=None)
@given(first=DAYS, last=DAYS)
def test_an_axis_holds_its_days_and_few_ticks(first: date, last: date) -> None:
    first, last = min(first, last), max(first, last)
    axis = axis_of(first, last, 0, 100)
    assert 0 <= axis.x(first) <= axis.x(last) <= 100
    ticks = list(axis.ticks())
    assert 0 < len(ticks) <= MOST_TICKS + 2 or (last - first).days < 2
    assert all(0 <= axis.x(day) <= 100 for day, _ in ticks)


def test_a_picture_of_nothing_is_still_a_picture() -> None:
    ET.fromstring(b"".join(EXPORTERS["svg"].write(Table("events", (), []))))
