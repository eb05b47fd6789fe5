"""What is known before reading: states, people, bodies, role nouns and weapons, and the index that finds them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import spacy

from app.domain.actors import Actor, ActorType, Alias, Office
from app.domain.spans import TimeSpan
from app.extraction.datafiles import Row, read_rows

DATA = Path(__file__).parent / "data"

_BODY_TYPES = frozenset({ActorType.ORGANISATION, ActorType.MEDIA, ActorType.ARMED_GROUP})
_ALWAYS = TimeSpan.unknown()
_UPPER_CASE_FROM = 4  # shorter names in capitals are other words: "US", "Mali" and "MALI" but not "Ban" and "BAN"
_SLUG_BREAK = re.compile(r"[^a-z0-9]+")


class NameKind(StrEnum):
    """What a name in the tables stands for."""

    STATE = "state"
    DEMONYM = "demonym"
    SEAT = "seat"  # a capital or a seat of power
    PERSON = "person"
    BODY = "body"
    WEAPON = "weapon"


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


@dataclass(frozen=True)
class Lexicon:
    """All names known before reading. Built once by `load_lexicon`, then only read."""

    actors: tuple[Actor, ...]
    weapons: tuple[Weapon, ...] = ()
    roles: Mapping[str, RoleNoun] = field(default_factory=dict)
    female: frozenset[str] = frozenset()
    male: frozenset[str] = frozenset()
    phrases: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    by_id: Mapping[str, Actor] = field(default_factory=dict)

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


def load_lexicon(folder: Path = DATA) -> Lexicon:
    """Read the tables of `folder`; BadData names the file and the line of a row that cannot be read."""
    named: list[tuple[str, Name]] = []
    states = tuple(_states(folder, named))
    known = frozenset(state.id for state in states)
    actors = (*states, *_bodies(folder, known, named), *_people(folder, known, named))
    weapons = tuple(_weapons(folder, known, named))
    genders = {
        row.required("forename"): row.choice("gender", frozenset({"f", "m"})) for row in _rows(folder, "forenames")
    }
    return Lexicon(
        actors=actors,
        weapons=weapons,
        roles={role.lemma: role for role in _roles(folder)},
        female=frozenset(name for name, gender in genders.items() if gender == "f"),
        male=frozenset(name for name, gender in genders.items() if gender == "m"),
        phrases=_index(named),
        by_id={actor.id: actor for actor in actors},
    )


def _rows(folder: Path, table: str) -> Iterator[Row]:
    return read_rows(folder / "actors" / f"{table}.tsv")


def _states(folder: Path, named: list[tuple[str, Name]]) -> Iterator[Actor]:
    for row in _rows(folder, "states"):
        ident = row.required("id")
        if not re.fullmatch("[A-Z]{3}", ident):
            raise row.bad(f"id is {ident!r}, not three capital letters")
        forms = {
            NameKind.STATE: (row.required("name"), row.text("official"), *row.listed("aliases")),
            NameKind.DEMONYM: row.listed("demonyms"),
            NameKind.SEAT: row.listed("places"),
        }
        aliases = tuple(Alias(name, _ALWAYS) for names in forms.values() for name in dict.fromkeys(names) if name)
        actor = Actor(
            ident,
            row.text("name"),
            ActorType.STATE,
            state=ident,
            sector="GOV",
            aliases=aliases[1:],
            source=row.text("source"),
        )
        named.extend((name, Name(kind, actor)) for kind, names in forms.items() for name in names if name)
        yield actor


def _bodies(folder: Path, known: frozenset[str], named: list[tuple[str, Name]]) -> Iterator[Actor]:
    for row in _rows(folder, "bodies"):
        name = row.required("name")
        actor = Actor(
            slug(name),
            name,
            ActorType(row.choice("type", frozenset(_BODY_TYPES))),
            state=_state(row, known),
            sector=row.text("sector"),
            aliases=tuple(Alias(alias, _ALWAYS) for alias in row.listed("aliases")),
            source=row.text("source"),
        )
        named.extend((alias, Name(NameKind.BODY, actor)) for alias in (name, *row.listed("aliases")))
        yield actor


def _people(folder: Path, known: frozenset[str], named: list[tuple[str, Name]]) -> Iterator[Actor]:
    """One person a name; a row for each office held. Offices of world bodies have no state."""
    held: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(folder, "people"):
        held[row.required("name")].append(row)
    for name, rows in held.items():
        state = next((code for row in rows if (code := _state(row, known))), None)
        aliases = tuple(dict.fromkeys(alias for row in rows for alias in row.listed("aliases")))
        offices = tuple(
            Office(row.text("office").lower(), _state(row, known) or "", row.span("from", "to"))
            for row in rows
            if row.text("office")
        )
        actor = Actor(
            slug(name),
            name,
            ActorType.PERSON,
            state=state,
            sector="GOV" if offices else "",
            aliases=tuple(Alias(alias, _ALWAYS) for alias in aliases),
            offices=offices,
            source=rows[0].text("source"),
        )
        named.extend((alias, Name(NameKind.PERSON, actor)) for alias in (name, *aliases))
        yield actor


def _weapons(folder: Path, known: frozenset[str], named: list[tuple[str, Name]]) -> Iterator[Weapon]:
    for row in read_rows(folder / "weapons.tsv"):
        weapon = Weapon(row.required("name"), row.text("class"), _state(row, known, "producer"))
        named.extend((alias, Name(NameKind.WEAPON, weapon=weapon)) for alias in (weapon.name, *row.listed("aliases")))
        yield weapon


def _roles(folder: Path) -> Iterator[RoleNoun]:
    for row in _rows(folder, "roles"):
        yield RoleNoun(row.required("noun"), row.text("sector"), frozenset(row.listed("notes")))


def _state(row: Row, known: frozenset[str], column: str = "state") -> str | None:
    """A state's code, checked; several producers joined by `|` count as the first."""
    codes = row.listed(column)
    for code in codes:
        if known and code not in known:
            raise row.bad(f"{column} {code!r} is not in states.tsv")
    return codes[0] if codes else None


def _index(named: Iterable[tuple[str, Name]]) -> dict[str, tuple[Phrase, ...]]:
    """Names by their first token, longest first, split exactly as the parser's tokenizer splits text."""
    split = spacy.blank("en").tokenizer
    readings: dict[tuple[str, ...], list[Name]] = defaultdict(list)
    for text, name in named:
        for form in _spellings(text, name.kind):
            tokens = tuple(token.text for token in split(form))
            if tokens and name not in readings[tokens]:
                readings[tokens].append(name)
    phrases: dict[str, list[Phrase]] = defaultdict(list)
    for tokens, names in readings.items():
        phrases[tokens[0]].append(Phrase(tokens[1:], tuple(names)))
    return {first: tuple(sorted(found, key=lambda p: -len(p.rest))) for first, found in phrases.items()}


def _spellings(text: str, kind: NameKind) -> Iterator[str]:
    """A name as written, without accents, in capitals (headlines); a weapon also in the plural."""
    forms = dict.fromkeys((text, fold(text)))
    for form in forms:
        yield form
        if len(form) >= _UPPER_CASE_FROM and not form.isupper():
            yield form.upper()
        if kind is NameKind.WEAPON and form[-1].isalnum():
            yield f"{form}s"
