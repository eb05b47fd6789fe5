"""Names that are made of words of time: "the October War", "the August Group", "the Today Show", "Tuesday Weld"."""

from __future__ import annotations

from collections.abc import Sequence

from app.extraction.temporal.grammar import Found
from app.extraction.temporal.scanning import Token
from app.extraction.temporal.vocabulary import load

_LONGEST_TITLE, _BEFORE_WORDS = 6, 3
_ARTICLES = ("the", "a", "an")


def is_name(found: Found) -> bool:
    """Whether the words found are part of the name of a war, firm, show, book or person."""
    words = [token for token in found.tokens() if token.word not in _ARTICLES]
    if not words or not all(token.capital for token in words):
        return _is_title(found)
    return _is_headed(found, words) or _is_show(found, words) or _is_title(found)


def _is_headed(found: Found, words: Sequence[Token]) -> bool:
    """ "the Hundred Years' War", "Friday Night Lights": a noun in capitals is the head of the name.

    "In October War ..." has the preposition of a date before it. "The Six-Day War" tells a length all the same.
    """
    blockers, before = load().blockers, found.word_before()
    if before in blockers["month_after"] and found.tokens()[0].word != "the" and before not in _OPENS_NAME:
        return False
    head = _after_name(found)
    return head is not None and head.capital and head.word in blockers["name_heads"]


_OPENS_NAME = ("of", "to", "for", "from", "and", "or")  # "a veteran of October War" tells no date


def _after_name(found: Found) -> Token | None:
    """The token after the words found, past an apostrophe and the part of a day ("Sunday Night Show")."""
    tokens, at, marks = found.scan.tokens, found.match.end(), load().marks
    while at < len(tokens) and (
        tokens[at].word in ("'", "’", "'s", "’s") or (tokens[at].capital and tokens[at].mark == marks["PART"])
    ):
        at += 1
    return tokens[at] if at < len(tokens) else None


def _is_show(found: Found, words: Sequence[Token]) -> bool:
    """ "the Today programme", "NBC's Tonight show", "CBS This Morning": words that have capitals in names alone."""
    marks, blockers = load().marks, load().blockers
    if words[0].mark not in [marks[name] for name in ("DEICTIC", "TONIGHT", "THIS")]:
        return False
    before = found.word_before(2) if found.word_before() in ("'s", "’s") else found.word_before()
    article = found.tokens()[0].word == "the" or found.word_before() == "the"
    return article or before in blockers["stations"] or found.word_after() in blockers["shows"]


def _is_title(found: Found) -> bool:
    """ "Tuesday Weld", "One Hundred Years of Solitude": names and titles that are known, in capitals."""
    tokens, titles = found.scan.tokens, load().titles
    first = max(0, found.match.start() - _BEFORE_WORDS)  # the words found may stand within the title
    start = tokens[found.match.start()].start
    for at in range(first, found.match.end()):
        if not (tokens[at].capital or tokens[at].word[:1].isdigit()):
            continue
        quote = [tokens[at].word or found.scan.text[tokens[at].start : tokens[at].end].lower()]
        for token in tokens[at + 1 : at + _LONGEST_TITLE]:
            quote.append(token.word)
            if token.end > start and token.capital and " ".join(quote) in titles:
                return True
    return False
