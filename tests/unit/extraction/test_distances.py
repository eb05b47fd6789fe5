"""How long before the news something was done, read from the words before "after"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from spacy.tokens import Doc

from app.extraction.distances import distance_of

Parsed = Callable[..., Doc]
NEWS = date(2015, 5, 6)


def came_after(parsed: Parsed, number: str, unit: str, tag: str = "VBD") -> Doc:
    """ "It came <number> <unit> after rebels fired"."""
    return parsed(
        "It PRP nsubj 1", f"came {tag} ROOT 1 come",
        f"{number} CD nummod 3", f"{unit} NNS npadvmod 6 {unit.rstrip('s')}",
        "after IN mark 6", "rebels NNS nsubj 6", "fired VBD advcl 1 fire",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("number", "unit", "edtf"),
    [
        ("three", "days", "2015-05-03"),
        ("2", "weeks", "2015-04-22"),
        ("five", "months", "2014-12"),
        ("two", "years", "2013"),
    ],
)
def test_what_came_so_long_after_a_deed_tells_its_day_as_finely_as_the_unit(
    parsed: Parsed, number: str, unit: str, edtf: str
) -> None:
    distance = distance_of(came_after(parsed, number, unit)[6])
    assert distance is not None
    assert (distance.news.text, distance.span_from(NEWS).edtf()) == ("came", edtf)


def test_a_deed_named_after_a_preposition_is_counted_back_too(parsed: Parsed) -> None:
    doc = parsed(
        "It PRP nsubj 1",
        "came VBD ROOT 1 come",
        "a DT det 3",
        "week NN npadvmod 4",
        "after IN prep 1",
        "raids NNS pobj 4",
    )
    distance = distance_of(doc[5])
    assert distance is not None
    assert distance.span_from(NEWS).edtf() == "2015-04-29"


def test_less_than_a_number_leaves_the_days_between(parsed: Parsed) -> None:
    doc = parsed(
        "It PRP nsubj 1", "came VBD ROOT 1 come", "less JJR amod 4", "than IN quantmod 4", "two CD nummod 5",
        "weeks NNS npadvmod 8 week", "after IN mark 8", "rebels NNS nsubj 8", "fired VBD advcl 1 fire",
    )  # fmt: skip
    distance = distance_of(doc[8])
    assert distance is not None
    assert distance.span_from(NEWS).edtf() == "2015-04-22/2015-05-06"


def test_the_present_counts_back_from_nothing(parsed: Parsed) -> None:
    assert distance_of(came_after(parsed, "three", "days", "VBZ")[6]) is None


def test_a_clause_without_a_number_is_at_no_distance(parsed: Parsed) -> None:
    doc = parsed(
        "It PRP nsubj 1", "came VBD ROOT 1 come", "after IN mark 4", "rebels NNS nsubj 4", "fired VBD advcl 1 fire"
    )
    assert distance_of(doc[4]) is None
