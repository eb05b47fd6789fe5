"""Learns from annotated articles which participant is the side that a clause leaves out (`data/sides.json`), and how
sure a reading is (`data/confidence.json`).

    scripts/train          learns and writes the weights
    scripts/train --check  says whether the weights that are there are those that it would write

The same articles and the same version of the rules give the same bytes. Only the part `learn` of the annotated
articles is used; the texts lie in the reference folder beside the project (`../shared`, or DATELINE_SHARED).
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language

from app.domain.documents import Document
from app.domain.events import Mention
from app.exports.contract import labels, mention_line
from app.extraction import candidates, confidence
from app.extraction.candidates import SOURCE, TARGET, Candidate
from app.extraction.confidence import WEIGHTS_FILE as CONFIDENCE_FILE
from app.extraction.confidence import confidence_features
from app.extraction.lexicon import Lexicon, load_lexicon
from app.extraction.parsing import load_model
from app.extraction.ranking import WEIGHTS_FILE as SIDES_FILE
from app.extraction.ranking import Chosen, Ranker, Setting, crossed
from app.extraction.reading import ArticleReader
from app.sources.records import published_span

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests.annotated import annotations, articles, is_right, same_name  # noqa: E402

SHARED = Path(os.environ.get("DATELINE_SHARED", ROOT.parent / "shared"))
# A feature that fewer candidates show says more of its article than of the language.
LEAST_SEEN = 6
# How strongly weights are held near nothing, and how many steps are gone down.
RIDGES, STEPS = {"sides": 10.0, "confidence": 6.0}, 400
# How likely a candidate must be to be taken where the side is empty. Who attacked is not said lightly; for what courts
# and police do, states other than that of the place are barred already.
FLOORS = {SOURCE: {"": 0.35, "legal": 0.3, "violent": 0.5}, TARGET: {"": 0.3}}

# (features, whether it is right)
Example = tuple[tuple[str, ...], bool]
Weights = dict[str, float]


@dataclass
class Recorder:
    """Keeps what there was to choose from, choice by choice, and leaves each side as it is."""

    seen: list[tuple[Setting, Sequence[Candidate]]] = field(default_factory=list)

    def choose(self, setting: Setting, candidates: Sequence[Candidate]) -> Chosen:
        """The chance is the number of the choice, by which it is found again."""
        self.seen.append((setting, candidates))
        return Chosen(candidates[0].parties if candidates[0].held else (), len(self.seen) - 1)


class Annotated:
    """The articles to learn from, with their events and mentions."""

    def __init__(self) -> None:
        self.articles = articles("learn", SHARED)
        self._events, self._mentions = annotations("learn", SHARED)

    def events(self, doc: str) -> list[dict[str, Any]]:
        return [event for event in self._events if event["doc"] == doc]

    def mentions(self, doc: str) -> list[dict[str, Any]]:
        return [mention for mention in self._mentions if mention["doc"] == doc]


def main(arguments: list[str]) -> int:
    annotated, nlp, lexicon = Annotated(), load_model(), load_lexicon()
    found = [_of_sides(article, annotated, nlp, lexicon) for article in annotated.articles]
    sides = _sides(found)
    # Confidence is learned from readings by sides learned from the other half, as it will be met on new articles.
    halves = [_sides(found[1::2]), _sides(found[0::2])]
    readers = [ArticleReader(nlp, lexicon, "learning", choice=Ranker(half, FLOORS)) for half in halves]
    sure = [
        example
        for number, article in enumerate(annotated.articles)
        for example in _of_confidence(article, annotated, readers[number % 2])
    ]
    written = {
        SIDES_FILE: {
            "card": _card(
                annotated, candidates.FEATURES, [example for each in found for example in chain(*each.values())]
            ),
            "floors": FLOORS,
            "weights": sides,
        },
        CONFIDENCE_FILE: {
            "card": _card(annotated, confidence.FEATURES, sure),
            "weights": _learned(sure, RIDGES["confidence"]),
        },
    }
    same = True
    for path, table in written.items():
        text = json.dumps(table, indent=1, sort_keys=True) + "\n"
        if "--check" in arguments:
            same &= path.read_text("utf-8") == text
        else:
            path.write_text(text, "utf-8")
        print(path.name, len(text), "bytes")
    if not same:
        print("the weights differ from those that would be learned", file=sys.stderr)
    return 0 if same else 1


def _card(annotated: Annotated, features: int, examples: Sequence[Example]) -> dict[str, Any]:
    """What the weights were learned from, and which version of the features they fit."""
    return {
        "learned_by": "scripts/train",
        "learned_from": f"tests/gold/articles/learn: {len(annotated.articles)} articles",
        "examples": len(examples),
        "right": sum(right for _, right in examples),
        "features": features,
    }


# -- who the side is ----------------------------------------------------------------------------


def _sides(found: Sequence[dict[str, list[Example]]]) -> dict[str, Weights]:
    return {
        side: _learned([example for each in found for example in each[side]], RIDGES["sides"])
        for side in (SOURCE, TARGET)
    }


def _of_sides(
    article: dict[str, Any], annotated: Annotated, nlp: Language, lexicon: Lexicon
) -> dict[str, list[Example]]:
    """By side each candidate of each event that was found, and whether it is the side."""
    recorder = Recorder()
    (read,) = ArticleReader(nlp, lexicon, "learning", choice=recorder).articles([_document(article)])
    examples: dict[str, list[Example]] = {SOURCE: [], TARGET: []}
    for event in annotated.events(article["doc"]):
        told = _told(event, read.mentions)
        if told is None:
            continue
        for side, choice in read.frames[told].chances:
            setting, choosable = recorder.seen[int(choice)]
            for candidate in choosable if event[side] else ():
                features = tuple(crossed(candidate.clues.features(), setting))
                examples[side].append((features, same_name(event[side], labels(candidate.parties))))
    return examples


def _told(event: dict[str, Any], mentions: Sequence[Mention]) -> int | None:
    """The mention of one of the event's kinds whose trigger stands in the event's words."""
    start, end = event["offset"], event["offset"] + len(event["evidence"])
    inside = [
        (event["kinds"].index(mention.kind), number)
        for number, mention in enumerate(mentions)
        if mention.kind in event["kinds"] and start <= mention.evidence.trigger.start < end
    ]
    return min(inside)[1] if inside else None


# -- how sure -----------------------------------------------------------------------------------


def _of_confidence(article: dict[str, Any], annotated: Annotated, reader: ArticleReader) -> Iterator[Example]:
    events, mentions = annotated.events(article["doc"]), annotated.mentions(article["doc"])
    (read,) = reader.articles([_document(article)])
    for frame, mention in zip(read.frames, read.mentions, strict=True):
        line = json.loads(json.dumps(mention_line(article["doc"], mention)))
        block = read.blocks[frame.block].kind
        features = tuple(confidence_features(frame, mention.date, mention.modality, block))
        yield features, is_right(line, events, mentions)


def _document(article: dict[str, Any]) -> Document:
    return Document(article["text"], published=published_span(article["published"]))


# -- learning -----------------------------------------------------------------------------------


def _learned(examples: Sequence[Example], ridge: float) -> Weights:
    """Weights of a logistic model with a ridge, by gradient descent with momentum from nothing."""
    counts = Counter(feature for features, _ in examples for feature in features)
    names = sorted(name for name, count in counts.items() if count >= LEAST_SEEN)
    number = {name: i for i, name in enumerate(names)}
    shown = np.zeros((len(examples), len(names)))
    for row, (features, _) in enumerate(examples):
        shown[row, [number[feature] for feature in features if feature in number]] = 1.0
    right = np.array([float(is_so) for _, is_so in examples])
    weights, pace = np.zeros(len(names)), np.zeros(len(names))
    step = 1 / (0.25 * float(np.linalg.norm(shown, 2)) ** 2 + ridge)
    for _ in range(STEPS):
        ahead = weights + 0.9 * pace
        chance = 1 / (1 + np.exp(-np.clip(shown @ ahead, -30, 30)))
        pace = 0.9 * pace - step * (shown.T @ (chance - right) + ridge * ahead)
        weights = weights + pace
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True) if abs(weight) >= 0.01}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
