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

_HEAD = 400  # characters in which a dateline may stand
_SENTENCE, _SENTENCE_END = 600, re.compile(r"(?<=[a-z0-9)”\"][.!?])\s+(?=[A-Z“\"])|\n")
_NEAR_MARGIN = 60  # characters that may stand before the date of a dateline
_LINE_WORDS = 9  # a line with a full date and no more words than this is a dateline
_LINE_SMALL = frozenset({  # the words in lower case that may stand beside the date of a dateline
    "of", "the", "at", "on", "by", "and", "last", "first", "published", "updated", "posted", "modified",
    "am", "pm", "a", "p", "m", "noon", "midnight", "de", "du", "da", "do", "la", "le", "el", "al",
})  # fmt: skip
_LINE_WORD = re.compile(r"(?<![\w’'])[^\W\d_]+")
_FORETOLD = re.compile(
    r"(?:\b(?:will|shall)|[’']ll)(?:\s+[\w’'-]+){1,6}?\s+(?:in|on)\s+(?:\w+,?\s+)?$"
)  # one clause, no sign
_LIMITS = ("by", "until", "till", "before", "through")  # "by 2030" may lie ahead in any tense
_OLDEST = 1800
_PLACE = re.compile(  # "MOSCOW, ", "Port Louis (Wire), ", "ST. PETERSBURG, Russia, "
    r"\s*(?:[A-Z][\w’'.-]*\s){0,3}[A-Z][\w’'.-]*(?:,\s[A-Z][\w.-]*(?:\s[A-Z][\w.-]*)?)?(?:\s?\([^)\n]{2,40}\)|[,:.])(?:\s?[,—–-]+)?\s*|\s*"
)
_AFTER_PLACE = re.compile(r"(?:\s*\([^)\n]{2,40}\))?\s*(?:[.:|]\s|--|—|–|-\s)")
_COPYRIGHT = re.compile(  # "Copyright 2013 The Times", "(c) The Times 2013", "© 2009-2013"
    r"(?:(?<!\w)(?:Copyright|COPYRIGHT)(?:\s+(?:©|\([cC]\)))?|©|(?<!\w)\([cC]\))"
    r",?\s*(?:(?:[A-Z][\w.&’'-]*,?|of|and|by)\s+){0,5}(?:(?:19|20)\d\d\s*[-–,]\s*)*(?P<year>(?:19|20)\d\d)(?!\w)"
)
_AFTER_DATELINE = re.compile(r"\s*(?:\([^)\n]{2,40}\)\s*)?(?:--|—|–|_|-)\s")


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


class Dateline(NamedTuple):
    """The day that heads a text, its words, and whether they tell a weekday that is not its own."""

    day: date
    quote: str
    conflict: bool


def dateline(text: str) -> Dateline | None:
    """The full date that heads a text: alone in its line, before a dash, or after a place ("ROME, 5 May 2014. ...")."""
    head = text[:_HEAD]
    one = scan(head)
    for draft in drafts(one):
        day, (start, end) = _full_day(draft), _offsets(one, draft)
        if day is None:
            continue
        line_start = head.rfind("\n", 0, start) + 1
        line = head[line_start : head.find("\n", end) if "\n" in head[end:] else len(head)]
        alone = len(line.split()) <= _LINE_WORDS and ("\n" in head[end:] or len(text) <= _HEAD)
        dashed = start - line_start < _NEAR_MARGIN and _AFTER_DATELINE.match(text, end)
        before = head[line_start:start]
        if _tells_nothing(before) and (dashed or (alone and _tells_nothing(line[end - line_start :]))):
            return Dateline(day, text[start:end], _contradicts(draft))
        placed = line_start == start or head[line_start:start].strip()
        if placed and _PLACE.fullmatch(head, line_start, start) and _AFTER_PLACE.match(text, end):
            return Dateline(day, text[start:end], _contradicts(draft))
    return None


def _tells_nothing(part: str) -> bool:
    """Only names, hours, connectors and words of publication: no sentence stands beside the date."""
    return all(word[0].isupper() or word in _LINE_SMALL for word in _LINE_WORD.findall(part))


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


def _offsets(one: Scan, draft: Draft) -> tuple[int, int]:
    return one.tokens[draft.first].start, one.tokens[draft.last - 1].end


def _quote(one: Scan, draft: Draft) -> str:
    start, end = _offsets(one, draft)
    return " ".join(one.text[start:end].split())


def _full_day(draft: Draft) -> date | None:
    meaning = draft.meaning.day if isinstance(draft.meaning, Within) and draft.meaning.day else draft.meaning
    if isinstance(meaning, Known) and meaning.period.grain in (Grain.DAY, Grain.TIME):
        return meaning.period.start
    if isinstance(meaning, Fields) and meaning.year and meaning.month and meaning.day:
        try:
            return make_day(meaning.year, meaning.month, meaning.day)
        except OutsideCalendar:
            return None
    return None


def _contradicts(draft: Draft) -> bool:
    """ "Monday, May 3, 2009", which was a Sunday: the date is kept, and the conflict told."""
    day, weekday = _full_day(draft), _weekday_of(draft)
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
    return WeekdayDate(meaning.month, meaning.day, meaning.weekday, ahead, _quote(one, draft))


def _told(one: Scan, draft: Draft) -> ToldDate | None:
    meaning, tense = draft.meaning, tense_around(one, draft.first, draft.last)
    start = _offsets(one, draft)[0]
    ahead = _FORETOLD.search(one.text[max(0, start - _NEAR_MARGIN) : start])
    foretold = tense is Tense.FUTURE and ahead is not None
    if draft.first and one.tokens[draft.first - 1].word in _LIMITS:
        tense = Tense.FUTURE
    if draft.last < len(one.tokens) and one.tokens[draft.last].word in load().blockers["ahead_after"]:
        tense = Tense.FUTURE  # "the 2020 election" is told of long before it is held
    day = _full_day(draft)
    quote, at = _quote(one, draft), one.tokens[draft.first].start
    if day is not None:
        conflict = _contradicts(draft)
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
    return ToldMonth(meaning.month, meaning.day, tense, _quote(one, draft), one.tokens[draft.first].start)


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
