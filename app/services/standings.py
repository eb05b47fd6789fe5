"""How events stand to each other, from the claims that are kept: what is compared, and which of several ways holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sqlalchemy import Connection

from app.linking.claims import Claim, homes
from app.linking.relations import CONTRADICTS, Relation, relations, tells_both
from app.services.claims import kept_claim, rules
from app.storage import linking as store
from app.storage import relating
from app.storage.relating import Candidates, Wanted

FARTHEST = timedelta(days=3653)  # the widest row of the table of relations
MOST_CLAIMS = 5  # of one event that are compared: those that differ, with the narrowest dates, the first published
ONE_OF = ("denies", "fulfils", "postpones", "cancels", "resumes", "refuses", "repeats")
ANNOUNCED = ("postpones", "cancels")
BY_WORDS = ("refuses",)
Told = Mapping[str, Sequence[Claim]]


@dataclass(frozen=True, slots=True)
class Standing:
    """One event stands to another: the relation, and the claim of each that shows it."""

    first: str
    second: str
    relation: Relation
    shown_by: tuple[str, str]
    at_once: bool = False  # the second is only planned, and told by the one report alone that tells the first
    in_common: int | None = None  # how many words the two sentences share; None where one sentence tells both

    @property
    def distance(self) -> tuple[bool, int]:
        """How far apart; what is put off or called off was rather told before, than by the report that says so."""
        return (self.at_once and self.relation.type in ANNOUNCED, self.relation.gap)


def nearest(found: Sequence[Standing]) -> list[Standing]:
    """Of relations of which there is but one, the one with the fewest days between; of several requests that are
    refused, what the refusal's own sentence tells of, and of what others tell, the one in words most like its own."""
    least: dict[tuple[str, str], tuple[bool, int]] = {}
    for one in found:
        way = (one.first, one.relation.type)
        least[way] = min(one.distance, least.get(way, one.distance))
    near = [
        one for one in found if one.relation.type not in ONE_OF or one.distance == least[one.first, one.relation.type]
    ]
    most = {one.first: 0 for one in near}
    for one in near:
        if one.relation.type in BY_WORDS:
            most[one.first] = max(one.in_common or 0, most[one.first])
    return [one for one in near if one.relation.type not in BY_WORDS or one.in_common in (None, most[one.first])]


def between(told: Told, one: str, other: str) -> Iterator[Standing]:
    """How two events stand to each other, either way; each type once. What both would be to each other, as one report
    has this first and another that, neither is; but that they contradict each other."""
    there, back = (_stands(told, *pair) for pair in ((one, other), (other, one)))
    yield from (there[name] for name in there if name not in back or name == CONTRADICTS)
    yield from (back[name] for name in back if name not in there)


def of_event(told: Told, event: str) -> list[Standing]:
    """How an event stands to others, and they to it."""
    return [one for other in _comparable(told, event) for one in between(told, event, other)]


def outward(told: Told, event: str) -> list[Standing]:
    """How an event stands to others, not they to it."""
    found = [other for other in _comparable(told, event) if _stands(told, event, other)]
    return [one for other in found for one in between(told, event, other) if one.first == event]


def _comparable(told: Told, event: str) -> list[str]:
    """Those of the events of which a kind may stand to one of this event's."""
    kinds = frozenset().union(*(counterparts(claim.kind) for claim in told[event]))
    return [other for other in sorted(told) if other != event and any(claim.kind in kinds for claim in told[other])]


def _stands(told: Told, first: str, second: str) -> dict[str, Standing]:
    """The ways in which the first stands to the second, by the reports with the narrowest dates."""
    found: dict[str, Standing] = {}
    documents = {claim.document for claim in (*told[first], *told[second])}
    for claim in (one for one in _compared(told[first]) if not tells_both(one, told[second])):
        for against in _compared(told[second]):
            for relation in relations(claim, against, rules()):
                at_once = len(documents) == 1 and against.stance == "planned"
                in_common = len(claim.words & against.words) if claim.words != against.words else None
                standing = Standing(first, second, relation, (claim.key, against.key), at_once, in_common)
                before = found.setdefault(relation.type, standing)
                if relation.type == "denies" and relation.gap < before.relation.gap:
                    found[relation.type] = standing
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


@cache
def counterparts(kind: str) -> frozenset[str]:
    """The kinds of event that may stand to one of this kind, or it to them."""
    same = {name for name in rules().days if rules().group(name) == rules().group(kind)} | {kind}
    found = same | rules().once.opposites.get(kind, frozenset())
    for rule in rules().relations:
        if kind in rule.kinds or "*" in rule.kinds:
            found |= same if "=" in rule.to_kinds else rule.to_kinds
        if kind in rule.to_kinds or "=" in rule.to_kinds:
            found |= same if "*" in rule.kinds else rule.kinds
    return frozenset(found)


# -- what is kept ---------------------------------------------------------------------------------


def near(conn: Connection, claims: Sequence[Claim]) -> Candidates:
    """The events that may be related to one with these claims."""
    days = [day for claim in claims for day in (claim.span.start, claim.span.last) if day]
    first, last = (min(days), max(days)) if days else (None, None)
    wanted = Wanted(
        frozenset().union(*(homes(claim.source) | homes(claim.target) for claim in claims)),
        weapon(claims),
        sorted(frozenset().union(*(counterparts(claim.kind) for claim in claims))),
        day_of(claims) or next((claim.published for claim in claims if claim.published), None),
        first - FARTHEST if first and first > date.min + FARTHEST else None,
        last + FARTHEST if last and last < date.max - FARTHEST else None,
    )
    return relating.candidates(conn, wanted)


def others(conn: Connection, found: Collection[str]) -> dict[str, list[Claim]]:
    """The claims of those of the events that nobody has taken back."""
    return claims_of(conn, relating.standing(conn, found))


def claims_of(conn: Connection, event_ids: Collection[str]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for one in store.kept_of_events(conn, event_ids):
        found[str(one.event_id)].append(kept_claim(one))
    return {
        event: sorted(claims, key=lambda claim: (*claim.order[:2], *claim.seniority)) for event, claims in found.items()
    }


def weapon(claims: Sequence[Claim]) -> str | None:
    """The weapon that an event is about."""
    return next((claim.topic for claim in claims if claim.topic), None)


def day_of(claims: Sequence[Claim]) -> date | None:
    """The day of an event among others: the first, else the last, of its narrowest report."""
    return next((claim.span.start or claim.span.last for claim in claims if claim.span.known), None)
