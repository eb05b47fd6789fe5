"""What shows a number, month or weekday to be no date: labels, things counted, names, titles."""

from __future__ import annotations

from itertools import takewhile

from app.extraction.temporal.grammar import Found
from app.extraction.temporal.scanning import Token
from app.extraction.temporal.vocabulary import load

_RECENT_YEARS = range(1900, 2050)
_ROUGHLY = ("about", "approximately", "around", "roughly")
_EDGES = ("early", "mid", "late")
_DETERMINERS = ("the", "a", "its", "their", "his", "her", "our")


def month_stands(found: Found, *, bare: bool) -> bool:
    """Whether the word is the month: "May" not after "Ms", "march" never, a lone "May" only after "in" and its like."""
    token = found.token("month")
    vocabulary = load()
    if token is None or not token.capital or name_beside(found):
        return False
    if _names_body(found) or (bare and _is_given_name(found, token)):
        return False
    if not bare:
        return True
    if token.mark == vocabulary.marks["MAYBE_SHORT"]:
        return False
    if token.mark == vocabulary.marks["MONTH_SHORT"]:
        return found.scan.text[token.end : token.end + 1] == "." or token.word == "sept"
    if token.mark != vocabulary.marks["MAYBE_MONTH"]:
        return True
    before = found.word_before()
    if before == "-" and found.word_before(2) in _EDGES:
        return True  # "mid-March"
    if before == "-" and found.match.start() > 1 and _is_month(found.scan.tokens[found.match.start() - 2]):
        return True  # "January-March"
    return before in vocabulary.blockers["month_after"] or (before in _DETERMINERS and _noun_follows(found))


def _has_article(found: Found) -> bool:
    """ "the January 25", "the 17 November": within the match, right before it, or before the number beside it."""
    first = found.tokens()[0].word
    return "the" in (first, found.word_before()) or (found.word_before().isdigit() and found.word_before(2) == "the")


def _names_body(found: Found) -> bool:
    """ "the April 6 Youth Movement", "the January 25 revolution": a day that has become a name."""
    tokens, at, blockers = found.scan.tokens, found.match.end(), load().blockers
    if found.has("year") or found.has("y2") or not _has_article(found):
        return False  # "On July 3 Union forces ..."
    if not found.has("day"):  # the month alone, of a day that was no date
        after_day = at < len(tokens) and tokens[at].word.isdigit()
        if not after_day and not found.word_before().isdigit():
            return False
        at += after_day
    if at >= len(tokens):
        return False
    names = list(takewhile(lambda token: token.capital and token.word.isalpha(), tokens[at : at + 3]))
    return tokens[at].word in blockers["named_by_day"] or any(token.word in blockers["bodies"] for token in names)


def _is_given_name(found: Found, token: Token) -> bool:
    """ "April Smith met June Carter": a name in capitals follows, and no word that months stand after goes before."""
    after, before, blockers, marks = found.after(), found.before(), load().blockers, load().marks
    if after is None or not after.capital or after.mark != marks["OTHER"] or not after.word.isalpha():
        return False
    if token.word not in blockers["given_names"] or after.start != token.end + 1:
        return False
    if before is not None and before.word == "and" and found.match.start() > 1:
        first = found.scan.tokens[found.match.start() - 2]  # "Ann Hall and June Carter"
        return first.word == "," or (first.capital and first.mark == marks["OTHER"])
    if before is None or before.mark in [marks[name] for name in ("BREAK", "DOT", "COMMA", "SEMICOLON", "OPEN")]:
        return True
    return before.word.isalpha() and not before.capital and before.word not in (*blockers["month_after"], *_DETERMINERS)


def _is_month(token: Token) -> bool:
    return token.capital and token.mark in [load().marks[name] for name in ("MONTH", "MONTH_SHORT", "MAYBE_MONTH")]


def _noun_follows(found: Found) -> bool:
    """ "the March accession", "its May meeting": a plain word after the capital that is no verb."""
    after, vocabulary = found.after(), load()
    if after is None or after.capital or after.mark != vocabulary.marks["OTHER"] or not after.word.isalpha():
        return False
    return after.word not in vocabulary.tense["past"] and after.word not in vocabulary.tense["future"]


def name_beside(found: Found) -> bool:
    """ "Black September", "the Sunday Times"."""
    blockers = load().blockers
    if found.word_before() in blockers["names_before"]:
        return True
    if found.word_before() == "." and found.word_before(2) in blockers["names_before"]:
        return True
    after = found.after()
    return after is not None and after.word in blockers["names_after"] and (after.capital or after.word == "said")


def number_is_year(found: Found) -> bool:
    """Whether a lone number of four digits is a year."""
    token = found.token("year")
    if token is None:
        return False
    blockers = load().blockers
    before, after, text = found.before(), found.after(), found.scan.text
    touching = text[token.start - 1 : token.start]
    if touching.isalnum() or (touching in ("$", "£", "€", "#", "№", "+", "/", ".", ",") and token.start):
        return False
    if text[token.end : token.end + 1] in ("%", "/", "°", "$", "€"):
        return False
    if touching == "-" and before is not None and found.word_before(2).isdigit():
        return False
    word = before.word if before else ""
    if word.isdigit() and before is not None and before.mark != load().marks["YEAR"]:
        return False  # "+44 20 7946 1958"
    if word == "." and found.word_before(2) in ("no", "nos"):
        return False
    if word == "than" and found.word_before(2) in ("earlier", "later"):
        return True
    if word in _ROUGHLY and found.word_before(2) in blockers["year_after"]:
        return True  # "in about 1970"
    if word in blockers["labels"] or (after is not None and after.word in blockers["counted"]):
        return False
    return int(token.value) in _RECENT_YEARS or word in blockers["year_after"] or word in ("(", "-", "–")
