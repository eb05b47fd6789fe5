"""What is known before reading, as values: kinds of names, role nouns, weapons, and the index that finds names."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from app.domain.actors import Actor, ActorType
from app.domain.spans import TimeSpan

# Where the family name stands first.
FAMILY_FIRST = frozenset({"CHN", "KHM", "KOR", "MYS", "PRK", "SGP", "TWN", "VNM"})
_SLUG_BREAK = re.compile(r"[^a-z0-9]+")


class NameKind(StrEnum):
    """What a name in the tables stands for."""

    STATE = "state"
    DEMONYM = "demonym"
    SEAT = "seat"  # a capital or a seat of power
    PROVINCE = "province"  # a part of a state, or a city known like one
    PERSON = "person"
    BODY = "body"
    WEAPON = "weapon"


# The sectors of those who act for their state.
STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "ELI"})


@dataclass(frozen=True, slots=True)
class Weapon:
    """A weapon system: canonical name, class ("missile"), state that makes it (alpha-3 or None)."""

    name: str
    kind: str = ""
    producer: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """One reading of a name: who or what it stands for."""

    kind: NameKind
    actor: Actor | None = None
    weapon: Weapon | None = None


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """A common noun that denotes actors ("official", "rebel") or helps to name them, with what the grammar needs.

    Notes: `state` acts for its state; `person` is one person; `group` is not of the government; `title` stands
    before a name, `qualifier` within such a title ("deputy", "foreign"); `through` counts what follows `of`;
    `many` is people in the bare plural that acts or is acted on ("Thousands marched");
    `organisation` ends the name of a body, `government` that of a state's body; `country` is the state itself;
    `source` tells without a name; `equipment` acts only as part of a state's forces.
    """

    lemma: str
    sector: str
    notes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name as tokens after its first, with its readings."""

    rest: tuple[str, ...]
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Institution:
    """A name that many states give to one of theirs ("Senate"): whose is meant where nothing tells ("" for no one's),
    and all the states that have one."""

    first: str
    states: frozenset[str]
    sector: str


@dataclass(frozen=True)
class Lexicon:
    """All names known before reading. Built once by `load_lexicon`, then only read.

    `shared` are the names of several states ("Congo"), whose order is that of likelihood;
    `no_actors` are capitalised words that name nobody ("GDP"); `name_words` those that end names of things ("Sea"),
    each with the sort of thing; `former_seats` those that were the seat of another state, and in which days: "Belgrade"
    of Yugoslavia in 1999.
    """

    actors: tuple[Actor, ...]
    weapons: tuple[Weapon, ...] = ()
    roles: Mapping[str, RoleNoun] = field(default_factory=dict)
    female: frozenset[str] = frozenset()
    male: frozenset[str] = frozenset()
    phrases: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    by_id: Mapping[str, Actor] = field(default_factory=dict)
    institutions: Mapping[str, Institution] = field(default_factory=dict)
    shared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    no_actors: frozenset[str] = frozenset()
    name_words: Mapping[str, str] = field(default_factory=dict)
    former_seats: Mapping[str, tuple[tuple[str, TimeSpan], ...]] = field(default_factory=dict)

    @cached_property
    def by_surname(self) -> Mapping[str, Sequence[Actor]]:
        """Those who held an office, by their surname in plain small letters."""
        found: dict[str, list[Actor]] = defaultdict(list)
        for actor in self.actors:
            if actor.type is ActorType.PERSON and actor.offices:
                words = fold(actor.name).lower().split()
                for surname in {words[-1], words[0] if actor.state in FAMILY_FIRST else words[-1]}:
                    found[surname].append(actor)
        return found

    def match(self, words: Sequence[str], start: int) -> tuple[int, tuple[Name, ...]] | None:
        """The longest name that begins at `start`: the index past it, and its readings."""
        candidates = self.phrases.get(words[start])
        if candidates is None:
            return None
        for phrase in candidates:  # longest first
            end = start + 1 + len(phrase.rest)
            if tuple(words[start + 1 : end]) == phrase.rest:
                return end, phrase.names
        return None

    def has_note(self, noun: str, note: str) -> bool:
        role = self.roles.get(noun)
        return role is not None and note in role.notes


def slug(name: str) -> str:
    """The id of a person or body: its name in lower case ASCII, words joined by hyphens."""
    return _SLUG_BREAK.sub("-", fold(name).lower()).strip("-")


def fold(text: str) -> str:
    """`text` without accents."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("ı", "i").replace("ł", "l")
