"""Who speaks inside quotation marks, where the sentence itself does not say."""

from __future__ import annotations

from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from app.extraction.arguments import VERBAL, subjects_of
from app.extraction.grammar import load_grammar

MARKS = frozenset(get_string_id(mark) for mark in ('"', "``", "''", "“", "”"))


def is_quoted(token: Token) -> bool:
    """Whether an odd number of quotation marks stands before the token in its block."""
    return _quoted(token.doc)[token.i]


def quoted_speaker(token: Token) -> Token | None:
    """The subject of the nearest verb of saying of the same block that stands outside the quotation."""
    quoted = _quoted(token.doc)
    if not quoted[token.i]:
        return None
    saying = load_grammar().saying
    verbs = [word for word in token.doc if not quoted[word.i] and word.pos_ in VERBAL and word.lemma_ in saying]
    for verb in sorted(verbs, key=lambda verb: (abs(verb.i - token.i), verb.i)):
        if spoken := subjects_of(verb):
            return spoken[0]
    return None


def _quoted(doc: Doc) -> list[bool]:
    """For each token whether it stands inside quotation marks; counted once for each block."""
    known: list[bool] | None = doc.user_data.get("quoted")
    if known is None:
        known, inside = [], False
        for form in doc.to_array("ORTH").tolist():
            known.append(inside)
            inside ^= form in MARKS
        doc.user_data["quoted"] = known
    return known
