"""The lines of `dateline extract` and `dateline datedoc`: what other programs read and scorers compare."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from app.domain.actors import Party
from app.domain.dates import DateCandidate
from app.domain.events import Mention, Money, Saying
from app.domain.spans import TimeSpan


def mention_line(doc: object, mention: Mention) -> dict[str, Any]:
    """One mention. Offsets count characters of the text as received; `start` and `end` are inclusive ISO days.

    `reported` is the day of the saying, `planned` the days ahead, `deadline` the last day of a demand, in EDTF;
    null where the text has none. `cue` is the word that shows the modality, `saying` who says so and to whom.
    """
    when = mention.date
    return {
        "doc": doc,
        "span": list(mention.evidence.clause),
        "trigger": list(mention.evidence.trigger),
        "kind": mention.kind,
        "plover": mention.coding.plover,
        "cameo": mention.coding.cameo,
        **span_line(when.span),
        "edtf": when.span.edtf(),
        "precision": when.span.precision,
        "lasting": when.lasting,
        "date_basis": when.basis,
        "date_text": list(when.words) if when.words else None,
        "source": labels(mention.source),
        "target": labels(mention.target),
        "others": labels(mention.others),
        "object": mention.object,
        "quantity": mention.quantity,
        "value": _money(mention.value),
        "instrument": mention.instrument,
        "place": mention.place.name if mention.place else None,
        "place_country": mention.place.country if mention.place else None,
        "latitude": mention.place.latitude if mention.place else None,
        "longitude": mention.place.longitude if mention.place else None,
        "modality": mention.modality,
        "attribution": mention.attribution,
        "role": mention.role,
        "confidence": mention.confidence,
        "rule": mention.evidence.rule,
        "reported": mention.reported.span.edtf() if mention.reported else None,
        "planned": mention.planned.span.edtf() if mention.planned else None,
        "deadline": mention.deadline.span.edtf() if mention.deadline else None,
        "cue": list(mention.cue) if mention.cue else None,
        "saying": _saying(mention.saying),
    }


def _saying(saying: Saying | None) -> dict[str, Any] | None:
    """Who says so and to whom; offsets as pairs."""
    if saying is None:
        return None
    told = {field.name: getattr(saying, field.name) for field in fields(saying)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}


def _money(value: Money | None) -> dict[str, Any] | None:
    return {"amount": value.amount, "currency": value.currency, "words": value.words} if value else None


def candidate_line(candidate: DateCandidate) -> dict[str, Any]:
    """One span in which a document may have been published."""
    return {
        **span_line(candidate.span),
        "weight": round(candidate.weight, 4),
        "reasons": list(candidate.reasons),
    }


def span_line(span: TimeSpan) -> dict[str, str | None]:
    """The first and the last day; None is an open end."""
    return {
        "start": span.start.isoformat() if span.start else None,
        "end": span.last.isoformat() if span.last else None,
    }


def labels(parties: Iterable[Party]) -> list[str]:
    """What an analyst looks for, each once: the code of a state, then the person or body by full name."""
    return list(dict.fromkeys(label for party in parties for label in party.labels))
