"""The day of publication as a caller gives it."""

from __future__ import annotations

from datetime import date, datetime

_ISO_DAY = 10  # characters


def given_day(told: date | str | None) -> date | None:
    """A day, that of a moment, or the ISO day at the head of a string ("2014-03-05T10:00Z"); None for None and "".

    Raises ValueError where a string begins with no day, and says what is wanted.
    """
    if isinstance(told, datetime):
        return told.date()
    if not isinstance(told, str):
        return told
    if not told.strip():
        return None
    try:
        return date.fromisoformat(told.strip()[:_ISO_DAY])
    except ValueError:
        wanted = "the day of publication is written as 2014-03-05; leave it out where it is not known"
        raise ValueError(f"{wanted}: {told!r}") from None
