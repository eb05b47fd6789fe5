"""Which of those whom an article speaks of is the side that a clause leaves out: candidates, features, a choice.

Each candidate is weighed by a logistic model over plain yes-or-no features. Its weights lie in `data/sides.json`; they
were learned by `scripts/train` from the annotated articles, as `data/sides.md` says. Reading needs no learning library.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from spacy.tokens import Token

from app.domain.actors import ActorType, Party
from app.extraction.arguments import clause_verb
from app.extraction.frames import IN_CLAUSE, Frame, is_known
from app.extraction.grammar import load_grammar
from app.extraction.participants import Participants, Spoken
from app.extraction.quotations import is_quoted

WEIGHTS_FILE = Path(__file__).parent / "data" / "sides.json"
SOURCE, TARGET = "source", "target"
# How many sentences back, and how many of those most spoken of, are candidates.
SENTENCES_BACK, MOST_SPOKEN_OF = 2, 3
FAR = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be a side, with what speaks for it; `held` where it is the side already."""

    parties: tuple[Party, ...]
    features: tuple[str, ...]
    held: bool = False
    is_told: bool = False  # the clause itself names it


class Choice(Protocol):
    """Decides who the side is."""

    def choose(self, frame: Frame, side: str, candidates: Sequence[Candidate]) -> tuple[Party, ...]: ...


class Ranker:
    """Chooses the likeliest candidate, if it is likely enough."""

    def __init__(self, weights: Mapping[str, Mapping[str, float]], floors: Mapping[str, Mapping[str, float]]) -> None:
        self._weights = weights
        self._floors = floors

    def choose(self, frame: Frame, side: str, candidates: Sequence[Candidate]) -> tuple[Party, ...]:
        if not candidates:
            return ()
        if candidates[0].is_told:
            return candidates[0].parties
        chances = [self.chance(side, each) for each in candidates]
        best = max(range(len(candidates)), key=lambda i: (chances[i], candidates[i].held, -i))
        floors = self._floors[side]
        floor = 0.0 if candidates[best].held else floors.get(family_of(frame.kind), floors[""])
        return candidates[best].parties if chances[best] >= floor else ()

    def chance(self, side: str, candidate: Candidate) -> float:
        weights = self._weights[side]
        total = sum(weights.get(feature, 0.0) for feature in candidate.features)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def load_ranker(path: Path = WEIGHTS_FILE) -> Ranker:
    table = json.loads(path.read_text("utf-8"))
    return Ranker(table["weights"], table["floors"])


def family_of(kind: str) -> str:
    """Kinds whose sides are told alike."""
    return load_grammar().families.get(kind, "")


# -- candidates ---------------------------------------------------------------------------------


def candidates_of(frame: Frame, side: str, company: Participants) -> list[Candidate]:
    """The side as it is, and everybody else who may be it: spoken of near by or often, and the state at home."""
    held = frame.source if side == SOURCE else frame.target
    other = frame.target if side == SOURCE else frame.source
    asked = _Asked(frame, side, other, company)
    found = [Candidate(held, tuple(asked.of_held(held)), True, asked.is_told(held))] if held else []
    taken = {party.id for party in (*held, *other)}
    near = asked.near()
    prominent = company.prominent[:MOST_SPOKEN_OF]
    states = [party.state for party in other if party.state]
    home = [company.home.id] if company.home else []
    for ident in dict.fromkeys((*near, *prominent, *home, *states[:1])):
        if ident not in taken:
            party = near[ident].party if ident in near else company.parties.get(ident) or company.state(ident)
            found.append(Candidate((party,), tuple(asked.of(party, near.get(ident)))))
    return found


