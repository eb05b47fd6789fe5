"""Rules for holidays, in a year told or not, and for the days of those that last."""

from __future__ import annotations

from app.extraction.temporal import feasts
from app.extraction.temporal.grammar import Built, Found, Rule
from app.extraction.temporal.meanings import DayOf, Feast, Which
from app.extraction.temporal.nations import nation_beside
from app.extraction.temporal.rules_dates import (
    LONGEST_MONTH,
    WHICH_YEAR,
    which_of,
    year_of,
    years_shift,
)
from app.extraction.temporal.scanning import Token
from app.extraction.temporal.vocabulary import load


def feast(found: Found) -> Built:
    token, after = found.token("feast"), found.after()
    if token is None:
        return None
    if after is not None and after.capital and after.mark == load().marks["OTHER"] and after.start == token.end + 1:
        return None  # "Easter Island", "the Christmas Truce"
    before = found.scan.tokens[found.match.start("feast") - 1] if found.match.start("feast") else None
    if len(feasts.meant_by(token.value)) > 1 and before is not None and _names(before, token):
        return None  # "Bassem Eid"
    name = feasts.of_nation(token.value, nation_beside(found))
    if name is None:
        return None  # "Republic Day", nobody's
    which = which_of(found.token("which")) if found.has("which") else Which.NONE
    told, years = years_shift(found)
    if found.has("yw") and years is None:
        which = told  # "Easter the following year"
    return Feast(name, year=year_of(found), which=which, years=years)


def _names(before: Token, token: Token) -> bool:
    """A capital right before the word: a person's first name."""
    return before.capital and before.mark == load().marks["OTHER"] and before.end + 1 == token.start


def day_of_feast(found: Found) -> Built:
    """ "the first day of Ramadan", "the last day of Passover"."""
    number, base = (-1 if found.word_of("ord") in ("last", "final") else found.number("ord")), feast(found)
    return DayOf(number, base) if isinstance(base, Feast) and number and number <= LONGEST_MONTH else None


_YW = WHICH_YEAR

RULES: tuple[Rule, ...] = (
    Rule("holiday", f"which=WHICH? feast=FEAST (?:(?:COMMA|OF|IN)? year=YEAR | COMMA? (?:OF|IN)? THE? {_YW})?", feast),
    Rule("day-of-holiday", "THE? ord=NTH DAY OF which=WHICH? feast=FEAST (?:(?:OF|IN)? year=YEAR)?", day_of_feast),
    Rule("year-holiday", f"(?:THE? year=YEAR S? | THE? {_YW} S) feast=FEAST", feast),
)  # fmt: skip
