"""A question about events, as values: what the HTTP parameters, the terminal and the pages all become."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.spans import TimeSpan


class Match(StrEnum):
    """`possible`: the spans share a day. `certain`: the event's whole range lies in the window."""

    POSSIBLE = "possible"
    CERTAIN = "certain"


class Sort(StrEnum):
    DATE = "date"
    DATE_DESC = "-date"
    NEAREST = "nearest"
    RECORDED_DESC = "-recorded"
    REPORTS_DESC = "-reports"


class By(StrEnum):
    """What counts may be told apart by."""

    KIND = "kind"
    PLOVER = "plover"
    MODALITY = "modality"
    STATUS = "status"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Choice:
    """Values wanted (any of them; none = all) and values not wanted (`!value`)."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)


ANY = Choice()


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Filters are joined by and. Actor filters hold actor ids, already resolved from names."""

    when: TimeSpan | None = None
    match: Match = Match.POSSIBLE
    # Whether a date may reach into the window from outside only because its other end is not known.
    loose: bool = True
    published: TimeSpan | None = None
    as_of: datetime | None = None
    actor: Choice = ANY
    source: Choice = ANY
    target: Choice = ANY
    dyad: tuple[str, str] | None = None
    country: Choice = ANY
    kind: Choice = ANY
    plover: Choice = ANY
    cameo: Choice = ANY  # a code stands for itself and all its subcodes: 04 holds 042
    modality: Choice = field(default_factory=lambda: Choice(("asserted", "alleged")))
    status: Choice = ANY
    place: Choice = ANY
    bbox: tuple[float, float, float, float] | None = None
    q: str | None = None
    document: Choice = ANY
    publisher: Choice = ANY
    min_confidence: float | None = None
    min_reports: int | None = None
    ids: Choice = ANY
    sort: Sort = Sort.DATE
    limit: int = 100
    cursor: str | None = None
