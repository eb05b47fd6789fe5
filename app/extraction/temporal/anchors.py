"""What an open date is counted from: the publication day, or the dates that the text has told so far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.domain.spans import TimeSpan
from app.extraction.temporal.calendar import Grain, Period
from app.extraction.temporal.meanings import Meaning
from app.extraction.temporal.tense import Tense


@dataclass(frozen=True, slots=True)
class Anchors:
    """The dates known at one place of a text. `narrative`: dates follow the story, not the publication."""

    published: date | None = None
    narrative: bool = False
    told: Period | None = None
    told_day: Period | None = None
    told_quarter: Period | None = None
    year_in_sentence: int | None = None
    day_in_sentence: Period | None = None
    ahead: bool = False  # the last date told lies ahead of a publication that is not known
    opener: Period | None = None  # the first date of the range that the next one closes
    past: Period | None = None  # the last date in full that the paragraph told as past: "seized power on 15 May 2017"
    framed: int | None = None  # the year of a past that heads a sentence of this paragraph: "In 2001 he resigned."

    def telling(self, period: Period, *, explicit_year: bool, shifted: bool = False) -> Anchors:
        """After `period` has been told; one `shifted` from another is not what the text reports on."""
        year = period.start.year if explicit_year else self.year_in_sentence
        day = period if period.grain.rank <= Grain.DAY.rank else self.told_day
        names_quarter = period.grain is Grain.QUARTER and not shifted
        if period.detail == "X" and self.told_quarter is not None:
            names_quarter = False  # "the quarter ended June 30" after "the first quarter" is that same one
        quarter = period if names_quarter else self.told_quarter
        here = Period(Grain.DAY, period.start) if period.grain.rank <= Grain.DAY.rank else self.day_in_sentence
        return replace(
            self, told=period, told_day=day, told_quarter=quarter, year_in_sentence=year, day_in_sentence=here
        )

    def next_sentence(self) -> Anchors:
        if self.year_in_sentence is None and self.day_in_sentence is None:
            return self
        return replace(self, year_in_sentence=None, day_in_sentence=None)


@dataclass(frozen=True, slots=True)
class Anchor:
    """One day to count from, and why it was chosen; `told`: what was told, where that is no single day."""

    day: date
    reason: str
    anaphoric: bool
    told: TimeSpan | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """What resolving sees: the anchors, the tense around the expression, and whether "since" stands before it."""

    anchors: Anchors
    tense: Tense
    since: bool = False
    done: bool = False  # a deed in the past stands with the date itself
    closing: Meaning | None = None  # what closes the range that the expression opens
    seen_from: Period | None = None  # the date of a saying in the same sentence: "said in May he would go in June"

    def publication(self) -> Anchor | None:
        """The publication day; in a text without one, the last date told."""
        if self.anchors.published is not None and not self.anchors.narrative:
            return Anchor(self.anchors.published, "the day of publication", False)
        if self.anchors.published is None and self.anchors.ahead:
            return None  # "will open on May 3": the weekdays of the text are not counted from there
        return self.told() or self._published_at_last()

    def told(self) -> Anchor | None:
        """The last date told before."""
        told = self.anchors.told
        if told is None:
            return None
        return Anchor(told.start, "the last date told", True, told.span() if told.grain.rank > Grain.DAY.rank else None)

    def told_day(self) -> Anchor | None:
        """The last day told before."""
        told = self.anchors.told_day
        return Anchor(told.start, "the last day told", True) if told else None

    def saying(self) -> Anchor | None:
        """The date of the saying from which the clause looks ahead."""
        said = self.seen_from
        return Anchor(said.start, "the date of the saying", True, said.span()) if said else None

    def day_in_sentence(self) -> Anchor | None:
        """The last day told in the same sentence."""
        told = self.anchors.day_in_sentence
        return Anchor(told.start, "the day told in the sentence", True) if told else None

    def _published_at_last(self) -> Anchor | None:
        if self.anchors.published is None:
            return None
        return Anchor(self.anchors.published, "the day of publication", False)
