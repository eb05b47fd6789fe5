"""A document exactly as it was received."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from app.domain.spans import TimeSpan

MOST_CHARACTERS = 1_000_000


class Reading(StrEnum):
    """What became of a document's text."""

    READ = "read"
    NOT_READ = "not_read"  # kept, but in a language that the reader does not know


@dataclass(frozen=True, slots=True)
class Document:
    """`published` is the day of publication, or the span it is known to lie in, or None where unknown."""

    text: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: TimeSpan | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
