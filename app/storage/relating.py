"""Events that may stand in some relation to one: of the same sides, or about the same thing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

MOST = 300


@dataclass(frozen=True, slots=True)
class Wanted:
    """Events of these kinds in which all these actors take part, or any of them and the thing; within the days."""

    homes: Collection[str]
    topic: str | None
    kinds: Collection[str]
    first: date | None
    last: date | None


_BY_SIDES = text(
    """
    SELECT event_id FROM event_actor
    WHERE actor_id = ANY(:homes) AND kind = ANY(:kinds)
        AND d_order BETWEEN coalesce(CAST(:first AS date), '-infinity') AND coalesce(CAST(:last AS date), 'infinity')
    GROUP BY event_id HAVING count(*) >= :least
    ORDER BY min(d_order), event_id LIMIT :most
    """
)
_BY_TOPIC = text(
    """
    SELECT event_id FROM mention
    WHERE topic = :topic AND event_id IS NOT NULL AND kind = ANY(:kinds)
        AND EXISTS (SELECT FROM event_actor a WHERE a.event_id = mention.event_id AND a.actor_id = ANY(:homes))
    GROUP BY event_id ORDER BY min(d_start), event_id LIMIT :most
    """
)


def candidates(conn: Connection, wanted: Wanted) -> set[str]:
    """Their ids, at most a few hundred."""
    given = {"homes": list(wanted.homes), "kinds": list(wanted.kinds), "most": MOST}
    days = {"first": wanted.first, "last": wanted.last, "least": len(wanted.homes)}
    found = set(conn.execute(_BY_SIDES, given | days).scalars())
    if wanted.topic:
        found |= set(conn.execute(_BY_TOPIC, given | {"topic": wanted.topic}).scalars())
    return found
