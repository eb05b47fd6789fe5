"""Tokens to drafts: the longest match at each place, widened by "early" or "about", joined to its neighbour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from app.extraction.temporal.calendar import Grain, OutsideCalendar
from app.extraction.temporal.draft import Draft
from app.extraction.temporal.grammar import CompiledRule, Found, Piece, classes_of, compile_rules
from app.extraction.temporal.joining import joined
from app.extraction.temporal.meanings import (
    Feast,
    Fields,
    From,
    Known,
    Length,
    Meaning,
    Step,
    Which,
    Within,
)
from app.extraction.temporal.names import is_name
from app.extraction.temporal.rules_dates import RULES as DATES
from app.extraction.temporal.rules_dates import safely
from app.extraction.temporal.rules_feasts import RULES as FEASTS
from app.extraction.temporal.rules_parts import RULES as PARTS
from app.extraction.temporal.rules_periods import RULES as PERIODS
from app.extraction.temporal.rules_points import RULES as POINTS
from app.extraction.temporal.rules_spans import RULES as SPANS
from app.extraction.temporal.rules_times import RULES as TIMES
from app.extraction.temporal.scanning import Scan
from app.extraction.temporal.sets import set_as
from app.extraction.temporal.values import Modifier
from app.extraction.temporal.vocabulary import load


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled rules by the marks that a match may begin with, and what may stand before an expression."""

    rules: Mapping[str, tuple[CompiledRule, ...]]  # by the first
    before: tuple[tuple[re.Pattern[str], str], ...]
    starts: re.Pattern[str]  # where some rule may match
    _pairs: dict[str, tuple[CompiledRule, ...]] = field(default_factory=dict, compare=False, repr=False)

    def opening(self, pair: str) -> tuple[CompiledRule, ...]:
        """The rules that may match where these two marks stand, in the order of the table."""
        found = self._pairs.get(pair)
        if found is None:
            found = tuple(rule for rule in self.rules.get(pair[:1], ()) if {pair, pair[:1]} & rule.begins)
            self._pairs[pair] = found
        return found


