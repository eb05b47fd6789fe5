"""A derivation as a sentence that needs no knowledge of the rules' names."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.dates import Basis, Derivation
from app.domain.spans import Precision, TimeSpan
from app.domain.wording import span_words

PUBLICATION = "the day of publication"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (TimeSpan.of_day(date(2009, 5, 5)), "5 May 2009"),
        (TimeSpan.of_month(2015, 3), "March 2015"),
        (TimeSpan.of_year(2015), "2015"),
        (TimeSpan(date(1990, 1, 1), date(2000, 1, 1), Precision.DECADE), "the 1990s"),
        (TimeSpan(date(2015, 12, 1), date(2016, 3, 1), Precision.SEASON), "winter 2015"),
        (TimeSpan(date(2015, 4, 1), date(2015, 7, 1), Precision.QUARTER), "the second quarter of 2015"),
        (TimeSpan.between(date(2015, 5, 3), date(2015, 5, 5)), "3 May 2015 to 5 May 2015"),
        (TimeSpan(date(2015, 1, 1), date(2016, 1, 1), Precision.YEAR, approximate=True), "about 2015"),
        (TimeSpan.until(date(2019, 5, 30)), "by 30 May 2019"),
        (TimeSpan.since(date(2019, 5, 30)), "30 May 2019 or later"),
        (TimeSpan.unknown(), "no day that is known"),
    ],
)
def test_a_span_is_said_as_a_reader_says_it(span: TimeSpan, words: str) -> None:
    assert span_words(span) == words


@pytest.mark.parametrize(
    ("derivation", "sentence"),
    [
        (
            Derivation(
                TimeSpan.of_day(date(2009, 5, 5)), Basis.RELATIVE, "weekday-day/weekday-agrees",
                quote="Tuesday, May 5", anchor=date(2009, 5, 3), anchor_reason=PUBLICATION,
            ),
            "“Tuesday, May 5”: the weekday agrees with 2009, the year of publication, so 5 May 2009.",
        ),
        (
            Derivation(
                TimeSpan.until(date(2015, 5, 3)), Basis.RELATIVE, "weekday/past, until the saying",
                quote="Sunday", anchor=date(2015, 5, 6), anchor_reason=PUBLICATION,
            ),
            "“Sunday”: counted from 6 May 2015, the day of publication; its clause looks back; what was said on that "
            "day had been done by then, so by 3 May 2015.",
        ),
        (
            Derivation(TimeSpan.of_day(date(2010, 5, 3)), Basis.EXPLICIT, "day-month", quote="3 May 2010"),
            "“3 May 2010”: as it stands, so 3 May 2010.",
        ),
        (
            Derivation(
                TimeSpan.until(date(2015, 5, 6)), Basis.PUBLICATION, "until publication",
                anchor=date(2015, 5, 6), anchor_reason="the latest day of publication",
            ),
            "No date is told: the latest day of publication is 6 May 2015; what is told as done was done by the day of "
            "publication, so by 6 May 2015.",
        ),
        (
            Derivation(TimeSpan.unknown(), Basis.RELATIVE, "weekday/unheard-of", quote="Sunday"),
            "“Sunday”: by the rule “unheard-of”, so no day that is known.",
        ),
    ],
)  # fmt: skip
def test_a_derivation_reads_as_a_sentence(derivation: Derivation, sentence: str) -> None:
    assert derivation.explain() == sentence
