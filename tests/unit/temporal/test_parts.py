"""Days and weekends of a month or year, quarters in short, days of the month at hand, moments."""

from __future__ import annotations

from datetime import date

import pytest

from app.extraction.temporal import tag

WEDNESDAY = date(2015, 5, 6)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("He left on the last day of March.", "2015-03-31"),
        ("The ban will end on the last day of March.", "2016-03-31"),
        ("The first day of March was cold.", "2015-03-01"),
        ("He left on the last day of February.", "2015-02-28"),
        ("He left on the final day of February 2012.", "2012-02-29"),
        ("It was the second day of May.", "2015-05-02"),
        ("He left on the last day of March last year.", "2014-03-31"),
        ("It ended on the last day of 2014.", "2014-12-31"),
        ("It will end on the first day of next month.", "2015-06-01"),
        ("It was the first day of the year.", "2015-01-01"),
        ("The first weekend of March was wet.", "2015-03-07/2015-03-08"),
        ("The last weekend of March was wet.", "2015-03-28/2015-03-29"),
        ("They met on the second weekend in April 2014.", "2014-04-12/2014-04-13"),
        ("They met on the first weekend of June last year.", "2014-06-07/2014-06-08"),
        ("They met in the last week of March.", "2015-03-25/2015-03-31"),
        ("They met on the Ides of March.", "2015-03-15"),
    ],
)
def test_a_part_of_a_month_or_year_is_its_days(text: str, edtf: str) -> None:
    assert [one.edtf for one in tag(text, WEDNESDAY)] == [edtf]


def test_a_day_that_no_such_month_has_is_none() -> None:
    assert all(one.rule != "day-of-month" for one in tag("He came on the fortieth day of March.", WEDNESDAY))


@pytest.mark.parametrize(
    "code",
    ["3Q14", "3Q 2014", "Q3 14", "Q3'14", "Q3 '14", "Q3 FY14", "3Q2014", "Q3-2014", "Q3/2014", "2014Q3", "2014 Q3"],
)
def test_a_quarter_in_short_takes_its_year(code: str) -> None:
    (found,) = tag(f"Profits rose in {code}, the firm said.", WEDNESDAY)
    assert (found.quote, found.timex_value) == (code, "2014-Q3")


def test_a_number_after_a_quarter_may_count() -> None:
    assert [one.quote for one in tag("In Q3 14 people left.", WEDNESDAY)] == ["Q3"]
    assert [one.timex_value for one in tag("Sales of 1H14 fell.", WEDNESDAY)] == ["2014-H1"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On the 12th he left.", "2015-04-12"),
        ("On the 3rd she was seen in Rome.", "2015-05-03"),
        ("On the 12th the king left.", "2015-04-12"),
        ("On the 12th, he left.", "2015-04-12"),
        ("On the 12th they will meet.", "2015-05-12"),
        ("It will open on the 12th.", "2015-05-12"),
    ],
)
def test_a_day_of_the_month_at_hand_goes_by_the_tense(text: str, day: str) -> None:
    assert [one.timex_value for one in tag(text, WEDNESDAY)] == [day]


def test_on_the_12th_floor_is_no_day() -> None:
    assert tag("He lives on the 12th floor.", WEDNESDAY) == ()


@pytest.mark.parametrize(
    "text", ["He left moments ago.", "A bomb went off just moments ago.", "He spoke a moment ago."]
)
def test_moments_ago_is_the_day_of_publication(text: str) -> None:
    assert [one.edtf for one in tag(text, WEDNESDAY)] == ["2015-05-06"]


@pytest.mark.parametrize("text", ["They have had moments of joy.", "It was a moment of joy."])
def test_moments_alone_are_no_time(text: str) -> None:
    assert tag(text, WEDNESDAY) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("St. Patrick's Day was calm.", "2015-03-17"),
        ("St Patrick’s Day was calm.", "2015-03-17"),
        ("They met on Saint Patrick's Day 2014.", "2014-03-17"),
        ("Valentine's Day 1929 was bloody.", "1929-02-14"),
        ("On St. Valentine's Day 1929 seven died.", "1929-02-14"),
        ("They met on St. Andrew's Day 2014.", "2014-11-30"),
        ("Mother's Day was quiet last year. On Father's Day 2014 it rained.", "2014-06-15"),
    ],
)
def test_a_feast_whose_name_has_an_apostrophe_or_a_full_stop_is_read(text: str, day: str) -> None:
    assert day in [one.timex_value for one in tag(text, WEDNESDAY)]
