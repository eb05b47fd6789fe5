"""The questions that the program is for: a list of events, what lies around a day, what an actor went through."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from app.domain.errors import BadQuery, NotFound
from app.domain.kinds import Kind
from app.domain.queries import Choice, EventQuery, Match, Sort
from app.domain.spans import TimeSpan
from app.services import envelope, questions, tables
from app.services.analysis.surroundings import Surroundings, importance, surroundings
from app.services.asking import Asked, Notice
from app.services.describing import describe, human
from app.services.envelope import Count, Meta
from app.services.names import Resolved
from app.services.near import no_event
from app.services.questions import around_span, checked_text
from app.services.remembering import Memory
from app.services.tables import Record
from app.storage import actors, events, search
from app.storage.rows import EventRow

Kinds = Mapping[str, Kind]
EVER = TimeSpan.since(date.min)
DEFAULT_WINDOW = "14d"
DEFAULT_SIDE = 20
WEIGHED = 10  # times as many events are weighed as are asked for by importance
POSITIONS = ("before", "same_day", "overlapping", "after")
_HELD = ("same_day", "overlapping")  # what may be of the very day: `limit` bounds each


@dataclass(frozen=True, slots=True)
class Found:
    """Events as the wire has them, or as JSON of that, with the envelope. `previous` is the cursor of the page before,
    empty for the first page, None where there is none."""

    records: list[Any]
    meta: Meta
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """How a list is to be made: whether to count, what to count by (the commonest values of each, so many), and the
    address that links begin with.

    `ready`, where the format has one, takes what is JSON already: a record with `columns` (all without), or its lists.
    `memory`: what is told beside answers is looked up there.
    """

    kinds: Kinds
    base: str = ""
    count: Count | None = None
    facets: tuple[str, ...] = ()
    most_values: int = search.MOST_VALUES
    ready: Callable[[str], Any] | None = None
    columns: tuple[str, ...] = ()
    memory: Memory | None = None

    def known(self, conn: Connection, query: EventQuery) -> envelope.Known:
        """What the data cover, and how a question is counted."""
        if self.memory is None:
            return envelope.Known(search.coverage(conn))
        return envelope.Known(self.memory.coverage(conn, query), estimate=self.memory.estimate)


def find(conn: Connection, asked: Asked, listing: Listing) -> Found:
    """One page of the events that were asked for: from the database to the wire, no model in between."""
    records, next_cursor = _page(conn, asked.query, listing)
    known = listing.known(conn, asked.query)
    meta = envelope.meta(conn, asked, len(records), next_cursor, listing.count, known)
    if listing.facets:
        meta = replace(meta, facets=search.facets(conn, asked.query, listing.facets, limit=listing.most_values))
    return Found(records, meta, search.previous_cursor(conn, asked.query))


def _page(conn: Connection, query: EventQuery, listing: Listing) -> tuple[list[Any], str | None]:
    """The records and the next page's cursor. Where the format is JSON the database writes each record."""
    if listing.ready is None:
        page = search.page_of_columns(conn, query, tables.STORED)
        return tables.of_columns(page.rows, listing.kinds, listing.base), page.next_cursor
    columns = listing.columns or tuple(tables.COLUMNS)
    told = search.page_of_json(conn, query, columns, tables.labels(listing.kinds), listing.base)
    return [listing.ready(text) for text in told.rows], told.next_cursor


def of_actor(conn: Connection, actor_id: str, asked: Asked, listing: Listing) -> Found:
    """What an actor did and met with, in the order of the days. Raises NotFound for an id that nobody has."""
    known = actors.get(conn, actor_id)
    if known is None:
        raise NotFound(f"no actor has the id {actor_id[:80]!r}", parameter="actor_id")
    meant = Resolved("actor", actor_id, known.id, known.name, known.type)
    query = replace(asked.query, actor=Choice((actor_id,), asked.query.actor.unwanted))
    return find(conn, replace(asked, query=query, resolved=(*asked.resolved, meant)), listing)


@dataclass(frozen=True, slots=True)
class Pivot:
    """The day (or vaguer span) in the middle. `event_id` where an event gave it."""

    span: TimeSpan
    event_id: str | None = None


class Nearness(StrEnum):
    """What comes first on either side: what is nearest, or of the nearest what weighs most."""

    NEAREST = "nearest"
    IMPORTANCE = "importance"


