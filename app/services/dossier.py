"""Who is who: suggestions for a name, and what is known of one actor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from app.domain.actors import Actor
from app.domain.errors import NotFound
from app.domain.spans import TimeSpan
from app.services import envelope
from app.services.asking import Notice
from app.services.describing import describe_actors
from app.services.envelope import Meta
from app.services.names import actor_id
from app.services.questions import checked_text
from app.storage import actors
from app.storage.rows import ActorMatch

SUGGESTION_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("id", "name", "type", "state", "alias"), "string"),
    "exact": "bool",
    "score": "float64",
    "n_events": "int64",
    "url": "string",
}


def suggest(
    conn: Connection, q: str, given: Mapping[str, str] | None = None, *, limit: int, base: str = ""
) -> tuple[list[dict[str, Any]], Meta]:
    """Actors whose names begin with, contain or resemble `q`, the most active for an empty one; with the envelope."""
    q = checked_text("q", q).strip()
    found = actors.suggest(conn, q, limit=limit)
    whole = len(found) < limit
    meta = replace(
        envelope.whole(conn, describe_actors(q), len(found), given),
        limit=limit,
        matched=len(found) if whole else None,
        matched_exact=whole,
        warnings=() if found else (_nobody(q),),
    )
    return [_suggestion(match, base) for match in found], meta


def _nobody(q: str) -> Notice:
    if not q:
        return Notice("empty_database", "no actor occurs in events yet: send documents to /v1/documents")
    return Notice("no_match", f"no actor has a name that begins with, contains or resembles {q[:80]!r}")


def _suggestion(match: ActorMatch, base: str) -> dict[str, Any]:
    return {
        "id": match.id,
        "name": match.name,
        "type": match.type,
        "state": match.state,
        "alias": match.alias,
        "exact": match.exact,
        "score": round(match.score, 3),
        "n_events": match.n_events,
        "url": f"{base}/v1/actors/{match.id}",
    }


def dossier(conn: Connection, name: str, *, base: str = "") -> dict[str, Any]:
    """Names and offices with their days, whom the actor meets, the mix of kinds, first and last seen.

    `name` is an id or any spelling that means one actor. Raises NotFound or AmbiguousActor.
    """
    known = actors.get(conn, actor_id(conn, name))
    if known is None:
        raise NotFound(f"no actor has the id {name[:80]!r}", parameter="actor_id")
    seen = actors.seen(conn, known.id)
    return {
        **_identity(known),
        "first_seen": seen.first,
        "last_seen": seen.last,
        "n_events": seen.events,
        "kinds": [{"kind": count.value, "n": count.n} for count in actors.kinds(conn, known.id)],
        "counterparts": [
            {"id": met.id, "name": met.name, "type": met.type, "sent": met.sent, "received": met.received}
            | {"total": met.total, "url": f"{base}/v1/actors/{met.id}"}
            for met in actors.counterparts(conn, known.id)
        ],
        "url": f"{base}/v1/actors/{known.id}",
        "timeline_url": f"{base}/v1/actors/{known.id}/timeline",
    }


def _identity(actor: Actor) -> dict[str, Any]:
    return {
        "id": actor.id,
        "name": actor.name,
        "type": actor.type,
        "state": actor.state,
        "sector": actor.sector,
        "names": [{"name": alias.name, **_days(alias.span)} for alias in actor.aliases],
        "offices": [{"title": office.title, "state": office.state, **_days(office.span)} for office in actor.offices],
        "source": actor.source,
    }


def _days(span: TimeSpan) -> dict[str, Any]:
    """The first and the last day on which a name or an office held; None where it is open."""
    return {"from": span.start, "to": span.last}
