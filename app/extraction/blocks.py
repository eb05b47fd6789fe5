"""An article's lines as blocks: headline, heading, caption, list item, body, boilerplate.

A block's `text` has exactly as many characters as the stretch of the document that it stands for, so an offset in
the block plus `block.start` is an offset in the document as received. Only single characters are replaced
(typographic quotes, no-break spaces, capitals of a title-case headline).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path

from app.extraction.codebook import load_triggers
from app.extraction.datafiles import read_rows

FORENAMES = Path(__file__).parent / "data" / "actors" / "forenames.tsv"

# Longer paragraphs are cut at a sentence's end: a parse costs memory in proportion to its length.
LONGEST_BLOCK = 5_000
HEADING_WORDS = 22
WRAP_WIDTH = 100

_SAME_LENGTH = str.maketrans(
    {"‘": "'", "’": "'", "‛": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-"}
    | dict.fromkeys("\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a", " ")
    | dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u202f\u2060\ufeff", " ")
    | {chr(code): " " for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) != "\n"}
)
_ITEM = re.compile(r"(?:\d{1,2}[.)]|[-*•·])\s+")
# A place, an agency or a day before a dash: names, large from word to word, at most eight of them.
_DATELINE = re.compile(
    r"(?:[A-Z][\w.']*,?(?:/|\s)\s?|\([\w ./-]{2,30}\)\s|(?:of|the|and|de|al)\s|\d{1,4},?\s){1,8}"
    r"(?:--|—|-|:)\s(?=[A-Z\"'])"
)
_OF_STATE = re.compile(r"(?<=\bcoup) d'[eé]tat\b|(?<=\bcoups) d'[eé]tat\b", re.IGNORECASE)
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_SENTENCE_END = re.compile(r"[.!?][\"')\]]*\s+")
_BRACKETED_END = re.compile(r"\s*[\[(]([^\])]*)[\])]\s*\.?$")
_CLOSED = (".", "!", "?", ":", ";", '"', ")", "]")


class BlockKind(StrEnum):
    HEADLINE = "headline"
    HEADING = "heading"
    CAPTION = "caption"
    ITEM = "item"
    BODY = "body"
    BOILERPLATE = "boilerplate"
    REPEATED = "repeated"


UNREAD = (BlockKind.BOILERPLATE, BlockKind.REPEATED)


@dataclass(frozen=True, slots=True)
class Block:
    """Characters [start, start + len(text)) of the document, ready to be parsed."""

    kind: BlockKind
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class _Forms:
    boilerplate: tuple[str, ...]
    boilerplate_inside: tuple[str, ...]
    caption_marks: tuple[str, ...]
    caption_agencies: frozenset[str]
    title_case_words: frozenset[str]


@cache
def _forms() -> _Forms:
    table = tomllib.loads((files("app.extraction") / "data" / "blocks.toml").read_text("utf-8"))
    return _Forms(
        boilerplate=tuple(table["boilerplate"]),
        boilerplate_inside=tuple(table["boilerplate_inside"]),
        caption_marks=tuple(mark.lower() for mark in table["caption_marks"]),
        caption_agencies=frozenset(name.lower() for name in table["caption_agencies"]),
        title_case_words=frozenset(table["title_case_words"]) | _deeds(frozenset(table["names_too"])),
    )


def _deeds(names_too: frozenset[str]) -> frozenset[str]:
    """The forms of all triggers, which a headline writes large like any word; not those that are names as well."""
    forenames = {row.required("forename").lower() for row in read_rows(FORENAMES)}
    forms = {form for lemma, pos in load_triggers() for form in inflected(lemma, verb=pos == "V")}
    return frozenset(forms - forenames - names_too)


def inflected(lemma: str, *, verb: bool) -> tuple[str, ...]:
    """The lemma and its regular forms."""
    many = f"{lemma}es" if lemma.endswith(("s", "x", "z", "ch", "sh")) else f"{lemma}s"
    many = f"{lemma[:-1]}ies" if lemma.endswith("y") and lemma[-2:-1] not in "aeiou" else many
    if not verb:
        return lemma, many
    stem = lemma.removesuffix("e")
    return lemma, many, f"{stem}ed", f"{stem}ing"


def normalised(text: str) -> str:
    """The text with typographic characters made plain, each by one character (quotation marks of two by a mark and a
    space), and "coup d'etat" cut to its first word, which the parser knows."""
    text = text.replace("``", ' "').replace("''", '" ')
    return _OF_STATE.sub(lambda found: " " * len(found.group()), text.translate(_SAME_LENGTH))


def blocks_of(text: str) -> tuple[Block, ...]:
    """The document's blocks in order; blank lines belong to none."""
    found = [Block(kind, start, words) for kind, start, words in _classified(normalised(text))]
    vocabulary = _body_vocabulary(found)
    return tuple(_in_sentence_case(block, vocabulary) for block in found)


def _classified(text: str) -> Iterator[tuple[BlockKind, int, str]]:
    seen: set[str] = set()
    headline_due = True
    for start, words in _paragraphs(text):
        kind = _kind_of(words, is_first=headline_due)
        if kind is not BlockKind.BOILERPLATE:
            headline_due = False
        if words in seen:
            kind = BlockKind.REPEATED
        seen.add(words)
        lead = _lead_of(kind, words)
        start, words = start + lead, words[lead:]
        if kind is BlockKind.CAPTION:
            words = _without_marks(words)
        for offset, piece in _pieces(words):
            yield kind, start + offset, piece


