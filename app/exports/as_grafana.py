"""Rows for Grafana's annotations: epoch milliseconds, in UTC; the last belongs to the event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.exports.as_json import dumps
from app.exports.table import Exporter, Record, Table
from app.exports.when import midnight, when


def write(table: Table) -> Iterator[bytes]:
    yield dumps([_row(record) for record in table.records])


def _row(record: Record) -> dict[str, Any]:
    at = when(record)
    return {
        "time": epoch_ms(at.start),
        "timeEnd": epoch_ms(at.end) - 1,
        "title": record["title"],
        "text": f"{at.words}: “{record['evidence_text']}” {record['url']}",
        "tags": [record["kind"], record["modality"], *(actor["id"] for actor in record["actors"])],
        "id": record["id"],
    }


def epoch_ms(day: date) -> int:
    return int(midnight(day).timestamp()) * 1000


GRAFANA = Exporter(
    "grafana",
    "application/json",
    write,
    left_out="codes and scores",
    of_events=True,
    dated=True,
    negotiated=False,
    extension="grafana.json",
)
