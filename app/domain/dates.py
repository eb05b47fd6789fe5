"""A date as it was read: the span, how it is known, and the way from the words to the span."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.domain.spans import TimeSpan
from app.domain.wording import day_words, rule_clauses, span_words

AGREES = "weekday-agrees"  # the rule that names the year by itself
EVE = "eve-of"  # the rule of the day before another


class Offsets(NamedTuple):
    """Characters [start, end) of a document's text as received."""

    start: int
    end: int


class Basis(StrEnum):
    """How a date is known."""

    EXPLICIT = "explicit"  # the text gives year and day (or month, or year) itself
    RELATIVE = "relative"  # counted from the publication day: "on Friday", "last month"
    ANAPHORIC = "anaphoric"  # counted from another date of the text: "the same day"
    PUBLICATION = "publication"  # no date in the text: bounded by the day of publication
    INFERRED = "inferred"  # the publication day itself had to be inferred


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """One of several spans that may be meant, of a document's publication or of a date counted from it.

    `weight` lies in 0..1; `reasons` are for a reader.
    """

    span: TimeSpan
    weight: float
    reasons: tuple[str, ...]

    def __post_init__(self) -> None:
        if not 0 <= self.weight <= 1:
            raise ValueError(f"a weight lies in 0..1, not {self.weight}")


@dataclass(frozen=True, slots=True)
class Derivation:
    """The way from the words of a text to a span of days.

    `alternatives`: where the publication is one of several candidates, what each makes of the date, in their order;
    `span` then holds them all. `period`: what the words name where they only bound the span by it ("by 1 June").
    `lasting`: it went on through the whole span, it did not happen once on a day of it that is not known.
    `anchor_period`: what was told as the anchor, where that is no single day ("in 1994 ... the next day"). `base`: the
    date within the words, or beside them, that they count from ("three days after the 25 April quake"). `choice`: the
    spans one of which is meant. `undated`: what the words are where they tell no day: a length, a set.
    """

    span: TimeSpan
    basis: Basis
    rule: str
    words: Offsets | None = None
    quote: str = ""
    anchor: date | None = None
    anchor_reason: str = ""
    alternatives: tuple[DateCandidate, ...] = ()
    period: TimeSpan | None = None
    lasting: bool = False
    anchor_period: TimeSpan | None = None
    base: TimeSpan | None = None
    choice: tuple[TimeSpan, ...] = ()
    undated: str = ""

    def moved(self, move: Callable[[TimeSpan], TimeSpan], how: str) -> Derivation:
        """The span and each alternative moved in the same way; `how` joins the rule."""
        moved = tuple(replace(one, span=move(one.span)) for one in self.alternatives)
        return replace(self, span=move(self.span), rule=f"{self.rule}, {how}", alternatives=moved)

    def explain(self) -> str:
        """The derivation as one sentence for a reader, two where there are alternatives."""
        subject = f"“{self.quote}”" if self.quote else "No date is told"
        if self.undated and not self.span.known:
            return f"{subject}: {self.undated}."
        clauses = [*self._counted(), *rule_clauses(self.rule, self._year())]
        days = f"all through {self._days()}" if self.lasting else self._days()
        told = f"{'; '.join(clauses) or 'as it stands'}, so {days}."
        return f"{subject}: {told}{self._one_of()}"

    def _days(self) -> str:
        """The span, as a choice where it is one and holds no more."""
        starts, ends = {one.start for one in self.choice}, {one.end for one in self.choice}
        if self.span.start in starts and self.span.end in ends and all(one.within(self.span) for one in self.choice):
            return f"either {' or '.join(span_words(one) for one in self.choice)}"
        return span_words(self.span)

    def _counted(self) -> list[str]:
        """From which date; where the words themselves hold it, also from which day that one is counted."""
        if self.base is None:
            return self._from_anchor()
        base = span_words(self.base)
        first = f"the day before {base}" if self.rule.startswith(EVE) else f"counted from {base}, the date told with it"
        return [first, *(f"that date is {clause}" for clause in self._from_anchor())]

    def _from_anchor(self) -> list[str]:
        """From which day; a weekday that agrees with a year says so itself."""
        if self.anchor is None:
            return [self.anchor_reason] if self.anchor_reason else []
        if AGREES in self.rule and self._in_year_of_publication():
            return []
        day = span_words(self.anchor_period) if self.anchor_period else day_words(self.anchor)
        return [f"counted from {day}, {self.anchor_reason}" if self.quote else f"{self.anchor_reason} is {day}"]

    def _year(self) -> str:
        year = str(self.span.start.year) if self.span.start else "the year"
        return f"{year}, the year of publication" if self._in_year_of_publication() else year

    def _in_year_of_publication(self) -> bool:
        start, anchor = self.span.start, self.anchor
        return bool(start and anchor and start.year == anchor.year and "of publication" in self.anchor_reason)

    def _one_of(self) -> str:
        if not self.alternatives:
            return ""
        each = [f"{span_words(one.span)} ({one.weight:.0%})" for one in self.alternatives]
        return f" The day of publication is not sure, and with it this date: {' or '.join(each)}."
