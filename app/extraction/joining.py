"""A user's dictionaries joined to the program's own tables, whose actors and names come first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from app.domain.actors import Actor, ActorType, Alias, Office
from app.extraction import actor_rows
from app.extraction.actor_rows import ALWAYS, Named
from app.extraction.dictionaries import PETRARCH_ACTORS, PETRARCH_AGENTS, Dictionary
from app.extraction.known import STATE_SECTORS, NameKind, RoleNoun, slug
from app.extraction.petrarch import Code, Entry, in_the_news

_GROUP_SECTORS = frozenset({"REB", "UAF", "SEP", "INS", "RAD"})
# Roles of CAMEO under the sector of PLOVER that took them in.
_SECTORS = {
    "SEP": "REB", "INS": "REB", "RAD": "REB", "BUD": "REL", "CHR": "REL", "MOS": "REL", "JEW": "REL", "HIN": "REL",
}  # fmt: skip
_OFFICES = {
    "GOV": "member of the government", "MIL": "member of the military", "LEG": "member of parliament",
    "OPP": "member of the opposition", "PTY": "member of a party", "JUD": "judge", "REB": "rebel",
}  # fmt: skip
_CODE = 3  # letters of a state and of each role
_SOURCE = "dictionary of the user"


@dataclass
class Joined:
    """The actors by id, their names with kinds, and the role nouns, while the tables are read."""

    actors: dict[str, Actor] = field(default_factory=dict)
    names: list[tuple[str, NameKind, str]] = field(default_factory=list)
    roles: dict[str, RoleNoun] = field(default_factory=dict)

    def add_all(self, found: Iterable[Named]) -> None:
        for actor, names in found:
            self.actors[actor.id] = actor
            self.names.extend((name, kind, actor.id) for name, kind in names)


def join(dictionary: Dictionary, joined: Joined, known: frozenset[str], forenames: frozenset[str]) -> None:
    """Take in one dictionary: new actors, and names and offices of those that are known. No name changes its owner."""
    rows, form = dictionary.rows, dictionary.form
    if form == "roles" or form == PETRARCH_AGENTS:
        nouns = actor_rows.roles(rows) if form == "roles" else _agents(dictionary.entries)
        for noun in nouns:
            joined.roles.setdefault(noun.lemma, noun)
        return
    taken = {name: ident for name, _, ident in reversed(joined.names)}
    if form == "provinces":
        joined.names.extend(new for new in actor_rows.provinces(rows, known) if new[0] not in taken)
        return
    found = {
        "states": lambda: actor_rows.states(rows),
        "people": lambda: actor_rows.people(rows, known),
        "bodies": lambda: actor_rows.bodies(rows, known),
        PETRARCH_ACTORS: lambda: _actors(dictionary.entries, known, forenames),
    }.get(form)
    for actor, names in found() if found else ():
        _join_one(actor, names, joined, taken)


def _join_one(actor: Actor, names: tuple[tuple[str, NameKind], ...], joined: Joined, taken: dict[str, str]) -> None:
    ident = next((taken[name] for name, _ in names if name in taken), actor.id)
    older = joined.actors.get(ident)
    if older is not None and older.type is not actor.type:
        names = tuple((name, _kind(older)) for name, _ in names)
    new = [(name, kind) for name, kind in dict(names).items() if name not in taken]
    if older is None:
        joined.actors[ident] = actor
    else:
        aliases = (*older.aliases, *(Alias(name, ALWAYS) for name, _ in new))
        offices = tuple(dict.fromkeys((*older.offices, *actor.offices)))
        joined.actors[ident] = replace(
            older, aliases=aliases, offices=offices if older.type is ActorType.PERSON else older.offices
        )
    for name, kind in new:
        taken[name] = ident
        joined.names.append((name, kind, ident))


def _kind(actor: Actor) -> NameKind:
    return {ActorType.STATE: NameKind.STATE, ActorType.PERSON: NameKind.PERSON}.get(actor.type, NameKind.BODY)


# -- entries of PETRARCH ----------------------------------------------------------------------------


def _actors(entries: Iterable[Entry], known: frozenset[str], forenames: frozenset[str]) -> Iterator[Named]:
    for entry in entries:
        names = tuple(dict.fromkeys(in_the_news(name) for name in entry.names))
        code = next((code.code for code in entry.codes if code.span == ALWAYS), entry.codes[-1].code)
        state = code[:_CODE] if code[:_CODE] in known else None
        sector = _sector(code if state is None else code[_CODE:])
        if state is not None and len(code) == _CODE and not _dated(entry):
            kind, ident, type_ = NameKind.STATE, state, ActorType.STATE
        elif _dated(entry) or names[0].partition(" ")[0] in forenames:
            kind, ident, type_ = NameKind.PERSON, slug(names[0]), ActorType.PERSON
        else:
            kind, ident = NameKind.BODY, slug(names[0])
            type_ = ActorType.ARMED_GROUP if sector in _GROUP_SECTORS | {"REB"} else ActorType.ORGANISATION
        if not ident:
            continue
        offices = tuple(_office(code, known) for code in entry.codes if code.span != ALWAYS)
        actor = Actor(
            ident,
            names[0],
            type_,
            state=state,
            sector=sector,
            aliases=tuple(Alias(name, ALWAYS) for name in names[1:]),
            offices=offices if type_ is ActorType.PERSON else (),
            source=_SOURCE,
        )
        yield actor, tuple((name, kind) for name in names)


def _dated(entry: Entry) -> bool:
    return any(code.span != ALWAYS for code in entry.codes)


def _office(code: Code, known: frozenset[str]) -> Office:
    state = code.code[:_CODE] if code.code[:_CODE] in known else ""
    sector = _sector(code.code[_CODE:])
    return Office(_OFFICES.get(sector, f"actor of sector {sector}" if sector else "actor"), state, code.span)


def _sector(code: str) -> str:
    first = code[:_CODE]
    return _SECTORS.get(first, first)


def _agents(entries: Iterable[Entry]) -> Iterator[RoleNoun]:
    """Agents of one word; in one of several words the last tells as much."""
    for entry in entries:
        sector = _sector(entry.codes[0].code.strip("~"))
        notes = frozenset({"state", "person"} if sector in STATE_SECTORS else {"group"})
        for name in entry.names:
            if name.isalpha():
                yield RoleNoun(name.lower(), sector, notes)
