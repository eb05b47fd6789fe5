"""Who speaks inside quotation marks, where the sentence itself does not say."""

from __future__ import annotations

from spacy.tokens import Token

from app.extraction.arguments import VERBAL, subjects_of
from app.extraction.grammar import load_grammar

MARK = '"'


def is_quoted(token: Token) -> bool:
    """Whether an odd number of quotation marks stands before the token in its block."""
    return sum(word.text == MARK for word in token.doc[: token.i]) % 2 == 1


def quoted_speaker(token: Token) -> Token | None:
    """The subject of the nearest verb of saying of the same block that stands outside the quotation."""
    if not is_quoted(token):
        return None
    saying = load_grammar().saying
    verbs = [word for word in token.doc if word.pos_ in VERBAL and word.lemma_ in saying and not is_quoted(word)]
    for verb in sorted(verbs, key=lambda verb: (abs(verb.i - token.i), verb.i)):
        if spoken := subjects_of(verb):
            return spoken[0]
    return None
