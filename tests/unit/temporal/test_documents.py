"""The day of a document, from outside the story and from within it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.domain.spans import Precision, TimeSpan
from app.extraction.temporal import date_document, office_term, tag

_TERMS = [
    term
    for term in (
        office_term(["Anna Berg"], "president", "2008-03", "2012-03"),
        office_term(["Karl Lind"], "prime minister", "2004", "2009-06-30"),
        office_term(["Karl Lind"], "prime minister", "2015", ""),
    )
    if term is not None
]


def test_a_dateline_alone_in_its_line_is_the_day() -> None:
    (only,) = date_document("Friday, January 4, 2019\n\nA house fell on Monday.")
    assert only.span.edtf() == "2019-01-04"
    assert only.weight > 0.9


def test_a_dateline_before_a_dash_is_the_day() -> None:
    (only,) = date_document("MOSCOW, May 3, 2009 (Wire) -- The sale went through.")
    assert only.span.edtf() == "2009-05-03"


@pytest.mark.parametrize(
    "head",
    [
        "MOSCOW, 15 April 2016. The two men met.",
        "ST. PETERSBURG, Russia, April 15, 2016 — The two men met.",
        "London (Wire), 15 April 2016: The two men met.",
        "KYIV, Ukraine (Wire) — April 15, 2016. The two men met.",
        "15 April 2016. The two men met.",
    ],
)
def test_a_dateline_needs_no_dash_after_a_place(head: str) -> None:
    (only,) = date_document(f"{head} They spoke of nothing but the weather and of old friends.")
    assert only.span.edtf() == "2016-04-15"


def test_a_date_in_a_sentence_is_no_dateline() -> None:
    best = date_document("On 15 April 2016. The men met again after the treaty of 3 May 2015. They spoke of the sea.")
    assert best[0].weight < 0.8


@pytest.mark.parametrize(
    "text",
    ["The vote will be held on 3 June 2017.", "He was born on 3 June 2017 - a Saturday - in a small town by the sea."],
)
def test_a_sentence_that_fills_its_line_is_no_dateline(text: str) -> None:
    assert all(one.weight < 0.8 for one in date_document(text))


@pytest.mark.parametrize(
    "line",
    [
        "Published 3 June 2017 at 10:30 am",
        "last updated on Saturday, 3 June 2017",
        "By Ana Berg, Rio de Janeiro, 3 June 2017",
        "The Daily Wire, 3 June 2017, 18:30 GMT",
    ],
)
def test_a_line_of_names_and_words_of_publication_is_a_dateline(line: str) -> None:
    (only,) = date_document(f"{line}\n\nA house fell on Monday.")
    assert only.span.edtf() == "2017-06-03"


def test_an_election_told_of_by_its_year_may_lie_ahead() -> None:
    candidates = date_document("He is a candidate in the 2020 election. In 2018 he lost the 2018 vote of his town.")
    assert any(one.span.overlaps(TimeSpan.of_year(2019)) for one in candidates)


def test_a_wrong_weekday_is_a_reason_and_not_forced() -> None:
    text = "President Anna Berg spoke on Sunday, May 3. She came on Thursday, April 30. On May 4, 2009 she left."
    told = "She will travel on Friday, May 5, it was said."
    best = date_document(f"{text} {told}", offices=_TERMS)[0]
    assert best.span.edtf().startswith("2009-05-03")
    assert any("“Friday, May 5” does not agree with 2009" in reason for reason in best.reasons)


def test_the_address_holds_the_day() -> None:
    (only,) = date_document("Nothing here.", url="https://news.example/2016/04/15/talks")
    assert only.span.edtf() == "2016-04-15"


def test_metadata_wins() -> None:
    (only,) = date_document("January 4, 2019\n\nA text.", metadata=date(2019, 1, 5))
    assert only.span.edtf() == "2019-01-05"


def test_weekdays_and_an_office_leave_one_year() -> None:
    text = "President Anna Berg spoke on Sunday, May 3, of the sale. She will travel on Tuesday, May 5, it was said."
    best = date_document(text, offices=_TERMS)[0]
    assert best.span.edtf() == "2009-05-03/2009-05-05"
    assert best.weight >= 0.7
    assert any("weekday agrees with 2009" in reason for reason in best.reasons)


def test_weekdays_alone_leave_several_years() -> None:
    candidates = date_document("They met on Sunday, May 3, in the capital.")
    years = {one.span.start.year for one in candidates if one.span.start}
    assert {1998, 2009, 2015, 2020} <= years
    assert max(one.weight for one in candidates) < 0.5


def test_terms_of_two_people_bound_the_text() -> None:
    text = "President Anna Berg met Prime Minister Karl Lind. In October, Prime Minister Karl Lind flew home."
    best = date_document(text, offices=_TERMS)[0]
    assert best.span.edtf() == "2008-10-01/2009-06-30"


def test_a_former_holder_is_no_witness() -> None:
    (only,) = date_document("The former president Anna Berg spoke.", offices=_TERMS)
    assert only.span == TimeSpan.since(date(2012, 3, 1))  # the month is told, the day in it is not
    assert "“former president Anna Berg” has left office" in only.reasons[0]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Former President Jan Holm met President Anna Berg.", "2009-01-20/2017-01-20"),
        ("Jan Holm, the former president, met President Anna Berg.", "2009-01-20/2017-01-20"),
        ("President Anna Berg met former president Jan Holm.", "2009-01-20/2017-01-20"),
        ("Former Prime Minister Karl Lind spoke. President Anna Berg did not.", "2013-01-01/2017-01-20"),
        ("President-elect Anna Berg met President Jan Holm.", "2008-10-12/2009-01-20"),
        ("President Jan Holm met President-elect Anna Berg.", "2008-10-12/2009-01-20"),
        ("A former aide to President Jan Holm met President Anna Berg.", "2009-01-20/2017-01-20"),
        ("The former hostage Per Ek met President Jan Holm.", "2001-01-20/2009-01-20"),
        ("Back then, President Jan Holm spoke.", "2001-01-20/2009-01-20"),
    ],
)
def test_former_and_elect_are_said_of_the_name_beside_them(text: str, span: str) -> None:
    assert date_document(text, offices=_IN_TURN)[0].span.edtf() == span


def test_one_span_is_one_candidate() -> None:
    text = "Three months after MH17 was shot down, President Anna Berg met President Jan Holm."
    terms = [
        office_term(["Anna Berg", "Berg"], "president", "2010", "2014-10-20"),
        office_term(["Jan Holm"], "president", "2014-10-20", "2018"),
        office_term(["Olga Dahl"], "president", "1981", "1989"),
    ]
    spans = [one.span for one in date_document(text, offices=[term for term in terms if term])]
    assert len(spans) == len(set(spans))


def test_the_day_that_the_source_states_may_be_spelt() -> None:
    (only,) = date_document("A dog barked.", metadata="2014-03-05T10:00:00Z")
    assert only.span == TimeSpan.of_day(date(2014, 3, 5))
    with pytest.raises(ValueError, match="written as 2014-03-05"):
        date_document("A dog barked.", metadata="5 March")


def test_last_year_points_to_the_year_after_the_latest_date() -> None:
    best = date_document("The port fell on October 14, 2015. He came in July last year.")[0]
    assert best.span.edtf() == "2016"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "The port fell on October 14, 2015.",
            "a day told in full in the simple past points to the year in which it lies",
        ),
        ("The port, held since October 14, 2015, is small.", "a date told in full points to the year after"),
        ("The port fell in 2015. He came in July last year.", "“last year” points to the year after"),
        ("The port fell in 2015.", "the latest year told"),
    ],
)
def test_a_reason_names_only_what_stands_in_the_text(text: str, reason: str) -> None:
    told = [one.reasons[0] for one in date_document(text)]
    assert set(told) == {reason, "a text may look back many years"}


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("The World Cup will be held in 2018 in the north.", date(2018, 12, 31)),
        ("A new bridge will open in May 2016.", date(2016, 5, 31)),
        ("The minister said that Britain would leave on March 29, 2019.", date(2019, 3, 29)),
        ("The troops will be withdrawn by the end of 2005.", date(2005, 12, 31)),
        ("The vote will be held on Saturday, 3 June 2017.", date(2017, 6, 3)),
        ("The mayor was born in 1960. The fair will be held in 2018.", date(2018, 12, 31)),
    ],
)
def test_a_text_is_not_younger_than_what_it_foretells(text: str, last: date) -> None:
    candidates = date_document(text)
    assert max(one.span.last or date.max for one in candidates) == last


def test_a_crime_that_will_be_tried_bounds_nothing() -> None:
    assert all(
        one.span.end is None or one.span.end.year > 2003
        for one in date_document("He will be tried for crimes that he committed in 2003.")
    )


def test_nothing_known_gives_no_candidate() -> None:
    assert date_document("A dog barked.") == ()


def test_a_weekday_that_contradicts_a_full_date_is_told_and_the_date_kept() -> None:
    (only,) = date_document("MOSCOW, Monday, May 3, 2009 (Wire) -- The sale went through.")
    assert only.span.edtf() == "2009-05-03"
    assert any("“Monday, May 3, 2009” does not fall on that weekday" in reason for reason in only.reasons)
    told = date_document("The treaty was signed on Monday, May 3, 2009, and it was kept by all.")
    assert told
    assert all(any(reason.startswith("conflict") for reason in one.reasons) for one in told)


_IN_TURN = [
    term
    for term in (
        office_term(["Jan Holm"], "president", "2001-01-20", "2009-01-20"),
        office_term(["Anna Berg"], "president", "2009-01-20", "2017-01-20"),
        office_term(["Olga Dahl"], "president", "1981-01-20", "1989-01-20"),
        office_term(["Karl Lind"], "prime minister", "2005-11-22", "2013"),
        office_term(["Per Sand"], "prime minister", "2016-12-20", "2020"),
        office_term(["Ida Ek"], "prime minister", "2010-02-01", "2010-02-09"),
    )
    if term is not None
]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("President Jan Holm met President Anna Berg.", ["2009-01-20/2017-01-20", "2001-01-20/2009-01-20"]),
        (
            "President Jan Holm met President Anna Berg. Prime Minister Karl Lind watched.",
            ["2009-01-20/2013-12-31", "2005-11-22/2009-01-20"],
        ),
        ("President Olga Dahl and President Anna Berg spoke of it.", ["2009-01-20/2017-01-20"]),
        (
            "President Anna Berg spoke. Prime Minister Per Sand did not.",
            ["2016-12-20/2020-12-31", "2009-01-20/2017-01-20"],
        ),
        ("President Anna Berg met Prime Minister Karl Lind.", ["2009-01-20/2013-12-31"]),
        ("President Anna Berg met Prime Minister Ida Ek.", ["2010-02-01/2010-02-09"]),
    ],
)
def test_terms_that_only_meet_are_rivals(text: str, spans: list[str]) -> None:
    found = date_document(text, offices=_IN_TURN)
    assert [one.span.edtf() for one in found] == spans
    assert sum(one.weight for one in found) <= 0.7


def test_a_name_that_two_held_the_office_by_is_of_either() -> None:
    terms = [
        office_term(["George Holm", "Holm"], "president", "1989-01-20", "1993-01-20"),
        office_term(["Jan Holm", "Holm"], "president", "2001-01-20", "2009-01-20"),
    ]
    found = date_document("President Holm spoke.", offices=[term for term in terms if term])
    assert [one.span.edtf() for one in found] == ["1989-01-20/1993-01-20", "2001-01-20/2009-01-20"]


@pytest.mark.parametrize(
    "text",
    [
        "They met on Sunday, May 3, 2009, in the capital.",
        "On Sunday, 3 May 2009, the bridge was closed.",
        "Police shot him Sunday, May 3, 2009.",
        "The fair opened on Sun. May 3, 2009 and was full.",
        "In 2001 he left. He was seen on Sunday, May 3, 2009.",
    ],
)
def test_a_day_told_with_its_weekday_is_of_the_news(text: str) -> None:
    found = date_document(text)
    assert found[0].span.edtf() == "2009-05-03/2009-12-31"
    assert found[0].weight > found[1].weight
    assert any(one.span.edtf() == "2010" for one in found)


def test_a_day_in_full_in_the_simple_past_is_of_its_year() -> None:
    found = date_document("Police arrested a man on May 3, 2009.", today_limit=date(2026, 1, 1))
    assert [one.span.edtf() for one in found[:2]] == ["2009-05-03/2009-12-31", "2010"]
    assert found[0].weight > found[1].weight


def test_a_day_told_with_another_weekday_is_not() -> None:
    assert date_document("They met on Wednesday, May 3, 2009, in the capital.")[0].span.edtf() == "2010"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("The president spoke on Monday, May 3. The minister travelled on Tuesday, May 5, 2009.", 2009),
        ("He said so on Monday, May 3, 2010. On Tuesday, May 5, the minister flew home.", 2010),
        ("They met on Thursday, 12 June 2014, and parted on Saturday, 13 June.", 2014),
    ],
)
def test_a_wrong_weekday_beside_a_full_day_is_a_conflict_and_not_forced(text: str, year: int) -> None:
    found = date_document(text)
    assert found[0].span.within(TimeSpan.of_year(year))
    assert found[0].weight < 0.5
    assert any(reason.startswith("conflict") for reason in found[0].reasons)


@pytest.mark.parametrize(
    "line",
    [
        "Copyright 2013 The Wire.",
        "© 2013 The Wire",
        "(c) The Wire 2013.",
        "Copyright © 2009-2013 The Wire.",
        "© Wire, 2013",
    ],
)
def test_a_copyright_line_tells_the_year(line: str) -> None:
    (dated,) = date_document(f"The minister left on Friday, June 7, for Rome.\n{line}")
    assert dated.span.edtf() == "2013-06-07/2013-06-13"
    assert dated.weight > 0.7
    assert not any("told as past" in reason for reason in dated.reasons)
    (whole,) = date_document(f"In 2013 the minister left for Rome.\n{line}")
    assert whole.span.within(TimeSpan.of_year(2013))


def test_a_copyright_line_older_than_what_is_told_is_of_something_else() -> None:
    found = date_document("Photo: © 2008 Wire. The minister left on Saturday, 1 March 2014.")
    assert found[0].span.within(TimeSpan.of_year(2014))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "NAIROBI, April 3 (Wire) - President Jan Holm spoke of the town on the radio.",
            [f"{year}-04-03" for year in range(2001, 2009)],
        ),
        ("OSLO, May 3 (Wire) - President Jan Holm said on Saturday that all was well.", ["2003-05-03", "2008-05-03"]),
        ("OSLO, Nov. 14 (AP) — In 2015 President Anna Berg said on Saturday that all was well.", ["2015-11-14"]),
        ("OSLO, Sunday, May 4 (Wire) - President Jan Holm spoke.", ["2003-05-04", "2008-05-04"]),
    ],
)
def test_a_dateline_without_its_year_is_a_day_of_each_year_possible(text: str, days: list[str]) -> None:
    found = date_document(text, offices=_IN_TURN, today_limit=date(2026, 1, 1))
    assert (
        sorted(one.span.edtf() for one in found if one.span.precision is Precision.DAY and one.weight >= 0.05)[
            : len(days)
        ]
        == days
    )
    assert all(any(reason.startswith("dateline") for reason in one.reasons) for one in found[: len(days)])


def test_a_day_in_a_sentence_is_no_dateline_without_its_year() -> None:
    (only,) = date_document("On April 3 President Jan Holm spoke - and left.", offices=_IN_TURN)
    assert only.span.precision is not Precision.DAY


def test_terms_of_two_people_outweigh_a_weekday_that_agrees_with_none_of_their_years() -> None:
    text = "President Anna Berg met Prime Minister Karl Lind in the capital on Tuesday, December 25."
    best = date_document(text, offices=_TERMS)[0]
    assert best.span.edtf() == "2008-12-01/2009-06-30"
    assert "conflict: “Tuesday, December 25” agrees with no year in which those named were in office" in best.reasons


def test_a_date_told_in_full_stands_though_its_weekday_is_wrong() -> None:
    best, other, *_ = date_document("He was sentenced on Monday, May 3, 2009. The hearing goes on on Friday, May 8.")
    assert (best.span.edtf(), best.weight) == ("2009-05-08/2009-05-14", 0.8)
    assert other.weight < 0.1


@pytest.mark.parametrize("metadata", [None, "", "  "])
def test_metadata_may_be_missing(metadata: str | None) -> None:
    assert date_document("They met on Sunday, May 3, in the capital.", metadata=metadata)


@pytest.mark.parametrize("metadata", ["2014-03", "5 March 2014"])
def test_metadata_that_tell_no_day_are_refused_with_what_is_wanted(metadata: str) -> None:
    with pytest.raises(ValueError, match="written as 2014-03-05"):
        date_document("They met on Sunday, May 3.", metadata=metadata)


def test_a_moment_stands_for_its_day() -> None:
    (found,) = tag("They left on Sunday.", datetime(2015, 5, 6, 10, 30, tzinfo=UTC))
    assert found.edtf == "2015-05-03"