class _Asked:
    """One side of one frame, looked for among the participants."""

    def __init__(self, frame: Frame, side: str, other: Sequence[Party], company: Participants) -> None:
        self._frame, self._side, self._company = frame, side, company
        self._other_ids = {party.id for party in other}
        self._other_states = {party.state for party in other if party.state}
        self._sentence = company.sentence_of(frame.block, frame.token)
        self._family = family_of(frame.kind)
        self._below = {token.i for token in frame.token.subtree}
        self._ranks = {ident: rank for rank, ident in enumerate(company.prominent[:MOST_SPOKEN_OF])}

    def near(self) -> dict[str, Spoken]:
        """By id the nearest place where each is spoken of, in this sentence and those before."""
        found: dict[str, Spoken] = {}
        here = self._company.in_sentence(self._sentence)
        for spoken in sorted(here, key=lambda spoken: abs(spoken.token.i - self._frame.token.i)):
            found.setdefault(spoken.party.id, spoken)
        for back in range(1, SENTENCES_BACK + 1):
            for spoken in reversed(self._company.in_sentence(self._sentence - back)):
                found.setdefault(spoken.party.id, spoken)
        return found

    def is_told(self, held: Sequence[Party]) -> bool:
        return self._frame.filled_by(self._side) == IN_CLAUSE and any(is_known(party) for party in held)

    def of_held(self, held: Sequence[Party]) -> Iterator[str]:
        how = self._frame.filled_by(self._side)
        yield from self._crossed("bias", f"held {how}", f"held {how} {_sort_of(held[0])}")
        if any(party.state for party in held):
            yield f"held {how} with state"
        if {party.state or party.id for party in held} <= self._other_states:
            yield from self._crossed(f"held {how} on the other side's state")
        if all(party.id in self._ranks for party in held):
            yield "held prominent"

    def of(self, party: Party, spoken: Spoken | None) -> Iterator[str]:
        sort = _sort_of(party)
        where = self._where(spoken)
        yield from self._crossed("bias", f"is {sort}", f"at {where}", f"{sort} at {where}")
        if party.state:
            yield from self._crossed("has state")
        if party.id in self._ranks:
            yield from self._crossed(f"prominent {self._ranks[party.id]}", f"prominent {sort}")
        home = self._company.home
        if home is not None and party.state == home.id:
            yield from self._crossed("at home", f"at home {sort}")
        if party.state and party.state in self._other_states:
            yield from self._crossed(f"other side's state {sort}")
        elif party.state and self._other_states:
            yield from self._crossed(f"another state than the other side's {sort}")
        if not self._other_ids:
            yield from self._crossed(f"no other side {sort}")
        if spoken is not None and is_quoted(self._frame.token) != is_quoted(spoken.token):
            yield "across a quotation mark"

    def _crossed(self, *features: str) -> Iterator[str]:
        for feature in features:
            yield feature
            yield f"{self._family}: {feature}"
            yield f"{self._company.scene}: {feature}"

    def _where(self, spoken: Spoken | None) -> str:
        """Where the article speaks of the candidate, seen from the trigger."""
        if spoken is None:
            return "far"
        role = _role_of(spoken.token)
        if spoken.sentence != self._sentence:
            return f"back {self._sentence - spoken.sentence} {role}"
        if spoken.token.i in self._below:
            return f"below {role}" if spoken.token.i > self._frame.token.i else f"below left {role}"
        same = clause_verb(spoken.token).i == clause_verb(self._frame.token).i
        if same:
            return f"beside {role}"
        far = "far " if abs(spoken.token.i - self._frame.token.i) > FAR else ""
        return f"{far}{'after' if spoken.token.i > self._frame.token.i else 'before'} {role}"


def _role_of(token: Token) -> str:
    """What the name does in its clause: subject, object, phrase after a preposition, modifier."""
    label = token.dep_
    if label in ("appos", "conj", "compound") and token.head.i != token.i:
        label = token.head.dep_
    if label in ("nsubj", "nsubjpass"):
        return "subject"
    if label in ("dobj", "dative"):
        return "object"
    if label == "pobj":
        return f"after {token.head.lower_}" if token.head.lower_ in ("by", "of", "in", "to", "against") else "in phrase"
    return "modifier" if label in ("poss", "amod", "compound", "nmod") else "other"


def _sort_of(party: Party) -> str:
    if party.type is ActorType.ROLE:
        return "role of state" if party.state else "role"
    return str(party.type)
