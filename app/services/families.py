"""Weapon families for linking: "S-300PMU" and "the older S-300" are both the S-300."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from app.extraction.datafiles import read_rows
from app.extraction.lexicon import DATA

WEAPONS = DATA / "weapons.tsv"
LONGEST = 4  # words of a spelling
_WORD = re.compile(r"\w[\w/-]*")


def family(told: str) -> str | None:
    """The family of the weapon that an object names; None where it names none that is known."""
    names, words = _families(), told.split()
    runs = ((start, end) for end in range(len(words), 0, -1) for start in range(end))
    found = (names.get(" ".join(words[start:end])) for start, end in runs)
    return next((name for name in found if name), None)


def about(text: str) -> str | None:
    """The weapon family that a text turns on: at least half of all it names, of two the first; None without any."""
    named = Counter(_named(_WORD.findall(text)))
    name, times = next(iter(named.most_common(1)), (None, 0))
    return name if 2 * times >= named.total() else None


def _named(words: Sequence[str]) -> Iterator[str]:
    names, at = _families(), 0
    while at < len(words):
        runs = ((end, names.get(" ".join(words[at:end]))) for end in range(at + LONGEST, at, -1))
        end, name = next(((end, name) for end, name in runs if name), (at + 1, None))
        at = end
        if name:
            yield name


@cache
def version() -> str:
    """Another one for other weapons or names of them."""
    return hashlib.sha256(WEAPONS.read_bytes()).hexdigest()[:12]


@cache
def _families() -> dict[str, str]:
    """Each spelling with the shortest known name that its weapon's name begins with."""
    rows = list(read_rows(WEAPONS))
    known = sorted((row.required("name") for row in rows), key=len)
    spelled: dict[str, str] = {}
    for row in rows:
        name = row.required("name")
        root = next(one for one in known if _begins(name, one))
        for spelling in (name, *row.listed("aliases")):
            spelled.setdefault(spelling, root)
    return spelled


def _begins(name: str, root: str) -> bool:
    """Whether the name is the root, or the root with the letters or number of a variant."""
    return name.startswith(root) and not name[len(root) : len(root) + 1].islower()
