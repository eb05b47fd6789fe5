"""Ranges: of hours on a day, of days and months; both ends lie where the words beside them and the tense put them."""

from __future__ import annotations

from datetime import date

import pytest

from app.extraction.temporal import tag

WEDNESDAY = date(2015, 5, 6)


def values(text: str, day: date | None = WEDNESDAY) -> list[str]:
    return [one.timex_value for one in tag(text, day)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The shop was open from 9 a.m. to 5 p.m. on 4 May.", "2015-05-04T09:00", "2015-05-04T17:00"),
        ("Police searched it from 9 a.m. to 5 p.m. on Monday.", "2015-05-04T09:00", "2015-05-04T17:00"),
        ("The market was shelled from 9 a.m. until 5 p.m. on Tuesday.", "2015-05-05T09:00", "2015-05-05T17:00"),
        ("They voted between 9 a.m. and 5 p.m. on Monday.", "2015-05-04T09:00", "2015-05-04T17:00"),
        ("They met from 9 to 11 a.m. on Tuesday.", "2015-05-05T09:00", "2015-05-05T11:00"),
        ("He spoke with them 9 to 11 a.m. on Tuesday.", "2015-05-05T09:00", "2015-05-05T11:00"),
        ("Power was cut from 10:00 to 14:00 on Monday.", "2015-05-04T10:00", "2015-05-04T14:00"),
        ("Power will be cut from 10:00 until 14:00 on Monday.", "2015-05-11T10:00", "2015-05-11T14:00"),
        ("Power was cut between 10:00 and 14:00 GMT on 4 May.", "2015-05-04T10:00", "2015-05-04T14:00"),
        ("Shops were shut from 10 a.m. through noon on Friday.", "2015-05-01T10:00", "2015-05-01T12:00"),
        ("Shots were heard from 3 a.m. to 6 a.m. on 28 April 2015.", "2015-04-28T03:00", "2015-04-28T06:00"),
        ("Blasts were heard at 8 a.m. and 9 a.m. on Sunday.", "2015-05-03T08:00", "2015-05-03T09:00"),
        ("The vote ran 8am-8pm Sunday.", "2015-05-03T08:00", "2015-05-03T20:00"),
    ],
)
def test_a_clock_range_takes_its_day_from_the_words_beside_it(text: str, first: str, last: str) -> None:
    assert values(text) == [first, last]


def test_the_stretch_of_a_clock_range_is_its_day() -> None:
    found = tag("Police searched it from 9 a.m. to 5 p.m. on Monday.", WEDNESDAY)
    assert [one.stretch.edtf() for one in found if one.stretch] == ["2015-05-04", "2015-05-04"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It ran from 9 a.m. Monday to 5 p.m. Tuesday.", ["2015-05-04T09:00", "2015-05-05T17:00"]),
        ("He left at 9 a.m. and was back at 5 p.m. on Monday.", ["2015-05-06T09:00", "2015-05-04T17:00"]),
        ("On Tuesday, from 9 a.m. to 5 p.m., power was cut.", ["2015-05-05", "2015-05-05T09:00", "2015-05-05T17:00"]),
    ],
)
def test_hours_of_other_days_keep_them(text: str, told: list[str]) -> None:
    assert values(text) == told


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("The strike lasted from Monday through Thursday.", "2015-04-27/2015-04-30"),
        ("Workers were on strike from Friday through Sunday.", "2015-05-01/2015-05-03"),
        ("They fought from Tuesday to Wednesday.", "2015-05-05/2015-05-06"),
        ("They fought between Thursday and Tuesday.", "2015-04-30/2015-05-05"),
        ("The siege lasted from March to October.", "2014-03-01/2014-10-31"),
        ("The fair ran from December 20 to January 5.", "2014-12-20/2015-01-05"),
    ],
)
def test_a_range_that_is_told_as_past_is_over_by_publication(text: str, stretch: str) -> None:
    assert [one.stretch.edtf() for one in tag(text, WEDNESDAY) if one.stretch] == [stretch, stretch]


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("The strike will last from Monday through Thursday.", "2015-05-11/2015-05-14"),
        ("The siege will last from June to October.", "2015-06-01/2015-10-31"),
        ("from May to March", "2014-05-01/2015-03-31"),
        ("from 6 May to 4 May", "2014-05-06/2015-05-04"),
        ("from June to August", "2015-06-01/2015-08-31"),
    ],
)
def test_a_range_lies_ahead_where_it_is_told_so_and_never_closes_a_year_ahead(text: str, stretch: str) -> None:
    assert [one.stretch.edtf() for one in tag(text, WEDNESDAY) if one.stretch] == [stretch, stretch]


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("The siege lasted from March 3, 2010, to April 5, 2012.", "2010-03-03/2012-04-05"),
        ("Between 3 March, 2010, and 5 April, 2012, rebels held the town.", "2010-03-03/2012-04-05"),
        ("From May 3, 2014, through June 5, 2014, the town was besieged.", "2014-05-03/2014-06-05"),
    ],
)
def test_a_comma_after_the_year_does_not_break_a_range(text: str, stretch: str) -> None:
    assert [one.stretch.edtf() for one in tag(text, WEDNESDAY) if one.stretch] == [stretch, stretch]
