"""Tokens to drafts: the longest match at each place, widened by "early" or "about", joined to its neighbour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from app.extraction.temporal.calendar import Grain, OutsideCalendar
from app.extraction.temporal.grammar import CompiledRule, Found, Piece, classes_of, compile_rules
from app.extraction.temporal.meanings import (
    Feast,
    Fields,
    From,
    Holding,
    Known,
    Length,
    Meaning,
    Step,
    Vague,
    Which,
    Within,
)
from app.extraction.temporal.rules_dates import RULES as DATES
from app.extraction.temporal.rules_dates import safely
from app.extraction.temporal.rules_points import RULES as POINTS
from app.extraction.temporal.rules_spans import RULES as SPANS
from app.extraction.temporal.rules_times import RULES as TIMES
from app.extraction.temporal.scanning import Scan
from app.extraction.temporal.values import Modifier
from app.extraction.temporal.vocabulary import load


@dataclass(frozen=True, slots=True)
class Draft:
    """An expression found but not yet resolved: tokens [first, last) of the scan."""

    first: int
    last: int
    meaning: Meaning
    rule: str
    modifier: Modifier | None = None
    share: tuple[int, Grain] | None = None  # of "the first nine months of 2014": 9 months; `modifier` tells the edge

    def grain_is(self, grain: Grain) -> bool:
        """Whether the words tell a period of that size."""
        if isinstance(self.meaning, Known):
            return self.meaning.period.grain is grain
        return isinstance(self.meaning, Fields) and self.meaning.grain is grain


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled rules by the mark that a match may open with, and what may stand before an expression."""

    rules: Mapping[str, tuple[CompiledRule, ...]]
    before: tuple[tuple[re.Pattern[str], str], ...]
    starts: re.Pattern[str]  # a mark that some rule opens with
    _pairs: dict[str, tuple[CompiledRule, ...]] = field(default_factory=dict, compare=False, repr=False)

    def opening(self, pair: str) -> tuple[CompiledRule, ...]:
        """The rules that may match where these two marks stand: those that take the first alone, or know the second."""
        found = self._pairs.get(pair)
        if found is None:
            first, second = pair[:1], pair[1:]
            rules = self.rules.get(first, ())
            found = tuple(rule for rule in rules if second in rule.marks or rule.regex.match(first))
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
_EDGES = {
    "first": Modifier.START,
    "early": Modifier.START,
    "opening": Modifier.START,
    "last": Modifier.END,
    "late": Modifier.END,
    "final": Modifier.END,
    "closing": Modifier.END,
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
    rules = compile_rules(DATES + TIMES + POINTS + SPANS, vocabulary)
    marks = set(vocabulary.marks.values()) - silent
    opened = {mark: tuple(rule for rule in rules if mark in rule.opens) for mark in marks}
    by_mark = {mark: some for mark, some in opened.items() if some}
    return Grammar(rules=by_mark, before=before, starts=re.compile(f"[{''.join(sorted(by_mark))}]"))


def drafts(scan: Scan) -> list[Draft]:
    """All expressions of a text in order, none overlapping."""
    found: list[Draft] = []
    for draft in _cores(scan):
        found.append(_widened(scan, draft, floor=found[-1].last if found else 0))
    return _joined(scan, _lists_filled(scan, found))


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
    try:
        built = rule.build(Found(scan, match))
    except OutsideCalendar:
        return ()
    if built is None:
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
        return _eve(wide) if token.word == "eve" and _is_day(draft.meaning) else wide
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
        if not (isinstance(here, Fields) and isinstance(after, Fields)) or filled[at + 1].first - filled[at].last > 2:
            continue
        if here.day and here.month is None and after.month and after.day:
            filled[at] = replace(filled[at], meaning=replace(here, month=after.month, year=after.year))
        elif here.year is None and after.year and here.grain is after.grain and here.month and after.month:
            over = (here.month, here.day or 0) > (after.month, after.day or 0)
            filled[at] = replace(filled[at], meaning=replace(here, year=after.year - over))
    return filled


def _joined(scan: Scan, found: Sequence[Draft]) -> list[Draft]:
    """Neighbours that tell one time together: "9 a.m. Tuesday", "the night of 8 February", "a week from Tuesday"."""
    joined: list[Draft] = []
    for draft in found:
        if edge := _edge_before(scan, draft):
            draft = replace(draft, modifier=edge, share=_share_before(scan, draft))
        draft = _told_within(scan, draft)
        if joined and _in_apposition(scan, joined[-1], draft):
            draft = replace(draft, meaning=joined[-1].meaning, rule="apposition")
        if joined and (explained := _explained(scan, joined[-1], draft)):
            joined[-1] = replace(joined[-1], meaning=explained, rule="apposition")
        together = _together(scan, joined[-1], draft) if joined else None
        if together is not None:
            joined[-1] = together
            _share_day(scan, joined)
        if together is None or together.last <= draft.first:
            joined.append(draft)
    return joined


def _share_day(scan: Scan, joined: list[Draft]) -> None:
    """ "22:00 local time (2100 UTC) on Tuesday", "9 to 11 a.m. on Tuesday": the first time is of that day too."""
    if len(joined) < 2:
        return
    left, right = joined[-2].meaning, joined[-1].meaning
    between = [token.word for token in scan.tokens[joined[-2].last : joined[-1].first]]
    if not (isinstance(left, Within) and isinstance(right, Within)):
        return
    ranged = joined[-2].rule.startswith("clock-range") and len(between) == 1
    if (ranged or between == ["("]) and _open_day(left) and left.day is None and right.day is not None:
        joined[-2] = replace(joined[-2], meaning=replace(left, day=right.day), rule="time-of-day-on")


def _together(scan: Scan, left: Draft, right: Draft) -> Draft | None:
    """The two as one expression, or the left one with what the right one tells it; None when they stand apart."""
    between = " ".join(token.word for token in scan.tokens[left.last : right.first])
    if _time_then_day(left, right, between):
        return _on_day(left, right, left.meaning, right.meaning)
    if between in (") on", ")") and _time_then_day(left, right, ""):
        return _on_day(left, left, left.meaning, right.meaning)
    if _time_then_day(right, left, "") and between in ("", "at", ", at"):
        return _on_day(left, right, right.meaning, left.meaning)
    if between in ("", "on", "in") and (within := _in_part(left, right, bare=between == "in")):
        return replace(left, last=right.last, meaning=within, rule="time-of-day-on")
    if isinstance(left.meaning, Length) and between in ("from", "after", "before", "following"):
        return _offset(left, right, between)
    if isinstance(left.meaning, Step) and left.meaning.length and between == "" and _is_date(right.meaning):
        return replace(left, meaning=From(left.meaning, right.meaning, apart=True), rule="offset-from-date")
    return None


def _edge_before(scan: Scan, draft: Draft) -> Modifier | None:
    """ "the first week of May", "the last three days of 1944": the month or year is meant in part."""
    if draft.modifier is not None or draft.first < 3 or scan.tokens[draft.first - 1].word != "of":
        return None
    meaning = draft.meaning
    whole = isinstance(meaning, (Fields, Known)) and not _is_day(meaning)
    if not whole and not (isinstance(meaning, Step) and meaning.unit in _LONG and meaning.count is not None):
        return None
    head = scan.tokens[draft.first - 2]
    if head.value == "half":
        return {"first": Modifier.START, "second": Modifier.END, "latter": Modifier.END}.get(
            scan.tokens[draft.first - 3].word
        )
    if head.value not in ("day", "week", "month", "year"):
        return None
    words = [scan.tokens[at].word for at in range(draft.first - 3, max(-1, draft.first - 5), -1)]
    return next((_EDGES[word] for word in words if word in _EDGES), None)


def _share_before(scan: Scan, draft: Draft) -> tuple[int, Grain] | None:
    """How much of the period the words before it count: "the first nine months of", "the last day of", "half of"."""
    head, counted = scan.tokens[draft.first - 2], scan.tokens[draft.first - 3]
    if head.value == "half":
        return 1, Grain.HALF
    if counted.word in _EDGES:
        return (1, Grain(head.value)) if head.word == head.value else None
    return (int(counted.value), Grain(head.value)) if counted.value.isdigit() and len(counted.value) < 4 else None


_LONG = (Grain.MONTH, Grain.YEAR, Grain.DECADE, Grain.CENTURY)


def _told_within(scan: Scan, draft: Draft) -> Draft:
    """ "the week of May 3" is the week that holds the day; "the day after Christmas" the day beside it."""
    if draft.first < 3 or not isinstance(draft.meaning, (Fields, Known, Feast)) or not _is_day(draft.meaning):
        return draft
    of, head, the = (scan.tokens[draft.first - steps] for steps in (1, 2, 3))
    if head.word == "day" and the.word == "the" and of.word in _BESIDE and isinstance(draft.meaning, Feast):
        beside = Step(Grain.DAY, _BESIDE[of.word], direction=_BESIDE[of.word])
        return replace(draft, first=draft.first - 3, meaning=From(beside, draft.meaning), rule="beside-feast")
    if of.word != "of" or the.word not in ("the", "that", "this"):
        return draft
    if head.value in ("week", "weekend"):
        return replace(draft, first=draft.first - 3, meaning=Holding(Grain(head.value), draft.meaning), rule="week-of")
    return draft


_BESIDE = {"before": -1, "after": 1, "following": 1}


def _eve(draft: Draft) -> Draft:
    before = Step(Grain.DAY, -1, direction=-1)
    return replace(draft, meaning=From(before, draft.meaning), modifier=None, rule="eve-of")


def _in_apposition(scan: Scan, left: Draft, right: Draft) -> bool:
    """ "On 27 June, two days after the landing, ...": the distance explains the day before it and is that day."""
    between = [token.word for token in scan.tokens[left.last : right.first]]
    meaning = right.meaning
    if not isinstance(meaning, Step) or len(between) != 1 or between[0] not in (",", "-", "–", "—"):
        return False
    distance = bool(meaning.length) if right.rule == "step" else right.rule == "unit-beside"
    follows = right.last < len(scan.tokens) and scan.tokens[right.last].word[:1].isalpha()
    return distance and follows and _is_day(left.meaning)


def _explained(scan: Scan, left: Draft, right: Draft) -> Fields | None:
    """ "Two days earlier, on March 13", "the next day (March 9)", "next Friday, 17 April": the day told after it."""
    meaning, day = left.meaning, right.meaning
    between = [token.word for token in scan.tokens[left.last : right.first]]
    if between not in ([","], [",", "on"], ["("]) or not isinstance(day, Fields) or not (day.month and day.day):
        return None
    if isinstance(meaning, Step):
        counted = meaning.anaphoric and meaning.unit is Grain.DAY and bool(meaning.count) and not meaning.length
        return day if counted and between != [","] else None
    deictic = isinstance(meaning, Fields) and meaning.day is None and meaning.which is not Which.NONE
    if not isinstance(meaning, Fields) or not deictic or meaning.weekday is None or day.weekday is not None:
        return None
    return replace(day, weekday=meaning.weekday)


def _time_then_day(time: Draft, day: Draft, between: str) -> bool:
    """ "9 a.m. Tuesday", "the night of 8 February": a time of day whose day is still open, and a day."""
    meaning = time.meaning
    if not isinstance(meaning, Within) or meaning.day is not None or not _open_day(meaning):
        return False
    return _is_day(day.meaning) and between in ("", "on", "of", ",", "of the", "on the")


def _in_part(left: Draft, right: Draft, *, bare: bool) -> Within | None:
    """ "5:30 on Tuesday evening", "six o'clock in the morning": the part tells the half of the day, or day and half."""
    time, part = left.meaning, right.meaning
    if not (isinstance(time, Within) and isinstance(part, Within)) or time.day is not None or not _open_day(time):
        return None
    hour, told = time.detail[1:3], part.day is not None or part.days or part.which not in (Which.NONE, Which.SAME)
    if bare == bool(told) or not hour.isdigit() or part.detail[1:2].isdigit():
        return None
    late = part.detail in ("TAF", "TEV") or (part.detail == "TNI" and int(hour) >= _EARLIEST_NIGHT)
    detail = f"T{int(hour) + 12}{time.detail[3:]}" if late and int(hour) < _NOON else time.detail
    return replace(part, detail=detail, zone=time.zone)


_NOON, _EARLIEST_NIGHT = 12, 6


def _on_day(left: Draft, right: Draft, time: Meaning, day: Meaning) -> Draft | None:
    if not isinstance(time, Within):
        return None
    return replace(left, last=right.last, meaning=replace(time, day=day), rule="time-of-day-on")


def _offset(left: Draft, right: Draft, link: str) -> Draft | None:
    length = left.meaning
    if not isinstance(length, Length) or length.unit not in ("day", "week", "month", "year") or length.count == "X":
        return None
    if not _is_date(right.meaning):
        return None
    if link == "from" and not (isinstance(right.meaning, Fields) or _is_deictic(right.meaning)):
        return None
    sign = -1 if link == "before" else 1
    step = Step(Grain(length.unit), float(length.count) * sign, anaphoric=True, direction=sign)
    return replace(left, last=right.last, meaning=From(step, right.meaning), rule="offset-from-date")


def _is_deictic(meaning: Meaning) -> bool:
    return (isinstance(meaning, Step) and not meaning.anaphoric) or isinstance(meaning, Vague)


def _open_day(meaning: Meaning) -> bool:
    return isinstance(meaning, Within) and meaning.days == 0 and meaning.which.value in ("none", "same")


def _is_date(meaning: Meaning) -> bool:
    return isinstance(meaning, (Fields, Known, Feast, Step, Vague))


def _is_day(meaning: Meaning) -> bool:
    if isinstance(meaning, Fields):
        return meaning.grain is Grain.DAY
    if isinstance(meaning, Known):
        return meaning.period.grain is Grain.DAY and meaning.last is None
    if isinstance(meaning, Step):
        return meaning.unit is Grain.DAY and meaning.count is not None
    return isinstance(meaning, Feast)