def _lead_of(kind: BlockKind, words: str) -> int:
    """How many characters stand before the block's first sentence: an item's number, "MOSCOW (Agency) - "."""
    lead = _ITEM.match(words) if kind is BlockKind.ITEM else _DATELINE.match(words) if kind is BlockKind.BODY else None
    return lead.end() if lead and lead.end() < len(words) else 0


def _kind_of(words: str, *, is_first: bool) -> BlockKind:
    forms = _forms()
    low = words.lower()
    short = len(words.split()) <= HEADING_WORDS
    if low.startswith(forms.boilerplate) and short:
        return BlockKind.BOILERPLATE
    if short and any(mark in low for mark in forms.boilerplate_inside):
        return BlockKind.BOILERPLATE
    if not _WORD.search(words):
        return BlockKind.BOILERPLATE
    if _is_caption(low):
        return BlockKind.CAPTION
    if is_first and short and not _is_sentence(words):
        return BlockKind.HEADLINE
    if _ITEM.match(words):
        return BlockKind.ITEM
    if short and not words.endswith(_CLOSED):
        return BlockKind.HEADING if len(words.split()) > 3 else BlockKind.BOILERPLATE
    return BlockKind.BODY


def _is_sentence(words: str) -> bool:
    return words.endswith((".", '."')) and len(words.split()) > 5


def _is_caption(low: str) -> bool:
    if any(mark in low for mark in _forms().caption_marks):
        return True
    end = _BRACKETED_END.search(low)
    parts = re.split(r"[/,]", end.group(1)) if end else []
    return any(part.strip() in _forms().caption_agencies for part in parts)


def _without_marks(words: str) -> str:
    """The caption with its (L), (R) and [Agency] blanked out."""
    for mark in _forms().caption_marks:
        words = re.sub(re.escape(mark), " " * len(mark), words, flags=re.IGNORECASE)
    end = _BRACKETED_END.search(words)
    return words[: end.start()] if end and end.start() else words


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Lines, with hard-wrapped lines of one paragraph joined again (the line break read as a space)."""
    for group in _line_groups(text):
        if _is_wrapped([text[start:end] for start, end in group]):
            start, end = group[0][0], group[-1][1]
            yield start, text[start:end].replace("\n", " ")
        else:
            yield from ((start, text[start:end]) for start, end in group)


def _line_groups(text: str) -> Iterator[list[tuple[int, int]]]:
    """Offsets of the lines, without the space around them, in groups that no blank line divides."""
    group: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        stripped = line.group().strip()
        start = line.start() + (len(line.group()) - len(line.group().lstrip()))
        if group and (not stripped or text.count("\n", group[-1][1], start) > 1):
            yield group
            group = []
        if stripped:
            group.append((start, start + len(stripped)))
    if group:
        yield group


def _is_wrapped(lines: list[str]) -> bool:
    """Whether short lines are the broken lines of one paragraph: most of them stop in the middle of a sentence."""
    if len(lines) < 2 or max(map(len, lines)) > WRAP_WIDTH or any(_ITEM.match(line) for line in lines):
        return False
    open_ends = sum(not line.endswith(_CLOSED) for line in lines[:-1])
    goes_on = any(line[0].islower() for line in lines[1:])
    return goes_on and 2 * open_ends >= len(lines) - 1


def _pieces(words: str) -> Iterator[tuple[int, str]]:
    """The paragraph cut at sentence ends into stretches that a parser can hold."""
    start = 0
    while len(words) - start > LONGEST_BLOCK:
        window = words[start : start + LONGEST_BLOCK]
        ends = [match.end() for match in _SENTENCE_END.finditer(window)]
        cut = ends[-1] if ends else (window.rfind(" ") + 1 or LONGEST_BLOCK)
        yield start, words[start : start + cut]
        start += cut
    if start < len(words):
        yield start, words[start:]


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """Words of the body: those written large inside a sentence, and those written small."""

    names: frozenset[str]
    words: frozenset[str]


def _body_vocabulary(blocks: list[Block]) -> _Vocabulary:
    names: set[str] = set()
    words: set[str] = set()
    for block in blocks:
        if block.kind is not BlockKind.BODY:
            continue
        for match in _WORD.finditer(block.text):
            word = match.group()
            if word[0].islower():
                words.add(word)
            elif _inside_sentence(block.text, match.start()):
                names.add(word)
    return _Vocabulary(frozenset(names), frozenset(words))


def _inside_sentence(text: str, start: int) -> bool:
    return start >= 2 and text[start - 1] == " " and text[start - 2] not in '.!?":'


def _in_sentence_case(block: Block, vocabulary: _Vocabulary) -> Block:
    """A title-case headline written as a sentence, since the parser reads "Refused To Sell" as a name."""
    if block.kind not in (BlockKind.HEADLINE, BlockKind.HEADING):
        return block
    words = [word for word in block.text.split() if not word[0].isdigit()]
    large = sum(word[0].isupper() for word in words)
    if len(words) < 3 or large <= 0.6 * len(words):
        return block
    first = len(block.text) - len(block.text.lstrip())

    def small(match: re.Match[str]) -> str:
        word = match.group()
        low = word.lower()
        if match.start() == first or word in vocabulary.names or not word[1:].islower() or len(low) != len(word):
            return word
        return low if low in vocabulary.words or low in _forms().title_case_words else word

    return Block(block.kind, block.start, _WORD.sub(small, block.text))
