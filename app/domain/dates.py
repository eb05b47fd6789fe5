"""A date as it was read: the span, how it is known, and the way from the words to the span."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.domain.spans import TimeSpan


class Offsets(NamedTuple):
    """Characters [start, end) of a document's text as received."""

    start: int
    end: int


class Basis(StrEnum):
    """How a date is known."""

    EXPLICIT = "explicit"  # the text gives year and day (or month, or year) itself
    RELATIVE = "relative"  # counted from the publication day: "on Friday", "last month"
    ANAPHORIC = "anaphoric"  # counted from another date of the text: "the same day"
    PUBLICATION = "publication"  # no date in the text: bounded by the day of publication
    INFERRED = "inferred"  # the publication day itself had to be inferred


@dataclass(frozen=True, slots=True)
class Derivation:
    """The way from the words of a text to a span of days."""

    span: TimeSpan
    basis: Basis
    rule: str
    words: Offsets | None = None
    quote: str = ""
    anchor: date | None = None
    anchor_reason: str = ""

    def explain(self) -> str:
        """The derivation as one sentence for a reader."""
        subject = f"“{self.quote}”" if self.quote else "No date is told"
        anchor = f", counted from {self.anchor.isoformat()} ({self.anchor_reason})" if self.anchor else ""
        return f"{subject}{anchor}: {self.span.edtf()} (rule {self.rule})."


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """One span in which a document may have been published, with its weight (0..1) and the reasons."""

    span: TimeSpan
    weight: float
    reasons: tuple[str, ...]

    def __post_init__(self) -> None:
        if not 0 <= self.weight <= 1:
            raise ValueError(f"a weight lies in 0..1, not {self.weight}")
