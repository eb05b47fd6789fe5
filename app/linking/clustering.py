"""Claims to events: one canonical answer for a set of claims, in whatever order they came.

Being the same event is not transitive: "in April" may be the 14th or the 20th, which are two. So claims are taken in a
canonical order, the most exact first; each joins the one event that it fits best and that nothing excludes, or founds
one. What is clustered is always a whole component: all claims that hang together by pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.linking.claims import Claim
from app.linking.keys import keys_of, looks_for, meet
from app.linking.rules import Rules
from app.linking.same import Link, excludes, same_event

DECIDED = Link(1.0, ("merged by a decision",))
LEFT = Link(1.0, ("left together by a decision",))


@dataclass(frozen=True, slots=True)
class Near:
    """Claims that may be the same event as those asked about; `bound` are the keys of those that are by decision."""

    claims: Sequence[Claim]
    bound: frozenset[str] = frozenset()


Neighbours = Callable[[Sequence[Claim]], Near]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What people decided, by the keys of claims: never in one event, always in one, or in one where nothing excludes
    it, as those are that a split left together."""

    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)
    together: Mapping[str, frozenset[str]] = field(default_factory=dict)
    left: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def bound(self, key: str) -> frozenset[str]:
        """Those that a claim is held to in one event, whatever holds it."""
        return self.together.get(key, frozenset()) | self.left.get(key, frozenset())


@dataclass(frozen=True, slots=True)
class Joined:
    """A claim in its event: why it belongs there, and the claim that it was compared with; None for the first."""

    claim: Claim
    link: Link | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """One event: its claims in the canonical order. It goes by the claim that was published first."""

    members: tuple[Joined, ...]

    @property
    def id(self) -> str:
        return min(member.claim.seniority for member in self.members)[1]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(member.claim.key for member in self.members)


def component(seeds: Iterable[Claim], neighbours: Neighbours, rules: Rules) -> dict[str, Claim]:
    """All claims that hang together with the seeds, by key. `neighbours` gives those that may be the same as some."""
    found = {claim.key: claim for claim in seeds}
    fresh = list(found.values())
    while fresh:
        near = neighbours(fresh)
        joined = [
            claim
            for claim in near.claims
            if claim.key not in found and (claim.key in near.bound or any(_hang(claim, one, rules) for one in fresh))
        ]
        found |= {claim.key: claim for claim in joined}
        fresh = list({claim.key: claim for claim in joined}.values())
    return found


def _hang(one: Claim, other: Claim, rules: Rules) -> bool:
    """Whether two claims are the same event and can be found from each other: else it would matter from where one
    looks."""
    return same_event(one, other, rules) is not None and meet(one, other, rules)


def cluster(claims: Iterable[Claim], rules: Rules, verdicts: Verdicts | None = None) -> list[Cluster]:
    """The events of one or more whole components."""
    verdicts = verdicts or Verdicts()
    made: list[_Growing] = []
    for bundle in _bundles({claim.key: claim for claim in claims}, rules, verdicts):
        best = _best(bundle, made, rules, verdicts)
        home = best[0] if best else _Growing()
        if not best:
            made.append(home)
        first = best[1] if best else Joined(bundle[0])
        home.take([first, *_held(bundle, first.claim, rules, verdicts)])
    return [Cluster(tuple(one.members)) for one in made]


@dataclass(slots=True)
class _Growing:
    members: list[Joined] = field(default_factory=list)
    unlike: dict[tuple[object, ...], Claim] = field(default_factory=dict)  # one claim for each set of slots
    alike: dict[tuple[object, ...], int] = field(default_factory=dict)  # a number for all that links slots
    numbered: list[tuple[int, Claim]] = field(default_factory=list)
    rows: set[str | None] = field(default_factory=set)

    def take(self, joined: Sequence[Joined]) -> None:
        self.members += joined
        for claim in (one.claim for one in joined):
            slots = _slots(claim)
            self.unlike.setdefault(slots, claim)
            all_slots = (*slots, claim.row, claim.quantity, None if claim.span.start else claim.published)
            self.numbered.append((self.alike.setdefault(all_slots, len(self.alike)), claim))
            self.rows.add(claim.row)


def _held(bundle: Sequence[Claim], first: Claim, rules: Rules, verdicts: Verdicts) -> Iterator[Joined]:
    """The others of a bundle: each for what shows that it is the same as one before it, else by the decision."""
    before = [first]
    for claim in bundle:
        if claim is first:
            continue
        links = ((same_event(claim, one, rules), one.key) for one in before)
        merged = any(verdicts.together.get(one.key) for one in (claim, first))
        shown = next(((link, key) for link, key in links if link), (DECIDED if merged else LEFT, first.key))
        yield Joined(claim, *shown)
        before.append(claim)


def _slots(claim: Claim) -> tuple[object, ...]:
    """What may exclude another claim, or be excluded by it."""
    act = (claim.kind, claim.hosted, claim.mutual, claim.stance, claim.span, claim.source, claim.target)
    inferred = (claim.inferred_source, claim.inferred_target)
    return (*act, *inferred, claim.thing, claim.topic, claim.place, claim.country, claim.precise_place)


