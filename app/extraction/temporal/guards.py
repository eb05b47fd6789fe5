"""What shows a number, month or weekday to be no date: labels, things counted, names, titles."""

from __future__ import annotations

from itertools import takewhile

from app.extraction.temporal.grammar import Found
from app.extraction.temporal.numbering import is_coded, measures
from app.extraction.temporal.scanning import Token
from app.extraction.temporal.vocabulary import load

_RECENT_YEARS = range(1900, 2050)
_ROUGHLY = ("about", "approximately", "around", "roughly")
_EDGES = ("early", "mid", "late")
_HOW_FAR = ("recently", "early", "late", "soon", "back")
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
    if before == "as" and found.word_before(2) in _HOW_FAR:
        return True  # "as recently as March"
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


def weekday_stands(found: Found, token: Token) -> bool:
    """Whether the word is the day: not in "Friday prayers", "Sunday Mba", "the Sunday Times"."""
    if not token.capital or name_beside(found):
        return False
    weekly = found.word_after() in load().blockers["weekly"] and not found.has("which")
    return not weekly and not _is_first_name(found, token)


_LONGEST_NAME = 2


def _is_first_name(found: Found, token: Token) -> bool:
    """ "met Sunday Mba.": no "on" before it, and nothing but a name up to the end of the clause."""
    before, tokens, marks = found.before(), found.scan.tokens, load().marks
    if token.word not in load().blockers["given_weekdays"] or before is None or before.mark != marks["OTHER"]:
        return False
    if before.capital or not before.word.isalpha():
        return False
    at = found.match.end()
    names = list(takewhile(lambda one: one.capital and one.mark == marks["OTHER"], tokens[at : at + _LONGEST_NAME + 1]))
    end = at + len(names)
    ends = end == len(tokens) or tokens[end].mark in (marks["DOT"], marks["BREAK"], marks["COMMA"])
    return 0 < len(names) <= _LONGEST_NAME and ends and names[0].word.isalpha()


def _follows_title(found: Found) -> bool:
    """ "Judge June", "Lt. March": a title in capitals, no "the" before it, and no day or year with the month."""
    if any(found.has(part) for part in ("day", "year", "y2")):
        return False
    steps = 2 if found.word_before() == "." else 1
    at = found.match.start() - steps
    title = found.scan.tokens[at] if at >= 0 else None
    named = title is not None and title.capital and title.word in load().blockers["titles"]
    return named and found.word_before(steps + 1) not in _DETERMINERS


def name_beside(found: Found) -> bool:
    """ "Black September", "the Sunday Times", "Judge June"."""
    blockers = load().blockers
    if _follows_title(found):
        return True
    if found.word_before() in blockers["names_before"]:
        return True
    if found.word_before() == "." and found.word_before(2) in blockers["names_before"]:
        return True
    after = found.after()
    return after is not None and after.word in blockers["names_after"] and (after.capital or after.word == "said")


def is_labelled(found: Found) -> bool:
    """ "Resolution 1559", "Mk. 1941", "resolutions 1737, 1747 and 1929"."""
    blockers, word = load().blockers, found.word_before()
    if word in blockers["labels"] or (word == "." and found.word_before(2) in blockers["short_labels"]):
        return True
    listed = _head_of_list(found) if word in _LISTING else ""
    return listed.endswith("s") and listed in blockers["labels"]


_LISTING, _LONGEST_LIST = (",", "and", "or", "&"), 24


def _head_of_list(found: Found) -> str:
    """The word before the numbers that the number is listed with."""
    tokens, at = found.scan.tokens, found.match.start() - 1
    stop = max(-1, at - _LONGEST_LIST)
    while at > stop and (tokens[at].word in _LISTING or tokens[at].word.isdigit()):
        at -= 1
    return tokens[at].word if at > stop and tokens[at + 1].word.isdigit() else ""


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
    if text[token.end : token.end + 1] in ("%", "/", "°", "$", "€") and not _edge_follows(found):
        return False
    if touching == "-" and before is not None and found.word_before(2).isdigit():
        return False
    word = before.word if before else ""
    if word.isdigit() and before is not None and before.mark != load().marks["YEAR"]:
        return False  # "+44 20 7946 1958"
    if word == "the" and after is not None and after.capital and after.word in blockers["named_by_year"]:
        return False  # "the 1922 Committee"
    if _names_house_or_firm(found) or _counts_things(found) or measures(found) or is_coded(found):
        return False
    if word == "than" and found.word_before(2) in ("earlier", "later"):
        return True
    if word in _ROUGHLY and found.word_before(2) in blockers["year_after"]:
        return True  # "in about 1970"
    if word in _ROUGHLY and after is not None and _opens_clause(before, after):
        return True  # "About 1970 he left"
    heads = before is not None and before.capital and word in ("in", "since", "during", "by")  # "In 2000 sheep died"
    if is_labelled(found) or (after is not None and after.word in blockers["counted"] and not heads):
        return False
    return int(token.value) in _RECENT_YEARS or word in blockers["year_after"] or word in ("(", "-", "–")


def _edge_follows(found: Found) -> bool:
    """ "late 2016/early 2017"."""
    tokens, at = found.scan.tokens, found.match.end() + 1
    return found.word_after() == "/" and at < len(tokens) and tokens[at].word in _EDGES


def _opens_clause(before: Token | None, after: Token) -> bool:
    """ "About 1970 he left", "About 1970, rebels left"; not "about 1970 men left"."""
    comma = after.word == "," and before is not None and before.capital
    return comma or after.word in load().blockers["clause_openers"]


_NAME_REACH = 3


def _names_house_or_firm(found: Found) -> bool:
    """ "1945 Main Street", "Alpha 1948 Ltd."."""
    at, blockers, before = found.match.end(), load().blockers, found.before()
    names = list(takewhile(lambda one: one.capital and one.word.isalpha(), found.scan.tokens[at : at + _NAME_REACH]))
    if names and names[0].word in blockers["firms"]:
        return before is not None and before.capital
    told = before is not None and before.word in _OF_TIME  # "In 1945 Main Street was closed"
    return not told and any(name.word in blockers["streets"] for name in names[1:])


_ROUND = 50
_OF_TIME = ("in", "since", "during", "until", "till", "before", "after", "of", "from", "to", "by", "through", "between")


def _counts_things(found: Found) -> bool:
    """ "2000 books": a round number right before a plural counts, unless the things are such as a year has.

    A year that colours a noun ("the 2014 elections") is as exact as any, a count in full figures mostly a round one.
    """
    noun, before = found.after(), found.before()
    if noun is None or int(found.value("year")) % _ROUND or not _is_plural(found, noun):
        return False
    word = before.word if before else ""
    return word not in (*_DETERMINERS, *_OF_TIME, "this", "that") and noun.word not in load().blockers["of_a_year"]


def _is_plural(found: Found, noun: Token) -> bool:
    """A word in -s that no article follows: "2000 brings the ..." has a verb."""
    vocabulary, at = load(), found.match.end() + 1
    if noun.capital or noun.mark != vocabulary.marks["OTHER"] or not noun.word.isalpha():
        return False
    if len(noun.word) <= _SHORTEST or not noun.word.endswith("s") or noun.word.endswith(("ss", "us", "is")):
        return False
    after = found.scan.tokens[at] if at < len(found.scan.tokens) else None
    verb = after is not None and after.mark in [vocabulary.marks[name] for name in ("THE", "A", "POSS", "THIS")]
    return not verb and noun.word not in vocabulary.tense["future"] and noun.word not in vocabulary.tense["past"]


_SHORTEST = 3