@dataclass(frozen=True, slots=True)
class Reach:
    """How far to look: days to either side (None: to the ends of the data), and events on each side."""

    days: int | None = 14
    before: int = DEFAULT_SIDE
    after: int = DEFAULT_SIDE
    order: Nearness = Nearness.NEAREST


@dataclass(frozen=True, slots=True)
class Around:
    """Events around a pivot. `records` have the columns of an event and of DISTANCE_COLUMNS; each position is in order,
    nearest first. `overlapping` may have been on the very day, but are dated less finely."""

    pivot: Pivot
    window: TimeSpan | None
    records: list[Record]
    meta: Meta
    about: Record

    def at(self, position: str) -> list[Record]:
        return [record for record in self.records if record["position"] == position]


def pivot_of_event(conn: Connection, event_id: str) -> Pivot:
    """The date of an event as a pivot. Raises NotFound, or BadQuery for an event without a date."""
    event = events.get(conn, event_id)
    if event is None:
        raise no_event(conn, "event", event_id)
    if event.date_earliest is None and event.date_latest is None:
        raise BadQuery("event", "nothing is known of the date of this event, so nothing lies around it")
    return Pivot(_span_of(event), event_id)


def _span_of(event: EventRow) -> TimeSpan:
    first, last = event.date_earliest, event.date_latest
    if first and last:
        return TimeSpan.between(first, last)
    if first:
        return TimeSpan.since(first)
    return TimeSpan.until(last) if last else TimeSpan.unknown()


def _known_of(event: EventRow) -> TimeSpan:
    """The days of an event; where one end is not known, the one that is."""
    span = _span_of(event)
    end = span.start or span.last
    return span if (span.start and span.end) or end is None else TimeSpan.of_day(end)


def around(conn: Connection, pivot: Pivot, asked: Asked, reach: Reach, listing: Listing) -> Around:
    """What is known from before, from the day itself and from after, nearest first, with the distance in days.

    Dates that hold the pivot only because one of their ends is not known ("before 2024") are left out, unless the known
    end lies in the window; so is the event that is the pivot.
    """
    window = around_span(pivot.span, reach.days) if reach.days is not None else None
    others = Choice(asked.query.ids.wanted, (*asked.query.ids.unwanted, *((pivot.event_id,) if pivot.event_id else ())))
    query = replace(
        asked.query, when=window, match=Match.POSSIBLE, loose=window is None, sort=Sort.DATE, cursor=None, ids=others
    )
    known = listing.known(conn, query)
    found = surroundings(conn, query, window, known.coverage)
    records, clamped = _records(conn, pivot, query, reach, listing, found)
    # Without a window all dated events are matched, and no others.
    counted = replace(asked, query=replace(query, when=window or EVER))
    known = replace(known, matched=found.n)
    meta = envelope.meta(conn, counted, len(records), None, listing.count, known)
    words = describe(replace(query, sort=Sort.NEAREST), asked.resolved)
    words = f"Around {human(pivot.span)}: {words[0].lower()}{words[1:]}"
    meta = replace(meta, description=words, warnings=(*meta.warnings, *clamped, *found.notices))
    return Around(pivot, window, records, meta, found.about)


def _records(
    conn: Connection, pivot: Pivot, query: EventQuery, reach: Reach, listing: Listing, found: Surroundings
) -> tuple[list[Record], list[Notice]]:
    """The events by position, and which positions hold more than the limit. By importance, the weightiest of more than
    are asked for."""
    by_weight = reach.order is Nearness.IMPORTANCE
    wide = replace(reach, before=_wider(reach.before), after=_wider(reach.after)) if by_weight else reach
    most = {"before": reach.before, "after": reach.after}
    records: list[Record] = []
    one_more = _positioned(conn, pivot, replace(query, limit=query.limit + 1), wide)
    positioned = {name: here[: query.limit] if name in _HELD else here for name, here in one_more.items()}
    clamped = [_clamped(name, query.limit) for name in _HELD if len(one_more[name]) > query.limit]
    ids = list(dict.fromkeys(id for here in positioned.values() for id in here))
    rows = search.columns_of(conn, ids, tables.STORED, as_json=listing.ready is not None)
    known = {record["id"]: record for record in tables.of_columns(rows, listing.kinds, listing.base, listing.ready)}
    for position, here in positioned.items():
        told = [
            {
                **known[id],
                "position": position,
                **tables.distance(known[id], pivot.span),
                "importance": importance(known[id], found.shares),
            }
            for id in here
        ]
        if by_weight:
            told.sort(key=lambda record: -record["importance"])
        records += told[: most.get(position)]
    return records, clamped


