"""What an expression means once its anchor is known."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.dates import Basis
from app.domain.spans import TimeSpan
from app.extraction.temporal.anchors import Anchor
from app.extraction.temporal.values import TimeValue


@dataclass(frozen=True, slots=True)
class Resolved:
    """A value, how it is known, what it was counted from, and what the rule's name gains by it.

    `base`: the date that stands with the words and that they count from.
    """

    value: TimeValue
    basis: Basis = Basis.EXPLICIT
    anchor: Anchor | None = None
    how: str = ""
    base: TimeSpan | None = None
