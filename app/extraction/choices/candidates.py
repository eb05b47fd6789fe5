"""Who may be a side of a frame, and what speaks for each.

What speaks for a candidate is a tuple of short words, one for each of `CLUES`: the model weighs these and pairs of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.actors import ActorType, Party
from app.extraction.actors import ActorIndex
from app.extraction.choices.surroundings import Naming, Surroundings
from app.extraction.frames import Frame

# Of the candidate: what it is, what it is to the other side, where it was named last, in which part of its sentence,
# how often beside others, whether the lead names it, what it was in the events before, whether the act was in its land.
# Of the frame: its kind, what grammar or a rule found for the side, what is known of the other side, whether one state
# has most of the article's naming.
CLUES = ("type", "relation", "where", "part", "rank", "lead", "before", "place", "kind", "found", "other", "scene", "word")
NOBODY = ("nobody", "-", "-", "-", "-", "-", "-", "-")
FILLERS = ("conversation", "named below", "place", "points back", "act", "answers")
REACH = 4
NEAR_BLOCKS = 1


class Side(StrEnum):
    SOURCE = "source"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Parties that may be the side together, with the clues. No parties: nobody."""

    parties: tuple[Party, ...]
    clues: tuple[str, ...]


class Candidates:
    """The candidates for the sides of the frames of one article."""

    def __init__(self, frames: Sequence[Frame], places: Sequence[str | None], around: Surroundings, actors: ActorIndex) -> None:
        self._frames = frames
        self._places = places
        self._around = around
        self._actors = actors

    def of(self, number: int, side: Side) -> list[Candidate]:
        frame = self._frames[number]
        own, other = (frame.target, frame.source) if side is Side.TARGET else (frame.source, frame.target)
        about = _about(frame, own, other, self._around)
        found = [Candidate((), (*NOBODY, *about))]
        taken = {party.id for party in other}
        if own:
            found.append(self._weighed(number, own, own, other, about, "own"))
            taken.update(party.id for party in own)
        for party, where in self._reachable(number):
            if party.id not in taken:
                taken.add(party.id)
                found.append(self._weighed(number, (party,), own, other, about, where))
        return found

    def _weighed(self, number, parties, own, other, about, where) -> Candidate:
        frame, around = self._frames[number], self._around
        party = parties[0]
        naming = self._nearest(frame, party) if where not in ("own",) else None
        namings = around.namings.get(party.id)
        rank = around.rank.get(party.id)
        clues = (
            _type(party),
            _relation(party, other),
            where if where != "own" else about[1],
            _part(naming) if naming is not None else "-",
            str(min(rank, 4)) if rank is not None else "-",
            "lead" if namings and any(one.block in around.lead for one in namings) else "-",
            self._before(number, party, other),
            _same(party.state, self._places[number]),
        )
        return Candidate(tuple(parties), (*clues, *about))

    def _reachable(self, number: int):
        frame, around = self._frames[number], self._around
        here = around.sentence_of(frame.block, frame.token.i)
        left, right = frame.token.left_edge.i, frame.token.right_edge.i
        same, before = [], []
        for naming, ident in reversed(around.by_block[frame.block]):
            if naming.sentence == here:
                if naming.token > frame.token.i:
                    where = "below" if naming.token <= right else "after"
                else:
                    where = "under" if naming.token >= left else "ahead"
                same.append((around.parties[ident], where))
            elif naming.sentence == here - 1:
                before.append((around.parties[ident], "previous"))
            elif naming.sentence < here:
                before.append((around.parties[ident], "block"))
        yield from same
        yield from before
        if frame.block:
            for _, ident in reversed(around.by_block[frame.block - 1]):
                yield around.parties[ident], "last block"
        for other in reversed(self._frames[max(0, number - REACH) : number]):
            for party in (*other.target, *other.source):
                yield party, "event"
        for ident in around.order[:6]:
            yield around.parties[ident], "article"
        for state in self._states(number):
            yield self._actors.state(state), "state"

    def _states(self, number):
        frame = self._frames[number]
        for party in (*frame.source, *frame.target):
            if party.state:
                yield party.state
        if self._places[number]:
            yield self._places[number]
        yield from self._around.states[:2]

    def _nearest(self, frame: Frame, party: Party) -> Naming | None:
        best = None
        for naming in self._around.namings.get(party.id, ()):
            if naming.block > frame.block:
                break
            best = naming
            if naming.block == frame.block and naming.token > frame.token.i:
                break
        return best

    def _before(self, number: int, party: Party, other: Sequence[Party]) -> str:
        """What the party was in the last event with a side of its state."""
        others = {one.id for one in other}
        for event in reversed(self._frames[max(0, number - REACH) : number]):
            if any(one.id == party.id for one in event.target):
                return "target" if not others.isdisjoint({one.id for one in event.source}) else "target of another"
            if any(one.id == party.id for one in event.source):
                return "source" if not others.isdisjoint({one.id for one in event.target}) else "source to another"
        return "-"


def _about(frame: Frame, own, other, around: Surroundings) -> tuple[str, ...]:
    found = "none"
    if own:
        found = next((rule for rule in FILLERS if rule in frame.inherited), "clause")
    scene = "one" if around.share > 0.8 else "most" if around.share > 0.6 else "some" if around.share > 0.4 else "many"
    return frame.kind, found, _type(other[0]) if other else "-", scene, frame.row.lemma if hasattr(frame.row, "lemma") else frame.token.lemma_


def _type(party: Party) -> str:
    if party.type is ActorType.ROLE:
        return f"role {party.sector}" if party.state else "role without state"
    if party.type is ActorType.PERSON:
        return "person" if party.state else "stateless person"
    return party.type.value


def _relation(party: Party, other: Sequence[Party]) -> str:
    if not other:
        return "alone"
    state = other[0].state
    if state is None:
        return "other stateless"
    if party.state is None:
        return "stateless"
    if party.state != state:
        return "foreign"
    return "own state" if party.type is ActorType.STATE else "compatriot"


def _part(naming: Naming) -> str:
    return naming.preposition or naming.label


def _same(state: str | None, place: str | None) -> str:
    return "-" if place is None or state is None else "here" if state == place else "elsewhere"
