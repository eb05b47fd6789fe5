"""Times the reading against the bare pass of the parser that it uses, in one run, turn and turn about.

Texts: `corpus/wikinews.jsonl` of the reference folder (`../shared`, or DATELINE_SHARED). CPU seconds of this process.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
from datetime import date
from pathlib import Path
from time import process_time

from app.domain.documents import Document
from app.domain.spans import TimeSpan
from app.extraction.blocks import UNREAD, blocks_of
from app.extraction.parsing import parse
from app.extraction.reading import ArticleReader, load_reader

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("DATELINE_SHARED", ROOT.parent / "shared"))
ROUNDS = 3


def main(wanted: list[str]) -> int:
    if wanted not in ([], ["extract"]):
        print("usage: scripts/bench [extract]", file=sys.stderr)
        return 2
    corpus = SHARED / "corpus" / "wikinews.jsonl"
    if not corpus.is_file():
        print(f"no corpus at {corpus}: set DATELINE_SHARED", file=sys.stderr)
        return 2
    documents = list(_documents(corpus))
    reader = load_reader()
    list(reader.read_many(documents[:5]))
    bare, whole = [], []
    for _ in range(ROUNDS):
        bare.append(_timed_parse(reader, documents))
        whole.append(_timed_reading(reader, documents))
    ratios = [one / other for one, other in zip(whole, bare, strict=True)]
    words = sum(len(document.text.split()) for document in documents)
    print(f"documents {len(documents)}, words {words}, rounds {ROUNDS}")
    print(f"bare pass  {statistics.median(bare):8.2f} s CPU")
    rate = len(documents) / statistics.median(whole)
    print(f"reading    {statistics.median(whole):8.2f} s CPU, {rate:.1f} documents/s")
    print(f"ratio      {statistics.median(ratios):8.3f} (min {min(ratios):.3f}, max {max(ratios):.3f})")
    return 0


def _documents(corpus: Path) -> list[Document]:
    rows = [json.loads(line) for line in corpus.read_text("utf-8").splitlines()]
    return [
        Document(row["text"], published=TimeSpan.of_day(_day(row["published"]))) for row in rows if row.get("published")
    ]


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _timed_parse(reader: ArticleReader, documents: list[Document]) -> float:
    start = process_time()
    texts = (
        (block.text, None) for document in documents for block in blocks_of(document.text) if block.kind not in UNREAD
    )
    for _ in parse(reader.model, texts):
        pass
    return process_time() - start


def _timed_reading(reader: ArticleReader, documents: list[Document]) -> float:
    start = process_time()
    for _ in reader.read_many(documents):
        pass
    return process_time() - start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
