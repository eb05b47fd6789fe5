"""Which of those whom an article speaks of is the side that a clause leaves out: the likeliest by learned weights.

Each candidate is weighed by a logistic model over plain yes-or-no features, each of which also counts by itself within
its family of kinds and within articles of its scene. The weights lie in `data/sides.json`, with a card that says what
they were learned from; `scripts/train` learns them. Reading needs no learning library.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from app.domain.actors import Party
from app.extraction.candidates import Candidate, Clues

WEIGHTS_FILE = Path(__file__).parent / "data" / "sides.json"
STEEPEST = 30.0


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a choice is made: for which side, among which family of kinds, in what sort of article."""

    side: str
    family: str
    scene: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who the side is, and how likely; nobody where no candidate is likely enough."""

    parties: tuple[Party, ...]
    chance: float


class Choice(Protocol):
    """Decides who the side is."""

    def choose(self, setting: Setting, candidates: Sequence[Candidate]) -> Chosen: ...


class Ranker:
    """Chooses the likeliest candidate, if it is likely enough.

    `floors` says for each side how likely one must be who was not the side already, for a family or ("") any.
    """

    def __init__(self, weights: Mapping[str, Mapping[str, float]], floors: Mapping[str, Mapping[str, float]]) -> None:
        self._weights = weights
        self._floors = floors
        # Few sorts of candidates stand in few sorts of places: each is weighed once.
        self._totals: defaultdict[Setting, dict[Clues, float]] = defaultdict(dict)

    def choose(self, setting: Setting, candidates: Sequence[Candidate]) -> Chosen:
        known = self._totals[setting]
        best, total = candidates[0], float("-inf")
        for each in candidates:
            weight = known.get(each.clues)
            if weight is None:
                weight = known[each.clues] = self._weighed(setting, each.clues)
            # Of equals the first: who is the side already, then the nearest.
            if weight > total:
                best, total = each, weight
        chance, floors = chance_of(total), self._floors[setting.side]
        floor = 0.0 if best.held else floors.get(setting.family, floors[""])
        return Chosen(best.parties if chance >= floor else (), chance)

    def _weighed(self, setting: Setting, clues: Clues) -> float:
        return weigh(self._weights[setting.side], crossed(clues.features(), setting))


def crossed(features: Iterable[str], setting: Setting) -> Iterator[str]:
    """Each feature by itself, within its family of kinds and within its scene: what is learned from."""
    for feature in features:
        yield feature
        yield f"{setting.family}: {feature}"
        yield f"{setting.scene}: {feature}"


def weigh(weights: Mapping[str, float], features: Iterable[str]) -> float:
    return sum(weights.get(feature, 0.0) for feature in features)


def chance_of(total: float) -> float:
    return 1 / (1 + math.exp(-max(-STEEPEST, min(STEEPEST, total))))


@cache
def load_ranker(path: Path = WEIGHTS_FILE) -> Ranker:
    table = json.loads(path.read_text("utf-8"))
    return Ranker(table["weights"], table["floors"])
