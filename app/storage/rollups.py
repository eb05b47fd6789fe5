"""Counts by date: from the rollups where they hold what is asked for, else counted from the events.

A cell is a span of days with how many events have just this span (by month: just these months) and their sums. Every
count by day, month or year, certain or possible, is a sum of cells, so no event row is ever fetched to be counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Text,
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)

from app.domain.events import HAPPENED
from app.domain.queries import ANY, By, Choice, EventQuery, Match, Sort
from app.domain.spans import TimeSpan
from app.storage.columns import EndDay, StartDay
from app.storage.filters import Condition, conditions, of_pair, pair_acts, reaching_in, touching
from app.storage.prepared import Prepared, prepared
from app.storage.rollup_tables import IS_LONGER, IS_ONE_DAY, actor_month, dyad_month, event_day, event_pair
from app.storage.shapes import shape
from app.storage.tables import event, event_actor
from app.storage.vague import branches

MOST_CELLS = 100_000
_STATEMENTS = 256  # kept for questions of the same shape
EVERYONE = ""  # the id under which `actor_month` counts events of whomever
SUMS = ("n", "quad1", "quad2", "quad3", "quad4", "goldstein", "reports", "sent", "received")


class Grain(StrEnum):
    """How finely cells tell dates: to the day, or to the months that hold them."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Cells:
    """Rows of (start, end, group, *SUMS); `end` is the day after, an open end is None. `goldstein` is a sum of
    hundredths. `source` names the table that was read. `whole` is False where there were more than MOST_CELLS."""

    rows: Sequence[Row[Any]]
    source: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """A table of sums: where from, what a cell's ends, group and sums are, and on what conditions."""

    rows: FromClause
    start: ColumnElement[date]
    end: ColumnElement[date]
    group: ColumnElement[Any]
    sums: dict[str, ColumnElement[Any]]
    filters: list[Condition]
    source: str


def fold(conn: Connection) -> bool:
    """Join what writers have appended with the rows of its keys; False where another connection is at it."""
    return bool(conn.execute(select(func.fold_rollups())).scalar_one())


def rebuild(conn: Connection) -> None:
    """Count anew, and find the pairs anew. Writers of events wait meanwhile."""
    conn.execute(select(func.rebuild_rollups(), func.rebuild_pairs()))


def cells(
    conn: Connection, query: EventQuery, grain: Grain, by: By | None = None, sums: tuple[str, ...] = SUMS
) -> Cells:
    """What the query's events add up to, by span and group; `limit`, `sort` and `cursor` aside. Of `sums` only some may
    be wanted: the rows have no others."""
    asked = shape(replace(query, limit=0, sort=Sort.DATE, cursor=None))
    source, statement = _cells(asked.query, grain, by, sums)
    rows: Sequence[Row[Any]] = statement.run(conn, asked.values).fetchall()
    return Cells(rows[:MOST_CELLS], source, len(rows) <= MOST_CELLS)


@lru_cache(maxsize=_STATEMENTS)
def _cells(query: EventQuery, grain: Grain, by: By | None, names: tuple[str, ...]) -> tuple[str, Prepared]:
    found = counted(query, grain, by)
    sums = [cast(func.sum(found.sums[name]), BigInteger).label(name) for name in names]
    start, end = found.start.label("start"), found.end.label("end")
    asked = (
        select(start, end, found.group.label("group"), *sums)
        .select_from(found.rows)
        .where(*found.filters)
        .group_by(found.start, found.end, found.group)
        .having(func.sum(found.sums["n"]) > 0)
        .limit(MOST_CELLS + 1)
    )
    return found.source, prepared(asked)


def counted(query: EventQuery, grain: Grain, by: By | None) -> Counted:
    """Where the sums of a question are to be read."""
    return _from_rollup(query, grain, by) or _from_events(query, grain, by)


# -- from the rollups -----------------------------------------------------------------------------


def _from_rollup(query: EventQuery, grain: Grain, by: By | None) -> Counted | None:
    """None where no rollup holds what is asked for."""
    if not is_kept(query) or by not in (None, By.KIND) or query.kind.unwanted:
        return None
    actor = query.actor.wanted[0] if query.actor.wanted else EVERYONE
    if grain is Grain.DAY:
        return None if actor or query.dyad else _days(query, by)
    if not whole_months(query.when):
        return None
    if query.dyad:
        return None if by or query.kind or actor else _pair(query, query.dyad)
    return _months(query, actor, by)


def is_kept(query: EventQuery) -> bool:
    """Only a window, kinds, and one actor or one pair: the rollups know of nothing else."""
    plain = EventQuery(when=query.when, match=query.match, loose=query.loose, kind=query.kind)
    asked = replace(query, sort=plain.sort, limit=plain.limit, cursor=None, actor=ANY, dyad=None)
    said = set(query.modality.wanted) == set(HAPPENED) and not query.modality.unwanted
    return said and replace(asked, modality=plain.modality) == plain and _at_most_one(query.actor)


def _at_most_one(choice: Choice) -> bool:
    return len(choice.wanted) <= 1 and not choice.unwanted


def whole_months(span: TimeSpan | None) -> bool:
    return span is None or all(end is None or end.day == 1 for end in (span.start, span.end))


def _days(query: EventQuery, by: By | None) -> Counted:
    parts = _days_and_vague(query)
    own = parts.c
    sums = _sums_of(own) | {"sent": literal(0), "received": literal(0)}
    found = [*of_kinds(query, own.kind), *within(query, own.d_start, own.d_end)]
    group = own.kind if by else literal("", Text)
    return Counted(parts, own.d_start, own.d_end, group, sums, found, "event_day")


