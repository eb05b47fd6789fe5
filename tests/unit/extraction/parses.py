"""Parsed sentences written out by hand, so that grammar is tested without a model."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc, Token

COARSE = {"N": "NOUN", "V": "VERB", "J": "ADJ", "M": "AUX", "I": "ADP", "D": "DET", "P": "PRON", "R": "ADV", "T": "PART"}
# A blank English pipeline: its vocabulary knows the forms of words, and no model is loaded.
_VOCAB = spacy.blank("en").vocab


def parsed(*rows: str) -> Doc:
    """A Doc from rows `word tag dependency head [lemma]`; `head` is the number of the head's row, from 0.

    The coarse part of speech follows from the tag: NNP is PROPN, VB* VERB (AUX where the dependency says so).
    """
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


def word(doc: Doc, text: str) -> Token:
    return next(token for token in doc if token.text == text)


def _coarse(tag: str, dependency: str) -> str:
    if tag.startswith("NNP"):
        return "PROPN"
    if tag == "MD" or dependency in ("aux", "auxpass"):
        return "AUX" if tag != "TO" else "PART"
    if tag == "CD":
        return "NUM"
    return COARSE.get(tag[0], "X")
