"""Documents, kept exactly as they were received. One function for one question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Date, Row, Select, Tuple, func, literal, select, tuple_

from app.domain.documents import Document, Reading
from app.domain.spans import Precision, TimeSpan
from app.storage import cursors
from app.storage.at_once import as_json, inserting
from app.storage.columns import INFINITY, MINUS_INFINITY, EndDay, StartDay
from app.storage.mentions import mention_rows
from app.storage.rows import DocumentRow, MentionRow, Page
from app.storage.tables import document, mention


@dataclass(frozen=True, slots=True)
class Kept:
    """The id of a document, and whether it is `new` or was already known by its sha256."""

    id: int
    new: bool


@dataclass(frozen=True, slots=True)
class DocumentQuery:
    """Filters are joined by and; newest recorded first."""

    published: TimeSpan | None = None
    publisher: str | None = None
    status: Reading | None = None
    limit: int = 100
    cursor: str | None = None


def known(conn: Connection, sha256s: Iterable[str]) -> dict[str, int]:
    """The ids of those documents that are already kept, by sha256."""
    found = conn.execute(select(document.c.sha256, document.c.id).where(document.c.sha256.in_(list(sha256s))))
    return {row.sha256: row.id for row in found}


@dataclass(frozen=True, slots=True)
class ReadBy:
    """The run of the version that has read a document, and the rules that link it."""

    run_id: int
    linked_by: str


def insert(
    conn: Connection,
    received: Document,
    *,
    status: Reading,
    language: str | None = None,
    sketch: Sequence[int] = (),
    read: ReadBy | None = None,
) -> Kept:
    """Keep a document; the same text again is the same document, also when two processes bring it at once. Where it is
    `read` already, its reading is noted with it.

    Text with U+0000 or a lone surrogate cannot be kept by PostgreSQL: refuse it before (RefusedDocument).
    """
    values = document_values(received, status, language) | {"sketch": list(sketch)}
    if read:
        values |= {"read_by": read.run_id, "linked_by": read.linked_by}
    made = _KEPT.format(inserting(document, tuple(values)))
    new_id = conn.exec_driver_sql(made, {document.name: as_json(document, [values])}).scalar()
    if new_id is not None:
        return Kept(new_id, new=True)
    return Kept(known(conn, [received.sha256])[received.sha256], new=False)


_KEPT = """
    WITH kept AS ({} ON CONFLICT (sha256) DO NOTHING RETURNING id, read_by), noted AS (
        INSERT INTO reading (document_id, run_id) SELECT id, read_by FROM kept WHERE read_by IS NOT NULL
    )
    SELECT id FROM kept
