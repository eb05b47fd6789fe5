"""CSV (RFC 4180): a header, CRLF, lists joined by `|`, no byte order mark. A second form suits spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from app.exports.as_json import dumps
from app.exports.table import Exporter, Table

ROWS_AT_ONCE = 500
# What a spreadsheet takes for the beginning of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff".encode()


def cell(value: Any) -> str:
    """One value as text: nothing for None, members of a list joined, an actor as `id:role`
    and `:inferred` where no words name it, what is nested as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, list | tuple):
        return joined(value)
    return dumps(value).decode() if isinstance(value, dict) else str(value)


def joined(members: Sequence[Any]) -> str:
    """The members of a list as one text."""
    if all(isinstance(member, dict) and member.keys() >= {"id", "role"} for member in members):
        return "|".join(_actor(member) for member in members)
    if any(isinstance(member, dict) for member in members):
        return dumps(members).decode()
    return "|".join(cell(member) for member in members)


def _actor(member: Mapping[str, Any]) -> str:
    inferred = ":inferred" if member.get("basis") == "inferred" else ""
    return f"{member['id']}:{member['role']}{inferred}"


def guarded(value: Any) -> str:
    """The same, so that no spreadsheet takes text for a formula."""
    text = cell(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) and not isinstance(value, int | float) else text


def write(table: Table) -> Iterator[bytes]:
    return _lines(table, cell)


def write_for_spreadsheets(table: Table) -> Iterator[bytes]:
    yield BOM
    yield from _lines(table, guarded)


def _lines(table: Table, render: Callable[[Any], str]) -> Iterator[bytes]:
    yield _block([table.columns], render)
    rows: list[list[Any]] = []
    for record in table.records:
        rows.append([record.get(column) for column in table.columns])
        if len(rows) == ROWS_AT_ONCE:
            yield _block(rows, render)
            rows = []
    yield _block(rows, render)


def _block(rows: Iterable[Iterable[Any]], render: Callable[[Any], str]) -> bytes:
    sheet = io.StringIO(newline="")
    csv.writer(sheet).writerows([render(value) for value in row] for row in rows)
    return sheet.getvalue().encode()


_csv = partial(Exporter, "csv", "text/csv; charset=utf-8", left_out="links and meta; see the Link header")
CSV = _csv(write)
EXCEL_CSV = _csv(write_for_spreadsheets)
