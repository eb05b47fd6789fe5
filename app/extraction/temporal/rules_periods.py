"""Rules for years and what is reckoned by them: decades, centuries, fiscal years, quarters and halves."""

from __future__ import annotations

from datetime import date

from app.extraction.temporal.calendar import Grain, Period
from app.extraction.temporal.grammar import Built, Found, Piece, Rule
from app.extraction.temporal.guards import number_is_year
from app.extraction.temporal.meanings import Fields, Known, Step, Which
from app.extraction.temporal.rules_dates import (
    SPOKEN,
    WHICH_YEAR,
    full_year,
    year_of,
    years_shift,
)
from app.extraction.temporal.vocabulary import load


def year(found: Found) -> Built:
    if not number_is_year(found):
        return None
    number = year_of(found)
    return Known(Period(Grain.YEAR, date(number, 1, 1))) if number else None


def year_named(found: Found) -> Built:
    """ "fiscal 1989", "the year 1950", "FY2016"."""
    number = year_of(found)
    return Known(Period(Grain.YEAR, date(number, 1, 1))) if number else None


def fiscal_code(found: Found) -> Built:
    return Known(Period(Grain.YEAR, date(full_year(found.value("fy")), 1, 1)))


def fiscal_years(found: Found) -> Built:
    """ "fiscal year 2013-14", "FY2013-14", "the 2013-14 fiscal year": one year that lies in two."""
    first, tail = full_year(found.value("fy") or found.value("year")), found.value("tail")
    last = int(str(first)[: 4 - len(tail)] + tail)
    if last != first + 1:
        return None
    return Known(Period(Grain.YEAR, date(first, 1, 1)), Period(Grain.YEAR, date(last, 1, 1)))


def years(found: Found) -> Built:
    """ "1914-18" and "1919-1921"."""
    first, tail = int(found.value("year")), found.value("tail")
    last = int(str(first)[: 4 - len(tail)] + tail)
    if not first < last or last - first > 300 or (len(tail) == 2 and last > 2100):
        return None
    start, end = found.match.start(), found.match.end()
    one, two = Known(Period(Grain.YEAR, date(first, 1, 1))), Known(Period(Grain.YEAR, date(last, 1, 1)))
    return Piece(start, start + 1, one), Piece(end - 1, end, two)


def short_year(found: Found) -> Built:
    """ "in '98", "since '04"."""
    if found.word_before() not in (*SPOKEN, "in", "from", "early", "late"):
        return None
    return Known(Period(Grain.YEAR, date(full_year(found.value("y2")), 1, 1)))


def short_years(found: Found) -> Built:
    """ "in '14-'15": two years of two digits."""
    first, last = full_year(found.value("y2")), full_year(found.value("y3"))
    if not first < last:
        return None
    start, cut, end = found.match.start(), found.match.start("link"), found.match.end()
    one, two = (Known(Period(Grain.YEAR, date(number, 1, 1))) for number in (first, last))
    return Piece(start, cut, one), Piece(cut + 1, end, two)


def decade(found: Found) -> Built:
    value = found.value("decade")
    if found.word_before() in ("his", "her", "their", "my", "mid") and len(value) < 4:
        return None
    if len(value) < 4 and _is_measured_in_tens(found):
        return None
    number = int(value)
    if len(value) < 4:
        number += 1900 if number >= 20 else 2000
    return Known(Period(Grain.DECADE, date(number - number % 10, 1, 1))) if number > 9 else None


_REACH_MEASURED = 8


def _is_measured_in_tens(found: Found) -> bool:
    """ "temperatures were in the 30s"."""
    first, last = max(0, found.match.start() - _REACH_MEASURED), found.match.end() + _REACH_MEASURED
    return any(token.word in load().blockers["in_tens"] for token in found.scan.tokens[first:last])


def century(found: Found) -> Built:
    number, tens = found.number("ord"), found.number("tens") if found.has("tens") else 0
    if found.value("unit") != "century" or not number or number > 40:
        return None
    if tens is None or tens % 10 or (tens and number > 9):
        return None
    number += tens  # "the twenty-first century"
    if found.after_is("BC"):
        return None
    return Known(Period(Grain.CENTURY, date(max(1, (number - 1) * 100), 1, 1)))


def centuries(found: Found) -> Built:
    """ "the 17th and 18th centuries", "from the 17th to the 19th century": each is a century."""
    unit, numbers = found.value("unit") or found.value("unit2"), [found.number("ord"), found.number("ord2")]
    if unit != "century" or any(not number or number > 40 for number in numbers):
        return None
    one, two = (Known(Period(Grain.CENTURY, date(max(1, (number - 1) * 100), 1, 1))) for number in numbers if number)
    cut = found.match.start("link")
    return Piece(found.match.start(), cut, one), Piece(cut + 1, found.match.end(), two)