"""


def document_values(received: Document, status: Reading, language: str | None = None) -> dict[str, Any]:
    """A document as a row; what is not known of its publication has no key."""
    return {
        "sha256": received.sha256,
        "text": received.text,
        "url": received.url,
        "title": received.title,
        "publisher": received.publisher,
        "language": language,
        "status": status,
    } | (published_values(received.published) if received.published else {})


def published_values(span: TimeSpan | None) -> dict[str, Any]:
    """The day of publication as columns, null where nothing is known of it."""
    if span is None:
        return dict.fromkeys(_PUBLISHED)
    return {
        "published_start": span.start or StartDay.infinity,
        "published_end": span.end or EndDay.infinity,
        "published_precision": span.precision,
        "published_approximate": span.approximate,
        "published_edtf": span.edtf(),
    }


_PUBLISHED = ("published_start", "published_end", "published_precision", "published_approximate", "published_edtf")


def get(conn: Connection, document_id: int) -> DocumentRow | None:
    row = conn.execute(_rows().where(document.c.id == document_id)).one_or_none()
    return _document_row(row) if row else None


def text(conn: Connection, document_id: int) -> str | None:
    """The text exactly as received."""
    return conn.execute(select(document.c.text).where(document.c.id == document_id)).scalar()


def page(conn: Connection, query: DocumentQuery) -> Page[DocumentRow]:
    """Documents, newest recorded first. Raises BadQuery for a cursor that is not one of ours."""
    asked = _rows().where(*_conditions(query)).order_by(document.c.recorded_at.desc(), document.c.id.desc())
    rows = [_document_row(row) for row in conn.execute(asked.limit(query.limit + 1))]
    if len(rows) <= query.limit:
        return Page(tuple(rows), None)
    last = rows[query.limit - 1]
    return Page(tuple(rows[: query.limit]), cursors.encode("documents", (last.recorded_at.isoformat(), last.id)))


def previous_cursor(conn: Connection, query: DocumentQuery) -> str | None:
    """The cursor of the page before the one that the query's cursor begins; empty where that is the first page, None
    where there is none before."""
    if not query.cursor:
        return None
    older = _place(query.cursor)
    asked = (
        select(document.c.recorded_at, document.c.id)
        .where(*_conditions(replace(query, cursor=None)), tuple_(document.c.recorded_at, document.c.id) >= older)
        .order_by(document.c.recorded_at, document.c.id)
        .limit(query.limit + 1)
    )
    found = conn.execute(asked).all()
    if len(found) <= query.limit:
        return "" if found else None
    return cursors.encode("documents", (found[-1].recorded_at.isoformat(), found[-1].id))


def count(conn: Connection, query: DocumentQuery) -> int:
    """How many documents a query matches, `limit` and `cursor` aside."""
    found = _conditions(replace(query, cursor=None))
    return int(conn.execute(select(func.count()).select_from(document).where(*found)).scalar_one())


def mentions_of(conn: Connection, document_id: int) -> list[MentionRow]:
    """What was read from a document, in the order of the text."""
    order = (mention.c.trigger_start, mention.c.id)
    alive = (mention.c.document_id == document_id) & mention.c.event_id.is_not(None)
    return mention_rows(conn, alive, order=order)


def published_overlaps(span: TimeSpan) -> ColumnElement[bool]:
    """Whether a document may have been published on a day of the span; false where nothing is known."""
    clause: ColumnElement[bool] = document.c.published_start.is_not(None)
    if span.end:
        clause &= document.c.published_start < span.end
    if span.start:
        clause &= document.c.published_end > span.start
    return clause


def _conditions(query: DocumentQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.published:
        found.append(published_overlaps(query.published))
    if query.publisher:
        found.append(func.lower(document.c.publisher) == query.publisher.lower())
    if query.status:
        found.append(document.c.status == query.status)
    if query.cursor:
        found.append(tuple_(document.c.recorded_at, document.c.id) < _place(query.cursor))
    return found


def _place(cursor: str) -> Tuple:
    recorded, document_id = cursors.decode(cursor, "documents", (str, int))
    return tuple_(literal(cursors.instant(str(recorded))), literal(document_id))


def _rows() -> Select[Any]:
    n_events = (
        select(func.count(mention.c.event_id.distinct()))
        .where(mention.c.document_id == document.c.id)
        .scalar_subquery()
    )
    apart = ("text", "sketch", "read_by", "linked_by", "published_start", "published_end")
    kept = [column for column in document.c if column.name not in apart]
    return select(
        *kept,
        known_day(document.c.published_start).label("published_start"),
        known_day(document.c.published_end).label("published_end"),
        n_events.label("n_events"),
    )


def known_day(column: ColumnElement[date]) -> ColumnElement[date]:
    """A day, null where it is an infinity: Python's calendar has none."""
    return func.nullif(func.nullif(column, INFINITY), MINUS_INFINITY, type_=Date)


def _document_row(row: Row[Any]) -> DocumentRow:
    published = None
    if row.published_precision is not None:
        precision = Precision(row.published_precision)
        published = TimeSpan(row.published_start, row.published_end, precision, row.published_approximate)
    return DocumentRow(
        id=row.id,
        sha256=row.sha256,
        length=row.length,
        url=row.url,
        title=row.title,
        publisher=row.publisher,
        published=published,
        published_at=row.published_edtf,
        language=row.language,
        status=row.status,
        recorded_at=row.recorded_at,
        n_events=row.n_events,
    )
