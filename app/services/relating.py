"""How an event stands to others, and the matter that it belongs to: told when asked, from what is kept then."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from app.domain.kinds import Kind
from app.linking.claims import Claim, homes
from app.linking.relations import CONTRADICTS, Relation, in_matter, relations
from app.services import tables
from app.services.claims import kept_claim, rules
from app.services.near import no_event
from app.services.questions import checked_text
from app.services.tables import Record
from app.storage import cursors, events, relating
from app.storage import linking as store
from app.storage.relating import Candidates, Place, Wanted
from app.storage.rows import EventRow

log = logging.getLogger(__name__)
FARTHEST = timedelta(days=3653)  # the widest row of the table of relations
MOST_IN_CHAIN = 100
MOST_STEPS = 4  # from an event without a weapon to what is told with it
MOST_FOLLOWED = 30  # events from which such a matter is followed on
MOST_CLAIMS = 5  # of one event that are compared: those that differ, with the narrowest dates, the first published
ONE_OF = ("fulfils", "postpones", "cancels", "resumes", "refuses", "repeats")
ANNOUNCED = ("postpones", "cancels")
BACKWARD = ("fulfils", "postpones", "cancels", "resumes", "refuses", "repeats", "responds_to")  # to what was before
BRIEF = ("id", "kind", "title", "date_edtf", "modality", "status", "n_reports", "evidence_text", "url")
Told = Mapping[str, Sequence[Claim]]


class Matter(NamedTuple):
    """The events of a matter with their claims; whether more, farther off in time, are left out; and from where on the
    earlier and the later of these are told, where a cursor can tell it."""

    told: Told
    cut: bool
    earlier: Place | None = None
    later: Place | None = None


class Chain(NamedTuple):
    """A matter, or a page of it, with the cursors of the pages before and after."""

    record: Record
    earlier: str | None
    later: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One event stands to another: the relation, and the claim of each that shows it."""

    first: str
    second: str
    relation: Relation
    shown_by: tuple[str, str]
    at_once: bool = False  # told by one report alone

    @property
    def distance(self) -> tuple[bool, int]:
        """How far apart; what is put off or called off was rather told before, than by the report that says so."""
        return (self.at_once and self.relation.type in ANNOUNCED, self.relation.gap)


def related(conn: Connection, event_id: str, kinds: Mapping[str, Kind], base: str = "") -> list[Record]:
    """The relations of an event to others, either way, with what shows each."""
    own = _claims(conn, [event_id])
    claims = own.get(event_id, [])
    if not claims:
        return []
    near = _near(conn, claims)
    if near.cut:
        log.info("event %s: only the nearest of the events that may be related are compared", event_id)
    found = _standings(conn, own | _others(conn, near), event_id)
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
    found = [one for other in sorted(told.keys() - {event_id}) for one in _between(told, event_id, other)]
    outward = _nearest([one for one in found if one.first == event_id])
    inward = [one for one in found if one.second == event_id]
    for first in sorted({one.first for one in inward if one.relation.type in ONE_OF}):
        near = _others(conn, _near(conn, told[first])) | {first: told[first]}
        theirs = [one for other in near for one in _between(near, first, other) if one.first == first]
        kept = {(one.second, one.relation.type) for one in _nearest(theirs)}
        inward = [one for one in inward if one.first != first or (event_id, one.relation.type) in kept]
    return [*outward, *inward]


def _nearest(found: Sequence[Standing]) -> list[Standing]:
    """Of relations of which there is but one, the one with the fewest days between."""
    least: dict[tuple[str, str], tuple[bool, int]] = {}
    for one in found:
        way = (one.first, one.relation.type)
        least[way] = min(one.distance, least.get(way, one.distance))
    return [
        one for one in found if one.relation.type not in ONE_OF or one.distance == least[one.first, one.relation.type]
    ]


def _brief(record: Record) -> Record:
    return {name: record[name] for name in BRIEF}


