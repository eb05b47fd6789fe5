"""Text to tokens, each with a class of one character: grammar is then a regular expression over classes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from app.extraction.temporal.numeric import day_first_of
from app.extraction.temporal.vocabulary import Vocabulary, load


class Token(NamedTuple):
    """Characters [start, end) of the text, the word in lower case, its class and value."""

    start: int
    end: int
    word: str
    mark: str
    value: str
    capital: bool


@dataclass(frozen=True, slots=True)
class Scan:
    """A text as tokens; `marks` holds one class character for each token.

    `day_first`: "3/4/2010" is the third of April here. `cues` remembers what each token tells of the tense.
    """

    text: str
    tokens: Sequence[Token]
    marks: str
    day_first: bool = False
    cues: dict[int, str] = field(default_factory=dict, compare=False, repr=False)


# Possessive quantifiers keep every alternative linear on long runs. Most tokens are words that nothing else can be:
# they come first, so that they need not fail at all the others, and the space before a token goes with it.
_TOKEN = re.compile(
    r"""
    [ ]?+(?:
    (?P<PLAIN>(?!FY\b|(?:UTC|GMT)[+−-]\d)[^\W\d_]++(?![\w’'-]))
  | (?P<BREAK>\n[^\S\n]*+\n)
  | (?P<ISO>(?<![\d-])\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d-]))
  | (?P<SLASHED>(?<![\d/.])(?:\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)(?:\d{4}|\d{2})|\d{4}/\d{1,2}/\d{1,2})(?![\d/]|\.\d))
  | (?P<DASHED>(?<!\d)\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,7}-\d{2}(?:\d{2})?\b)
  | (?P<NAMED_DAY>(?<![\w/])(?:9/11|7/7|26/11)(?![\w/]))
  | (?P<CLOCK_AMPM>(?<!\d)\d{1,2}(?:[:.]\d{2})?\ ?(?:[ap]\.\s?m\b\.?|[ap]m\b))
  | (?P<CLOCK>(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:]))
  | (?P<HALF_CODE>(?-i:\b[12]H\d{2}\b))
  | (?P<CLOCK_H>(?<![\w:])(?:[01]?\d|2[0-3])h[0-5]\d\b)
  | (?P<CLOCK_Z>(?<![\w:])(?:[01]\d|2[0-3])[0-5]\dz\b)
  | (?P<FRACTION>(?<!\d)\d{1,3}[ -]1/2)
  | (?P<BIG>(?<!\d)\d{1,3}(?:,\d{3})++(?:\.\d++)?)
  | (?P<DECIMAL>(?<!\d)\d{1,9}\.\d++)
  | (?P<DAYORD>(?<!\d)\d{1,3}(?:st|nd|rd|th)\b)
  | (?P<DECADE_NUM>(?<!\d)(?:\d{4}s|\d{3}0[’']s)\b|(?<!\d)[’']?\d0s\b)
  | (?P<OFFSET>\b(?:UTC|GMT)[+−-]\d{1,2}(?::\d{2}|(?!\d)))
  | (?P<FY>\bFY\ ?(?:19|20)?\d{2}\b)
  | (?P<YEAR2>(?<!\w)[’']\d{2}\b(?!\d))
  | (?P<QCODE>\b(?:(?:Q[1-4]|H[12]|[12]H)(?:[’']\d{2})?|[1-4]Q(?:[’']?\d{2}|(?:19|20)\d{2})?
        |(?:19|20)\d{2}-?Q[1-4])\b)
  | (?P<CODE>\d++[^\W\d_]\w*+|\b(?!(?:mid|early|late|pre|post|since|jan|feb|mar|apr|may|jun
        |jul|aug|sep|oct|nov|dec)[a-z]{0,6}-)[A-Z]++-?\d[\w-]*+|[^\W\d_]++\d\w*+)
  | (?P<DIGITS>\d++)
  | (?P<OCLOCK>o[’']clock\b)
  | (?P<S>[’']s\b)
  | (?P<WORD>[’']?[^\W\d_]++)
  | (?P<SIGN>[^\s\w]|_)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COMPACT = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_SIGN_CLASS = {
    ",": "COMMA", ".": "DOT", "-": "HYPHEN", "–": "HYPHEN", "‑": "HYPHEN", "(": "OPEN", ")": "CLOSE", ":": "COLON",
    ";": "SEMICOLON", "$": "MONEY", "£": "MONEY", "€": "MONEY", "#": "MONEY", "№": "MONEY", "+": "MINUS", "!": "BREAK",
    "?": "BREAK", "/": "SLASH",
}  # fmt: skip
_PLAIN = str.maketrans(dict.fromkeys(".,;:!?()[]{}\"'‘’“”-–—/_`*<>|\n\t", " "))
_DIGIT = re.compile(r"\d")


def has_trigger(text: str, vocabulary: Vocabulary) -> bool:
    """Whether the text holds a digit or a word that can make an expression. Cheap: it is asked of every text."""
    if not vocabulary.triggers.isdisjoint(text.lower().translate(_PLAIN).split()):
        return True
    return _DIGIT.search(text) is not None


def scan(text: str, day_first: bool | None = None) -> Scan:
    """The tokens of a text, runs of number words joined into one.

    `day_first` None: as the text's own dates show ("25/4/2010", "5 May"), month first where none does.
    """
    vocabulary = load()
    tokens = [
        _made(Token, match.span(kind) + _read(kind, match[kind]))
        for match in _TOKEN.finditer(text)
        if (kind := match.lastgroup)
    ]
    tokens = _join_numbers(_join_feasts(_with_verbs(tokens, vocabulary), vocabulary), vocabulary)
    if day_first is None:
        day_first = bool(day_first_of([text]))
    return Scan(text, tokens, "".join([token.mark for token in tokens]), day_first)


_made = tuple.__new__  # a token is made for each word: by its class it takes twice as long


_BEFORE_VERB = frozenset(
    {"will", "would", "should", "could", "can", "might", "must", "shall", "'ll", "’ll", "not", "did"}
)


def _with_verbs(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """ "The truce will last six months": no "last six months"."""
    for i, token in enumerate(tokens):
        if token.word == "last" and i and tokens[i - 1].word in _BEFORE_VERB:
            tokens[i] = token._replace(mark=vocabulary.marks["OTHER"])
    return tokens


@lru_cache(maxsize=65_536)
def _read(kind: str, quote: str) -> tuple[str, str, str, bool]:
    """The word, class, value and whether it is written with a capital."""
    vocabulary, word = load(), quote.lower()
    if kind in ("PLAIN", "WORD"):
        known = vocabulary.words.get(word)
        mark, value = (known.mark, known.value) if known else (vocabulary.marks["OTHER"], "")
    else:
        name, value = _class_of(kind, word)
        mark = vocabulary.marks[name]
    return word, mark, value, quote[0].isupper()


def _class_of(kind: str, word: str) -> tuple[str, str]:
    """The class and value of what is not a plain word."""
    if kind == "DIGITS":
        return _digits(word)
    if kind == "CLOCK_H":
        return "CLOCK", word
    if kind == "DAYORD":
        number = int(word[:-2])
        return ("DAYORD" if number <= 31 else "ORDNUM"), str(number)
    if kind == "FRACTION":
        return "DECIMAL", f"{word[:-3].strip(' -')}.5"
    if kind in ("DECADE_NUM", "YEAR2", "FY"):
        return kind, re.sub(r"\D", "", word)
    if kind == "SIGN":
        return _SIGN_CLASS.get(word, "OTHER"), word
    if kind == "CODE":
        return "OTHER", ""
    if kind == "OFFSET":
        return _offset(word)
    if kind == "HALF_CODE":
        return "QCODE", word
    if kind == "DASHED":
        return "SLASHED", word
    return kind, word


def _offset(word: str) -> tuple[str, str]:
    """ "UTC+3", "GMT-5:30": a zone by its distance."""
    hours, _, minutes = word[4:].partition(":")
    if int(hours) > 14 or int(minutes or 0) > 59:
        return "OTHER", ""
    return "ZONE", f"{'+' if word[3] == '+' else '-'}{int(hours):02d}:{int(minutes or 0):02d}"


def _digits(word: str) -> tuple[str, str]:
    if len(word) == 8 and _COMPACT.fullmatch(word):
        return "COMPACT", f"{word[:4]}-{word[4:6]}-{word[6:]}"
    if len(word) == 4 and 1000 <= int(word) <= 2100:
        return "YEAR", word
    if len(word) <= 2 and 1 <= int(word) <= 31:
        return "SMALL", word
    return ("NUM" if len(word) <= 3 else "BIG"), word


def _join_feasts(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Holidays of several words become one token each."""
    longest = _feasts_by_first_word()
    starts = [i for i, token in enumerate(tokens) if token.word in longest]
    joined: list[Token] = []
    done = 0
    for i in starts:
        if i >= done and (size := _feast_size(tokens, i, longest[tokens[i].word], vocabulary)):
            joined += [*tokens[done:i], _feast(tokens[i : i + size], vocabulary)]
            done = i + size
    return [*joined, *tokens[done:]] if done else tokens


@lru_cache(maxsize=1)
def _feasts_by_first_word() -> Mapping[str, int]:
    """How many tokens the longest holiday takes that begins with the word."""
    longest: dict[str, int] = {}
    for words in load().feasts:
        first = _FIRST_WORD.sub("", words[0])
        longest[first] = max(longest.get(first, 0), 2 * len(words) + words[0].count("'"))
    return longest


_FIRST_WORD = re.compile(r"['.].*")  # "st." and "valentine's" are two tokens


def _feast_key(tokens: Sequence[Token]) -> tuple[str, ...]:
    text = "".join((" " if n and t.start > tokens[n - 1].end else "") + t.word for n, t in enumerate(tokens))
    return tuple(text.replace("’", "'").replace("‘", "'").split())


def _feast_size(tokens: Sequence[Token], i: int, longest: int, vocabulary: Vocabulary) -> int:
    for size in range(min(6, longest), 0, -1):
        if i + size <= len(tokens) and _feast_key(tokens[i : i + size]) in vocabulary.feasts:
            return size if any(token.capital for token in tokens[i : i + size]) else 0
    return 0


def _feast(tokens: Sequence[Token], vocabulary: Vocabulary) -> Token:
    name = " ".join(_feast_key(tokens))
    return Token(tokens[0].start, tokens[-1].end, name, vocabulary.marks["FEAST"], name, True)


def _join_numbers(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """ "twenty-five", "two hundred", "nineteen ninety-seven" become one token each."""
    number, hundred, hyphen = (vocabulary.marks[name] for name in ("NUMBER", "HUNDRED", "HYPHEN"))
    joined: list[Token] = []
    done = 0
    for i in [i for i, token in enumerate(tokens) if token.mark == number]:
        if i < done:
            continue
        j = i + 1
        while j < len(tokens):
            if tokens[j].mark in (number, hundred):
                j += 1
            elif tokens[j].mark == hyphen and j + 1 < len(tokens) and tokens[j + 1].mark in (number, hundred):
                j += 2
            elif j == i + 1 and (nth := _nth(tokens[i : i + 3], vocabulary)):
                joined += [*tokens[done:i], nth]
                done = i + 3
                break
            else:
                break
        if i >= done and j > i + 1:
            joined += [*tokens[done:i], _number(tokens[i:j], vocabulary)]
            done = j
    return [*joined, *tokens[done:]] if done else tokens


def _nth(tokens: Sequence[Token], vocabulary: Vocabulary) -> Token | None:
    """ "twenty-third"."""
    marks = vocabulary.marks
    if len(tokens) < _NTH or tokens[1].mark != marks["HYPHEN"]:
        return None
    tens, ones = tokens[0].value, tokens[2].value
    ordinal = tokens[2].mark in (marks["ORDINAL"], marks["SECOND"]) and ones.isdigit() and int(ones) < 10
    if not ordinal or tens not in _TENS:
        return None
    value = int(tens) + int(ones)
    name = "DAYORD" if value <= 31 else "ORDNUM"
    return Token(tokens[0].start, tokens[2].end, "", marks[name], str(value), tokens[0].capital)


_NTH = 3  # tokens of "twenty-third"
_TENS = ("20", "30", "40", "50", "60", "70", "80", "90")


def _number(tokens: Sequence[Token], vocabulary: Vocabulary) -> Token:
    values = [int(token.value) for token in tokens if token.value.isdigit()]
    value, name = _spelled(values[:12])
    return Token(tokens[0].start, tokens[-1].end, "", vocabulary.marks[name], str(value), tokens[0].capital)


def _spelled(values: Sequence[int]) -> tuple[int, str]:
    """The number that words spell; two pairs of digits ("nineteen ninety-seven") are a year."""
    if 10 <= values[0] <= 20 and len(values) in (2, 3) and 10 <= values[1] < 100 and values[-1] < 100:
        year = values[0] * 100 + sum(values[1:])
        return (year, "YEAR") if year <= 2100 else (year, "BIG")
    total = current = 0
    for value in values:
        if value >= 100:
            current = max(current, 1) * value
            total, current = (total + current, 0) if value == 1000 else (total, current)
        else:
            current += value
    whole = total + current
    return (whole, "YEAR") if values[:2] == [2, 1000] and whole <= 2100 else (whole, "NUMBER")
