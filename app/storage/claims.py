"""A mention's fields as column values: the same for the mention itself and for the event that it leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.domain.actors import ActorType, Naming, Party
from app.domain.dates import DateCandidate, Derivation
from app.domain.events import Mention, Place, Saying

_NOWHERE = Place(name="")
_PARTY = tuple(Party.__dataclass_fields__)  # all plain: `asdict` would look into each


def claim_values(claim: Mention) -> dict[str, Any]:
    """The columns that `mention` and `event` share."""
    coding, derivation, span = claim.coding, claim.date, claim.date.span
    place = claim.place or _NOWHERE
    return {
        "kind": claim.kind,
        "plover": coding.plover,
        "mode": coding.mode,
        "cameo": coding.cameo,
        "quad": coding.quad,
        "goldstein": coding.goldstein,
        "d_start": span.start,
        "d_end": span.end,
        "precision": span.precision,
        "approximate": span.approximate,
        "edtf": span.edtf(),
        "basis": derivation.basis,
        "derivation": derivation_value(derivation),
        "object": claim.object,
        "quantity": claim.quantity,
        "place_name": place.name or None,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geo_precision": place.precision,
        "modality": claim.modality,
        "attribution": claim.attribution,
        "role": claim.role,
        "confidence": claim.confidence,
        **_day_values("reported", claim.reported),
        **_day_values("planned", claim.planned),
        "value_amount": claim.value.amount if claim.value else None,
        "value_currency": claim.value.currency if claim.value else None,
        "instrument": claim.instrument,
        **_day_values("deadline", claim.deadline),
    }


def telling_values(claim: Mention) -> dict[str, Any]:
    """What a mention alone keeps of how it is told: the offsets are those of its own document."""
    cue = claim.cue
    return {
        "cue_start": cue.start if cue else None,
        "cue_end": cue.end if cue else None,
        "saying": saying_value(claim.saying) if claim.saying else None,
    }


def saying_value(saying: Saying) -> dict[str, Any]:
    """Offsets as pairs, actors by their ids."""
    return {
        "attribution": list(saying.attribution) if saying.attribution else None,
        "speaker_ids": list(saying.speaker_ids),
        "addressee": saying.addressee,
        "addressed": list(saying.addressed) if saying.addressed else None,
        "addressee_ids": list(saying.addressee_ids),
        "of_self": saying.of_self,
    }


def _day_values(name: str, derivation: Derivation | None) -> dict[str, Any]:
    """Days beside the date itself: null where none is told, or nothing is known of them."""
    span = derivation.span if derivation and derivation.span.known else None
    return {
        f"{name}_start": span.start if span else None,
        f"{name}_end": span.end if span else None,
        f"{name}_edtf": span.edtf() if span else None,
    }


def derivation_value(derivation: Derivation) -> dict[str, Any]:
    return {
        "rule": derivation.rule,
        "quote": derivation.quote,
        "words": list(derivation.words) if derivation.words else None,
        "anchor": derivation.anchor.isoformat() if derivation.anchor else None,
        "anchor_reason": derivation.anchor_reason,
        "explanation": derivation.explain(),
        "lasting": derivation.lasting,
        "alternatives": [alternative_value(one) for one in derivation.alternatives],
    }


def alternative_value(candidate: DateCandidate) -> dict[str, Any]:
    return {"edtf": candidate.span.edtf(), "weight": round(candidate.weight, 4), "reasons": list(candidate.reasons)}


def party_value(party: Party) -> dict[str, Any]:
    return {name: getattr(party, name) for name in _PARTY}


def party_of(entry: Mapping[str, Any]) -> Party:
    """The party that `party_value` wrote; what an earlier version wrote lacks how the party was named."""
    told = {name: entry[name] for name in _PARTY if name in entry}
    return Party(**told | {"type": ActorType(entry["type"]), "basis": Naming(entry.get("basis", Naming.STATED))})


def party_values(parties: Iterable[Party]) -> list[dict[str, Any]]:
    return [party_value(party) for party in parties]


def part_values(source: Sequence[Party], target: Sequence[Party], others: Sequence[Party]) -> dict[str, Any]:
    """An event's parts, ready for the wire; one entry for each actor."""
    parts = party_parts(source, target, others)
    return {
        "source_id": source[0].id if source else None,
        "target_id": target[0].id if target else None,
        "source_ids": [party.id for party in source],
        "source_names": [party.name for party in source],
        "target_ids": [party.id for party in target],
        "target_names": [party.name for party in target],
        "actors": [party_value(party) | {"role": role} for party, role in parts],
    }


def party_parts(source: Sequence[Party], target: Sequence[Party], others: Sequence[Party]) -> list[tuple[Party, str]]:
    """Each actor once, with its part: source, target, both or other."""
    sources, targets = {party.id for party in source}, {party.id for party in target}
    once = {party.id: party for party in (*others, *target, *source)}
    ordered = dict.fromkeys(party.id for party in (*source, *target, *others))
    return [(once[name], _part(name in sources, name in targets)) for name in ordered]


def _part(is_source: bool, is_target: bool) -> str:
    if is_source and is_target:
        return "both"
    return "source" if is_source else "target" if is_target else "other"
