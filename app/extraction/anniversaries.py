"""What an anniversary recalls: "Friday marks the tenth anniversary of the attack" dates the attack ten years before."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from app.domain.spans import Precision, TimeSpan
from app.extraction.temporal.calendar import Grain, moved
from app.extraction.temporal.vocabulary import load

_NUMBER_OF = {"centenary": 100, "bicentenary": 200, "centennial": 100}
_RECALLING = ("anniversary", "commemoration", *_NUMBER_OF)


@dataclass(frozen=True, slots=True)
class Recalled:
    """The noun that recalls a deed, and how many years lie between; None where it does not tell."""

    noun: Token
    years: int | None

    def before(self, span: TimeSpan) -> TimeSpan:
        """The day so many years before the anniversary's day; up to it where either is not told as exactly."""
        if span.last is None:
            return TimeSpan.unknown()
        if self.years is None or span.precision is not Precision.DAY or span.last.year <= self.years:
            return TimeSpan.until(span.last)
        return TimeSpan.of_day(moved(span.last, Grain.YEAR, -self.years))


def recalled_by(deed: Token) -> Recalled | None:
    """What recalls the deed: "the tenth anniversary of the attack", "marks a year since the attack"."""
    link, noun = deed.head, deed.head.head
    if deed.dep_ != "pobj" or link.dep_ != "prep":
        return None
    lemma = noun.lemma_.lower()
    if link.lower_ == "of" and lemma in _RECALLING:
        return Recalled(noun, _NUMBER_OF.get(lemma) or _number_beside(noun, "amod", "compound", "nummod"))
    years = _years_marked(noun) if link.lower_ == "since" else None
    return Recalled(years, _number_beside(years, "nummod", "det")) if years is not None else None


def _years_marked(above: Token) -> Token | None:
    """ "marked a year since the attack", where the parser hangs "since" on either."""
    if above.lemma_ == "mark":
        return next((child for child in above.children if child.lemma_ == "year"), None)
    return above if above.lemma_ == "year" and above.head.lemma_ == "mark" else None


def _number_beside(noun: Token, *labels: str) -> int | None:
    numbers = (_number(child.lower_) for child in noun.children if child.dep_ in labels)
    return next((number for number in numbers if number), None)


def _number(word: str) -> int | None:
    if word in ("a", "one", "first"):
        return 1
    digits = word[:-2] if word.endswith(("st", "nd", "rd", "th")) else word
    known = load().words.get(word)
    value = digits if digits.isdigit() else known.value if known else ""
    return int(value) if value.isdigit() and 0 < int(value) < 1000 else None
