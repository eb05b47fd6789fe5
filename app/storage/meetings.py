"""Whom events name: in a window, and in the months around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Table,
    and_,
    case,
    cast,
    func,
    or_,
    select,
    tuple_,
    union_all,
)

from app.domain.queries import EventQuery
from app.domain.spans import TimeSpan
from app.storage.filters import window
from app.storage.rollup_tables import actor_month, dyad_month
from app.storage.rollups import acts
from app.storage.tables import actor, event, event_actor


@dataclass(frozen=True, slots=True)
class Met:
    id: str
    name: str
    n: int


def in_window(conn: Connection, query: EventQuery, own: str | None, *, limit: int) -> list[Met]:
    """The named actors of the query's events, most often first; of an actor's (`own`) those across from it."""
    rows, key, filters, _, _ = acts(query)
    inside = union_all(
        *(select(event.c.id).select_from(rows).where(*filters, branch) for branch in window(query, key))
    ).subquery("inside")
    met = event_actor.alias("met")
    n = func.count().label("n")
    asked = select(met.c.actor_id, n).select_from(inside.join(met, met.c.event_id == inside.c.id)).where(met.c.is_named)
    if own is not None:
        mine = event_actor.alias("mine")
        across = or_(and_(mine.c.is_source, met.c.is_target), and_(mine.c.is_target, met.c.is_source))
        asked = asked.join(mine, and_(mine.c.event_id == inside.c.id, mine.c.actor_id == own))
        asked = asked.where(met.c.actor_id != own, across)
    top = asked.group_by(met.c.actor_id).order_by(n.desc(), met.c.actor_id).limit(limit).subquery()
    named = select(top.c.actor_id, actor.c.name, top.c.n).join(actor, actor.c.id == top.c.actor_id)
    return [Met(*row) for row in conn.execute(named.order_by(top.c.n.desc(), top.c.actor_id))]


def in_months(
    conn: Connection, ids: Sequence[str], own: str | None, span: TimeSpan, left_out: TimeSpan | None
) -> dict[str, int]:
    """How many events of each actor, or of each with `own`, lie in the whole months of a span, without those months
    that touch `left_out`. From the rollups: said to have happened, whatever else was asked for."""
    table, name, chosen = _of_actors(ids) if own is None else _of_pairs(ids, own)
    inside = [table.c.m_start >= span.start, table.c.m_end <= span.end]
    if left_out and left_out.start and left_out.end:
        inside.append(or_(table.c.m_end <= left_out.start, table.c.m_start >= left_out.end))
    asked = select(name, cast(func.sum(table.c.n), BigInteger)).where(chosen, *inside).group_by(name)
    return {row[0]: row[1] for row in conn.execute(asked)}


def _of_actors(ids: Sequence[str]) -> tuple[Table, ColumnElement[str], ColumnElement[bool]]:
    return actor_month, actor_month.c.actor_id, actor_month.c.actor_id.in_(ids)


def _of_pairs(ids: Sequence[str], own: str) -> tuple[Table, ColumnElement[str], ColumnElement[bool]]:
    a, b = dyad_month.c.a_id, dyad_month.c.b_id
    pairs = [tuple(sorted((own, other))) for other in ids]
    return dyad_month, case((a == own, b), else_=a), tuple_(a, b).in_(pairs)
