"""Records as columns of Arrow. Columns have the types that were declared, in an empty table too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from app.exports.as_json import dumps
from app.exports.table import Record, Table

_OF_ACTOR = ("id", "name", "type", "state", "sector", "words", "basis", "role")
_ACTOR = pa.struct([(name, pa.string()) for name in _OF_ACTOR])
_TYPES: Mapping[str, pa.DataType] = {
    "string": pa.string(),
    "bool": pa.bool_(),
    "int64": pa.int64(),
    "Int64": pa.int64(),
    "float64": pa.float64(),
    "datetime64[s]": pa.date32(),  # a day, not an instant
    "datetime64[us, UTC]": pa.timestamp("us", tz="UTC"),
    "object": pa.list_(pa.string()),
}
_NAMED: Mapping[str, pa.DataType] = {"actors": pa.list_(_ACTOR)}
_JSON_KEY, _LEFT_OUT_KEY, _TITLE_KEY = b"json", b"left_out", b"title"


def arrow_table(table: Table) -> pa.Table:
    """The whole answer. What it leaves out stands in the metadata of its schema, what is nested is text of JSON."""
    records = list(table.records)
    arrays = [_array(name, table.types.get(name), records) for name in table.columns]
    found = pa.Table.from_arrays(arrays, names=list(table.columns))
    return found.replace_schema_metadata({_TITLE_KEY: table.title, _LEFT_OUT_KEY: "; ".join(table.left_out)})


def _array(name: str, declared: str | None, records: list[Record]) -> pa.Array:
    values = [record.get(name) for record in records]
    if name in _NAMED and all(_is_of_actors(value) for value in values):
        return pa.array(values, _NAMED[name])
    if declared:
        return pa.array(values, _TYPES[declared])
    if any(_is_nested(value) for value in values):
        return pa.array([None if value is None else dumps(value).decode() for value in values], pa.string())
    return _guessed(values)


def _is_of_actors(value: Any) -> bool:
    """Whether a value is what `actors` of an event holds; a chain has a list of ids under that name."""
    return value is None or (isinstance(value, list) and all(isinstance(member, dict) for member in value))


def _guessed(values: list[Any]) -> pa.Array:
    """Of the type that the values have; text where there is none, or where they differ."""
    try:
        found = pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array([None if value is None else str(value) for value in values], pa.string())
    return found.cast(pa.string()) if pa.types.is_null(found.type) else found


def _is_nested(value: Any) -> bool:
    """Whether a value holds more than text."""
    if isinstance(value, list | tuple):
        return not value or not all(isinstance(member, str) for member in value)
    return isinstance(value, dict)
