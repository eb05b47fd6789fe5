"""What may be kept, and what is refused with the way to mend it."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.documents import MOST_CHARACTERS, Document
from app.domain.errors import RefusedDocument
from app.domain.spans import TimeSpan
from app.services.receiving import check

TODAY = date(2024, 5, 6)
TEXT = "The minister arrived in the capital on Monday for two days of talks."


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "a < b and c > d, he wrote; <b>never</b> mind",
        "وصل الوزير إلى العاصمة يوم الاثنين",
        "Stray \x0b and \x1f marks. " + TEXT * 5,
        "\x1b[31mBreaking\x1b[0m The minister arrived.\x07",
        "He said \x93no\x94 on Monday.",
        "La ministre est arrivée lundi.",
        "x" * MOST_CHARACTERS,
    ],
    ids=["plain", "angle brackets", "right to left", "stray control", "terminal", "C1 quotes", "French", "longest"],
)
def test_text_is_kept_as_it_came(text: str) -> None:
    check(Document(text), TODAY)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("... --- !!!", "empty"),
        ("x" * (MOST_CHARACTERS + 1), "at most 1,000,000"),
        ("語" * 999_999 + "€", None),
        ("PK\x03\x04\0\0", "binary"),
        ("\x89PNG\r\n\x1a\n" + "".join(map(chr, range(1, 256))), "control characters"),
        ("half \ud83d a pair", "surrogate"),
        ("\x01\x02\x03 a b c \x05\x06", "control characters"),
        ("\ufffd\ufffd caf\ufffd de la gare", "encoding"),
        ("<!DOCTYPE html><html><body>Hello</body></html>", "HTML"),
        ("\n<html lang='en'><p>Hello", "HTML"),
        ("<p>One</p><p>Two</p><p>Three</p>", "HTML"),
    ],
)
def test_what_is_no_article_is_refused_with_the_mend(text: str, says: str | None) -> None:
    if says is None:
        check(Document(text), TODAY)
        return
    with pytest.raises(RefusedDocument, match=says):
        check(Document(text), TODAY)


def test_a_date_in_the_future_is_refused_but_the_next_time_zone_is_not() -> None:
    check(Document(TEXT, published=TimeSpan.of_day(date(2024, 5, 7))), TODAY)
    check(Document(TEXT, published=TimeSpan.of_month(2024, 5)), TODAY)
    check(Document(TEXT, published=TimeSpan.of_year(2024)), TODAY)
    with pytest.raises(RefusedDocument, match=r"2024-05-08 lies in the future \(today is 2024-05-06\)"):
        check(Document(TEXT, published=TimeSpan.of_day(date(2024, 5, 8))), TODAY)


@pytest.mark.parametrize("first", [date(1, 1, 1), date(1599, 12, 31)])
def test_a_date_before_there_was_news_is_refused(first: date) -> None:
    check(Document(TEXT, published=TimeSpan.of_day(date(1600, 1, 1))), TODAY)
    with pytest.raises(RefusedDocument, match="before 1600"):
        check(Document(TEXT, published=TimeSpan.of_day(first)), TODAY)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "example.com/a", "http://", "http://a b", "http://[::1", "x" * 2001]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(RefusedDocument, match="url"):
        check(Document(TEXT, url=url), TODAY)


@pytest.mark.parametrize("title", ["a\0b", "x" * 501, "\udc00"])
def test_a_title_is_a_line_of_text(title: str) -> None:
    with pytest.raises(RefusedDocument, match="title"):
        check(Document(TEXT, title=title), TODAY)