def _rows(conn: Connection, event_ids: Collection[str]) -> list[EventRow]:
    """The events in the order of their first possible days; of "before X", X."""
    rows = [row for event_id in event_ids if (row := events.get(conn, event_id))]
    return sorted(rows, key=lambda row: (row.date_earliest or row.date_latest or date.max, row.id))


def chain(
    conn: Connection, event_id: str, kinds: Mapping[str, Kind], base: str = "", cursor: str | None = None
) -> Chain:
    """The matter of an event from its first day to its last: dealings in one weapon between two states; where it is
    about none, what stands in relation to it. It is `complete` unless what is farthest off in time was left out; a
    cursor tells that. Raises NotFound, and BadQuery for a cursor that is none of ours."""
    row = events.get(conn, checked_text("chain", event_id))
    if row is None:
        raise no_event(conn, "chain_id", event_id)
    told, cut, earlier, later = _matter(conn, event_id, cursor)
    pairs = [(first, second) for first in told for second in told if first < second]
    standings = _nearest([one for pair in pairs for one in _between(told, *pair)])
    ways = defaultdict(list)
    for one in standings:
        ways[one.first].append({"type": one.relation.type, "to": one.second, "reasons": list(one.relation.reasons)})
    briefs = tables.records(in_order(_rows(conn, told), standings), kinds, base)
    members = [_brief(brief) | {"relations": ways.get(brief["id"], [])} for brief in briefs]
    record = {"id": event_id, **_about(told), "n_events": len(members), "complete": not cut, "events": members}
    return Chain(record, _cursor("earlier", earlier), _cursor("later", later))


def _cursor(way: str, place: Place | None) -> str | None:
    return cursors.encode("chain", (way, *place)) if place else None


def in_order(rows: Sequence[EventRow], standings: Sequence[Standing]) -> list[EventRow]:
    """Rows in the order of their days, but that what another refers back to comes before it where its day leaves that
    open: the contract of which only "before 2016" is known before the delivery in spring and the freeze of 2010."""
    days = {row.id: row for row in rows}
    before: dict[str, set[str]] = defaultdict(set)
    for one in standings:
        if one.relation.type in BACKWARD and _may_precede(days[one.second], days[one.first]):
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
    claims = [claim for members in told.values() for claim in members]
    topics = Counter(claim.topic for claim in claims if claim.topic)
    states = Counter(home for claim in claims for home in homes(claim.source) | homes(claim.target))
    thing = topics.most_common(1)[0][0] if topics else None
    return {"object": thing, "actors": sorted(name for name, _ in states.most_common(2))}


def _matter(conn: Connection, event_id: str, cursor: str | None) -> Matter:
    own = _claims(conn, [event_id])
    claims = own.get(event_id, [])
    topic = next((claim.topic for claim in claims if claim.topic), None)
    page = _place(cursor) if cursor else None
    if topic is None:  # all is on one page
        return _following(conn, own, _day(claims))
    pair = _homes(claims)
    if len(pair) < 2:
        pair = _pair(pair, _others(conn, _near(conn, claims, whole=True)), topic)
    wanted = Wanted(_homes(claims), topic, sorted(rules().matter | rules().dealings), None, None, None)
    if page is None:
        return _around(conn, own, _Dealings(wanted, pair), relating.place_of(conn, event_id))
    way, place = page
    return _page(conn, _Dealings(wanted, pair), place, later=way == "later")


def _place(cursor: str) -> tuple[str, Place]:
    """The way that a cursor leads, and where it begins. Raises BadQuery."""
    way, day, event_id = map(str, cursors.decode(checked_text("cursor", cursor), "chain", (str, str, str)))
    try:
        date.fromisoformat(day if day != "infinity" else date.max.isoformat())
    except ValueError:
        raise cursors.refused() from None
    return way, Place(day, checked_text("cursor", event_id))


@dataclass(frozen=True, slots=True)
class _Dealings:
    """What a matter is asked by: events that may belong to it, and the states between which it is."""

    wanted: Wanted
    pair: frozenset[str]


