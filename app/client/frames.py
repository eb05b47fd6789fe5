"""Records as tables whose columns and types are declared, also when there are no rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

Record = Mapping[str, Any]
DAY = "datetime64[s]"  # reaches back before 1677, as nanoseconds do not
INSTANT = "datetime64[us, UTC]"
LIST = "object"  # a list in each cell
Columns = Mapping[str, str]

EVENTS: Columns = {
    "id": "string",
    "kind": "category",
    "kind_label": "category",
    "plover": "category",
    "cameo": "category",
    "quad": "Int64",
    "goldstein": "float64",
    "title": "string",
    "date_earliest": DAY,
    "date_latest": DAY,
    "date_edtf": "string",
    "date_precision": "category",
    "date_basis": "category",
    "date_text": "string",
    "source_ids": LIST,
    "source_names": LIST,
    "target_ids": LIST,
    "target_names": LIST,
    "actors": LIST,
    "object": "string",
    "quantity": "string",
    "place_name": "string",
    "country": "category",
    "latitude": "float64",
    "longitude": "float64",
    "geo_precision": "category",
    "modality": "category",
    "attribution": "string",
    "confidence": "float64",
    "n_reports": "Int64",
    "n_publishers": "Int64",
    "status": "category",
    "role": "category",
    "evidence_text": "string",
    "document_id": "Int64",
    "source_url": "string",
    "source_title": "string",
    "publisher": "category",
    "published_at": "string",
    "recorded_at": INSTANT,
    "updated_at": INSTANT,
    "version": "Int64",
    "url": "string",
    "date_reported_edtf": "string",
    "date_planned_edtf": "string",
    "value_amount": "float64",
    "value_currency": "string",
    "instrument": "string",
    "deadline_edtf": "string",
}
AROUND: Columns = {**EVENTS, "position": "category", "days_min": "Int64", "days_max": "Int64"}
ACTORS: Columns = {
    "id": "string",
    "name": "string",
    "type": "category",
    "state": "category",
    "alias": "string",
    "exact": "boolean",
    "score": "float64",
    "n_events": "Int64",
    "url": "string",
}
DOCUMENTS: Columns = {
    "id": "Int64",
    "title": "string",
    "source_url": "string",
    "publisher": "category",
    "published_at": "string",
    "language": "category",
    "status": "category",
    "length": "Int64",
    "n_events": "Int64",
    "sha256": "string",
    "recorded_at": INSTANT,
    "url": "string",
}
OUTCOMES: Columns = {
    "index": "Int64",
    "status": "category",
    "id": "Int64",
    "language": "category",
    "published": "string",
    "reason": "string",
    "events": LIST,
    "url": "string",
}


def frame(records: Sequence[Record], columns: Columns, only: Sequence[str] = ()) -> pd.DataFrame:
    """A table with the declared columns, and those that a newer service adds; `only` names the ones that were asked."""
    added = [name for record in records[:1] for name in record if name not in columns]
    names = list(only) or [*columns, *added]
    return pd.DataFrame(
        {name: _series([record.get(name) for record in records], columns.get(name)) for name in names}, columns=names
    )


def _series(values: list[Any], dtype: str | None) -> pd.Series[Any]:
    if dtype is None:
        return pd.Series(values)
    if dtype in (DAY, INSTANT):
        parsed = pd.to_datetime(pd.Series(values, dtype="object"), format="ISO8601", utc=dtype == INSTANT)
        return parsed.astype(pd.api.types.pandas_dtype(dtype))
    return pd.Series(values, dtype="object").astype(pd.api.types.pandas_dtype(dtype))
