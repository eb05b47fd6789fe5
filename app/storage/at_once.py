"""Many rows into a table by one statement: the triggers that keep sums for each statement then run once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, Connection, Insert, Table, Text, bindparam, cast, func, insert, select

from app.storage.columns import OpenDay


def insert_at_once(conn: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows that all tell the same columns, none of them an array or JSON."""
    if rows:
        names = tuple(rows[0])
        values = {name: [_written(table, name, row[name]) for row in rows] for name in names}
        conn.execute(_statement(table, names), values)


def _written(table: Table, name: str, value: Any) -> str | None:
    kind = table.c[name].type
    kept = kind.kept(value) if isinstance(kind, OpenDay) else value
    return None if kept is None else str(kept)


@cache
def _statement(table: Table, names: tuple[str, ...]) -> Insert:
    columns = [bindparam(name, type_=ARRAY(Text)) for name in names]
    rows = func.unnest(*columns).table_valued(*names).render_derived()
    return insert(table).from_select(list(names), select(*(cast(rows.c[name], table.c[name].type) for name in names)))
