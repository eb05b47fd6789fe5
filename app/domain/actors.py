"""Who acts: states, people, bodies and groups, with the days on which names and offices held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.spans import TimeSpan


class ActorType(StrEnum):
    STATE = "state"
    PERSON = "person"
    ORGANISATION = "organisation"  # intergovernmental bodies, agencies, companies
    ARMED_GROUP = "armed_group"
    MEDIA = "media"
    ROLE = "role"  # unnamed: "police", "protesters", "militants"


@dataclass(frozen=True, slots=True)
class Office:
    """An office that a person held: `title` of `state` during `span`."""

    title: str
    state: str
    span: TimeSpan


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of an actor, with the days on which it was in use (unknown = always)."""

    name: str
    span: TimeSpan


@dataclass(frozen=True, slots=True)
class Actor:
    """One that acts. `id` is ISO 3166 alpha-3 for a state, a slug of the name otherwise.

    `state` is the state that the actor belongs to (alpha-3), None where there is none.
    `sector` is a PLOVER sector (GOV, MIL, REB, ...), "" where unknown.
    """

    id: str
    name: str
    type: ActorType
    state: str | None = None
    sector: str = ""
    aliases: tuple[Alias, ...] = ()
    offices: tuple[Office, ...] = ()
    source: str = ""


class Naming(StrEnum):
    STATED = "stated"  # by the words, or by what they point back to
    INFERRED = "inferred"  # the likeliest of those whom the article speaks of: no word of the clause names it


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in one event, with the words that named it there, and whether they name it in that part."""

    id: str
    name: str
    type: ActorType
    state: str | None = None
    sector: str = ""
    words: str = ""
    basis: Naming = Naming.STATED

    @property
    def labels(self) -> tuple[str, ...]:
        """What an analyst looks for: the state's code first, then the person or body by full name."""
        if self.type is ActorType.STATE:
            return (self.id,)
        names = (self.name, self.word) if self.type is ActorType.ROLE and self.word else (self.name,)
        return tuple(dict.fromkeys((self.state, *names) if self.state else names))

    @property
    def word(self) -> str:
        """The last of the words that named it, in small letters: "protesters" of "thousands of protesters"."""
        return self.words.rpartition(" ")[2].lower()


def stated(parties: Iterable[Party]) -> list[Party]:
    """Those whom words name."""
    return [party for party in parties if party.basis is Naming.STATED]
