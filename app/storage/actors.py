"""Actors: their names and offices with dates, how a name is resolved, and whom they meet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    case,
    delete,
    func,
    literal,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy.dialects.postgresql import Range, distinct_on
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.domain.actors import Actor, ActorType, Alias, Office
from app.domain.events import HAPPENED, Status
from app.domain.spans import Precision, TimeSpan
from app.storage.columns import INFINITY
from app.storage.filters import overlapping
from app.storage.names import fold
from app.storage.rows import ActorMatch, Counterpart, FacetCount, Seen
from app.storage.tables import actor, actor_name, actor_office, event, event_actor

_BATCH = 5_000
_COUNTED = 10_000
_LEAST_COMPARED = 50


def upsert(conn: Connection, actors: Sequence[Actor]) -> None:
    """Keep actors with their names and offices; those already known take the new fields, names and offices."""
    ordered = sorted({one.id: one for one in actors}.values(), key=lambda one: one.id)
    for first in range(0, len(ordered), _BATCH):
        _upsert_batch(conn, ordered[first : first + _BATCH])


def _upsert_batch(conn: Connection, actors: Sequence[Actor]) -> None:
    made = pg_insert(actor)
    fields = ("name", "type", "state", "sector", "source")
    changed = or_(*(actor.c[name].is_distinct_from(made.excluded[name]) for name in fields))
    rows = [{"id": one.id} | {name: getattr(one, name) for name in fields} for one in actors]
    renewed = {name: made.excluded[name] for name in fields}
    conn.execute(made.on_conflict_do_update(index_elements=["id"], set_=renewed, where=changed), rows)
    ids = [one.id for one in actors]
    conn.execute(delete(actor_name).where(actor_name.c.actor_id.in_(ids)))
    conn.execute(delete(actor_office).where(actor_office.c.actor_id.in_(ids)))
    conn.execute(pg_insert(actor_name).on_conflict_do_nothing(), [row for one in actors for row in _names(one)])
    if offices := [row for one in actors for row in _offices(one)]:
        conn.execute(pg_insert(actor_office).on_conflict_do_nothing(), offices)


def _names(one: Actor) -> list[dict[str, Any]]:
    aliases = (Alias(one.name, TimeSpan.unknown()), *one.aliases)
    return [
        {"actor_id": one.id, "name": alias.name, "folded": fold(alias.name)}
        | {"d_start": alias.span.start, "d_end": alias.span.end}
        for alias in {alias.name: alias for alias in reversed(aliases)}.values()
    ]


def _offices(one: Actor) -> list[dict[str, Any]]:
    return [
        {"actor_id": one.id, "title": office.title, "state": office.state}
        | {"held": Range(office.span.start, office.span.end, bounds="[)")}
        for office in one.offices
    ]


# -- by name --------------------------------------------------------------------------------------


def resolve(conn: Connection, name: str, *, limit: int = 10) -> list[ActorMatch]:
    """The actors that a name, code or id may mean: exact ones only where there are any, most events first, else
    the names most alike, most alike first. Case, accents and a leading "the" do not count."""
    folded = fold(name)
    named, spelt = actor_name.c.folded == folded, func.lower(actor.c.id) == name.strip().lower()
    # the ids by an index each, which "or" across two tables would not take
    ids = union_all(select(actor_name.c.actor_id).where(named), select(actor.c.id).where(spelt))
    same = or_(named, spelt) & actor.c.id.in_(ids)
    if exact := _matches(conn, same, literal(1.0, Float), exact=True, limit=limit):
        return exact
    return _matches(conn, _alike(folded), func.similarity(actor_name.c.folded, folded), exact=False, limit=limit)


def suggest(conn: Connection, q: str, *, limit: int = 10) -> list[ActorMatch]:
    """Actors whose names begin with or contain `q` or are like it, for a search box; "" gives the most active."""
    folded = fold(q)
    if not folded:
        return _most_active(conn, limit)
    begins = actor_name.c.folded.startswith(folded, autoescape=True)
    holds = actor_name.c.folded.contains(folded, autoescape=True)
    score = case((begins, 1.0), (holds, 0.9), else_=func.similarity(actor_name.c.folded, folded))
    return _matches(conn, or_(holds, _alike(folded)), score, exact=False, limit=limit)


def _alike(folded: str) -> ColumnElement[bool]:
    return actor_name.c.folded.bool_op("%")(folded)


def _matches(
    conn: Connection, condition: ColumnElement[bool], score: ColumnElement[Any], *, exact: bool, limit: int
) -> list[ActorMatch]:
    """Each actor once, by its best name; best first, of equals the one with most events."""
    best = (
        select(actor.c.id, actor.c.name, actor.c.type, actor.c.state)
        .add_columns(actor_name.c.name.label("alias"), score.label("score"))
        .select_from(actor.join(actor_name))
        .where(condition)
        .ext(distinct_on(actor.c.id))
        .order_by(actor.c.id, score.desc(), func.char_length(actor_name.c.name), actor_name.c.name)
        .subquery()
    )
    top = select(best).order_by(best.c.score.desc(), best.c.id).limit(max(limit, _LEAST_COMPARED)).subquery()
    n_events = _n_events(top.c.id)
    asked = select(top, n_events.label("n_events")).order_by(top.c.score.desc(), text("n_events DESC"), top.c.id)
    return [
        ActorMatch(row.id, row.name, row.type, row.state, row.alias, exact, row.score, row.n_events)
        for row in conn.execute(asked.limit(limit))
    ]


def _most_active(conn: Connection, limit: int) -> list[ActorMatch]:
    n = func.count().label("n")
    busy = (
        select(event_actor.c.actor_id, n)
        .where(event_actor.c.is_named)
        .group_by(event_actor.c.actor_id)
        .order_by(n.desc(), event_actor.c.actor_id)
        .limit(limit)
        .subquery()
    )
    asked = select(actor, busy.c.n).join(busy, busy.c.actor_id == actor.c.id).order_by(busy.c.n.desc(), actor.c.id)
    return [
        ActorMatch(row.id, row.name, row.type, row.state, row.name, False, 0.0, row.n) for row in conn.execute(asked)
    ]


def _n_events(actor_id: ColumnElement[str]) -> ColumnElement[int]:
    """The number of an actor's events, up to _COUNTED: enough to tell the likelier of two."""
    some = select(event_actor.c.event_id).where(event_actor.c.actor_id == actor_id).limit(_COUNTED)
    return select(func.count()).select_from(some.correlate(actor_id.table).lateral()).scalar_subquery()


