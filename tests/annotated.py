"""The annotated news articles of `tests/gold/articles`, joined to their texts by URL.

The project keeps who did what to whom and when, and where in the text it stands: offset and length, no words. The
texts lie in the reference folder; joined to them the lines take the form of the sets there.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ARTICLES = Path(__file__).parent / "gold" / "articles"
# Learn: rules were written while looking at these. Check: scored while rules were written, their errors looked at once.
# Unread: neither read nor scored until the end.
PARTS = ("learn", "check", "unread")


def corpus(shared: Path) -> Path:
    """Where the texts lie."""
    return shared / "corpus" / "wikinews.jsonl"


def articles(part: str, shared: Path) -> list[dict[str, Any]]:
    """The articles of a part in the form that `dateline extract` reads, in the order of their URLs."""
    urls = {line["url"] for line in _lines(ARTICLES / part / "events.jsonl")}
    found = {line["url"]: line for line in _lines(corpus(shared)) if line["url"] in urls}
    return [
        {"doc": url, "published": found[url]["published"][:10], "text": found[url]["text"]} for url in sorted(found)
    ]


def annotations(part: str, shared: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The events and the mentions of a part with their words, in the form that `score/events.py` reads."""
    texts = {article["doc"]: article["text"] for article in articles(part, shared)}
    events = [
        {"id": f"{number:04}", **line} for number, line in enumerate(_joined(ARTICLES / part / "events.jsonl", texts))
    ]
    return events, list(_joined(ARTICLES / part / "mentions.jsonl", texts))


def _joined(path: Path, texts: dict[str, str]) -> Iterator[dict[str, Any]]:
    for line in _lines(path):
        url, start, length = line.pop("url"), line["offset"], line.pop("length")
        yield {"doc": url, "evidence": texts[url][start : start + length], **line}


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


def is_right(line: dict[str, Any], events: Sequence[dict[str, Any]], mentions: Sequence[dict[str, Any]]) -> bool:
    """Whether a line of `dateline extract` tells what the annotation holds in its sentence.

    It is of the same kind as an event there and agrees with its source and target, or of the kind of what the
    annotation only mentions there. `events` and `mentions` are those of the line's article.
    """
    here = [event for event in events if _meets(line, event)]
    if here:
        return any(all(_agrees(event[side], line[side]) for side in ("source", "target")) for event in here)
    return any(_meets(line, mention) for mention in mentions)


def _meets(line: dict[str, Any], annotated: dict[str, Any]) -> bool:
    start, end = annotated["offset"], annotated["offset"] + len(annotated["evidence"])
    return line["span"][0] < end and start < line["span"][1] and line["kind"] in annotated["kinds"]


def _agrees(gold: Sequence[str], said: Sequence[str]) -> bool:
    return not gold or same_name(gold, said)


def same_name(gold: Sequence[str], said: Sequence[str]) -> bool:
    """Whether both lists hold one name, case and accents aside; a surname alone stands for the full name."""
    left, right = {_plain(name) for name in gold}, {_plain(name) for name in said}
    surnames = {name.split()[-1] for name in left if len(name) > 3}
    return bool(left & right) or any(name.split()[-1] in surnames for name in right if len(name) > 3)


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign)).lower()
    return re.sub(r"[^a-z0-9]+", " ", letters).strip()
