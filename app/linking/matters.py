"""Between whom an event deals in a weapon: what makes dealings one matter (`[matter]` in rules.toml)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from app.linking.claims import Claim, homes
from app.linking.rules import Rules

Pair = frozenset[str]
STANCES = ("happened", "planned", "denied", "negated")


def pairs(told: Mapping[str, Sequence[Claim]], rules: Rules) -> dict[str, tuple[str, Pair]]:
    """The weapon and the two states of each event that deals in one. Two that words name are they. Who names one, or
    more, or whose other side is only likely, is of the pair that most name of those that he may mean."""
    dealing = {event: [claim for claim in claims if _deals(claim, rules)] for event, claims in told.items()}
    sure = {event: pair for event, claims in dealing.items() if (pair := _by_words(claims))}
    known = Counter((dealing[event][0].topic, pair) for event, pair in sure.items())
    return {
        event: (str(claims[0].topic), sure.get(event) or _likeliest(claims, known))
        for event, claims in dealing.items()
        if claims
    }


def _deals(claim: Claim, rules: Rules) -> bool:
    """Whether it names the weapon itself, or deals in arms between two where the text turns on it."""
    if not claim.topic or claim.stance not in STANCES:
        return False
    involved = homes(claim.source) | homes(claim.target)
    if claim.thing and rules.family(claim.thing) == claim.topic:
        return claim.kind in rules.matter | rules.named and bool(involved)
    return claim.kind in rules.dealings and len(involved) > 1


def _by_words(claims: Sequence[Claim]) -> Pair | None:
    """The two states that words of most claims name."""
    named = Counter(pair for claim in claims if len(pair := _stated(claim)) == 2)
    return min(named, key=lambda pair: (-named[pair], sorted(pair)), default=None)


def _likeliest(claims: Sequence[Claim], known: Mapping[tuple[str | None, Pair], int]) -> Pair:
    """Of the pairs that words name elsewhere the one that is likely here, or goes best with who is named; else whoever
    takes part."""
    told = frozenset().union(*(homes(claim.source) | homes(claim.target) for claim in claims))
    stated = frozenset().union(*map(_stated, claims)) or told
    fits = {pair: n for (topic, pair), n in known.items() if topic == claims[0].topic}
    fits = {pair: n for pair, n in fits.items() if pair == told or pair >= stated or pair <= stated}
    return min(fits, key=lambda pair: (pair != told, -fits[pair], sorted(pair)), default=told)


def _stated(claim: Claim) -> frozenset[str]:
    return homes(claim.stated_source) | homes(claim.stated_target)
