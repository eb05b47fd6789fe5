"""Rules for dates: days, months, years and larger periods, complete or in part."""

from __future__ import annotations

from dataclasses import replace

from app.extraction.temporal.calendar import Grain, OutsideCalendar, Period, make_day
from app.extraction.temporal.deeds import deed_told, year_of_deed
from app.extraction.temporal.grammar import Built, Found, Piece, Rule
from app.extraction.temporal.guards import is_labelled, month_stands, weekday_stands
from app.extraction.temporal.meanings import Fields, Known, Meaning, NthIn, Vague, Which
from app.extraction.temporal.scanning import Token
from app.extraction.temporal.vocabulary import load

_WHICH = {
    "last": Which.LAST, "past": Which.LAST, "latest": Which.LAST, "this": Which.THIS, "current": Which.THIS,
    "next": Which.NEXT, "coming": Which.NEXT, "upcoming": Which.NEXT, "previous": Which.PREVIOUS,
    "preceding": Which.PREVIOUS, "prior": Which.PREVIOUS, "same": Which.SAME, "that": Which.SAME,
    "following": Which.FOLLOWING, "subsequent": Which.FOLLOWING, "ensuing": Which.FOLLOWING,
}  # fmt: skip
_YEARS = {Which.LAST: -1, Which.THIS: 0, Which.NEXT: 1}
_MONTH_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


SPOKEN = ("on", "by", "until", "of", "since")


def which_of(token: Token | None) -> Which:
    return _WHICH.get(token.word, Which.NONE) if token else Which.NONE


def full_year(digits: str) -> int:
    """A year of two digits lies between 1940 and 2039; one of four is itself."""
    number = int(digits)
    return number if len(digits) > 2 else number + (1900 if number >= 40 else 2000)


def year_of(found: Found) -> int | None:
    for name in ("year", "y2"):
        if found.has(name):
            return full_year(found.value(name))
    return None


def years_shift(found: Found) -> tuple[Which, int | None]:
    if found.has("theyear"):
        return Which.THIS, 0
    if not found.has("yw"):
        return Which.NONE, None
    which = which_of(found.token("yw"))
    return which, _YEARS.get(which)


def iso(found: Found) -> Built:
    token = found.token("iso")
    if token is None:
        return None
    year, month, day = (int(part) for part in token.word[:10].split("-"))
    quote = found.scan.text[token.start : token.end]
    grain = Grain.TIME if len(quote) > 10 else Grain.DAY
    return Known(Period(grain, make_day(year, month, day), quote[10:]))


def compact(found: Found) -> Built:
    """ "20140503": eight digits alone that a day may be written in."""
    token, text = found.token("date"), found.scan.text
    if token is None or is_labelled(found):
        return None
    beside = text[token.start - 1 : token.start] if token.start else "", text[token.end : token.end + 1]
    if beside[0] in _TOUCHING or beside[1] in _TOUCHING[:-1]:
        return None
    if beside[1] == "." and text[token.end + 1 : token.end + 2].isdigit():
        return None
    year, month, day = (int(part) for part in token.value.split("-"))
    return Known(Period(Grain.DAY, make_day(year, month, day)))


_TOUCHING = ("-", "–", "/", "#", "$", "£", "€", "+", "%", "_", "°", "№", ".")


def slashed(found: Found) -> Built:
    """Month first, as American copy has it, unless the source or the first number says otherwise."""
    token = found.token("date")
    if token is None:
        return None
    parts = token.word.replace("/", "-").replace(".", "-").split("-")
    if parts[1].isalpha():
        month = _MONTH_NAMES.index(parts[1][:3]) + 1
        return Known(Period(Grain.DAY, make_day(full_year(parts[2]), month, int(parts[0]))))
    if len(parts[0]) == 4:
        return Known(Period(Grain.DAY, make_day(*(int(part) for part in parts))))
    first, second = int(parts[0]), int(parts[1])
    dotted = "." in token.word
    if dotted and _is_numbered(found, short=len(parts[2]) < 4):
        return None
    day_first = first > 12 or (second <= 12 and (dotted or found.scan.day_first))
    month, day = (second, first) if day_first else (first, second)
    return Known(Period(Grain.DAY, make_day(full_year(parts[2]), month, day)))


