"""News with its dateline cut, and whether the year of publication is found again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

# "Friday, January 4, 2019" alone in the first line.
DATELINE_OF_NEWS = re.compile(r"\s*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, [A-Z][a-z]+ \d{1,2}, \d{4}\s*\n")
SURE = 0.8


class YearFound(NamedTuple):
    """The year is among the candidates; among those with two known ends; one sure year is told, a wrong one."""

    among: bool
    closed: bool
    wrong: bool


def year_found(published: str, candidates: Sequence[dict[str, Any]]) -> YearFound:
    """`candidates` are lines of `dateline datedoc`: first and last day or None, and a weight."""
    year = published[:4]
    among = [one for one in candidates if (one["start"] or "")[:4] <= year <= (one["end"] or "9999")[:4]]
    closed = [one for one in among if one["start"] and one["end"]]
    sure = [one for one in candidates if one["weight"] >= SURE and one["start"] and one["end"]]
    wrong = [one for one in sure if one["start"][:4] == one["end"][:4] != year]
    return YearFound(bool(among), bool(closed), bool(wrong))
