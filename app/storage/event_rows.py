"""The one way an event is read: its own columns and the document of its leading mention, under the wire's names."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import RowMapping, Select, select

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


def event_row(row: RowMapping) -> EventRow:
    return EventRow(
        **{name: row[name] for name in _STORED},
        date_earliest=row["d_start"],
        date_latest=day_before(row["d_end"]),
        date_text=row["derivation"]["quote"],
    )
