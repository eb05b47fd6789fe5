"""Events and their mentions: written, found again for linking, and read one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, case, delete, func, literal, select, update
from sqlalchemy import insert as sql_insert
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.domain.actors import ActorType, Party
from app.domain.errors import NotFound
from app.domain.events import Mention, Status
from app.domain.spans import Precision, TimeSpan
from app.storage.claims import claim_values, part_values, party_parts, party_values
from app.storage.event_rows import event_row, select_events
from app.storage.filters import any_actor, overlapping, span_length
from app.storage.mentions import day_before, mention_rows
from app.storage.names import fold
from app.storage.rows import Candidate, EventRow, MentionRow
from app.storage.tables import actor, actor_name, document, event, event_actor, mention

CORROBORATING_PUBLISHERS = 2
# Any number will do, as long as every process of this program takes the same.
_LINKING_LOCK = 7_310_204_512


@dataclass(frozen=True, slots=True)
class Report:
    """A mention on its way into the database: of which event, from which document, read by which run.

    `quote` is the clause's text, `title` the event's title as this mention tells it.
    """

    event_id: str
    mention: Mention
    document_id: int
    run_id: int
    quote: str
    title: str


class _Origin(NamedTuple):
    """What a mention needs to know of its document."""

    length: int
    publisher: str | None


Parts = tuple[Sequence[Party], Sequence[Party], Sequence[Party]]  # source, target, others


def insert(conn: Connection, reports: Sequence[Report]) -> None:
    """Keep new events, each with its first mention, its actors and their places in it.

    Every event id must be new and occur once. Actors that are not yet known are added by id and name.
    """
    if not reports:
        return
    rows = rows_of(conn, reports)
    conn.execute(sql_insert(event), rows.events)
    conn.execute(sql_insert(mention), rows.mentions)
    if rows.acts:
        conn.execute(sql_insert(event_actor), rows.acts)


@dataclass(frozen=True, slots=True)
class Rows:
    """What reports become in the tables `event`, `mention` and `event_actor`: one event and one mention a report."""

    events: list[dict[str, Any]]
    mentions: list[dict[str, Any]]
    acts: list[dict[str, Any]]


def rows_of(conn: Connection, reports: Sequence[Report]) -> Rows:
    """The rows of new events, of which none is kept yet. Actors that are not yet known are added by id and name."""
    _ensure_actors(conn, [party for report in reports for part in _parts(report.mention) for party in part])
    origins = _origins(conn, {report.document_id for report in reports})
    return Rows(
        [_event_values(report, origins[report.document_id]) for report in reports],
        [_mention_values(report, origins[report.document_id]) for report in reports],
        [row for report in reports for row in _actor_values(report.event_id, report.mention, _parts(report.mention))],
    )


def attach(conn: Connection, report: Report, *, leads: bool = False) -> None:
    """Add a mention to an event that exists: one more report.

    Counts the documents and publishers that report it; two publishers make a reported event corroborated. Actors
    that were not yet named are added. With `leads` the event takes title, date, coding, place and the rest from this
    mention. Raises NotFound when there is no such event.
    """
    wanted = select(event.c.actors).where(event.c.id == report.event_id).with_for_update()
    told = conn.execute(wanted).scalar()
    if told is None:
        raise NotFound(f"No event has the id {report.event_id}.")
    _ensure_actors(conn, [party for part in _parts(report.mention) for party in part])
    origin = _origins(conn, {report.document_id})[report.document_id]
    conn.execute(sql_insert(mention), _mention_values(report, origin))
    parts = _merged(told, _parts(report.mention))
    changed: dict[str, Any] = part_values(*parts) | _counts(conn, report.event_id)
    changed["confidence"] = func.greatest(event.c.confidence, report.mention.confidence)
    if leads:
        changed |= claim_values(report.mention)
        changed |= {"title": report.title, "evidence_text": report.quote, "document_id": report.document_id}
    changed |= {"version": event.c.version + 1, "updated_at": func.now()}
    lead = conn.execute(
        update(event)
        .where(event.c.id == report.event_id)
        .values(changed)
        .returning(event.c.kind, event.c.d_start, event.c.d_end)
    ).one()
    conn.execute(delete(event_actor).where(event_actor.c.event_id == report.event_id))
    if rows := _actor_rows(report.event_id, lead.kind, order_day(lead.d_start, lead.d_end), parts):
        conn.execute(sql_insert(event_actor), rows)


def take_turn(conn: Connection) -> None:
    """Wait until no other transaction links mentions to events: two that tell the same event at once would each found
    it. The turn ends with the transaction."""
    conn.execute(select(func.pg_advisory_xact_lock(_LINKING_LOCK)))


def set_status(conn: Connection, event_id: str, status: Status) -> None:
    """Mark an event as disputed, retracted, or reported again."""
    changed = {"status": status, "version": event.c.version + 1, "updated_at": func.now()}
    if not conn.execute(update(event).where(event.c.id == event_id).values(changed)).rowcount:
        raise NotFound(f"No event has the id {event_id}.")


def candidates(
    conn: Connection, kind: str, span: TimeSpan, actor_ids: Collection[str], *, limit: int = 50
) -> list[Candidate]:
    """Events of a kind that share a possible day with `span` and at least one actor (states of people included).

    Narrowest date first. Retracted events are left out.
    """
    length = span_length()
    ids = (
        select(event.c.id, length.label("length"))
        .where(event.c.kind == kind, event.c.status != Status.RETRACTED, overlapping(span), any_actor(actor_ids))
        .order_by(length, event.c.id)
        .limit(limit)
        .subquery()
    )
    everyone = (
        select(func.array_agg(event_actor.c.actor_id)).where(event_actor.c.event_id == event.c.id).scalar_subquery()
    )
    sources = (
        select(
            func.array_agg(document.c.id.distinct()).label("documents"),
            func.array_remove(func.array_agg(document.c.publisher.distinct()), None).label("publishers"),
        )
        .select_from(mention.join(document, mention.c.document_id == document.c.id))
        .where(mention.c.event_id == event.c.id)
        .lateral()
    )
    rows = conn.execute(
        select(event, everyone.label("everyone"), sources.c.documents, sources.c.publishers)
        .select_from(ids.join(event, event.c.id == ids.c.id).join(sources, literal(True)))
        .order_by(ids.c.length, event.c.id)
    )
    return [_candidate(row) for row in rows]


def get(conn: Connection, event_id: str) -> EventRow | None:
    row = conn.execute(select_events().where(event.c.id == event_id)).mappings().one_or_none()
    return event_row(row) if row else None


def evidence(conn: Connection, event_id: str) -> list[MentionRow]:
    """All reports of an event with the words and the document of each, the leading one first."""
    leading = select(event.c.document_id).where(event.c.id == event_id).scalar_subquery()
    order = (mention.c.document_id != leading, mention.c.id)
    return mention_rows(conn, mention.c.event_id == event_id, order=order)


def order_day(start: date | None, end: date | None) -> date | None:
    """The key of every order by date, as `event.d_order` has it; None is kept as infinity."""
    return start or day_before(end)


# -- rows on their way in -------------------------------------------------------------------------


def _parts(claim: Mention) -> Parts:
    return claim.source, claim.target, claim.others


def _origins(conn: Connection, document_ids: Collection[int]) -> dict[int, _Origin]:
    wanted = select(document.c.id, document.c.length, document.c.publisher).where(document.c.id.in_(document_ids))
    found = {row.id: _Origin(row.length, row.publisher) for row in conn.execute(wanted)}
    if missing := set(document_ids) - found.keys():
        raise NotFound(f"No document has the id {min(missing)}.")
    return found


def _event_values(report: Report, origin: _Origin) -> dict[str, Any]:
    return (
        claim_values(report.mention)
        | part_values(*_parts(report.mention))
        | {
            "id": report.event_id,
            "title": report.title,
            "evidence_text": report.quote,
            "document_id": report.document_id,
            "status": Status.REPORTED,
            "n_reports": 1,
            "n_publishers": 1 if origin.publisher else 0,
        }
    )


def _mention_values(report: Report, origin: _Origin) -> dict[str, Any]:
    found, words = report.mention.evidence, report.mention.date.words
    return claim_values(report.mention) | {
        "event_id": report.event_id,
        "document_id": report.document_id,
        "document_length": origin.length,
        "run_id": report.run_id,
        "rule": found.rule,
        "clause_start": found.clause.start,
        "clause_end": found.clause.end,
        "trigger_start": found.trigger.start,
        "trigger_end": found.trigger.end,
        "words_start": words.start if words else None,
        "words_end": words.end if words else None,
        "source": party_values(report.mention.source),
        "target": party_values(report.mention.target),
        "others": party_values(report.mention.others),
    }


def _actor_values(event_id: str, claim: Mention, parts: Parts) -> list[dict[str, Any]]:
    return _actor_rows(event_id, claim.kind, order_day(claim.date.span.start, claim.date.span.end), parts)


def _actor_rows(event_id: str, kind: str, day: date | None, parts: Parts) -> list[dict[str, Any]]:
    """One row for each actor, and one for each state that acts through a person or body of its own."""
    rows: dict[str, dict[str, Any]] = {}
    for party, role in party_parts(*parts):
        for name, named in ((party.id, True), (party.state, False)):
            if name is None:
                continue
            row = rows.setdefault(
                name,
                {"event_id": event_id, "actor_id": name, "d_order": day, "kind": kind}
                | {"is_source": False, "is_target": False, "is_named": False},
            )
            row["is_source"] |= role in ("source", "both")
            row["is_target"] |= role in ("target", "both")
            row["is_named"] |= named
    return list(rows.values())


def _merged(told: list[dict[str, Any]], new: Parts) -> Parts:
    """The parties of an event with those of a new mention; whoever has a part already keeps it."""
    known = {entry["id"] for entry in told}
    source, target, others = ([party for party in part if party.id not in known] for part in new)
    return (
        [_party(entry) for entry in told if entry["role"] in ("source", "both")] + source,
        [_party(entry) for entry in told if entry["role"] in ("target", "both")] + target,
        [_party(entry) for entry in told if entry["role"] == "other"] + others,
    )


def _party(entry: dict[str, Any]) -> Party:
    return Party(entry["id"], entry["name"], ActorType(entry["type"]), entry["state"], entry["sector"], entry["words"])


def _counts(conn: Connection, event_id: str) -> dict[str, Any]:
    reports, publishers = conn.execute(
        select(func.count(document.c.id.distinct()), func.count(func.lower(document.c.publisher).distinct()))
        .select_from(mention.join(document, mention.c.document_id == document.c.id))
        .where(mention.c.event_id == event_id)
    ).one()
    corroborated = (event.c.status == Status.REPORTED) & literal(publishers >= CORROBORATING_PUBLISHERS)
    status = case((corroborated, literal(Status.CORROBORATED)), else_=event.c.status)
    return {"n_reports": reports, "n_publishers": publishers, "status": status}


def _ensure_actors(conn: Connection, parties: Iterable[Party]) -> None:
    """Add actors that are not yet known, and the states they belong to. In the order of ids: two transactions that
    add the same actors wait for each other instead of locking up."""
    everyone = {party.state: _state(party.state) for party in parties if party.state}
    everyone |= {party.id: party for party in parties}
    missing = everyone.keys() - set(conn.execute(select(actor.c.id).where(actor.c.id.in_(everyone))).scalars())
    if not missing:
        return
    rows: list[dict[str, Any]] = [
        {"id": name, "name": one.name, "type": one.type, "state": one.state, "sector": one.sector, "source": ""}
        for name, one in sorted(everyone.items())
        if name in missing
    ]
    conn.execute(pg_insert(actor).on_conflict_do_nothing(), rows)
    always = {"d_start": None, "d_end": None}
    names = [{"actor_id": row["id"], "name": row["name"], "folded": fold(row["name"])} | always for row in rows]
    conn.execute(pg_insert(actor_name).on_conflict_do_nothing(), names)


def _state(code: str) -> Party:
    return Party(code, code, ActorType.STATE)


def _candidate(row: Row[Any]) -> Candidate:
    return Candidate(
        id=row.id,
        kind=row.kind,
        span=TimeSpan(row.d_start, row.d_end, Precision(row.precision), row.approximate),
        modality=row.modality,
        source_ids=tuple(row.source_ids),
        target_ids=tuple(row.target_ids),
        actor_ids=tuple(row.everyone or ()),
        object=row.object,
        quantity=row.quantity,
        place_name=row.place_name,
        country=row.country,
        confidence=row.confidence,
        n_reports=row.n_reports,
        evidence_text=row.evidence_text,
        document_ids=tuple(row.documents),
        publishers=tuple(row.publishers),
    )
