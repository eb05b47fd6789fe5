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
    "ANYMONTH": "MONTH MAYBE_MONTH MONTH_SHORT MAYBE_SHORT",
    "PLACE": "OTHER",
    "DOTTED": "MONTH_SHORT MAYBE_SHORT",
    "NTH": "ORDINAL SECOND DAYORD ORDNUM LAST",
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
    "HALVES": "HALF QUARTER",
    "CLOCKSIDE": "PAST TO",
    "UPTO": "TO THROUGH UNTIL HYPHEN AND",
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

    def word_after(self, steps: int = 1) -> str:
        token = self.after(steps)
        return token.word if token else ""

    def after(self, steps: int = 1) -> Token | None:
        at = self.match.end() + steps - 1
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
    begins: frozenset[str]  # the two marks that a match may begin with, or the one that is all of it


_GROUP = re.compile(r"\((?:\?(?::|P<\w+>))?")
_LOOKED_AT = "(?<="  # what stands before a mark takes up none
_QUANTIFIER = re.compile(r"[?*+]\+?|\{\d+(?:,\d*)?\}")
_NAME = re.compile(r"(?:([a-z][a-z0-9_]*)=)?([A-Z][A-Z_0-9]*)")


def beginnings(pattern: str) -> frozenset[str]:
    """The two marks that a match of the pattern may begin with, one where it may be that short.

    The pattern is one that `classes_of` writes: sets, groups, alternatives and quantifiers.
    """
    return frozenset(_alternatives(pattern, 0)[0])


def _alternatives(pattern: str, at: int) -> tuple[set[str], int]:
    """The beginnings of the alternatives from `at` on ("" where one may be empty), and where their group ends."""
    found: set[str] = set()
    while True:
        some, at = _sequence(pattern, at)
        found |= some
        if at >= len(pattern) or pattern[at] == ")":
            return found, at
        at += 1  # past the "|"


def _sequence(pattern: str, at: int) -> tuple[set[str], int]:
    found = {""}
    while at < len(pattern) and pattern[at] not in "|)":
        part, at = _part(pattern, at)
        if quantifier := _QUANTIFIER.match(pattern, at):
            part = _repeated(part, quantifier[0])
            at = quantifier.end()
        found = _then(found, part)
    return found, at


def _part(pattern: str, at: int) -> tuple[set[str], int]:
    """A group, a set or a mark, and where it ends."""
    if pattern.startswith(_LOOKED_AT, at):
        return {""}, pattern.index(")", at) + 1
    if opening := _GROUP.match(pattern, at):
        part, at = _alternatives(pattern, opening.end())
        return part, at + 1
    if pattern[at] == "[":
        end = pattern.index("]", at)
        return set(pattern[at + 1 : end]), end + 1
    return {pattern[at]}, at + 1


def _repeated(part: set[str], quantifier: str) -> set[str]:
    most_once = quantifier[0] == "?"
    none = quantifier[0] in "?*" or quantifier.startswith("{0")
    some = part if most_once else part | _then(part, part)
    return some | {""} if none else some


def _then(first: set[str], second: set[str]) -> set[str]:
    """What the two begin with together, two marks at most."""
    whole = {one for one in first if len(one) > 1}
    return whole.union((one + two)[:2] for one in first - whole for two in second)


def compile_rules(rules: Iterable[Rule], vocabulary: Vocabulary) -> tuple[CompiledRule, ...]:
    compiled = []
    for rule in rules:
        source = classes_of(rule.pattern, vocabulary)
        compiled.append(CompiledRule(rule.name, re.compile(source), rule.build, beginnings(source)))
    return tuple(compiled)


def classes_of(pattern: str, vocabulary: Vocabulary) -> str:
    """The pattern with names of classes turned into character sets; `x=DAY` makes the group x."""

    def charset(match: re.Match[str]) -> str:
        names = UNIONS.get(match.group(2), match.group(2)).split()
        marks = "[" + "".join(vocabulary.marks[name] for name in names) + "]"
        return f"(?P<{match.group(1)}>{marks})" if match.group(1) else marks

    return "".join(_NAME.sub(charset, part) for part in pattern.split())
