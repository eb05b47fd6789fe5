"""Things that are not older than a known day bound the day of the text that names them."""

from __future__ import annotations

from datetime import date

import pytest

from app.extraction.temporal import date_document
from app.extraction.temporal.vocabulary import load

FEWEST = 120


def test_the_table_holds_enough_and_each_day_is_of_its_age() -> None:
    witnesses = load().witnesses
    assert len(witnesses) >= FEWEST
    assert all(date(1990, 1, 1) <= day <= date(2024, 12, 31) for day in witnesses.values())
    assert all(phrase == phrase.strip() and phrase for phrase in witnesses)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The Good Friday Agreement holds, the premier said.", date(1998, 4, 10)),
        ("Families of those lost on MH370 spoke to reporters.", date(2014, 3, 8)),
        ("The AUKUS partners met after the Abraham Accords.", date(2021, 9, 15)),
        ("He compared it to the Bali bombings and to Operation Cast Lead.", date(2008, 12, 27)),
    ],
)
def test_no_text_is_older_than_what_it_names(text: str, first: date) -> None:
    (only,) = date_document(text)
    assert (only.span.start, only.span.end) == (first, None)
    assert any("is not older than" in reason for reason in only.reasons)


@pytest.mark.parametrize("text", ["The Googles met.", "An MH3700 engine failed.", "The minsk agreements."])
def test_a_part_of_another_word_is_no_witness(text: str) -> None:
    assert date_document(text) == ()
