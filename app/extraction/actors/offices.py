"""Whom an office and a surname name on a day: "Prime Minister Brown" in 2008, whom no full name introduces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.domain.actors import Actor, Office
from app.domain.spans import TimeSpan
from app.extraction.lexicon import Lexicon, fold

# Words of one office in several countries' English.
_SAME = {"defense": "defence", "premier": "prime minister", "secretary": "minister"}
_LESSER = frozenset({"deputy", "vice", "acting", "interim", "candidate", "spokesman", "spokeswoman", "adviser"})
_NOT_NOW = frozenset({"former", "ex", "late", "then", "future", "incoming", "elect"})
_OF = frozenset({"of", "the", "for", "and"})


def holder(lexicon: Lexicon, surname: str, titles: Sequence[str], day: date, state: str | None) -> Actor | None:
    """The only person of that surname who held an office so called on that day, of that state where one is told."""
    if not titles or not _NOT_NOW.isdisjoint(titles):
        return None
    words, then = _words(titles), TimeSpan.of_day(day)
    found = [
        actor
        for actor in lexicon.by_surname.get(fold(surname).lower(), ())
        if any(
            office.span.overlaps(then) and state in (None, office.state) and _is_called(office, words)
            for office in actor.offices
        )
    ]
    return found[0] if len(found) == 1 else None


def _words(titles: Sequence[str]) -> frozenset[str]:
    return frozenset(word for title in titles for word in _SAME.get(title.lower(), title.lower()).split()) - _OF


def _is_called(office: Office, words: frozenset[str]) -> bool:
    """Whether the words name the office, and not a lesser one: "president" is no vice president."""
    called = _words(office.title.split())
    return words <= called and (called & _LESSER) <= words
