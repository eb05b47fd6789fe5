"""TimelineJS 3: a timeline of slides. A date keeps its precision: no month or day is made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from typing import Any

from app.domain.spans import ONE_DAY, Precision
from app.exports.as_json import dumps
from app.exports.table import Exporter, Record, Table
from app.exports.when import When, when

_WHOLE_YEARS = (Precision.YEAR, Precision.DECADE)
_WHOLE_MONTHS = (Precision.MONTH, Precision.SEASON, Precision.QUARTER)


def write(table: Table) -> Iterator[bytes]:
    left_out = f"<p>Left out: {escape('; '.join(table.left_out))}</p>" if table.left_out else ""
    title = {"text": {"headline": "Dateline", "text": f"<p>{escape(table.title)}</p>{left_out}"}}
    yield dumps({"title": title, "events": [_slide(record, when(record)) for record in table.records]})


def _slide(record: Record, at: When) -> dict[str, Any]:
    slide: dict[str, Any] = {
        "unique_id": record["id"],
        "start_date": _date(at.start, at, opens=True),
        "display_date": at.words,
        "group": record["kind_label"],
        "text": {"headline": escape(record["title"]), "text": _text(record)},
    }
    end = _date(at.last, at, opens=False)
    return slide if end == slide["start_date"] else {**slide, "end_date": end}


def _date(day: date, at: When, *, opens: bool) -> dict[str, int]:
    """Year, year and month, or the day, as finely as it was told. A bound at the edge of a year is that year's."""
    precision = at.span.precision
    if at.open:
        opens = at.opens  # the one day that is known is of this end
    edge = day if opens else day + ONE_DAY if day < date.max else day
    if precision in _WHOLE_YEARS or (at.open and (edge.month, edge.day) == (1, 1)):
        return {"year": day.year}
    if precision in _WHOLE_MONTHS or (at.open and edge.day == 1):
        return {"year": day.year, "month": day.month}
    return {"year": day.year, "month": day.month, "day": day.day}


def _text(record: Record) -> str:
    """The words, and who said them, as HTML."""
    publisher = escape(record["publisher"] or "the document")
    return f'<p>“{escape(record["evidence_text"])}”</p><p><a href="{escape(record["url"])}">{publisher}</a></p>'


TIMELINEJS = Exporter(
    "timelinejs",
    "application/json",
    write,
    left_out="actors, codes and scores",
    of_events=True,
    dated=True,
    negotiated=False,
    extension="timelinejs.json",
)