# What widens an expression to the left, matched against the classes that end there.
_WIDENERS = (
    ("THE? early=EARLY (?:HYPHEN|IN|ON)? THE?", "date"),
    ("THE? early=MID HYPHEN?", "date"),
    ("THE? early=EDGE OF", "date"),
    ("THE? early=EDGE OF (?:THE|A|POSS)? OTHER{1,3} (?:OF|ON)", "eve"),
    ("early=EARLIER IN?", "date"),
    ("early=LATER IN?", "date"),
    ("early=APPROX", "length"),
    ("early=MORE THAN", "length"),
    ("early=LESS THAN", "length"),
    ("AT early=LEAST", "length"),
)
_REACH = 8  # tokens that may widen it
_MODIFIER = {
    "more": Modifier.MORE_THAN,
    "less": Modifier.LESS_THAN,
    "fewer": Modifier.LESS_THAN,
    "least": Modifier.MORE_THAN,
}
_NEVER_STARTS = (
    "OTHER",
    "BREAK",
    "DOT",
    "COMMA",
    "HYPHEN",
    "OPEN",
    "CLOSE",
    "COLON",
    "SEMICOLON",
    "MONEY",
    "MINUS",
    "SLASH",
    "S",
)


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The rules, compiled at the first call."""
    vocabulary = load()
    silent = {vocabulary.marks[name] for name in _NEVER_STARTS}
    before = tuple((re.compile(f"(?:{classes_of(p, vocabulary)})$"), kind) for p, kind in _WIDENERS)
    rules = compile_rules(DATES + PARTS + PERIODS + FEASTS + TIMES + POINTS + SPANS, vocabulary)
    by_mark: dict[str, list[CompiledRule]] = {}
    for rule in rules:
        for mark in {begin[:1] for begin in rule.begins} - silent:
            by_mark.setdefault(mark, []).append(rule)
    return Grammar(rules={mark: tuple(some) for mark, some in by_mark.items()}, before=before, starts=_starts(by_mark))


def _starts(by_mark: Mapping[str, Sequence[CompiledRule]]) -> re.Pattern[str]:
    """The places where a rule may match: by the mark there, and by the next where none matches one alone."""
    alone, pairs = "", []
    for mark, rules in sorted(by_mark.items()):
        begins = set().union(*(rule.begins for rule in rules))
        if mark in begins:
            alone += mark
        else:
            after = "".join(sorted(begin[1] for begin in begins if begin[0] == mark))
            pairs.append(f"{mark}(?=[{after}])")
    return re.compile("|".join([f"[{alone}]", *pairs]))


def drafts(scan: Scan) -> list[Draft]:
    """All expressions of a text in order, none overlapping."""
    found: list[Draft] = []
    for draft in _cores(scan):
        found.append(_widened(scan, draft, floor=found[-1].last if found else 0))
    return joined(scan, _lists_filled(scan, found))


def _cores(scan: Scan) -> Iterator[Draft]:
    rules, marks = grammar(), scan.marks
    found = rules.starts.search(marks)
    while found:
        at = found.start()
        pieces = _match_at(scan, at, rules.opening(marks[at : at + 2]))
        yield from pieces
        found = rules.starts.search(marks, pieces[-1].last if pieces else at + 1)


def _match_at(scan: Scan, at: int, rules: Sequence[CompiledRule]) -> tuple[Draft, ...]:
    """The longest match whose builder accepts it; of equal ones the first in the table."""
    matches = [(rule, m) for rule in rules if (m := rule.regex.match(scan.marks, at)) and m.end() > at]
    for rule, match in sorted(matches, key=lambda pair: -pair[1].end()):
        if drafted := _build(scan, rule, match):
            return drafted
    return ()


def _build(scan: Scan, rule: CompiledRule, match: re.Match[str]) -> tuple[Draft, ...]:
    found = Found(scan, match)
    try:
        built = rule.build(found)
    except OutsideCalendar:
        return ()
    if built is None or is_name(found):
        return ()
    pieces = built if isinstance(built, tuple) else (Piece(match.start(), match.end(), built),)
    made = tuple(Draft(p.first, p.last, p.meaning, rule.name) for p in pieces if safely(p.meaning))
    return made if len(made) == len(pieces) else ()


def _widened(scan: Scan, draft: Draft, floor: int) -> Draft:
    """The draft with "early", "the end of", "about" before it."""
    kind = "length" if isinstance(draft.meaning, Length) else "date"
    left = scan.marks[max(floor, draft.first - _REACH) : draft.first]
    for pattern, of in grammar().before:
        wanted = "date" if of == "eve" else of
        match = pattern.search(left) if wanted == kind or (of == "length" and _counted(draft.meaning)) else None
        if match is None or (kind == "date" and not _takes_edge(draft.meaning)):
            continue
        token = scan.tokens[draft.first - len(left) + match.start("early")]
        if of == "eve" and token.word != "eve":
            continue
        wider = draft.first - len(left) + match.start()
        wide = replace(draft, first=wider, modifier=_modifier_of(token.word, token.value))
        return _eve(wide) if token.word == "eve" and draft.is_day else wide
    return draft


def _modifier_of(word: str, value: str) -> Modifier | None:
    return _MODIFIER.get(word) or (Modifier(value) if value in Modifier.__members__ else None)


def _counted(meaning: Meaning) -> bool:
    return isinstance(meaning, Step) and meaning.count not in (None, 0) and meaning.unit is not Grain.DAY


def _takes_edge(meaning: Meaning) -> bool:
    return isinstance(meaning, (Fields, Known, Step, Within, Feast))


def _lists_filled(scan: Scan, found: Sequence[Draft]) -> list[Draft]:
    """ "Monday 20, Tuesday 21 and Friday 24 April": a day without a month takes it from the next in the list."""
    filled = list(found)
    for at in range(len(filled) - 2, -1, -1):
        here, after = filled[at].meaning, filled[at + 1].meaning
        between = [token.word for token in scan.tokens[filled[at].last : filled[at + 1].first]]
        if between in _LISTED and (repeated := set_as(here, after)):
            filled[at] = replace(filled[at], meaning=repeated)
        if between in _LISTED and (of_week := _day_of_week(here, after)):
            filled[at] = replace(filled[at], meaning=of_week, rule=filled[at + 1].rule)
        if not (isinstance(here, Fields) and isinstance(after, Fields)) or filled[at + 1].first - filled[at].last > 2:
            continue
        if here.day and here.month is None and after.month and after.day:
            filled[at] = replace(filled[at], meaning=replace(here, month=after.month, year=after.year))
        elif here.year is None and after.year and here.grain is after.grain and _is_part(here) and _is_part(after):
            over = _order(here) > _order(after)
            filled[at] = replace(filled[at], meaning=replace(here, year=after.year - over))
    return filled


def _day_of_week(here: Meaning, after: Meaning) -> From | None:
    """ "Monday and Tuesday last week": both are of that week."""
    week = after.base if isinstance(after, From) and after.step.unit is Grain.DAY else None
    if not isinstance(here, Fields) or here.weekday is None or here.day or here.which is not Which.NONE:
        return None
    return From(Step(Grain.DAY, here.weekday), week) if isinstance(week, Step) and week.unit is Grain.WEEK else None


def _is_part(fields: Fields) -> bool:
    return fields.which is Which.NONE and fields.years is None and bool(fields.month or fields.part)


def _order(fields: Fields) -> tuple[int, int]:
    return fields.month or fields.part or 0, fields.day or 0


_LISTED = ([","], ["and"], ["or"], [",", "and"], [",", "or"])


def _eve(draft: Draft) -> Draft:
    before = Step(Grain.DAY, -1, direction=-1)
    return replace(draft, meaning=From(before, draft.meaning), modifier=None, rule="eve-of")
