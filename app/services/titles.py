"""An event in one line, made from its claim: what was done, by whom, to whom, with what."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.actors import Party, stated
from app.domain.events import Mention, Modality
from app.domain.kinds import Kind

_PUT = {
    Modality.ASSERTED: "",
    Modality.ALLEGED: "",
    Modality.DENIED: "Denied: ",
    Modality.NEGATED: "Not so: ",
    Modality.PLANNED: "Planned: ",
    Modality.CONDITIONAL: "Conditional: ",
}
Parts = tuple[Sequence[Party], Sequence[Party]]  # source, target
MOST_NAMES = 3
LONGEST_OBJECT = 80


def title(mention: Mention, kind: Kind | None) -> str:
    """For instance `Planned: Delivery, Russia → Iran (S-300 missile system)`."""
    return title_of(mention.modality, kind, mention.kind, (mention.source, mention.target), mention.object)


def title_of(modality: Modality, kind: Kind | None, name: str, parts: Parts, told: str | None) -> str:
    """The same from the slots: `name` is the kind's own where the codebook has none, `told` the object. A side that is
    only inferred is left out."""
    label = kind.label if kind else name.replace("_", " ").capitalize()
    source, target = map(stated, parts)
    sides = " → ".join(side for side in (names(source), names(target)) if side)
    if target and not source:
        sides = f"→ {sides}"
    objects = f" ({told[:LONGEST_OBJECT]})" if told else ""
    return f"{_PUT[modality]}{label}{', ' + sides if sides else ''}{objects}"


def names(parties: Sequence[Party]) -> str:
    """`Russia`, `Vladimir Putin (RUS)`, at most three and then their number."""
    shown = [_name(party) for party in parties[:MOST_NAMES]]
    more = len(parties) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _name(party: Party) -> str:
    return f"{party.name} ({party.state})" if party.state and party.state != party.id else party.name