# -- one actor ------------------------------------------------------------------------------------


def get(conn: Connection, actor_id: str) -> Actor | None:
    """An actor with all its names and offices and the days on which they held."""
    row = conn.execute(select(actor).where(actor.c.id == actor_id)).one_or_none()
    if row is None:
        return None
    names = select(actor_name).where(actor_name.c.actor_id == actor_id, actor_name.c.name != row.name)
    offices = select(actor_office).where(actor_office.c.actor_id == actor_id)
    return Actor(
        id=row.id,
        name=row.name,
        type=ActorType(row.type),
        state=row.state,
        sector=row.sector,
        aliases=tuple(
            Alias(one.name, _span(one.d_start, one.d_end)) for one in conn.execute(names.order_by(actor_name.c.name))
        ),
        offices=tuple(
            Office(one.title, one.state, _span(one.held.lower, one.held.upper))
            for one in conn.execute(offices.order_by(actor_office.c.held, actor_office.c.title, actor_office.c.state))
        ),
        source=row.source,
    )


def _span(start: date | None, end: date | None) -> TimeSpan:
    if start is None and end is None:
        return TimeSpan.unknown()
    if start is None:
        return TimeSpan(None, end, Precision.BEFORE)
    return TimeSpan(start, end, Precision.AFTER if end is None else Precision.RANGE)


def holders(conn: Connection, state: str, span: TimeSpan) -> list[tuple[str, str]]:
    """(actor id, title) of those who held an office of a state on any day of a span."""
    days = Range(span.start, span.end, bounds="[)")
    asked = (
        select(actor_office.c.actor_id, actor_office.c.title)
        .where(actor_office.c.state == state, actor_office.c.held.overlaps(days))
        .order_by(actor_office.c.held, actor_office.c.actor_id, actor_office.c.title)
    )
    return [(row.actor_id, row.title) for row in conn.execute(asked)]


def counterparts(
    conn: Connection, actor_id: str, *, when: TimeSpan | None = None, limit: int = 20
) -> list[Counterpart]:
    """Whom an actor meets in events that are said to have happened, most often first."""
    own, other = event_actor.alias(), event_actor.alias()
    total = func.count().label("total")
    sent = func.count().filter(own.c.is_source & other.c.is_target).label("sent")
    received = func.count().filter(own.c.is_target & other.c.is_source).label("received")
    met = (
        select(other.c.actor_id, sent, received, total)
        .select_from(own.join(other, other.c.event_id == own.c.event_id).join(event, event.c.id == own.c.event_id))
        .where(own.c.actor_id == actor_id, other.c.actor_id != actor_id, other.c.is_named, *_happened())
        .group_by(other.c.actor_id)
        .order_by(total.desc(), other.c.actor_id)
        .limit(limit)
    )
    if when:
        met = met.where(overlapping(when), event.c.precision != Precision.UNKNOWN)
    found = met.subquery()
    asked = select(found, actor.c.name, actor.c.type).join(actor, actor.c.id == found.c.actor_id)
    return [
        Counterpart(row.actor_id, row.name, row.type, row.sent, row.received, row.total)
        for row in conn.execute(asked.order_by(found.c.total.desc(), found.c.actor_id))
    ]


def kinds(conn: Connection, actor_id: str) -> list[FacetCount]:
    """The kinds of an actor's events that are said to have happened, commonest first."""
    n = func.count().label("n")
    asked = (
        select(event.c.kind, n)
        .select_from(event_actor.join(event))
        .where(event_actor.c.actor_id == actor_id, *_happened())
        .group_by(event.c.kind)
        .order_by(n.desc(), event.c.kind)
    )
    return [FacetCount(row.kind, row.n) for row in conn.execute(asked)]


def seen(conn: Connection, actor_id: str) -> Seen:
    """The outermost known days and the number of an actor's events that are said to have happened."""
    known = event_actor.c.d_order < INFINITY
    first, last = func.min(event_actor.c.d_order).filter(known), func.max(event_actor.c.d_order).filter(known)
    asked = (
        select(first.label("first"), last.label("last"), func.count().label("n"))
        .select_from(event_actor.join(event))
        .where(event_actor.c.actor_id == actor_id, *_happened())
    )
    row = conn.execute(asked).one()
    return Seen(row.first, row.last, row.n)


def _happened() -> tuple[ColumnElement[bool], ...]:
    return event.c.modality.in_(HAPPENED), event.c.status != Status.RETRACTED
