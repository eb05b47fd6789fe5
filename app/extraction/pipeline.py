"""The way from a document's text to its mentions: ordered steps, their order checked when the reader is built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from app.domain.dates import DateCandidate
from app.domain.documents import Document, Reading
from app.domain.events import Mention
from app.domain.spans import TimeSpan


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What was read from one document.

    `published` is the day (or span) that dates were counted from: the document's own, or the best candidate.
    `candidates` is empty where the document brought its date.
    """

    document: Document
    language: str
    status: Reading
    published: TimeSpan | None
    mentions: tuple[Mention, ...]
    candidates: tuple[DateCandidate, ...] = ()


class Reader(Protocol):
    """Anything that reads documents. `version` names the rules and the data that it reads by."""

    @property
    def version(self) -> str: ...

    def read_many(self, documents: Iterable[Document]) -> Iterator[ReadDocument]: ...
