"""Near-duplicate texts: sentences as sets of hashed words, documents as sketches of hashed shingles."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

# A sentence of at least so many different words is no chance agreement; so large a share of them must be in both.
TELLING_WORDS = 8
ALIKE = 0.8
PUNCTUATION = ".,;:!?\"'()“”‘’"
SHINGLE = 4  # words
SKETCH = 64  # hashes kept of a document
COPIED = 0.5  # the share of common shingles from which a text is a copy
BRIEF, COPIED_BRIEF = 20, 0.8  # of a text of fewer: two papers tell a thing in one sentence much alike
TELLING_SHINGLES = 4  # of so few, all must be common
BANDS = 3
_WORD = re.compile(r"\w+")


def hashed(text: str, size: int = 4) -> int:
    """A number that depends on the text alone, as PostgreSQL keeps it (signed)."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest()
    return int.from_bytes(digest, signed=True)


def word_set(sentence: str) -> frozenset[int]:
    """The different words of a sentence, hashed."""
    stripped = (word.strip(PUNCTUATION).casefold() for word in sentence.split())
    return frozenset(hashed(word) for word in stripped if word)


def gist(words: frozenset[int], names: Iterable[str | None], common: frozenset[int]) -> frozenset[int]:
    """What a sentence tells beyond who, where and when: its words but those of names and those common to all news."""
    return words - common - frozenset().union(*(word_set(name) for name in names if name))


def reprints(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether one sentence is the other, but for a few words more: papers shorten what an agency sends. A few words
    ("Iran has rejected the offer.") are told alike of two things, and by two who do not know of each other."""
    fewest = min(len(one), len(other))
    return fewest >= TELLING_WORDS and len(one & other) == fewest and fewest >= ALIKE * max(len(one), len(other))


def bands(words: frozenset[int]) -> tuple[str, ...]:
    """Names under which sentences of nearly the same words are found; a shortened one shares at least one as a rule.

    Each band is the two smallest of the words' numbers under an order of its own.
    """
    if len(words) < TELLING_WORDS:
        return (f"all{sorted(words)}",) if words else ()
    return tuple(f"{band}{_smallest(words, band)}" for band in range(BANDS))


_ODD = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D)


def _smallest(words: Iterable[int], band: int) -> list[int]:
    return sorted(((word & 0xFFFFFFFF) * _ODD[band] ^ _ODD[-band - 1]) % 0xFFFFFFFB for word in words)[:2]


def sketch(text: str) -> tuple[int, ...]:
    """The smallest hashes of a text's shingles: enough to see how much two texts have in common."""
    words = _WORD.findall(text.casefold())
    count = max(1, len(words) - SHINGLE + 1)
    return tuple(sorted({hashed(" ".join(words[at : at + SHINGLE]), 8) for at in range(count)})[:SKETCH])


def copied(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether one text reprints the other, whole or shortened, by the common part of their sketches.

    Only numbers up to the smaller of the two largest are compared: up to there both sketches are complete.
    """
    if not one or not other:
        return False
    reach = min(_reach(one), _reach(other))
    left, right = {n for n in one if n <= reach}, {n for n in other if n <= reach}
    fewest, common = min(len(left), len(right)), len(left & right)
    if fewest < TELLING_SHINGLES and max(len(one), len(other)) >= SKETCH:
        return fewest > 1 and common == fewest  # of a short text so few are compared that a phrase may be half of them
    return fewest > 0 and common >= (COPIED if fewest >= BRIEF else COPIED_BRIEF) * fewest


def _reach(numbers: tuple[int, ...]) -> int:
    return numbers[-1] if len(numbers) >= SKETCH else 2**63