def part_of_year(found: Found) -> Built:
    """ "the third quarter of 1990", "next year's first half", "fourth-quarter"."""
    if found.has("year") and found.after_is("HYPHEN", "SLASH"):
        return None  # "the first half of 2014-15": where that year begins is not told
    if found.word_after() == "of" and found.word_after(2) in ("the", "a", "an", "its", "their", "his"):
        return None  # "the first quarter of the game"; "a loss for the third quarter of $226 million" is one
    grain = Grain.HALF if found.has("half") else Grain.QUARTER
    number = 4 if found.word_of("ord") == "last" and grain is Grain.QUARTER else found.number("ord")
    if not number or number > (2 if grain is Grain.HALF else 4):
        return None
    which, shift = years_shift(found)
    return Fields(grain, year=year_of(found), part=number, which=which, years=shift)


def half_told(found: Found) -> Built:
    """ "the second half": of the year, unless it is a half of something else."""
    return None if found.word_after() == "of" else part_of_year(found)


def quarter_a_year_off(found: Found) -> Built:
    """ "the year-earlier quarter", "the 1988 period": the quarter that the text speaks of, in another year."""
    number = year_of(found)
    part = found.number("ord")
    return Fields(Grain.QUARTER, year=number, part=part, which=Which.SAME, years=None if number else -1)


def quarter_told(found: Found) -> Built:
    """ "the latest quarter", "the same period": the one that the text reports on."""
    return Step(Grain.QUARTER, 0, anaphoric=True)


_YW = WHICH_YEAR

RULES: tuple[Rule, ...] = (
    Rule("year", "year=YEAR", year),
    Rule("named-year", "(?:THE? FISCAL YEAR_UNIT? | THE YEAR_UNIT) year=YEAR", year_named),
    Rule("fiscal-year", "fy=FY", fiscal_code),
    Rule("fiscal-years", "(?:THE? FISCAL YEAR_UNIT?) year=YEAR (?:HYPHEN|SLASH) tail=TAIL", fiscal_years),
    Rule("fiscal-years", "fy=FY (?:HYPHEN|SLASH) tail=TAIL", fiscal_years),
    Rule("fiscal-years", "THE? year=YEAR (?:HYPHEN|SLASH) tail=TAIL FISCAL YEAR_UNIT", fiscal_years),
    Rule("years", "year=YEAR HYPHEN tail=TAIL", years),
    Rule("short-year", "y2=YEAR2", short_year),
    Rule("short-years", "y2=YEAR2 link=LINK y3=YEAR2", short_years),
    Rule("short-years", "y2=YEAR2 link=SLASH y3=YEAR2", short_years),
    Rule("decade", "(?:THE NUMBER?)? decade=ANYDECADE", decade),
    Rule("century", "THE? tens=NUMBER HYPHEN? ord=ANYORDINAL HYPHEN? unit=UNIT", century),
    Rule("century", "THE? ord=ANYORDINAL HYPHEN? unit=UNIT", century),
    Rule("centuries",
         "THE? ord=ANYORDINAL link=UPTO THE? ord2=ANYORDINAL HYPHEN? (?:unit=UNITS|unit2=UNIT)", centuries),
    Rule("quarter-adjective", "(?:FISCAL HYPHEN?)? ord=ANYORDINAL HYPHEN QUARTER", part_of_year),
    Rule("quarter", "(?:THE|THIS)? (?:FISCAL HYPHEN?)? ord=ANYORDINAL (?:FISCAL HYPHEN?)? QUARTER "
         f"(?:(?:OF|COMMA)? FISCAL? year=YEAR | OF THE? {_YW} | OF THE theyear=YEAR_UNIT)?", part_of_year),
    Rule("last-quarter", f"(?:THE)? ord=LAST QUARTER OF (?:FISCAL? year=YEAR | THE? {_YW} | THE theyear=YEAR_UNIT)",
         part_of_year),
    Rule("year-quarter", "THE? (?:FISCAL)? year=YEAR S? HYPHEN? ord=ANYORDINAL HYPHEN? QUARTER", part_of_year),
    Rule("which-year-quarter", f"THE? {_YW} S ord=ANYORDINAL HYPHEN? QUARTER", part_of_year),
    Rule("half", "(?:THE|POSS|THIS)? (?:FISCAL HYPHEN?)? ord=ANYORDINAL HYPHEN? half=HALF "
         f"(?:OF? FISCAL? year=YEAR | OF THE? {_YW} | OF THE theyear=YEAR_UNIT)", part_of_year),
    Rule("half-adjective", "ord=ANYORDINAL HYPHEN half=HALF", part_of_year),
    Rule("half-told", "THE ord=ANYORDINAL half=HALF", half_told),
    Rule("half-year-half", f"(?:THE? {_YW} S | year=YEAR S?) ord=ANYORDINAL HYPHEN? half=HALF", part_of_year),
    Rule("quarter-a-year-off", "THE? YEAR_UNIT HYPHEN? (?:AGO|EARLIER) ord=ORDSECOND? HYPHEN? (?:QUARTER|PERIOD)",
         quarter_a_year_off),
    Rule("quarter-a-year-off", f"THE SAME (?:QUARTER|PERIOD) OF? THE? {_YW}", quarter_a_year_off),
    Rule("quarter-told", "THE (?:LAST|SAME) (?:QUARTER|PERIOD)", quarter_told),
    Rule("quarter-of-year", "THE year=YEAR (?:QUARTER|PERIOD)", quarter_a_year_off),
)  # fmt: skip
