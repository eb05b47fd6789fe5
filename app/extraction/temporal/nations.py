"""Whose "Independence Day" it is: the nation that is named right beside, in the sentence, or last before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.extraction.temporal.grammar import Found
from app.extraction.temporal.scanning import Token
from app.extraction.temporal.vocabulary import load

_REACH = 60  # tokens before
_AHEAD = 12  # tokens after, in the same sentence


def nation_beside(found: Found) -> str:
    """The name under which the table of national days has the nation; "" where none is named."""
    at, end = found.match.start(), found.match.end()
    tokens, stops = found.scan.tokens, (load().marks["DOT"], load().marks["BREAK"])
    before = range(at - 1, max(-1, at - 1 - _REACH), -1)
    here = next((n for n, i in enumerate(before) if tokens[i].mark in stops), len(before))
    ahead = range(end, min(len(tokens), end + _AHEAD))
    rest = next((n for n, i in enumerate(ahead) if tokens[i].mark in stops), len(ahead))
    return _first(tokens, before[:here]) or _first(tokens, ahead[:rest]) or _first(tokens, before[here:])


def _first(tokens: Sequence[Token], places: Iterable[int]) -> str:
    nations = load().nations
    for i in places:
        if tokens[i].capital:
            word = tokens[i].word
            pair = f"{tokens[i - 1].word} {word}" if i and tokens[i - 1].capital else ""
            if pair in nations:
                return nations[pair]
            if word in nations:
                return nations[word]
    return ""
