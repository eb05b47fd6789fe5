"""The tables of states, people, bodies, role nouns and weapons, read into the index of names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import spacy

from app.domain.actors import Actor
from app.extraction import actor_rows
from app.extraction.datafiles import Row, read_rows
from app.extraction.dictionaries import read_folder
from app.extraction.joining import Joined, join
from app.extraction.known import Institution, Lexicon, Name, NameKind, Phrase, RoleNoun, Weapon, fold, slug

__all__ = ["DATA", "Lexicon", "Name", "NameKind", "Phrase", "RoleNoun", "Weapon", "fold", "load_lexicon", "slug"]

DATA = Path(__file__).parent / "data"

_UPPER_CASE_FROM = 4  # shorter names in capitals are other words: "US", "Mali" and "MALI" but not "Ban" and "BAN"


def load_lexicon(folder: Path = DATA, own: Path | None = None) -> Lexicon:
    """Read the tables of `folder` and the dictionaries in `own`; BadData names the file and the line of a row that
    cannot be read."""

    def table(name: str) -> Iterator[Row]:
        return read_rows(folder / "actors" / f"{name}.tsv")

    joined = Joined()
    joined.add_all(actor_rows.states(table("states")))
    known = frozenset(joined.actors)
    joined.names.extend(actor_rows.provinces(table("provinces"), known))
    joined.add_all(actor_rows.bodies(table("bodies"), known))
    joined.add_all(actor_rows.people(table("people"), known))
    joined.roles.update((role.lemma, role) for role in actor_rows.roles(table("roles")))
    genders = {row.required("forename"): row.choice("gender", frozenset({"f", "m"})) for row in table("forenames")}
    for dictionary in read_folder(own):
        join(dictionary, joined, known, frozenset(genders))
    weapons = tuple(actor_rows.weapons(read_rows(folder / "weapons.tsv"), known))
    return Lexicon(
        actors=tuple(joined.actors.values()),
        weapons=tuple(weapon for weapon, _ in weapons),
        roles=joined.roles,
        female=frozenset(name for name, gender in genders.items() if gender == "f"),
        male=frozenset(name for name, gender in genders.items() if gender == "m"),
        phrases=_index(_readings(joined, weapons)),
        by_id=joined.actors,
        institutions=dict[str, Institution](actor_rows.institutions(table("institutions"), known)),
        no_actors=frozenset(row.required("name") for row in table("no_actors")),
        name_words={row.required("word"): row.required("sort") for row in table("name_words")},
        former_seats=actor_rows.former_seats(table("former_seats"), known),
        shared={row.required("name"): row.listed("states") for row in table("shared_names")},
    )


def _readings(joined: Joined, weapons: Iterable[tuple[Weapon, tuple[str, ...]]]) -> Iterator[tuple[str, Name]]:
    """Every name with who or what it stands for."""
    made: dict[tuple[NameKind, str], Name] = {}
    for text, kind, ident in joined.names:
        actor: Actor = joined.actors[ident]
        yield text, made.setdefault((kind, ident), Name(kind, actor))
    for weapon, names in weapons:
        name = Name(NameKind.WEAPON, weapon=weapon)
        yield from ((text, name) for text in names)


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
    language = spacy.blank("en")
    tokenizer, exceptions = language.tokenizer, frozenset(language.Defaults.tokenizer_exceptions or {})

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
