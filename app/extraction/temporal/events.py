"""Events that are known by their day, where a text names them: "the Lehman collapse", "Russia annexed Crimea"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.extraction.temporal.vocabulary import KnownEvent, load


@dataclass(frozen=True, slots=True)
class EventSeen:
    """Characters [start, end) of a text that name an event, and its day."""

    start: int
    end: int
    day: date
    quote: str


def events_in(text: str) -> tuple[EventSeen, ...]:
    """The events named in a text, in order; of names that begin together the longest."""
    found = sorted(_named(text), key=lambda one: (one.start, -one.end))
    return tuple(one for at, one in enumerate(found) if not at or one.start >= found[at - 1].end)


def _named(text: str) -> Iterator[EventSeen]:
    for event in load().events:
        if any(name in text for name in event.names):
            for match in _pattern(event).finditer(text):
                yield EventSeen(match.start(), match.end(), event.day, " ".join(match.group().split()))


@lru_cache(maxsize=256)
def _pattern(event: KnownEvent) -> re.Pattern[str]:
    name = _any(event.names)
    forms = [] if event.nouns or event.verbs or event.acts else [name]
    if event.nouns:
        noun = _any(event.nouns)
        forms.append(rf"{name}(?:['’]s?)?\s+(?:[\w-]+\s+)?{noun}")
        forms.append(rf"{noun}\s+(?:of|in|at|on|against|by)\s+(?:the\s+)?{name}")
    if event.verbs:
        forms.append(rf"{name}\s+{_any(event.verbs)}")
    if event.acts:
        forms.append(rf"{_any(event.acts)}\s+(?:the\s+)?{name}")
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"
