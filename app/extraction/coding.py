"""One sentence with its source and target given: which kind of deed, under which PLOVER type, in which stance.

The two sides are known here, so no name has to be resolved: a trigger is weighed by how well its arguments, or
its place in the parse, agree with the words given for the source and the target.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Token

from app.domain.actors import ActorType, Party
from app.domain.events import Modality, Place
from app.domain.kinds import Coding, Kind
from app.extraction.actors import ActorIndex
from app.extraction.arguments import NOMINAL, VERBAL, follow, is_infinitive, surface_subjects
from app.extraction.blocks import BlockKind
from app.extraction.codebook import (
    PARTS_OF_SPEECH,
    Root,
    Slot,
    TriggerRow,
    Triggers,
    coding_of,
    load_codebook,
    load_roots,
    load_triggers,
    planned_coding,
)
from app.extraction.conditions import Surroundings, holds
from app.extraction.frames import COLOURING, MODIFIERS, POS_OF_ROW
from app.extraction.grammar import load_grammar
from app.extraction.modality import stance_of
from app.extraction.parsing import parse

# What speaks for a trigger being the one that joins the two sides. Found by looking at what decides, not fitted.
SOURCE_FITS, TARGET_FITS, ON_PATH, IS_VERB, HAS_TYPE = 4.0, 3.0, 1.5, 1.0, 6.0
# A deed that the source only tells of fits it less well than one of its own.
TOLD_BY_SOURCE = 2.0
# What speaks against it: each clause above it, standing inside the words of a side, sides that are swapped.
PER_CLAUSE, INSIDE_TARGET, INSIDE_SOURCE, SWAPPED = 0.8, 4.0, 1.5, 1.5
# ... a deed that is only the content of another ("threatened to halt"), or its purpose ("sent men to help").
GOVERNED, PURPOSE = 3.0, 1.5
# Kinds that say of another deed that it is wanted, promised, refused or threatened.
GOVERNING = frozenset({"threat", "ultimatum", "refusal", "request", "pledge", "offer", "agreement", "accusation", "denial"})
DEEPEST = 12
OBLIGING = frozenset({"must", "should", "ought", "shall", "need"})
OBLIGED = Coding("REQUEST", "", "100", 3, -5.0)


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence, and the words in it of the one who acts and of the one acted upon."""

    sentence: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Answer:
    """How the sentence is coded. `plover` is None for kinds that PLOVER lacks, `kind` where no trigger was found."""

    plover: str | None = None
    kind: str | None = None
    cameo: str | None = None
    modality: Modality = Modality.ASSERTED
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One trigger in the sentence with the row that reads it, and how much speaks for it."""

    token: Token
    row: TriggerRow
    weight: float


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


class Coder:
    """Codes sentences whose two sides are known. Holds no state between sentences."""

    def __init__(
        self,
        nlp: Language,
        triggers: Triggers | None = None,
        kinds: Mapping[str, Kind] | None = None,
        roots: Mapping[str, Root] | None = None,
    ) -> None:
        self._nlp = nlp
        self._triggers = triggers or load_triggers()
        self._kinds = kinds or load_codebook()
        self._roots = roots or load_roots()

    def code(self, question: Question) -> Answer:
        return next(self.code_many([question]))

    def code_many(self, questions: Iterable[Question]) -> Iterator[Answer]:
        """One answer a question, in order; the sentences are parsed in batches."""
        for doc, question in parse(self._nlp, ((question.sentence, question) for question in questions)):
            yield self._answer(doc, words_of(doc, question.source), words_of(doc, question.target))

    def _answer(self, doc: Doc, source: frozenset[int], target: frozenset[int]) -> Answer:
        if obliged := _obligation(doc, source):
            return obliged
        found = list(self._candidates(doc, source, target))
        if not any(self._has_type(each.row) for each in found):
            found += self._candidates(doc, source, target, loosely=True)
        if not found:
            return Answer()
        governing = {each.token.i for each in found if each.row.kind in GOVERNING}
        weighed = [(each.weight - GOVERNED * _is_governed(each.token, governing), -each.token.i, each) for each in found]
        return self._coded(max(weighed, key=lambda each: each[:2])[2])

    def _candidates(
        self, doc: Doc, source: frozenset[int], target: frozenset[int], *, loosely: bool = False
    ) -> Iterator[Candidate]:
        """The triggers of the sentence. `loosely`: whatever the words around them and the tagger say."""
        actors = GivenActors(source | target)
        path = _path_between(doc, source, target)
        for token in doc:
            row = self._any_row_of(token) if loosely else self._row_of(Surroundings(token, actors, BlockKind.BODY))
            if row is not None:
                weight = self._weight(token, row, source, target, path)
                yield Candidate(token, row, weight)

    def _row_of(self, around: Surroundings) -> TriggerRow | None:
        token = around.token
        pos = POS_OF_ROW.get(token.pos_)
        if pos is None or (token.dep_ in COLOURING and token.tag_ not in ("VBN", "VBG", "VBD")):
            return None
        rows = self._triggers.get((token.lemma_.lower(), pos), ())
        return next((row for row in rows if all(holds(condition, around) for condition in row.conditions)), None)

    def _any_row_of(self, token: Token) -> TriggerRow | None:
        """The first row of the word that PLOVER has a type for: a headline's "Lifts" may be tagged as a name."""
        for form in (token.lemma_.lower(), token.lower_, token.lower_.removesuffix("s"), token.lower_.removesuffix("ed")):
            for pos in PARTS_OF_SPEECH:
                if found := next((row for row in self._triggers.get((form, pos), ()) if self._has_type(row)), None):
                    return found
        return None

    def _has_type(self, row: TriggerRow) -> bool:
        return coding_of(row, self._kinds).plover is not None

    def _weight(
        self, token: Token, row: TriggerRow, source: frozenset[int], target: frozenset[int], path: frozenset[int]
    ) -> float:
        agents, patients = _arguments(token, row.source), _arguments(token, row.target)
        agents |= _antecedents(token, agents)
        weight = SOURCE_FITS if agents & source else TOLD_BY_SOURCE * bool(_speakers(token) & source)
        weight += TARGET_FITS * _fit(token, patients, target)
        weight += ON_PATH * (token.i in path) + IS_VERB * (token.pos_ in VERBAL)
        weight += HAS_TYPE * self._has_type(row)
        weight -= PER_CLAUSE * _depth(token)
        weight -= INSIDE_TARGET * (token.i in target) + INSIDE_SOURCE * (token.i in source)
        weight -= PURPOSE * (token.dep_ == "advcl" and is_infinitive(token))
        weight -= SWAPPED * bool((agents & target or patients & source) and not agents & source)
        return weight

    def _coded(self, best: Candidate) -> Answer:
        meant = any(condition.name == "neg" for condition in best.row.conditions)
        modality = stance_of(best.token, best.row.kind, negation_is_meant=meant).modality
        coding = self._coding(best.row, modality)
        return Answer(coding.plover, best.row.kind, coding.cameo, modality, best.row.rule)

    def _coding(self, row: TriggerRow, modality: Modality) -> Coding:
        own = coding_of(row, self._kinds)
        if modality is Modality.PLANNED:
            return planned_coding(row, self._kinds, self._roots)
        if modality is Modality.NEGATED and own.plover is not None:
            return self._roots[own.plover].negated
        return own


