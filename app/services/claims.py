"""Mentions, read just now or kept before, as the claims that linking compares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from app.domain.actors import Party, stated
from app.domain.dates import Basis
from app.domain.documents import Document
from app.domain.events import Mention, Modality
from app.domain.spans import Precision, TimeSpan
from app.linking.claims import HOSTS, MUTUAL, ROW, Claim, identities
from app.linking.identity import event_id
from app.linking.objects import topic as topic_of
from app.linking.rules import Rules, load_rules
from app.linking.words import gist, word_set
from app.services import families
from app.services.families import family
from app.storage.claims import party_of
from app.storage.linking import Kept


@cache
def rules() -> Rules:
    """The rules of linking with the program's own knowledge of weapons."""
    return load_rules(family)


def linked_by() -> str:
    """The version of all that linking goes by: its rules, and what is known of weapons."""
    return f"{rules().version}.{families.version()}"


def claim_of(mention: Mention, document: Document, turns_on: str | None, key: str | None = None) -> Claim:
    """The claim of a mention of a document that `turns_on` a weapon. Who hosts does not travel: of a visit the host is
    the target."""
    hosted = mention.coding.cameo.startswith(HOSTS)
    clause, trigger, place = mention.evidence.clause, mention.evidence.trigger, mention.place
    published = document.published.start if document.published else None
    words = word_set(document.text[clause.start : clause.end])
    key = key or event_id(document.sha256, mention)
    told = document.text[trigger.start : trigger.end].casefold()
    return Claim(
        key=key,
        kind=mention.kind,
        modality=mention.modality,
        span=mention.date.span,
        **_sides(mention.source, mention.target, hosted=hosted, in_rows=ROW in key),
        basis=mention.date.basis,
        document=document.sha256,
        published=published,
        publisher=document.publisher,
        thing=mention.object,
        place=place.name if place else None,
        country=place.country if place else None,
        precise_place=bool(place and place.precision == "city"),
        words=words,
        trigger=told,
        hosted=hosted,
        mutual=(mention.kind, mention.coding.cameo) == MUTUAL,
        topic=topic_of(mention.object, mention.kind, turns_on, words, rules()),
        confidence=mention.confidence,
        quantity=mention.quantity,
        gist=_gist(mention.kind, words, (*mention.source, *mention.target), told, place.name if place else None),
    )


def kept_claim(kept: Kept) -> Claim:
    """The claim of a mention that is kept."""
    return claim_about(kept, kept.values["topic"])


def claim_about(kept: Kept, topic: str | None) -> Claim:
    """The claim of a mention that is kept, were it about this weapon."""
    told = kept.values
    source, target = (tuple(map(party_of, told[name])) for name in ("source", "target"))
    hosted = told["cameo"].startswith(HOSTS)
    return Claim(
        key=told["claim"],
        kind=told["kind"],
        modality=Modality(told["modality"]),
        span=TimeSpan(told["d_start"], told["d_end"], Precision(told["precision"]), told["approximate"]),
        **_sides(source, target, hosted=hosted, in_rows=ROW in told["claim"]),
        basis=Basis(told["basis"]),
        document=kept.sha256,
        published=kept.published,
        publisher=kept.publisher,
        thing=told["object"],
        place=told["place_name"],
        country=told["country"],
        precise_place=told["geo_precision"] == "city",
        words=frozenset(told["words"]),
        trigger=kept.trigger.casefold(),
        hosted=hosted,
        mutual=(told["kind"], told["cameo"]) == MUTUAL,
        topic=topic,
        confidence=told["confidence"],
        quantity=told["quantity"],
        gist=_gist(told["kind"], frozenset(told["words"]), (*source, *target), kept.trigger, told["place_name"]),
    )


def _gist(kind: str, words: frozenset[int], parties: Iterable[Party], *names: str | None) -> frozenset[int]:
    """Only of kinds that are told apart by it."""
    if kind not in rules().worded:
        return frozenset()
    return gist(words, (*names, *(name for party in parties for name in (party.words, party.name))), rules().common)


def _sides(source: Sequence[Party], target: Sequence[Party], *, hosted: bool, in_rows: bool) -> dict[str, Any]:
    """Who does it and to whom, by the names of a claim's fields, and who of them is only likely."""
    sides = dict(zip(("source", "target"), (target, source) if hosted else (source, target), strict=True))
    named = {side: identities(parties, in_rows=in_rows) for side, parties in sides.items()}
    told = {side: identities(stated(parties), in_rows=in_rows) for side, parties in sides.items()}
    return named | {f"inferred_{side}": named[side] - told[side] for side in named}
