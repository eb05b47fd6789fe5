"""Parsed sentences written out by hand, so that grammar is tested without a model."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

COARSE = {"N": "NOUN", "V": "VERB", "J": "ADJ", "I": "ADP", "D": "DET", "P": "PRON", "R": "ADV", "T": "PART"}
# A blank English pipeline: its vocabulary knows the forms of words, and no model is loaded.
_VOCAB = spacy.blank("en").vocab


@pytest.fixture(scope="session")
def parsed() -> Callable[..., Doc]:
    return _parsed


def _parsed(*rows: str) -> Doc:
    """A Doc from rows `word tag dependency head [lemma]`; `head` is the number of the head's row, from 0."""
    cells = [row.split() for row in rows]
    return Doc(
        _VOCAB,
        words=[cell[0] for cell in cells],
        tags=[cell[1] for cell in cells],
        deps=[cell[2] for cell in cells],
        heads=[int(cell[3]) for cell in cells],
        lemmas=[cell[4] if len(cell) > 4 else cell[0].lower() for cell in cells],
        pos=[_coarse(cell[1], cell[2]) for cell in cells],
    )


def _coarse(tag: str, dependency: str) -> str:
    if tag.startswith("NNP"):
        return "PROPN"
    if tag == "TO":
        return "PART"
    if tag == "MD" or dependency in ("aux", "auxpass"):
        return "AUX"
    return "NUM" if tag == "CD" else COARSE.get(tag[0], "X")
