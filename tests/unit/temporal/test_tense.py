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


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Police arrested dozens ahead of Saturday's parade.", "2015-05-09"),
        ("Ahead of Friday's summit, diplomats played down hopes.", "2015-05-08"),
        ("Polls showed the parties level before Thursday's election.", "2015-05-07"),
        ("Investors awaited Friday's jobs report.", "2015-05-08"),
        ("Traders were cautious ahead of a Fed meeting on Thursday.", "2015-05-07"),
        ("On the eve of Thursday's election, police arrested ten.", "2015-05-06"),
        ("The match has been rescheduled for Tuesday.", "2015-05-12"),
        ("The vote was delayed to Friday.", "2015-05-08"),
        ("The truce was extended to Friday.", "2015-05-08"),
        ("The parties agreed a ceasefire starting on Friday.", "2015-05-08"),
        ("The union has called a rally for Sunday.", "2015-05-10"),
        ("Police have banned Saturday's rally.", "2015-05-09"),
        ("The government called early elections for November.", "2015-11"),
        ("France postponed talks with Iran to Friday.", "2015-05-08"),
        ("The opposition called for protests on Saturday.", "2015-05-09"),
    ],
)
def test_a_thing_to_come_lies_ahead_whatever_the_tense_of_its_clause(text: str, value: str) -> None:
    assert [one.timex_value for one in tag(text, WEDNESDAY)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The talks were postponed on Monday.", "2015-05-04"),
        ("The results for Monday were bad.", "2015-05-04"),
        ("He was arrested for an attack on Monday.", "2015-05-04"),
        ("Exports showed a rise for March.", "2015-03"),
    ],
)
def test_what_is_done_about_a_thing_keeps_its_own_day(text: str, value: str) -> None:
    assert [one.timex_value for one in tag(text, WEDNESDAY)] == [value]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("In 1994, on April 6, rebels attacked Kigali.", ["1994", "1994-04-06"]),
        ("On July 3 in 2013 the army arrested Morsi.", ["2013-07-03", "2013"]),
        ("He was elected in 2006 on May 7.", ["2006", "2006-05-07"]),
        ("Russia, which invaded Ukraine in 2014, said it would hold exercises in September.", ["2014", "2015-09"]),
    ],
)
def test_a_year_is_that_of_the_day_right_beside_it_and_of_no_other_clause(text: str, values: list[str]) -> None:
    assert [one.timex_value for one in tag(text, WEDNESDAY)] == values


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("Campaigning for the Oct. 25 election has begun.", "Oct. 25", "2015-10-25"),
        ("He left for the April 5 meeting.", "April 5", "2015-04-05"),
        ("In the same period last year, exports fell.", "the same period last year", "2014-Q1"),
        ("He was born in 1928, the year his father died.", "1928", "1928"),
    ],
)
def test_each_expression_is_read_as_the_words_beside_it_tell(text: str, quote: str, value: str) -> None:
    assert [(one.quote, one.timex_value) for one in tag(text, WEDNESDAY)] == [(quote, value)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Talks are set for Thursday, Friday and next Tuesday.", ["2015-05-07", "2015-05-08", "2015-05-12"]),
        ("The summit was moved from Thursday to Saturday.", ["2015-05-07", "2015-05-09"]),
        ("Zuma said in December that he would resign in March.", ["2014-12", "2015-03"]),
        ("In December Zuma said he would resign in March.", ["2014-12", "2015-03"]),
        ("He said on Monday that he would resign in March.", ["2015-05-04", "2016-03"]),
        ("The party was founded in the 30s.", ["193"]),
        ("In this Tuesday, April 28, 2015 photo he smiles.", ["2015-04-28"]),
        ("He met him in this Aug. 5, 2014, file photo.", ["2014-08-05"]),
        ("Talks were put off until September.", ["2015-09"]),
        ("The trial was pushed back to August.", ["2015-08"]),
        ("He spoke ahead of a summit on June 7-8.", ["2015-06-07", "2015-06-08"]),
        ("He graduated. Three years later, he joined the army.", ["XXXX"]),
        ("It happened on a Friday.", ["XXXX-WXX-5"]),
        ("They were bombed in April 1986 for an attack on a club ten days earlier.", ["1986-04", "XXXX-XX-XX"]),
        ("It happened on a Tuesday morning in March.", ["XXXX-WXX-2TMO", "2015-03"]),
    ],
)
def test_a_date_goes_on_from_the_one_before_it(text: str, values: list[str]) -> None:
    assert [one.timex_value for one in tag(text, WEDNESDAY)] == values


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Talks this Friday in Geneva", "2015-05-08"),
        ("They will meet this Friday.", "2015-05-08"),
        ("He left this Monday.", "2015-05-04"),
    ],
)
def test_this_weekday_without_a_verb_is_to_come(text: str, day: str) -> None:
    (found,) = tag(text, date(2015, 5, 6))
    assert found.edtf == day


@pytest.mark.parametrize("text", ["Tuesday", "on Tuesday", "Berlin on Friday", "to Berlin on Friday", "Friday's"])
def test_a_day_alone_is_read_and_raises_nothing(text: str) -> None:
    assert [one.quote for one in tag(text, date(2015, 5, 6))] in (["Tuesday"], ["Friday"])
