"""What the sums by day tell of actors in a window: how many events one has, whom events name, and who is across from
one. No event is read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    Integer,
    Select,
    Subquery,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)

from app.domain.queries import EventQuery, Match
from app.domain.spans import TimeSpan
from app.storage.columns import INFINITY, MINUS_INFINITY
from app.storage.filters import Condition, reaching_in, touching
from app.storage.rollup_tables import IS_LONGER, actor_day, event_day, pair_day
from app.storage.rollups import Counted, is_kept, of_kinds
from app.storage.vague import closed


def of_actor(query: EventQuery) -> Counted | None:
    """Where the sums of one actor by date and kind are read, `n` alone; None where they do not tell it."""
    span = closed(query)
    if span is None or not query.actor.wanted or not _is_told(query):
        return None
    own = actor_day.c
    spans = union_all(select(_days(span)), select(_vague(span, _EITHER))).subquery("span")
    rows = spans.join(actor_day, (own.d_start == spans.c.d_start) & (own.d_end == spans.c.d_end))
    found = [own.actor_id == query.actor.wanted[0], *of_kinds(query, own.kind)]
    if not query.loose:
        found.append(~reaching_in(span, own.d_start, own.d_end))
    return Counted(rows, own.d_start, own.d_end, own.kind, {"n": own.n}, found, "actor_day")


def named(query: EventQuery) -> Select[Any] | None:
    """(actor_id, n): how many of the query's events with both ends known name whom; None where the sums do not tell
    it."""
    span = closed(query)
    if span is None or query.actor.wanted or query.loose or not _is_told(query):
        return None
    own, vague = actor_day.c, _vague(span, _BOTH)
    asked = select(own.actor_id, own.named).where(*of_kinds(query, own.kind))
    days = asked.where(own.d_start >= span.start, own.d_start < span.end, _is_one_day(own))
    longer = asked.join_from(vague, actor_day, (own.d_start == vague.c.d_start) & (own.d_end == vague.c.d_end))
    parts = union_all(days, longer).subquery("part")
    n = cast(func.sum(parts.c.named), BigInteger)
    return select(parts.c.actor_id, n.label("n")).group_by(parts.c.actor_id).having(n > 0)


def across(query: EventQuery) -> Select[Any] | None:
    """(actor_id, n): in how many of the one actor's events with both ends known who is named across from it; None where
    the sums do not tell it."""
    span = closed(query)
    if span is None or not query.actor.wanted or query.loose or not _is_told(query):
        return None
    own, vague = pair_day.c, _vague(span, _BOTH)
    asked = select(own.met_id, own.n).where(own.actor_id == query.actor.wanted[0], *of_kinds(query, own.kind))
    days = asked.where(own.d_start >= span.start, own.d_start < span.end, _is_one_day(own))
    longer = asked.join_from(vague, pair_day, (own.d_start == vague.c.d_start) & (own.d_end == vague.c.d_end))
    parts = union_all(days, longer).subquery("part")
    n = cast(func.sum(parts.c.n), BigInteger)
    return select(parts.c.met_id.label("actor_id"), n.label("n")).group_by(parts.c.met_id).having(n > 0)


def _is_told(query: EventQuery) -> bool:
    plain = not query.dyad and not query.kind.unwanted
    return is_kept(query) and plain and query.match is Match.POSSIBLE


def _is_one_day(own: Any) -> Condition:
    one_day: Condition = type_coerce(own.d_end, Date) == own.d_start + literal(1, Integer)
    return one_day


def _days(span: TimeSpan) -> Subquery:
    """Each day of a window as a span."""
    length = literal(span.end, Date) - literal(span.start, Date) - literal(1, Integer)
    number = func.generate_series(0, type_coerce(length, Integer)).column_valued("number")
    first = type_coerce(literal(span.start, Date) + number, Date)
    return select(first.label("d_start"), type_coerce(first + literal(1, Integer), Date).label("d_end")).subquery("day")


_HAS_START, _HAS_END = event_day.c.d_start > MINUS_INFINITY, event_day.c.d_end < INFINITY
_EITHER, _BOTH = or_(_HAS_START, _HAS_END), and_(_HAS_START, _HAS_END)


def _vague(span: TimeSpan, known: Condition) -> Subquery:
    """Each span of more than a day that touches a window, with the ends that have to be known."""
    first, after = event_day.c.d_start, event_day.c.d_end
    ends = (type_coerce(first, Date).label("d_start"), type_coerce(after, Date).label("d_end"))
    return select(*ends).where(IS_LONGER, touching(span, event_day.c), known).distinct().subquery("vague")