def _is_numbered(found: Found, *, short: bool) -> bool:
    """ "version 10.4.11", "Section 10.12.2010", "Firefox 3.5.10": parts of a number, no day."""
    before = found.before()
    if before is None or before.word in load().blockers["numbered"]:
        return before is not None
    return short and before.capital and before.mark == load().marks["OTHER"] and before.word.isalpha()


def named_day(found: Found) -> Built:
    """ "9/11"; "the 7/7 bombings": what is a fraction as well needs the article or the deed beside it."""
    name = found.scan.tokens[found.match.start()].word
    if name != "9/11" and found.word_before() != "the" and found.word_after() not in load().blockers["attacks"]:
        return None
    first, last = load().named_days[name]
    return Known(Period(Grain.DAY, first), Period(Grain.DAY, last) if last != first else None)


def day_of_month(found: Found) -> Built:
    """ "Tuesday, May 5", "5 May 2009", "May 5 this year"."""
    if not month_stands(found, bare=False):
        return None
    which, years = years_shift(found)
    told = Fields(
        Grain.DAY, year=year_of(found), month=found.number("month"), day=found.number("day"),
        weekday=found.number("wd"), which=which, years=years,
    )  # fmt: skip
    deed = deed_told(found) if told.year is None and years is None else ""
    if not deed:
        return told
    return replace(told, over=True, deed_year=year_of_deed(told.month or 0, told.day or 0, deed))


def days_of_month(found: Found) -> Built:
    """ "May 3-5", "25 and 26 April", "January 25 and 29": one expression for a range, two for a list."""
    if not month_stands(found, bare=False) or not _list_ends(found):
        return None
    month, year = found.number("month"), year_of(found)
    first = Fields(Grain.DAY, year=year, month=month, day=found.number("day"))
    last = Fields(Grain.DAY, year=year, month=month, day=found.number("day2"))
    link = found.token("link")
    if link is not None and link.word in "-–‑" and (first.day or 0) >= (last.day or 0):
        return None
    start, end, cut = found.match.start(), found.match.end(), found.match.start("link")
    return Piece(start, cut, first), Piece(cut + 1, end, last)


def listed_days(found: Found) -> Built:
    """ "May 10, 12 and 15", "3, 10 and 17 March 2014": each day is an expression; the month stands with one of them."""
    marks, at = load().marks, found.match.start()
    tokens = found.scan.tokens
    numbers = [i for i in range(at, found.match.end()) if tokens[i].mark in (marks["SMALL"], marks["DAYORD"])]
    days = [int(tokens[i].value) for i in numbers]
    month_first = found.match.start("month") < numbers[0]
    if days != sorted(set(days)) or days[-1] > LONGEST_MONTH or not month_stands(found, bare=False):
        return None
    if month_first and not _list_ends_at(found.after()):
        return None
    fields = [Fields(Grain.DAY, year=year_of(found), month=found.number("month"), day=day) for day in days]
    starts = [at, *numbers[1:]] if month_first else [at, *(i - (tokens[i - 1].word == "the") for i in numbers[1:])]
    ends = [i + 1 for i in numbers[:-1]] + [found.match.end()]
    return tuple(Piece(first, last, day) for first, last, day in zip(starts, ends, fields, strict=True))


LONGEST_MONTH = 31


def _list_ends(found: Found) -> bool:
    """ "April 24 and 25 people": what follows shows the second number to be no day."""
    if found.word_of("link") in ("-", "–", "‑"):
        return True  # "the April 1-15 window"
    return found.match.start("month") > found.match.start("day2") or _list_ends_at(found.after())


