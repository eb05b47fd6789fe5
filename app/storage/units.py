"""Counts of actors and of pairs: who is in most events of a question, by month, and who acts on whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    cast,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)

from app.domain.queries import Choice, EventQuery
from app.storage.columns import EndDay, StartDay
from app.storage.filters import Condition, conditions, window
from app.storage.rollup_tables import actor_month, dyad_month
from app.storage.rollups import EVERYONE, MOST_CELLS, SUMS, event_sums, is_kept, of_kinds, whole_months, within
from app.storage.tables import actor, event, event_actor

Sums = Mapping[str, ColumnElement[Any]]


@dataclass(frozen=True, slots=True)
class Units:
    """Rows of (start, end, *key, *SUMS), the key being one actor's id or two; `names` of all of them."""

    rows: Sequence[Row[Any]]
    names: dict[str, str]
    source: str
    whole: bool


@dataclass(frozen=True, slots=True)
class _Table:
    """Sums by key and months: of a rollup, or of the events themselves."""

    rows: FromClause
    key: tuple[ColumnElement[str], ...]
    start: ColumnElement[Any]
    end: ColumnElement[Any]
    sums: Sums
    filters: list[Condition]
    source: str


def actors_by_month(conn: Connection, query: EventQuery, *, limit: int) -> Units:
    """The actors asked for, else the `limit` in most events; states stand for their people and bodies too."""
    # of several actors each is counted by itself
    kept = _is_kept(replace(query, actor=Choice(unwanted=query.actor.unwanted))) and not query.dyad
    table = _actors_kept(query) if kept else _actors_told(query)
    wanted = query.actor.wanted
    top = [(name,) for name in wanted] or _top(conn, table, limit)
    return _by_month(conn, table, top)


def dyads_by_month(conn: Connection, query: EventQuery, *, limit: int) -> Units:
    """The pair asked for, else the `limit` pairs with most events."""
    kept = _is_kept(query) and not query.actor and not query.kind
    table = _dyads_kept(query) if kept else _dyads_told(query)
    top = [tuple(sorted(query.dyad))] if query.dyad else _top(conn, table, limit)
    return _by_month(conn, table, top)


def links(conn: Connection, query: EventQuery, *, limit: int, states: bool) -> Units:
    """The pairs with most events, whenever those were: of actors that are named, or with `states` of states."""
    kept = _is_kept(query) and not query.actor and not query.kind and not query.dyad
    table = _dyads_kept(query, named=not states) if kept else _dyads_told(query, named=not states)
    if states:
        coded = select(actor.c.id).where(actor.c.type == "state")
        table = replace(table, filters=[*table.filters, *(column.in_(coded) for column in table.key)])
    top = _top(conn, table, limit)
    sums = [_sum(table.sums[name]).label(name) for name in SUMS]
    whenever: list[ColumnElement[Any]] = [literal_column("NULL"), literal_column("NULL")]
    asked = _chosen(table, select(*whenever, *table.key, *sums), top)
    rows = conn.execute(asked.group_by(*table.key)).all() if top else []
    return Units(rows, _names(conn, top), table.source, True)


def _is_kept(query: EventQuery) -> bool:
    """Whether the rollups by month know its filters. An actor or a pair that is asked for chooses events, which are in
    the rows of others too: only in its own rows are they told from the rest."""
    return is_kept(query) and whole_months(query.when) and not query.kind.unwanted


def _sum(column: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(func.sum(column), BigInteger)


def _top(conn: Connection, table: _Table, limit: int) -> list[tuple[str, ...]]:
    n = func.sum(table.sums["n"])
    asked = select(*table.key).select_from(table.rows).where(*table.filters).group_by(*table.key).having(n > 0)
    return [tuple(row) for row in conn.execute(asked.order_by(n.desc(), *table.key).limit(limit))]


def _chosen(table: _Table, asked: Select[Any], top: Sequence[tuple[str, ...]]) -> Select[Any]:
    asked = asked.select_from(table.rows).where(*table.filters)
    if len(table.key) == 1:
        return asked.where(table.key[0].in_([name for (name,) in top]))
    return asked.where(tuple_(*table.key).in_(top))


def _by_month(conn: Connection, table: _Table, top: Sequence[tuple[str, ...]]) -> Units:
    if not top:
        return Units([], {}, table.source, True)
    sums = [_sum(table.sums[name]).label(name) for name in SUMS]
    asked = _chosen(table, select(table.start.label("start"), table.end.label("end"), *table.key, *sums), top)
    grouped = asked.group_by(table.start, table.end, *table.key).having(func.sum(table.sums["n"]) > 0)
    rows = conn.execute(grouped.limit(MOST_CELLS + 1)).all()
    return Units(rows[:MOST_CELLS], _names(conn, top), table.source, len(rows) <= MOST_CELLS)


def _names(conn: Connection, keys: Collection[tuple[str, ...]]) -> dict[str, str]:
    ids = {name for key in keys for name in key}
    return {row.id: row.name for row in conn.execute(select(actor.c.id, actor.c.name).where(actor.c.id.in_(ids)))}


# -- from the rollups -----------------------------------------------------------------------------


def _actors_kept(query: EventQuery) -> _Table:
    own = actor_month.c
    found = [own.actor_id != EVERYONE, *of_kinds(query, own.kind), *within(query, own.m_start, own.m_end)]
    sums = {name: own[name] for name in SUMS}
    return _Table(actor_month, (own.actor_id,), own.m_start, own.m_end, sums, found, "actor_month")


def _dyads_kept(query: EventQuery, *, named: bool = False) -> _Table:
    own = dyad_month.c
    found = [*within(query, own.m_start, own.m_end), *([own.is_named] if named else [])]
    sums = {name: own[name] for name in SUMS}
    return _Table(dyad_month, (own.a_id, own.b_id), own.m_start, own.m_end, sums, found, "dyad_month")


# -- from the events ------------------------------------------------------------------------------


def _actors_told(query: EventQuery) -> _Table:
    own = event_actor.alias("unit")
    rows = event.join(own, own.c.event_id == event.c.id)
    sums = event_sums(own.c.is_source, own.c.is_target)
    return _Table(rows, (own.c.actor_id,), *_months(), sums, _all(query), "event")


def _dyads_told(query: EventQuery, *, named: bool = False) -> _Table:
    one, other = event_actor.alias("unit"), event_actor.alias("other_unit")
    rows = event.join(one, one.c.event_id == event.c.id).join(other, other.c.event_id == event.c.id)
    sent, received = one.c.is_source & other.c.is_target, other.c.is_source & one.c.is_target
    found = [one.c.actor_id < other.c.actor_id, sent | received, *_all(query)]
    if named:
        found += [one.c.is_named, other.c.is_named]
    key = (one.c.actor_id, other.c.actor_id)
    return _Table(rows, key, *_months(), event_sums(sent, received), found, "event")


def _months() -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return func.month_of(event.c.d_start, type_=StartDay), func.month_after(event.c.d_end, type_=EndDay)


def _all(query: EventQuery) -> list[Condition]:
    return [*conditions(query), or_(*window(query, event.c.d_order))]
