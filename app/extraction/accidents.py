"""Deaths and injuries of accidents and of nature: nobody has attacked, whatever verb tells of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

from app.extraction.frames import Frame
from app.extraction.grammar import load_grammar

# How many words of an article are its lead: what happened stands there.
LEAD = 60
_POINTING = frozenset({"it", "which", "that", "this"})


def without_accidents(frames: Sequence[Frame], docs: Sequence[Doc]) -> list[Frame]:
    """The frames of an article, but not its "attacks" where the lead tells of an accident and of no violence."""
    return [frame for frame in frames if not _is_harm_alone(frame)] if tells_of_accident(docs) else list(frames)


def tells_of_accident(docs: Sequence[Doc]) -> bool:
    """Whether the first words name an accident or a force of nature, and nothing done by force."""
    grammar, lead = load_grammar(), set(_lead(docs))
    return not lead.isdisjoint(grammar.disasters) and lead.isdisjoint(grammar.violence)


def _lead(docs: Iterable[Doc]) -> list[str]:
    words: list[str] = []
    for doc in docs:
        words += [token.lemma_.lower() for token in doc]
        if len(words) >= LEAD:
            break
    return words[:LEAD]


def _is_harm_alone(frame: Frame) -> bool:
    """ "it killed nine people", "ten were injured": harm without anybody named who did it."""
    if frame.kind != "attack" or frame.token.lemma_ not in load_grammar().harming:
        return False
    subjects = {child.lower_ for child in frame.token.children if child.dep_ == "nsubj"}
    return not frame.source or not subjects.isdisjoint(_POINTING)
