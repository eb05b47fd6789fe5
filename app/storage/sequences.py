"""The days on which kinds of events happened between the same actors: what sequences are counted from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Connection, Row, case, cast, func, literal, or_, select

from app.domain.queries import EventQuery
from app.storage.filters import IS_DAY, NOT_A_DAY, conditions, window
from app.storage.rollups import MOST_CELLS
from app.storage.tables import event, event_actor


@dataclass(frozen=True, slots=True)
class KindDays:
    """Rows of (unit, other, day, first, then): how many events of either set of kinds a unit had on a day."""

    rows: Sequence[Row[Any]]
    whole: bool


def kind_days(conn: Connection, query: EventQuery, first: Sequence[str], then: Sequence[str], *, same: str) -> KindDays:
    """By pair (`dyad`: source and target, whichever way), by `actor` (in any part), or over all (`any`).

    Events dated to a day alone: of vaguer ones nobody knows which came first.
    """
    rows, unit, other = _units(same)
    n_first = cast(func.sum(case((event.c.kind.in_(first), 1), else_=0)), BigInteger).label("first")
    n_then = cast(func.sum(case((event.c.kind.in_(then), 1), else_=0)), BigInteger).label("then")
    found = [*conditions(query), or_(*window(query, event.c.d_order)), IS_DAY, event.c.kind.in_([*first, *then])]
    asked = (
        select(unit, other, event.c.d_start.label("day"), n_first, n_then)
        .select_from(rows)
        .where(*found, unit.is_not(None), other.is_not(None))
        .group_by(unit, other, event.c.d_start)
        .order_by(unit, other, event.c.d_start)
        .limit(MOST_CELLS + 1)
    )
    result = conn.execute(asked).all()
    return KindDays(result[:MOST_CELLS], len(result) <= MOST_CELLS)


def without_day(
    conn: Connection, query: EventQuery, first: Sequence[str], then: Sequence[str], *, same: str
) -> tuple[int, int]:
    """How many events of either set `kind_days` would count, were they dated to a day."""
    rows, unit, other = _units(same)
    n_first, n_then = (func.count(event.c.id.distinct()).filter(event.c.kind.in_(kinds)) for kinds in (first, then))
    found = [*conditions(query), or_(*window(query, event.c.d_order)), NOT_A_DAY, event.c.kind.in_([*first, *then])]
    asked = select(n_first, n_then).select_from(rows).where(*found, unit.is_not(None), other.is_not(None))
    of_first, of_then = conn.execute(asked).one()
    return of_first, of_then


def _units(same: str) -> tuple[Any, Any, Any]:
    if same == "any":
        return event, literal("").label("unit"), literal("").label("other")
    if same == "actor":
        own = event_actor.alias("unit")
        rows = event.join(own, own.c.event_id == event.c.id)
        return rows, own.c.actor_id, literal("").label("other")
    pair = (event.c.source_id, event.c.target_id)
    return event, func.least(*pair), func.greatest(*pair)
