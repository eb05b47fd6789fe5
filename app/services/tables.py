"""Events as tables: the columns of the wire, declared once, the same in every format and also when empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import Any

import pandas as pd

from app.domain.kinds import Kind
from app.domain.spans import TimeSpan
from app.storage.rows import EventRow

# Names and types of one event, in the order of the wire. A list column holds a list of text in each cell.
COLUMNS: Mapping[str, str] = {
    "id": "string",
    "kind": "string",
    "kind_label": "string",
    "plover": "string",
    "cameo": "string",
    "quad": "int64",
    "goldstein": "float64",
    "title": "string",
    "date_earliest": "datetime64[s]",
    "date_latest": "datetime64[s]",
    "date_edtf": "string",
    "date_precision": "string",
    "date_basis": "string",
    "date_text": "string",
    "source_ids": "object",
    "source_names": "object",
    "target_ids": "object",
    "target_names": "object",
    "actors": "object",
    "object": "string",
    "quantity": "string",
    "place_name": "string",
    "country": "string",
    "latitude": "float64",
    "longitude": "float64",
    "geo_precision": "string",
    "modality": "string",
    "attribution": "string",
    "confidence": "float64",
    "n_reports": "int64",
    "n_publishers": "int64",
    "status": "string",
    "role": "string",
    "evidence_text": "string",
    "document_id": "int64",
    "source_url": "string",
    "source_title": "string",
    "publisher": "string",
    "published_at": "string",
    "recorded_at": "datetime64[us, UTC]",
    "updated_at": "datetime64[us, UTC]",
    "version": "int64",
    "url": "string",
    "date_reported_edtf": "string",
    "date_planned_edtf": "string",
    "value_amount": "float64",
    "value_currency": "string",
    "instrument": "string",
    "deadline_edtf": "string",
}
# How far an event lies from the pivot, in days: from `days_min` to `days_max` (missing: no bound is known).
DISTANCE_COLUMNS: Mapping[str, str] = {
    "position": "string",
    "days_min": "Int64",
    "days_max": "Int64",
    "importance": "float64",
}
_STORED = tuple(name for name in COLUMNS if name in {field.name for field in fields(EventRow)})
_stored = attrgetter(*_STORED)
_LISTS = ("source_ids", "source_names", "target_ids", "target_names", "actors")
# What is fetched for the wire, in its order: in the places of the two that are not kept stand others, then overwritten.
_PLACED = tuple(COLUMNS)
STORED = tuple({"kind_label": "kind", "url": "id"}.get(name, name) for name in COLUMNS)
Record = dict[str, Any]


def records(rows: Iterable[EventRow], kinds: Mapping[str, Kind], base: str = "") -> list[Record]:
    """Rows as the wire has them: the keys of COLUMNS, with the codebook's label and the event's address."""
    return [_record(row, kinds, base) for row in rows]


def _record(row: EventRow, kinds: Mapping[str, Kind], base: str) -> Record:
    known = dict(zip(_STORED, _stored(row), strict=True))
    kind = kinds.get(row.kind)
    known["kind_label"] = kind.label if kind else row.kind
    known["url"] = f"{base}/v1/events/{row.id}"
    return {name: known[name] for name in COLUMNS}


def labels(kinds: Mapping[str, Kind]) -> dict[str, str]:
    """The kinds for people."""
    return {name: kind.label for name, kind in kinds.items()}


def of_columns(
    rows: Iterable[tuple[Any, ...]], kinds: Mapping[str, Kind], base: str, ready: Callable[[str], Any] | None = None
) -> list[Record]:
    """Tuples of STORED as records. `ready` takes lists that are JSON already, so that they go out as they came."""
    told = labels(kinds)
    address = f"{base}/v1/events/"
    found: list[Record] = []
    for row in rows:
        record: Record = dict(zip(_PLACED, row, strict=True))
        record["kind_label"] = told.get(record["kind"], record["kind"])
        record["url"] = address + record["id"]
        if ready:
            for name in _LISTS:
                record[name] = ready(record[name])
        found.append(record)
    return found


def frame(records: Iterable[Record], columns: Mapping[str, str] = COLUMNS) -> pd.DataFrame:
    """Records as a table with the declared columns and types, also when there are none."""
    listed = list(records)
    return pd.DataFrame(
        {name: _series([record.get(name) for record in listed], dtype) for name, dtype in columns.items()}
    )


def _series(values: list[Any], dtype: str) -> pd.Series[Any]:
    return pd.Series(values, dtype="object").astype(pd.api.types.pandas_dtype(dtype))


def distance(record: Record, pivot: TimeSpan) -> Record:
    """`days_min` and `days_max`: the least and the most days between an event and the pivot; None where no bound is
    known."""
    since_last = _days_between(pivot.last, record["date_earliest"])
    until_first = _days_between(pivot.start, record["date_latest"])
    # One that follows begins so many days after the pivot's last day; one that precedes ends so many before its first.
    least = max(0, *(days for days in (since_last, until_first and -until_first) if days is not None), 0)
    # The far ends apart; unknown where either of the two is open.
    most = None if since_last is None or until_first is None else max(-since_last, until_first)
    return {"days_min": least, "days_max": most}


def _days_between(first: date | None, second: date | None) -> int | None:
    return (second - first).days if first and second else None
