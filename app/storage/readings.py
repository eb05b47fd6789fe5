"""Which version of the rules read which document, and what a later one read otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, or_, select, update

from app.domain.documents import Document, Reading
from app.domain.spans import Precision, TimeSpan
from app.storage.columns import INFINITY, MINUS_INFINITY
from app.storage.tables import document, mention, run


@dataclass(frozen=True, slots=True)
class Stale:
    """A document that the version has not read yet."""

    id: int
    document: Document


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mention as one version read it: its place in the text, its slots, its sentence."""

    document_id: int
    claim: str | None
    kind: str
    values: dict[str, Any]
    quote: str


def mark(conn: Connection, document_id: int, run_id: int) -> None:
    """Note that the version has read the document."""
    conn.execute(update(document).where(document.c.id == document_id).values(read_by=run_id))


def is_read(conn: Connection, document_id: int, run_id: int) -> bool:
    """Whether the version has read the document."""
    asked = select(document.c.id).where(document.c.id == document_id, document.c.read_by == run_id)
    return conn.execute(asked).first() is not None


def stale(conn: Connection, run_id: int, *, after: int, limit: int) -> list[Stale]:
    """Documents that the version has not read, by number."""
    asked = _stale(run_id).where(document.c.id > after).order_by(document.c.id).limit(limit)
    return [Stale(row["id"], _document(row)) for row in conn.execute(asked).mappings()]


def count_stale(conn: Connection, run_id: int) -> int:
    return int(conn.execute(select(func.count()).select_from(_stale(run_id).subquery())).scalar_one())


def _stale(run_id: int) -> Select[Any]:
    start, end = (
        func.nullif(func.nullif(column, INFINITY), MINUS_INFINITY)
        for column in (document.c.published_start, document.c.published_end)
    )
    other = or_(document.c.read_by.is_(None), document.c.read_by != run_id)
    columns = [column for column in document.c if column.name not in ("published_start", "published_end", "sketch")]
    return select(*columns, start.label("start"), end.label("end")).where(document.c.status == Reading.READ, other)


def _document(row: RowMapping) -> Document:
    first: date | None = row["start"]
    published = None
    if row["published_precision"] is not None:
        precision = Precision(row["published_precision"])
        published = TimeSpan(first, row["end"], precision, row["published_approximate"])
    return Document(row["text"], row["url"], row["title"], row["publisher"], published)


def run_of(conn: Connection, version: str) -> int | None:
    """The number of a version that has read something; later versions have higher numbers."""
    found: int | None = conn.execute(select(run.c.id).where(run.c.version == version)).scalar()
    return found


def read_between(conn: Connection, older: int, newer: int) -> tuple[list[Claimed], list[Claimed]]:
    """What the older version read that the newer does not, and the reverse, by document and place."""
    then = (mention.c.run_id <= older) & or_(mention.c.withdrawn_by.is_(None), mention.c.withdrawn_by > older)
    now = (mention.c.run_id <= newer) & or_(mention.c.withdrawn_by.is_(None), mention.c.withdrawn_by > newer)
    return _claimed(conn, then & ~now), _claimed(conn, now & ~then)


def _claimed(conn: Connection, condition: Any) -> list[Claimed]:
    quote = func.substr(
        document.c.text, mention.c.clause_start + 1, mention.c.clause_end - mention.c.clause_start
    ).label("quote")
    asked = select(mention, quote).select_from(mention.join(document, mention.c.document_id == document.c.id))
    order = (mention.c.document_id, mention.c.trigger_start, mention.c.id)
    return [
        Claimed(row["document_id"], row["claim"], row["kind"], dict(row), row["quote"])
        for row in conn.execute(asked.where(condition).order_by(*order)).mappings()
    ]
