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
