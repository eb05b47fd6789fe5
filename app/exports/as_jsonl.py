"""JSON Lines: one record a line."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from app.exports.as_json import dumps
from app.exports.table import Exporter, Table


def write(table: Table) -> Iterator[bytes]:
    for record in table.records:
        yield dumps(record) + b"\n"


JSON_LINES = Exporter(
    "jsonl",
    "application/jsonl",
    write,
    accepts=("application/x-ndjson", "application/x-jsonlines", "application/json-seq"),
    left_out="links and meta; see the Link header",
    ready=orjson.Fragment,
)
