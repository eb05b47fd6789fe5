"""How sure a mention is: the share of mentions read in the same way that were right in annotated articles.

A logistic model over how each side was found, the kind and the form. Its weights lie in `data/confidence.json` and were
learned by `scripts/train`; `docs/quality.md` shows how well they hold on articles that it did not see.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from app.domain.dates import Basis, Derivation
from app.domain.events import Modality
from app.extraction.blocks import BlockKind
from app.extraction.candidates import SOURCE, TARGET, family_of
from app.extraction.frames import IN_CLAUSE, Frame, is_known
from app.extraction.ranking import chance_of, weigh

# To be raised with every change of what a feature says or is called: weights fit one version.
FEATURES = 2
WEIGHTS_FILE = Path(__file__).parent / "data" / "confidence.json"
# Nothing that rules read is certain, and nothing that they let stand is hopeless.
LEAST, MOST = 0.1, 0.97
# In how many steps the chance of a chosen side counts.
STEPS = 5
TITLES = (BlockKind.HEADLINE, BlockKind.HEADING)


def confidence_of(frame: Frame, date: Derivation, modality: Modality, block: BlockKind) -> float:
    total = weigh(load_weights(), confidence_features(frame, date, modality, block))
    return round(min(MOST, max(LEAST, chance_of(total))), 2)


def confidence_features(frame: Frame, date: Derivation, modality: Modality, block: BlockKind) -> Iterator[str]:
    """What of the reading tells how sure it is."""
    yield "bias"
    source, target = _how(frame, SOURCE), _how(frame, TARGET)
    yield f"source {source}"
    yield f"target {target}"
    for side in (SOURCE, TARGET):
        if (chance := frame.chance_of(side)) is not None:
            yield from _steps(side, chance)
    if source == target == IN_CLAUSE:
        yield "both told"
    yield f"kind {frame.kind}"
    yield f"family {family_of(frame.kind)}"
    yield f"as {frame.row.pos}"
    yield f"target {target} in {family_of(frame.kind)}"
    if frame.row.conditions:
        yield "under conditions"
    if len(frame.inherited) > 1:
        yield "two rules or more"
    if date.basis is Basis.PUBLICATION:
        yield "undated"
    if block in TITLES:
        yield "title"
    yield f"modality {modality}"


def _steps(side: str, chance: float) -> Iterator[str]:
    """One for each fifth that the chance reaches, so that more is never learned from less."""
    for step in range(1, int(chance * STEPS) + 1):
        yield f"{side} likely {step}"


def _how(frame: Frame, side: str) -> str:
    """How the side was found: told by name, told by a bare role, filled by which rule, or not at all."""
    parties = frame.source if side == SOURCE else frame.target
    if not parties:
        return "none"
    how = frame.filled_by(side)
    return "role" if how == IN_CLAUSE and not any(is_known(party) for party in parties) else how


@cache
def load_weights(path: Path = WEIGHTS_FILE) -> Mapping[str, float]:
    weights: Mapping[str, float] = json.loads(path.read_text("utf-8"))["weights"]
    return weights