def _list_ends_at(after: Token | None) -> bool:
    vocabulary = load()
    if after is None or not after.word.isalpha() or after.mark != vocabulary.marks["OTHER"]:
        return True
    if after.word in vocabulary.blockers["clause_words"] or after.word.endswith("ly"):
        return True  # "March 4 and 5 respectively"
    return after.word in vocabulary.tense["past"] or after.word in vocabulary.tense["future"]


def month_of_year(found: Found) -> Built:
    """ "March 2015", "July last year", "last May", "May"."""
    bare = year_of(found) is None and not found.has("yw") and not found.has("which")
    if not month_stands(found, bare=bare) or _shows_picture(found):
        return None
    which, years = years_shift(found)
    if found.has("which"):
        which = which_of(found.token("which"))
    return Fields(Grain.MONTH, year=year_of(found), month=found.number("month"), which=which, years=years)


def day_of_told_month(found: Found) -> Built:
    """ "the 28th of that month"."""
    day = found.number("day") or found.number("nth")
    if found.value("unit") != "month" or not day or day > LONGEST_MONTH:
        return None
    return Fields(Grain.DAY, day=day, which=which_of(found.token("which")))


def day_alone(found: Found) -> Built:
    """ "On the 5th": the day of the month that the text is in."""
    after = found.after()
    opens_clause = after is not None and after.word in load().blockers["clause_openers"]  # "On the 12th he left"
    if found.word_before() not in SPOKEN or not (opens_clause or _list_ends_at(after)) or _counts_a_thing(after):
        return None
    return Fields(Grain.DAY, day=found.number("day"), which=Which.SAME)


def _counts_a_thing(after: Token | None) -> bool:
    """ "the 25th anniversary", "the 3rd day of the strike": the number is that of a thing of time."""
    marks = load().marks
    things = ("ANNIVERSARY", "DAY", "UNIT", "UNITS", "YEAR_UNIT", "QUARTER", "WEEKEND", "PART", "WEEKDAY", "HALF")
    return after is not None and any(after.mark == marks[name] for name in things)


def nth_in_month(found: Found) -> Built:
    """ "the second Tuesday of March 2014", "the last week of May"; counted from the month's end: -1."""
    word, unit = found.word_of("ord"), found.value("unit")
    number = -1 if word in ("last", "final") else found.number("ord")
    if number is None or not -1 <= number <= 5 or number == 0 or unit not in ("", "week"):
        return None
    if not month_stands(found, bare=False):
        return None
    which, years = years_shift(found)
    month = Fields(Grain.MONTH, year=year_of(found), month=found.number("month"), which=which, years=years)
    return NthIn(number, month, int(found.value("wd")) if found.has("wd") else None)


def season(found: Found) -> Built:
    """ "last winter", "the summer of 2006", "spring 1918"; "the fall of Kabul" is none."""
    name = found.token("season")
    which, shift = years_shift(found)
    if found.has("which"):
        which = which_of(found.token("which"))
    told = year_of(found) is not None or shift is not None or which is not Which.NONE
    after = found.after()
    if name and name.capital and after and after.capital and after.word in load().blockers["games"]:
        return None  # "the Summer Olympics"
    if name is None or (not told and not _season_stands(found, name)):
        return None
    return Fields(Grain.SEASON, year=year_of(found), season=name.value, which=which, years=shift)


def _season_stands(found: Found, name: Token) -> bool:
    if found.word_after() == "of" or found.word_before() in ("a", "an"):
        return False
    if name.mark == load().marks["MAYBE_SEASON"]:
        return found.word_before() in ("in", "early", "late", "by", "until", "since", "during") and not name.capital
    return True


