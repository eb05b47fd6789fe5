"""The one way an event is read: its own columns and the document of its leading mention, under the wire's names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Double,
    Integer,
    RowMapping,
    Select,
    Text,
    bindparam,
    case,
    cast,
    func,
    literal,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSON, JSONB

from app.storage.columns import INFINITY, MINUS_INFINITY
from app.storage.mentions import RENAMED, day_before
from app.storage.rows import EventRow
from app.storage.tables import document, event

_COMPUTED = ("date_earliest", "date_latest", "date_text")
_STORED = tuple(field.name for field in fields(EventRow) if field.name not in _COMPUTED)


def select_events() -> Select[Any]:
    """Events joined with their leading document; more conditions, order and limit are the caller's."""
    columns = [column.label(RENAMED.get(column.name, column.name)) for column in event.c if column.name != "search"]
    return select(
        *columns,
        document.c.url.label("source_url"),
        document.c.title.label("source_title"),
        document.c.publisher.label("publisher"),
        document.c.published_edtf.label("published_at"),
    ).select_from(event.join(document, event.c.document_id == document.c.id))


# The columns of the wire whose name or value differs from the table's.
_TOLD: Mapping[str, ColumnElement[Any]] = {
    "date_earliest": func.nullif(event.c.d_start, MINUS_INFINITY),
    "date_latest": case((event.c.d_end < INFINITY, type_coerce(event.c.d_end - literal(1, Integer), Date))),
    "date_text": event.c.derivation["quote"].astext,
    "source_url": document.c.url,
    "source_title": document.c.title,
    "publisher": document.c.publisher,
    "published_at": document.c.published_edtf,
    **{wire: event.c[column] for column, wire in RENAMED.items() if column in event.c},
}


def select_columns(names: Sequence[str], *, as_json: bool) -> Select[Any]:
    """These columns of the wire, as the driver reads them: for `Prepared`. `as_json`: lists come as text of JSON, which
    need not be read only to be written again."""
    columns = [_ready(told_as(name), as_json=as_json).label(name) for name in names]
    return select(*columns).select_from(event.join(document, event.c.document_id == document.c.id))


def select_json(names: Sequence[str], event_id: ColumnElement[str]) -> Select[Any]:
    """These columns of the wire of one event, as `row_to_json` is to write them. Of the statement's values `labels` are
    the kinds for people, as JSON, and `base` is what begins an event's address."""
    joined = event.join(document, event.c.document_id == document.c.id)
    return _json_columns(names).select_from(joined).where(event.c.id == event_id)


def json_columns(names: Sequence[str]) -> Select[Any]:
    """The same of the event and document that stand beside it in the question."""
    return _json_columns(names).correlate(event, document)


def _json_columns(names: Sequence[str]) -> Select[Any]:
    return select(*(_as_json(name).label(name) for name in names))


def _as_json(name: str) -> ColumnElement[Any]:
    if name == "kind_label":
        return func.coalesce(bindparam("labels", type_=JSONB, required=False)[event.c.kind].astext, event.c.kind)
    if name == "url":
        return bindparam("base", type_=Text, required=False) + literal("/v1/events/", Text) + event.c.id
    column = told_as(name)
    if isinstance(column.type, DateTime):
        return instant(column)
    return cast(number(column), JSON) if isinstance(column.type, Double) else column


def number(column: ColumnElement[Any]) -> ColumnElement[str]:
    """A number that may have a fraction, as text: 7.0 and not 7."""
    whole = (column == func.trunc(column)) & (func.abs(column) < 1e15)  # from there on it is written as 1e+15
    return case((whole, cast(column, Text) + ".0"), else_=cast(column, Text))


def instant(column: ColumnElement[Any]) -> ColumnElement[str]:
    """An instant as text: RFC 3339 in UTC, with microseconds where there are any."""
    return func.replace(func.to_char(func.timezone("UTC", column), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), ".000000", "")


def told_as(name: str) -> ColumnElement[Any]:
    """What is kept, of the event or its document, for a column of the wire."""
    return _TOLD[name] if name in _TOLD else event.c[name]


def _ready(column: ColumnElement[Any], *, as_json: bool) -> ColumnElement[Any]:
    if not as_json or not isinstance(column.type, ARRAY | JSONB):
        return column
    return cast(func.to_json(column) if isinstance(column.type, ARRAY) else column, Text)


def event_row(row: RowMapping) -> EventRow:
    return EventRow(
        **{name: row[name] for name in _STORED},
        date_earliest=row["d_start"],
        date_latest=day_before(row["d_end"]),
        date_text=row["derivation"]["quote"],
    )
