"""Sentences and what the tagger makes of them: no model is loaded here."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.dates import Basis
from app.extraction.temporal import TaggedBlock, annotate, tag, tag_blocks

WEDNESDAY = date(2015, 5, 6)


def values(text: str, dct: date | None = WEDNESDAY) -> list[tuple[str, str]]:
    return [(found.quote, found.timex_value) for found in tag(text, dct)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoy landed on Sunday.", [("Sunday", "2015-05-03")]),
        ("The envoy will land on Sunday.", [("Sunday", "2015-05-10")]),
        ("The court ruled Wednesday.", [("Wednesday", "2015-05-06")]),
        ("The vote is scheduled for March.", [("March", "2016-03")]),
        ("The bridge was closed in November.", [("November", "2014-11")]),
        ("He was held last May.", [("last May", "2014-05")]),
        ("It was agreed in July last year.", [("July last year", "2014-07")]),
        ("A treaty of 3 June 1992 forbids it.", [("3 June 1992", "1992-06-03")]),
        ("Filed Sept. 29, 1989.", [("Sept. 29, 1989", "1989-09-29")]),
        ("Filed 07-Nov-12 here.", [("07-Nov-12", "2012-11-07")]),
        ("The fleet left in the summer of 2006.", [("the summer of 2006", "2006-SU")]),
        ("Profit fell in the third quarter of 2014.", [("the third quarter of 2014", "2014-Q3")]),
        ("Spending rose in fiscal 2016.", [("fiscal 2016", "2016")]),
        ("It began in the mid-1990s.", [("the mid-1990s", "199")]),
        ("It was built in the 19th century.", [("the 19th century", "18")]),
        ("He came on the 3rd of last month.", [("the 3rd of last month", "2015-04-03")]),
        ("He comes on the 15th of next month.", [("the 15th of next month", "2015-06-15")]),
        ("He came on the 3rd of this month.", [("the 3rd of this month", "2015-05-03")]),
        (
            "It was told in March 2013. He left on the 28th of that month.",
            [("March 2013", "2013-03"), ("the 28th of that month", "2013-03-28")],
        ),
        ("After 2003’s war came 2015's vote.", [("2003", "2003"), ("2015", "2015")]),
        ("The 1990's were calm.", [("The 1990's", "199")]),
        ("Sales rose in fiscal 2015's second quarter.", [("fiscal 2015's second quarter", "2015-Q2")]),
        ("Two weeks ago a ship sank.", [("Two weeks ago", "2015-W17")]),
        ("Six years ago a ship sank.", [("Six years ago", "2009")]),
        ("A siege of twenty-five days ended.", [("twenty-five days", "P25D")]),
        ("They waited for years.", [("years", "PXY")]),
        ("A five-year plan.", [("five-year", "P5Y")]),
        ("They meet every Friday.", [("every Friday", "XXXX-WXX-5")]),
        ("Jets struck at 5:30 p.m. Tuesday.", [("5:30 p.m. Tuesday", "2015-05-05T17:30")]),
        ("They left this morning.", [("this morning", "2015-05-06TMO")]),
        ("The talks resume next week.", [("next week", "2015-W20")]),
        ("Prices are up since 9/11.", [("9/11", "2001-09-11")]),
        ("It happened on Christmas Eve.", [("Christmas Eve", "2014-12-24")]),
        ("It opened on Easter Monday 2019.", [("Easter Monday 2019", "2019-04-22")]),
        ("In nineteen ninety-seven it closed.", [("nineteen ninety-seven", "1997")]),
        ("A week from Tuesday they vote.", [("A week from Tuesday", "2015-05-19")]),
        ("They agreed on a truce starting Sunday.", [("Sunday", "2015-05-10")]),
        ("The rebels have until Friday to comply.", [("Friday", "2015-05-08")]),
        ("The envoy arrives in the capital on Monday.", [("Monday", "2015-05-11")]),
        ("At 0630 hours the guns opened.", [("0630 hours", "2015-05-06T06:30")]),
        ("He left a year before.", [("a year before", "2014")]),
        ("He waited a year before he left.", [("a year", "P1Y")]),
        ("The port fell in the first half of 2014.", [("the first half of 2014", "2014-H1")]),
        ("The truce expires in four years.", [("four years", "2019")]),
        ("The bridge was built in four years.", [("four years", "P4Y")]),
        ("They meet on Monday of next week.", [("Monday of next week", "2015-05-11")]),
        ("It sank the day before yesterday.", [("the day before yesterday", "2015-05-04")]),
        ("It sank the week before last.", [("the week before last", "2015-W17")]),
        ("It sank two Fridays ago.", [("two Fridays ago", "2015-04-24")]),
        ("A quarter-century ago it sank.", [("A quarter-century ago", "1990")]),
        ("It sank in the week of May 3.", [("the week of May 3", "2015-W18")]),
        ("It sank on the eve of May 5.", [("the eve of May 5", "2015-05-04")]),
        (
            "They marked the tenth anniversary of the 1991 coup.",
            [("the tenth anniversary", "2001"), ("1991", "1991")],
        ),
        (
            "The first anniversary of 9/11 was marked.",
            [("The first anniversary", "2002-09-11"), ("9/11", "2001-09-11")],
        ),
        ("It is the 20th anniversary of the accord.", []),
        (
            "It is the tenth anniversary of the fall of the city on 9 April 2005.",
            [("the tenth anniversary", "2015-04-09"), ("9 April 2005", "2005-04-09")],
        ),
        ("The case was adjourned until Friday.", [("Friday", "2015-05-08")]),
        ("Fighting lasted until Friday.", [("Friday", "2015-05-01")]),
        ("It fell in the January-March quarter.", [("January", "2015-01"), ("March", "2015-03")]),
        ("It fell in the April 1-15 window.", [("April 1", "2015-04-01"), ("15", "2015-04-15")]),
        ("They meet next Thursday, 14 May.", [("next Thursday", "2015-05-14"), ("14 May", "2015-05-14")]),
        ("The term ends in about 18 months.", [("about 18 months", "2016-11")]),
        ("Prices rose in the year to February.", [("the year", "P1Y"), ("February", "2015-02")]),
        ("He left in the summer of '42.", [("the summer of '42", "1942-SU")]),
        (
            "Two days earlier, on May 1, he left. The next day (May 2), he came back.",
            [
                ("Two days earlier", "2015-05-01"),
                ("May 1", "2015-05-01"),
                ("The next day", "2015-05-02"),
                ("May 2", "2015-05-02"),
            ],
        ),
        ("Sales fell in the last quarter of last year.", [("the last quarter of last year", "2014-Q4")]),
        ("Sales fell in the first quarter of the year.", [("the first quarter of the year", "2015-Q1")]),
        ("Results are due in the next quarter.", [("the next quarter", "2015-Q3")]),
        ("The deficit grew in FY2013-14.", [("FY2013-14", "2013/2014")]),
        ("It grew in the 2013-14 fiscal year.", [("the 2013-14 fiscal year", "2013/2014")]),
        ("It was hit a week ago Monday.", [("a week ago Monday", "2015-04-27")]),
        ("It meets on the first Monday of every month.", [("the first Monday of every month", "P1M")]),
        ("It left at half past three.", [("half past three", "2015-05-06T03:30")]),
        ("It left at ten minutes to six in the evening.", [("ten minutes to six in the evening", "2015-05-06T17:50")]),
        ("It left at 5:30 on Tuesday evening.", [("5:30 on Tuesday evening", "2015-05-05T17:30")]),
        ("They voted ten to six.", []),
        (
            "Open between 9 and 11 a.m. on Sunday.",
            [("9", "2015-05-03T09:00"), ("11 a.m. on Sunday", "2015-05-03T11:00")],
        ),
        ("Open Monday 3 to 5 p.m.", [("Monday 3", "2015-05-04T15:00"), ("5 p.m.", "2015-05-04T17:00")]),
        (
            "By 22:00 local time (2100 UTC) on Tuesday it was out.",
            [("22:00 local time", "2015-05-05T22:00"), ("2100 UTC", "2015-05-05T21:00"), ("Tuesday", "2015-05-05")],
        ),
        (
            "On Tuesday at 22:00 (2100 UTC) it fell.",
            [("Tuesday at 22:00", "2015-05-05T22:00"), ("2100 UTC", "2015-05-05T21:00")],
        ),
        (
            'He said: "We are going to act." Earlier this week, on Monday, he had refused.',
            [("Earlier this week", "2015-W19"), ("Monday", "2015-05-04")],
        ),
        ("It fell silent before resuming in late April.", [("late April", "2015-04")]),
        ("They swim every summer, for a summer at most.", [("every summer", "XXXX-SU")]),
        ("It struck at 2130 GMT.", [("2130 GMT", "2015-05-06T21:30")]),
        ("On Monday he left at 10:30 a.m.", [("Monday", "2015-05-04"), ("10:30 a.m.", "2015-05-04T10:30")]),
        ("They fled in the early hours of Sunday.", [("the early hours of Sunday", "2015-05-03TMO")]),
        ("They pray on Sunday mornings.", [("Sunday mornings", "XXXX-WXX-7TMO")]),
        ("Profit rose in Q3 2014.", [("Q3 2014", "2014-Q3")]),
        (
            "It fell in the third and fourth quarters of 2014.",
            [("the third", "2014-Q3"), ("fourth quarters of 2014", "2014-Q4")],
        ),
        ("Profit fell in the quarter ended March 31.", [("the quarter", "2015-QX"), ("March 31", "2015-03-31")]),
        ("They won in the 1990/91 season.", [("1990/91", "1990/1991")]),
        ("The March vote was lost.", [("March", "2015-03")]),
        ("It was in mid-March.", [("mid-March", "2015-03")]),
        ("In 1997 the wall fell. Until that time nobody left.", [("1997", "1997"), ("that time", "1997")]),
        ("Within weeks or months he died.", [("weeks or months", "PXW")]),
        ("It ran on Holy Week and in Easter week 2015.", [("Easter week 2015", "2015-W14")]),
    ],
)
def test_an_expression_gets_its_value(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ms May said nothing, and they may march again.",
        "The Sunday Times and Black September were named.",
        "Resolution 1559 and Route 1999 were cited near Camp 1948.",
        "The 2000 soldiers crossed 1,900 metres.",
        "An S-300 battery and a Boeing 747.",
        "They won 3-2 and paid $1999.",
        "A 39-year-old man, 37 years old, was second.",
        "The fall of the city was near.",
        "At the same time they left; at the moment of impact nobody spoke.",
        "The typical person on the typical day drove at 120 miles per hour.",
        "Park Won-soon flew to Easter Island.",
        "The other day-care centre and the 16th Army.",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert values(text) == []


def test_a_range_gives_both_ends_the_whole_stretch() -> None:
    first, last = tag("The summit was held May 3-5 in Doha.", WEDNESDAY)
    assert first.stretch is not None
    assert first.stretch.edtf() == "2015-05-03/2015-05-05"
    assert last.stretch == first.stretch
    assert first.lasting


def test_a_range_closes_after_it_opens() -> None:
    assert values("It ran between June 2013 and March.") == [("June 2013", "2013-06"), ("March", "2014-03")]


def test_days_of_a_list_take_the_month_from_its_end() -> None:
    found = values("They met Monday 20, Tuesday 21 and Friday 24 April.")
    assert [value for _, value in found] == ["2015-04-20", "2015-04-21", "2015-04-24"]


def test_the_same_day_is_counted_from_the_last_date_told() -> None:
    told, same = tag("On March 10, 2011 troops entered. The same day the airport was shut.", WEDNESDAY)
    assert same.span == told.span
    assert same.basis is Basis.ANAPHORIC
    assert same.anchor is not None
    assert same.anchor.day == date(2011, 3, 10)


def test_the_anchor_is_carried_from_block_to_block() -> None:
    blocks = [TaggedBlock("He resigned in 1997."), TaggedBlock("The following year he was jailed.")]
    (_,), (following,) = tag_blocks(blocks, WEDNESDAY)
    assert following.timex_value == "1998"
    assert (following.start, following.end) == (0, 18)


def test_months_later_is_a_bound_after_the_date_told() -> None:
    _, later = tag("The coup came in June 2009. Months later, elections were held.", WEDNESDAY)
    assert later.edtf == "2009-07-01/.."


def test_early_may_is_a_part_of_the_month() -> None:
    (early,) = tag("Clashes erupted in early May.", WEDNESDAY)
    assert early.timex_value == "2015-05"
    assert early.edtf == "2015-05-01/2015-05-10"


def test_without_a_publication_day_explicit_dates_resolve_and_relative_ones_stay_open() -> None:
    explicit, relative = tag("On May 3, 2009 they met. On Tuesday they parted.", None)
    assert explicit.edtf == "2009-05-03"
    assert relative.basis is Basis.ANAPHORIC
    (alone,) = tag("Officials met on Tuesday.", None)
    assert alone.timex_value == "XXXX-WXX-2"
    assert alone.span is None


def test_a_wrong_weekday_is_told_as_a_conflict_and_not_forced() -> None:
    (found,) = tag("They met on Monday, May 3, 2009.", WEDNESDAY)
    assert found.edtf == "2009-05-03"
    assert found.rule.endswith("weekday-conflict")


@pytest.mark.parametrize(
    ("text", "edtf", "how"),
    [
        ("They met on Monday, May 3.", "2009-05-03", "weekday-conflict"),
        ("They met on Sunday, May 3.", "2009-05-03", "weekday-agrees"),
        ("The vote will be held on Monday, May 3.", "2010-05-03", "weekday-agrees"),
    ],
)
def test_a_wrong_weekday_beside_the_publication_is_no_other_year(text: str, edtf: str, how: str) -> None:
    (found,) = tag(text, date(2009, 5, 4))
    assert found.edtf == edtf
    assert how in found.derivation().rule


def test_a_weekday_that_agrees_with_a_year_picks_it() -> None:
    (found,) = tag("He arrives Tuesday, May 5, at noon sharp.", date(2009, 5, 3))[:1]
    assert found.edtf == "2009-05-05"


def test_a_story_keeps_its_own_year() -> None:
    story = (
        "The war began on 3 May 1941. On 8 June 1941 the port fell. In 1942 the siege was lifted, and on 2 March 1942 "
        "the north was free. In 1943 came the end. On 5 July the last gun fell silent. Two days later peace was signed."
    )
    assert values(story, date(2009, 12, 19))[-2:] == [("5 July", "1943-07-05"), ("Two days later", "1943-07-07")]


def test_a_distance_in_apposition_is_the_day_it_explains() -> None:
    found = values("On 27 June 1950, two days after the landing, the order came.")
    assert found == [("27 June 1950", "1950-06-27"), ("two days after", "1950-06-27")]


def test_what_lasts_is_told_apart_from_what_happened_once() -> None:
    opening, closing = tag("The siege went on from March to May 2014.", WEDNESDAY)
    (once,) = tag("The mayor was shot in May 2014.", WEDNESDAY)
    assert opening.lasting
    assert closing.lasting
    assert opening.stretch is not None
    assert opening.stretch.edtf() == "2014-03-01/2014-05-31"
    assert not once.lasting
    assert once.stretch is None


@pytest.mark.parametrize(
    ("text", "day_first", "expected"),
    [
        ("Filed 3/4/2010.", None, "2010-03-04"),
        ("Filed 3/4/2010.", True, "2010-04-03"),
        ("Filed 3/4/2010, answered 25/4/2010.", None, "2010-04-03"),
        ("Filed 3/4/2010, answered 25/4/2010.", False, "2010-03-04"),
        ("Filed 4/25/2010.", True, "2010-04-25"),
    ],
)
def test_numeric_dates_follow_their_source(text: str, day_first: bool | None, expected: str) -> None:
    assert tag(text, WEDNESDAY, day_first=day_first)[0].timex_value == expected


def test_a_few_hours_ago_is_today_and_the_last_day_ends_with_it() -> None:
    assert [one.edtf for one in tag("A few hours ago it sank.", WEDNESDAY)] == ["2015-05-06"]
    assert [one.edtf for one in tag("In the last 24 hours two sank.", WEDNESDAY)] == ["2015-05-05/2015-05-06"]


def test_the_past_years_reach_up_to_the_publication() -> None:
    (found,) = tag("They have fought for the past three years.", WEDNESDAY)
    assert (found.timex_type, found.timex_value) == ("DURATION", "P3Y")
    assert found.edtf == "2012-05-06/2015-05-06"
    assert found.lasting


def test_the_first_week_of_a_month_is_its_beginning() -> None:
    (month,) = tag("They met in the first week of April.", WEDNESDAY)
    assert month.edtf == "2015-04-01/2015-04-07"


def test_a_year_earlier_keeps_the_quarter_that_business_copy_speaks_of() -> None:
    text = "Profit rose in the third quarter. A year earlier it had fallen."
    assert values(text, date(1989, 10, 26))[-1] == ("A year earlier", "1988-Q3")


def test_a_derivation_explains_itself() -> None:
    (found,) = tag("The envoy landed on Sunday.", WEDNESDAY)
    derivation = found.derivation()
    assert derivation.quote == "Sunday"
    assert derivation.anchor == WEDNESDAY
    assert "the day of publication" in derivation.explain()


def test_a_text_without_trigger_has_no_expressions() -> None:
    assert tag("The quick brown fox said hello to the committee.", WEDNESDAY) == ()


def test_annotate_takes_a_day_with_a_clock() -> None:
    assert annotate("They met today.", "1998-02-27T08:17:00") == [(9, 14, "DATE", "1998-02-27")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mill burned in March 2001. Three days later it reopened.", "2001-03-04/2001-04-03"),
        ("The mill burned in March 2001. Two months later it reopened.", "2001-05"),
        ("The mill burned in 2008. Six months later it reopened.", "2008-07-01/2009-06-30"),
        ("The mill burned on 3 March 2001. Three days later it reopened.", "2001-03-06"),
        ("In 2001 the mill burned. The following year, it reopened. Ten days later it sold.", "2002-01-11/2003-01-10"),
    ],
)
def test_a_step_finer_than_what_was_told_is_bounded_by_it(text: str, expected: str) -> None:
    assert tag(text, WEDNESDAY)[-1].edtf == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In 2001 the abbot resigned. In March his deputy fled. On June 5 the house closed.",
            ["2001-03", "2001-06-05"],
        ),
        ("In 2001 the abbot resigned. This week he spoke. In March his deputy fled.", ["2015-W19", "2015-03"]),
        ("The abbot of 2001 resigned. In March his deputy fled.", ["2015-03"]),
        ("In 2001 the abbot resigned. In June his deputy will go.", ["2015-06"]),
    ],
)
def test_a_year_at_the_head_of_a_sentence_frames_the_months_after_it(text: str, expected: list[str]) -> None:
    assert [value for _, value in values(text)][1:] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army seized power on November 15, 2011. The king resigned on November 21.", "2011-11-21"),
        ("Protests began in March 2011. Troops entered the town on September 25.", "2011-09-25"),
        ("In 1990 the army invaded on August 2.", "1990-08-02"),
        ("The army invaded on August 2, 1990. It was bombed on January 17.", "1991-01-17"),
        ("He fled the country in 2012 and was caught in July.", "2012-07"),
        # what the publication has just had, what is to come and the next sentence after a year are of the news
        ("The army seized power on November 15, 2011. The king resigned on April 21.", "2015-04-21"),
        ("The army seized power on November 15, 2011. The king will resign on November 21.", "2015-11-21"),
        ("The mill was founded in 1985. It burned on August 30.", "2014-08-30"),
        ("The army seized power on November 15, 2011. On Monday it left. It fled on August 30.", "2014-08-30"),
    ],
)
def test_a_date_in_full_of_the_past_gives_its_year_to_the_bare_days_after_it(text: str, expected: str) -> None:
    assert tag(text, WEDNESDAY)[-1].edtf == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks were held on April 10, 12 and 15.", ["2015-04-10", "2015-04-12", "2015-04-15"]),
        ("It sat on 3, 10 and 17 March 2014.", ["2014-03-03", "2014-03-10", "2014-03-17"]),
        ("They met on March 3, 10, and 17, 2014.", ["2014-03-03", "2014-03-10", "2014-03-17"]),
        ("On April 10, 12 and 15 soldiers fell.", ["2015-04-10"]),
        ("On April 10, 12 people fell.", ["2015-04-10"]),
    ],
)
def test_each_day_of_a_list_is_a_date(text: str, expected: list[str]) -> None:
    assert [value for _, value in values(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels besieged the town in June.", "2014-06"),
        ("The town was seized on June 12.", "2014-06-12"),
        ("The premier announced elections in June.", "2015-06"),
        ("The premier agreed to leave in June.", "2015-06"),
        ("The vote was postponed in June.", "2015-06"),
        ("Rebels besieged the town in April.", "2015-04"),
    ],
)
def test_a_deed_in_the_past_keeps_its_month_behind_the_publication(text: str, expected: str) -> None:
    assert [value for _, value in values(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Clashes broke out during Ramadan last year.", [("Ramadan last year", "2014-06-28/2014-07-27")]),
        ("He comes at Easter next year.", [("Easter next year", "2016-03-27")]),
        ("He came on Christmas Day of 1989.", [("Christmas Day of 1989", "1989-12-25")]),
        ("The 2004 Boxing Day tsunami was worse.", [("The 2004 Boxing Day", "2004-12-26")]),
        ("Last year's Diwali was loud.", [("Last year's Diwali", "2014-10-23")]),
        ("It ended the day after Christmas.", [("the day after Christmas", "2014-12-26")]),
        ("It ended the day after Passover.", [("the day after Passover", "2015-04-12")]),
    ],
)
def test_a_feast_takes_the_year_that_stands_apart(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "mod", "days"),
    [
        ("They left before noon on Monday.", "BEFORE", "2015-05-04"),
        ("They came after 5 p.m. Friday.", "AFTER", "2015-05-01"),
        ("They will leave before noon on Monday.", "ON_OR_BEFORE", "../2015-05-11"),
        ("They left before Monday.", "BEFORE", "../2015-05-03"),
    ],
)
def test_a_bound_of_hours_lies_within_its_day(text: str, mod: str, days: str) -> None:
    (one,) = tag(text, WEDNESDAY)
    assert (one.timex_mod, one.edtf) == (mod, days)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Exports grew in the first nine months of 2014.", "2014-01-01/2014-09-30"),
        ("Exports fell in the last two weeks of 2014.", "2014-12-18/2014-12-31"),
        ("The attack came in the second half of March.", "2015-03-16/2015-03-31"),
        ("It rained on the first day of April.", "2015-04-01"),
        ("Profit rose in the first three months of the year.", "2015-01-01/2015-03-31"),
        ("Trade grew in the first half of the 1990s.", "1990-01-01/1994-12-31"),
    ],
)
def test_a_counted_share_of_a_period_is_those_days(text: str, days: str) -> None:
    assert tag(text, WEDNESDAY)[-1].edtf == days


@pytest.mark.parametrize(
    ("text", "lasting"),
    [
        ("He died sometime between March and May.", [False, False]),
        ("Fighting raged between March and May.", [True, True]),
        ("The truce will begin in two weeks.", [False]),
        ("The bridge was built in two weeks.", [True]),
    ],
)
def test_a_point_that_is_not_known_does_not_last(text: str, lasting: list[bool]) -> None:
    assert [one.lasting for one in tag(text, WEDNESDAY)] == lasting


def test_an_anniversary_that_would_lie_far_ahead_is_the_day_told_with_it() -> None:
    assert values("The club marks the 20th anniversary of its birth on 5 May 2015.")[0][1] == "2015-05-05"


@pytest.mark.parametrize(
    "text",
    [
        "The host 10.0.12.15 ran version 10.4.11 of it.",
        "Section 10.12.2010 of the code.",
        "April Smith met June Carter, and August Wilson.",
        "The April 6 Youth Movement called a strike.",
        "The 17 November group and the January 25 revolution.",
        "Vision 2030 and Horizon 2020 were praised.",
        "The Summer Olympics were put off.",
        "He ate 7/7 of it.",
    ],
)
def test_a_name_or_a_numbering_is_no_date(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The 7/7 bombings shook the city.", [("7/7", "2005-07-07")]),
        ("It opened on 10.4.2011 at last.", [("10.4.2011", "2011-04-10")]),
        ("In April Brent crude fell.", [("April", "2015-04")]),
        ("The April 6 coup failed.", [("April 6", "2015-04-06")]),
        ("On April 3 Union forces fled.", [("April 3", "2015-04-03")]),
        ("It struck at 14:30 UTC+3.", [("14:30 UTC+3", "2015-05-06T14:30")]),
    ],
)
def test_a_date_beside_names_stands(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text) == expected


def test_a_zone_told_by_its_distance_is_kept() -> None:
    (one,) = tag("It struck at 14:30 UTC-5:30.", WEDNESDAY)
    assert one.zone == "-05:30"


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("The games, scheduled for July 24 to Aug. 9, 2015, were lost.", "2015-07-24/2015-08-09"),
        ("The vote was moved from May 10 to May 12.", None),
        ("The fair runs from May 10 to May 12.", "2015-05-10/2015-05-12"),
    ],
)
def test_two_days_with_to_between_are_a_range_unless_one_is_moved_to_the_other(text: str, stretch: str | None) -> None:
    assert [one.stretch.edtf() if one.stretch else None for one in tag(text, WEDNESDAY)] == [stretch, stretch]


def test_the_weekend_of_easter_lasts_from_friday_to_monday() -> None:
    assert [one.edtf for one in tag("It shut over Easter weekend 2016.", WEDNESDAY)] == ["2016-03-25/2016-03-28"]