def weekday(found: Found) -> Built:
    token, which = found.token("wd"), found.token("which")
    if token is None or not weekday_stands(found, token) or _shows_picture(found):
        return None
    if which is None and is_any(found):
        return Vague(f"XXXX-WXX-{int(token.value) + 1}")
    this = which is None and found.tokens()[0].word == "this"
    told = Fields(Grain.DAY, weekday=int(token.value), which=Which.THIS if this else which_of(which))
    if which is None or which.word != "that" or _points_back(found):
        return told
    return (Piece(found.match.start("wd"), found.match.end(), replace(told, which=Which.NONE)),)


def is_any(found: Found) -> bool:
    """ "on a Friday", "on a Sunday in 2011": some such day; not "on a Monday flight"."""
    indefinite = found.word_before() in ("a", "an") and found.word_before(2) == "on"
    after = found.after()
    return indefinite and (after is None or not after.word[:1].isalnum() or after.word in _AFTER_ANY)


_AFTER_ANY = ("in", "when", "and", "or", "of", "as", "at", "during", "after", "before", "by", "to", "that")


def _shows_picture(found: Found) -> bool:
    """ "in this Aug. 5, 2014, file photo", "in this Tuesday, April 28, 2015 photo": the date is that of the picture."""
    at, tokens, marks = found.match.end(), found.scan.tokens, load().marks
    if found.word_of("which") != "this" and found.tokens()[0].word != "this":
        return False
    while at < len(tokens) and tokens[at].mark in (marks["DOT"], marks["COMMA"]):
        at += 1
    after = tokens[at] if at < len(tokens) else None
    if found.has("wd"):
        return after is not None and after.capital and after.mark in [marks[name] for name in _MONTH_MARKS]
    return after is not None and after.word.isdigit() and int(after.word) <= LONGEST_MONTH


_MONTH_MARKS = ("MONTH", "MONTH_SHORT", "MAYBE_MONTH", "MAYBE_SHORT")


def _points_back(found: Found) -> bool:
    """Whether "that" is of the day ("on that Thursday"), and does not open a clause ("fears that Thursday's vote")."""
    before = found.before()
    return before is None or not before.word.isalpha() or before.mark != load().marks["OTHER"]


def weekday_and_day(found: Found) -> Built:
    """ "Monday 20" in a list whose month stands at its end; not "On Monday, 15 were killed"."""
    token, after = found.token("wd"), found.word_after()
    if token is None or not token.capital or after in load().blockers["counted"] or after in load().tense["past"]:
        return None
    day = found.token("day")
    if day and day.word[-1:].isalpha() and _numbers(after) and not found.after_is(*_MONTH_MARKS):
        return None  # "on Monday, the 14th day of the strike"
    return Fields(Grain.DAY, day=found.number("day"), weekday=int(token.value))


def _numbers(after: str) -> bool:
    """Whether the word after an ordinal is a thing that it numbers."""
    return after.isalpha() and after not in load().blockers["clause_words"] and after not in _AFTER_DAY


_AFTER_DAY = (
    "and",
    "or",
    "of",
    "to",
    "in",
    "at",
    "on",
    "by",
    "for",
    "from",
    "until",
    "till",
    "through",
    "after",
    "before",
)


def safely(meaning: Meaning) -> Meaning | None:
    """The meaning, unless it tells a day that no month has."""
    if isinstance(meaning, Fields) and meaning.month and meaning.day:
        try:
            make_day(meaning.year or 2000, meaning.month, meaning.day)
        except OutsideCalendar:
            return None
    return meaning


# A full stop belongs to a short name alone: "Sept. 5", but "on 5 September."
MONTH = "month=ANYMONTH (?:(?<=DOTTED)DOT)?"
_WD = "(?:wd=ANYWEEKDAY DOT? COMMA? THE?)?"
YEAR = "(?:COMMA? year=YEAR | COMMA? y2=YEAR2)?"
WHICH_YEAR = "yw=WHICH YEAR_UNIT"

