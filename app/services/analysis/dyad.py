"""The conversation of two actors: who did what to whom, in order, and its intensity over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.domain.errors import BadQuery
from app.domain.queries import EventQuery
from app.services.analysis.answer import Record, closed, counted, possible
from app.services.analysis.intervals import Interval, grain_of, intervals
from app.services.asking import event_query
from app.services.envelope import Meta
from app.services.names import Resolved, actor_id, resolve
from app.services.timeline import Listing, find


@dataclass(frozen=True, slots=True)
class Dyad:
    name: str
    records: list[Record]
    meta: Meta
    data: Record
    previous: str | None = None


def dyad(conn: Connection, a: str, b: str, given: Mapping[str, Sequence[str]], listing: Listing) -> Dyad:
    """Raises NotFound for a name that nobody has, BadQuery for the same actor twice."""
    first, second = _meant(conn, "a", a), _meant(conn, "b", b)
    if first.id == second.id:
        raise BadQuery("b", f"both are {first.name}: two different actors are wanted", example="IRN")
    asked = event_query(conn, given)
    query = replace(asked.query, dyad=(first.id, second.id))
    asked = replace(asked, query=query, resolved=(*asked.resolved, first, second))
    found = find(conn, asked, listing)
    data = {
        "a": {"id": first.id, "name": first.name},
        "b": {"id": second.id, "name": second.name},
        "events": found.records,
        "intensity": _intensity(conn, replace(query, cursor=None)),
    }
    return Dyad(f"dyad-{first.id}-{second.id}", found.records, found.meta, data, found.previous)


def _meant(conn: Connection, part: str, name: str) -> Resolved:
    return resolve(conn, "dyad", actor_id(conn, name, part))


def _intensity(conn: Connection, query: EventQuery) -> list[Record]:
    """By month: events, those from a to b and from b to a, and their mean score."""
    query = possible(query)
    frame, _ = closed(counted(conn, query, grain_of(Interval.MONTH, query.when))[0])
    spans = intervals(Interval.MONTH, query.when, frame)
    sums = [spans.certain(frame, name).tolist() for name in ("n", "sent", "received", "goldstein")]
    return [
        {"interval": name, "n": n, "a_to_b": sent, "b_to_a": received}
        | {"goldstein_mean": round(score / (100 * n), 3) if n else None}
        for name, n, sent, received, score in zip(spans.labels, *sums, strict=True)
    ]
