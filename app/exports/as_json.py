"""JSON: the whole envelope."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from app.exports.table import Exporter, Table

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


def dumps(value: Any) -> bytes:
    """Bytes of JSON: days as YYYY-MM-DD, instants as RFC 3339 in UTC, what is not a number as null."""
    return orjson.dumps(value, option=_OPTIONS)


def write(table: Table) -> Iterator[bytes]:
    records = list(table.records) if table.data is None else []
    data = records[0] if table.single and records else table.data or records
    yield dumps({"data": data, "links": table.links, "meta": table.meta})


JSON = Exporter("json", "application/json", write, ready=orjson.Fragment)
