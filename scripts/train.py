"""Learns which participant is the side that a clause leaves out: `data/sides.json`, from the articles to learn from.

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
from pathlib import Path
from typing import Any

import numpy as np

from app.domain.actors import Party
from app.domain.documents import Document
from app.domain.events import Mention
from app.exports.contract import labels
from app.extraction.frames import Frame
from app.extraction.lexicon import load_lexicon
from app.extraction.parsing import load_model
from app.extraction.ranking import SOURCE, TARGET, WEIGHTS_FILE, Candidate
from app.extraction.reading import ArticleReader
from app.sources.records import published_span

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests.annotated import annotations, articles, same_name  # noqa: E402

SHARED = Path(os.environ.get("DATELINE_SHARED", ROOT.parent / "shared"))
# A feature that fewer candidates show says more of its article than of the language.
LEAST_SEEN = 6
# How strongly weights are held near nothing, and how many steps are gone down.
RIDGE, STEPS, PACE = 6.0, 400, 1.0
# How likely a candidate must be to be taken where the side is empty. Who attacked is not said lightly.
FLOORS = {
    SOURCE: {"": 0.35, "violent": 0.5},
    TARGET: {"": 0.15},
}


@dataclass
class Recorder:
    """Keeps what there was to choose from, and leaves each side as it is."""

    seen: dict[tuple[tuple[int, int], str], Sequence[Candidate]] = field(default_factory=dict)

    def choose(self, frame: Frame, side: str, candidates: Sequence[Candidate]) -> tuple[Party, ...]:
        self.seen[(frame.place_in_text, side)] = candidates
        return frame.source if side == SOURCE else frame.target


def main(arguments: list[str]) -> int:
    examples = list(_examples())
    weights = {side: _learned([example for example in examples if example[0] == side]) for side in (SOURCE, TARGET)}
    written = json.dumps({"floors": FLOORS, "weights": weights}, indent=1, sort_keys=True) + "\n"
    if "--check" in arguments:
        same = WEIGHTS_FILE.read_text("utf-8") == written
        print("the weights are those learned" if same else "the weights differ from those learned")
        return 0 if same else 1
    WEIGHTS_FILE.write_text(written, "utf-8")
    print({side: len(table) for side, table in weights.items()}, len(examples), "candidates")
    return 0


Example = tuple[str, tuple[str, ...], bool, float]


def _examples() -> Iterator[Example]:
    """(side, features, whether it is the side, weight) of each candidate of each event that was found."""
    gold, _ = annotations("learn", SHARED)
    nlp, lexicon = load_model(), load_lexicon()
    for article in articles("learn", SHARED):
        recorder = Recorder()
        reader = ArticleReader(nlp, lexicon, "", recorder)
        document = Document(article["text"], published=published_span(article["published"]))
        (read,) = reader.articles([document])
        for event in (event for event in gold if event["doc"] == article["doc"]):
            found = _told(event, read.mentions)
            if found is not None:
                yield from _of_event(event, read.frames[found], recorder)


def _told(event: dict[str, Any], mentions: Sequence[Mention]) -> int | None:
    """The mention of one of the event's kinds whose trigger stands in the event's words."""
    start, end = event["offset"], event["offset"] + len(event["evidence"])
    inside = [
        (event["kinds"].index(mention.kind), number)
        for number, mention in enumerate(mentions)
        if mention.kind in event["kinds"] and start <= mention.evidence.trigger.start < end
    ]
    return min(inside)[1] if inside else None


def _of_event(event: dict[str, Any], frame: Frame, recorder: Recorder) -> Iterator[Example]:
    for side in (SOURCE, TARGET):
        candidates = recorder.seen.get((frame.place_in_text, side), ())
        if event[side] and candidates:
            for candidate in candidates:
                yield side, candidate.features, same_name(event[side], labels(candidate.parties)), 1.0


def _learned(examples: Sequence[Example]) -> dict[str, float]:
    """Weights of a logistic model with a ridge, by plain gradient descent with momentum from nothing."""
    counts = Counter(feature for _, features, _, _ in examples for feature in features)
    names = sorted(name for name, count in counts.items() if count >= LEAST_SEEN)
    number = {name: i for i, name in enumerate(names)}
    shown = np.zeros((len(examples), len(names)))
    for row, (_, features, _, _) in enumerate(examples):
        for feature in features:
            if feature in number:
                shown[row, number[feature]] = 1.0
    right = np.array([float(is_side) for _, _, is_side, _ in examples])
    weights, pace = np.zeros(len(names)), np.zeros(len(names))
    step = PACE / (0.25 * float(np.linalg.norm(shown, 2)) ** 2 + RIDGE)
    for _ in range(STEPS):
        ahead = weights + 0.9 * pace
        chance = 1 / (1 + np.exp(-np.clip(shown @ ahead, -30, 30)))
        pace = 0.9 * pace - step * (shown.T @ (chance - right) + RIDGE * ahead)
        weights = weights + pace
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True) if abs(weight) >= 0.01}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