def _around(conn: Connection, own: Told, dealings: _Dealings, middle: Place) -> Matter:
    """The page that holds an event: what is nearest to it, before and after."""
    sides = {later: _beyond(conn, dealings, middle, later=later) for later in (False, True)}
    far = [(_apart(place, middle), later, place) for later, found in sides.items() for place in found]
    nearest = sorted(far)[: MOST_IN_CHAIN - 1]
    kept = {later: [place for _, side, place in nearest if side == later] for later in sides}
    told = {place.event_id: sides[later][place] for later, places in kept.items() for place in places}
    ends = [(kept[later] or [middle])[-1] if len(kept[later]) < len(sides[later]) else None for later in (False, True)]
    return Matter({**told, **own}, any(ends), *ends)


def _page(conn: Connection, dealings: _Dealings, place: Place, *, later: bool) -> Matter:
    """What lies before or after a place."""
    found = _beyond(conn, dealings, place, later=later)
    kept = list(found)[:MOST_IN_CHAIN]
    before, after = (kept[-1] if len(kept) < len(found) else None), (kept[0] if kept else None)
    told = {one.event_id: found[one] for one in kept}
    return Matter(told, cut=True, earlier=after if later else before, later=before if later else after)


def _beyond(conn: Connection, dealings: _Dealings, place: Place, *, later: bool) -> dict[Place, Sequence[Claim]]:
    """The events of the matter on one side of a place, the nearest first: one more than are told at once."""
    found: dict[Place, Sequence[Claim]] = {}
    while len(found) <= MOST_IN_CHAIN:
        places = relating.about(conn, dealings.wanted, place, later=later, most=MOST_IN_CHAIN + 1)
        if not places:
            break
        near = _claims(conn, [one.event_id for one in places])
        topic = dealings.wanted.topic or ""
        found |= {
            one: near[one.event_id]
            for one in places
            if any(in_matter(claim, topic, dealings.pair, rules()) for claim in near[one.event_id])
        }
        place = places[-1]
    return dict(list(found.items())[: MOST_IN_CHAIN + 1])


def _apart(one: Place, other: Place) -> int:
    """The days between two places; what has no day lies behind all."""
    days = [date.fromisoformat(place.day).toordinal() for place in (one, other) if place.day != "infinity"]
    return abs(days[0] - days[1]) if len(days) == 2 else date.max.toordinal()


def _following(conn: Connection, own: Told, day: date | None) -> Matter:
    """What stands in relation to the event, and what to that, a few steps on."""
    told, fresh, cut = dict(own), dict(own), False
    for _ in range(MOST_STEPS):
        found: dict[str, Sequence[Claim]] = {}
        followed = _nearest_days(fresh, day, MOST_FOLLOWED)
        cut = cut or len(followed) < len(fresh)
        for event in followed:
            candidates = _near(conn, fresh[event])
            cut = cut or candidates.cut
            near = _others(conn, candidates)
            tied = _standings_among({**near, event: fresh[event]}, event)
            found |= {other: near[other] for other in tied if other not in told}
        fresh = _nearest_days(found, day, MOST_IN_CHAIN - len(told))
        cut = cut or len(fresh) < len(found)
        told |= fresh
        if not fresh:
            break
    return Matter(told, cut)


def _nearest_days(told: Told, day: date | None, most: int) -> dict[str, Sequence[Claim]]:
    """The events that are nearest to a day, so many at the most; those without one last."""
    day = day or date.max

    def far(event: str) -> tuple[int, str]:
        other = _day(told[event])
        return (abs((other - day).days) if other else date.max.toordinal(), event)

    return {event: told[event] for event in sorted(told, key=far)[:most]}


def _day(claims: Sequence[Claim]) -> date | None:
    """The day of an event among others: the first, else the last, of its narrowest report."""
    return next((claim.span.start or claim.span.last for claim in claims if claim.span.known), None)


def _standings_among(told: Told, event: str) -> set[str]:
    return {other for other in told if other != event and any(_between(told, event, other))}


