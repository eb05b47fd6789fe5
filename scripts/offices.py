"""How much of the time since 1990 the tables know the holders of the highest offices of each state: `scripts/offices`.

With codes of states (`scripts/offices FRA DEU`) the gaps as well. A gap of less than 70 days is none: days are often
known as months alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date

from app.domain.spans import TimeSpan
from app.extraction.lexicon import load_lexicon

OFFICES = {
    "head of state": ("president", "king", "queen", "emir", "sultan", "emperor", "supreme leader", "head of state"),
    "head of government": ("prime minister", "chancellor", "premier", "president"),
    "foreign minister": ("foreign minister", "secretary of state", "foreign secretary"),
    "defence minister": ("defence minister", "secretary of defense", "defence secretary"),
}
SINCE, UNTIL = date(1990, 1, 1), date(2026, 11, 26)
LEAST_GAP = 70


def gaps(spans: Iterable[TimeSpan]) -> Iterator[tuple[date, date]]:
    """The days since 1990 that no span covers."""
    known_until = SINCE
    for start, end in sorted((span.start or SINCE, span.end or UNTIL) for span in spans):
        if (start - known_until).days > LEAST_GAP:
            yield known_until, start
        known_until = max(known_until, end)
    if (UNTIL - known_until).days > LEAST_GAP:
        yield known_until, UNTIL


def report(only: list[str]) -> None:
    held: dict[tuple[str, str], list[TimeSpan]] = {}
    for actor in load_lexicon().actors:
        for office in actor.offices:
            for name, titles in OFFICES.items():
                if office.title in titles:
                    held.setdefault((office.state, name), []).append(office.span)
    states = sorted({state for state, _ in held})
    whole = (UNTIL - SINCE).days
    full = dict.fromkeys(OFFICES, 0)
    for state in only or states:
        for name in OFFICES:
            spans = held.get((state, name), [])
            missing = list(gaps(spans))
            share = 1 - sum((end - start).days for start, end in missing) / whole
            full[name] += share >= 0.75
            shown = " ".join(f"{start}/{end}" for start, end in missing) if only else ""
            print(f"{state} {name}: {len(spans)} terms, {share:.0%} {shown}".rstrip())
    for name, count in full.items():
        print(f"{name}: {count} states known for three quarters of the time or more")


if __name__ == "__main__":
    report(sys.argv[1:])
