"""vis-timeline: items and groups. An item's end is the day after its last; its classes tell how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from app.exports.as_json import dumps
from app.exports.table import Exporter, Record, Table
from app.exports.when import When, when

# Least confidence of each class, highest first.
_SURENESS = ((0.8, "sure"), (0.5, "likely"), (0.0, "unsure"))


def write(table: Table) -> Iterator[bytes]:
    records = list(table.records)
    labels = {record["kind"]: record["kind_label"] for record in records}
    yield dumps(
        {
            "items": [_item(record, when(record)) for record in records],
            "groups": [{"id": kind, "content": escape(label)} for kind, label in sorted(labels.items())],
            "left_out": table.left_out,
        }
    )


def _item(record: Record, at: When) -> dict[str, Any]:
    return {
        "id": record["id"],
        "group": record["kind"],
        "type": "range",
        "start": at.start,
        "end": at.end,
        "content": escape(record["title"]),
        "title": escape(f"{at.words}: “{record['evidence_text']}”"),
        "className": _classes(record, at),
        "url": record["url"],
    }


def _classes(record: Record, at: When) -> str:
    sureness = next(name for least, name in _SURENESS if record["confidence"] >= least)
    names = (
        f"kind-{record['kind']}",
        f"precision-{record['date_precision']}",
        f"confidence-{sureness}",
        f"modality-{record['modality']}",
        *(("open-end",) if at.open else ()),
    )
    return " ".join(name.replace("_", "-") for name in names)


VIS = Exporter(
    "vis",
    "application/json",
    write,
    left_out="actors, codes and scores",
    of_events=True,
    dated=True,
    negotiated=False,
    extension="vis.json",
)
