"""Which version of the rules read which document, and what a later one read otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, RowMapping, Select, func, or_, select, update

from app.domain.documents import Document, Reading
from app.domain.spans import Precision, TimeSpan
from app.storage.columns import INFINITY, MINUS_INFINITY
from app.storage.linking_tables import mention_past
from app.storage.tables import document, mention, reading, run


@dataclass(frozen=True, slots=True)
class Stale:
    """A document that the version has not read yet, or that other rules have linked; `is_read`: only the latter.
    `read_by` and `linked_by` are who did so last; nobody has read it where an earlier print was found since."""

    id: int
    document: Document
    is_read: bool
    read_by: int | None
    linked_by: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """The run of the version that is to have read every document, and the rules that are to have linked it."""

    run_id: int
    linked_by: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mention as one version read it: its place in the text, its slots, its sentence."""

    document_id: int
    claim: str | None
    kind: str
    values: dict[str, Any]
    quote: str


def mark(conn: Connection, document_id: int, done: Wanted) -> None:
    """Note which version has read the document anew, and which rules have linked it. The turn to link must be held:
    what a later turn keeps or withdraws has a later instant."""
    told = {"document": document_id, "run": done.run_id, "rules": done.linked_by}
    conn.exec_driver_sql(_MARK, told)


_MARK = """
    WITH noted AS (INSERT INTO reading (document_id, run_id) VALUES (%(document)s, %(run)s))
    UPDATE document SET read_by = %(run)s, linked_by = %(rules)s WHERE id = %(document)s
"""


def mark_linked(conn: Connection, document_id: int, linked_by: str) -> None:
    """Note which rules have linked the document."""
    conn.execute(update(document).where(document.c.id == document_id).values(linked_by=linked_by))


def standing(conn: Connection, wanted: Wanted, document_id: int) -> Stale:
    """A document as it stands, stale or not."""
    return _row(conn.execute(_documents(wanted).where(document.c.id == document_id)).mappings().one())


def stale(conn: Connection, wanted: Wanted, *, after: int, limit: int) -> list[Stale]:
    """Documents that the version has not read or other rules have linked, by number."""
    asked = _stale(wanted).where(document.c.id > after).order_by(document.c.id).limit(limit)
    return [_row(row) for row in conn.execute(asked).mappings()]


def count_stale(conn: Connection, wanted: Wanted) -> int:
    return int(conn.execute(select(func.count()).select_from(_stale(wanted).subquery())).scalar_one())


def _row(row: RowMapping) -> Stale:
    return Stale(row["id"], _document(row), row["is_read"], row["read_by"], row["linked_by"])


def _stale(wanted: Wanted) -> Select[Any]:
    is_text = document.c.status == Reading.READ
    unlinked = or_(is_text, document.c.linked_by.is_not(None)) & document.c.linked_by.is_distinct_from(wanted.linked_by)
    return _documents(wanted).where(or_(_unread(wanted), unlinked))


def _unread(wanted: Wanted) -> ColumnElement[bool]:
    return (document.c.status == Reading.READ) & document.c.read_by.is_distinct_from(wanted.run_id)


def _documents(wanted: Wanted) -> Select[Any]:
    start, end = (
        func.nullif(func.nullif(column, INFINITY), MINUS_INFINITY)
        for column in (document.c.published_start, document.c.published_end)
    )
    columns = [column for column in document.c if column.name not in ("published_start", "published_end", "sketch")]
    return select(*columns, start.label("start"), end.label("end"), (~_unread(wanted)).label("is_read"))


def _document(row: RowMapping) -> Document:
    first: date | None = row["start"]
    published = None
    if row["published_precision"] is not None:
        precision = Precision(row["published_precision"])
        published = TimeSpan(first, row["end"], precision, row["published_approximate"])
    return Document(row["text"], row["url"], row["title"], row["publisher"], published)


def run_of(conn: Connection, version: str) -> int | None:
    """The number of a version that has read something."""
    found: int | None = conn.execute(select(run.c.id).where(run.c.version == version)).scalar()
    return found


def read_between(conn: Connection, older: int, newer: int) -> tuple[list[Claimed], list[Claimed]]:
    """What one version read that the other does not, and the reverse, by document and place: in the documents that both
    have read, as each did last."""
    first, second = reading.alias(), reading.alias()
    both = (
        select(first.c.document_id, func.max(first.c.read_at).label("then"), func.max(second.c.read_at).label("now"))
        .join(second, first.c.document_id == second.c.document_id)
        .where(first.c.run_id == older, second.c.run_id == newer)
        .group_by(first.c.document_id)
        .cte("both")
    )
    then, now = _told_at(both.c.then), _told_at(both.c.now)
    return _claimed(conn, both, then & ~now), _claimed(conn, both, now & ~then)


def _told_at(instant: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether a mention was read already and not yet withdrawn."""
    left = select(func.max(mention_past.c.left_at)).where(mention_past.c.mention_id == mention.c.id).scalar_subquery()
    return (mention.c.recorded_at <= instant) & or_(mention.c.withdrawn_by.is_(None), left > instant)


def _claimed(conn: Connection, both: CTE, condition: ColumnElement[bool]) -> list[Claimed]:
    quote = func.substr(
        document.c.text, mention.c.clause_start + 1, mention.c.clause_end - mention.c.clause_start
    ).label("quote")
    joined = mention.join(document, mention.c.document_id == document.c.id)
    asked = select(mention, quote).select_from(joined.join(both, both.c.document_id == document.c.id))
    order = (mention.c.document_id, mention.c.trigger_start, mention.c.id)
    return [
        Claimed(row["document_id"], row["claim"], row["kind"], dict(row), row["quote"])
        for row in conn.execute(asked.where(condition).order_by(*order)).mappings()
    ]
