"""Mentions, read just now or kept before, as the claims that linking compares."""

from __future__ import annotations

from functools import cache

from app.domain.documents import Document
from app.domain.events import Mention
from app.linking.claims import HOSTS, Claim, identities
from app.linking.identity import event_id
from app.linking.objects import topic
from app.linking.rules import Rules, load_rules
from app.linking.words import word_set
from app.services.families import family


@cache
def rules() -> Rules:
    """The rules of linking with the program's own knowledge of weapons."""
    return load_rules(family)


def claim_of(mention: Mention, document: Document, turns_on: str | None, key: str | None = None) -> Claim:
    """The claim of a mention of a document that `turns_on` a weapon. Who hosts does not travel: of a visit the host is
    the target."""
    source, target = identities(mention.source), identities(mention.target)
    hosted = mention.coding.cameo.startswith(HOSTS)
    clause, trigger, place = mention.evidence.clause, mention.evidence.trigger, mention.place
    published = document.published.start if document.published else None
    return Claim(
        key=key or event_id(document.sha256, mention),
        kind=mention.kind,
        modality=mention.modality,
        span=mention.date.span,
        source=target if hosted else source,
        target=source if hosted else target,
        basis=mention.date.basis,
        document=document.sha256,
        published=published,
        publisher=document.publisher,
        object=mention.object,
        place=place.name if place else None,
        country=place.country if place else None,
        precise_place=bool(place and place.precision == "city"),
        words=word_set(document.text[clause.start : clause.end]),
        trigger=document.text[trigger.start : trigger.end].casefold(),
        hosted=hosted,
        topic=topic(mention.object, mention.kind, turns_on, rules()),
        confidence=mention.confidence,
    )
