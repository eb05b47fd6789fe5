"""When two claims tell the same event: what speaks against it, and what speaks for it (docs/linking.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.domain.spans import TimeSpan
from app.linking.claims import Claim, homes, is_nobody, known, likely, named
from app.linking.objects import count_differs, differ, shared_object
from app.linking.rules import Rules
from app.linking.words import TELLING_WORDS, reprints


@dataclass(frozen=True, slots=True)
class Link:
    """Why two claims are one event: a score in 0..1 and the reasons in words."""

    score: float
    reasons: tuple[str, ...]


# So many words of what a sentence is about say enough of it.
TELLING_GIST = 2
# What takes from a score of 1: sides that agree only by their state, a slot that only one of the two fills.
ONLY_STATES, ONE_SIDED, UNTOLD = 0.9, 0.8, 0.97


def excludes(one: Claim, other: Claim, rules: Rules) -> str | None:
    """What makes it impossible that the two are one event, None where nothing does."""
    if not rules.acts(one) & rules.acts(other):
        return "other kinds"
    if one.stance != other.stance:
        return "other stances"
    if one.exact and other.exact and one.span.start != other.span.start:
        return "two exact days"
    if not one.room.overlaps(other.room):
        return "days apart"
    if differ(one.thing, other.thing, rules) or (one.topic and other.topic and one.topic != other.topic):
        return "other objects"
    if _places_differ(one, other):
        return "other places"
    return None if _sides(one, other, rules) else "other sides"


def same_event(one: Claim, other: Claim, rules: Rules) -> Link | None:
    """Why the two are one event, None where they are not or too little shows it."""
    if excludes(one, other, rules):
        return None
    sides = _sides(one, other, rules)
    if sides is None:
        return None
    near = _near(one, other, rules)
    if near is None:
        return None
    score, days = near
    if (sides.half and not _told_half(one, other, sides, rules)) or (sides.nobody and _only_rows(one, other)):
        return None
    if _at_home(one, other) and not {"object", "place"} & set(shared(one, other, rules)):
        return None
    kinds = one.kind if one.kind == other.kind else f"{one.kind} as {other.kind}"
    slots = score * sides.weight * (1 if bool(one.thing) == bool(other.thing) else UNTOLD)
    return Link(round(slots, 3), (kinds, sides.words, days))


def agreeing_sides(one: Claim, other: Claim, rules: Rules) -> str | None:
    """What each side of the one shares with that of the other, None where a side is left out or names others."""
    sides = _sides(one, other, rules)
    return sides.words if sides and not sides.half else None


def corroborates(one: Claim, other: Claim, rules: Rules) -> bool:
    """Whether either bears the other out: the same sides or, where one leaves a side out, a person or thing besides."""
    return agreeing_sides(one, other, rules) is not None or bool({"person", "object"} & set(shared(one, other, rules)))


@dataclass(frozen=True, slots=True)
class _Sides:
    words: str
    weight: float
    half: bool = False
    nobody: bool = False  # both sides agree by one and the same state, one of them by that alone
    guessed: bool = False  # one of the two has somebody else, who is only likely
    likely: bool = False  # all agree, but of some only one of the two has it by words
    crossed: bool = False  # words name no side in both: what the one tells, the other infers


def _sides(one: Claim, other: Claim, rules: Rules) -> _Sides | None:
    """How the sides agree: as they are or, where nobody is the doer, with changed places."""
    told = (_told(one.source, one.inferred_source), _told(one.target, one.inferred_target))
    there = (_told(other.source, other.inferred_source), _told(other.target, other.inferred_target))
    if _in_one_breath(one, other, rules):  # the village and its people are hit by one deed
        told, there = (told[0], _unsure(told[1])), (there[0], _unsure(there[1]))
    agree = _agree(told, there)
    if (agree is None or agree.guessed) and _either_way(one, other, rules):
        turned = _agree(told, there[::-1])
        return turned if turned and not (turned.guessed or turned.nobody) else agree
    return agree


def _either_way(one: Claim, other: Claim, rules: Rules) -> bool:
    """Whether the sides may have changed places: "A met B" is "B met A", but who came is not who received him."""
    kinds = {one.kind, other.kind}
    return bool(kinds & rules.symmetric and not kinds & rules.journeys) or (one.mutual and other.mutual)


class _Told(NamedTuple):
    """A side, and whether any word names somebody of it."""

    names: frozenset[str]
    stated: bool


def _unsure(side: _Told) -> _Told:
    """A side of which nobody is known by name."""
    return side if known(side.names) else _Told(side.names, stated=False)


def _told(names: frozenset[str], inferred: frozenset[str]) -> _Told:
    return _Told(names, bool(names - inferred))


def _agree(one: tuple[_Told, _Told], other: tuple[_Told, _Told]) -> _Sides | None:
    """Each side shares an actor; a side that one of the two leaves out leaves the other to decide, and so does one that
    both have but not both by words: the likeliest is no evidence. Where words name no shared actor in both, nothing may
    speak against it, and the two sides must share different ones."""
    pairs = list(zip(one, other, strict=True))
    shared = [_side(*pair) for pair in pairs]
    if None in shared or not any(shared):
        return None
    left, right = (both or frozenset() for both in shared)
    sure = [bool(both) and first.stated and second.stated for both, (first, second) in zip(shared, pairs, strict=True)]
    guessed = any(_others(*pair) for pair in pairs)
    if not any(sure) and (left == right or guessed):
        return None
    half = any(not told and (first.names or second.names) for told, (first, second) in zip(sure, pairs, strict=True))
    likely = half and all(
        both or not (first.names or second.names) for both, (first, second) in zip(shared, pairs, strict=True)
    )
    people = known(left | right)
    nobody = not people and homes(left) == homes(right) and not (named(left) and named(right))
    weight = (1.0 if people else ONLY_STATES) * (ONE_SIDED if half else 1.0)
    return _Sides(
        f"{'|'.join(sorted(left)) or '-'} to {'|'.join(sorted(right)) or '-'}",
        weight,
        half,
        nobody,
        guessed,
        likely,
        crossed=not any(sure),
    )


def _side(one: _Told, other: _Told) -> frozenset[str] | None:
    """What both name; empty where one names nobody, or somebody else who is only likely; None where the words of both
    name others."""
    if not one.names or not other.names:
        return frozenset()
    if not _others(one, other):
        return one.names & other.names
    return None if one.stated and other.stated else frozenset()


def _others(one: _Told, other: _Told) -> bool:
    """Whether both name somebody, and not the same: a president is not his minister."""
    if is_nobody(one.names) or is_nobody(other.names):
        return False  # "gunmen" may be anybody's
    people, more = named(one.names), named(other.names)
    apart = not one.names & other.names or bool(people and more and not people & more)
    return bool(one.names and other.names) and apart


def _near(one: Claim, other: Claim, rules: Rules) -> tuple[float, str] | None:
    """How sure it is that the days are the same, and in words; None where it is not sure enough."""
    told = f"{one.span.edtf()} and {other.span.edtf()}" if one.span != other.span else one.span.edtf()
    if one.row and one.row == other.row:
        return 1.0, f"rows that say the same, {told}"
    if one.document != other.document and _same_words(one, other, rules):
        return 1.0, f"same words, {told}"
    if _said_of_others(one, other, rules):
        return None
    days = max(rules.days.get(kind, 1) for kind in (one.kind, other.kind))
    spans = likely(one, rules.news_days), likely(other, rules.news_days)
    if days and one.document and one.document == other.document and _one_story(*spans):
        return 0.95, f"same document, {told}"
    reach = min(rules.shared["most"], _factor(one, other, rules)) * days
    apart = _farthest(*spans) if spans[0].overlaps(spans[1]) else None
    if apart == 0 and reach:
        return 1.0, f"same day {one.span.edtf()}"
    near = [_same_news(one, other, told, rules)]
    if apart is not None and apart < reach:
        near.append((reach / (reach + apart), f"{told}: at most {apart} days apart, fewer than {reach}"))
    return max(filter(None, near), default=None)


def _same_news(one: Claim, other: Claim, told: str, rules: Rules) -> tuple[float, str] | None:
    """What is told as news ("Britain has expelled 23 diplomats") was done right before: it is what is told so, or of an
    exact day, at the same time, where nothing is left out and both count alike. What is said or agreed (`spoken`) is so
    every day: there both must tell a person, thing or place besides."""
    moments = [_moment(claim, rules) for claim in (one, other)]
    if one.kind != other.kind or None in moments or (one.exact and other.exact):
        return None
    apart = (max(filter(None, moments)) - min(filter(None, moments))).days
    if apart >= min(rules.together_days, rules.days.get(one.kind, 1)) or count_differs(one.quantity, other.quantity):
        return None
    sides = _sides(one, other, rules)
    if sides is None or sides.half or (one.kind in rules.spoken and not any(shared(one, other, rules))):
        return None
    score = rules.together_days / (rules.together_days + 1 + apart)
    return score, f"{told}: told as news, {apart} days apart"


def _said_of_others(one: Claim, other: Claim, rules: Rules) -> bool:
    """Whether both say what is of a kind of which much is said (`worded`), in no word alike."""
    enough = len(one.gist) >= TELLING_GIST and len(other.gist) >= TELLING_GIST
    apart = enough and not one.gist & other.gist and not {"object", "place"} & set(shared(one, other, rules))
    return apart and one.kind in rules.worded and other.kind in rules.worded


def _moment(claim: Claim, rules: Rules) -> date | None:
    """The day of what is told of an exact one; of news, the last before its publication."""
    is_news = claim.span.start is None and likely(claim, rules.news_days) != claim.room
    return claim.span.last if claim.exact or is_news else None


def _same_words(one: Claim, other: Claim, rules: Rules) -> bool:
    """Whether one prints the sentence of the other: on days so near that it is the same news, unless it tells the days
    itself; a short one, to the letter, only on days that are nearer still."""
    short = one.words == other.words and len(one.words) < TELLING_WORDS
    if not one.words or not (short or reprints(one.words, other.words)):
        return False
    if not one.published or not other.published or (not short and one.span == other.span and one.span.known):
        return not short
    days = rules.short_reprint_days if short else rules.reprint_days
    return abs((one.published - other.published).days) <= days


def _one_story(one: TimeSpan, other: TimeSpan) -> bool:
    """Whether one span lies in the other: within one text the vaguer date is then the same told again."""
    return one.known and other.known and (one.within(other) or other.within(one))


def _factor(one: Claim, other: Claim, rules: Rules) -> int:
    """How much longer than usual the days may be for what both tell; 1 without any."""
    found = 1
    for name in shared(one, other, rules):
        found *= rules.shared[name]
    return found


def shared(one: Claim, other: Claim, rules: Rules) -> Iterator[str]:
    """Which of a person, an object or a place both tell."""
    if known(one.stated_source | one.stated_target) & known(other.stated_source | other.stated_target):
        yield "person"
    if _same_thing(one, other, rules):
        yield "object"
    if one.place is not None and one.place == other.place:
        yield "place"


def _same_thing(one: Claim, other: Claim, rules: Rules) -> bool:
    return bool(one.topic and one.topic == other.topic) or shared_object(one.thing, other.thing, rules) is not None


def _at_home(one: Claim, other: Claim) -> bool:
    """Whether two texts tell, in other words and not of one exact day, what somebody does to his own state: of all that
    is done in it (a president visits its towns, its police arrest people) the two sides tell nothing."""
    if not one.words or not other.words or one.document == other.document:
        return False
    someone = [bool(known(claim.source | claim.target)) for claim in (one, other)]
    if one.exact and other.exact and someone[0] == someone[1]:
        return False  # a general and twenty journalists are arrested on one day
    left, right = one.source & other.source, one.target & other.target
    state_only = (left and not named(left) and homes(left) <= homes(right)) or (
        right and not named(right) and homes(right) <= homes(left)
    )
    return bool(left and right and state_only) and not (one.words == other.words or reprints(one.words, other.words))


def _told_half(one: Claim, other: Claim, sides: _Sides, rules: Rules) -> bool:
    """Whether a side may be missing: both tell the same thing, place or person besides, or the same words; for a state
    does several things of a kind on one day, to several others."""
    if one.document != other.document and _same_words(one, other, rules):
        return True
    if _in_one_breath(one, other, rules):
        return True
    families = [rules.family(claim.thing or "") for claim in (one, other)]
    if sides.crossed and families[0] != families[1] and one.words != other.words:
        return False  # a deal in a weapon, and one of which the likeliest is that the same two made it
    same_day = one.exact and other.exact
    if same_day and _one_of_its_day(one, other, sides, rules):
        return True
    found = set(shared(one, other, rules))
    if sides.guessed and not same_day and {one.kind, other.kind} <= rules.journeys:
        found -= {"person"}  # who travels is nothing besides the journey: he goes to two places in a week
    if sides.guessed and not (one.thing or other.thing):
        found -= {"object"}  # what the whole text turns on is in all that it tells, whoever does it
    return bool(found)


def _in_one_breath(one: Claim, other: Claim, rules: Rules) -> bool:
    """ "Rebels shelled the port, killing nine": of violence one sentence tells the deed and whom it hit, on one day."""
    together = bool(one.document and one.words) and (one.document, one.words) == (other.document, other.words)
    return together and one.span == other.span and {one.kind, other.kind} <= rules.told_twice


def _one_of_its_day(one: Claim, other: Claim, sides: _Sides, rules: Rules) -> bool:
    """Whether of such deeds there is but one on a day, though it is told by halves: in one text; where whom one tells
    is likely in the other; or where hardly anybody does two (`single`) and no thing is told."""
    rare = rules.is_rare(one.kind) and rules.is_rare(other.kind)
    if one.document and one.document == other.document:
        return rare or sides.likely
    nothing = one.thing is None and other.thing is None
    return rare and (sides.likely or (nothing and {one.kind, other.kind} <= rules.single))


def _only_rows(one: Claim, other: Claim) -> bool:
    """Whether both are rows of a table, which no words tell apart, of two stories, and no town shows them to be one."""
    town = one.precise_place and other.precise_place and one.place == other.place
    return bool(one.row and other.row and one.row != other.row and one.document != other.document and not town)


def _farthest(one: TimeSpan, other: TimeSpan) -> int | None:
    """The most days that can lie between a day of one and a day of the other; None where an end is open."""
    ends = list(_ends(one, other))
    return (max(ends) - min(ends)).days if len(ends) == 4 else None


def _ends(*spans: TimeSpan) -> Iterator[date]:
    for span in spans:
        if span.start and span.last:
            yield span.start
            yield span.last


def _places_differ(one: Claim, other: Claim) -> bool:
    """Two towns differ, and so do places in two countries. A country holds its towns, and so may a place of which no
    country is known; two such places are two."""
    if not one.place or not other.place or one.place.casefold() == other.place.casefold():
        return False
    if one.country and other.country:
        return one.country != other.country or (one.precise_place and other.precise_place)
    return one.precise_place == other.precise_place
