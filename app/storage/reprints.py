"""The same text from several publishers: one document, of whoever printed it first, and who printed it besides."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from app.domain.documents import Document
from app.storage.columns import INFINITY
from app.storage.documents import known_day, published_values
from app.storage.rows import ReprintRow
from app.storage.tables import document, reprint

_SHARED = ("publisher", "url", "title", *published_values(None))


def add(conn: Connection, document_id: int, received: Document) -> bool:
    """Note who printed a kept text besides; whether that was not known. The document is that of the first: who printed
    it earlier takes its place, and what was read by its day of publication is to be read anew."""
    if not received.publisher or is_known(conn, document_id, received.publisher):
        return False
    comes = {"publisher": received.publisher, "url": received.url, "title": received.title}
    comes |= published_values(received.published)
    day = received.published.start if received.published else None
    asked = select(known_day(document.c.published_start), document.c.publisher).where(document.c.id == document_id)
    stands_since, stands = conn.execute(asked).one()
    if _rank(day, received.publisher) < _rank(stands_since, stands):
        _step_back(conn, document_id)
        moved = {} if day == stands_since else {"read_by": None}
        conn.execute(update(document).where(document.c.id == document_id).values(comes | moved))
    else:
        conn.execute(insert(reprint).values(document_id=document_id, **comes))
    return True


def _step_back(conn: Connection, document_id: int) -> None:
    """Let whose the document is be one of those who printed it besides; who is not named is nobody."""
    own = select(document.c.id, *(document.c[name] for name in _SHARED))
    own = own.where(document.c.id == document_id, document.c.publisher.is_not(None))
    conn.execute(insert(reprint).from_select(["document_id", *_SHARED], own))


def is_known(conn: Connection, document_id: int, publisher: str) -> bool:
    """Whether it is known that the publisher printed the document's text."""
    return publisher.lower() in _names(conn, document_id)


def _names(conn: Connection, document_id: int) -> set[str]:
    own = select(func.lower(document.c.publisher)).where(document.c.id == document_id)
    others = select(func.lower(reprint.c.publisher)).where(reprint.c.document_id == document_id)
    return set(conn.execute(own.union(others)).scalars())


def _rank(day: date | None, publisher: str | None) -> tuple[str, str]:
    """Who printed it first; of one day, or of none that is known, the first by name."""
    return (day.isoformat() if day else "9999", (publisher or "\uffff").lower())


def of_document(conn: Connection, document_id: int) -> list[ReprintRow]:
    """Who printed the text besides, the first before the later."""
    order = (func.coalesce(reprint.c.published_start, INFINITY), reprint.c.publisher)
    rows = conn.execute(select(reprint).where(reprint.c.document_id == document_id).order_by(*order))
    return [_row(row) for row in rows]


def _row(row: Row[Any]) -> ReprintRow:
    return ReprintRow(row.publisher, row.url, row.title, row.published_edtf, row.recorded_at)
