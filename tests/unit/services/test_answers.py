"""Answers in words and tables: titles, descriptions, distances, links to the sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.domain.events import Modality
from app.domain.queries import Choice, EventQuery, Match, Sort
from app.domain.spans import Precision, TimeSpan
from app.extraction.codebook import load_codebook
from app.services import tables
from app.services.describing import describe, human, in_words
from app.services.names import Resolved
from app.services.reports import fragment_link
from app.services.titles import title
from tests.builders import MINISTER, make_mention

DAYS = {name: tables.COLUMNS[name] for name in ("id", "date_earliest", "date_latest", "source_ids")}
FIFTEENTH = TimeSpan.of_day(date(2016, 4, 15))


def row(first: date | None, last: date | None) -> dict[str, Any]:
    return {"id": "a", "date_earliest": first, "date_latest": last, "source_ids": ["RUS"]}


@pytest.mark.parametrize(
    ("first", "last", "least", "most"),
    [
        (date(2016, 4, 14), date(2016, 4, 14), 1, 1),
        (date(2016, 4, 15), date(2016, 4, 15), 0, 0),
        (date(2016, 4, 1), date(2016, 4, 30), 0, 15),
        (None, date(2016, 4, 11), 4, None),
        (date(2016, 5, 1), None, 16, None),
        (date(2016, 4, 20), date(2016, 4, 26), 5, 11),
        (date(1, 1, 1), date(9999, 12, 31), 0, 2915990),
        (None, None, 0, None),
    ],
)
def test_distance_is_a_range_of_days(first: date | None, last: date | None, least: int, most: int | None) -> None:
    found = tables.distance(row(first, last), FIFTEENTH)
    assert (found["days_min"], found["days_max"]) == (least, most)


def test_an_empty_table_has_the_declared_columns_and_types() -> None:
    table = tables.frame([])
    assert list(table.columns) == list(tables.COLUMNS)
    assert str(table["date_earliest"].dtype) == "datetime64[s]"


def test_a_table_holds_days_before_the_reach_of_nanoseconds() -> None:
    table = tables.frame([row(date(1066, 10, 14), None)], DAYS)
    assert table["date_earliest"].dt.year.tolist() == [1066]
    assert table["date_latest"].isna().all()


def test_a_title_tells_who_did_what_to_whom() -> None:
    kinds = load_codebook()
    assert title(make_mention(), kinds["visit"]) == "Visit, Ruritania → Graustark"
    planned = make_mention(source=(MINISTER,), target=(), modality=Modality.PLANNED)
    assert title(planned, kinds["visit"]) == "Planned: Visit, Rudolf Rassendyll (RUR)"
    assert title(make_mention(source=()), None) == "Visit, → Graustark"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (FIFTEENTH, "on 15 April 2016"),
        (TimeSpan.of_month(2016, 4), "in April 2016"),
        (TimeSpan.of_year(2016), "in 2016"),
        (TimeSpan.until(date(2016, 4, 11)), "by 11 April 2016"),
        (TimeSpan.since(date(2016, 4, 11)), "on or after 11 April 2016"),
        (TimeSpan.between(date(2016, 4, 1), date(2016, 5, 2)), "within 1 April 2016 – 2 May 2016"),
        (TimeSpan(date(1990, 1, 1), date(2000, 1, 1), Precision.DECADE), "in the 1990s"),
        (TimeSpan.unknown(), "at an unknown time"),
    ],
)
def test_a_span_is_told_in_words(span: TimeSpan, words: str) -> None:
    assert in_words(span) == words


def test_an_approximate_span_says_so() -> None:
    assert human(TimeSpan(date(2016, 1, 1), date(2017, 1, 1), Precision.YEAR, approximate=True)) == "about 2016"


def test_a_question_is_told_in_one_sentence() -> None:
    query = EventQuery(
        when=TimeSpan.of_year(2016),
        match=Match.CERTAIN,
        actor=Choice(("RUS",), ("IRN",)),
        kind=Choice(("visit", "meeting")),
        modality=Choice(),
        sort=Sort.DATE_DESC,
    )
    assert describe(query, [Resolved("actor", "Russia", "RUS", "Russia", "state")]) == (
        "Events of Russia (RUS) but not of IRN, of kind visit or meeting, certainly in 2016, "
        "whatever is said of them, latest first."
    )


def test_a_link_opens_the_page_at_the_sentence() -> None:
    assert fragment_link(None, "words") is None
    assert fragment_link("https://a.example/x#top", "S-300, now") == "https://a.example/x#:~:text=S%2D300%2C%20now"
    long = "one two three four five " * 10
    assert fragment_link("https://a.example/x", long) == (
        "https://a.example/x#:~:text=one%20two%20three%20four%20five,one%20two%20three%20four%20five"
    )
