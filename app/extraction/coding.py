"""One sentence with its source and target given: which kind of deed, under which PLOVER type, in which stance.

The two sides are known here, so no name has to be resolved: a trigger is weighed by how well its arguments, and
its place in the parse, agree with the words given for the source and the target.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from app.domain.events import Modality
from app.domain.kinds import Coding, Kind
from app.extraction.arguments import VERBAL, children, is_infinitive, surface_subjects
from app.extraction.blocks import BlockKind
from app.extraction.codebook import (
    PARTS_OF_SPEECH,
    Root,
    TriggerRow,
    Triggers,
    coding_of,
    load_codebook,
    load_roots,
    load_triggers,
    planned_coding,
)
from app.extraction.conditions import Surroundings, fits
from app.extraction.frames import COLOURING, POS_OF_ROW
from app.extraction.grammar import load_grammar
from app.extraction.modality import stance_of
from app.extraction.pairing import (
    GivenActors,
    Sides,
    antecedents,
    arguments,
    depth_of,
    fit,
    is_beside,
    is_governed,
    sides_of,
    speakers_of,
)
from app.extraction.parsing import parse

# What speaks for a trigger being the one that joins the two sides. Set by reasoning over the parse, not fitted.
SOURCE_FITS, TARGET_FITS, ON_PATH, IS_VERB, HAS_TYPE = 4.0, 2.0, 1.5, 1.0, 6.0
# A deed that the source only tells of fits it less well than one of its own.
TOLD_BY_SOURCE = 2.0
# What speaks against it: each clause above it, standing inside the words of a side, sides that are swapped.
PER_CLAUSE, INSIDE_TARGET, INSIDE_SOURCE, SWAPPED = 0.8, 4.0, 1.5, 3.0
# ... a verb whose subject is itself a deed of the source ("a grant from the bank allowed"), a word guessed to be of
# another part of speech than the tagger says.
UNDER_A_DEED, RETAGGED = 1.0, 1.0
# What outweighs this has a type of PLOVER.
TYPED = HAS_TYPE - 1
# ... being only the content of another deed ("threatened to halt"), or its purpose ("sent men to help").
GOVERNED, PURPOSE = 3.0, 1.5
# Kinds that say of another deed that it is wanted, promised, refused or threatened.
GOVERNING = frozenset(
    {"threat", "ultimatum", "refusal", "request", "pledge", "offer", "agreement", "accusation", "denial"}
)
OBLIGING = frozenset({"must", "should", "ought", "shall", "need"})
OBLIGED = Coding("REQUEST", "", "100", 3, -5.0)
# What two sides do side by side that one alone would do against the other: war games held together.
TOGETHER = {"exercise": Coding("COOPERATE", "", "062", 2, 7.4)}


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
    """One trigger of the sentence with the row that reads it, how much speaks for it, and whose deed it is."""

    token: Token
    row: TriggerRow
    weight: float
    by_source: bool
    by_target: bool
    beside_target: bool


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
            yield self.answer(doc, sides_of(doc, question.source, question.target))

    def answer(self, doc: Doc, sides: Sides) -> Answer:
        """The coding of a parsed sentence; an empty answer where it holds no trigger at all."""
        if obliged := _obligation(doc, sides):
            return obliged
        found = list(self._candidates(doc, sides))
        if not any(self._has_type(each.row) for each in found):
            found += self._guesses(doc, sides, frozenset(each.token.i for each in found))
        return self._coded(_best(found)) if found else Answer()

    # -- triggers -------------------------------------------------------------------------------

    def _candidates(self, doc: Doc, sides: Sides) -> Iterator[Candidate]:
        actors = GivenActors(sides.source | sides.target)
        for token in doc:
            if (row := self._row_of(Surroundings(token, actors, BlockKind.BODY))) is not None:
                yield self._weighed(token, row, sides)

    def _row_of(self, around: Surroundings) -> TriggerRow | None:
        token = around.token
        pos = POS_OF_ROW.get(token.pos_)
        if pos is None or (token.dep_ in COLOURING and token.tag_ not in ("VBN", "VBG", "VBD")):
            return None
        rows = self._triggers.get((token.lemma_.lower(), pos), ())
        return next((row for row in rows if fits(row.conditions, around)), None)

    def _guesses(self, doc: Doc, sides: Sides, taken: frozenset[int]) -> Iterator[Candidate]:
        """Readings of words that no row admits as they stand: a headline's "Lifts" may be tagged as a name."""
        for token in doc:
            if token.i in taken or token.pos_ == "AUX" or token.lemma_ in load_grammar().support:
                continue
            for pos in _likely_first(POS_OF_ROW.get(token.pos_)):
                rows = [row for form in _forms(token) for row in self._triggers.get((form, pos), ())]
                if (likeliest := self._likeliest(rows)) is not None:
                    guess = self._weighed(token, likeliest, sides)
                    yield replace(guess, weight=guess.weight - RETAGGED * (pos != POS_OF_ROW.get(token.pos_)))
                    break

    def _likeliest(self, rows: Sequence[TriggerRow]) -> TriggerRow | None:
        """Of readings none of which fits: one of the type that most of them have, the one that asks for least."""
        types = Counter(coding_of(row, self._kinds).plover for row in rows)
        types.pop(None, None)
        if not types:
            return None
        usual, _ = types.most_common(1)[0]
        of_type = (row for row in rows if coding_of(row, self._kinds).plover == usual)
        return min(of_type, key=lambda row: len(row.conditions))

    def _has_type(self, row: TriggerRow) -> bool:
        return coding_of(row, self._kinds).plover is not None

    # -- weighing -------------------------------------------------------------------------------

    def _weighed(self, token: Token, row: TriggerRow, sides: Sides) -> Candidate:
        agents, patients = arguments(token, row.source), arguments(token, row.target)
        by_source = bool((agents | antecedents(token, agents)) & sides.source)
        weight = SOURCE_FITS if by_source else TOLD_BY_SOURCE * bool(speakers_of(token) & sides.source)
        weight += TARGET_FITS * fit(token, patients, sides.target)
        weight += ON_PATH * (token.i in sides.path) + IS_VERB * (token.pos_ in VERBAL) + HAS_TYPE * self._has_type(row)
        weight -= PER_CLAUSE * depth_of(token) + PURPOSE * (token.dep_ == "advcl" and is_infinitive(token))
        weight -= INSIDE_TARGET * (token.i in sides.target) + INSIDE_SOURCE * (token.i in sides.source)
        weight -= SWAPPED * bool((agents & sides.target or patients & sides.source) and not by_source)
        return Candidate(token, row, weight, by_source, bool(agents & sides.target), is_beside(token, sides.target))

    # -- coding ---------------------------------------------------------------------------------

    def _coded(self, best: Candidate) -> Answer:
        meant = any(condition.name == "neg" for condition in best.row.conditions)
        modality = stance_of(best.token, best.row.kind, negation_is_meant=meant).modality
        coding = self._coding(best, modality)
        return Answer(coding.plover, best.row.kind, coding.cameo, modality, best.row.rule)

    def _coding(self, best: Candidate, modality: Modality) -> Coding:
        own = coding_of(best.row, self._kinds)
        if best.beside_target or (best.by_source and best.by_target):
            own = TOGETHER.get(best.row.kind, own)
        if modality is Modality.NEGATED and own.plover is not None:
            return self._roots[own.plover].negated
        if modality is Modality.PLANNED or (modality is Modality.CONDITIONAL and best.by_source):
            return planned_coding(best.row, self._kinds, self._roots)
        return own


