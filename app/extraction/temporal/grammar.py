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
    opens: frozenset[str]
    marks: str  # all that its pattern names


_GROUP = re.compile(r"\((?:\?(?::|P<\w+>))?")
_QUANTIFIER = re.compile(r"[?*+]\+?|\{\d+(?:,\d*)?\}")
_NAME = re.compile(r"(?:([a-z][a-z0-9_]*)=)?([A-Z][A-Z_0-9]*)")


def openings(pattern: str) -> frozenset[str]:
    """The characters that a match of the pattern may begin with.

    The pattern is one that `classes_of` writes: sets, groups, alternatives and quantifiers.
    """
    return frozenset(_alternatives(pattern, 0)[0])


def _alternatives(pattern: str, at: int) -> tuple[set[str], bool, int]:
    """Of the alternatives from `at` on: their openings, whether one may be empty, and where their group ends."""
    marks: set[str] = set()
    may_be_empty = False
    while True:
        found, empty, at = _sequence(pattern, at)
        marks |= found
        may_be_empty |= empty
        if at >= len(pattern) or pattern[at] == ")":
            return marks, may_be_empty, at
        at += 1  # past the "|"


def _sequence(pattern: str, at: int) -> tuple[set[str], bool, int]:
    marks: set[str] = set()
    empty_so_far = True
    while at < len(pattern) and pattern[at] not in "|)":
        if pattern[at] == "(":
            found, empty, at = _alternatives(pattern, _past_opening(pattern, at))
            at += 1
        elif pattern[at] == "[":
            end = pattern.index("]", at)
            found, empty, at = set(pattern[at + 1 : end]), False, end + 1
        else:
            found, empty, at = {pattern[at]}, False, at + 1
        if quantifier := _QUANTIFIER.match(pattern, at):
            empty |= quantifier[0][0] in "?*" or quantifier[0].startswith("{0")
            at = quantifier.end()
        marks |= found if empty_so_far else set()
        empty_so_far &= empty
    return marks, empty_so_far, at


def _past_opening(pattern: str, at: int) -> int:
    """The position after "(", "(?:" or "(?P<name>"."""
    opening = _GROUP.match(pattern, at)
    return opening.end() if opening else at + 1


def compile_rules(rules: Iterable[Rule], vocabulary: Vocabulary) -> tuple[CompiledRule, ...]:
    compiled = []
    for rule in rules:
        source = classes_of(rule.pattern, vocabulary)
        compiled.append(CompiledRule(rule.name, re.compile(source), rule.build, openings(source), source))
    return tuple(compiled)


def classes_of(pattern: str, vocabulary: Vocabulary) -> str:
    """The pattern with names of classes turned into character sets; `x=DAY` makes the group x."""

    def charset(match: re.Match[str]) -> str:
        names = UNIONS.get(match.group(2), match.group(2)).split()
        marks = "[" + "".join(vocabulary.marks[name] for name in names) + "]"
        return f"(?P<{match.group(1)}>{marks})" if match.group(1) else marks

    return "".join(_NAME.sub(charset, part) for part in pattern.split())
