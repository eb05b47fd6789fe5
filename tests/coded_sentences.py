"""Sentences written for this project, each with its two sides and the PLOVER type of what the one does to the other.

They were labelled before the rules were run on them: 24 of each of fifteen types a file of 360, of wires, papers and
histories, half of them with a second deed that misleads. Rows of triggers were written while reading what was wrong
in the part `learn`; of `check` only the figures were seen.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PARTS = ("learn", "check")
FOLDER = Path(__file__).parent / "gold" / "coding"


def coded_sentences(part: str) -> list[dict[str, Any]]:
    """Lines with `sentence`, `source`, `target`, `root`."""
    return [json.loads(line) for line in (FOLDER / f"{part}.jsonl").read_text("utf-8").splitlines()]


def merged(root: str | None) -> str | None:
    """CONCEDE and RETREAT count as one, as in the sentences of others."""
    return "YIELD" if root in ("CONCEDE", "RETREAT") else root


def share_right(sentences: Sequence[dict[str, Any]], said: Sequence[str | None]) -> float:
    """The percentage of sentences whose type is right."""
    right = sum(merged(one) == line["root"] for one, line in zip(said, sentences, strict=True))
    return round(100 * right / len(sentences), 1)
