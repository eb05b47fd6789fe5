"""Events and their mentions: written, and read one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, delete, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.domain.actors import ActorType, Party
from app.domain.errors import NotFound
from app.domain.events import Mention, Status
from app.domain.spans import Precision
from app.storage.at_once import as_json, insert_at_once, inserting
from app.storage.claims import claim_values, part_values, party_of, party_parts, party_values, telling_values
from app.storage.event_rows import event_row, select_events
from app.storage.linking import Place
from app.storage.linking_tables import change as feed
from app.storage.linking_tables import mention_key
from app.storage.mentions import day_before, mention_rows
from app.storage.names import fold
from app.storage.rows import EventRow, MentionRow
from app.storage.tables import actor, actor_name, document, event, event_actor, mention


@dataclass(frozen=True, slots=True)
class Linking:
    """What a mention is linked by: the claim's id, what it is about, its hashed words, the places where it is met."""

    claim: str
    topic: str | None
    words: Sequence[int]
    places: Sequence[Place]


class Origin(NamedTuple):
    """What a mention needs to know of its document."""

    length: int
    publisher: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """A mention on its way into the database: of which event, from which document, read by which run.

    `quote` is the clause's text, `title` the event's title as this mention tells it. `origin` is looked up where it is
    not given.
    """

    event_id: str
    mention: Mention
    document_id: int
    run_id: int
    quote: str
    title: str
    linking: Linking | None = None
    origin: Origin | None = None


OPEN_DAYS = 2**31 - 1  # of a date of which an end is not known
Parts = tuple[Sequence[Party], Sequence[Party], Sequence[Party]]  # source, target, others
Values = dict[str, Any]


def insert(
    conn: Connection, reports: Sequence[Report], stamp: datetime | None = None, changes: Sequence[Values] = ()
) -> None:
    """Keep new events, each as its first mention tells it, with its actors and their places in it, and what the feed
    tells of them: by one statement.

    Every event id must be new and occur once. Actors that are not yet known are added by id and name. `stamp` is the
    instant of the turn to link.
    """
    if not reports:
        return
    rows = _rows(conn, reports)
    stamped = {"recorded_at": stamp, "updated_at": stamp} if stamp else {}
    linked = {"linked_at": stamp} if stamp else {}
    founded: dict[Table, Sequence[Values]] = {
        event: [row | stamped for row in rows.events],
        event_actor: rows.acts,
        feed: changes,
    }
    _keep(conn, reports, [row | linked for row in rows.mentions], founded)


def add(conn: Connection, reports: Sequence[Report], stamp: datetime | None = None, *, anew: bool = False) -> None:
    """Keep mentions alone: the events that they tell must be there, or come, before the transaction ends. `anew`: of a
    document that was read before, so that it matters when they come."""
    stamped = dict.fromkeys(("linked_at", "recorded_at") if anew else ("linked_at",), stamp) if stamp else {}
    _keep(conn, reports, [row | stamped for row in _rows(conn, reports).mentions])


