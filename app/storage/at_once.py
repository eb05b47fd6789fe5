"""Many rows into a table by one statement, sent as one text of JSON: triggers that keep sums run once, and neither the
client nor the driver has to bind value by value."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table

from app.storage.columns import OpenDay

Row = Mapping[str, Any]


def insert_at_once(conn: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add rows that all tell the same columns."""
    if rows:
        conn.exec_driver_sql(inserting(table, tuple(rows[0])), {table.name: as_json(table, rows)})


@cache
def inserting(table: Table, names: tuple[str, ...]) -> str:
    """The statement that adds rows with these columns; its one value, called as the table, is what `as_json` writes."""
    listed = ", ".join(f'"{name}"' for name in names)
    rows = f"json_populate_recordset(CAST(NULL AS {table.name}), CAST(%({table.name})s AS json))"
    return f"INSERT INTO {table.name} ({listed}) SELECT {listed} FROM {rows}"


def as_json(table: Table, rows: Sequence[Row]) -> str:
    """Rows of a table, as the server reads them: an open end is an infinity."""
    open_days = _open_days(table)
    return _WRITER.encode([_closed(row, open_days) for row in rows])


@cache
def _open_days(table: Table) -> Mapping[str, OpenDay]:
    return {column.name: column.type for column in table.c if isinstance(column.type, OpenDay)}


def _closed(row: Row, open_days: Mapping[str, OpenDay]) -> Row:
    return {**row, **{name: kind.kept(row[name]) for name, kind in open_days.items() if name in row}}


def _written(value: Any) -> str:
    """A day or an instant."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


_WRITER = json.JSONEncoder(ensure_ascii=False, default=_written, separators=(",", ":"))
