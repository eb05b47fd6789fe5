"""The words that time is told with, read once from `app/extraction/data/temporal/`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

# Classes that the scanner gives to numbers and signs; the words' classes stand in words.tsv.
SIGNS = (
    "OTHER", "BREAK", "COMMA", "DOT", "HYPHEN", "S", "OPEN", "CLOSE", "COLON", "SEMICOLON", "SMALL", "NUM", "YEAR",
    "BIG", "DECIMAL", "DAYORD", "ORDNUM", "DECADE_NUM", "CLOCK", "AMPM", "CLOCK_AMPM", "ISO", "SLASHED", "YEAR2",
    "FEAST", "NAMED_DAY", "COMPACT", "CLOCK_Z", "MONEY", "MINUS", "SLASH", "FY", "QCODE",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A word's class (one character) and its value as the table spells it."""

    mark: str
    value: str


@dataclass(frozen=True, slots=True)
class Feast:
    """A holiday: the rule that finds its first day in a year, and how many days it lasts."""

    name: str
    rule: str
    days: int


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An event known by its day: the names of who or what it befell, and what it is called, by nouns and by verbs.

    Without any of these the names stand for it alone: "the Boxing Day tsunami".
    """

    names: tuple[str, ...]
    day: date
    nouns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All tables of the tagger."""

    marks: Mapping[str, str]
    words: Mapping[str, Word]
    feasts: Mapping[tuple[str, ...], Feast]
    nations: Mapping[str, str]
    named_days: Mapping[str, tuple[date, date]]
    blockers: Mapping[str, frozenset[str]]
    tense: Mapping[str, frozenset[str]]
    triggers: frozenset[str]
    witnesses: Mapping[str, date]
    lunar_new_years: Mapping[int, date]
    hindu_feasts: Mapping[tuple[str, int], date]
    zones: Mapping[str, str]
    titles: frozenset[str]
    deed_days: Mapping[tuple[int, int, str], int]
    events: tuple[KnownEvent, ...]


# Classes whose words alone never make an expression: a text with none but these is not scanned.
_SILENT = frozenset(
    [
        "A",
        "THE",
        "OF",
        "IN",
        "ON",
        "AT",
        "TO",
        "FROM",
        "AND",
        "OR",
        "BY",
        "FOR",
        "SINCE",
        "DURING",
        "UNTIL",
        "THROUGH",
        "BETWEEN",
        "THIS",
        "THAT",
        "THESE",
        "THOSE",
        "SAME",
        "BEFORE",
        "AFTER",
        "EDGE",
        "APPROX",
        "MORE",
        "LESS",
        "THAN",
        "LEAST",
        "ONLY",
        "CLOSE_TO",
        "FEW",
        "COUPLE",
        "SEVERAL",
        "OTHER",
        "EVERY",
        "PER",
        "TIMES",
        "NUMBER",
        "HUNDRED",
        "ORDINAL",
        "SECOND",
        "OLD",
        "SO",
        "THEN",
        "ZONE",
        "LOCAL",
        "POSS",
        "AD",
        "BC",
        "ENTIRE",
        "TIME",
        "PERIOD",
        "HALF",
        "TRADING",
        "HENCE",
        "ONCE",
        "LAST",
        "NEXT",
        "EARLY",
        "MORE",
        "ANOTHER",
        "ANNIVERSARY",
        "NEARBY",
        "ALTERNATE",
        "WEE",
        "TURN",
    ]
)


# Words of spelled years: "nineteen ninety-seven", "two thousand".
_SPELLED_YEARS = ("seventeen", "eighteen", "nineteen", "thousand")
_EVE = "eve"  # "the eve of the vote" may stand in a paragraph of its own


def _folder() -> Traversable:
    return files("app.extraction") / "data" / "temporal"


def _rows(name: str) -> Iterator[list[str]]:
    for line in (_folder() / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _lists(name: str) -> dict[str, frozenset[str]]:
    table = tomllib.loads((_folder() / name).read_text(encoding="utf-8"))
    return {key: frozenset(words) for key, words in table.items()}


def _events() -> Iterator[KnownEvent]:
    deeds = tomllib.loads((_folder() / "deeds.toml").read_text(encoding="utf-8"))
    for names, deed, day, _ in _rows("events.tsv"):
        called = {key: tuple(words) for key, words in deeds[deed].items()} if deed else {}
        yield KnownEvent(tuple(names.split("|")), date.fromisoformat(day), **called)


def _feasts() -> Iterator[Feast]:
    """The holidays of the table, and the days of each nation: "independence day of kenya"."""
    for name, rule, days in _rows("holidays.tsv"):
        yield Feast(name, rule, int(days))
    for name, names, rule in _rows("national_days.tsv"):
        for one in names.split("|"):
            yield Feast(f"{name} of {one}", rule, 1)


def _triggers(words: set[str]) -> frozenset[str]:
    """The words one of which a text with an expression holds; a feast adds one where its name has none of them."""
    feasts = (re.findall(r"[^\W\d_]+", name) for name, _, _ in _rows("holidays.tsv"))
    return frozenset(words.union((name[0] for name in feasts if words.isdisjoint(name)), (*_SPELLED_YEARS, _EVE)))


@lru_cache(maxsize=1)
def load() -> Vocabulary:
    """The tables; read at the first call."""
    rows = list(_rows("words.tsv"))
    names = sorted({row[1] for row in rows}.union(SIGNS))
    marks = {name: chr(0x100 + index) for index, name in enumerate(names)}
    return Vocabulary(
        marks=marks,
        words={word: Word(marks[name], value) for word, name, value in rows},
        feasts={tuple(feast.name.split()): feast for feast in _feasts()},
        nations={name: names.split("|")[0] for _, names, _ in _rows("national_days.tsv") for name in names.split("|")},
        named_days={n: (date.fromisoformat(a), date.fromisoformat(b)) for n, a, b in _rows("named_days.tsv")},
        blockers=_lists("blockers.toml"),
        tense=_lists("tense.toml"),
        witnesses={phrase: date.fromisoformat(day) for phrase, day, _ in _rows("witnesses.tsv")},
        lunar_new_years={int(y): date.fromisoformat(f"{y}-{day}") for y, day in _rows("lunar_new_years.tsv")},
        hindu_feasts={(n, d.year): d for n, day in _rows("hindu_feasts.tsv") for d in [date.fromisoformat(day)]},
        zones={row[0]: row[1] for row in _rows("zones.tsv")},
        events=tuple(_events()),
        deed_days={
            (int(day[:2]), int(day[3:]), deed): int(year)
            for day, deeds, year, _ in _rows("deed_days.tsv")
            for deed in deeds.split("|")
        },
        titles=frozenset(row[0] for row in _rows("titles.tsv")),
        triggers=_triggers({word for word, name, _ in rows if name not in _SILENT}),
    )
