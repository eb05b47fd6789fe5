"""Rows of the tables to actors, with the kind of each of their names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from app.domain.actors import Actor, ActorType, Alias, Office
from app.domain.spans import TimeSpan
from app.extraction.datafiles import Row
from app.extraction.known import Institution, NameKind, RoleNoun, Weapon, slug

ALWAYS = TimeSpan.unknown()
BODY_TYPES = frozenset({ActorType.ORGANISATION, ActorType.MEDIA, ActorType.ARMED_GROUP})

# An actor with its names, each of its kind.
Named = tuple[Actor, tuple[tuple[str, NameKind], ...]]


def states(rows: Iterable[Row]) -> Iterator[Named]:
    for row in rows:
        ident = row.required("id")
        if not re.fullmatch("[A-Z]{3}", ident):
            raise row.bad(f"id is {ident!r}, not three capital letters")
        forms = {
            NameKind.STATE: (row.required("name"), row.text("official"), *row.listed("aliases")),
            NameKind.DEMONYM: row.listed("demonyms"),
            NameKind.SEAT: row.listed("places"),
        }
        names = tuple((name, kind) for kind, some in forms.items() for name in some if name)
        aliases = tuple(Alias(name, ALWAYS) for names_ in forms.values() for name in dict.fromkeys(names_) if name)
        yield (
            Actor(
                ident,
                row.text("name"),
                ActorType.STATE,
                state=ident,
                sector="GOV",
                aliases=aliases[1:],
                source=row.text("source"),
            ),
            names,
        )


def provinces(rows: Iterable[Row], known: frozenset[str]) -> Iterator[tuple[str, NameKind, str]]:
    """Parts of states are no actors of their own: their names stand for the state."""
    for row in rows:
        row.required("state")
        ident = state_in(row, known) or ""
        for name in (row.required("name"), *row.listed("aliases")):
            yield name, NameKind.PROVINCE, ident
        for name in row.listed("demonyms"):
            yield name, NameKind.DEMONYM, ident


def institutions(rows: Iterable[Row], known: frozenset[str]) -> Iterator[tuple[str, Institution]]:
    for row in rows:
        idents = {*row.listed("first"), *row.listed("others")}
        if known and (unknown := idents - known):
            raise row.bad(f"{', '.join(sorted(unknown))} not in states.tsv")
        yield row.required("name"), Institution(row.text("first"), frozenset(idents), row.text("sector"))


def bodies(rows: Iterable[Row], known: frozenset[str]) -> Iterator[Named]:
    for row in rows:
        name = row.required("name")
        actor = Actor(
            slug(name),
            name,
            ActorType(row.choice("type", frozenset(BODY_TYPES))),
            state=state_in(row, known),
            sector=row.text("sector"),
            aliases=tuple(Alias(alias, ALWAYS) for alias in row.listed("aliases")),
            source=row.text("source"),
        )
        yield actor, tuple((alias, NameKind.BODY) for alias in (name, *row.listed("aliases")))


def people(rows: Iterable[Row], known: frozenset[str]) -> Iterator[Named]:
    """One person a name; a row for each office held. Offices of world bodies have no state."""
    held: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        held[row.required("name")].append(row)
    for name, own in held.items():
        state = next((code for row in own if (code := state_in(row, known))), None)
        aliases = tuple(dict.fromkeys(alias for row in own for alias in row.listed("aliases")))
        offices = tuple(
            Office(row.text("office").lower(), state_in(row, known) or "", row.span("from", "to"))
            for row in own
            if row.text("office")
        )
        actor = Actor(
            slug(name),
            name,
            ActorType.PERSON,
            state=state,
            sector="GOV" if offices else "",
            aliases=tuple(Alias(alias, ALWAYS) for alias in aliases),
            offices=offices,
            source=own[0].text("source"),
        )
        yield actor, tuple((alias, NameKind.PERSON) for alias in (name, *aliases))


def former_seats(rows: Iterable[Row], known: frozenset[str]) -> dict[str, tuple[tuple[str, TimeSpan], ...]]:
    """The states whose seat a place was, each with the days in which it was so."""
    found: dict[str, list[tuple[str, TimeSpan]]] = defaultdict(list)
    for row in rows:
        row.required("state")
        found[row.required("name")].append((state_in(row, known) or "", row.span("from", "to")))
    return {name: tuple(held) for name, held in found.items()}


def weapons(rows: Iterable[Row], known: frozenset[str]) -> Iterator[tuple[Weapon, tuple[str, ...]]]:
    for row in rows:
        weapon = Weapon(row.required("name"), row.text("class"), state_in(row, known, "producer"))
        yield weapon, (weapon.name, *row.listed("aliases"))


def roles(rows: Iterable[Row]) -> Iterator[RoleNoun]:
    for row in rows:
        yield RoleNoun(row.required("noun"), row.text("sector"), frozenset(row.listed("notes")))


def state_in(row: Row, known: frozenset[str], column: str = "state") -> str | None:
    """A state's code, checked; several producers joined by `|` count as the first."""
    codes = row.listed(column)
    for code in codes:
        if known and code not in known:
            raise row.bad(f"{column} {code!r} is not in states.tsv")
    return codes[0] if codes else None
