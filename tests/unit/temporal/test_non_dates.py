"""Numbers, months and weekdays that are no dates, and the years and days near them that are."""

from __future__ import annotations

from datetime import date

import pytest

from app.extraction.temporal import tag

WEDNESDAY = date(2015, 5, 6)


@pytest.mark.parametrize(
    "text",
    [
        "They live at 1945 Main Street.",
        "They live at 1960 Elm Tree Avenue.",
        "He works for Alpha 1948 Ltd.",
        "The gun is a Mk 1941.",
        "The Mk. 1941 gun fired.",
        "He lost 2000 sheep.",
        "He lost 2000 books.",
        "He sold 1500 visas.",
        "He bought 1950 chairs and 2000 tables.",
        "Resolution 2015 was passed.",
        "Bill 2015 was passed.",
        "P.O. Box 1945, Amman",
        "People gathered for Friday prayers.",
        "They teach Sunday school.",
        "Judge June ruled.",
        "Lt. June ruled.",
        "King August fled.",
        "He met Sunday Mba.",
        "He visited Friday James Okon, a writer.",
        "Resolutions 1737, 1747 and 1929 remain in force.",
        "The decrees 1999 and 2005 were repealed.",
        "Flights 1999, 2001 and 2003 were cancelled.",
        "Egypt lost the Sinai in the Six-Day War.",
        'He spoke to "60 Minutes".',
        "A Republic Day parade was cancelled.",
        "The 1922 Committee met.",
        "Police seized 1911 pistols.",
        "Temperatures were in the 30s.",
    ],
)
def test_no_date_is_read(text: str) -> None:
    assert tag(text, WEDNESDAY) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The 2014 elections were fair.", "2014"),
        ("2014 elections were fair.", "2014"),
        ("2000 elections were fair.", "2000"),
        ("The 2012 Olympics were calm.", "2012"),
        ("2010 attacks killed many.", "2010"),
        ("1950 prices were low.", "1950"),
        ("2000 brings the new rules.", "2000"),
        ("In 1950 prices rose.", "1950"),
        ("In 2000 sheep died there.", "2000"),
        ("In 1945 Main Street was closed.", "1945"),
        ("He lived in 1948 Palestine.", "1948"),
        ("They left after Friday's prayers.", "2015-05-01"),
        ("They met last Friday.", "2015-05-01"),
        ("He met Sunday in Lagos.", "2015-05-03"),
        ("Rebels said Sunday Israeli forces had left.", "2015-05-03"),
        ("He told the Judge Monday that he would go.", "2015-05-04"),
        ("He met President Monday in Rome.", "2015-05-04"),
        ("Judge May 3 as you like.", "2015-05-03"),
    ],
)
def test_a_date_near_them_is_read(text: str, value: str) -> None:
    assert [one.timex_value for one in tag(text, WEDNESDAY)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "The House passed HR 2015.",
        "The House passed H.R. 2015.",
        "The Senate passed S. 2010.",
        "S.B. 1970 became law.",
        "AB 2015 did not pass.",
        "Flight MH 1998 was lost.",
        "AF 1990 landed.",
        "They took train 1998.",
        "They fought for Hill 1945.",
        "They took Height 1998.",
        "They held Point 1975.",
        "Peak 1950 was taken.",
        "Outpost 2010 fell.",
    ],
)
def test_what_bills_flights_and_hills_are_numbered_by_is_no_year(text: str) -> None:
    assert tag(text, WEDNESDAY) == ()


@pytest.mark.parametrize(
    "text",
    [
        "He wrote a 2010-page book.",
        "A 2000-seat hall opened.",
        "A 1950-foot tower fell.",
        "It was a 2000-mile march.",
        "A 1920-man force came.",
        "The 2010-strong crowd sang.",
        "They found a 2000-year-old temple.",
    ],
)
def test_a_number_before_a_hyphen_measures(text: str) -> None:
    assert tag(text, WEDNESDAY) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The October War changed the region.",
        "Veterans of the Yom Kippur War met.",
        "They read of the Hundred Years' War.",
        "The Thirty Years War ended.",
        "The Seven Years’ War ended.",
        "The August Group bought a bank.",
        "The September Fund lost money.",
        "The Friday Group met.",
        "The May Coup failed.",
        "He spoke on the Today Show.",
        "The Today programme said so.",
        "The Tonight Show host left.",
        "CBS This Morning reported it.",
        "He watched Friday Night Lights.",
        "The Sunday Night Show is on.",
        "He was on Saturday Night Live.",
        "Tuesday Weld played in it.",
        "Wednesday Addams is not real.",
        "One Hundred Years of Solitude is read.",
    ],
)
def test_a_name_made_of_words_of_time_is_no_date(text: str) -> None:
    assert tag(text, WEDNESDAY) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("In October War broke out.", "2014-10"),
        ("On Friday Group officials met.", "2015-05-01"),
        ("The October War of 1973 changed the region.", "1973"),
        ("Today, the show goes on.", "2015-05-06"),
        ("Today's show was cancelled.", "2015-05-06"),
        ("He fought for six days. War came.", "P6D"),
        ("HUGE WIN IN NY 2015", "2015"),
        ("The EU 2014 budget was cut.", "2014"),
        ("He lived in the U.S. 2015 was hard.", "2015"),
        ("The 2010-built ship sank.", "2010"),
        ("The post 2015 goals are high.", "2015"),
    ],
)
def test_what_only_looks_like_them_is_a_date(text: str, value: str) -> None:
    assert [one.timex_value for one in tag(text, WEDNESDAY)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "They met on the 25th anniversary of the bombing.",
        "On the 30th anniversary of the fall of the wall crowds gathered.",
        "Police held two men on the 3rd day of the strike.",
        "The rate rose from 5 to 7 percent.",
        "The rate fell about 10 to 5 percent.",
        "Shares rose from 10 to 12 dollars.",
        "He left on the morning of the attack.",
    ],
)
def test_numbers_and_mornings_of_things_are_no_times(text: str) -> None:
    assert tag(text, date(2015, 5, 6)) == ()
