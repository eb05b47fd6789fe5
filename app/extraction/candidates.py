"""Who may be a side that a clause leaves out, and what of the text speaks for or against each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Token

from app.domain.actors import ActorType, Party
from app.extraction.arguments import clause_verb
from app.extraction.frames import IN_CLAUSE, Frame, is_known
from app.extraction.grammar import load_grammar
from app.extraction.participants import Participants, Spoken
from app.extraction.quotations import is_quoted

# To be raised with every change of what a feature says or is called: weights fit one version.
FEATURES = 2
SOURCE, TARGET = "source", "target"
# How many sentences back, and how many of those most spoken of, are candidates.
SENTENCES_BACK, MOST_SPOKEN_OF = 2, 3
FAR = 12
SAME_STATE = "other side's state"
# What fills a side by words that name it or point to it: nothing is left to choose.
TOLD = frozenset({IN_CLAUSE, "agreed on", "asked of", "points back", "shared", "told to"})
TELLING_PREPOSITIONS = ("by", "of", "in", "to", "against")


class Clues(NamedTuple):
    """What of the text speaks for or against a candidate, each told by a short word.

    `how` names the rule that has made it the side already, "" where none has; `where` it stands, seen from the trigger;
    `rank` among those most spoken of, "" for others; `of_state` is "home" for the article's own, "" for none.
    """

    sort: str
    how: str
    where: str
    rank: str
    of_state: str
    relation: str
    across: bool

    def features(self) -> Iterator[str]:
        """The yes-or-no features that weights are given to."""
        yield "bias"
        yield from self._of_held() if self.how else self._of_other()

    def _of_held(self) -> Iterator[str]:
        yield f"held {self.how}"
        yield f"held {self.how} {self.sort}"
        if self.of_state:
            yield f"held {self.how} with state"
        if self.relation == SAME_STATE:
            yield f"held {self.how} on the other side's state"
        if self.rank:
            yield "held prominent"

    def _of_other(self) -> Iterator[str]:
        yield f"is {self.sort}"
        yield f"at {self.where}"
        yield f"{self.sort} at {self.where}"
        yield f"{self.relation} {self.sort}"
        if self.rank:
            yield f"prominent {self.rank}"
            yield f"prominent {self.sort}"
        if self.of_state:
            yield "has state"
        if self.of_state == "home":
            yield "at home"
            yield f"at home {self.sort}"
        if self.across:
            yield "across a quotation mark"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be a side, with what speaks for it."""

    parties: tuple[Party, ...]
    clues: Clues

    @property
    def held(self) -> bool:
        """Whether a rule has made it the side already."""
        return self.clues.how != ""


def family_of(kind: str) -> str:
    """Kinds whose sides are told alike."""
    return load_grammar().families.get(kind, "")


def held_by(frame: Frame, side: str) -> tuple[Party, ...]:
    return frame.source if side == SOURCE else frame.target


def is_told(frame: Frame, side: str) -> bool:
    """Whether the sentence itself names the side, so that nothing is left to choose."""
    how = frame.filled_by(side)
    return how in TOLD and any(how == IN_CLAUSE or is_known(party) for party in held_by(frame, side))


