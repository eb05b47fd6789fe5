"""Names of waters, pacts, laws and feasts: what holds the name of a state and is none, or acts for nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

WATER, PACT, PART_OF_AMERICA, COLOURING, OF = "water", "pact", "part of America", "after a hyphen", "of"
# What may open a sentence beside a name that it is no part of: "Afterwards Obama flew to Moscow".
OPENER = "opener"


def holds_a_state(words: Sequence[str], start: int, end: int, sorts: Mapping[str, str], *, seat: bool) -> bool:
    """Whether the state named at [start, end) is only a part of another name: "the South China Sea", "the Gulf of
    Guinea", "Latin American"; of a `seat` of power also "the Vienna Convention"."""
    after = sorts.get(words[end], "") if end < len(words) else ""
    if after == WATER or (after == PACT and seat) or is_of_water(words, start, sorts):
        return True
    before = start - 2 if start > 1 and words[start - 1] == "-" else start - 1
    return words[start].startswith("America") and before >= 0 and sorts.get(words[before]) == PART_OF_AMERICA


def only_colours(words: Sequence[str], end: int, sorts: Mapping[str, str]) -> bool:
    """Whether the name that ends here tells what others are like, and acts itself in nothing: "Iran-backed rebels",
    "a German-born man", "a Spanish-language newspaper"."""
    return end + 1 < len(words) and words[end] == "-" and sorts.get(words[end + 1].lower()) == COLOURING


def is_of_water(words: Sequence[str], start: int, sorts: Mapping[str, str]) -> bool:
    """ "the Gulf of" before a name."""
    return start > 1 and words[start - 1] == OF and sorts.get(words[start - 2]) == WATER


def names_nobody(words: Sequence[str], start: int, end: int, sorts: Mapping[str, str], *, forename: bool) -> bool:
    """Whether the capitals at [start, end) name a thing: "the Patriot Act", "the Gulf", "Tahrir Square".

    After a `forename` some are surnames: "Ricki Lake".
    """
    sort = sorts.get(words[end - 1], "")
    if forename and sort != PACT:
        return False
    if end - start == 1:
        return is_of_water(words, start, sorts) or (sort == WATER and start > 0 and words[start - 1].lower() == "the")
    return sort not in ("", PART_OF_AMERICA, COLOURING, OPENER) or is_of_water(words, start, sorts)
