"""How events stand to each other: a denial to what it denies, a delivery to the contract (the table in rules.toml)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.spans import Precision, TimeSpan
from app.linking.claims import Claim, homes, likely, named
from app.linking.objects import differ
from app.linking.rules import RelationRule, Rules

AHEAD = 92  # days in which a plan without an end is looked for
DENIES = ("denied", "negated")


@dataclass(frozen=True, slots=True)
class Relation:
    """One event stands to another in this way, for these reasons."""

    type: str
    reasons: tuple[str, ...]


def relations(one: Claim, other: Claim, rules: Rules) -> Iterator[Relation]:
    """Every way in which `one` stands to `other`; each type once."""
    if one.key == other.key or differ(one.thing, other.thing, rules):
        return
    if denial := _denies(one, other, rules):
        yield denial
    seen: set[str] = set()
    for rule in rules.relations:
        if rule.type not in seen and (reasons := _fits(one, other, rule, rules)):
            seen.add(rule.type)
            yield Relation(rule.type, reasons)


def denies(one: Claim, other: Claim, rules: Rules) -> bool:
    """Whether `one` says that what `other` tells did not happen."""
    return not differ(one.thing, other.thing, rules) and _denies(one, other, rules) is not None


def _denies(one: Claim, other: Claim, rules: Rules) -> Relation | None:
    """The same act of the same people on days that may be the same, told as not done."""
    if one.stance not in DENIES or other.stance != "happened" or not rules.acts(one) & rules.acts(other):
        return None
    if not likely(one, rules.news_days).overlaps(likely(other, rules.news_days)) or not one.span.overlaps(other.span):
        return None
    if _others(one, other) or not (sides := _met(one, other, rules)):
        return None
    return Relation("denies", (f"{one.kind} {one.stance}", sides, f"{one.span.edtf()} and {other.span.edtf()}"))


def _met(one: Claim, other: Claim, rules: Rules) -> str | None:
    """Who or what both tell of: a person, the same two sides, or one side and the same weapon."""
    people = named(one.source | one.target) & named(other.source | other.target)
    states = (homes(one.source) | homes(one.target)) & (homes(other.source) | homes(other.target))
    if people:
        return "|".join(sorted(people))
    if len(states) > 1 or (states and one.topic and one.topic == other.topic):
        return "|".join(sorted(states))
    return None


def _others(one: Claim, other: Claim) -> bool:
    """Whether each names people or bodies, but the other's are none of them."""
    people, others = named(one.source | one.target), named(other.source | other.target)
    return bool(people and others and not people & others)


def _fits(one: Claim, other: Claim, rule: RelationRule, rules: Rules) -> tuple[str, ...] | None:
    if one.stance != rule.stance or rule.to_stance not in ("any", other.stance):
        return None
    if not _kinds_fit(one, other, rule, rules) or (rule.words and not rule.words & set(one.trigger.split())):
        return None
    if not _things_fit(one, other, rule):
        return None
    sides = _sides_fit(one, other, rule)
    gap = _gap(likely(one, rules.news_days), _ahead(likely(other, rules.news_days)))
    if sides is None or gap is None or gap > rule.within:
        return None
    return (f"{one.kind} and {other.kind}", sides, f"{gap} days after" if gap else "on days that may be the same")


def _kinds_fit(one: Claim, other: Claim, rule: RelationRule, rules: Rules) -> bool:
    if "*" not in rule.kinds and one.kind not in rule.kinds:
        return False
    return bool(rules.acts(one) & rules.acts(other)) if "=" in rule.to_kinds else other.kind in rule.to_kinds


def _things_fit(one: Claim, other: Claim, rule: RelationRule) -> bool:
    """Two dealings of a weapon are of the same; where `shared` is asked for, both name it."""
    if one.topic or other.topic:
        return one.topic == other.topic
    return rule.object != "shared"


def _sides_fit(one: Claim, other: Claim, rule: RelationRule) -> str | None:
    if rule.sides in ("same", "either") and (words := _share(one.source, other.source, one.target, other.target)):
        return words
    if rule.sides in ("mirrored", "either"):
        return _share(one.source, other.target, one.target, other.source)
    return None


def _share(first: frozenset[str], second: frozenset[str], third: frozenset[str], fourth: frozenset[str]) -> str | None:
    """What each pair of sides has in common; a side that is not told stands in the way of nothing but of both."""
    left, right = first & second, third & fourth
    if (first and second and not left) or (third and fourth and not right) or not (left or right):
        return None
    return f"{'|'.join(sorted(left)) or '-'} and {'|'.join(sorted(right)) or '-'}"


def _ahead(span: TimeSpan) -> TimeSpan:
    """A plan that has no end is one for the next months."""
    if span.start is None or span.end is not None or span.start > date.max - timedelta(AHEAD):
        return span
    return TimeSpan(span.start, span.start + timedelta(days=AHEAD), Precision.RANGE)


def _gap(one: TimeSpan, other: TimeSpan) -> int | None:
    """The least days from the other to the one; 0 where they may share a day, None where the one lies before."""
    if one.overlaps(other):
        return 0
    if one.start and other.last and one.start > other.last:
        return (one.start - other.last).days
    return None


def same_matter(one: Claim, other: Claim, rules: Rules) -> bool:
    """Whether both deal in one weapon between the same two states: the stuff of one chain."""
    if not one.topic or one.topic != other.topic or not {one.kind, other.kind} <= rules.matter:
        return False
    states, others = (frozenset(homes(claim.source) | homes(claim.target)) for claim in (one, other))
    return states <= others or others <= states
