"""Times the reading: `extract` against the bare pass of its parser, turn and turn about; `time` the rules of time;
`query` the questions (scripts/benchmarks/query.py).

Texts: `corpus/wikinews.jsonl` of the reference folder (`../shared`, or DATELINE_SHARED). CPU seconds of this process.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time

from app.domain.documents import Document
from app.domain.spans import TimeSpan
from app.extraction.blocks import UNREAD, blocks_of
from app.extraction.parsing import load_bare_model, load_model, parse
from app.extraction.reading import load_reader
from app.extraction.temporal import annotate, date_document, tag
from scripts.benchmarks import query

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("DATELINE_SHARED", ROOT.parent / "shared"))
ROUNDS = 3
CHUNK = 16
WORDS = 350  # of a usual news item
QUIET = "The envoy told the committee that the bridge was safe and that nobody had crossed it. " * 22


def main(wanted: list[str]) -> int:
    if wanted[:1] == ["query"]:
        return query.main(wanted[1:])
    if len(wanted) > 1 or not set(wanted) <= set(MEASURES):
        print(f"usage: scripts/bench [{'|'.join(MEASURES)}|query ...]", file=sys.stderr)
        return 2
    if wanted == ["link"]:
        link([])
        return 0
    corpus = SHARED / "corpus" / "wikinews.jsonl"
    if not corpus.is_file():
        print(f"no corpus at {corpus}: set DATELINE_SHARED", file=sys.stderr)
        return 2
    MEASURES[wanted[0] if wanted else "extract"](list(_documents(corpus)))
    return 0


def extract(documents: list[Document]) -> None:
    """The whole reading against the bare pass of spaCy as shipped over the same blocks, a few documents at a time, by
    turns."""
    reader, shipped = load_reader(), load_bare_model()
    chunks = [documents[at : at + CHUNK] for at in range(0, len(documents), CHUNK)]
    texts = [_blocks(chunk) for chunk in chunks]
    list(reader.read_many(documents[:40]))
    list(parse(shipped, ((text, None) for text in _blocks(documents[:40]))))
    bare = whole = 0.0
    ratios = []
    for _ in range(ROUNDS):
        parsing = reading = 0.0
        for chunk, blocks in zip(chunks, texts, strict=True):
            parsing += _seconds(lambda blocks=blocks: list(parse(shipped, ((text, None) for text in blocks))))
            reading += _seconds(lambda chunk=chunk: list(reader.read_many(chunk)))
        ratios.append(reading / parsing)
        bare, whole = bare + parsing, whole + reading
    words = sum(len(document.text.split()) for document in documents)
    print(f"documents {len(documents)}, words {words}, rounds {ROUNDS}, {CHUNK} by turns; CPU time of one core")
    print(f"bare pass  {bare / ROUNDS:8.2f} s")
    print(f"reading    {whole / ROUNDS:8.2f} s, {len(documents) * ROUNDS / whole:.1f} documents/s")
    print(f"ratio      {statistics.median(ratios):8.3f} (min {min(ratios):.3f}, max {max(ratios):.3f})")


def time(documents: list[Document]) -> None:
    """Documents of 350 words a second: rules on tokens, with the parse, dating; and a text without any trigger."""
    words = sum(len(document.text.split()) for document in documents) / WORDS
    day = date(2019, 6, 1)
    nlp = load_model()
    some = documents[:40]
    share = sum(len(document.text.split()) for document in some) / WORDS
    rules = _best(lambda: [tag(document.text, day) for document in documents])
    parsed = _best(lambda: [annotate(document.text, day, nlp) for document in some])
    dated = _best(lambda: [date_document(document.text) for document in documents])
    quiet = _best(lambda: [tag(QUIET, day) for _ in range(1000)]) / 1000
    print(f"texts of {WORDS} words: {words:.0f}; best of {ROUNDS} rounds, CPU time of one core")
    print(f"rules on tokens      {words / rules:8.0f} a second")
    print(f"with a parse         {share / parsed:8.0f} a second")
    print(f"dating a document    {words / dated:8.0f} a second")
    print(f"{len(QUIET.split())} words, no trigger {quiet * 1e6:8.1f} microseconds")


def _blocks(documents: list[Document]) -> list[str]:
    return [block.text for one in documents for block in blocks_of(one.text) if block.kind not in UNREAD]


def _best(work: Callable[[], object]) -> float:
    """Seconds of CPU of the quickest round."""
    return min(_seconds(work) for _ in range(ROUNDS))


def _documents(corpus: Path) -> list[Document]:
    rows = [json.loads(line) for line in corpus.read_text("utf-8").splitlines()]
    return [
        Document(row["text"], published=TimeSpan.of_day(_day(row["published"]))) for row in rows if row.get("published")
    ]


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def link(documents: list[Document]) -> None:
    """One new mention into 10,000, 100,000 and 1,000,000 events; no corpus is needed."""
    from scripts import bench_link

    bench_link.main()


MEASURES: dict[str, Callable[[list[Document]], None]] = {"extract": extract, "time": time, "link": link}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
