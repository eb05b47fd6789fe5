"""Days that name a deed, and anniversaries of what is known by its day."""

from __future__ import annotations

from datetime import date

import pytest

from app.extraction.temporal import tag

WEDNESDAY = date(2015, 5, 6)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The September 11 attacks changed the town.", "2001-09-11"),
        ("He was in Oslo during the Sept. 11 attacks.", "2001-09-11"),
        ("The 11 September attacks changed the town.", "2001-09-11"),
        ("The attacks of September 11 changed the town.", "2001-09-11"),
        ("The September 11 terrorist attacks changed the town.", "2001-09-11"),
        ("The group's September 11 attacks changed the town.", "2001-09-11"),
        ("The July 7 bombings changed the town.", "2005-07-07"),
        ("The 7 July London bombings changed the town.", "2005-07-07"),
        ("Survivors of the March 11 bombings met.", "2004-03-11"),
        ("The July 20 plot failed.", "1944-07-20"),
    ],
)
def test_a_deed_known_by_its_day_has_its_year(text: str, day: str) -> None:
    assert [one.timex_value for one in tag(text, WEDNESDAY)] == [day]
    assert [one.timex_value for one in tag(text, None)] == [day]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The June 12 attack killed three.", "2014-06-12"),
        ("The 20 May car bombing killed three.", "2014-05-20"),
        ("The June 3 coup will be remembered.", "2014-06-03"),
        ("The May 20 fire is not forgotten.", "2014-05-20"),
        ("The April 6 coup failed.", "2015-04-06"),
        ("The October 7 attacks were small.", "2014-10-07"),
        ("The November 13 attacks were small.", "2014-11-13"),
    ],
)
def test_any_other_deed_lies_in_the_past(text: str, day: str) -> None:
    """Known deeds that are younger than the publication are not meant."""
    assert [one.timex_value for one in tag(text, WEDNESDAY)] == [day]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On June 12 attacks will begin.", "2015-06-12"),
        ("The June 12 meeting will be held.", "2015-06-12"),
        ("The June 7 election will be held.", "2015-06-07"),
        ("On the September 11 deadline attacks will end.", "2015-09-11"),
        ("The September 11, 2012 attack killed four.", "2012-09-11"),
    ],
)
def test_what_names_no_deed_is_read_as_ever(text: str, day: str) -> None:
    assert [one.timex_value for one in tag(text, WEDNESDAY)] == [day]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The centenary of the 1914 assassination was marked.", ["2014", "1914"]),
        ("The bicentenary of the 1815 battle is near.", ["2015", "1815"]),
        ("The centennial of the October 1917 revolution is near.", ["2017-10", "1917-10"]),
        ("He wrote for the centenary of the battle of 1 July 1916.", ["2016-07-01", "1916-07-01"]),
        ("On the tenth anniversary of the September 11 attacks he spoke.", ["2011-09-11", "2001-09-11"]),
        ("On the tenth anniversary of the attacks of September 11 he spoke.", ["2011-09-11", "2001-09-11"]),
        ("It was the 5th anniversary of the 7 July bombings.", ["2010-07-07", "2005-07-07"]),
        ("It was the 20th anniversary of the club on 5 May 2014.", ["2014-05-05", "2014-05-05"]),
        ("It was the tenth anniversary of the June 12 attack.", ["2014-06-12"]),
    ],
)
def test_an_anniversary_is_counted_from_what_is_dated(text: str, values: list[str]) -> None:
    assert [one.timex_value for one in tag(text, WEDNESDAY)] == values
