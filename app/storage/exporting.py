"""All events of a question as CSV or JSON Lines that the database writes itself (COPY): in constant memory, whatever
their number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Cursor, sql
from psycopg.types.json import Jsonb
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    DateTime,
    Double,
    Select,
    String,
    Text,
    case,
    func,
    literal,
    literal_column,
    select,
    text,
)

from app.domain.queries import EventQuery
from app.storage.columns import INFINITY
from app.storage.event_rows import instant, json_columns, number, told_as
from app.storage.filters import everything
from app.storage.orders import order_of
from app.storage.prepared import prepared
from app.storage.tables import document, event

BOM = "\ufeff".encode()
AT_ONCE = 1 << 16  # bytes that are handed on together, at the least
_ACTOR = (
    "({0} ->> 'id') || ':' || ({0} ->> 'role') || CASE {0} ->> 'basis' WHEN 'inferred' THEN ':inferred' ELSE '' END"
)
_ANY_ACTORS = (
    "(SELECT string_agg(" + _ACTOR.format("p") + ", '|' ORDER BY n) "
    "FROM jsonb_array_elements(event.actors) WITH ORDINALITY AS t(p, n))"
)
_FEW = 3  # parts of an event that are put together without a query of their own, which takes twice as long


def _few_actors(number: int) -> str:
    return " || '|' || ".join(_ACTOR.format(f"(event.actors -> {at})") for at in range(number))


_ACTORS = (
    "coalesce(CASE jsonb_array_length(event.actors) "
    + " ".join(f"WHEN {number} THEN {_few_actors(number)}" for number in range(1, _FEW + 1))
    + f" END, {_ANY_ACTORS})"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """Which columns of the wire; the kinds for people; what begins each event's address; whether a spreadsheet reads it
    (a byte order mark, no formulas)."""

    columns: Sequence[str]
    labels: Mapping[str, str]
    base: str
    for_spreadsheets: bool = False


def csv_blocks(conn: Connection, query: EventQuery, shape: Shape) -> Iterator[bytes]:
    """A header and a row for each event, in the order of the dates: cells as `exports.as_csv` writes them, lines end
    with LF. `limit` and `cursor` of the query say nothing.

    Where the transaction ends before the last block was taken, the rest is not sent.
    """
    told = [(name, _as_text(name, shape)) for name in shape.columns]
    columns = [(_guarded(name, column) if shape.for_spreadsheets else column).label(name) for name, column in told]
    mark = BOM if shape.for_spreadsheets else b""
    return _copied(conn, query, select(*columns), "FORMAT csv, HEADER", mark)


def json_lines(conn: Connection, query: EventQuery, shape: Shape) -> Iterator[bytes]:
    """One record a line, as lists have them."""
    record = json_columns(shape.columns).lateral("told")
    written = select(func.row_to_json(record.table_valued()))
    # JSON has none of these two characters, so that nothing is ever quoted
    form = "FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01'"
    return _copied(conn, query, written, form, labels=Jsonb(shape.labels), base=shape.base)


def _copied(
    conn: Connection, query: EventQuery, written: Select[Any], form: str, mark: bytes = b"", **values: Any
) -> Iterator[bytes]:
    """What is written of each event, in the order of the dates, in blocks."""
    conn.execute(text("SET LOCAL statement_timeout = 0"))
    order = order_of(query)
    keys = order.directed(order.key == INFINITY, order.key, event.c.id)
    if not order.descending:  # undated events come last by their key: an index gives that order
        keys = keys[1:]
    asked = prepared(
        written.select_from(event.join(document, event.c.document_id == document.c.id))
        .where(*everything(query))
        .order_by(*keys)
    )
    copying = sql.SQL("COPY ({}) TO STDOUT ({})").format(sql.SQL(asked.text), sql.SQL(form))
    cursor: Cursor[Any] = conn.connection.cursor()  # type: ignore[assignment]  # psycopg's, whatever the pool calls it
    with cursor, cursor.copy(copying, {**asked.values, **values}) as lines:
        block = bytearray(mark)
        for line in lines:
            block += line
            if len(block) >= AT_ONCE:
                yield bytes(block)
                block.clear()
        yield bytes(block)


def _as_text(name: str, shape: Shape) -> ColumnElement[Any]:
    if name == "kind_label":
        return case(shape.labels, value=event.c.kind, else_=event.c.kind) if shape.labels else event.c.kind
    if name == "url":
        return literal(f"{shape.base}/v1/events/", Text) + event.c.id
    if name == "actors":
        return literal_column(_ACTORS, Text)
    return _cell(told_as(name))


def _guarded(name: str, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """So that no spreadsheet takes text for a formula."""
    if not isinstance(column.type, String) or (name in event.c and isinstance(event.c[name].type, Double)):
        return column
    return case((column.regexp_match(r"^[=+\-@\t\r]"), literal("'", Text) + column), else_=column)


def _cell(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """As the other CSV writes it: members of a list joined by `|`, instants in UTC, 7.0 and not 7."""
    if isinstance(column.type, ARRAY):
        return func.array_to_string(column, "|")
    if isinstance(column.type, DateTime):
        return instant(column)
    if isinstance(column.type, Double):
        return number(column)
    return column
