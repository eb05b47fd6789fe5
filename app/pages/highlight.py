"""A text cut into pieces, each with the events whose evidence holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. `events` are those whose clause holds it; `is_trigger`: a word that tells of an event."""

    text: str
    events: tuple[str, ...]
    is_trigger: bool
    starts: tuple[str, ...]  # events whose clause begins here


def pieces(text: str, evidence: Sequence[dict[str, Any]]) -> list[Piece]:
    """The text whole, in order; the joined pieces are the text again."""
    edges = {0, len(text)}
    for span in evidence:
        edges |= {span["start"], span["end"], span["trigger_start"], span["trigger_end"]}
    cuts = sorted(edge for edge in edges if 0 <= edge <= len(text))
    return [_piece(text, evidence, start, end) for start, end in pairwise(cuts)]


def _piece(text: str, evidence: Sequence[dict[str, Any]], start: int, end: int) -> Piece:
    holding = [span for span in evidence if span["start"] <= start and end <= span["end"]]
    return Piece(
        text[start:end],
        tuple(dict.fromkeys(span["event_id"] for span in holding)),
        any(span["trigger_start"] <= start and end <= span["trigger_end"] for span in holding),
        tuple(dict.fromkeys(span["event_id"] for span in holding if span["start"] == start)),
    )
