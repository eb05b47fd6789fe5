"""The tense of a clause by its words: what may come lies ahead, what may have been lies back."""

from __future__ import annotations

from datetime import date

import pytest

from app.extraction.temporal import tag

WEDNESDAY = date(2015, 5, 6)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Protesters might attack in March.", "2016-03"),
        ("The rebels may attack in March.", "2016-03"),
        ("The rebels could attack in March.", "2016-03"),
        ("In March the rebels may attack again.", "2016-03"),
        ("The bank may raise rates in February, he said.", "2016-02"),
        ("They may on Friday decide to leave.", "2015-05-08"),
        ("Rebels could strike on Friday.", "2015-05-08"),
        ("The rebels will have left in March.", "2016-03"),
    ],
)
def test_what_may_come_lies_ahead(text: str, value: str) -> None:
    assert [one.timex_value for one in tag(text, WEDNESDAY)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The rebels could have attacked in March.", "2015-03"),
        ("The rebels may have attacked in March.", "2015-03"),
        ("The rebels might not have attacked in March.", "2015-03"),
        ("In March rebels may have fled.", "2015-03"),
        ("He would have attacked in March.", "2015-03"),
        ("He is believed to have fled in March.", "2015-03"),
        ("The town could not be reached in March.", "2015-03"),
        ("Rebels could have struck on Friday.", "2015-05-01"),
        ("He may have fallen in November.", "2014-11"),
    ],
)
def test_what_may_have_been_lies_back(text: str, value: str) -> None:
    assert [one.timex_value for one in tag(text, WEDNESDAY)] == [value]


@pytest.mark.parametrize("text", ["On Monday, May 3 rebels attacked.", "Monday, May 3: rebels attacked the port."])
def test_the_month_of_may_tells_no_tense(text: str) -> None:
    (found,) = tag(text, date(2009, 5, 20))
    assert (found.timex_value, found.rule) == ("2009-05-03", "month-day/weekday-conflict")


@pytest.mark.parametrize(
    "text", ["Rebels had planned to leave the city in April.", "They had hoped to hold a vote in April."]
)
def test_what_had_been_planned_lies_back(text: str) -> None:
    assert [one.timex_value for one in tag(text, WEDNESDAY)] == ["2015-04"]
