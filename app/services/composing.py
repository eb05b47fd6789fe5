"""An event's columns, put together from the mentions that tell it, as `linking.choosing` chooses them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from app.domain.actors import ActorType, Naming, Party, stated
from app.domain.events import CORROBORATING_PUBLISHERS, Modality, Status
from app.domain.kinds import Kind
from app.linking.choosing import Choice, Conflict, Told, choose
from app.linking.claims import Claim
from app.linking.clustering import Cluster
from app.linking.same import corroborates
from app.linking.sources import Report, Sources, sources_of
from app.services.claims import kept_claim, rules
from app.services.titles import title_of
from app.storage.claims import part_values, party_of
from app.storage.linking import Kept

Values = dict[str, Any]
# Which columns go together, each group from one mention.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "date": (
        "d_start", "d_end", "precision", "approximate", "edtf", "basis", "derivation",
        "reported_start", "reported_end", "reported_edtf", "planned_start", "planned_end", "planned_edtf",
    ),
    "kind": ("kind", "plover", "mode", "cameo", "quad", "goldstein"),
    "modality": ("modality",),
    "object": ("object",),
    "quantity": ("quantity",),
    "value": ("value_amount", "value_currency"),
    "instrument": ("instrument",),
    "deadline": ("deadline_start", "deadline_end", "deadline_edtf"),
    "place": ("place_name", "country", "latitude", "longitude", "geo_precision"),
    "lead": ("attribution", "role", "document_id"),
}  # fmt: skip
DETAILS = ("object", "quantity", "value", "instrument", "deadline")


def compose(cluster: Cluster, kept: Mapping[str, Kept], kinds: Mapping[str, Kind]) -> Values:
    """The columns of the event that a cluster is, but those that tell of its history. `kept` is by claim."""
    told = [kept[member.claim.key] for member in cluster.members]
    sources = _sources(told)
    choice = choose([_told(one, sources) for one in told], rules())
    picks = {**choice.fields, "lead": choice.lead}
    values = {name: kept[picks[group] or choice.lead].values[name] for group, names in GROUPS.items() for name in names}
    for group in DETAILS:  # told by nobody
        values |= {} if picks[group] else dict.fromkeys(GROUPS[group])
    lead = kept[choice.lead]
    source, target, others = _sides(lead, told)
    kind = kinds.get(values["kind"])
    return values | {
        "id": cluster.id,
        "title": title_of(Modality(values["modality"]), kind, values["kind"], (source, target), values["object"]),
        "evidence_text": lead.quote,
        "confidence": max(one.values["confidence"] for one in told),
        **part_values(source, target, others),
        "n_reports": sources.texts,
        "n_publishers": sources.publishers,
        "conflicts": [_conflict(conflict, kept) for conflict in choice.conflicts],
        "status": _status(told, sources, choice),
    }


def standing(told: Sequence[Kept]) -> Status:
    """What an event that these mentions tell is, as far as nobody outside of it denies it."""
    sources = _sources(told)
    return _status(told, sources, choose([_told(one, sources) for one in told], rules()))


def _status(told: Sequence[Kept], sources: Sources, choice: Choice) -> Status:
    """Two accounts that exclude each other dispute an event; two publishers who did not copy corroborate it."""
    if any(conflict.disputes for conflict in choice.conflicts):
        return Status.DISPUTED
    return Status.CORROBORATED if _is_corroborated(told, sources) else Status.REPORTED


def _is_corroborated(told: Sequence[Kept], sources: Sources) -> bool:
    """Whether what one publisher tells bears out what another does. What tells the same is compared once."""
    if sources.independent < CORROBORATING_PUBLISHERS:
        return False
    unlike: dict[tuple[object, ...], tuple[str, Claim]] = {}
    for one in told:
        if teller := sources.tellers.get(one.claim):
            claim = kept_claim(one)
            sides = (claim.source, claim.target, claim.inferred_source, claim.inferred_target)
            unlike.setdefault((teller, claim.kind, *sides, claim.thing, claim.topic), (teller, claim))
    return any(
        teller != other_teller and corroborates(claim, other, rules())
        for (teller, claim), (other_teller, other) in combinations(unlike.values(), 2)
    )


def _sources(told: Iterable[Kept]) -> Sources:
    return sources_of(
        [
            Report(one.claim, one.sha256, one.publisher, frozenset(one.values["words"]), one.sketch, one.reprinted)
            for one in told
        ]
    )


def _told(one: Kept, sources: Sources) -> Told:
    told, amount = one.values, one.values["value_amount"]
    return Told(
        kept_claim(one),
        sources.of[one.claim],
        told["quantity"],
        value=f"{amount:g} {told['value_currency']}" if amount is not None else None,
        instrument=told["instrument"],
        deadline=told["deadline_edtf"],
    )


def _conflict(conflict: Conflict, kept: Mapping[str, Kept]) -> Values:
    values = [
        {"value": value, "reports": sorted(int(kept[key].values["id"]) for key in keys)}
        for value, keys in conflict.values
    ]
    return {"field": conflict.field, "values": values}


# -- sides ----------------------------------------------------------------------------------------

Parts = tuple[list[Party], list[Party], list[Party]]


def _sides(lead: Kept, told: Sequence[Kept]) -> Parts:
    """The parties of the leading mention, then whoever others name besides: no state whose people stand there."""
    parts = _parties(lead)
    known = {party.id for part in parts for party in part}
    for one in sorted(told, key=lambda one: one.claim):
        for part, more in zip(parts, _turned(_told_parties(one), parts), strict=True):
            fresh = [party for party in more if party.id not in known and not _stands(party, stated(part))]
            part[:] = [*(_stated_by(more, party) for party in part), *fresh]
            known |= {party.id for party in fresh}
    source, target, others = map(_surest, parts)
    return source, target, others


def _surest(part: list[Party]) -> list[Party]:
    """Whom some report states; who is only likely, where none states anybody."""
    return stated(part) or part


def _stated_by(more: Sequence[Party], party: Party) -> Party:
    """What one mention only infers is stated where another's words name it."""
    return replace(party, basis=Naming.STATED) if any(other.id == party.id for other in more) else party


def _parties(one: Kept) -> Parts:
    source, target, others = (
        [party_of(entry) for entry in one.values[name]] for name in ("source", "target", "others")
    )
    return source, target, others


def _told_parties(one: Kept) -> Parts:
    """Without a side that is only likely: it adds nobody to what others tell."""
    source, target, others = map(stated, _parties(one))
    return source, target, others


def _turned(parts: Parts, lead: Parts) -> Parts:
    """The parts with source and target as the leading mention has them: who hosts is who is visited."""
    (source, target, others), (first, second) = parts, (_homes(lead[0]), _homes(lead[1]))
    as_told = bool(_homes(source) & first) + bool(_homes(target) & second)
    turned = bool(_homes(source) & second) + bool(_homes(target) & first)
    return (target, source, others) if turned > as_told else (source, target, others)


def _homes(parties: Iterable[Party]) -> set[str]:
    return {party.state or party.id for party in parties}


def _stands(party: Party, part: Iterable[Party]) -> bool:
    """Whether a state, or an unnamed role of it, is on the side already through one of its own."""
    if party.type not in (ActorType.STATE, ActorType.ROLE):
        return False
    return (party.state or party.id) in _homes(part)


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The columns of an event that are told anew."""
    return sorted(name for name, value in after.items() if name in before and before[name] != value)
