"""Bounds, rough dates, choices, clock zones and numeric dates: what the typed value says beyond the TIMEX3 value."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app.extraction.temporal import date_document, tag

WEDNESDAY = date(2015, 5, 6)


@pytest.mark.parametrize(
    ("text", "mod", "edtf"),
    [
        ("It happened before 2010.", "BEFORE", "../2009-12-31"),
        ("It fell after March 2014, he said.", "AFTER", "2014-04-01/.."),
        ("The debt is due by 5 May.", "ON_OR_BEFORE", "../2015-05-05"),
        ("No later than 1 June 2015 all must leave.", "ON_OR_BEFORE", "../2015-06-01"),
        ("It will open no earlier than 2017.", "ON_OR_AFTER", "2017-01-01/.."),
        ("The accord could come as early as June.", "ON_OR_AFTER", "2015-06-01/.."),
        ("He left in about 1970.", "APPROX", "1970~"),
        ("It opened in approximately March 2012.", "APPROX", "2012-03~"),
        ("They met on or about 3 May.", "APPROX", "2015-05-03~"),
        ("It was built before the summer of 2006.", "BEFORE", "../2006-05-31"),
        ("After 1990 trade grew.", "AFTER", "1991-01-01/.."),
    ],
)
def test_the_words_before_a_date_make_it_a_bound_or_rough(text: str, mod: str, edtf: str) -> None:
    (found,) = tag(text, WEDNESDAY)
    assert (found.timex_mod, found.edtf) == (mod, edtf)


@pytest.mark.parametrize(
    "text",
    [
        "After Monday's vote they left.",
        "Before the 2010 election he was mayor.",
        "As late as 1990 they used it.",
        "They met on Sunday.",
    ],
)
def test_a_date_that_is_meant_itself_is_no_bound(text: str) -> None:
    (found,) = tag(text, WEDNESDAY)
    assert found.timex_mod is None


def test_the_bound_is_told_in_the_derivation() -> None:
    (found,) = tag("It happened before 2010.", None)
    assert found.derivation().explain() == "“2010”: the text says before it, so by 31 December 2009."


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("He left in either 2003 or 2004.", "[2003,2004]"),
        ("They met May 3 or 4.", "[2015-05-03,2015-05-04]"),
        ("They met on 3 or 4 May.", "[2015-05-03,2015-05-04]"),
    ],
)
def test_a_choice_is_one_of_a_set(text: str, edtf: str) -> None:
    first, second = tag(text, WEDNESDAY)
    assert first.edtf == second.edtf == edtf
    assert len(first.spans) == 2


def test_a_clock_time_keeps_its_zone() -> None:
    (found,) = tag("It struck at 9 p.m. EST on 3 May 2015.", WEDNESDAY)
    assert (found.timex_value, found.zone) == ("2015-05-03T21:00", "-05:00")
    assert found.moment is not None
    assert found.moment.astimezone(UTC) == datetime(2015, 5, 4, 2, 0, tzinfo=UTC)


def test_the_time_of_a_place_is_of_the_day_told_with_it() -> None:
    (found,) = tag("It began at 01:00 Moscow time on 5 May.", WEDNESDAY)
    assert (found.timex_value, found.zone) == ("2015-05-05T01:00", "Europe/Moscow")


def test_a_place_that_no_table_holds_leaves_the_time_without_a_zone() -> None:
    (found,) = tag("It began at 01:00 Elbonia time on 5 May.", WEDNESDAY)
    assert (found.timex_value, found.zone) == ("2015-05-05T01:00", "")
    assert found.moment == datetime(2015, 5, 5, 1, 0)  # noqa: DTZ001


def test_the_second_week_is_its_seven_days() -> None:
    (found,) = tag("They met in the second week of March 2014.", WEDNESDAY)
    assert (found.timex_value, found.edtf) == ("2014-W11", "2014-03-08/2014-03-14")


def test_a_month_with_no_fifth_monday_has_none() -> None:
    assert [found.quote for found in tag("It was the fifth Monday of February 2015.", None)] == [
        "the fifth Monday of February 2015"
    ]
    assert tag("It was the fifth Monday of February 2015.", None)[0].span is None


@pytest.mark.parametrize(
    ("text", "url", "expected"),
    [
        ("It was on 3/4/2010.", None, date(2010, 3, 4)),
        ("It was on 3/4/2010, after 25/3/2010.", None, date(2010, 4, 3)),
        ("It was on 3/4/2010, not on 5 May or 7 June.", None, date(2010, 4, 3)),
        ("It was on 3/4/2010.", "https://news.example.co.uk/a", date(2010, 4, 3)),
        ("It was on 3/4/2010, after 3/25/2010.", "https://news.example.co.uk/a", date(2010, 3, 4)),
    ],
)
def test_a_numeric_date_is_read_as_its_source_writes(text: str, url: str | None, expected: date) -> None:
    assert tag(text, WEDNESDAY, url=url)[0].span is not None
    assert tag(text, WEDNESDAY, url=url)[0].span.start == expected  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "lasting"),
    [
        ("The vote was scheduled for Monday.", False),
        ("He died in the past week.", False),
        ("It has rained for the past week.", True),
        ("It has been shut since Monday.", True),
    ],
)
def test_what_lasts_is_told_apart(text: str, *, lasting: bool) -> None:
    assert tag(text, WEDNESDAY)[0].lasting is lasting


def test_a_range_told_with_its_verb_after_it_looks_back() -> None:
    first, _ = tag("From March to June rebels besieged the town.", date(2015, 10, 1))
    assert first.stretch is not None
    assert first.stretch.edtf() == "2015-03-01/2015-06-30"


def test_weekdays_are_not_counted_from_a_date_told_as_ahead() -> None:
    _, weekday = tag("The bridge will open on May 3, 2019. Officials met on Tuesday.", None)
    assert weekday.span is None


def test_no_candidate_is_younger_than_the_day_of_reading() -> None:
    today = date(2016, 3, 1)
    found = date_document("He spoke on Sunday, May 3, of the sale.", today_limit=today)
    assert found
    assert all(one.span.last is not None and one.span.last <= today + timedelta(0) for one in found)


def test_without_any_bound_the_younger_years_weigh_more() -> None:
    found = date_document("He spoke on Sunday, May 3, of the sale.", today_limit=date(2016, 3, 1))
    years = [one.span.start.year for one in found if one.span.start]
    assert years == sorted(years, reverse=True)
    assert years[0] == 2015


def test_weekdays_that_cannot_all_agree_are_told_as_a_conflict() -> None:
    text = "He spoke on Sunday, May 3, of the sale. He left on Friday, May 5, they said."
    found = date_document(text, today_limit=date(2016, 3, 1))
    assert found
    assert all(any(reason.startswith("conflict") for reason in one.reasons) for one in found)
