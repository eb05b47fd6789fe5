"""Nothing is dated after the publication that tells of it, unless it is told as ahead."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from app.domain.documents import Document
from app.domain.events import AHEAD
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
    """The mentions of what is not told as ahead whose date begins after publication, in words."""
    last = read.published.last if read.published else None
    for mention in read.mentions:
        begins = mention.date.span.start
        if last and begins and begins > last and mention.modality not in AHEAD:
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
