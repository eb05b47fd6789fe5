"""Rules for the days and weekends of a month or year: "the last day of March", "the first weekend of May"."""

from __future__ import annotations

from datetime import date

from app.extraction.temporal.calendar import Grain, Period, make_day
from app.extraction.temporal.grammar import Built, Found, Rule
from app.extraction.temporal.guards import month_stands, number_is_year
from app.extraction.temporal.meanings import ANAPHORIC, STEPS, DayOf, Fields, Holding, Known, NthIn, Step
from app.extraction.temporal.rules_dates import LONGEST_MONTH, MONTH, WHICH_YEAR, which_of, year_of, years_shift

_LEAP, _SATURDAY, _MOST_WEEKENDS = 2000, 5, 5


def _number(found: Found) -> int | None:
    """The ordinal; the last is -1."""
    return -1 if found.word_of("ord") in ("last", "final") else found.number("ord")


def _month(found: Found) -> Fields | None:
    if not month_stands(found, bare=False):
        return None
    which, years = years_shift(found)
    return Fields(Grain.MONTH, year=year_of(found), month=found.number("month"), which=which, years=years)


def day_of_month(found: Found) -> Built:
    """ "the last day of March", "the first day of May 2014"; a day that the month lacks is outside the calendar."""
    number, month = _number(found), _month(found)
    if found.value("unit") != "day" or not number or month is None:
        return None
    make_day(month.year or _LEAP, month.month or 1, max(number, 1))
    return DayOf(number, month)


def weekend_of_month(found: Found) -> Built:
    """ "the first weekend of March": the one that its Saturday is in."""
    number, month = _number(found), _month(found)
    if not number or number > _MOST_WEEKENDS or month is None:
        return None
    return Holding(Grain.WEEKEND, NthIn(number, month, _SATURDAY))


def day_of_year(found: Found) -> Built:
    """ "the last day of 2014"."""
    number, year = _number(found), year_of(found)
    if found.value("unit") != "day" or not number or number > LONGEST_MONTH or not number_is_year(found) or not year:
        return None
    return DayOf(number, Known(Period(Grain.YEAR, date(year, 1, 1))))


def day_of_unit(found: Found) -> Built:
    """ "the first day of next month", "the last day of the year"."""
    number, which, unit = _number(found), which_of(found.token("which")), found.value("of")
    if found.value("unit") != "day" or not number or number > LONGEST_MONTH or unit not in ("month", "year"):
        return None
    anaphoric = which in ANAPHORIC or (not found.has("which") and unit == "month")
    return DayOf(number, Step(Grain(unit), STEPS.get(which, 0), anaphoric=anaphoric, direction=STEPS.get(which, 0)))


_OF_MONTH = f"(?:OF|IN) {MONTH}"

RULES: tuple[Rule, ...] = (
    Rule("day-of-month", f"THE? ord=NTH unit=DAY {_OF_MONTH} (?:COMMA? year=YEAR | COMMA? y2=YEAR2)?", day_of_month),
    Rule("day-of-month-of-year", f"THE? ord=NTH unit=DAY {_OF_MONTH} OF? {WHICH_YEAR}", day_of_month),
    Rule("weekend-of-month", f"THE? ord=NTH WEEKEND {_OF_MONTH} (?:COMMA? year=YEAR)?", weekend_of_month),
    Rule("weekend-of-month-of-year", f"THE? ord=NTH WEEKEND {_OF_MONTH} OF? {WHICH_YEAR}", weekend_of_month),
    Rule("day-of-year", "THE? ord=NTH unit=DAY OF year=YEAR", day_of_year),
    Rule("day-of-unit", "THE ord=NTH unit=DAY OF (?:THE|which=WHICH) of=ONEUNIT", day_of_unit),
)
