"""What stands around an answer: how much there is, what was understood, what the data covers, what to beware of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from sqlalchemy import Connection

from app.domain.events import Status
from app.domain.queries import ANY, Choice, EventQuery
from app.domain.spans import TimeSpan
from app.services.asking import Asked, Notice
from app.services.describing import describe
from app.services.names import Resolved
from app.storage import actors, history, past, search
from app.storage.rows import Coverage, FacetCount

CHEAP_COUNT = 20_000  # up to this estimate an exact count costs next to nothing


class Count(StrEnum):
    NONE = "none"
    ESTIMATED = "estimated"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Covered:
    """The outermost days of the events that are kept, and when a document was last added."""

    first: date | None
    last: date | None
    last_ingest: datetime | None


@dataclass(frozen=True, slots=True)
class Meta:
    """The `meta` of an answer. `matched` is None when it was not counted; `next_cursor` is None on the last page."""

    returned: int
    limit: int | None = None
    matched: int | None = None
    matched_exact: bool = False
    next_cursor: str | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    description: str = ""
    resolved: tuple[Resolved, ...] = ()
    coverage: Covered = Covered(None, None, None)
    data_version: str = ""
    as_of: datetime | None = None
    warnings: tuple[Notice, ...] = ()
    facets: Mapping[str, tuple[FacetCount, ...]] | None = None

    @property
    def left_out(self) -> tuple[str, ...]:
        """What the answer does not hold, for formats that have no envelope."""
        omitted = tuple(notice.detail for notice in self.warnings if notice.omits)
        return (*omitted, "later pages, see rel=next in the Link header") if self.next_cursor else omitted

    def wire(self) -> dict[str, object]:
        """The keys as the wire has them: a coverage goes `from` a day `to` a day."""
        known: dict[str, object] = {name: getattr(self, name) for name in self.__slots__}
        covered = self.coverage
        known["coverage"] = {"from": covered.first, "to": covered.last, "last_ingest": covered.last_ingest}
        known["warnings"] = [{"code": notice.code, "detail": notice.detail} for notice in self.warnings]
        if self.facets is None:
            del known["facets"]
        return known


def _estimate(conn: Connection, query: EventQuery) -> int:
    return search.count(conn, query, exact=False)


@dataclass(frozen=True, slots=True)
class Known:
    """What was looked up before the envelope is made: `matched` is None where it was not counted. `estimate` tells how
    many events a question finds, about."""

    coverage: Coverage
    matched: int | None = None
    estimate: Callable[[Connection, EventQuery], int] = _estimate


def meta(
    conn: Connection,
    asked: Asked,
    returned: int,
    next_cursor: str | None,
    count: Count | None = None,
    known: Known | None = None,
) -> Meta:
    """The envelope of a list of events; an empty one says why it is empty."""
    query = asked.query
    known = known or Known(search.coverage(conn))
    coverage = known.coverage
    matched, exact = _count(conn, query, count, known)
    warnings = [*asked.notices, *_left_out(conn, query)]
    warnings += reasons(conn, asked, coverage, empty=not returned and not query.cursor)
    return Meta(
        returned=returned,
        limit=query.limit,
        matched=matched,
        matched_exact=exact,
        next_cursor=next_cursor,
        query=asked.given,
        description=describe(query, asked.resolved),
        resolved=asked.resolved,
        coverage=covered(coverage),
        data_version=coverage.version,
        as_of=query.as_of,
        warnings=tuple(warnings),
    )


def alone(
    conn: Connection, description: str, given: Mapping[str, str] | None = None, as_of: datetime | None = None
) -> Meta:
    """The envelope of an answer that is one thing."""
    return replace(whole(conn, description, 1, given), as_of=as_of)


def whole(conn: Connection, description: str, n: int, given: Mapping[str, str] | None = None) -> Meta:
    """The envelope of all that there is of something: `n` of them."""
    coverage = search.coverage(conn)
    return Meta(
        returned=n,
        matched=n,
        matched_exact=True,
        query=given or {},
        description=description,
        coverage=covered(coverage),
        data_version=coverage.version,
    )


def covered_now(conn: Connection) -> Covered:
    """What the database covers."""
    return covered(search.coverage(conn))


def covered(coverage: Coverage) -> Covered:
    return Covered(coverage.first, coverage.last, coverage.last_ingest)


def _count(conn: Connection, query: EventQuery, count: Count | None, known: Known) -> tuple[int | None, bool]:
    """How many match, and whether that is exact. Unless asked otherwise, exact as long as it is cheap."""
    if count is Count.NONE:
        return None, False
    if known.matched is not None:
        return known.matched, True
    if count is Count.EXACT:
        return search.count(conn, query, exact=True), True
    estimate = known.estimate(conn, query)
    if count is None and estimate <= CHEAP_COUNT:
        return search.count(conn, query, exact=True), True
    return estimate, False


def omitted(conn: Connection, query: EventQuery) -> tuple[str, ...]:
    """What a question leaves out although its filters fit, in words."""
    return tuple(notice.detail for notice in _left_out(conn, query) if notice.omits)


def _left_out(conn: Connection, query: EventQuery) -> list[Notice]:
    """Events without any date cannot lie in a window; those with one known end may lie anywhere."""
    if query.when is None or not query.when.known or query.cursor:
        return []
    found: list[Notice] = []
    found += undated(conn, query)
    if half_known := search.one_end_known(conn, query):
        found.append(_half_known(up_to_most(half_known), loose=query.loose))
    return found


def undated(conn: Connection, query: EventQuery) -> tuple[Notice, ...]:
    """How many events lie in no window for want of a date."""
    n = search.undated(conn, query)
    return (Notice("undated", f"{n} more events have no date that is known", omits=True),) if n else ()


def _half_known(number: str, *, loose: bool) -> Notice:
    if loose:
        detail = f"{number} of these events have a date of which one end is not known"
        return Notice("one_end_known", detail)
    detail = f"{number} more events have one known end, outside of the window, and are not shown; ask with window=all"
    return Notice("one_end_known", detail, omits=True)


def up_to_most(number: int) -> str:
    """A number that was counted up to MOST_COUNTED, in words."""
    return f"{number} or more" if number == search.MOST_COUNTED else str(number)


def reasons(conn: Connection, asked: Asked, coverage: Coverage, *, empty: bool) -> list[Notice]:
    """Why a question finds little: its window lies outside of what is kept. Why it finds nothing, where that is so."""
    told = [*_outside(asked.query.when, coverage), *_merged(conn, asked.query)]
    return [*told, *_why_empty(conn, asked, said=bool(told))] if empty else told


MOST_FOLLOWED = 20  # ids of a question that are looked for among those that stand for others now


def _merged(conn: Connection, query: EventQuery) -> list[Notice]:
    """Ids asked for that are ids no more: their events are told by others."""
    successors = ((old, history.successor(conn, old)) for old in query.ids.wanted[:MOST_FOLLOWED])
    return [Notice("merged", f"event {old} was merged into {new}: ask for that") for old, new in successors if new]


def _why_empty(conn: Connection, asked: Asked, *, said: bool) -> list[Notice]:
    query = asked.query
    if not search.sizes(conn).events:
        return [nothing_kept(conn, query.as_of)]
    why = [*_strangers(conn, asked), *_hidden(conn, query), *_retracted(conn, query)]
    if why or said:
        return why
    return [Notice("no_match", "no event fits all the filters: leave one out")]


def nothing_kept(conn: Connection, as_of: datetime | None) -> Notice:
    """Why nothing at all is found: nothing is kept, or nothing was at that instant."""
    if as_of is None or (first := past.first_recorded(conn)) is None:
        return Notice("empty_database", "no events are kept yet: send documents to /v1/documents")
    told, since = (instant.isoformat(timespec="seconds") for instant in (as_of, first.astimezone(UTC)))
    return Notice("before_first_record", f"nothing was recorded by {told}; what is kept was recorded since {since}")


def _outside(window: TimeSpan | None, coverage: Coverage) -> list[Notice]:
    if window is None or coverage.first is None or coverage.last is None:
        return []
    if window.overlaps(TimeSpan.between(coverage.first, coverage.last)):
        return []
    return [Notice("outside_coverage", f"dated events are kept from {coverage.first} to {coverage.last}")]


def _strangers(conn: Connection, asked: Asked) -> list[Notice]:
    return [
        Notice("no_event_of_actor", f"no event of {found.name} ({found.id}) is kept")
        for found in asked.resolved
        if found.parameter != "country" and not actors.seen(conn, found.id).events
    ]


def _hidden(conn: Connection, query: EventQuery) -> list[Notice]:
    if query.modality == ANY:
        return []
    hidden = {modality: n for modality, n in search.hidden_by(conn, query).items() if n}
    if not hidden:
        return []
    parts = ", ".join(f"{n} {modality}" for modality, n in sorted(hidden.items()))
    return [Notice("hidden_by_modality", f"{sum(hidden.values())}: {parts}; ask with modality=all")]


def _retracted(conn: Connection, query: EventQuery) -> list[Notice]:
    """What was taken back, which is found by its status alone."""
    if query.status:
        return []
    n = search.count(conn, replace(query, status=Choice((Status.RETRACTED,)), modality=ANY), exact=True)
    if not n:
        return []
    return [Notice("hidden_by_status", f"{n} retracted; ask with status=retracted and modality=all")]
