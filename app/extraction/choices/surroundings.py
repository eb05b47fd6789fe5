"""What an article tells of its parties: where each was spoken of, how often, and in which state it plays."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from app.domain.actors import ActorType, Party
from app.extraction.actors import ActorIndex
from app.extraction.blocks import BlockKind
from app.extraction.frames import Frame

# A state that has more than this share of all naming is the one that the article plays in.
SCENE = 0.6


@dataclass(frozen=True, slots=True)
class Naming:
    """One place where a party was spoken of."""

    block: int
    sentence: int
    token: int
    label: str
    preposition: str


class Surroundings:
    """The namings of one article, ready to be asked for by block and by party."""

    def __init__(self, docs: Sequence[Doc], kinds: Sequence[BlockKind], actors: ActorIndex) -> None:
        self._starts = [_sentence_starts(doc) for doc in docs]
        self.parties: dict[str, Party] = {}
        self.namings: dict[str, list[Naming]] = {}
        self.by_block: list[list[tuple[Naming, str]]] = [[] for _ in docs]
        states: Counter[str] = Counter()
        for block, token, parties in actors.spoken():
            naming = Naming(block, self.sentence_of(block, token.i), token.i, token.dep_, _preposition(token))
            for party in parties:
                known = self.parties.setdefault(party.id, party)
                if known.state is None and party.state is not None:
                    self.parties[party.id] = party
                self.namings.setdefault(party.id, []).append(naming)
                self.by_block[block].append((naming, party.id))
                if party.state:
                    states[party.state] += 1
        total = sum(states.values())
        self.states = [state for state, _ in states.most_common()]
        self.share = states[self.states[0]] / total if total else 0.0
        self.scene = self.states[0] if self.share > SCENE else None
        order = sorted(self.namings, key=lambda party: (-len(self.namings[party]), self.namings[party][0].block))
        self.rank = {party: rank for rank, party in enumerate(order)}
        self.order = order
        top = {number for number, kind in enumerate(kinds) if kind is BlockKind.HEADLINE}
        body = next((number for number, kind in enumerate(kinds) if kind is BlockKind.BODY), None)
        self.lead = top | ({body} if body is not None else set())

    def sentence_of(self, block: int, token: int) -> int:
        return bisect_right(self._starts[block], token)


def _sentence_starts(doc: Doc) -> list[int]:
    return [number for number, start in enumerate(doc.to_array("SENT_START").tolist()) if start == 1]


def _preposition(token: Token) -> str:
    head = token.head if token.dep_ in ("conj", "appos") else token
    return head.head.lower_ if head.dep_ == "pobj" else ""
