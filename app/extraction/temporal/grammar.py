"""The machinery of the rules: patterns over classes of tokens, and what a rule's builder sees of a match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.extraction.temporal.meanings import Meaning
from app.extraction.temporal.scanning import Scan, Token
from app.extraction.temporal.vocabulary import Vocabulary, load

# Classes that rules name together.
UNIONS: Mapping[str, str] = {
    "ANYMONTH": "MONTH MAYBE_MONTH MONTH_SHORT",
    "ANYWEEKDAY": "WEEKDAY WEEKDAY_SHORT",
    "ANYSEASON": "SEASON MAYBE_SEASON",
    "ANYUNIT": "UNIT UNITS DAY YEAR_UNIT QUARTER WEEKEND",
    "ONEUNIT": "UNIT DAY YEAR_UNIT QUARTER WEEKEND",
    "DAYNUM": "SMALL DAYORD",
    "ANYORDINAL": "ORDINAL SECOND DAYORD ORDNUM",
    "DIGITNUM": "SMALL NUM",
    "COUNT": "NUMBER SMALL NUM BIG DECIMAL HUNDRED",
    "DEICTICS": "LAST PAST NEXT COMING THIS",
    "WHICH": "LAST PAST NEXT COMING THIS PREVIOUS FOLLOWING THAT SAME CURRENT",
    "SEQUEL": "AGO EARLIER LATER BEFORE AFTER AFTERWARDS HENCE",
    "ANYDECADE": "DECADE_NUM DECADE_WORD",
    "DET": "THE THIS THAT POSS",
    "NOONWORD": "NOON MIDNIGHT",
    "PARTDET": "THE NUMBER A",
    "BESIDE": "BEFORE AFTER FOLLOWING EARLIER LATER",
    "SOME": "FEW SEVERAL",
    "WORKDAY": "TRADING",
    "EARLYWORD": "EARLY",
    "VAGUEWORD": "NOW VAGUE",
    "THEWORD": "PAST PRESENT FUTURE",
    "LINK": "HYPHEN AND TO THROUGH",
    "TAIL": "SMALL NUM BIG YEAR",
    "ORDSECOND": "ORDINAL SECOND",
    "TOWARDS": "TO THROUGH UNTIL HYPHEN",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A rule's match: named parts of it are tokens."""

    scan: Scan
    match: re.Match[str]

    def has(self, name: str) -> bool:
        return name in self.match.re.groupindex and self.match.group(name) is not None

    def token(self, name: str) -> Token | None:
        return self.scan.tokens[self.match.start(name)] if self.has(name) else None

    def value(self, name: str) -> str:
        """The token's value, "" when the part is absent."""
        token = self.token(name)
        return token.value if token else ""

    def tokens(self) -> Sequence[Token]:
        return self.scan.tokens[self.match.start() : self.match.end()]

    def word_of(self, name: str) -> str:
        token = self.token(name)
        return token.word if token else ""

    def number(self, name: str) -> int | None:
        value = self.value(name)
        return int(value) if value.isdigit() else None

    def word_before(self, steps: int = 1) -> str:
        at = self.match.start() - steps
        return self.scan.tokens[at].word if at >= 0 else ""

    def word_after(self) -> str:
        token = self.after()
        return token.word if token else ""

    def after(self) -> Token | None:
        at = self.match.end()
        return self.scan.tokens[at] if at < len(self.scan.tokens) else None

    def after_is(self, *classes: str) -> bool:
        after = self.after()
        return after is not None and any(after.mark == load().marks[name] for name in classes)

    def before(self) -> Token | None:
        at = self.match.start() - 1
        return self.scan.tokens[at] if at >= 0 else None


@dataclass(frozen=True, slots=True)
class Piece:
    """One expression out of a match that tells several: tokens [first, last) of the scan."""

    first: int
    last: int
    meaning: Meaning


Built = Meaning | tuple[Piece, ...] | None
Builder = Callable[[Found], Built]


@dataclass(frozen=True, slots=True)
class Rule:
    """A name, a pattern over classes, and a builder that makes the meaning or refuses (None)."""

    name: str
    pattern: str
    build: Builder


@dataclass(frozen=True, slots=True)
class CompiledRule:
    name: str
    regex: re.Pattern[str]
    build: Builder


_NAME = re.compile(r"(?:([a-z][a-z0-9_]*)=)?([A-Z][A-Z_0-9]*)")


def compile_rules(rules: Iterable[Rule], vocabulary: Vocabulary) -> tuple[CompiledRule, ...]:
    return tuple(CompiledRule(r.name, re.compile(classes_of(r.pattern, vocabulary)), r.build) for r in rules)


def classes_of(pattern: str, vocabulary: Vocabulary) -> str:
    """The pattern with names of classes turned into character sets; `x=DAY` makes the group x."""

    def charset(match: re.Match[str]) -> str:
        names = UNIONS.get(match.group(2), match.group(2)).split()
        marks = "[" + "".join(vocabulary.marks[name] for name in names) + "]"
        return f"(?P<{match.group(1)}>{marks})" if match.group(1) else marks

    return "".join(_NAME.sub(charset, part) for part in pattern.split())
