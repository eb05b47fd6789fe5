"""From words to values: the parameters of HTTP, the pages and the terminal become an `EventQuery` here, once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from app.domain.errors import BadQuery
from app.domain.queries import Choice
from app.domain.spans import TimeSpan

MOST_LIMIT = 1000
DEFAULT_LIMIT = 100
MOST_VALUES = 200
LONGEST_TEXT = 500
_DAY_FORMS = "a day (2016-04-15), a month (2016-04), a year (2016), or two of them: a/b, a/.., ../b"
_YEAR = re.compile(r"\d{4}\Z", re.ASCII)
_MONTH = re.compile(r"\d{4}-\d{2}\Z", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ][0-9:.]{4,}(Z|[+-]\d{2}:?\d{2})?\Z", re.ASCII)
_WINDOW = re.compile(r"(\d{1,6})\s*(d|w|m|y|days?|weeks?|months?|years?)?\Z", re.ASCII)
_WINDOW_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
LONGEST_WINDOW = 36_525

E = TypeVar("E", bound=StrEnum)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, None where nothing is near. One with its very letters is a slip of the hand."""
    by_fold = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), by_fold, n=3, cutoff=0.6)
    swapped = [name for name in close if sorted(name) == sorted(word.casefold())]
    return by_fold[(swapped or close)[0]] if close else None


def span(parameter: str, text: str) -> TimeSpan:
    """`datetime=` and its like: a day, month or year, or an interval of them with inclusive ends, either open."""
    first, slash, last = text.strip().partition("/")
    if not slash:
        return _point(parameter, first)
    start = None if first in ("", "..") else _point(parameter, first).start
    end = None if last in ("", "..") else _point(parameter, last).last
    if start and end and start > end:
        raise BadQuery(parameter, f"the window ends before it begins: {text!r}", did_you_mean=f"{last}/{first}")
    if start and end:
        return TimeSpan.between(start, end)
    if start:
        return TimeSpan.since(start)
    return TimeSpan.until(end) if end else TimeSpan.unknown()


def end(parameter: str, text: str) -> None:
    """One end of a window: a day, month or year, or `..`. Raises BadQuery for what is none."""
    if text.strip() in ("", ".."):
        return
    if "/" in text:
        raise BadQuery(parameter, f"{_shown(text)} is a window: one end of it is wanted", example="2016-04-15")
    _point(parameter, text, "2016-04-15")


def published_span(parameter: str, text: str) -> TimeSpan:
    """A date of publication: a day, month or year; of an instant (RFC 3339) the day as written."""
    text = text.strip()
    return _point(parameter, text[:10] if _INSTANT.match(text) else text)


def day(parameter: str, text: str) -> date:
    """Exactly one day."""
    text = text.strip()
    if not _DAY.match(text):
        raise BadQuery(parameter, f"{_shown(text)} is not a day", example="2016-04-15")
    return _calendar_day(parameter, text, text)


def _point(parameter: str, text: str, example: str = "2016-04-01/2016-04-30") -> TimeSpan:
    """A day, a month or a year; what ends with the calendar has an open end, for no day follows its last."""
    text = text.strip()
    if _YEAR.match(text):
        first = _calendar_day(parameter, f"{text}-01-01", text, example)
        return TimeSpan.of_year(first.year) if first.year < date.max.year else TimeSpan.since(first)
    if _MONTH.match(text):
        first = _calendar_day(parameter, f"{text}-01", text, example)
        ends = (first.year, first.month) == (date.max.year, date.max.month)
        return TimeSpan.since(first) if ends else TimeSpan.of_month(first.year, first.month)
    if _DAY.match(text):
        first = _calendar_day(parameter, text, text, example)
        return TimeSpan.of_day(first) if first < date.max else TimeSpan.since(first)
    raise BadQuery(parameter, f"{_shown(text)} is not a date: write {_DAY_FORMS}", example=example)


def _calendar_day(parameter: str, day: str, asked: str, example: str = "2016-04-15") -> date:
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        detail = f"the calendar has no {_shown(asked)}; it goes from {date.min} to {date.max}"
        raise BadQuery(parameter, detail, example=example) from error


def window_days(parameter: str, text: str) -> int:
    """`14d`, `2w`, `3m` (30 days each), `1y` (365 days) or a bare number of days."""
    match = _WINDOW.match(text.strip())
    if not match:
        raise BadQuery(parameter, f"{_shown(text)} is not a length of time", example="14d")
    days = int(match[1]) * _WINDOW_DAYS[(match[2] or "d")[0]]
    if days > LONGEST_WINDOW:
        raise BadQuery(parameter, f"a window has at most {LONGEST_WINDOW} days to either side", example="14d")
    return days


def around_span(pivot: TimeSpan, days: int) -> TimeSpan:
    """`days` to either side of the pivot, clipped to the calendar; open where it reaches the calendar's last day."""
    start, last = pivot.start, pivot.last
    first = _shifted(start, -days) if start else date.min
    final = _shifted(last, days) if last else date.max
    return TimeSpan.between(first, final) if final < date.max else TimeSpan.since(first)


def _shifted(start: date, days: int) -> date:
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max


def choice(parameter: str, values: Sequence[str], known: Iterable[str] | None = None) -> Choice:
    """Comma-separated values, repeats joined, `!` before the unwanted; `known` holds all that may be asked for."""
    words = [word.strip() for value in values for word in value.split(",")]
    words = [word for word in words if word]
    if len(words) > MOST_VALUES:
        raise BadQuery(parameter, f"at most {MOST_VALUES} values may be asked for at once")
    for word in words:
        checked_text(parameter, word)
    wanted = tuple(dict.fromkeys(word for word in words if not word.startswith("!")))
    unwanted = tuple(dict.fromkeys(word[1:].strip() for word in words if word.startswith("!")))
    if known is not None:
        table = {name.casefold(): name for name in known}
        wanted = tuple(_known(parameter, word, table) for word in wanted)
        unwanted = tuple(_known(parameter, word, table) for word in unwanted)
    return Choice(wanted, unwanted)


def _known(parameter: str, word: str, table: dict[str, str]) -> str:
    name = table.get(word.casefold()) or table.get(word.casefold().replace(" ", "_").replace("-", "_"))
    if name is None:
        raise BadQuery(
            parameter,
            f"{_shown(word)} is not known",
            allowed=tuple(sorted(table.values())),
            did_you_mean=nearest(word, table.values()),
        )
    return name


def one_of(parameter: str, text: str, values: type[E]) -> E:
    """One value of a closed list."""
    name = _known(parameter, text, {value.value: value.value for value in values})
    return values(name)


def checked_text(parameter: str, text: str) -> str:
    """Free text that a database can hold: no U+0000, no lone surrogate, not endless."""
    if len(text) > LONGEST_TEXT:
        raise BadQuery(parameter, f"at most {LONGEST_TEXT} characters may be asked for")
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise BadQuery(parameter, "holds characters that no text has (U+0000 or half a pair)")
    return text


def _shown(text: str) -> str:
    """The caller's word in a message: short, with what cannot be printed escaped."""
    return ascii(text[:40]) if not text.isprintable() else repr(text[:40])
