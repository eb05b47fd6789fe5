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

    def moved(self, move: Callable[[TimeSpan], TimeSpan], how: str) -> Derivation:
        """The span and each alternative moved in the same way; `how` joins the rule."""
        moved = tuple(replace(one, span=move(one.span)) for one in self.alternatives)
        return replace(self, span=move(self.span), rule=f"{self.rule}, {how}", alternatives=moved)

    def explain(self) -> str:
        """The derivation as one sentence for a reader, two where there are alternatives."""
        subject = f"“{self.quote}”" if self.quote else "No date is told"
        clauses = [*self._counted(), *rule_clauses(self.rule, self._year())]
        days = f"all through {span_words(self.span)}" if self.lasting else span_words(self.span)
        told = f"{'; '.join(clauses) or 'as it stands'}, so {days}."
        return f"{subject}: {told}{self._one_of()}"

    def _counted(self) -> list[str]:
        """From which day; a weekday that agrees with a year says so itself."""
        if self.anchor is None:
            return [self.anchor_reason] if self.anchor_reason else []
        if AGREES in self.rule and self._in_year_of_publication():
            return []
        day = day_words(self.anchor)
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