def _best(found: list[Candidate]) -> Candidate:
    """The heaviest; among equals the first in the sentence."""
    own = [each for each in found if each.by_source]
    governing = {each.token.i for each in own if each.row.kind in GOVERNING}
    deeds = {each.token.i for each in own if each.token.pos_ == "NOUN" and each.weight > TYPED}

    def weight(each: Candidate) -> float:
        under = each.token.pos_ in VERBAL and any(subject.i in deeds for subject in surface_subjects(each.token))
        return each.weight - GOVERNED * is_governed(each.token, governing) - UNDER_A_DEED * under

    return max(found, key=lambda each: (weight(each), -each.token.i))


def _forms(token: Token) -> tuple[str, ...]:
    """What the word's lemma may be where the tagger missed it."""
    low = token.lower_
    return token.lemma_.lower(), low, low.removesuffix("s"), low.removesuffix("ed"), low.removesuffix("d")


def _likely_first(pos: str | None) -> tuple[str, ...]:
    return (pos, *(other for other in PARTS_OF_SPEECH if other != pos)) if pos else PARTS_OF_SPEECH


def _obligation(doc: Doc, sides: Sides) -> Answer | None:
    """ "Oslo said Bergen must pay": whoever says that another must do something asks for it."""
    for token in doc:
        if token.dep_ != "ccomp" or token.head.lemma_ not in load_grammar().saying:
            continue
        if not any(modal.lower_ in OBLIGING for modal in children(token, "aux")):
            continue
        speakers = {subject.i for subject in surface_subjects(token.head)}
        obliged = {subject.i for subject in surface_subjects(token)}
        if speakers & sides.source and not obliged & sides.source:
            return Answer(OBLIGED.plover, "request", OBLIGED.cameo, Modality.ASSERTED, "obligation")
    return None
