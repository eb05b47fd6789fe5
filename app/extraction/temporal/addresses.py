"""The day in the address of a page: "/2016/04/15/", "-20160415", "/2014/mar/05/", "/5-march-2014/"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from app.extraction.temporal.calendar import Grain, OutsideCalendar, make_day

_YEAR, _SEP = r"(?P<y>(?:19|20)\d{2})", r"[/_.-]"
_MONTH, _DAY = r"(?P<m>0[1-9]|1[0-2])", r"(?P<d>0[1-9]|[12]\d|3[01])"
_SHORT_MONTH, _SHORT_DAY = r"(?P<m>0?[1-9]|1[0-2])", r"(?P<d>0?[1-9]|[12]\d|3[01])"
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = (
    r"(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_CLOCK = r"(?:T?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?"  # "20140305123000"
_STARTS, _ENDS = r"(?<![0-9a-z])", r"(?![0-9a-z])"


def _patterns(*several: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_STARTS + one + _ENDS, re.IGNORECASE) for one in several)


# The surest first. One digit for a month or day is read between slashes alone: "/2014-3-5-things" may count things.
_DAYS = (
    re.compile(rf"(?<!\d){_YEAR}[/_-]?{_MONTH}[/_-]?{_DAY}(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}[/_-]?{_MONTH}[/_-]?{_DAY}{_CLOCK}{_ENDS}", re.IGNORECASE),
    *_patterns(
        rf"{_YEAR}(?P<s>{_SEP}?){_NAMED}(?P=s){_SHORT_DAY}",
        rf"{_SHORT_DAY}(?P<s>{_SEP}?){_NAMED}(?P=s){_YEAR}",
        rf"{_NAMED}(?P<s>{_SEP}){_SHORT_DAY}(?P=s){_YEAR}",
        rf"(?<=/){_YEAR}/{_SHORT_MONTH}/{_SHORT_DAY}(?=/|$)",
    ),
)  # fmt: skip
_MONTHS = (
    re.compile(rf"(?<!\d){_YEAR}[/-]{_MONTH}(?!\d)"),
    *_patterns(
        rf"(?<=/){_YEAR}(?P<s>{_SEP}){_NAMED}(?=(?P=s))",
        rf"(?<=/){_NAMED}(?P<s>{_SEP}){_YEAR}(?=/|$)",
        rf"(?<=/){_YEAR}/{_SHORT_MONTH}(?=/)",
    ),
)
# "05-03-2014" may have the day or the month first; it tells a day where only one of the two is possible, or both agree.
_EITHER = re.compile(rf"{_STARTS}(?P<a>0[1-9]|[12]\d|3[01])(?P<s>[/_-])(?P<b>0[1-9]|[12]\d|3[01])(?P=s){_YEAR}{_ENDS}")


def date_in_url(url: str) -> tuple[date, Grain] | None:
    """The day in an address, or the first of a month where that is all it has."""
    if day := next(_days(_DAYS, url), None) or _either_way(url):
        return day, Grain.DAY
    if month := next(_days(_MONTHS, url), None):
        return month, Grain.MONTH
    return None


def _days(patterns: Sequence[re.Pattern[str]], url: str) -> Iterator[date]:
    """The days that the calendar has, pattern by pattern."""
    for pattern in patterns:
        for match in pattern.finditer(url):
            told = match.groupdict()
            name = told["m"][:3].lower()
            month = _NAMES.index(name) + 1 if name.isalpha() else int(name)
            try:
                yield make_day(int(told["y"]), month, int(told.get("d") or 1))
            except OutsideCalendar:
                continue


def _either_way(url: str) -> date | None:
    match = _EITHER.search(url)
    if match is None:
        return None
    year, one, two = int(match["y"]), int(match["a"]), int(match["b"])
    ways = {(month, day) for month, day in ((one, two), (two, one)) if month <= len(_NAMES)}
    if len(ways) != 1:
        return None
    ((month, day),) = ways
    try:
        return make_day(year, month, day)
    except OutsideCalendar:
        return None
