"""Whom events name: in a window, and in the months around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Connection,
    Integer,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeEngine

from app.domain.queries import EventQuery
from app.domain.spans import TimeSpan
from app.storage.by_actor import across, named
from app.storage.columns import INFINITY, MINUS_INFINITY, EndDay, StartDay
from app.storage.prepared import Prepared, prepared
from app.storage.rollup_tables import actor_month, actor_total, dyad_month
from app.storage.rollups import acts
from app.storage.shapes import shape
from app.storage.tables import actor, event, event_actor
from app.storage.vague import branches

_STATEMENTS = 256  # kept for questions of the same shape


@dataclass(frozen=True, slots=True)
class Met:
    id: str
    name: str
    n: int


def in_window(conn: Connection, query: EventQuery, own: str | None, *, limit: int) -> list[Met]:
    """The named actors of the query's events with both ends known, most often first; of an actor's (`own`, whom the
    query asks for) those across from it. They are the events that `margins` counts by kind."""
    asked = shape(query)
    found = _in_window(asked.query, own is not None).run(conn, asked.values, most=limit, own=own)
    return [Met(row.actor_id, row.name, row.n) for row in found.fetchall()]


@lru_cache(maxsize=_STATEMENTS)
def _in_window(query: EventQuery, across_from_own: bool) -> Prepared:
    kept = across(query) if across_from_own else named(query)
    counts = (_named_by_events(query, across_from_own) if kept is None else kept).subquery("counts")
    most = _bound("most", Integer)
    top = select(counts).order_by(counts.c.n.desc(), counts.c.actor_id).limit(most).subquery()
    with_names = select(top.c.actor_id, actor.c.name, top.c.n).join(actor, actor.c.id == top.c.actor_id)
    return prepared(with_names.order_by(top.c.n.desc(), top.c.actor_id))


def _named_by_events(query: EventQuery, across_from_own: bool) -> Select[Any]:
    """(actor_id, n), from the events themselves."""
    rows, key, filters, sent, received = acts(query)
    told = select(event.c.id, sent.label("sent"), received.label("received")).select_from(rows)
    filters = [*filters, event.c.d_start > MINUS_INFINITY, event.c.d_end < INFINITY]
    inside = union_all(*(told.where(*filters, branch) for branch in branches(query, key))).subquery("inside")
    met = event_actor.alias("met")
    n = func.count().label("n")
    asked = select(met.c.actor_id, n).select_from(inside.join(met, met.c.event_id == inside.c.id)).where(met.c.is_named)
    if across_from_own:
        across = or_(and_(inside.c.sent, met.c.is_target), and_(inside.c.received, met.c.is_source))
        asked = asked.where(met.c.actor_id != _bound("own", Text), across)
    return asked.group_by(met.c.actor_id)


def in_months(
    conn: Connection,
    ids: Sequence[str],
    own: str | None,
    span: TimeSpan,
    left_out: TimeSpan | None,
    kinds: Sequence[str] = (),
) -> dict[str, int]:
    """How many events of each actor, or of each with `own`, lie in the whole months of a span with both ends, without
    those months that touch `left_out`. From the rollups: said to have happened; `kinds` only where nobody is `own`."""
    asked = _OF_PAIRS if own is not None else _OF_ACTORS_BY_KIND if kinds else _OF_ACTORS
    # to leave nothing out: what ends before it starts touches no month
    out = (left_out.start, left_out.end) if left_out and left_out.start and left_out.end else ("infinity", "-infinity")
    told: dict[str, Any] = {"first": span.start, "after": span.end, "out_first": out[0], "out_after": out[1]}
    if kinds:
        told["kinds"] = list(kinds)
    return {row.id: row.n for row in asked.run(conn, ids=list(ids), own=own, **told).fetchall()}


def _bound(name: str, kind: type[TypeEngine[Any]] | TypeEngine[Any]) -> BindParameter[Any]:
    """A value that is told each time."""
    return bindparam(name, type_=kind, required=False)


_IDS = _bound("ids", ARRAY(Text))


def _counted(table: Table, name: ColumnElement[str], *chosen: ColumnElement[bool]) -> Select[str, int]:
    start, end = table.c.m_start, table.c.m_end
    inside = [start >= _bound("first", StartDay), end <= _bound("after", EndDay)]
    inside.append(or_(end <= _bound("out_first", StartDay), start >= _bound("out_after", EndDay)))
    n = cast(func.sum(table.c.n), BigInteger).label("n")
    return select(name.label("id"), n).where(*chosen, *inside).group_by(name)


def _of_pairs() -> CompoundSelect[str, int]:
    """Each way by itself, so that the key gives it."""
    a, b, own, ids = dyad_month.c.a_id, dyad_month.c.b_id, _bound("own", Text), func.any(_IDS)
    return union_all(
        _counted(dyad_month, b, a == own, b == ids),
        _counted(dyad_month, a, b == own, a == ids),
    )


_OF_ACTORS = prepared(_counted(actor_total, actor_total.c.actor_id, actor_total.c.actor_id == func.any(_IDS)))
_OF_ACTORS_BY_KIND = prepared(
    _counted(
        actor_month,
        actor_month.c.actor_id,
        actor_month.c.actor_id == func.any(_IDS),
        actor_month.c.kind == func.any(_bound("kinds", ARRAY(Text))),
    )
)
_OF_PAIRS = prepared(_of_pairs())
