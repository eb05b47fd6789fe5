"""What the grammar of a clause tells of its time: its tense, whether it goes on, whether it carries the story on."""

from __future__ import annotations

from spacy.tokens import Token

from app.extraction.arguments import VERBAL, children, clause_verb, governors
from app.extraction.frames import Frame
from app.extraction.grammar import load_grammar
from app.extraction.modality import is_perfect

FINITE = ("VBD", "VBZ", "VBP", "MD")
# Clauses that carry a story on. A relative clause, or one that tells the time or the reason, stands aside.
STORY = ("ROOT", "conj", "ccomp", "xcomp", "pcomp")


def tells_the_story(trigger: Token) -> bool:
    """Whether the trigger carries its sentence on: a date that only colours a noun, or stands aside, dates no other."""
    if trigger.pos_ not in VERBAL and trigger.dep_ not in ("dobj", "nsubj", "nsubjpass", "attr"):
        return False
    own = clause_verb(trigger)
    return own.dep_ in (*STORY, "advcl") and not is_perfect(own)


def is_only_spoken_of(frame: Frame) -> bool:
    """Whether the clause does something about the event, not the event: "rejected the ultimatum on Tuesday"."""
    token = frame.token
    if token.dep_ in ("nsubj", "nsubjpass"):
        return False
    return clause_verb(token).lemma_ not in load_grammar().support


def is_reaction(frame: Frame) -> bool:
    """Whether it is something said, in the simple past of a main clause: it follows the news that it is told with."""
    verb = finite_verb(frame.token)
    if frame.kind not in load_grammar().verbal_kinds:
        return False
    return frame.kind in ("statement", "denial") or (verb.tag_ == "VBD" and verb.dep_ in ("ROOT", "conj", "ccomp"))


def finite_verb(trigger: Token) -> Token:
    """The nearest verb above that has a tense; the trigger itself where there is none."""
    return next((verb for verb in governors(trigger) if verb.tag_ in FINITE), trigger)


def is_present(trigger: Token) -> bool:
    """Whether the clause tells of what goes on: "is selling", "negotiations are under way"."""
    verb = clause_verb(trigger)
    ongoing = load_grammar().ongoing
    if verb.i != trigger.i and not any(word.lemma_.lower() in ongoing for word in (verb, *verb.children)):
        return False
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(child.lemma_ == "have" or child.tag_ in ("VBD", "MD") for child in auxiliaries):
        return False
    if verb.tag_ in ("VBZ", "VBP"):
        return verb.lemma_ in ("be", "remain", "continue") or not children(verb, "ccomp")
    return verb.tag_ == "VBG" and any(child.tag_ in ("VBZ", "VBP") for child in auxiliaries)
