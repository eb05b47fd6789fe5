"""The same text from several publishers: one document, of whoever printed it first, and who printed it besides.

What is kept does not depend on the order in which the prints come: of each publisher the first print, of all the first
as the document's own. Who gives no name can be the first, but prints nothing besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, literal, select, update

from app.domain.documents import Document
from app.storage.columns import INFINITY
from app.storage.documents import known_day, published_values
from app.storage.rows import ReprintRow
from app.storage.tables import document, print_past, reprint

PRINTED = ("publisher", "url", "title", *published_values(None))


class Noted(Enum):
    """What one more print of a kept text tells."""

    NOTHING = auto()
    BESIDES = auto()  # who printed it besides, or that they did so earlier
    FIRST = auto()  # who printed it before all others


@dataclass(frozen=True, slots=True)
class _Print:
    """Who printed a text, and its place among the prints: by day, then by name; the rest is a fixed lot."""

    publisher: str | None
    rank: tuple[str, ...]

    def is_of(self, publisher: str | None) -> bool:
        return bool(publisher and self.publisher) and _folded(publisher) == _folded(self.publisher)

    def tells(self, own: _Print, others: Iterable[_Print]) -> Noted:
        """What it tells beside the document's own print and the others that are known."""
        if any(one.is_of(self.publisher) and one.rank <= self.rank for one in (own, *others)):
            return Noted.NOTHING
        if self.rank < own.rank:
            return Noted.FIRST
        return Noted.BESIDES if self.publisher else Noted.NOTHING


def tells(conn: Connection, document_id: int, received: Document) -> Noted:
    """What a print of a kept text tells that is not known."""
    return _received(received).tells(*_prints(conn, document_id))


def add(conn: Connection, document_id: int, received: Document, stamp: datetime) -> Noted:
    """Note who printed a kept text, and when. The first takes the document's place, which is to be read anew by its day
    of publication. What was known before is kept with its time. The turn to link must be held."""
    own, others = _prints(conn, document_id)
    noted = _received(received).tells(own, others)
    if noted is Noted.NOTHING:
        return noted
    values = {"publisher": received.publisher, "url": received.url, "title": received.title}
    values |= published_values(received.published)
    _take_away(conn, document_id, [one.publisher for one in others if one.is_of(received.publisher)], stamp)
    if noted is Noted.BESIDES:
        conn.execute(insert(reprint).values(document_id=document_id, recorded_at=stamp, **values))
    else:
        _step_back(conn, document_id, stamp, besides=not own.is_of(received.publisher))
        conn.execute(update(document).where(document.c.id == document_id).values(values | {"read_by": None}))
    return noted


def _take_away(conn: Connection, document_id: int, publishers: Sequence[str | None], stamp: datetime) -> None:
    """Take away what a publisher printed besides, for an earlier print of theirs."""
    theirs = (reprint.c.document_id == document_id) & reprint.c.publisher.in_(publishers)
    told = select(reprint.c.document_id, literal(False), *_columns(reprint), reprint.c.recorded_at, literal(stamp))
    _remember(conn, told.where(theirs))
    conn.execute(delete(reprint).where(theirs))


def _step_back(conn: Connection, document_id: int, stamp: datetime, *, besides: bool) -> None:
    """Remember whose the document is; let them be one of those who printed it `besides`, unless they give no name."""
    since = select(func.max(print_past.c.left_at)).where(print_past.c.document_id == document_id, print_past.c.own)
    known_since = func.coalesce(since.scalar_subquery(), document.c.recorded_at)
    own = document.c.id == document_id
    _remember(conn, select(document.c.id, literal(True), *_columns(document), known_since, literal(stamp)).where(own))
    if besides:
        told = select(document.c.id, *_columns(document), literal(stamp)).where(own, document.c.publisher.is_not(None))
        conn.execute(insert(reprint).from_select(["document_id", *PRINTED, "recorded_at"], told))


def _remember(conn: Connection, told: Select[Any]) -> None:
    conn.execute(insert(print_past).from_select(["document_id", "own", *PRINTED, "recorded_at", "left_at"], told))


def _columns(table: Any) -> list[Any]:
    return [table.c[name] for name in PRINTED]


def _prints(conn: Connection, document_id: int) -> tuple[_Print, list[_Print]]:
    own = conn.execute(_ranked(document).where(document.c.id == document_id)).one()
    others = conn.execute(_ranked(reprint).where(reprint.c.document_id == document_id))
    return _kept(own._mapping), [_kept(row._mapping) for row in others]


def _ranked(table: Any) -> Select[Any]:
    days = (known_day(table.c[name]).label(name) for name in ("published_start", "published_end"))
    return select(table.c.publisher, table.c.url, table.c.title, table.c.published_edtf, *days)


def _kept(row: Mapping[Any, Any]) -> _Print:
    days = (row["published_start"], row["published_end"])
    return _print(row["publisher"], *days, row["published_edtf"], row["url"], row["title"])


def _received(received: Document) -> _Print:
    span = received.published
    days = (span.start, span.end, span.edtf()) if span else (None, None, None)
    return _print(received.publisher, *days, received.url, received.title)


def _print(publisher: str | None, start: date | None, end: date | None, *more: str | None) -> _Print:
    days = (day.isoformat() if day else "9999" for day in (start, end))
    named = _folded(publisher) if publisher else "\U0010ffff"
    return _Print(publisher, (*days, named, publisher or "", *(told or "" for told in more)))


def _folded(publisher: str | None) -> str:
    return (publisher or "").lower()


def of_document(conn: Connection, document_id: int) -> list[ReprintRow]:
    """Who printed the text besides, the first before the later."""
    order = (func.coalesce(reprint.c.published_start, INFINITY), reprint.c.publisher)
    named = (reprint.c[name] for name in ("publisher", "url", "title", "published_edtf", "recorded_at"))
    rows = conn.execute(select(*named).where(reprint.c.document_id == document_id).order_by(*order))
    return [_row(row) for row in rows]


def _row(row: Row[Any]) -> ReprintRow:
    return ReprintRow(row.publisher, row.url, row.title, row.published_edtf, row.recorded_at)
