"""What linking knows of kinds and relations, read from `rules.toml` and handed on as one frozen value."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from app.linking.claims import Claim
from app.linking.words import hashed

RARE = 7  # days
Family = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class RelationRule:
    """One row: events of `kinds` and a stance stand to others in this way, if sides, object and days allow.

    `*` is every kind, `=` the kind group of the other end. `words` (none: any) are triggers of the first, `says`
    words of its sentence, hashed. `after` says that the first must surely be the later: by its `day`, or `told`, in
    another text that is no older; `last` that its last possible day is; `another day` only that the two are not told to
    be of one exact day. `before` allows it to come before the day of the other, as what calls a plan off does. `acts`:
    where both sentences have words for acts, they share one; `names`: the first has a word for the other's kind.
    """

    type: str
    kinds: frozenset[str]
    stance: str
    to_kinds: frozenset[str]
    to_stances: frozenset[str]
    sides: str
    object: str
    within: int
    words: frozenset[str] = frozenset()
    says: frozenset[int] = frozenset()
    after: str = ""
    before: bool = False
    acts: bool = False
    names: bool = False


@dataclass(frozen=True, slots=True)
class Once:
    """Deeds that are done once: days within which there is no second, kinds that have one town, and pairs of opposites
    that exclude each other within a `moment`. `first_words` mark a first deed of `first_kinds`."""

    days: Mapping[str, int]
    towns: frozenset[str]
    opposites: Mapping[str, frozenset[str]]
    moment: int
    first_words: frozenset[int]  # hashed, as a claim has its words
    first_kinds: frozenset[str]
    first_days: int


@dataclass(frozen=True, slots=True)
class Rules:
    """Kind groups, days and factors of merging, relations, and the family of an object (None: no known weapon)."""

    groups: Mapping[str, str]  # kind to the first kind of its group
    symmetric: frozenset[str]
    journeys: frozenset[str]
    single: frozenset[str]
    told_twice: frozenset[str]
    generic: frozenset[str]
    acts_told: frozenset[str]  # words of objects that name an act rather than a thing
    days: Mapping[str, int]
    shared: Mapping[str, int]
    news_days: int
    reprint_days: int
    short_reprint_days: int
    together_days: int
    spoken: frozenset[str]
    worded: frozenset[str]  # kinds of which one states several of a day, told apart by what they are about
    common: frozenset[int]  # hashed words that tell nothing of what a sentence is about
    names: Mapping[str, frozenset[int]]  # hashed words for the acts of a kind
    relations: tuple[RelationRule, ...]
    matter: frozenset[str]
    dealings: frozenset[str]
    named: frozenset[str]  # kinds of the matter only where the object is the weapon itself
    papers: frozenset[str]  # of `generic`, those that name no weapon but what is written about one
    wordy: frozenset[str]  # of `matter`, those that are about arms only where the sentence says so
    arms_words: frozenset[int]  # `generic` but `papers`, singular and plural, hashed
    paper_words: frozenset[int]  # `papers`, likewise
    elsewhere: frozenset[int]  # hashed words that tell what else than arms a paper is about
    act_words: Mapping[int, str]  # each of `acts_told` by its hash, singular and plural
    once: Once
    denial_days: int
    no_denial: frozenset[int]  # hashed words of sentences that deny nothing, though they say "not"
    family: Family
    version: str = ""  # another for other rules

    def group(self, kind: str) -> str:
        """The name of the group under which the same act may be reported."""
        return self.groups.get(kind, kind)

    def acts(self, claim: Claim) -> frozenset[str]:
        """The groups that a report may belong to: who receives a guest tells a meeting and a visit, who signs for a
        weapon a contract and its sale. Who means to meet another makes no other pledge."""
        if claim.mutual:
            return frozenset({f"mutual {self.group(claim.kind)}"})
        sells = claim.kind == "agreement" and claim.topic
        return frozenset({self.group(claim.kind), *(("visit",) if claim.hosted else ()), *(("sale",) if sells else ())})

    def is_rare(self, kind: str) -> bool:
        """Whether no second deed of the kind is expected between the same sides within a week."""
        return self.days.get(kind, 1) >= RARE


def no_family(name: str) -> str | None:
    """Where nothing is known of weapons."""
    return None


@cache
def load_rules(family: Family = no_family) -> Rules:
    """The rules, with what is known of weapons handed in. Raises KeyError where the file lacks a part."""
    source = files("app.linking").joinpath("rules.toml").read_text("utf-8")
    told = tomllib.loads(source)
    return Rules(
        groups={kind: group[0] for group in told["groups"] for kind in group},
        symmetric=frozenset(told["symmetric"]),
        journeys=frozenset(told["journeys"]),
        single=frozenset(told["single"]),
        told_twice=frozenset(told["told_twice"]),
        generic=frozenset(told["generic"]),
        acts_told=frozenset(told["acts"]),
        days=told["days"],
        shared=told["shared"],
        news_days=told["news"]["days"],
        reprint_days=told["news"]["reprint"],
        short_reprint_days=told["news"]["short_reprint"],
        together_days=told["news"]["together"],
        spoken=frozenset(told["news"]["spoken"]),
        worded=frozenset(told["news"]["worded"]),
        common=frozenset(map(hashed, told["news"]["common"])) | _both_numbers(told["acts"]),
        names={kind: frozenset(map(hashed, words)) for kind, words in told["names"].items()},
        relations=tuple(_relation(row) for row in told["relations"]),
        matter=frozenset(told["matter"]["kinds"]),
        dealings=frozenset(told["matter"]["dealings"]),
        named=frozenset(told["matter"]["named"]),
        papers=frozenset(told["matter"]["papers"]),
        wordy=frozenset(told["matter"]["wordy"]),
        arms_words=_both_numbers(set(told["generic"]) - set(told["matter"]["papers"])),
        paper_words=_both_numbers(told["matter"]["papers"]),
        elsewhere=_both_numbers(told["matter"]["elsewhere"]),
        act_words={number: word for word in told["acts"] for number in _both_numbers([word])},
        once=_once(told["once"]),
        denial_days=told["denial"]["days"],
        no_denial=frozenset(map(hashed, told["denial"]["not_by"])),
        family=family,
        version=hashlib.sha256(source.encode()).hexdigest()[:12],
    )


def _both_numbers(words: Iterable[str]) -> frozenset[int]:
    return frozenset(hashed(f"{word}{ending}") for word in words for ending in ("", "s"))


def _once(told: Mapping[str, Any]) -> Once:
    pairs = [(one, other) for pair in told["opposites"] for one, other in (pair, pair[::-1])]
    first = told["first"]
    return Once(
        days=told["days"],
        towns=frozenset(told["towns"]),
        opposites={one: frozenset(other for kind, other in pairs if kind == one) for one, _ in pairs},
        moment=told["moment"],
        first_words=frozenset(map(hashed, first["words"])),
        first_kinds=frozenset(first["kinds"]),
        first_days=first["days"],
    )


def _relation(row: Mapping[str, Any]) -> RelationRule:
    return RelationRule(
        type=row["type"],
        kinds=frozenset(row["from"]),
        stance=row["from_stance"],
        to_kinds=frozenset(row["to"]),
        to_stances=frozenset(row["to_stance"]),
        sides=row["sides"],
        object=row["object"],
        within=row["within"],
        words=frozenset(row.get("words", ())),
        says=frozenset(map(hashed, row.get("says", ()))),
        after=row.get("after", ""),
        before=row.get("before", False),
        acts=row.get("acts", False),
        names=row.get("names", False),
    )
