"""Accounts that exclude each other: one deed on two days or in two towns, or its opposite (`[once]` in rules.toml)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from app.domain.spans import Precision, TimeSpan
from app.linking.claims import Claim, named
from app.linking.objects import differ, shared_object
from app.linking.rules import Rules
from app.linking.same import agreeing_sides
from app.linking.sources import teller
from app.linking.words import reprints


def contradiction(one: Claim, other: Claim, rules: Rules) -> tuple[str, ...] | None:
    """Why the two accounts cannot both be true, None where they can. It does not matter which is named first."""
    if not one.happened or not other.happened:
        return None
    found = _opposite(one, other, rules) if one.kind != other.kind else _twice(one, other, rules)
    if found is None or not _two_accounts(one, other) or _other_things(one, other, rules):
        return None
    sides, about = agreeing_sides(one, other, rules), _about(one, other, rules)
    return (found, sides, about) if sides and about else None


def rivals(claim: Claim, rules: Rules) -> Iterator[Claim]:
    """Made-up claims near which the keys have all that may contradict this one."""
    if not claim.happened:
        return
    once = rules.once
    days = max(once.days.get(claim.kind, 0), once.first_days if _is_first(claim, rules) else 0)
    if claim.exact and (days or claim.kind in once.towns):
        yield _around(claim, claim.kind, days)
    for kind in sorted(once.opposites.get(claim.kind, ())):
        yield _around(claim, kind, once.moment)


def _around(claim: Claim, kind: str, days: int) -> Claim:
    start, end = claim.span.start, claim.span.end
    room = timedelta(days)
    if start and end and start - date.min > room and date.max - end > room:
        span = TimeSpan(start - room, end + room, Precision.RANGE)
        return replace(claim, kind=kind, span=span, words=frozenset(), place=None)
    return replace(claim, kind=kind, words=frozenset(), place=None)


def _two_accounts(one: Claim, other: Claim) -> bool:
    """Two texts by two publishers, as far as they are known, of which neither tells the very sentence of the other."""
    if one.key == other.key or (one.document and one.document == other.document):
        return False
    same_teller = one.publisher and other.publisher and teller(one.publisher) == teller(other.publisher)
    same_words = one.words == other.words or reprints(one.words, other.words)
    return not same_teller and not (one.words and same_words)


def _about(one: Claim, other: Claim, rules: Rules) -> str | None:
    """The weapon, the people or the thing that both are about: two states alone may do the like twice a week."""
    if one.topic and one.topic == other.topic:
        return f"both about the {one.topic}"
    if people := named(one.source | one.target) & named(other.source | other.target):
        return f"both about {', '.join(sorted(people))}"
    thing = shared_object(one.thing, other.thing, rules)
    return f"both about {thing}" if thing else None


def _other_things(one: Claim, other: Claim, rules: Rules) -> bool:
    return differ(one.thing, other.thing, rules) or bool(one.topic and other.topic and one.topic != other.topic)


def _twice(one: Claim, other: Claim, rules: Rules) -> str | None:
    if not (one.exact and other.exact and one.span.start and other.span.start):
        return None
    apart = abs((one.span.start - other.span.start).days)
    if not apart:
        return _two_towns(one, other, rules)
    if apart < rules.once.days.get(one.kind, 0):
        return f"one {one.kind} told on two days, {apart} apart"
    if _is_first(one, rules) and _is_first(other, rules) and apart < rules.once.first_days:
        return f"one first {one.kind} told on two days, {apart} apart"
    return None


def _two_towns(one: Claim, other: Claim, rules: Rules) -> str | None:
    if one.kind not in rules.once.towns or not (one.precise_place and other.precise_place):
        return None
    places = sorted({place.casefold(): place for place in (one.place, other.place) if place}.values())
    return f"one {one.kind} told in two towns, {' and '.join(places)}" if len(places) > 1 else None


def _opposite(one: Claim, other: Claim, rules: Rules) -> str | None:
    if other.kind not in rules.once.opposites.get(one.kind, ()):
        return None
    days = [day for claim in (one, other) for day in (claim.span.start, claim.span.last)]
    if None in days or (max(filter(None, days)) - min(filter(None, days))).days >= rules.once.moment:
        return None
    return f"{' and '.join(sorted((one.kind, other.kind)))} at the same time"


def _is_first(claim: Claim, rules: Rules) -> bool:
    return claim.kind in rules.once.first_kinds and bool(claim.words & rules.once.first_words)
