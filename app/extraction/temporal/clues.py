"""What a text of unknown day says about its own day: a dateline, weekdays with dates, years, office-holders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.extraction.temporal.assembling import drafts
from app.extraction.temporal.calendar import Grain, OutsideCalendar, make_day, period
from app.extraction.temporal.deeds import settled
from app.extraction.temporal.draft import Draft
from app.extraction.temporal.meanings import Fields, Known, Step, Which, Within
from app.extraction.temporal.recalled import Recalled, recalled_in
from app.extraction.temporal.scanning import Scan, scan
from app.extraction.temporal.tense import Tense, tense_around
from app.extraction.temporal.vocabulary import load

_SENTENCE, _SENTENCE_END = 600, re.compile(r"(?<=[a-z0-9)”\"][.!?])\s+(?=[A-Z“\"])|\n")
_NEAR_MARGIN = 60  # characters before a date in which it is foretold
_FORETOLD = re.compile(
    r"(?:\b(?:will|shall)|[’']ll|\b(?:says?|said)\b(?:\s+[\w’'-]+){1,6}?\s+would)(?:\s+[\w’'-]+){1,6}?"
    r"\s+(?:in|on|by|before|until)\s+(?:the\s+(?:end|middle|start|beginning)\s+of\s+)?(?:\w+,?\s+)?$"
)  # one clause, no sign
_LIMITS = ("by", "until", "till", "before", "through")  # "by 2030" may lie ahead in any tense
_OLDEST = 1800
_COPYRIGHT = re.compile(  # "Copyright 2013 The Times", "(c) The Times 2013", "© 2009-2013"
    r"(?:(?<!\w)(?:Copyright|COPYRIGHT)(?:\s+(?:©|\([cC]\)))?|©|(?<!\w)\([cC]\))"
    r",?\s*(?:(?:[A-Z][\w.&’'-]*,?|of|and|by)\s+){0,5}(?:(?:19|20)\d\d\s*[-–,]\s*)*(?P<year>(?:19|20)\d\d)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class WeekdayDate:
    """ "Tuesday, May 5" without a year: the month and day fall on that weekday in few years."""

    month: int
    day: int
    weekday: int
    ahead: bool
    quote: str

    def fits(self, year: int) -> bool:
        try:
            return make_day(year, self.month, self.day).weekday() == self.weekday
        except OutsideCalendar:
            return False


@dataclass(frozen=True, slots=True)
class ToldDate:
    """A date told with its year: first and last day, and whether it is told as past, as ahead, or neither."""

    first: date
    last: date
    grain: Grain
    tense: Tense
    quote: str
    at: int
    foretold: bool = False  # "will be held in 2018": the text is not younger than the date
    conflict: bool = False  # the weekday told with it is not its own
    weekday: bool = False  # told with its weekday, which is its own
    named: bool = False  # the day of a deed that the text names, or of what an anniversary recalls

    @property
    def beside_weekday(self) -> bool:
        """Whether a weekday is told with it, right or wrong."""
        return self.weekday or self.conflict


@dataclass(frozen=True, slots=True)
class ToldMonth:
    """A month or day told without a year ("in October", "on May 30"), at a character."""

    month: int
    day: int | None
    tense: Tense
    quote: str
    at: int


class Copyright(NamedTuple):
    """The year of a copyright line, and its words."""

    year: int
    quote: str


@dataclass(frozen=True, slots=True)
class Clues:
    """All that a text says about its day."""

    weekdays: tuple[WeekdayDate, ...]
    told: tuple[ToldDate, ...]
    months: tuple[ToldMonth, ...]
    this_week: bool
    last_year: bool
    recalled: tuple[Recalled, ...] = ()
    copyright: Copyright | None = None


def clues_in(text: str) -> Clues:
    """The clues of the whole text, in order."""
    one = scan(text)
    found = [settled(draft, None) for draft in drafts(one)]
    meanings = [draft.meaning for draft in found]
    claims = [match.span() for match in _COPYRIGHT.finditer(text)]
    return Clues(
        weekdays=tuple(day for draft in found if (day := _weekday_date(one, draft))),
        told=tuple(
            told for draft in found if (told := _told(one, draft)) and not any(a <= told.at < b for a, b in claims)
        ),
        months=tuple(month for draft in found if (month := _month(one, draft))),
        this_week=any(
            isinstance(m, Step) and m.unit is Grain.WEEK and m.count == 0 and not m.anaphoric for m in meanings
        ),
        last_year=any(_is_last_year(meaning) for meaning in meanings),
        recalled=recalled_in(one, found),
        copyright=_copyright(text),
    )


def _copyright(text: str) -> Copyright | None:
    """The latest year that is claimed: an article may quote older ones with its pictures."""
    claims = [Copyright(int(match["year"]), " ".join(match.group().split())) for match in _COPYRIGHT.finditer(text)]
    return max(claims, default=None)


def _is_last_year(meaning: object) -> bool:
    if isinstance(meaning, Step):
        return meaning.unit is Grain.YEAR and meaning.count == -1 and not meaning.anaphoric
    return isinstance(meaning, Fields) and meaning.years == -1


def offsets_of(one: Scan, draft: Draft) -> tuple[int, int]:
    return one.tokens[draft.first].start, one.tokens[draft.last - 1].end


def quote_of(one: Scan, draft: Draft) -> str:
    start, end = offsets_of(one, draft)
    return " ".join(one.text[start:end].split())


def full_day(draft: Draft) -> date | None:
    meaning = draft.meaning.day if isinstance(draft.meaning, Within) and draft.meaning.day else draft.meaning
    if isinstance(meaning, Known) and meaning.period.grain in (Grain.DAY, Grain.TIME):
        return meaning.period.start
    if isinstance(meaning, Fields) and meaning.year and meaning.month and meaning.day:
        try:
            return make_day(meaning.year, meaning.month, meaning.day)
        except OutsideCalendar:
            return None
    return None


def contradicts(draft: Draft) -> bool:
    """ "Monday, May 3, 2009", which was a Sunday: the date is kept, and the conflict told."""
    day, weekday = full_day(draft), _weekday_of(draft)
    return day is not None and weekday is not None and day.weekday() != weekday


def _is_named(draft: Draft) -> bool:
    meaning = draft.meaning
    deed = isinstance(meaning, Fields) and meaning.deed_year is not None
    return deed or draft.rule == "named-day" or draft.rule.startswith("anniversary")


def _weekday_of(draft: Draft) -> int | None:
    told = draft.meaning.day if isinstance(draft.meaning, Within) else draft.meaning
    return told.weekday if isinstance(told, Fields) else None


def _weekday_date(one: Scan, draft: Draft) -> WeekdayDate | None:
    meaning = draft.meaning
    if (
        not isinstance(meaning, Fields)
        or meaning.year
        or meaning.weekday is None
        or not (meaning.month and meaning.day)
    ):
        return None
    ahead = tense_around(one, draft.first, draft.last) is Tense.FUTURE
    return WeekdayDate(meaning.month, meaning.day, meaning.weekday, ahead, quote_of(one, draft))


def _told(one: Scan, draft: Draft) -> ToldDate | None:
    meaning, tense = draft.meaning, tense_around(one, draft.first, draft.last)
    start = offsets_of(one, draft)[0]
    ahead = _FORETOLD.search(one.text[max(0, start - _NEAR_MARGIN) : start])
    foretold = tense is Tense.FUTURE and ahead is not None
    if draft.first and one.tokens[draft.first - 1].word in _LIMITS:
        tense = Tense.FUTURE
    if draft.last < len(one.tokens) and one.tokens[draft.last].word in load().blockers["ahead_after"]:
        tense = Tense.FUTURE  # "the 2020 election" is told of long before it is held
    day = full_day(draft)
    quote, at = quote_of(one, draft), one.tokens[draft.first].start
    if day is not None:
        conflict = contradicts(draft)
        weekday = not conflict and _weekday_of(draft) is not None
        return ToldDate(day, day, Grain.DAY, tense, quote, at, foretold, conflict, weekday, _is_named(draft))
    if (
        isinstance(meaning, Known)
        and meaning.period.grain in (Grain.YEAR, Grain.MONTH)
        and meaning.period.start.year >= _OLDEST
    ):
        last, grain = date.fromordinal(meaning.period.end.toordinal() - 1), meaning.period.grain
        return ToldDate(meaning.period.start, last, grain, tense, quote, at, foretold, named=_is_named(draft))
    if isinstance(meaning, Fields) and meaning.year and meaning.month and meaning.grain is Grain.MONTH:
        month = period(Grain.MONTH, make_day(meaning.year, meaning.month, 1))
        last = date.fromordinal(month.end.toordinal() - 1)
        return ToldDate(month.start, last, Grain.MONTH, tense, quote, at, foretold)
    return None


def _month(one: Scan, draft: Draft) -> ToldMonth | None:
    meaning = draft.meaning
    if not isinstance(meaning, Fields) or meaning.year or not meaning.month or meaning.years is not None:
        return None
    if meaning.which is not Which.NONE:
        return None
    tense = tense_around(one, draft.first, draft.last)
    return ToldMonth(meaning.month, meaning.day, tense, quote_of(one, draft), one.tokens[draft.first].start)


def sentence_around(text: str, at: int) -> tuple[int, int]:
    """Bounds of the sentence at a character, roughly: between full stops before capitals, and line ends."""
    low, high = max(0, at - _SENTENCE), min(len(text), at + _SENTENCE)
    ends = [low + match.end() for match in _SENTENCE_END.finditer(text[low:high])]
    start = max((end for end in ends if end <= at), default=low)
    return start, min((end for end in ends if end > at), default=high)


def agreeing_years(
    weekdays: Sequence[WeekdayDate], first: int, last: int
) -> tuple[tuple[int, ...], tuple[WeekdayDate, ...]]:
    """The years in which most weekdays agree with their dates, and those that agree in none of them (conflicts)."""
    votes = {year: sum(clue.fits(year) for clue in weekdays) for year in range(first, last + 1)}
    best = max(votes.values(), default=0)
    years = tuple(year for year, count in votes.items() if count == best and best > 0)
    conflicts = tuple(clue for clue in weekdays if not any(clue.fits(year) for year in years))
    return years, conflicts
