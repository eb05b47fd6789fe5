"""Steps from feasts, named days and hours; stretches that a date beside them tells."""

from __future__ import annotations

from datetime import date

import pytest

from app.extraction.temporal import tag

WEDNESDAY = date(2015, 5, 6)


@pytest.mark.parametrize(
    ("text", "value", "days"),
    [
        ("Ten years after 9/11, the war goes on.", "P10Y", "2011"),
        ("Two years after Easter 2010, he left.", "P2Y", "2012"),
        ("A month after Christmas, he left.", "P1M", "2015-01"),
        ("The law passed a decade after the 9/11 attacks.", "P1E", "2011"),
        ("Two weeks before Christmas 2014 he died.", "P2W", "2014-12-11"),
        ("Six months before 3 May 2014 he left.", "P6M", "2013-11"),
        ("Three days after Eid al-Fitr 2014 they met.", "P3D", "2014-07-31"),
    ],
)
def test_a_distance_is_counted_from_a_feast_or_named_day(text: str, value: str, days: str) -> None:
    distance, base = tag(text, WEDNESDAY)
    assert (distance.timex_value, distance.edtf) == (value, days)
    assert base.timex_mod is None  # the day itself is meant, it bounds nothing


@pytest.mark.parametrize(
    ("text", "quote", "days"),
    [
        ("The town fell the week before Ramadan.", "the week before Ramadan", "2014-06-21/2014-06-27"),
        ("Shops will close the week before Ramadan.", "the week before Ramadan", "2015-06-11/2015-06-17"),
        ("He left the week after Easter.", "the week after Easter", "2015-04-06/2015-04-12"),
        ("He left the day after Christmas.", "the day after Christmas", "2014-12-26"),
        ("He left the day after 3 March 2014.", "the day after 3 March 2014", "2014-03-04"),
        ("He left the month before the 9/11 attacks.", "the month before the 9/11", "2001-08-11/2001-09-10"),
        ("They met in the year after 9/11.", "the year after 9/11", "2001-09-12/2002-09-11"),
        ("They attacked on the first day of Ramadan.", "the first day of Ramadan", "2014-06-28"),
        ("They attacked on the last day of Ramadan 2014.", "the last day of Ramadan 2014", "2014-07-27"),
        ("They will pray on the first day of Eid.", "the first day of Eid", "2015-07-17"),
        ("They fled on the second day of Eid al-Adha.", "the second day of Eid al-Adha", "2014-10-05"),
        ("The last day of Passover 2015 was calm.", "The last day of Passover 2015", "2015-04-11"),
    ],
)
def test_a_stretch_is_told_by_the_date_beside_it(text: str, quote: str, days: str) -> None:
    (found,) = tag(text, WEDNESDAY)
    assert (found.quote, found.edtf) == (quote, days)


@pytest.mark.parametrize(
    ("text", "value", "days"),
    [
        ("The town fell in the week ending April 3.", "P1W", "2015-03-28/2015-04-03"),
        ("Police held 40 people in the week to May 1.", "P1W", "2015-04-25/2015-05-01"),
        ("Police held 400 people in the 12 months to March.", "P12M", "2014-04-01/2015-03-31"),
        ("Russia delivered 20 jets in the year to March 2015.", "P1Y", "2014-04-01/2015-03-31"),
        ("Sales rose in the week ended 3 April.", "P1W", "2015-03-28/2015-04-03"),
        ("Sales fell in the three months ended June 30, 2014.", "P3M", "2014-04-01/2014-06-30"),
        ("Sales fell in the year ended March 31, 2014.", "P1Y", "2013-04-01/2014-03-31"),
    ],
)
def test_a_length_ends_on_the_day_told_after_it(text: str, value: str, days: str) -> None:
    length, _ = tag(text, WEDNESDAY)
    assert (length.timex_value, length.edtf) == (value, days)


def test_a_stretch_beside_something_undated_is_no_stretch_of_today() -> None:
    assert tag("The year after he left, it rained.", WEDNESDAY) == ()


def test_eid_alone_is_one_of_two_feasts_and_a_name_is_none() -> None:
    (found,) = tag("Eid 2014 was quiet.", WEDNESDAY)
    assert found.edtf == "[2014-07-28,2014-10-04]"
    assert tag("Bassem Eid said so.", WEDNESDAY) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A bomb went off at 10:30 on Monday. Ten minutes later another followed.", "2015-05-04T10:40"),
        ("A bomb went off at 23:55 on Monday. Ten minutes later another followed.", "2015-05-05T00:05"),
        ("A bomb went off at 10:30 on Monday. Two hours earlier he had left.", "2015-05-04T08:30"),
        ("A bomb went off at 10:30 on Monday. Half an hour later he left.", "2015-05-04T11:00"),
        ("A bomb went off on Monday. Ten minutes later another followed.", "2015-05-04"),
    ],
)
def test_minutes_are_counted_from_the_hour_told_before(text: str, value: str) -> None:
    assert tag(text, WEDNESDAY)[-1].timex_value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A year ago today rebels seized the town.", "2014-05-06"),
        ("The talks failed a week ago today.", "2015-04-29"),
        ("Six months ago tomorrow he fled.", "2014-11-07"),
        ("The war began a year ago yesterday.", "2014-05-05"),
        ("Two years ago this month the war began.", "2013-05"),
        ("Ten years ago this week the war began.", "2005-W18"),
        ("Three weeks ago on Friday gunmen killed a priest.", "2015-04-17"),
    ],
)
def test_what_is_counted_back_from_a_day_told_after_it_is_one_expression(text: str, value: str) -> None:
    assert [one.timex_value for one in tag(text, WEDNESDAY)] == [value]