def found(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep new events by their columns, with the actors that each names."""
    insert_at_once(conn, event, rows)
    insert_at_once(conn, event_actor, [acts for row in rows for acts in _acting(row)])


@dataclass(frozen=True, slots=True)
class Rows:
    """What reports become in the tables `event`, `mention` and `event_actor`: one event and one mention a report."""

    events: list[dict[str, Any]]
    mentions: list[dict[str, Any]]
    acts: list[dict[str, Any]]


def rows_of(conn: Connection, reports: Sequence[Report]) -> Rows:
    """The rows of new events, of which none is kept yet. Actors that are not yet known are added by id and name."""
    ensure_actors(conn, _parties(reports))
    return _rows(conn, reports)


def _rows(conn: Connection, reports: Sequence[Report]) -> Rows:
    origins = _origins(conn, {report.document_id for report in reports if report.origin is None})
    rows = Rows([], [], [])
    for report in reports:
        claimed, origin = claim_values(report.mention), report.origin or origins[report.document_id]
        rows.events.append(claimed | _event_values(report, origin))
        rows.mentions.append(claimed | _mention_values(report, origin))
        dated = _dated(claimed)
        rows.acts.extend(_actor_rows(report.event_id, report.mention.kind, dated, _parts(report.mention)))
    return rows


def _parties(reports: Sequence[Report]) -> list[Party]:
    return [party for report in reports for part in _parts(report.mention) for party in part]


def _keep(
    conn: Connection,
    reports: Sequence[Report],
    mentions: Sequence[Values],
    founded: Mapping[Table, Sequence[Values]] | None = None,
) -> None:
    """All that comes with mentions, by one statement: the actors that are new, the places where each is met, and what
    comes with the events that they found."""
    if not mentions:
        return
    actors = _actors(_parties(reports))
    rows: dict[Table, Sequence[Values]] = {actor: actors, actor_name: _names(actors), mention: mentions}
    places = [
        {"claim": told.claim, **place._asdict()}
        for told in (report.linking for report in reports)
        if told is not None
        for place in dict.fromkeys(told.places)
    ]
    rows |= founded or {}
    columns = tuple((table, tuple(some[0])) for table, some in rows.items() if some)
    given = {table.name: as_json(table, some) for table, some in rows.items() if some}
    conn.exec_driver_sql(_keeping(columns, bool(places)), given | {"places": as_json(mention_key, places)})


@cache
def _keeping(columns: tuple[tuple[Table, tuple[str, ...]], ...], placed: bool) -> str:
    """Triggers and foreign keys are looked at when the whole statement is done, so that each finds what the others add.
    Sums are kept right since all of these only add (decision 10)."""
    parts = {table.name: inserting(table, names) for table, names in columns}
    if "actor" in parts:
        parts["actor"] += " ON CONFLICT DO NOTHING RETURNING id"
        parts["actor_name"] += " WHERE actor_id IN (SELECT id FROM new_actor) ON CONFLICT DO NOTHING"
    if placed:
        parts["mention"] += " RETURNING id, claim"
        parts["mention_key"] = _PLACED
    named = ", ".join(f"new_{name} AS ({part})" for name, part in parts.items())
    return f"WITH {named} SELECT"


_PLACED = """
    INSERT INTO mention_key (mention_id, number, reach, start)
    SELECT m.id, p.number, p.reach, p.start
    FROM json_to_recordset(CAST(%(places)s AS json)) AS p(claim text, number bigint, reach smallint, start date)
    JOIN new_mention m ON m.claim = p.claim
"""


def change(conn: Connection, row: Mapping[str, Any]) -> None:
    """Give an event other columns, the version among them, and the actors that they name."""
    conn.execute(update(event).where(event.c.id == row["id"]).values(dict(row)))
    conn.execute(delete(event_actor).where(event_actor.c.event_id == row["id"]))
    insert_at_once(conn, event_actor, _acting(row))


def _acting(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    parts = [[party_of(entry) for entry in row["actors"] if entry["role"] in roles] for roles in _ROLES]
    return _actor_rows(row["id"], row["kind"], _dated(row), (parts[0], parts[1], parts[2]))


_ROLES = (("source", "both"), ("target", "both"), ("other",))


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


def _origins(conn: Connection, document_ids: Collection[int]) -> dict[int, Origin]:
    if not document_ids:
        return {}
    wanted = select(document.c.id, document.c.length, document.c.publisher).where(document.c.id.in_(document_ids))
    found = {row.id: Origin(row.length, row.publisher) for row in conn.execute(wanted)}
    if missing := set(document_ids) - found.keys():
        raise NotFound(f"No document has the id {min(missing)}.")
    return found


def _event_values(report: Report, origin: Origin) -> Values:
    """What an event has beside its claim."""
    return part_values(*_parts(report.mention)) | {
        "id": report.event_id,
        "title": report.title,
        "evidence_text": report.quote,
        "document_id": report.document_id,
        "status": Status.REPORTED,
        "n_reports": 1,
        "n_publishers": 1 if origin.publisher else 0,
    }


def _mention_values(report: Report, origin: Origin) -> Values:
    """What a mention has beside its claim."""
    found, words = report.mention.evidence, report.mention.date.words
    return {
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
        **telling_values(report.mention),
        **(_linking_values(report.linking) if report.linking else {}),
    }


def _linking_values(linking: Linking) -> dict[str, Any]:
    return {"claim": linking.claim, "topic": linking.topic, "words": list(linking.words)}


def _dated(row: Mapping[str, Any]) -> Values:
    """What an event's acts tell of its date."""
    start, end = row["d_start"], row["d_end"]
    is_vague = row["precision"] not in (Precision.DAY, Precision.UNKNOWN)
    days = (end - start).days if start and end else OPEN_DAYS
    return {"d_order": order_day(start, end), "vague_days": days if is_vague else None}


def _actor_rows(event_id: str, kind: str, dated: Values, parts: Parts) -> list[dict[str, Any]]:
    """One row for each actor, and one for each state that acts through a person or body of its own."""
    rows: dict[str, dict[str, Any]] = {}
    for party, role in party_parts(*parts):
        for name, named in ((party.id, True), (party.state, False)):
            if name is None:
                continue
            row = rows.setdefault(
                name,
                {"event_id": event_id, "actor_id": name, "kind": kind, **dated}
                | {"is_source": False, "is_target": False, "is_named": False},
            )
            row["is_source"] |= role in ("source", "both")
            row["is_target"] |= role in ("target", "both")
            row["is_named"] |= named
    return list(rows.values())


def ensure_actors(conn: Connection, parties: Sequence[Party]) -> None:
    """Add actors that are not yet known, and the states they belong to. In the order of ids: two transactions that
    add the same actors wait for each other instead of locking up."""
    rows = _actors(parties)
    known = set(conn.execute(select(actor.c.id).where(actor.c.id.in_([row["id"] for row in rows]))).scalars())
    missing = [row for row in rows if row["id"] not in known]
    if not missing:
        return
    conn.execute(pg_insert(actor).on_conflict_do_nothing(), missing)
    conn.execute(pg_insert(actor_name).on_conflict_do_nothing(), _names(missing))


def _actors(parties: Sequence[Party]) -> list[Values]:
    """A row for each actor and each state that one belongs to, in the order of ids."""
    everyone = {party.state: _state(party.state) for party in parties if party.state}
    everyone |= {party.id: party for party in parties}
    return [
        {"id": name, "name": one.name, "type": one.type, "state": one.state, "sector": one.sector, "source": ""}
        for name, one in sorted(everyone.items())
    ]


def _names(rows: Iterable[Values]) -> list[Values]:
    always = {"d_start": None, "d_end": None}
    return [{"actor_id": row["id"], "name": row["name"], "folded": fold(row["name"])} | always for row in rows]


def _state(code: str) -> Party:
    return Party(code, code, ActorType.STATE)
