"""The matter that an event belongs to: all that dealings in one weapon between two states and relations hold together,
and so the same whichever of its events is asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from heapq import heappop, heappush

from sqlalchemy import Connection

from app.linking.claims import Claim
from app.linking.matters import Pair, pairs
from app.services import standings
from app.services.claims import rules
from app.services.standings import Standing
from app.storage import relating
from app.storage.relating import Place

MOST_COMPARED = 250  # events about the weapon before the place that is asked for, and after it
MOST_FOLLOWED = 100  # events that are about no weapon, or not in all reports: each is looked up by itself

ENDLESS = "infinity"  # the day of a place without one


@dataclass(slots=True)
class Matter:
    """The events of a matter that are within reach, in the order of their places. `cut`: more may hang together with
    them than was followed; `before` and `after` are the ends of what is in reach, where there is more of the weapon."""

    members: dict[Place, list[Claim]]
    dealings: frozenset[tuple[str, Pair]]
    cut: bool
    before: Place | None
    after: Place | None

    @property
    def told(self) -> dict[str, list[Claim]]:
        return {place.event_id: claims for place, claims in self.members.items()}

    def beyond(self, place: Place, *, later: bool) -> list[Place]:
        """The members on one side of a place, the nearest first."""
        found = [one for one in self.members if (one > place if later else one < place)]
        return found if later else found[::-1]

    def end(self, *, later: bool) -> Place | None:
        return self.after if later else self.before

    def outward(self, events: Collection[str]) -> list[Standing]:
        """How some of the events stand to those of the matter."""
        told = self.told
        return [one for event in events for one in standings.nearest(standings.outward(told, event))]


def of_event(conn: Connection, event_id: str) -> Matter:
    """The matter of an event, as far as it reaches before and after it."""
    [middle] = relating.places_of(conn, [event_id])
    own = {event_id: list[Claim]()} | standings.claims_of(conn, [event_id])
    return _Reach(conn, middle, own).matter(own.keys())


def beside(conn: Connection, matter: Matter, middle: Place) -> Matter:
    """The same matter, as far as it reaches before and after another place: what deals as its events do, and what hangs
    together with that. Without dealings all of it is in reach of each of its events."""
    if not matter.dealings:
        return matter
    reach = _Reach(conn, middle, standings.others(conn, [middle.event_id]))
    windows = [reach.window(weapon) for weapon in sorted({weapon for weapon, _ in matter.dealings})]
    return reach.matter([event for near in windows for event, deals in near.pairs.items() if deals in matter.dealings])


def apart(day: date | None, middle: Place) -> int:
    """The days from a place to a day; what has no day lies behind all."""
    if day is None or middle.day == ENDLESS:
        return date.max.toordinal()
    return abs(day.toordinal() - date.fromisoformat(middle.day).toordinal())


@dataclass(frozen=True, slots=True)
class _Window:
    """The events about a weapon around a place, and the two states between which each of them deals in it; the ends,
    where there are more."""

    events: frozenset[str]
    pairs: Mapping[str, tuple[str, Pair]]
    before: Place | None
    after: Place | None


@dataclass(slots=True)
class _Reach:
    """What is within reach of a place; `told` are the claims of all that was looked up so far."""

    conn: Connection
    middle: Place
    told: dict[str, list[Claim]]
    windows: dict[str, _Window] = field(default_factory=dict)
    cut: bool = False

    def window(self, weapon: str) -> _Window:
        if weapon not in self.windows:
            self.windows[weapon] = self._window(weapon)
        return self.windows[weapon]

    def _window(self, weapon: str) -> _Window:
        asked = (
            relating.about(self.conn, weapon, self.middle, later=later, most=MOST_COMPARED + 1)
            for later in (False, True)
        )
        sides = [(places[:MOST_COMPARED], len(places) > MOST_COMPARED) for places in asked]
        near = {place.event_id for places, _ in sides for place in places}
        self.told |= standings.claims_of(self.conn, near - self.told.keys())
        events = {event: self.told[event] for event in near | {self.middle.event_id} if event in self.told}
        events = {event: claims for event, claims in events.items() if standings.weapon(claims) == weapon}
        before, after = (places[-1] if more else None for places, more in sides)
        return _Window(frozenset(events), pairs(events, rules()), before, after)

    def matter(self, seeds: Collection[str]) -> Matter:
        """All that hangs together with the seeds, followed from what is nearest to the middle on."""
        found: dict[str, list[Claim]] = {}
        met, waiting = set(seeds), sorted((self._apart(event), event) for event in seeds)
        followed = 0
        while waiting:
            _, event = heappop(waiting)
            loose = any(claim.topic is None for claim in self.told[event])
            followed += loose
            if followed > MOST_FOLLOWED and loose:
                self.cut = True
                continue
            found[event] = self.told[event]
            fresh = self._tied(event, met, loose=loose)
            met |= fresh
            for other in fresh:
                heappush(waiting, (self._apart(other), other))
        members = {place: found[place.event_id] for place in sorted(relating.places_of(self.conn, found))}
        near = self.windows.values()
        dealings = frozenset(one.pairs[event] for one in near for event in found if event in one.pairs)
        before = max((one.before for one in near if one.before), default=None)
        after = min((one.after for one in near if one.after), default=None)
        return Matter(members, dealings, self.cut, before, after)

    def _tied(self, event: str, met: Collection[str], *, loose: bool) -> set[str]:
        """The events not yet met that deal in the weapon between the same two, or stand in a relation to one."""
        weapon = standings.weapon(self.told[event])
        near = self.window(weapon) if weapon else None
        alike = {other for other in near.pairs if near.pairs[other] == near.pairs.get(event)} if near else set()
        may = (near.events if near else frozenset()) | (self._looked_up(event) if loose else frozenset())
        told = {other: self.told[other] for other in may - alike - set(met)}
        found = standings.of_event(told | {event: self.told[event]}, event)
        return (alike | {name for one in found for name in (one.first, one.second)}) - set(met)

    def _looked_up(self, event: str) -> frozenset[str]:
        """Events that may stand to one by what it tells of no weapon."""
        near = standings.near(self.conn, [claim for claim in self.told[event] if claim.topic is None])
        self.cut = self.cut or near.cut
        self.told |= standings.others(self.conn, near.ids - self.told.keys())
        return near.ids & self.told.keys()

    def _apart(self, event: str) -> int:
        return apart(standings.day_of(self.told[event]), self.middle)
