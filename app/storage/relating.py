"""Events that may stand in some relation to one: of the same sides, or about the same thing; the nearest in time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations, islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, any_, bindparam, cast, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from app.domain.events import Status
from app.storage import cursors
from app.storage.columns import EndDay
from app.storage.tables import event, event_actor

MOST_PAIRS = 10  # of the actors of one event that are looked for together
MOST = 200  # before a day, and from it on; of a thing so many in all


@dataclass(frozen=True, slots=True)
class Wanted:
    """Events of these kinds in which all these actors take part (of more than two any two), or any of them and the
    thing; within the days, and the nearest to `day` first. Without a day, those that have none and the last."""

    homes: Collection[str]
    topic: str | None
    kinds: Collection[str]
    day: date | None
    first: date | None
    last: date | None


class Candidates(NamedTuple):
    """The ids of events, and whether there were more, farther off in time."""

    ids: frozenset[str]
    cut: bool


# An event without a day lies behind all others, 100,000 days off.
_BY_TOPIC = text(
    """
    SELECT m.event_id FROM mention m JOIN event e ON e.id = m.event_id
    WHERE m.topic = :topic AND m.kind = ANY(:kinds)
        AND EXISTS (SELECT FROM event_actor a WHERE a.event_id = m.event_id AND a.actor_id = ANY(:homes))
    GROUP BY m.event_id, e.d_order
    ORDER BY CASE WHEN isfinite(e.d_order) THEN abs(e.d_order - coalesce(CAST(:day AS date), '9999-12-31'))
        ELSE 100000 END, m.event_id
    LIMIT :most
    """
)


def candidates(conn: Connection, wanted: Wanted) -> Candidates:
    """Their ids, at most a few hundred."""
    found: set[str] = set()
    cut = False
    for some in _some(conn, wanted):
        cut = cut or len(some) > MOST
        found.update(some[:MOST])
    return Candidates(frozenset(found), cut)


class Place(NamedTuple):
    """Where an event stands in the order of days: its key of every order by date as text, and its id."""

    day: str
    event_id: str


_ABOUT = """
    SELECT CAST(e.d_order AS text), e.id FROM event e
    WHERE (e.d_order, e.id) {beyond} (CAST(:day AS date), :event) AND e.status <> 'retracted'
        AND e.id IN (SELECT event_id FROM mention WHERE topic = :topic)
    ORDER BY e.d_order {way}, e.id {way}
    LIMIT :most
"""
_LATER = text(_ABOUT.format(beyond=">", way=""))
_EARLIER = text(_ABOUT.format(beyond="<", way="DESC"))


def about(conn: Connection, topic: str, place: Place, *, later: bool, most: int) -> list[Place]:
    """Events about the weapon on one side of a place, the nearest first. Raises BadQuery where a cursor told a place
    that there is not."""
    given = {"day": cursors.day(place.day), "event": place.event_id, "topic": topic, "most": most}
    return [Place(*row) for row in conn.execute(_LATER if later else _EARLIER, given)]


def places_of(conn: Connection, event_ids: Collection[str]) -> list[Place]:
    """Where events stand in the order of days."""
    asked = select(cast(event.c.d_order, Text), event.c.id).where(event.c.id.in_(list(event_ids)))
    return [Place(*row) for row in conn.execute(asked)]


def standing(conn: Connection, event_ids: Collection[str]) -> list[str]:
    """Those of the events that nobody has retracted."""
    asked = select(event.c.id).where(event.c.id.in_(list(event_ids)), event.c.status != Status.RETRACTED)
    return list(conn.execute(asked).scalars())


def _some(conn: Connection, wanted: Wanted) -> list[list[str]]:
    homes = sorted(wanted.homes)
    given: dict[str, Any] = {"kinds": list(wanted.kinds), "day": wanted.day, "most": MOST + 1}
    found = []
    if homes:
        days = {"first": wanted.first or date.min, "last": wanted.last}
        for some in _groups(homes):
            actors = {f"actor{n}": home for n, home in enumerate(some)}
            scans = (_by_sides(len(some), before=before) for before in (True, False))
            found += [list(conn.execute(scan, given | days | actors).scalars()) for scan in scans]
    if wanted.topic:
        given |= {"topic": wanted.topic, "homes": homes}
        found.append(list(conn.execute(_BY_TOPIC, given).scalars()))
    return found


def _groups(homes: Sequence[str]) -> list[tuple[str, ...]]:
    """The actors that must take part together: of more than two any two, since what is related may be between two."""
    return list(islice(combinations(homes, 2), MOST_PAIRS)) if len(homes) > 2 else [tuple(homes)]


@cache
def _by_sides(actors: int, *, before: bool) -> Select[Any]:
    """What lies before a day, the last first; or on it and later, the first first: one index, read in its order."""
    acts = [event_actor.alias(f"a{n}") for n in range(actors)]
    one, more = acts[0], acts[1:]
    joined: Any = one
    for n, other in enumerate(more, start=1):
        joined = joined.join(other, (other.c.event_id == one.c.event_id) & (other.c.actor_id == bindparam(f"actor{n}")))
    day, first, last = (bindparam(name, type_=EndDay()) for name in ("day", "first", "last"))
    asked = select(one.c.event_id).select_from(joined)
    asked = asked.where(
        one.c.actor_id == bindparam("actor0"), one.c.kind == any_(bindparam("kinds", type_=ARRAY(Text)))
    )
    if before:
        asked = asked.where(one.c.d_order >= first, one.c.d_order < day).order_by(one.c.d_order.desc(), one.c.event_id)
    else:
        asked = asked.where(one.c.d_order >= day, one.c.d_order <= last).order_by(one.c.d_order, one.c.event_id)
    return asked.limit(bindparam("most"))
