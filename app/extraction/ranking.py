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
    """Somebody who may be a side, with what speaks for it; `held` where it is the side already.

    Each of `shared` counts by itself, for the family of kinds and for the scene of the article; `plain` only by itself.
    """

    parties: tuple[Party, ...]
    shared: tuple[str, ...]
    plain: tuple[str, ...]
    family: str
    scene: str
    held: bool = False

    @property
    def features(self) -> Iterator[str]:
        for feature in self.shared:
            yield from _crossed(feature, self.family, self.scene)
        yield from self.plain


def _crossed(feature: str, family: str, scene: str) -> tuple[str, str, str]:
    return feature, f"{family}: {feature}", f"{scene}: {feature}"


class Choice(Protocol):
    """Decides who the side is."""

    def choose(self, frame: Frame, side: str, company: Participants) -> tuple[Party, ...]: ...


class Ranker:
    """Chooses the likeliest candidate, if it is likely enough."""

    def __init__(self, weights: Mapping[str, Mapping[str, float]], floors: Mapping[str, Mapping[str, float]]) -> None:
        self._weights = weights
        self._floors = floors
        self._sums: dict[tuple[str, str, str, str], float] = {}

    def choose(self, frame: Frame, side: str, company: Participants) -> tuple[Party, ...]:
        if is_told(frame, side):
            return held_by(frame, side)
        candidates = candidates_of(frame, side, company)
        if not candidates:
            return ()
        chances = [self.chance(side, each) for each in candidates]
        best = max(range(len(candidates)), key=lambda i: (chances[i], candidates[i].held, -i))
        floors = self._floors[side]
        floor = 0.0 if candidates[best].held else floors.get(family_of(frame.kind), floors[""])
        return candidates[best].parties if chances[best] >= floor else ()

    def chance(self, side: str, candidate: Candidate) -> float:
        weights, family, scene = self._weights[side], candidate.family, candidate.scene
        total = sum(weights.get(feature, 0.0) for feature in candidate.plain)
        for feature in candidate.shared:
            key = (side, family, scene, feature)
            known = self._sums.get(key)
            if known is None:  # the same few hundred come again and again
                known = sum(weights.get(each, 0.0) for each in _crossed(feature, family, scene))
                self._sums[key] = known
            total += known
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def load_ranker(path: Path = WEIGHTS_FILE) -> Ranker:
    table = json.loads(path.read_text("utf-8"))
    return Ranker(table["weights"], table["floors"])


def family_of(kind: str) -> str:
    """Kinds whose sides are told alike."""
    return load_grammar().families.get(kind, "")


def held_by(frame: Frame, side: str) -> tuple[Party, ...]:
    return frame.source if side == SOURCE else frame.target


def is_told(frame: Frame, side: str) -> bool:
    """Whether the clause itself names the side: then nobody else is looked for."""
    return frame.filled_by(side) == IN_CLAUSE and any(is_known(party) for party in held_by(frame, side))


# -- candidates ---------------------------------------------------------------------------------


def candidates_of(frame: Frame, side: str, company: Participants) -> list[Candidate]:
    """The side as it is, and everybody else who may be it: spoken of near by or often, and the state at home."""
    held = held_by(frame, side)
    other = frame.target if side == SOURCE else frame.source
    asked = _Asked(frame, side, other, company)
    found = [asked.holding(held)] if held else []
    taken = {party.id for party in (*held, *other)}
    near = asked.near()
    prominent = company.prominent[:MOST_SPOKEN_OF]
    states = [party.state for party in other if party.state]
    home = [company.home.id] if company.home else []
    for ident in dict.fromkeys((*near, *prominent, *home, *states[:1])):
        if ident not in taken:
            party = near[ident].party if ident in near else company.parties.get(ident) or company.state(ident)
            found.append(asked.candidate(party, near.get(ident)))
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

    def holding(self, held: tuple[Party, ...]) -> Candidate:
        """The side as it is."""
        how = self._frame.filled_by(self._side)
        shared = ["bias", f"held {how}", f"held {how} {_sort_of(held[0])}"]
        if {party.state or party.id for party in held} <= self._other_states:
            shared.append(f"held {how} on the other side's state")
        plain = [f"held {how} with state"] if any(party.state for party in held) else []
        if all(party.id in self._ranks for party in held):
            plain.append("held prominent")
        return Candidate(held, tuple(shared), tuple(plain), self._family, self._company.scene, held=True)

    def candidate(self, party: Party, spoken: Spoken | None) -> Candidate:
        """Somebody else who may be the side."""
        across = spoken is not None and is_quoted(self._frame.token) != is_quoted(spoken.token)
        plain = ("across a quotation mark",) if across else ()
        return Candidate((party,), tuple(self._of(party, spoken)), plain, self._family, self._company.scene)

    def _of(self, party: Party, spoken: Spoken | None) -> Iterator[str]:
        sort = _sort_of(party)
        where = self._where(spoken)
        yield from ("bias", f"is {sort}", f"at {where}", f"{sort} at {where}")
        if party.state:
            yield "has state"
        if party.id in self._ranks:
            yield from (f"prominent {self._ranks[party.id]}", f"prominent {sort}")
        home = self._company.home
        if home is not None and party.state == home.id:
            yield from ("at home", f"at home {sort}")
        if party.state and party.state in self._other_states:
            yield f"other side's state {sort}"
        elif party.state and self._other_states:
            yield f"another state than the other side's {sort}"
        if not self._other_ids:
            yield f"no other side {sort}"

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