def _clamped(position: str, limit: int) -> Notice:
    where = position.replace("_", " ")
    detail = f"{where}: the first {limit} are shown, and there are more; ask with a higher limit, at most 1000"
    return Notice("list_clamped", detail, omits=True)


def _wider(side: int) -> int:
    return min(side * WEIGHED, questions.MOST_LIMIT) if side else 0


def _positioned(conn: Connection, pivot: Pivot, query: EventQuery, reach: Reach) -> Mapping[str, Sequence[str]]:
    """The ids by position. A vague pivot is asked about from both of its ends."""
    first, last = _ends(pivot.span)
    start = search.nearest(conn, first, query, before=reach.before, after=reach.after)
    if first == last:
        return {name: getattr(start, name) for name in POSITIONS}
    end = search.nearest(conn, last, query, before=0, after=reach.after)
    held = replace(query, when=pivot.span, loose=True)
    inside = search.page_of_columns(conn, held, ("id", "date_earliest", "date_latest")).rows
    near = [
        id for id, earliest, latest in inside if query.when is None or not _reaches_into(earliest, latest, query.when)
    ]
    return {"before": start.before, "same_day": (), "overlapping": near, "after": end.after}


def _reaches_into(earliest: date | None, latest: date | None, window: TimeSpan) -> bool:
    """Whether only the end of its date that is not known lets an event reach into the window."""
    known = earliest or latest
    if known is None or (earliest and latest):
        return False
    return bool((window.start and known < window.start) or (window.end and known >= window.end))


def _ends(span: TimeSpan) -> tuple[date, date]:
    first, last = span.start or span.last, span.last or span.start
    if first is None or last is None:
        raise BadQuery("date", "a day, a month or a year is wanted", example="2016-04-15")
    return first, last


def around_wire(answer: Around) -> dict[str, Any]:
    """`data` of an answer about a day: the pivot, the four lists, and how many each holds."""
    lists = {position: answer.at(position) for position in POSITIONS}
    return {
        "pivot": {
            "date": answer.pivot.span.edtf(),
            "earliest": answer.pivot.span.start,
            "latest": answer.pivot.span.last,
            "event": answer.pivot.event_id,
        },
        "window": answer.window.edtf() if answer.window else None,
        **lists,
        "counts": {position: len(rows) for position, rows in lists.items()},
        **answer.about,
    }


def pivot(conn: Connection, day: str | None, event_id: str | None) -> Pivot:
    """The middle that was asked for: a date or an event, one of them."""
    day, event_id = (day or "").strip() or None, (event_id or "").strip() or None
    if (day is None) == (event_id is None):
        raise BadQuery("date", "ask with a date or with an event, one of them", example="2016-04-15")
    if event_id is not None:
        return pivot_of_event(conn, checked_text("event", event_id))
    span = questions.span("date", day or "")
    if not span.known:
        raise BadQuery("date", "a day, a month or a year is wanted", example="2016-04-15")
    return Pivot(span)


def reach(window: str | None, before: int, after: int, order: Nearness = Nearness.NEAREST) -> Reach:
    """`window` as `14d` (the default), or `all` for no bound."""
    if window is not None and window.strip().lower() == "all":
        return Reach(None, before, after, order)
    return Reach(questions.window_days("window", window or DEFAULT_WINDOW), before, after, order)


def pivot_of(conn: Connection, day: str | None, event_id: str | None, asked: Asked) -> Pivot:
    """The middle that was asked for; without one, the last day on which something is dated that the filters of an
    actor, a pair or a place ask for."""
    query = asked.query
    if (day or event_id or "").strip() or not (query.actor.wanted or query.dyad or query.place.wanted):
        return pivot(conn, day, event_id)
    latest = replace(query, when=EVER, sort=Sort.DATE_DESC, limit=1, cursor=None)
    for row in search.page(conn, latest).rows:
        return Pivot(_known_of(row))
    raise BadQuery("date", "no dated event is kept of what is asked for, so a date is wanted", example="2016-04-15")


def side(parameter: str, text: str | None) -> int:
    """How many events on one side of the pivot: 20 unless told, at most 1000."""
    if text is None:
        return DEFAULT_SIDE
    if not (text.isascii() and text.isdigit()) or int(text[:10]) > questions.MOST_LIMIT:
        raise BadQuery(parameter, f"a number from 0 to {questions.MOST_LIMIT} is wanted", example="20")
    return int(text)
