"""The filters of a question about events as SQL conditions on `event`. Nothing else in the program writes them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnCollection,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Text,
    case,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import DATERANGE

from app.domain.errors import BadQuery
from app.domain.events import Status
from app.domain.queries import Choice, EventQuery, Match
from app.domain.spans import Precision, TimeSpan
from app.storage.columns import INFINITY, MINUS_INFINITY
from app.storage.documents import published_overlaps
from app.storage.rollup_tables import event_pair
from app.storage.tables import document, event, event_actor, mention, reprint

Condition = ColumnElement[bool]

IS_DAY: Condition = event.c.precision == literal_column("'day'", Text)  # literal, as in the partial indexes
_STARTS_OPEN, _ENDS_OPEN = event.c.d_start == MINUS_INFINITY, event.c.d_end == INFINITY
ONE_END: Condition = or_(_STARTS_OPEN, _ENDS_OPEN) & (_STARTS_OPEN != _ENDS_OPEN)  # the first as in the partial index
# a month at most, as in the partial index; in such dates no end is open
NARROW: Condition = literal_column("event.d_end <= event.d_start + 31", Boolean)
NOT_A_DAY: Condition = event.c.precision != literal_column("'day'", Text)
IS_VAGUE: Condition = NOT_A_DAY & (event.c.precision != Precision.UNKNOWN)


def conditions(query: EventQuery) -> list[Condition]:
    """Every filter of the query but its window, which `window` gives: lists scan it in branches."""
    found = [*_choices(query), *_actors(query), *_documents(query), *_bounds(query)]
    if not query.status.wanted:
        found.append(event.c.status != Status.RETRACTED)
    return found


def everything(query: EventQuery) -> list[Condition]:
    """Every filter of the query, the window included."""
    return [*conditions(query), or_(*window(query, event.c.d_order))]


# -- time -----------------------------------------------------------------------------------------


def window(query: EventQuery, key: ColumnElement[date], *, walked: bool = False) -> list[Condition]:
    """The window in branches that exclude each other, each with an index that gives its order by date.

    `key` is the order's key where the events are read from: `event.d_order` or its copy in `event_actor`.

    Days of their own, and vague dates, of which a short list in an index of its own is kept; where they are `walked` in
    the order of an end, that order's index gives them. Events without any date are left out.
    """
    span = query.when
    if span is None or not span.known:
        return [true()]
    if query.match is Match.CERTAIN:
        return [_inside(span) & _ordered_in(span, key)]
    touched = overlapping(span) if walked else touching(span)
    vague = touched if query.loose else touched & ~reaching_in(span)
    return [IS_DAY & _ordered_in(span, key), IS_VAGUE & vague]


def overlapping(span: TimeSpan) -> Condition:
    """The overlap test of `TimeSpan.overlaps`, in SQL."""
    clause: Condition = true()
    if span.end:
        clause &= event.c.d_start < span.end
    if span.start:
        clause &= event.c.d_end > span.start
    return clause


def touching(span: TimeSpan, columns: ColumnCollection[str, Any] = event.c) -> Condition:
    """The same of vague dates, in the words of their index. `columns`: where `d_start` and `d_end` are read."""
    start = MINUS_INFINITY if span.start is None else literal(span.start, Date)
    end = INFINITY if span.end is None else literal(span.end, Date)
    own, other = (func.daterange(*ends, type_=DATERANGE) for ends in ((columns.d_start, columns.d_end), (start, end)))
    shared: Condition = own.overlaps(other)
    return shared


def reaching_in(
    span: TimeSpan, start: ColumnElement[Any] = event.c.d_start, end: ColumnElement[Any] = event.c.d_end
) -> Condition:
    """The one known end lies outside of the span, so that only the unknown one lets the date reach into it."""
    clause: Condition = false()
    if span.end:
        clause |= (start == MINUS_INFINITY) & (end > span.end)
    if span.start:
        clause |= (end == INFINITY) & (start < span.start)
    return clause


def _ordered_in(span: TimeSpan, key: ColumnElement[date]) -> Condition:
    """Of days of their own the same as overlapping, in terms of the order's key."""
    clause: Condition = true()
    if span.start:
        clause &= key >= span.start
    if span.end:
        clause &= key < span.end
    return clause


def span_length() -> ColumnElement[int]:
    """How many days an event's date leaves open; the largest number where an end is open."""
    bounded = func.isfinite(event.c.d_start) & func.isfinite(event.c.d_end)
    return case(
        (bounded, type_coerce(event.c.d_end - event.c.d_start, Integer)), else_=literal_column("2147483647", Integer)
    )


def _inside(span: TimeSpan) -> Condition:
    clause: Condition = event.c.precision != Precision.UNKNOWN
    if span.start:
        clause &= event.c.d_start >= span.start
    if span.end:
        clause &= event.c.d_end <= span.end
    return clause


# -- plain columns --------------------------------------------------------------------------------


