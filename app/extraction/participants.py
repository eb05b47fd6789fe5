"""Whom an article speaks of, and where: the company in which a frame looks for a side that its clause leaves out."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token

from app.domain.actors import ActorType, Party
from app.extraction.actors import ActorIndex
from app.extraction.grammar import load_grammar

# A state is at home in an article where it has at least this share of what belongs to states.
AT_HOME, DOMESTIC = 0.4, 0.75
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})


@dataclass(frozen=True, slots=True)
class Spoken:
    """One place where the article speaks of somebody. Sentences are counted through the article."""

    sentence: int
    token: Token
    party: Party


class Participants:
    """Everybody one article speaks of, in the order of the text."""

    def __init__(self, docs: Sequence[Doc], actors: ActorIndex) -> None:
        self._starts: list[list[int]] = []
        self._before: list[int] = []
        self._by_sentence: dict[int, list[Spoken]] = {}
        count = 0
        for doc in docs:
            starts = [sentence.start for sentence in doc.sents]
            self._starts.append(starts)
            self._before.append(count)
            count += len(starts)
        for block, doc in enumerate(docs):
            for token, parties in _named(doc, actors):
                number = self.sentence_of(block, token)
                self._by_sentence.setdefault(number, []).extend(Spoken(number, token, party) for party in parties)

    def sentence_of(self, block: int, token: Token) -> int:
        return self._before[block] + bisect_right(self._starts[block], token.i) - 1

    def in_sentence(self, number: int) -> Sequence[Spoken]:
        return self._by_sentence.get(number, ())

    @cached_property
    def parties(self) -> Mapping[str, Party]:
        """Each once by its id, as first named."""
        found: dict[str, Party] = {}
        for number in sorted(self._by_sentence):
            for spoken in self._by_sentence[number]:
                found.setdefault(spoken.party.id, spoken.party)
        return found

    @cached_property
    def people(self) -> frozenset[str]:
        """The ids of all persons with a name."""
        return frozenset(ident for ident, party in self.parties.items() if party.type is ActorType.PERSON)

    @cached_property
    def bodies(self) -> frozenset[str]:
        """The ids of all states, organisations and groups: of whoever is neither a person nor known by a role alone."""
        single = (ActorType.PERSON, ActorType.ROLE)
        return frozenset(ident for ident, party in self.parties.items() if party.type not in single) | self.states

    @cached_property
    def counts(self) -> Counter[str]:
        """How often the article speaks of each."""
        return Counter(spoken.party.id for said in self._by_sentence.values() for spoken in said)

    @cached_property
    def prominent(self) -> Sequence[str]:
        """The ids of those with a name, the most spoken of first."""
        named = [(-count, ident) for ident, count in self.counts.items() if is_named(self.parties[ident])]
        return [ident for _, ident in sorted(named)]

    @cached_property
    def unarmed(self) -> frozenset[str]:
        """The ids of the states, of all that speaks or acts for one, and of those who bear no arms."""
        sectors = load_grammar().unarmed_sectors
        parties = (spoken.party for said in self._by_sentence.values() for spoken in said)
        peaceful = {party.id for party in parties if party.type is ActorType.STATE or party.sector in sectors}
        return frozenset(peaceful) | self.states

    @cached_property
    def states(self) -> frozenset[str]:
        """The codes of all states that the article speaks of."""
        return frozenset(party.state for party in self.parties.values() if party.state)

    @cached_property
    def home(self) -> Party | None:
        """The state that the article is about: of all that belongs to states a good part is its own."""
        code, share = self._leading_state
        return self.state(code) if share >= AT_HOME else None

    @cached_property
    def scene(self) -> str:
        """Whether the article tells of one state's own affairs, of one among others, or of the world."""
        share = self._leading_state[1]
        return "domestic" if share >= DOMESTIC else "mixed" if share >= AT_HOME else "world"

    @cached_property
    def _leading_state(self) -> tuple[str, float]:
        """The state that most participants belong to, and its share of all that belong to states."""
        states: Counter[str] = Counter()
        for said in self._by_sentence.values():
            states.update(spoken.party.state for spoken in said if spoken.party.state)
        if not states:
            return "", 0.0
        code, count = max(states.items(), key=lambda item: (item[1], item[0]))
        return code, count / sum(states.values())

    def state(self, code: str) -> Party:
        """The state itself, as the article names it where it does."""
        known = self.parties.get(code)
        return known if known is not None else Party(code, code, ActorType.STATE, code, "GOV", "")


def is_named(party: Party) -> bool:
    return party.type is not ActorType.ROLE


def _named(doc: Doc, actors: ActorIndex) -> Iterator[tuple[Token, tuple[Party, ...]]]:
    """The words of the block that denote somebody, each name once at its last word."""
    for token in doc:
        span = actors.entity_span(token)
        if span is not None:
            if token.i == span[1] - 1 and (found := actors.parties(token, conjuncts=False)):
                yield token, found
        elif (
            token.pos_ in ("NOUN", "PRON")
            and token.lower_ not in RELATIVES
            and (found := actors.parties(token, conjuncts=False))
        ):
            yield token, found
