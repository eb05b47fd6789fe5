"""Nothing is dated after the publication that tells of it, unless it is told as ahead."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from app.domain.documents import Document
from app.domain.events import AHEAD, HAPPENED
from app.domain.spans import TimeSpan
from app.extraction.pipeline import ReadDocument
from app.extraction.reading import ArticleReader, load_reader
from app.sources.demo import load_demo
from app.sources.records import published_span

SHARED = Path(os.environ.get("DATELINE_SHARED", Path(__file__).parents[3] / "shared"))
NEWS = SHARED / "corpus" / "wikinews.jsonl"
ARTICLES = 40


@pytest.fixture(scope="module")
def reader() -> ArticleReader:
    return load_reader()


def late(read: ReadDocument) -> Iterator[str]:
    """The mentions of what is not told as ahead whose date ends after publication, in words.

    What is open at its end, or denied, need only begin by then.
    """
    last = read.published.last if read.published else None
    for mention in read.mentions:
        span = mention.date.span
        latest = span.last if mention.modality in HAPPENED and span.last else span.start
        if last and latest and latest > last and mention.modality not in AHEAD:
            clause = read.document.text[slice(*mention.evidence.clause)]
            yield f"{mention.modality}, published by {last}: {mention.date.explain()} {clause}"


def day_of_saying_is_late(read: ReadDocument) -> bool:
    last = read.published.last if read.published else None
    told = [mention.reported.span.start for mention in read.mentions if mention.reported]
    return any(last and day and day > last for day in told)


def check(reader: ArticleReader, documents: list[Document]) -> None:
    found = list(reader.read_many(documents))
    assert sum(len(read.mentions) for read in found) > len(documents)
    assert [line for read in found for line in late(read)] == []
    assert not any(day_of_saying_is_late(read) for read in found)


@pytest.mark.skipif(not NEWS.is_file(), reason=f"no articles at {NEWS} (set DATELINE_SHARED)")
def test_no_news_is_dated_after_its_publication(reader: ArticleReader) -> None:
    with NEWS.open(encoding="utf-8") as file:
        lines = [json.loads(line) for line in islice(file, ARTICLES)]
    check(reader, [Document(line["text"], published=published_span(line["published"])) for line in lines])


@pytest.mark.skipif(not NEWS.is_file(), reason=f"no articles at {NEWS} (set DATELINE_SHARED)")
def test_no_news_is_dated_after_the_publication_that_was_inferred(reader: ArticleReader) -> None:
    with NEWS.open(encoding="utf-8") as file:
        lines = [json.loads(line) for line in islice(file, ARTICLES)]
    check(reader, [Document(line["text"]) for line in lines])


def test_no_dispatch_of_the_demonstration_is_dated_after_its_publication(reader: ArticleReader) -> None:
    check(reader, list(load_demo()))


# Told as done, with a date that had not come on 6 May 2015, or need not have come.
DONE = (
    "Iran attacked Kuwait on 9 May 2015.",
    "Rebels attacked the town on Thursday.",
    "The treaty was signed by Russia and Iran in June.",
    "Russia and Iran signed the treaty on 8 June 2016.",
    "Russia has delivered the missiles to Iran on Friday, 8 May.",
    "Israel bombed targets in Gaza from Monday to Thursday.",
    "Troops shelled the town in May.",
    "The army withdrew from the town in December.",
)
PUBLISHED = TimeSpan.of_day(date(2015, 5, 6))


def read_sentence(reader: ArticleReader, sentence: str) -> ReadDocument:
    return next(iter(reader.read_many([Document(sentence, published=PUBLISHED)])))


@pytest.mark.parametrize("sentence", DONE)
def test_a_deed_that_is_told_as_done_is_dated_by_the_publication_whatever_its_date_says(
    reader: ArticleReader, sentence: str
) -> None:
    read = read_sentence(reader, sentence)
    assert [mention.modality for mention in read.mentions] == ["asserted"]
    assert list(late(read)) == []
    assert read.mentions[0].planned is None


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("Russia is to deliver the missiles to Iran in June.", "2015-06"),
        ("Obama meets Putin on Friday.", "2015-05-08"),
        ("Obama will visit Iran on 8 June.", "2015-06-08"),
    ],
)
def test_what_lies_ahead_keeps_its_day_and_is_planned(reader: ArticleReader, sentence: str, days: str) -> None:
    read = read_sentence(reader, sentence)
    assert [(mention.modality, mention.date.span.edtf()) for mention in read.mentions] == [("planned", days)]


@pytest.mark.parametrize(
    ("sentence", "days", "lasting"),
    [
        ("Syrian troops besieged rebels from March to May 2014.", "2014-03-01/2014-05-31", True),
        ("Israeli forces shelled Gaza from 3 to 5 May.", "2015-05-03/2015-05-05", True),
        ("Israel bombed targets in Gaza throughout April.", "2015-04", True),
        ("Russia has supplied arms to Syria since 2010.", "2010-01-01/2015-05-06", True),
        ("Israel bombed targets in Gaza in April.", "2015-04", False),
        ("Israel bombed targets in Gaza between March and April 2015.", "2015-03-01/2015-04-30", False),
    ],
)
def test_what_lasts_is_told_apart_from_what_happened_once(
    reader: ArticleReader, sentence: str, days: str, lasting: bool
) -> None:
    (mention,) = read_sentence(reader, sentence).mentions
    assert (mention.date.span.edtf(), mention.date.lasting) == (days, lasting)
    assert ("all through" in mention.date.explain()) == lasting
