"""Documents, kept exactly as they were received. One function for one question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.documents import Document, Reading
from app.domain.spans import TimeSpan
from app.storage.rows import DocumentRow, MentionRow, Page


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
    raise NotImplementedError


def insert(conn: Connection, document: Document, *, status: Reading, language: str | None = None) -> Kept:
    """Keep a document; the same text again is the same document, also when two processes bring it at once.

    Text with U+0000 or a lone surrogate cannot be kept by PostgreSQL: refuse it before (RefusedDocument).
    """
    raise NotImplementedError


def get(conn: Connection, document_id: int) -> DocumentRow | None:
    raise NotImplementedError


def text(conn: Connection, document_id: int) -> str | None:
    """The text exactly as received."""
    raise NotImplementedError


def page(conn: Connection, query: DocumentQuery) -> Page[DocumentRow]:
    """Documents, newest recorded first. Raises BadQuery for a cursor that is not one of ours."""
    raise NotImplementedError


def mentions_of(conn: Connection, document_id: int) -> list[MentionRow]:
    """What was read from a document, in the order of the text."""
    raise NotImplementedError
