"""Sets told in two parts or listed: "each year on 9 May", "weekly on Mondays", "every Monday at 9 a.m."."""

from __future__ import annotations

import re

from app.extraction.temporal.meanings import Fields, Meaning, Repeated, Which, Within


def set_on(left: Meaning, right: Meaning, between: str) -> Repeated | None:
    """The set that a rhythm and the part of its period mean together; None where they are no such pair."""
    if isinstance(left, Repeated) and _DAYS.fullmatch(left.code) and (hours := _hours(right)):
        return Repeated(left.code + hours)
    if isinstance(left, Repeated) and between not in ("", ","):
        return _set(left.code, right)
    if isinstance(right, Repeated) and between in ("", ","):
        return _set(right.code, left)
    return None


def set_as(day: Meaning, after: Meaning) -> Repeated | None:
    """ "Monday, Wednesday and Friday mornings": a weekday listed with one that comes again comes again, too."""
    again = isinstance(after, Repeated) and _PARTS_OF_DAYS.fullmatch(after.code)
    if not again or not isinstance(after, Repeated) or not (code := _in_week(day)):
        return None
    return Repeated(code + after.code[len(code) :])


_PARTS_OF_DAYS = re.compile(r"XXXX-WXX-\dT\w+")


def _set(rhythm: str, part: Meaning) -> Repeated | None:
    code = _CODES[rhythm](part) if rhythm in _CODES else ""
    return Repeated(code) if code else None


def _in_year(part: Meaning) -> str:
    if not isinstance(part, Fields) or part.month is None or not _is_open(part):
        return ""
    return f"XXXX-{part.month:02d}" + (f"-{part.day:02d}" if part.day else "")


def _in_week(part: Meaning) -> str:
    if isinstance(part, Repeated):
        return part.code if part.code.startswith("XXXX-WXX") else ""
    if not isinstance(part, Fields) or part.weekday is None or part.day is not None or not _is_open(part):
        return ""
    return f"XXXX-WXX-{part.weekday + 1}"


def _in_day(part: Meaning) -> str:
    hours = _hours(part)
    return f"XXXX-XX-XX{hours}" if hours else ""


def _hours(part: Meaning) -> str:
    """The time of day of a day that is not told."""
    open_day = isinstance(part, Within) and part.day is None and part.which is Which.NONE and not part.days
    return part.detail if open_day and isinstance(part, Within) else ""


_DAYS = re.compile(r"XXXX-(?:WXX-\d|\d\d-\d\d)")


def _is_open(part: Fields) -> bool:
    return part.year is None and part.years is None and part.which is Which.NONE


_CODES = {"P1Y": _in_year, "P1W": _in_week, "P1D": _in_day}
