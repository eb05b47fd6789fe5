"""Forms that dates are written in, rough ones and choices among several."""

from __future__ import annotations

from datetime import date

import pytest

from app.extraction.temporal import tag

WEDNESDAY = date(2015, 5, 6)


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("He left in one of 2003, 2004 or 2005.", "[2003,2004,2005]"),
        ("It happened in 2003, 2004, or 2005.", "[2003,2004,2005]"),
        ("It will be in May, June or July.", "[2015-05,2015-06,2015-07]"),
        ("He left on May 3, 4 or 5.", "[2015-05-03,2015-05-04,2015-05-05]"),
        ("He left on Monday, Tuesday or Wednesday.", "[2015-05-04,2015-05-05,2015-05-06]"),
        ("He left in 2003 or in 2004.", "[2003,2004]"),
        ("He left either in May or June 2014.", "[2014-05,2014-06]"),
    ],
)
def test_one_of_several_leaves_all_to_each(text: str, choice: str) -> None:
    assert {one.edtf for one in tag(text, WEDNESDAY)} == {choice}


def test_dates_of_other_sizes_stand_outside_a_choice() -> None:
    assert [one.edtf for one in tag("In 2001, May 2003 or June 2004 he left.", WEDNESDAY)] == [
        "2001",
        "[2003-05,2004-06]",
        "[2003-05,2004-06]",
    ]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("About 1970 he left.", "1970~"),
        ("About 1970, rebels left.", "1970~"),
        ("Around 1970 the war began.", "1970~"),
        ("At the turn of the century he left.", "2000~"),
        ("He left at the turn of the 20th century.", "1900~"),
        ("He left at the turn of the millennium.", "2000~"),
        ("He left at the turn of the decade.", "2020~"),
        ("He left at the turn of the year.", "2014-12-01/2015-01-31"),
        ("He left at the turn of the year 2000.", "1999-12-01/2000-01-31"),
        ("It was filed 20140503.", "2014-05-03"),
        ("On 20150504, they met.", "2015-05-04"),
        ("In '98 he left.", "1998"),
    ],
)
def test_a_form_is_read(text: str, edtf: str) -> None:
    assert [one.edtf for one in tag(text, WEDNESDAY)] == [edtf]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("At 18h30 the bomb went off.", ["2015-05-06T18:30"]),
        ("At 9h05 on Monday it went off.", ["2015-05-04T09:05"]),
        ("At 0600Z the jets left.", ["2015-05-06T06:00"]),
        ("At 1200Z on Monday the jets left.", ["2015-05-04T12:00"]),
        ("It grew in '14-'15.", ["2014", "2015"]),
        ("It grew in '98/'99.", ["1998", "1999"]),
        ("It was built in the 17th and 18th centuries.", ["16", "17"]),
        ("It was held from the 17th to the 19th century.", ["16", "18"]),
        ("It was held from the sixteenth through eighteenth centuries.", ["15", "17"]),
    ],
)
def test_a_form_has_its_value(text: str, values: list[str]) -> None:
    assert [one.timex_value for one in tag(text, WEDNESDAY)] == values


@pytest.mark.parametrize(
    "text",
    [
        "About 1970 men left.",
        "The file 20140503-12 was lost.",
        "ID #20110102 was used.",
        "Tel. 20110102",
        "It weighs 20141399 grams.",
        "It was his turn of the wheel.",
        "He bought 12h75 and 2560Z.",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert tag(text, WEDNESDAY) == ()


def test_the_letter_of_greenwich_is_a_zone() -> None:
    (found,) = tag("At 0600Z the jets left.", WEDNESDAY)
    assert (found.zone, found.moment.isoformat() if found.moment else "") == ("Z", "2015-05-06T06:00:00+00:00")


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("They waited a quarter of an hour.", "a quarter of an hour", "PT15M"),
        ("Three quarters of an hour later they left.", "Three quarters of an hour later", "2015-05-06"),
        ("Saturday marks a year since the attack.", "a year", "P1Y"),
        ("The attack took place on 3 May of the previous year.", "3 May of the previous year", "2014-05-03"),
        ("He died a year ago last Sunday.", "a year ago last Sunday", "2014-05-03"),
        ("It began in late 2016/early 2017.", "late 2016", "2016"),
        ("It was signed on the twenty-third of April, 2014.", "the twenty-third of April, 2014", "2014-04-23"),
        ("On April twenty-third he left.", "April twenty-third", "2015-04-23"),
        ("As recently as March he denied it.", "March", "2015-03"),
        ("On the night from Saturday to Sunday they fled.", "the night from Saturday", "2015-05-02TNI"),
        ("Overnight on Sunday, they fled.", "Overnight on Sunday", "2015-05-03TNI"),
        ("In Q1 and Q2 2014 they grew.", "Q1", "2014-Q1"),
    ],
)
def test_a_form_is_read_whole(text: str, quote: str, value: str) -> None:
    assert (quote, value) in [(one.quote, one.timex_value) for one in tag(text, WEDNESDAY)]
