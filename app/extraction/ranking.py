"""Which of those whom an article speaks of is the side that a clause leaves out: the likeliest by learned weights.

Each candidate is weighed by a logistic model over plain yes-or-no features, each of which also counts by itself within
its family of kinds and within articles of its scene. The weights lie in `data/sides.json`, with a card that says what
they were learned from; `scripts/train` learns them. Reading needs no learning library.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from app.domain.actors import Party
from app.extraction.candidates import Candidate

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
        self._summed: dict[Setting, dict[str, float]] = {}

    def choose(self, setting: Setting, candidates: Sequence[Candidate]) -> Chosen:
        weights = self._weights_in(setting)
        # Of equals the first: who is the side already, then the nearest.
        best, total = max(((each, weigh(weights, each.features)) for each in candidates), key=lambda found: found[1])
        chance = chance_of(total)
        floors = self._floors[setting.side]
        floor = 0.0 if best.held else floors.get(setting.family, floors[""])
        return Chosen(best.parties if chance >= floor else (), chance)

    def _weights_in(self, setting: Setting) -> dict[str, float]:
        """What each feature weighs there: by itself, in its family, in its scene."""
        if (known := self._summed.get(setting)) is not None:
            return known
        table = self._weights[setting.side]
        plain = {name.rpartition(": ")[2] for name in table}
        summed = {name: sum(table.get(form, 0.0) for form in crossed((name,), setting)) for name in sorted(plain)}
        self._summed[setting] = summed
        return summed


def crossed(features: Sequence[str], setting: Setting) -> Iterator[str]:
    """Each feature by itself, within its family of kinds and within its scene: what is learned from."""
    for feature in features:
        yield feature
        yield f"{setting.family}: {feature}"
        yield f"{setting.scene}: {feature}"


def weigh(weights: Mapping[str, float], features: Sequence[str]) -> float:
    get = weights.get
    return math.fsum(get(feature, 0.0) for feature in features)


def chance_of(total: float) -> float:
    return 1 / (1 + math.exp(-max(-STEEPEST, min(STEEPEST, total))))


@cache
def load_ranker(path: Path = WEIGHTS_FILE) -> Ranker:
    table = json.loads(path.read_text("utf-8"))
    return Ranker(table["weights"], table["floors"])
