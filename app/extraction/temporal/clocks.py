"""Clock times as moments: the minute of a day, in the zone that is told with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.extraction.temporal.calendar import Grain
from app.extraction.temporal.values import TimeValue


def moment_of(value: TimeValue) -> datetime | None:
    """The minute; naive where no zone is told or the machine does not know it. "24:00" is midnight at the day's end."""
    period = value.first
    if period is None or period.grain is not Grain.TIME or len(period.detail) < len("T10:30"):
        return None
    hours, minutes = int(period.detail[1:3]), int(period.detail[4:6])
    start = datetime(period.start.year, period.start.month, period.start.day)
    return (start + timedelta(hours=hours, minutes=minutes)).replace(tzinfo=_zone(value.zone))


def _zone(name: str) -> tzinfo | None:
    if name == "Z":
        return UTC
    if name[:1] in ("+", "-"):
        shift = timedelta(hours=int(name[1:3]), minutes=int(name[4:6]))
        return timezone(-shift if name[0] == "-" else shift)
    try:
        return ZoneInfo(name) if name else None
    except ZoneInfoNotFoundError:
        return None