RULES: tuple[Rule, ...] = (
    Rule("iso-date", "iso=ISO", iso),
    Rule("numeric-date", "date=SLASHED", slashed),
    Rule("compact-date", "date=COMPACT", compact),
    Rule("named-day", "NAMED_DAY", named_day),
    Rule("month-day", f"{_WD} {MONTH} THE? day=DAYNUM {YEAR}", day_of_month),
    Rule("month-day-of-year", f"{_WD} {MONTH} day=DAYNUM COMMA? OF? THE? {WHICH_YEAR}", day_of_month),
    Rule("day-month", f"{_WD} THE? day=DAYNUM HYPHEN? OF? {MONTH} {YEAR}", day_of_month),
    Rule("day-month-of-year", f"{_WD} THE? day=DAYNUM OF? month=ANYMONTH OF? THE? {WHICH_YEAR}", day_of_month),
    Rule("ordinal-day-month", f"{_WD} THE? day=ORDSECOND OF month=ANYMONTH {YEAR}", day_of_month),
    Rule("month-days", f"{MONTH} day=DAYNUM link=LINK day2=DAYNUM {YEAR}", days_of_month),
    Rule("month-days-or", f"{MONTH} day=DAYNUM link=OR day2=DAYNUM {YEAR}", days_of_month),
    Rule("days-month-or", f"THE? day=DAYNUM link=OR THE? day2=DAYNUM OF? {MONTH} {YEAR}", days_of_month),
    Rule("days-month", f"THE? day=DAYNUM link=LINK THE? day2=DAYNUM OF? {MONTH} {YEAR}", days_of_month),
    Rule("month-days-listed", f"{MONTH} DAYNUM (?:COMMA DAYNUM){{1,9}} COMMA? (?:AND|OR) DAYNUM {YEAR}", listed_days),
    Rule("days-month-listed",
         f"THE? DAYNUM (?:COMMA THE? DAYNUM){{1,9}} COMMA? (?:AND|OR) THE? DAYNUM OF? {MONTH} {YEAR}", listed_days),
    Rule("month-year", f"{MONTH} (?:COMMA|OF)? (?:year=YEAR|y2=YEAR2)", month_of_year),
    Rule("month-of-year", f"{MONTH} COMMA? (?:OF|IN)? THE? {WHICH_YEAR}", month_of_year),
    Rule("which-month", "THE? which=WHICH (?:month=ANYMONTH)", month_of_year),
    Rule("month", "month=ANYMONTH", month_of_year),
    Rule("short-month", "month=MONTH_SHORT DOT", month_of_year),
    Rule("day-of-told-month", "THE (?:day=DAYORD|nth=ORDSECOND) OF THE? which=WHICH unit=UNIT", day_of_told_month),
    Rule("day-alone", "THE day=DAYORD", day_alone),
    Rule("nth-weekday", f"THE? ord=NTH wd=WEEKDAY (?:OF|IN) {MONTH} {YEAR}", nth_in_month),
    Rule("nth-weekday-of-year", f"THE? ord=NTH wd=WEEKDAY (?:OF|IN) {MONTH} {WHICH_YEAR}", nth_in_month),
    Rule("nth-week", f"THE? ord=NTH unit=UNIT (?:OF|IN) {MONTH} {YEAR}", nth_in_month),
    Rule("nth-week-of-year", f"THE? ord=NTH unit=UNIT (?:OF|IN) {MONTH} {WHICH_YEAR}", nth_in_month),
    Rule("season", "THE? (?:which=WHICH PAST?)? season=ANYSEASON "
         f"(?:OF? COMMA? year=YEAR | OF y2=YEAR2 | OF? {WHICH_YEAR})?", season),
    Rule("weekday", "THE? (?:THIS)? which=WHICH? wd=WEEKDAY", weekday),
    Rule("weekday-day", "wd=ANYWEEKDAY DOT? COMMA? THE? day=DAYNUM", weekday_and_day),
)  # fmt: skip
