"""The tables of states, people, bodies, role nouns and weapons, read into the index of names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import spacy

from app.domain.actors import Actor, ActorType, Alias, Office
from app.domain.spans import TimeSpan
from app.extraction.datafiles import Row, read_rows
from app.extraction.known import Institution, Lexicon, Name, NameKind, Phrase, RoleNoun, Weapon, fold, slug

__all__ = ["DATA", "Lexicon", "Name", "NameKind", "Phrase", "RoleNoun", "Weapon", "fold", "load_lexicon", "slug"]

DATA = Path(__file__).parent / "data"

_BODY_TYPES = frozenset({ActorType.ORGANISATION, ActorType.MEDIA, ActorType.ARMED_GROUP})
_ALWAYS = TimeSpan.unknown()
_UPPER_CASE_FROM = 4  # shorter names in capitals are other words: "US", "Mali" and "MALI" but not "Ban" and "BAN"


def load_lexicon(folder: Path = DATA) -> Lexicon:
    """Read the tables of `folder`; BadData names the file and the line of a row that cannot be read."""
    named: list[tuple[str, Name]] = []
    states = tuple(_states(folder, named))
    known = frozenset(state.id for state in states)
    _provinces(folder, {state.id: state for state in states}, named)
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
        institutions=dict(_institutions(folder, known)),
        no_actors=frozenset(row.required("name") for row in _rows(folder, "no_actors")),
        shared={row.required("name"): row.listed("states") for row in _rows(folder, "shared_names")},
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


def _provinces(folder: Path, states: dict[str, Actor], named: list[tuple[str, Name]]) -> None:
    """Parts of states are no actors of their own: they stand for the state."""
    for row in _rows(folder, "provinces"):
        state = states.get(row.required("state"))
        if state is None:
            raise row.bad(f"state {row.text('state')!r} is not in states.tsv")
        names = (row.required("name"), *row.listed("aliases"))
        named.extend((name, Name(NameKind.PROVINCE, state)) for name in names)
        named.extend((name, Name(NameKind.DEMONYM, state)) for name in row.listed("demonyms"))


def _institutions(folder: Path, known: frozenset[str]) -> Iterator[tuple[str, Institution]]:
    for row in _rows(folder, "institutions"):
        states = {*row.listed("first"), *row.listed("others")}
        if known and (unknown := states - known):
            raise row.bad(f"{', '.join(sorted(unknown))} not in states.tsv")
        yield row.required("name"), Institution(row.text("first"), frozenset(states), row.text("sector"))


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
    split = _splitter()
    readings: dict[tuple[str, ...], list[Name]] = defaultdict(list)
    for text, name in named:
        for form in _spellings(text, name.kind):
            tokens = split(form)
            if tokens and name not in readings[tokens]:
                readings[tokens].append(name)
    phrases: dict[str, list[Phrase]] = defaultdict(list)
    for tokens, names in readings.items():
        phrases[tokens[0]].append(Phrase(tokens[1:], tuple(names)))
    return {first: tuple(sorted(found, key=lambda p: -len(p.rest))) for first, found in phrases.items()}


def _splitter() -> Callable[[str], tuple[str, ...]]:
    """Splits a text as the parser's tokenizer does, which need not be asked about plain words: it is slow."""
    tokenizer = spacy.blank("en").tokenizer
    exceptions = frozenset(tokenizer.rules)

    def split(text: str) -> tuple[str, ...]:
        words = text.split(" ")
        if all(word.isalpha() and word not in exceptions for word in words):
            return tuple(words)
        return tuple(token.text for token in tokenizer(text))

    return split


def _spellings(text: str, kind: NameKind) -> Iterator[str]:
    """A name as written, without accents, in capitals (headlines); a weapon also in the plural."""
    forms = dict.fromkeys((text, fold(text)))
    for form in forms:
        yield form
        if len(form) >= _UPPER_CASE_FROM and not form.isupper():
            yield form.upper()
        if kind is NameKind.WEAPON and form[-1].isalnum():
            yield f"{form}s"