def _choices(query: EventQuery) -> list[Condition]:
    found = [
        _chosen(query.kind, lambda values: event.c.kind.in_(values)),
        _chosen(query.plover, lambda values: func.coalesce(event.c.plover, "").in_(values)),
        _chosen(query.cameo, lambda values: or_(*(event.c.cameo.startswith(code, autoescape=True) for code in values))),
        _chosen(query.modality, lambda values: event.c.modality.in_(values)),
        _chosen(query.status, lambda values: event.c.status.in_(values)),
        _chosen(query.ids, lambda values: event.c.id.in_(values)),
        _chosen(query.place, _at_place),
        _chosen(query.country, _of_country),
    ]
    return [clause for clause in found if clause is not None]


def _chosen(choice: Choice, clause: Callable[[Collection[str]], Condition]) -> Condition | None:
    if not choice:
        return None
    wanted = clause(choice.wanted) if choice.wanted else true()
    # null is not unwanted: an event without a place is not "in Iran"
    return wanted & ~func.coalesce(clause(choice.unwanted), False) if choice.unwanted else wanted


def _at_place(names: Collection[str]) -> Condition:
    return func.lower(event.c.place_name).in_([name.lower() for name in names])


def _of_country(codes: Collection[str]) -> Condition:
    """It happened there, or the state or one of its people or bodies takes part."""
    return func.coalesce(event.c.country.in_(codes), False) | any_actor(codes)


def _bounds(query: EventQuery) -> list[Condition]:
    found: list[Condition] = []
    if query.min_confidence is not None:
        found.append(event.c.confidence >= query.min_confidence)
    if query.min_reports is not None:
        found.append(event.c.n_reports >= query.min_reports)
    if query.q:
        found.append(event.c.search.bool_op("@@")(func.websearch_to_tsquery("news", query.q)))
    if query.bbox:
        found.append(_in_box(*query.bbox))
    return found


def _in_box(west: float, south: float, east: float, north: float) -> Condition:
    """Inside the box; where west lies east of east it crosses the antimeridian."""
    longitude = event.c.longitude
    across = (longitude >= west) | (longitude <= east) if west > east else longitude.between(west, east)
    return event.c.latitude.between(south, north) & across


# -- actors ---------------------------------------------------------------------------------------


def any_actor(ids: Collection[str], part: str | None = None) -> Condition:
    """One of these acts in the event; `part` is is_source, is_target or is_named, None for any part."""
    if not ids:
        return false()
    row = event_actor.alias()
    acts = select(row.c.event_id).where(row.c.event_id == event.c.id, row.c.actor_id.in_(list(ids)))
    return (acts.where(row.c[part]) if part else acts).exists()


def _actors(query: EventQuery) -> list[Condition]:
    found = [
        _chosen(query.actor, any_actor),
        _chosen(query.source, lambda ids: any_actor(ids, "is_source")),
        _chosen(query.target, lambda ids: any_actor(ids, "is_target")),
    ]
    if query.dyad:
        found.append(_between(query.dyad))
    return [clause for clause in found if clause is not None]


def _between(dyad: tuple[str, str]) -> Condition:
    """One did it to the other. As ids, not a condition on each event: the pair is looked up first."""
    return event.c.id.in_(select(event_pair.c.event_id).where(of_pair(dyad)))


def of_pair(dyad: tuple[str, str]) -> Condition:
    """The rows of `event_pair` of two actors, whichever of them is told first."""
    one, other = (literal(name, Text) for name in dyad)
    return (event_pair.c.a_id == func.least(one, other)) & (event_pair.c.b_id == func.greatest(one, other))


def pair_acts(own: FromClause, other: FromClause, dyad: tuple[str, str]) -> Condition:
    """The rows of two actors in one event (aliases of event_actor) of which one is source and the other target."""
    directed = (own.c.is_source & other.c.is_target) | (own.c.is_target & other.c.is_source)
    return (own.c.actor_id == dyad[0]) & (other.c.actor_id == dyad[1]) & directed


# -- documents ------------------------------------------------------------------------------------


def _documents(query: EventQuery) -> list[Condition]:
    found = [
        _chosen(query.document, lambda ids: _told_in(mention.c.document_id.in_([_number(name) for name in ids]))),
        _chosen(query.publisher, lambda names: _told_by(_published_by(names))),
    ]
    if query.published:
        found.append(_told_by(published_overlaps(query.published)))
    return [clause for clause in found if clause is not None]


def _published_by(names: Collection[str]) -> Condition:
    """Theirs, or printed by them as others had it."""
    wanted = [name.lower() for name in names]
    copied = select(reprint.c.document_id).where(func.lower(reprint.c.publisher).in_(wanted))
    return func.lower(document.c.publisher).in_(wanted) | document.c.id.in_(copied)


def _told_in(clause: Condition) -> Condition:
    return select(mention.c.id).where(mention.c.event_id == event.c.id, clause).correlate(event).exists()


def _told_by(clause: Condition) -> Condition:
    joined = mention.join(document, mention.c.document_id == document.c.id)
    return (
        select(mention.c.id)
        .select_from(joined)
        .where(mention.c.event_id == event.c.id, clause)
        .correlate(event)
        .exists()
    )


def _number(name: str) -> int:
    if name.isascii() and name.isdigit() and len(name) < 19:
        return int(name)
    raise BadQuery("document", f"{name!r} is not the id of a document; ids are numbers.", example="1")
