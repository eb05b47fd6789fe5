"""Days named by a deed: "the September 11 attacks", "the July 7 bombings", "the June 12 coup".

One that is known has its year; any other lies in the past: nobody names a deed by a day that is still to come.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.extraction.temporal.draft import Draft
from app.extraction.temporal.grammar import Found
from app.extraction.temporal.meanings import Beside, Fields, From, Holding, Meaning, Within
from app.extraction.temporal.scanning import Token
from app.extraction.temporal.vocabulary import load

_REACH = 2  # words between the day and the deed: "the September 11 terrorist attacks"


def deed_told(found: Found) -> str:
    """The deed that the day names, "" where it names none: beside an article, or as in "the attacks of July 7"."""
    tokens, deeds = found.scan.tokens, load().blockers["deeds"]
    if found.word_before() == "of" and found.word_before(2) in deeds:
        return found.word_before(2)
    if "the" not in (found.tokens()[0].word, found.word_before()) and found.word_before() not in ("'s", "’s"):
        return ""
    for token in tokens[found.match.end() : found.match.end() + _REACH + 1]:
        if token.word in deeds:
            return token.word
        if not _colours(token):
            return ""
    return ""


def _colours(token: Token) -> bool:
    """ "terrorist", "London": what may stand between the day and the deed; not "the June 12 deadline attacks"."""
    return token.mark == load().marks["OTHER"] and (token.capital or token.word in load().blockers["kinds_of_deed"])


def year_of_deed(month: int, day: int, deed: str) -> int | None:
    """The year in which the deed known by that day was done."""
    return load().deed_days.get((month, day, deed))


def settled(draft: Draft, published: date | None) -> Draft:
    """The draft with the year of the deed that it names, where that is not younger than the publication."""
    meaning = _settled(draft.meaning, published)
    return draft if meaning is draft.meaning else replace(draft, meaning=meaning)


def _settled(meaning: Meaning, published: date | None) -> Meaning:
    if isinstance(meaning, Fields):
        known = meaning.deed_year is not None and _is_over(meaning, published)
        return replace(meaning, year=meaning.deed_year) if known else meaning
    if isinstance(meaning, Within) and meaning.day is not None:
        inner = _settled(meaning.day, published)
        return meaning if inner is meaning.day else replace(meaning, day=inner)
    if isinstance(meaning, (From, Beside, Holding)):
        base = _settled(meaning.base, published)
        return meaning if base is meaning.base else replace(meaning, base=base)
    return meaning


def _is_over(meaning: Fields, published: date | None) -> bool:
    told = (meaning.deed_year or 0, meaning.month or 0, meaning.day or 0)
    return published is None or told <= (published.year, published.month, published.day)