class Vicinity:
    """Whom the article speaks of around one frame, and where, seen from its trigger."""

    def __init__(self, frame: Frame, company: Participants) -> None:
        self.company = company
        self._token = frame.token
        self._verb = clause_verb(frame.token).i
        self._left, self._right = frame.token.left_edge.i, frame.token.right_edge.i
        self._quoted = is_quoted(frame.token)
        self._sentence = company.sentence_of(frame.block, frame.token)
        self.here = company.in_sentence(self._sentence)
        self._places: dict[str, tuple[str, bool]] = {}
        self.near = self._nearest()

    def _nearest(self) -> dict[str, Spoken]:
        """By id the nearest place where each is spoken of, in this sentence and those before."""
        found: dict[str, Spoken] = {}
        for spoken in sorted(self.here, key=lambda spoken: abs(spoken.token.i - self._token.i)):
            found.setdefault(spoken.party.id, spoken)
        for back in range(1, SENTENCES_BACK + 1):
            for spoken in reversed(self.company.in_sentence(self._sentence - back)):
                found.setdefault(spoken.party.id, spoken)
        return found

    def place_of(self, ident: str) -> tuple[str, bool]:
        """Where the party stands, and whether a quotation mark lies between."""
        if (known := self._places.get(ident)) is None:
            spoken = self.near.get(ident)
            known = ("far", False) if spoken is None else (self._where(spoken), self._across(spoken))
            self._places[ident] = known
        return known

    def _across(self, spoken: Spoken) -> bool:
        return self._quoted != is_quoted(spoken.token)

    def _where(self, spoken: Spoken) -> str:
        role, number = _role_of(spoken.token), spoken.token.i
        if spoken.sentence != self._sentence:
            return f"back {self._sentence - spoken.sentence} {role}"
        if self._left <= number <= self._right:
            return f"below {role}" if number > self._token.i else f"below left {role}"
        if clause_verb(spoken.token).i == self._verb:
            return f"beside {role}"
        far = "far " if abs(number - self._token.i) > FAR else ""
        return f"{far}{'after' if number > self._token.i else 'before'} {role}"


def candidates_of(
    side: str,
    held: tuple[Party, ...],
    how: str,
    other: tuple[Party, ...],
    around: Vicinity,
    *,
    two_sided: bool = False,
    barred: frozenset[str] = frozenset(),
) -> list[Candidate]:
    """Those who hold the side by a rule (`how`), and everybody else who may be it: spoken of near by or often, the
    state at home, the other side's state; of what takes two states (`two_sided`) not that; none that is `barred`."""
    view = _View(other, around)
    found = [Candidate(held, view.of_held(held, how))] if held else []
    taken = {party.id for party in (*held, *other)} | barred  # nobody is done to by himself
    if two_sided:  # nobody meets or visits his own state
        taken |= {party.state for party in other if party.state}
    company, near = around.company, around.near
    states = [party.state for party in other if party.state]
    home = [company.home.id] if company.home else []
    for ident in dict.fromkeys((*near, *company.prominent[:MOST_SPOKEN_OF], *home, *states[:1])):
        if ident not in taken:
            party = near[ident].party if ident in near else company.parties.get(ident) or company.state(ident)
            if party.type is not ActorType.MEDIA:  # who is named for what it reports
                found.append(Candidate((party,), view.of(party)))
    return found


class _View:
    """The candidates for one side as the other side and the article let them appear."""

    def __init__(self, other: Sequence[Party], around: Vicinity) -> None:
        self._around = around
        self._other_ids = {party.id for party in other}
        self._other_states = {party.state for party in other if party.state}
        self._ranks = {ident: str(rank) for rank, ident in enumerate(around.company.prominent[:MOST_SPOKEN_OF])}
        home = around.company.home
        self._home = home.id if home else None

    def of_held(self, held: Sequence[Party], how: str) -> Clues:
        same = {party.state or party.id for party in held} <= self._other_states
        rank = "all" if all(party.id in self._ranks for party in held) else ""
        state = "some" if any(party.state for party in held) else ""
        return Clues(_sort_of(held[0]), how, "", rank, state, SAME_STATE if same else "", False)

    def of(self, party: Party) -> Clues:
        where, across = self._around.place_of(party.id)
        state = "" if party.state is None else "home" if party.state == self._home else "some"
        return Clues(_sort_of(party), "", where, self._ranks.get(party.id, ""), state, self._relation(party), across)

    def _relation(self, party: Party) -> str:
        """What the candidate is to the other side."""
        if not self._other_ids:
            return "no other side"
        if party.id in self._other_ids:
            return "is the other side"
        if party.state and self._other_states:
            return SAME_STATE if party.state in self._other_states else "another state than the other side's"
        return "unrelated"


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
        before = token.head.lower_
        return f"after {before}" if before in TELLING_PREPOSITIONS else "in phrase"
    return "modifier" if label in ("poss", "amod", "compound", "nmod") else "other"


def _sort_of(party: Party) -> str:
    if party.type is ActorType.ROLE:
        return "role of state" if party.state else "role"
    return party.type.value