def _days_and_vague(query: EventQuery) -> FromClause:
    """The sums by day; for what may lie in a window the days and the vague dates apart, each by its own index."""
    span = query.when
    if query.match is Match.CERTAIN or span is None or span.start is None or span.end is None:
        return event_day
    own = event_day.c
    days = select(event_day).where(IS_ONE_DAY, own.d_start >= span.start, own.d_start < span.end)
    return union_all(days, select(event_day).where(IS_LONGER, touching(span, own))).subquery("part")


def _months(query: EventQuery, actor: str, by: By | None) -> Counted:
    own = actor_month.c
    found = [own.actor_id == actor, *of_kinds(query, own.kind), *within(query, own.m_start, own.m_end)]
    group = own.kind if by else literal("", Text)
    return Counted(actor_month, own.m_start, own.m_end, group, _sums_of(own), found, "actor_month")


def _pair(query: EventQuery, dyad: tuple[str, str]) -> Counted:
    own, (first, second) = dyad_month.c, sorted(dyad)
    sums = _sums_of(own)
    if (first, second) != dyad:
        sums |= {"sent": own.received, "received": own.sent}
    found = [own.a_id == first, own.b_id == second, *within(query, own.m_start, own.m_end)]
    return Counted(dyad_month, own.m_start, own.m_end, literal("", Text), sums, found, "dyad_month")


def _sums_of(columns: Any) -> dict[str, ColumnElement[Any]]:
    return {name: columns[name] for name in SUMS if name in columns}


def of_kinds(query: EventQuery, kind: ColumnElement[str]) -> list[Condition]:
    """The kinds that are wanted, where some are."""
    return [kind.in_(query.kind.wanted)] if query.kind.wanted else []


def within(query: EventQuery, start: ColumnElement[date], end: ColumnElement[date]) -> list[Condition]:
    """The window in terms of a cell's ends: the same test as of an event's own, by whole days or months."""
    span = query.when
    if span is None or not span.known:
        return []
    inside = query.match is Match.CERTAIN
    found: list[Condition] = [or_(start > literal(None, StartDay), end < literal(None, EndDay))]
    if span.start:
        found.append(start >= span.start if inside else end > span.start)
    if span.end:
        found.append(end <= span.end if inside else start < span.end)
    if not (inside or query.loose):
        found.append(~reaching_in(span, start, end))
    return found


# -- from the events ------------------------------------------------------------------------------


def _from_events(query: EventQuery, grain: Grain, by: By | None) -> Counted:
    """Each branch of the window by itself, so that an index can give it."""
    rows, key, filters, sent, received = acts(query)
    start, end = _ends(grain)
    group = func.coalesce(event.c[by.value], "") if by else literal("", Text)
    sums = event_sums(sent, received)
    told = [start.label("start"), end.label("end"), group.label("group")]
    told += [column.label(name) for name, column in sums.items()]
    parts = [select(*told).select_from(rows).where(*filters, branch) for branch in branches(query, key)]
    joined = union_all(*parts).subquery("part")
    own = joined.c
    return Counted(joined, own.start, own.end, own.group, {name: own[name] for name in SUMS}, [], "event")


def event_sums(sent: ColumnElement[bool], received: ColumnElement[bool]) -> dict[str, ColumnElement[Any]]:
    """What one event adds to each sum."""
    return {
        "n": literal_column("1"),
        **{f"quad{number}": case((event.c.quad == number, 1), else_=0) for number in range(1, 5)},
        "goldstein": cast(func.round(event.c.goldstein * 100), BigInteger),
        "reports": event.c.n_reports,
        "sent": case((sent, 1), else_=0),
        "received": case((received, 1), else_=0),
    }


def _ends(grain: Grain) -> tuple[ColumnElement[date], ColumnElement[date]]:
    if grain is Grain.DAY:
        return event.c.d_start, event.c.d_end
    return func.month_of(event.c.d_start, type_=StartDay), func.month_after(event.c.d_end, type_=EndDay)


Acts = tuple[FromClause, ColumnElement[date], list[Condition], ColumnElement[bool], ColumnElement[bool]]


def acts(query: EventQuery) -> Acts:
    """Events by way of one actor's or one pair's acts where just that is asked for, so that only theirs are read: the
    rows, the order's key, the filters that remain, and what tells that the first one sent or received."""
    own, other = event_actor.alias("own"), event_actor.alias("other")
    rows = own.join(event, event.c.id == own.c.event_id)
    if query.dyad:
        rest = conditions(replace(query, dyad=None))
        joined = event_pair.join(rows, own.c.event_id == event_pair.c.event_id)
        joined = joined.join(other, other.c.event_id == own.c.event_id)
        sent, received = own.c.is_source & other.c.is_target, own.c.is_target & other.c.is_source
        pair = [of_pair(query.dyad), pair_acts(own, other, query.dyad)]
        return joined, event_pair.c.d_order, [*pair, *rest], sent, received
    if len(query.actor.wanted) == 1:
        rest = conditions(replace(query, actor=Choice(unwanted=query.actor.unwanted)))
        mine = own.c.actor_id == query.actor.wanted[0]
        return rows, own.c.d_order, [mine, *rest], own.c.is_source, own.c.is_target
    nobody: ColumnElement[bool] = literal_column("false")
    return event, event.c.d_order, conditions(query), nobody, nobody