def words_of(doc: Doc, phrase: str) -> frozenset[int]:
    """The tokens of the sentence that the phrase covers; those of its longest part that occurs, if not the whole."""
    words = phrase.split()
    for length in range(len(words), 0, -1):
        for first in range(len(words) - length + 1):
            wanted = r"\s+".join(re.escape(word) for word in words[first : first + length])
            found = re.search(rf"(?<!\w){wanted}(?!\w)", doc.text) if _is_telling(wanted) else None
            if found and (span := doc.char_span(*found.span(), alignment_mode="expand")):
                return frozenset(token.i for token in span)
    return frozenset()


def _is_telling(words: str) -> bool:
    return len(words) > 3


def _arguments(token: Token, slot: Slot) -> frozenset[int]:
    """The words that the slot's paths lead to, with their conjuncts, possessors and left modifiers."""
    found: set[int] = set()
    for path in slot.paths:
        if path == MODIFIERS or path.endswith(f".{MODIFIERS}"):
            found.update(child.i for child in token.lefts if child.dep_ in (*COLOURING, "poss"))
            continue
        for reached in follow(token, path):
            for each in (reached, *reached.conjuncts):
                found.add(each.i)
                found.update(left.i for left in each.lefts if left.dep_ in (*COLOURING, "poss"))
        if found:
            break
    if not found and token.pos_ in NOMINAL:
        found.update(reached.i for reached in follow(token, "light"))
    return frozenset(found)


