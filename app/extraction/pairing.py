"""How the words of a sentence stand to its two given sides: where the sides are, and what leads to them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from app.domain.actors import ActorType, Party
from app.domain.events import Place
from app.extraction.actors import ActorIndex
from app.extraction.arguments import NOMINAL, VERBAL, follow, surface_subjects
from app.extraction.codebook import Slot
from app.extraction.frames import COLOURING, MODIFIERS
from app.extraction.grammar import load_grammar

DEEPEST = 12
# A part of a side's name that is shorter tells nothing: "of", "the".
SHORTEST_PART = 4
COMPANY = ("with", "beside", "alongside")
# Where a trigger under one of these labels stands, it is no longer the content of what is above it.
OWN_CLAUSE = ("relcl", "advcl", "nsubj", "nsubjpass", "conj", "parataxis")


@dataclass(frozen=True, slots=True)
class Sides:
    """Token indices of the two sides of a sentence, and of the words on the way between them in the parse."""

    source: frozenset[int] = frozenset()
    target: frozenset[int] = frozenset()
    path: frozenset[int] = frozenset()


class GivenActors(ActorIndex):
    """The actors of a sentence whose two sides are given: these words and every proper name, unresolved."""

    def __init__(self, given: frozenset[int]) -> None:
        self._given = given

    def parties(self, token: Token, *, conjuncts: bool = True) -> tuple[Party, ...]:
        if token.i not in self._given and token.pos_ != "PROPN":
            return ()
        return (Party(id=token.text, name=token.text, type=ActorType.ROLE, words=token.text),)

    def modifier_parties(self, token: Token) -> tuple[Party, ...]:
        return ()

    def place_at(self, token: Token) -> Place | None:
        return Place(token.text) if token.pos_ == "PROPN" else None

    def weapon(self, token: Token) -> str | None:
        return None

    def entity_span(self, token: Token) -> tuple[int, int] | None:
        return None


def sides_of(doc: Doc, source: str, target: str) -> Sides:
    """Where the words given for the two sides stand in the sentence; empty for words that it does not hold."""
    left, right = words_of(doc, source), words_of(doc, target)
    return Sides(left, right, _path_between(doc, left, right))


def words_of(doc: Doc, phrase: str) -> frozenset[int]:
    """The tokens that the phrase covers, wherever it stands; of its longest part that occurs, if not the whole does."""
    words = phrase.split()
    for length in range(len(words), 0, -1):
        for first in range(len(words) - length + 1):
            part = words[first : first + length]
            if len(" ".join(part)) >= min(SHORTEST_PART, len(phrase)) and (found := _find(doc, part)):
                return found
    return frozenset()


def _find(doc: Doc, words: list[str]) -> frozenset[int]:
    wanted = r"\s+".join(re.escape(word) for word in words)
    mentions = re.finditer(rf"(?<!\w){wanted}(?!\w)", doc.text)
    spans = [doc.char_span(*found.span(), alignment_mode="expand") for found in mentions]
    return frozenset(token.i for span in spans if span is not None for token in span)


def arguments(token: Token, slot: Slot) -> frozenset[int]:
    """The words that the slot's first fruitful path leads to, with their conjuncts, possessors and modifiers."""
    found: set[int] = set()
    for path in slot.paths:
        if path == MODIFIERS or path.endswith(f".{MODIFIERS}"):
            found.update(_modifiers(token))
            continue
        for reached in follow(token, path):
            for each in (reached, *reached.conjuncts):
                found.update((each.i, *_modifiers(each)))
        if found:
            return frozenset(found)
    if not found and token.pos_ in NOMINAL:
        found.update(reached.i for reached in follow(token, "light"))
    return frozenset(found)


def _modifiers(token: Token) -> list[int]:
    return [left.i for left in token.lefts if left.dep_ in (*COLOURING, "poss")]


def fit(token: Token, patients: frozenset[int], target: frozenset[int]) -> float:
    """1 where an argument is the target, a half where the target stands somewhere under the trigger, else 0."""
    if patients & target:
        return 1.0
    return 0.5 if any(below.i in target for below in token.subtree) else 0.0


def is_beside(token: Token, side: frozenset[int]) -> bool:
    """ "took part beside the Indian navy": whether words of the side hang on a word of company, in their own clause."""
    for i in side:
        word = token.doc[i]
        while word.head.i != word.i and word.pos_ not in VERBAL:
            if word.dep_ == "prep" and word.lower_ in COMPANY:
                return True
            word = word.head
    return False


def speakers_of(token: Token) -> frozenset[int]:
    """The subjects of the verbs of saying by which the trigger's clause is told."""
    grammar = load_grammar()
    found: set[int] = set()
    for _ in range(DEEPEST):
        head = token.head
        if head.i == token.i:
            break
        if token.dep_ in ("ccomp", "parataxis") and head.lemma_ in grammar.saying:
            found.update(subject.i for subject in surface_subjects(head))
        token = head
    return frozenset(found)


def antecedents(token: Token, agents: frozenset[int]) -> frozenset[int]:
    """ "Oslo said it would ...": what a pronoun among the agents takes up is whoever speaks."""
    if any(token.doc[i].pos_ == "PRON" for i in agents):
        return speakers_of(token)
    return frozenset()


def is_governed(token: Token, governing: set[int]) -> bool:
    """Whether the trigger is the content of another trigger: its complement, its object, what it asks for."""
    for _ in range(DEEPEST):
        head, label = token.head, token.dep_
        if head.i == token.i or label in OWN_CLAUSE:
            return False
        if head.i in governing:
            return True
        token = head
    return False


def depth_of(token: Token) -> int:
    """How many clauses stand above the token; one of saying that only frames its complement counts as none."""
    grammar, depth = load_grammar(), 0
    for _ in range(DEEPEST):
        head = token.head
        if head.i == token.i:
            break
        if head.pos_ in VERBAL and not (token.dep_ == "ccomp" and head.lemma_ in grammar.saying):
            depth += 1
        token = head
    return depth


def _path_between(doc: Doc, source: frozenset[int], target: frozenset[int]) -> frozenset[int]:
    """The words on the way through the parse from the source to the target, ends excluded."""
    if not source or not target:
        return frozenset()
    up, down = _chain(_head_of(doc, source)), _chain(_head_of(doc, target))
    shared = next((i for i in up if i in down), None)
    way = up + down if shared is None else up[: up.index(shared) + 1] + down[: down.index(shared)]
    return frozenset(way) - source - target


def _head_of(doc: Doc, words: frozenset[int]) -> Token:
    return next((doc[i] for i in sorted(words) if doc[i].head.i not in words), doc[min(words)])


def _chain(token: Token) -> list[int]:
    """The token and all above it, up to the root of its sentence."""
    chain = [token.i]
    while token.head.i != token.i:
        token = token.head
        chain.append(token.i)
    return chain
