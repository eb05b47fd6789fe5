"""News articles with the project's own annotations; skipped where their texts are not at hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.documents import Document
from app.exports.contract import mention_line
from app.extraction.reading import ArticleReader, load_reader
from app.sources.records import published_span
from tests.annotated import ARTICLES, PARTS, annotations, articles, corpus

SHARED = Path(os.environ.get("DATELINE_SHARED", Path(__file__).parents[3] / "shared"))
SCORER = SHARED / "score" / "events.py"
# The last recorded scores, rounded down. The part left unread has none: it is scored by hand, at the end.
FLOORS = {
    "learn": {"detected_core": 0.89, "precision": 0.90, "source_right": 0.90, "target_right": 0.82, "strict_f1": 0.42},
    "check": {"detected_core": 0.74, "precision": 0.86, "source_right": 0.87, "target_right": 0.72, "strict_f1": 0.38},
}

needs_texts = pytest.mark.skipif(
    not (SCORER.is_file() and corpus(SHARED).is_file()), reason=f"no articles at {SHARED} (set DATELINE_SHARED)"
)


@pytest.fixture(scope="module")
def reader() -> ArticleReader:
    return load_reader()


@needs_texts
@pytest.mark.parametrize("part", FLOORS)
def test_the_events_of_the_articles_score_as_recorded(part: str, reader: ArticleReader, tmp_path: Path) -> None:
    given = articles(part, SHARED)
    documents = [Document(line["text"], published=published_span(line["published"])) for line in given]
    read = zip(given, reader.read_many(documents), strict=True)
    said = [mention_line(line["doc"], mention) for line, found in read for mention in found.mentions]
    files = [tmp_path / name for name in ("gold", "said", "also")]
    events, mentions = annotations(part, SHARED)
    for path, lines in zip(files, (events, said, mentions), strict=True):
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    gold, answered, also = map(str, files)
    command = [sys.executable, str(SCORER), gold, answered, "--also", also]
    scores = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert {name: scores[name] for name, floor in FLOORS[part].items() if scores[name] < floor} == {}


@needs_texts
@pytest.mark.parametrize("part", PARTS)
def test_every_annotation_lies_within_its_article(part: str) -> None:
    events, mentions = annotations(part, SHARED)
    assert all(len(line["evidence"]) > 0 for line in (*events, *mentions))


def test_no_words_of_the_articles_are_kept() -> None:
    for part in PARTS:
        for name in ("events", "mentions"):
            lines = [json.loads(line) for line in (ARTICLES / part / f"{name}.jsonl").read_text("utf-8").splitlines()]
            assert lines
            assert not any("evidence" in line or "text" in line for line in lines)


def test_no_article_is_in_two_parts() -> None:
    files = [(ARTICLES / part / "events.jsonl").read_text("utf-8") for part in PARTS]
    urls = [{json.loads(line)["url"] for line in text.splitlines()} for text in files]
    assert [len(part) for part in urls] == [45, 15, 15]
    assert len(set().union(*urls)) == 75