def _fit(token: Token, patients: frozenset[int], target: frozenset[int]) -> float:
    """1 where an argument is the target, a half where the target stands somewhere under the trigger."""
    if patients & target:
        return 1.0
    return 0.5 if any(below.i in target for below in token.subtree) else 0.0


def _speakers(token: Token) -> frozenset[int]:
    """The subjects of the verbs of saying that the trigger's clause is told by."""
    grammar, found = load_grammar(), set()
    for _ in range(DEEPEST):
        head = token.head
        if head.i == token.i:
            break
        if token.dep_ in ("ccomp", "parataxis") and head.lemma_ in grammar.saying:
            found.update(subject.i for subject in surface_subjects(head))
        token = head
    return frozenset(found)


def _antecedents(token: Token, agents: frozenset[int]) -> frozenset[int]:
    """ "Oslo said it would ...": what a pronoun among the agents takes up is whoever speaks."""
    if any(token.doc[i].pos_ == "PRON" for i in agents):
        return _speakers(token)
    return frozenset()


def _is_governed(token: Token, governing: set[int]) -> bool:
    """Whether the trigger is the content of another trigger: its complement, its object, what it asks for."""
    for _ in range(DEEPEST):
        head, label = token.head, token.dep_
        if head.i == token.i or label in ("relcl", "advcl", "nsubj", "nsubjpass", "conj", "parataxis"):
            return False
        if head.i in governing:
            return True
        token = head
    return False


def _depth(token: Token) -> int:
    """How many clauses stand above the token; a clause of saying that only frames its complement counts as none."""
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
    if shared is None:
        return frozenset(up) | frozenset(down)
    way = up[: up.index(shared) + 1] + down[: down.index(shared)]
    return frozenset(way) - source - target


def _head_of(doc: Doc, words: frozenset[int]) -> Token:
    return next((doc[i] for i in sorted(words) if doc[i].head.i not in words), doc[min(words)])


def _chain(token: Token) -> list[int]:
    chain = [token.i]
    while token.head.i != token.i:
        token = token.head
        chain.append(token.i)
    return chain


def _obligation(doc: Doc, source: frozenset[int]) -> Answer | None:
    """ "Oslo said Bergen must pay": whoever says that another must do something asks for it."""
    for token in doc:
        if token.dep_ != "ccomp" or token.head.lemma_ not in load_grammar().saying:
            continue
        if not any(child.dep_ == "aux" and child.lower_ in OBLIGING for child in token.children):
            continue
        speakers = {subject.i for subject in surface_subjects(token.head)}
        obliged = {subject.i for subject in surface_subjects(token)}
        if speakers & source and not obliged & source:
            return Answer(OBLIGED.plover, "request", OBLIGED.cameo, Modality.ASSERTED, "obligation")
    return None
