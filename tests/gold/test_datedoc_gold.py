"""Documents without a date: the five articles, and news whose dateline is cut, are dated as the goals ask."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.dates import DateCandidate
from app.domain.spans import TimeSpan
from app.extraction.lexicon import load_lexicon
from app.extraction.publication import PublicationDater
from tests.dated_news import DATELINE_OF_NEWS, SURE, year_found

SHARED = Path(os.environ.get("DATELINE_SHARED", Path(__file__).parents[3] / "shared"))
SEEDS, NEWS = SHARED / "seeds", SHARED / "corpus" / "wikinews.jsonl"
READ_ON = date(2026, 1, 1)
MOST_DAYS = 8 * 31
YEAR_AMONG, SURE_YEAR_WRONG = 0.60, 0.03

needs_articles = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"no articles at {SEEDS} (set DATELINE_SHARED)")


@pytest.fixture(scope="module")
def dater() -> PublicationDater:
    return PublicationDater(load_lexicon(), lambda: READ_ON)


def candidates_of(dater: PublicationDater, number: str) -> tuple[DateCandidate, ...]:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return dater.candidates(path.read_text(encoding="utf-8"))


@needs_articles
def test_article_000_is_of_2009_and_of_no_other_year_for_sure(dater: PublicationDater) -> None:
    found = candidates_of(dater, "000")
    (sure,) = (one for one in found if one.weight > SURE)
    assert sure.span.within(TimeSpan.of_year(2009))


@needs_articles
def test_article_001_is_of_a_few_months_around_november_2008(dater: PublicationDater) -> None:
    best = candidates_of(dater, "001")[0].span
    assert TimeSpan.of_month(2008, 11).within(best)
    assert best.start is not None
    assert best.end is not None
    assert (best.end - best.start).days <= MOST_DAYS


@needs_articles
def test_article_002_is_of_the_turn_of_november_2006(dater: PublicationDater) -> None:
    best = candidates_of(dater, "002")[0].span
    assert best.within(TimeSpan.between(date(2006, 11, 28), date(2006, 12, 3)))


@needs_articles
def test_article_003_may_be_of_may_2019(dater: PublicationDater) -> None:
    assert any(TimeSpan.of_month(2019, 5).within(one.span) for one in candidates_of(dater, "003"))


@needs_articles
def test_article_004_is_of_2016(dater: PublicationDater) -> None:
    assert candidates_of(dater, "004")[0].span.within(TimeSpan.of_year(2016))


def as_line(one: DateCandidate) -> dict[str, Any]:
    first, last = one.span.start, one.span.last
    return {
        "start": first.isoformat() if first else None,
        "end": last.isoformat() if last else None,
        "weight": one.weight,
    }


@pytest.mark.skipif(not NEWS.is_file(), reason=f"no news corpus at {NEWS} (set DATELINE_SHARED)")
def test_news_without_its_dateline_keeps_its_year_among_the_candidates(dater: PublicationDater) -> None:
    records = [json.loads(line) for line in NEWS.read_text(encoding="utf-8").splitlines() if line]
    found = [
        year_found(record["published"], [as_line(one) for one in dater.candidates(text)])
        for record in records
        for text in [DATELINE_OF_NEWS.sub("", record["text"], count=1)]
    ]
    assert len(found) > 200
    assert sum(one.among for one in found) >= YEAR_AMONG * len(found)
    assert sum(one.wrong for one in found) <= SURE_YEAR_WRONG * len(found)
