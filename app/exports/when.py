"""When an event was, for formats that draw or schedule it: its bounds as days, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from app.domain.spans import ONE_DAY, Precision, TimeSpan
from app.domain.wording import span_words
from app.exports.table import Record


@dataclass(frozen=True, slots=True)
class When:
    """The span of a dated event. `start` and `last` are its days; where one end is not known, the known day is both."""

    span: TimeSpan
    start: date
    last: date
    opens: bool  # its first day is known
    ends: bool  # its last day is known

    @property
    def end(self) -> date:
        """The day after the last, which formats with exclusive ends want; the calendar's last day has none after it."""
        return self.last + ONE_DAY if self.last < date.max else self.last

    @property
    def sure(self) -> bool:
        """Whether it was on one day, and that is known."""
        return self.span.precision is Precision.DAY and not self.span.approximate

    @property
    def open(self) -> bool:
        """Whether one end is not known."""
        return not (self.opens and self.ends)

    @property
    def words(self) -> str:
        return span_words(self.span)


def is_dated(record: Record) -> bool:
    """Whether a day is known at one end at least."""
    return record["date_earliest"] is not None or record["date_latest"] is not None


def when(record: Record) -> When:
    """The span of a record that is dated."""
    first, last = record["date_earliest"], record["date_latest"]
    start, final = first or last, last or first
    if start is None or final is None:
        raise ValueError("an event without any date has no place in this format")
    precision = Precision(record["date_precision"])
    if first is None or last is None or last == date.max:
        precision = Precision.BEFORE if first is None else Precision.AFTER
    end = last + ONE_DAY if last and last < date.max else None
    span = TimeSpan(first, end, precision, str(record["date_edtf"]).endswith("~"))
    return When(span, start, final, opens=first is not None, ends=last is not None)


def midnight(day: date) -> datetime:
    """The first instant of a day in UTC, for formats that know instants only."""
    return datetime.combine(day, time.min, UTC)
