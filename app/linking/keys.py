"""Where claims that may be one event meet: numbers to look up, each with a stretch of days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from app.linking.claims import Claim, homes, length, likely, named
from app.linking.rules import Rules
from app.linking.words import bands, hashed

# Lengths by which spans are kept apart, so that a look into the index stays short. 0: found on any day.
REACHES = (1, 7, 31, 92, 372)
ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Key:
    """One place of a claim: spans of at most `reach` days that begin on `start`."""

    number: int
    reach: int
    start: date


@dataclass(frozen=True, slots=True)
class Look:
    """What to look for: keys of this number and reach that begin after `after` and before `before`."""

    number: int
    reach: int
    after: date
    before: date


def keys_of(claim: Claim, rules: Rules) -> tuple[Key, ...]:
    """Every place where a claim that is the same event can be met."""
    span = likely(claim, rules.news_days)
    days = length(span)
    reach = next((reach for reach in REACHES if days <= reach), None)
    found = [Key(number, 0, ANY_DAY) for number in _by_words(claim, rules)]
    if claim.row:
        found.append(Key(hashed(f"row|{claim.row}", 8), 0, ANY_DAY))
    if reach and span.start and rules.days.get(claim.kind, 1):
        found += [Key(number, reach, span.start) for number in _by_slots(claim, rules)]
    return tuple(found)


def looks_for(claim: Claim, rules: Rules) -> Iterator[Look]:
    """The looks that find every claim sharing a place with this one on days that may be the same."""
    end = likely(claim, rules.news_days).end or date.max
    for key in keys_of(claim, rules):
        if not key.reach:
            yield Look(key.number, 0, ANY_DAY - timedelta(1), ANY_DAY + timedelta(1))
            continue
        for reach in REACHES:
            yield Look(key.number, reach, _back(key.start, reach), end)


def meet(one: Claim, other: Claim, rules: Rules) -> bool:
    """Whether two claims on days that overlap can be found from each other."""
    if one.document and one.document == other.document:
        return True
    numbers = {key.number for key in keys_of(one, rules)}
    return any(key.number in numbers for key in keys_of(other, rules))


def _back(day: date, days: int) -> date:
    return day - timedelta(days) if day > date.min + timedelta(days) else date.min


def _by_words(claim: Claim, rules: Rules) -> Iterator[int]:
    for act in rules.acts(claim):
        yield from (hashed(f"words|{act}|{claim.stance}|{band}", 8) for band in bands(claim.words))


def _by_slots(claim: Claim, rules: Rules) -> Iterator[int]:
    """By both sides, whichever is the doer; where the claim names a thing, a place or a person, by one side too."""
    for act in sorted(rules.acts(claim)):
        stem = f"{act}|{claim.stance}"
        pairs = {tuple(sorted(pair)) for pair in product(homes(claim.source), homes(claim.target))}
        yield from (hashed(f"pair|{stem}|{'|'.join(pair)}", 8) for pair in sorted(pairs))
        yield from _halves(claim, stem, rules)


def _halves(claim: Claim, stem: str, rules: Rules) -> Iterator[int]:
    tokens = {claim.topic, claim.place} - {None} | named(claim.source | claim.target)
    if not (claim.source and claim.target) or (claim.exact and rules.is_rare(claim.kind)):
        tokens.add("")
    for home in sorted(homes(claim.source) | homes(claim.target)):
        yield from (hashed(f"half|{stem}|{home}|{token}", 8) for token in sorted(map(str, tokens)))
