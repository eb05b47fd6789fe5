"""Who says what a clause tells, by which word, and to whom."""

from __future__ import annotations

from spacy.tokens import Token

from app.extraction.arguments import NOMINAL, VERBAL, agents_of, children, objects_of, subjects_of
from app.extraction.grammar import load_grammar

DENIED = ("ccomp", "xcomp", "dobj", "pcomp", "nsubjpass")  # where what is denied stands under the verb
HIGHEST = 10  # links up to the verb of saying


def speaker_of(trigger: Token) -> Token | None:
    """The word for whoever says what the trigger tells; None where the article itself tells it."""
    grammar = load_grammar()
    token = trigger
    for _ in range(HIGHEST):
        if token.pos_ in VERBAL and (said := _according_to(token)):
            return said
        head = token.head
        if head.i == token.i:
            return None
        is_said = token.dep_ in ("ccomp", "parataxis") and head.lemma_ in grammar.saying
        is_denied = token.dep_ in DENIED and head.lemma_ in grammar.denying
        if (is_said or is_denied) and head.i != trigger.i:
            spoken = subjects_of(head)
            return spoken[0] if spoken else None
        if token.dep_ in ("acl", "ccomp") and head.lemma_ in grammar.saying_nouns:
            spoken = agents_of(head)
            return spoken[0] if spoken else head
        token = head
    return None


def word_of_saying(speaker: Token) -> Token:
    """The word by which the speaker says it: "said", "according", "claim"; the speaker's own where there is none."""
    grammar = load_grammar()
    saying = grammar.saying | grammar.saying_nouns
    above = (word for word in speaker.ancestors if word.lemma_ in saying or word.lower_ == "according")
    return speaker if speaker.lemma_ in saying else next(above, speaker)


def addressee_of(trigger: Token, speaker: Token | None) -> Token | None:
    """The word for whom it is told to: "told parliament that", "was informed that", "said to reporters that"."""
    grammar = load_grammar()
    verb = clause_of_saying(trigger) or (word_of_saying(speaker) if speaker is not None else None)
    if verb is None or verb.pos_ not in VERBAL or verb.lower_ == "according" or verb.i == trigger.i:
        return None
    told = children(verb, "dative", "dobj", "nsubjpass") if verb.lemma_ in grammar.telling else []
    links = [link for link in children(verb, "prep", "dative") if link.lower_ == "to"]
    told += [word for link in links for word in children(link, "pobj")]
    return next((word for word in told if word.pos_ in (*NOMINAL, "PRON") and not word.tag_.startswith("W")), None)


def clause_of_saying(trigger: Token) -> Token | None:
    """The verb of saying or telling that the trigger's clause is the content of."""
    grammar = load_grammar()
    token = trigger
    for _ in range(HIGHEST):
        head = token.head
        if head.i == token.i:
            return None
        if token.dep_ in ("ccomp", "parataxis") and (head.lemma_ in grammar.saying or head.lemma_ in grammar.telling):
            return head
        token = head
    return None


def _according_to(verb: Token) -> Token | None:
    for child in verb.children:
        if child.lower_ == "according":
            for found in objects_of(child, "to"):
                return found
    return None
