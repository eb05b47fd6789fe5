"""Timesketch: JSON Lines with message, datetime and what the time means. It knows instants only: each is a midnight in
UTC, and `timestamp_desc` says of which day and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.exports.as_json import dumps
from app.exports.table import Exporter, Record, Table
from app.exports.when import When, midnight, when


def write(table: Table) -> Iterator[bytes]:
    for record in table.records:
        yield dumps(_line(record, when(record), table.columns)) + b"\n"


def _line(record: Record, at: When, columns: tuple[str, ...]) -> dict[str, Any]:
    told = {name: record.get(name) for name in columns if name != "actors"}
    return {
        "message": f"{record['title']}: {record['evidence_text']}",
        "datetime": midnight(at.start),
        "timestamp_desc": _meaning(at),
        "actors": [actor["id"] for actor in record["actors"]],
        **told,
    }


def _meaning(at: When) -> str:
    if at.sure:
        return "Day of the event"
    bound = "First possible day" if at.opens else "Last possible day"
    return f"{bound} of the event ({at.words})"


TIMESKETCH = Exporter(
    "timesketch",
    "application/jsonl",
    write,
    left_out="links and meta; see the Link header",
    of_events=True,
    dated=True,
    negotiated=False,
    extension="timesketch.jsonl",
)
