"""How an event stands to others, and the matter that it belongs to: told when asked, from what is kept then."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from heapq import merge
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection

from app.domain.kinds import Kind
from app.linking.claims import homes
from app.services import matters, standings, tables
from app.services.matters import Matter
from app.services.near import no_event
from app.services.questions import checked_text
from app.services.standings import ONE_OF, Standing, Told, between, nearest
from app.services.tables import Record
from app.storage import cursors, events
from app.storage import linking as store
from app.storage.relating import Place
from app.storage.rows import EventRow

log = logging.getLogger(__name__)
MOST_IN_CHAIN = 100
BACKWARD = ("fulfils", "postpones", "cancels", "resumes", "refuses", "repeats", "responds_to")  # to what was before
BRIEF = ("id", "kind", "title", "date_edtf", "modality", "status", "n_reports", "evidence_text", "url")


class Chain(NamedTuple):
    """A matter, or a page of it, with the cursors of the pages before and after."""

    record: Record
    earlier: str | None
    later: str | None


def related(conn: Connection, event_id: str, kinds: Mapping[str, Kind], base: str = "") -> list[Record]:
    """The relations of an event to others, either way, with what shows each."""
    own = standings.claims_of(conn, [event_id])
    claims = own.get(event_id, [])
    if not claims:
        return []
    near = standings.near(conn, claims)
    if near.cut:
        log.info("event %s: only the nearest of the events that may be related are compared", event_id)
    found = _standings(conn, own | standings.others(conn, near.ids), event_id)
    others = _rows(conn, {name for one in found for name in (one.first, one.second)} - {event_id})
    briefs = {record["id"]: _brief(record) for record in tables.records(others, kinds, base)}
    quotes = _quotes(conn, [key for one in found for key in one.shown_by])
    return [
        {
            "type": one.relation.type,
            "from": one.first,
            "to": one.second,
            "event": briefs[one.second if one.first == event_id else one.first],
            "reasons": list(one.relation.reasons),
            "evidence": [quotes[key] for key in one.shown_by],
        }
        for one in found
    ]


def _standings(conn: Connection, told: Told, event_id: str) -> list[Standing]:
    """The relations of an event, either way. What it stands to by a relation of which there is but one is the nearest;
    what stands to it so must have none that is nearer."""
    found = [one for other in sorted(told.keys() - {event_id}) for one in between(told, event_id, other)]
    outward = nearest([one for one in found if one.first == event_id])
    inward = [one for one in found if one.second == event_id]
    for first in sorted({one.first for one in inward if one.relation.type in ONE_OF}):
        near = standings.others(conn, standings.near(conn, told[first]).ids) | {first: told[first]}
        theirs = [one for other in near for one in between(near, first, other) if one.first == first]
        kept = {(one.second, one.relation.type) for one in nearest(theirs)}
        inward = [one for one in inward if one.first != first or (event_id, one.relation.type) in kept]
    return [*outward, *inward]


def _brief(record: Record) -> Record:
    return {name: record[name] for name in BRIEF}


def _rows(conn: Connection, event_ids: Collection[str]) -> list[EventRow]:
    """The events in the order of their first possible days; of "before X", X."""
    rows = [row for event_id in event_ids if (row := events.get(conn, event_id))]
    return sorted(rows, key=lambda row: (row.date_earliest or row.date_latest or date.max, row.id))


def chain(
    conn: Connection, event_id: str, kinds: Mapping[str, Kind], base: str = "", cursor: str | None = None
) -> Chain:
    """The matter of an event from its first day to its last: dealings in one weapon between two states, and what stands
    in relation to them; where it is about none, what stands in relation to it. It is `complete` unless what is farthest
    off in time was left out; a cursor tells that. Raises NotFound, and BadQuery for a cursor that is none of ours."""
    row = events.get(conn, checked_text("chain", event_id))
    if row is None:
        raise no_event(conn, "chain_id", event_id)
    page = _page(conn, event_id, cursor)
    found = page.matter.outward(page.kept)
    ways = defaultdict(list)
    for one in found:
        ways[one.first].append({"type": one.relation.type, "to": one.second, "reasons": list(one.relation.reasons)})
    briefs = tables.records(in_order(_rows(conn, page.kept), found), kinds, base)
    members = [_brief(brief) | {"relations": ways.get(brief["id"], [])} for brief in briefs]
    complete = not (page.matter.cut or page.earlier or page.later)
    record = {"id": event_id, **_about(page.matter.told), "n_events": len(members), "complete": complete}
    return Chain(record | {"events": members}, _cursor("earlier", page.earlier), _cursor("later", page.later))


class _Page(NamedTuple):
    """The events of a matter that are told at once, and where the pages before and after begin."""

    matter: Matter
    kept: list[str]
    earlier: Place | None
    later: Place | None


def _page(conn: Connection, event_id: str, cursor: str | None) -> _Page:
    """The page that holds an event, with what is nearest to it; or the one that a cursor leads to."""
    matter = matters.of_event(conn, event_id)
    if cursor:
        way, place = _place(cursor)
        return _page_beyond(conn, matter, place, later=way == "later")
    middle = next(place for place in matter.members if place.event_id == event_id)
    sides = {later: matter.beyond(middle, later=later) for later in (False, True)}
    ranked = ([(_apart(place, middle), later) for place in places] for later, places in sides.items())
    number = Counter(later for _, later in islice(merge(*ranked), MOST_IN_CHAIN - 1))
    kept = {later: places[: number[later]] for later, places in sides.items()}
    ends = [
        (kept[later] or [middle])[-1] if _more(conn, matter, len(kept[later]), places, later=later) else None
        for later, places in sides.items()
    ]
    return _Page(matter, [place.event_id for place in (middle, *kept[False], *kept[True])], *ends)


def _page_beyond(conn: Connection, matter: Matter, place: Place, *, later: bool) -> _Page:
    """What lies before or after a place."""
    near, found = _beyond(conn, matter, place, later=later)
    kept = found[:MOST_IN_CHAIN]
    last = kept[-1] if kept and _more(conn, near, len(kept), found, later=later) else None
    first = kept[0] if kept else None
    earlier, after = (first, last) if later else (last, first)
    return _Page(near, [one.event_id for one in kept], earlier, after)


def _more(conn: Connection, matter: Matter, kept: int, found: Sequence[Place], *, later: bool) -> bool:
    """Whether more of the matter lies on a side of a place than is kept of what was found there."""
    end = matter.end(later=later)
    return kept < len(found) or bool(end and _beyond(conn, matter, end, later=later)[1])


def _beyond(conn: Connection, matter: Matter, place: Place, *, later: bool) -> tuple[Matter, list[Place]]:
    """The matter as it reaches on from a place, and its events on that side of it, the nearest first."""
    near = matters.beside(conn, matter, place)
    while not (found := near.beyond(place, later=later)) and (end := near.end(later=later)):
        place = end
        near = matters.beside(conn, matter, place)
    return near, found


def _apart(place: Place, middle: Place) -> int:
    return matters.apart(None if place.day == matters.ENDLESS else date.fromisoformat(place.day), middle)


def _place(cursor: str) -> tuple[str, Place]:
    """The way that a cursor leads, and where it begins. Raises BadQuery."""
    way, day, event_id = map(str, cursors.decode(checked_text("cursor", cursor), "chain", (str, str, str)))
    try:
        date.fromisoformat(day if day != matters.ENDLESS else date.max.isoformat())
    except ValueError:
        raise cursors.refused() from None
    return way, Place(day, checked_text("cursor", event_id))


def _cursor(way: str, place: Place | None) -> str | None:
    return cursors.encode("chain", (way, *place)) if place else None


def in_order(rows: Sequence[EventRow], standings: Sequence[Standing]) -> list[EventRow]:
    """Rows in the order of their days, but that what another refers back to comes before it where its day leaves that
    open: the contract of which only "before 2016" is known before the delivery in spring and the freeze of 2010."""
    days = {row.id: row for row in rows}
    before: dict[str, set[str]] = defaultdict(set)
    for one in standings:
        here = one.second in days and one.relation.type in BACKWARD
        if here and _may_precede(days[one.second], days[one.first]):
            before[one.first].add(one.second)
    done: dict[str, EventRow] = {}
    for row in rows:
        _take(row.id, days, before, done)
    return list(done.values())


def _take(event: str, days: Mapping[str, EventRow], before: dict[str, set[str]], done: dict[str, EventRow]) -> None:
    earlier = before.pop(event, set())  # popped, so that a ring ends
    for other in (name for name in days if name in earlier):
        _take(other, days, before, done)
    done.setdefault(event, days[event])


def _may_precede(one: EventRow, other: EventRow) -> bool:
    """Whether the one may have been before the other is over."""
    first, last = one.date_earliest, other.date_latest
    return first is None or last is None or first <= last


def _about(told: Told) -> Record:
    """What a matter is about, and the two that most of it is between."""
    claims = [claim for members in told.values() for claim in members]
    topics = Counter(claim.topic for claim in claims if claim.topic)
    states = Counter(home for claim in claims for home in homes(claim.source) | homes(claim.target))
    most = sorted(states, key=lambda name: (-states[name], name))[:2]
    return {"object": min(topics, key=lambda name: (-topics[name], name), default=None), "actors": sorted(most)}


def _quotes(conn: Connection, keys: Collection[str]) -> dict[str, Record]:
    return {
        one.claim: {
            "event": one.event_id,
            "report": one.values["id"],
            "document": one.values["document_id"],
            "text": one.quote,
            "rule": one.values["rule"],
        }
        for one in store.kept_claims(conn, set(keys))
    }
