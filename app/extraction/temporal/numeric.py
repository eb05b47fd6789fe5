"""Whether a source writes the day first ("3/4/2010" for 3 April): by its numeric dates, its named ones, its country."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

_NUMERIC = re.compile(r"(\d(?<![\d/.-]\d)\d?)([/.-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d/])")
_MONTHS = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY_MONTH = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTHS}\b")
_MONTH_DAY = re.compile(rf"\b{_MONTHS} \d{{1,2}}(?:st|nd|rd|th)?\b(?!:)")
# Countries whose English press writes the day first.
_DAY_FIRST = frozenset({
    "uk", "ie", "au", "nz", "in", "pk", "bd", "lk", "za", "ng", "ke", "ug", "tz", "gh", "zw", "sg", "my", "hk", "mt",
    "cy", "eu", "fr", "de", "it", "es", "ru", "ua", "tr", "il", "eg", "ae", "qa", "sa", "lb", "jo", "br", "ar", "mx",
})  # fmt: skip


def day_first_of(texts: Sequence[str]) -> bool | None:
    """As the texts show: by a numeric date that has one reading alone, else by the order in "5 May" or "May 5"."""
    told = [(int(match[1]), int(match[3])) for text in texts for match in _NUMERIC.finditer(text)]
    if not told:
        return None
    decided = [one > two for one, two in told if 12 < max(one, two) <= 31 and min(one, two) <= 12]
    if decided:
        return decided[0]
    return _more(_count(_DAY_MONTH, texts), _count(_MONTH_DAY, texts))


def _count(pattern: re.Pattern[str], texts: Iterable[str]) -> int:
    return sum(len(pattern.findall(text)) for text in texts)


def _more(day_first: int, month_first: int) -> bool | None:
    return None if day_first == month_first else day_first > month_first


def day_first_by_address(url: str | None) -> bool | None:
    """As the press of the address's country writes; None where the address names no such country."""
    host = urlsplit(url).hostname if url else None
    return True if host and host.rpartition(".")[2] in _DAY_FIRST else None
