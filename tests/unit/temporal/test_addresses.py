"""The day in the address of a page."""

from __future__ import annotations

from datetime import date

import pytest

from app.extraction.temporal import date_document
from app.extraction.temporal.addresses import date_in_url
from app.extraction.temporal.calendar import Grain


@pytest.mark.parametrize(
    "path",
    [
        "world/2014/mar/05/story",
        "2014/March/5/story",
        "2014/mar/05",
        "20140305/story",
        "20140305123000/story",
        "2014-03-05-story",
        "2014-mar-05/story",
        "2014/3/5/story",
        "news/5-march-2014/story",
        "mar-05-2014/story",
        "a?date=2014-03-05",
        "story-2014-03-05.html",
    ],
)
def test_a_day_is_read(path: str) -> None:
    assert date_in_url(f"https://news.example/{path}") == (date(2014, 3, 5), Grain.DAY)


@pytest.mark.parametrize("path", ["2014/03/story", "2014/mar/story", "march-2014/story", "2014/3/story", "2014/march/"])
def test_a_month_is_read(path: str) -> None:
    assert date_in_url(f"https://news.example/{path}") == (date(2014, 3, 1), Grain.MONTH)


def test_of_day_and_month_first_only_one_may_be_possible() -> None:
    assert date_in_url("https://news.example/15-03-2014/story") == (date(2014, 3, 15), Grain.DAY)
    assert date_in_url("https://news.example/03-15-2014/story") == (date(2014, 3, 15), Grain.DAY)
    assert date_in_url("https://news.example/05-03-2014/story") is None


@pytest.mark.parametrize(
    "path",
    [
        "story/12345678",
        "2014/maybe-5-ways",
        "2014/may-5-ways",
        "us/marching-2014/",
        "2014-3-5-ways",
        "2014/summer/a",
        "",
    ],
)
def test_no_day_is_invented(path: str) -> None:
    assert date_in_url(f"https://news.example/{path}") is None


def test_the_address_dates_the_document() -> None:
    (only,) = date_document("Nothing here.", url="https://news.example/world/2014/mar/05/story")
    assert only.span.edtf() == "2014-03-05"
