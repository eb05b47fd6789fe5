"""Sets: what comes again and again is no single day."""

from __future__ import annotations

from datetime import date

import pytest

from app.extraction.temporal import tag

WEDNESDAY = date(2015, 5, 6)


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("They meet every second Friday.", "every second Friday", "XXXX-WXX-5"),
        ("They meet every other Tuesday.", "every other Tuesday", "XXXX-WXX-2"),
        ("They meet every third day.", "every third day", "P3D"),
        ("They vote every fourth year.", "every fourth year", "P4Y"),
        ("They meet every first Monday of the month.", "every first Monday of the month", "P1M"),
        ("They meet every last Friday of the month.", "every last Friday of the month", "P1M"),
        ("They meet on the first Monday of each month.", "the first Monday of each month", "P1M"),
        ("They march each year on 9 May.", "each year on 9 May", "XXXX-05-09"),
        ("They march every year on May 9.", "every year on May 9", "XXXX-05-09"),
        ("They march on May 9 every year.", "May 9 every year", "XXXX-05-09"),
        ("They march every year in May.", "every year in May", "XXXX-05"),
        ("They march annually on 9 May.", "annually on 9 May", "XXXX-05-09"),
        ("They march every 9 May.", "every 9 May", "XXXX-05-09"),
        ("They march every May 9.", "every May 9", "XXXX-05-09"),
        ("They march each 1st of May.", "each 1st of May", "XXXX-05-01"),
        ("They meet every Monday at 9 a.m.", "every Monday at 9 a.m.", "XXXX-WXX-1T09:00"),
        ("They meet every Monday at noon.", "every Monday at noon", "XXXX-WXX-1T12:00"),
        ("He trains twice a week.", "twice a week", "P1W"),
        ("He trains three times a week.", "three times a week", "P1W"),
        ("They protest weekly on Mondays.", "weekly on Mondays", "XXXX-WXX-1"),
        ("They meet every week on Monday.", "every week on Monday", "XXXX-WXX-1"),
        ("They protest daily at noon.", "daily at noon", "XXXX-XX-XXT12:00"),
        ("They meet at noon every day.", "noon every day", "XXXX-XX-XXT12:00"),
    ],
)
def test_a_set_is_one_expression_and_has_no_days(text: str, quote: str, value: str) -> None:
    (found,) = tag(text, WEDNESDAY)
    assert (found.quote, found.timex_type, found.timex_value, found.span) == (quote, "SET", value, None)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Every year he comes; on 9 May he came.", ["P1Y", "2015-05-09"]),
        ("They march every year since 9 May 2010.", ["P1Y", "2010-05-09"]),
        ("They met on Friday.", ["2015-05-01"]),
        ("It makes 10,000 units annually.", []),
    ],
)
def test_a_day_apart_from_the_rhythm_stays_a_day(text: str, values: list[str]) -> None:
    assert [one.timex_value for one in tag(text, WEDNESDAY)] == values


def test_weekdays_listed_with_one_that_comes_again_come_again() -> None:
    found = tag("Classes are on Monday, Wednesday and Friday mornings.", WEDNESDAY)
    assert [one.timex_value for one in found] == ["XXXX-WXX-1TMO", "XXXX-WXX-3TMO", "XXXX-WXX-5TMO"]
    assert {one.timex_type for one in found} == {"SET"}


def test_every_feast_is_a_set() -> None:
    found = [tag(text, WEDNESDAY)[0].timex_value for text in ("Every Christmas Eve they met.", "Each Easter they met.")]
    assert found == ["XXXX-12-24", "P1Y"]
