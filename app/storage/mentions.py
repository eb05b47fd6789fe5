"""Mentions read back, each with the words it was read from and the document that holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from app.storage.rows import MentionRow
from app.storage.tables import document, mention, run

CONTEXT = 32  # characters on either side of a quote, enough to tell it from its like
# our columns that have another name on the wire
RENAMED = {
    "edtf": "date_edtf",
    "precision": "date_precision",
    "approximate": "date_approximate",
    "basis": "date_basis",
    "reported_edtf": "date_reported_edtf",
    "planned_edtf": "date_planned_edtf",
}


def mention_rows(
    conn: Connection, condition: ColumnElement[bool], *, order: Sequence[ColumnElement[Any]]
) -> list[MentionRow]:
    """The mentions that meet a condition on `mention`, in an order that must end in something unique."""
    rows = conn.execute(_select().where(condition).order_by(*order)).mappings()
    return [
        MentionRow(
            **{name: row[name] for name in _STORED}, date_earliest=row["d_start"], date_latest=day_before(row["d_end"])
        )
        for row in rows
    ]


def day_before(end: date | None) -> date | None:
    """The last day of a half-open span."""
    return end - timedelta(days=1) if end else None


_STORED = tuple(field.name for field in fields(MentionRow) if field.name not in ("date_earliest", "date_latest"))


def _select() -> Select[Any]:
    start, end = mention.c.clause_start, mention.c.clause_end
    before = func.greatest(start - CONTEXT, 0)
    columns = [column.label(RENAMED.get(column.name, column.name)) for column in mention.c]
    return select(
        *columns,
        run.c.version.label("run_version"),
        func.substr(document.c.text, start + 1, end - start).label("quote"),
        func.substr(document.c.text, before + 1, start - before).label("prefix"),
        func.substr(document.c.text, end + 1, CONTEXT).label("suffix"),
        document.c.url.label("source_url"),
        document.c.title.label("source_title"),
        document.c.publisher.label("publisher"),
        document.c.published_edtf.label("published_at"),
    ).select_from(
        mention.join(document, mention.c.document_id == document.c.id).join(run, run.c.id == mention.c.run_id)
    )