def _pair(mine: frozenset[str], near: Told, topic: str) -> frozenset[str]:
    """The two states of the matter of an event that names one alone: the pair that deals in it most."""
    dealing = (_homes(claims) for claims in near.values() if any(claim.topic == topic for claim in claims))
    pairs = Counter(pair for pair in dealing if len(pair) == 2 and mine <= pair)
    return min(pairs, key=lambda pair: (-pairs[pair], sorted(pair)), default=mine)


def _homes(claims: Sequence[Claim]) -> frozenset[str]:
    return frozenset().union(*(homes(claim.source) | homes(claim.target) for claim in claims))


def _near(conn: Connection, claims: Sequence[Claim], *, whole: bool = False) -> Candidates:
    """The events that may be related, or of the same matter."""
    kinds = set(rules().matter) if whole else set()
    for claim in claims:
        kinds |= set(_counterparts(claim))
    days = [day for claim in claims for day in (claim.span.start, claim.span.last) if day]
    first, last = (min(days), max(days)) if days else (None, None)
    topic = next((claim.topic for claim in claims if claim.topic), None)
    wanted = Wanted(
        _homes(claims),
        topic,
        sorted(kinds),
        _day(claims) or next((claim.published for claim in claims if claim.published), None),
        first - FARTHEST if first and first > date.min + FARTHEST else None,
        last + FARTHEST if last and last < date.max - FARTHEST else None,
    )
    return relating.candidates(conn, wanted)


def _counterparts(claim: Claim) -> Iterator[str]:
    """The kinds of event that may stand to one of this kind, or it to them."""
    same = {kind for kind in rules().days if rules().group(kind) == rules().group(claim.kind)} | {claim.kind}
    yield from rules().once.opposites.get(claim.kind, ())
    for rule in rules().relations:
        if claim.kind in rule.kinds or "*" in rule.kinds:
            yield from same if "=" in rule.to_kinds else rule.to_kinds
        if claim.kind in rule.to_kinds or "=" in rule.to_kinds:
            yield from same if "*" in rule.kinds else rule.kinds
    yield from same


def _between(told: Told, one: str, other: str) -> Iterator[Standing]:
    """How two events stand to each other, either way; each type once. What both would be to each other, as one report
    has this first and another that, neither is; but that they contradict each other."""
    there, back = (_stands(told, *pair) for pair in ((one, other), (other, one)))
    yield from (there[name] for name in there if name not in back or name == CONTRADICTS)
    yield from (back[name] for name in back if name not in there)


def _stands(told: Told, first: str, second: str) -> dict[str, Standing]:
    """The ways in which the first stands to the second, by the reports with the narrowest dates."""
    found: dict[str, Standing] = {}
    documents = {claim.document for claim in (*told[first], *told[second])}
    for claim in _compared(told[first]):
        for against in _compared(told[second]):
            for relation in relations(claim, against, rules()):
                found.setdefault(
                    relation.type, Standing(first, second, relation, (claim.key, against.key), len(documents) == 1)
                )
    return found


def _compared(claims: Sequence[Claim]) -> Sequence[Claim]:
    """Of many reports those that tell something else, then such as tell it again."""
    if len(claims) <= MOST_CLAIMS:
        return claims
    unlike = {
        (claim.kind, claim.modality, claim.span, claim.source, claim.target, claim.thing, claim.topic): claim
        for claim in reversed(claims)
    }
    first = {claim.key for claim in unlike.values()}
    return sorted(claims, key=lambda claim: claim.key not in first)[:MOST_CLAIMS]


def _others(conn: Connection, found: Candidates) -> dict[str, list[Claim]]:
    """The claims of candidates that nobody has taken back."""
    return _claims(conn, relating.standing(conn, found.ids))


def _claims(conn: Connection, event_ids: Collection[str]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for one in store.kept_of_events(conn, event_ids):
        found[str(one.event_id)].append(kept_claim(one))
    return {
        event: sorted(claims, key=lambda claim: (*claim.order[:2], *claim.seniority)) for event, claims in found.items()
    }


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
