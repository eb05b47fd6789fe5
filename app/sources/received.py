"""What comes out of a source, one by one: a document, or a thing that could not be taken with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.documents import Document
from app.domain.spans import TimeSpan


@dataclass(frozen=True, slots=True)
class Received:
    """A document as it stood at `where` ("news.jsonl:12", "notes/a.txt", "standard input")."""

    document: Document
    where: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Something at `where` that is no document; `reason` says how to mend it."""

    where: str
    reason: str


Item = Received | Refused


@dataclass(frozen=True, slots=True)
class Defaults:
    """What is taken for documents that do not say it themselves."""

    publisher: str | None = None
    published: TimeSpan | None = None


NO_DEFAULTS = Defaults()


class Unreadable(ValueError):
    """Bytes or values that cannot become a document. The message says why and what to do."""
