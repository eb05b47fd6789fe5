"""Texts dated by the events that they recall."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.spans import TimeSpan
from app.extraction.temporal import date_document
from app.extraction.temporal.events import events_in
from app.extraction.temporal.vocabulary import load

READ_ON = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Five years after the Lehman collapse, banks are safer.", 2013),
        ("Five years after the collapse of Lehman Brothers, banks are safer.", 2013),
        ("Twenty years after the fall of the Berlin Wall, the town is one.", 2009),
        ("A decade after 9/11 the tower stands again.", 2011),
        ("A year after MH17 was shot down, families met.", 2015),
        ("Three months after Russia annexed Crimea the ban was widened.", 2014),
        ("Nearly three years after the Brexit vote the talks go on.", 2019),
        ("More than a decade after the invasion of Iraq the town is in ruins.", 2013),
        ("On the tenth anniversary of the September 11 attacks, the town mourned.", 2011),
        ("On the 10th anniversary of the Srebrenica massacre the town mourned.", 2005),
        ("The first anniversary of the killing of George Floyd was marked.", 2021),
        ("The town marks the 50th anniversary of the 1963 assassination.", 2013),
        ("The town marks the centenary of the 1914 assassination.", 2014),
    ],
)
def test_an_anniversary_dates_the_text_and_not_the_event(text: str, year: int) -> None:
    first = date_document(text, today_limit=READ_ON)[0]
    assert first.span.start
    assert first.span.last
    assert first.span.start.year <= year <= first.span.last.year
    assert (first.span.last - first.span.start).days <= 366
    assert 0.5 < first.weight < 0.8


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Lehman Brothers collapsed last month.", "2008-10-01", "2008-10-31"),
        ("The Brexit referendum last month shook the market.", "2016-07-01", "2016-07-31"),
        ("Last week's Charlie Hebdo attack shook the nation.", "2015-01-12", "2015-01-18"),
        ("Yesterday's Boston Marathon bombing killed three.", "2013-04-16", "2013-04-16"),
        ("The market fell after Lehman Brothers collapsed on Monday.", "2008-09-15", "2008-09-21"),
        ("The Fukushima disaster two years ago still weighs on the town.", "2013-01-01", "2013-12-31"),
        ("The Bataclan attack in Paris last month shook the nation.", "2015-12-01", "2015-12-31"),
    ],
)
def test_an_event_beside_a_step_back_gives_the_period_after_it(text: str, start: str, end: str) -> None:
    first = date_document(text, today_limit=READ_ON)[0]
    assert (first.span.start, first.span.last) == (date.fromisoformat(start), date.fromisoformat(end))
    assert 0.7 <= first.weight < 0.8


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("In 1989 the wall fell. Last year, 25 years later, the town was one.", 2015),
        ("The wall fell on 9 November 1989. This year, 25 years on, the town is one.", 2014),
        ("In 1989 the wall fell. Ten years later, last year, the town was one.", 2000),
    ],
)
def test_last_year_counted_from_a_date_told_gives_the_year(text: str, year: int) -> None:
    first = date_document(text, today_limit=READ_ON)[0]
    assert first.span.within(TimeSpan.of_year(year))
    assert 0.5 < first.weight < 0.8


@pytest.mark.parametrize(
    "text",
    [
        "Ten years after 9/11, in 2014, he left. In 2016 he died.",
        "Last year he said that the Enron collapse had ruined him.",
        "He had seen the Omagh bombing. A year later he left.",
        "The town marked the anniversary of the Bali bombings.",
    ],
)
def test_what_the_text_contradicts_or_does_not_tell_is_not_taken(text: str) -> None:
    assert all(one.weight < 0.5 for one in date_document(text, today_limit=READ_ON))


def test_the_table_of_events_names_each_by_words() -> None:
    for event in load().events:
        word = f"{event.names[0]} {event.nouns[0]}" if event.nouns else event.names[0]
        assert event.day in [one.day for one in events_in(f"He spoke of the {word} again.")], word
