"""A document's mentions become events: founded where they are new, joined where they are told again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.dates import Offsets
from app.domain.documents import Document
from app.domain.events import Mention
from app.domain.kinds import Kind
from app.domain.spans import Precision, TimeSpan
from app.linking.identity import event_id
from app.linking.same import Claim, kind_group, reprints, same_event
from app.services.claims import claim_of, leading
from app.services.titles import title
from app.storage import events
from app.storage.rows import Candidate


@dataclass(frozen=True, slots=True)
class Place:
    """Where mentions were found: the kept document, and the run that read it."""

    document_id: int
    run_id: int
    document: Document
    kinds: Mapping[str, Kind]


@dataclass(slots=True)
class _Told:
    """An event as this document tells it: its leading claim, and the mentions that join it."""

    id: str
    claim: Claim
    founder: Mention | None  # None: the event was known before
    joined: list[tuple[Mention, bool]]  # with whether it leads from then on


def store_mentions(conn: Connection, place: Place, mentions: Iterable[Mention]) -> tuple[str, ...]:
    """Found or join an event for each mention; the ids of the events, in the order of the text."""
    events.take_turn(conn)
    told: list[_Told] = []
    order: list[str] = []
    for mention in mentions:
        event = _home(conn, place, mention, told)
        order.append(event.id)
    events.insert(conn, [_report(place, event.id, event.founder) for event in told if event.founder])
    for event in told:
        for mention, leads in event.joined:
            events.attach(conn, _report(place, event.id, mention), leads=leads)
    return tuple(dict.fromkeys(order))


def _home(conn: Connection, place: Place, mention: Mention, told: list[_Told]) -> _Told:
    claim = Claim.of_mention(mention, place.document.sha256, quote_of(place.document, mention))
    for event in told:
        if same_event(claim, event.claim):
            leads = _narrower(claim.span, event.claim.span)
            event.joined.append((mention, leads))
            if leads:
                event.claim = claim
            return event
    known = _known_event(conn, claim)
    new_id = event_id(place.document.sha256, mention)
    event = _Told(known or new_id, claim, None if known else mention, [(mention, False)] if known else [])
    told.append(event)
    return event


def _known_event(conn: Connection, claim: Claim) -> str | None:
    """The event of another document that this claim reports too: on the same exact day, or in the same words."""
    actors = claim.source | claim.target
    for kind in sorted(kind_group(claim.kind)):
        for candidate in events.candidates(conn, kind, claim.span, actors):
            if _may_agree(claim, candidate) and _agrees(conn, claim, candidate):
                return candidate.id
    return None


def _may_agree(claim: Claim, candidate: Candidate) -> bool:
    """What can be seen without reading the candidate's reports."""
    exact = claim.span.precision is Precision.DAY and candidate.span.precision is Precision.DAY
    return exact or reprints(claim.words, candidate.evidence_text)


def _agrees(conn: Connection, claim: Claim, candidate: Candidate) -> bool:
    """Whether the claim tells the same as the report that leads the event."""
    leads = leading(events.evidence(conn, candidate.id), candidate.span.edtf())
    return leads is not None and same_event(claim, claim_of(leads)) is not None


def _narrower(one: TimeSpan, other: TimeSpan) -> bool:
    """Whether `one` leaves fewer days open than `other`."""
    return _length(one) < _length(other)


def _length(span: TimeSpan) -> int:
    return (span.end - span.start).days if span.start and span.end else 10_000_000


def quote_of(document: Document, mention: Mention) -> str:
    """The sentence that the mention was read from, as it stands in the document."""
    clause: Offsets = mention.evidence.clause
    return document.text[clause.start : clause.end]


def _report(place: Place, event: str, mention: Mention) -> events.Report:
    return events.Report(
        event_id=event,
        mention=mention,
        document_id=place.document_id,
        run_id=place.run_id,
        quote=quote_of(place.document, mention),
        title=title(mention, place.kinds.get(mention.kind)),
    )