def _best(
    bundle: Sequence[Claim], made: Sequence[_Growing], rules: Rules, verdicts: Verdicts
) -> tuple[_Growing, Joined] | None:
    """The event that a claim (or several that belong together) fits best; of equals, the first in the order. What says
    the same as another row of a table is where that is."""
    fits: list[tuple[_Growing, Joined]] = []
    barred = frozenset().union(*(verdicts.apart.get(claim.key, frozenset()) for claim in bundle))
    for one in made:
        if barred and any(member.claim.key in barred for member in one.members):
            continue
        if _is_excluded(bundle, one.unlike.values(), rules):
            continue
        if joined := _best_link(bundle, one, rules):
            fits.append((one, joined))
    rows = {claim.row for claim in bundle} - {None}
    return max(fits, key=lambda fit: (bool(rows & fit[0].rows), _score(fit[1])), default=None)


def _is_excluded(bundle: Sequence[Claim], members: Collection[Claim], rules: Rules) -> bool:
    """Whether a claim of the one excludes a claim of the other. Where a decision holds together what excludes each
    other ("14 April" and "15 April"), it is enough to agree with one of them."""

    def forgiven(claim: Claim, other: Claim) -> bool:
        held = (each for each in members if excludes(other, each, rules) and not excludes(claim, each, rules))
        ours = (each for each in bundle if excludes(claim, each, rules) and not excludes(each, other, rules))
        return next(held, None) is not None or next(ours, None) is not None

    pairs = ((claim, other) for claim in bundle for other in members if excludes(claim, other, rules))
    return any(not forgiven(claim, other) for claim, other in pairs)


def _score(joined: Joined) -> float:
    return joined.link.score if joined.link else 0


def _best_link(bundle: Sequence[Claim], home: _Growing, rules: Rules) -> Joined | None:
    """The link with the best score; of equals the first. What has the slots of one that was compared is not compared
    again, unless text or words may link it better."""
    best: Joined | None = None
    for claim in bundle:
        seen = set[int]()
        for slots, member in home.numbered:
            if slots in seen and claim.document != member.document and not _may_reprint(claim, member):
                continue
            seen.add(slots)
            link = same_event(claim, member, rules)
            if link and (best is None or link.score > _score(best)):
                best = Joined(claim, link, member.key)
    return best


def _may_reprint(one: Claim, other: Claim) -> bool:
    """Whether the words of one may be those of the other: a quick look, since an event may have hundreds of reports."""
    return bool(one.words and other.words) and (one.words <= other.words or other.words <= one.words)


def _bundles(claims: Mapping[str, Claim], rules: Rules, verdicts: Verdicts) -> list[list[Claim]]:
    """The claims in the canonical order; those that were decided to be one event stand together. Of like dates what
    tells a journey comes first: who receives a guest tells his visit rather than a meeting that is none."""

    def order(claim: Claim) -> tuple[int, bool, int, str]:
        days, names, lot = claim.order
        return (days, not rules.acts(claim) & rules.journeys, names, lot)

    left = {claim.key: claim for claim in sorted(claims.values(), key=order)}
    bundles = []
    while left:
        key = next(iter(left))
        bundles.append(sorted(_bound(key, left, rules, verdicts), key=lambda claim: claim.order))
    return bundles


def _bound(key: str, left: dict[str, Claim], rules: Rules, verdicts: Verdicts) -> list[Claim]:
    """The claim and those that it is held to, and those that these are, but none that is to be apart from one of them;
    then those that a split left together with some and that nothing excludes."""
    found: list[Claim] = []
    barred, todo, loose = set[str](), [key], set[str]()
    while todo:
        while todo:
            name = todo.pop()
            if name in left and name not in barred:
                found.append(left.pop(name))
                barred |= verdicts.apart.get(name, frozenset())
                todo += sorted(verdicts.together.get(name, frozenset()), reverse=True)
                loose |= verdicts.left.get(name, frozenset())
        fits = (name for name in sorted(loose & left.keys() - barred) if not _excluded(left[name], found, rules))
        todo = [name for name in (next(fits, None),) if name]
    return found


def _excluded(claim: Claim, others: Iterable[Claim], rules: Rules) -> bool:
    return any(excludes(claim, other, rules) for other in others)


class Pool:
    """Claims in memory, found by their keys: for tables that fit there, and for tests of the database's answers."""

    def __init__(self, claims: Iterable[Claim], rules: Rules, verdicts: Verdicts | None = None) -> None:
        self.rules = rules
        self.verdicts = verdicts or Verdicts()
        self.claims = {claim.key: claim for claim in claims}
        self._documents: dict[str, list[Claim]] = defaultdict(list)
        self._places: dict[tuple[int, int], list[tuple[object, Claim]]] = defaultdict(list)
        for claim in self.claims.values():
            self._documents[claim.document].append(claim)
            for key in keys_of(claim, rules):
                self._places[key.number, key.reach].append((key.start, claim))

    def neighbours(self, claims: Sequence[Claim]) -> Near:
        """Those that may be the same event as one of these, and those that are by decision."""
        found = {other.key: other for claim in claims if claim.document for other in self._documents[claim.document]}
        for look in (look for claim in claims for look in looks_for(claim, self.rules)):
            for start, other in self._places.get((look.number, look.reach), ()):
                if look.after < start < look.before:  # type: ignore[operator]
                    found[other.key] = other
        bound = frozenset().union(*(self.verdicts.bound(claim.key) for claim in claims))
        found |= {key: self.claims[key] for key in bound if key in self.claims}
        return Near(list(found.values()), bound)

    def clusters(self) -> list[Cluster]:
        """All events, component by component."""
        left, found = dict(self.claims), []
        while left:
            whole = component([next(iter(left.values()))], self.neighbours, self.rules)
            found += cluster(whole.values(), self.rules, self.verdicts)
            left = {key: claim for key, claim in left.items() if key not in whole}
        return found
