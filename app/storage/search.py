"""Questions about many events: lists, counts, what lies around a day. All take a domain `EventQuery`.

A question with a window (`when`) leaves events without any date out; `undated` counts them. An actor asked for by
a state's code stands for the people and bodies of that state too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import Connection

from app.domain.queries import EventQuery
from app.storage.rows import Coverage, EventRow, FacetCount, Nearest, Page

FACETS: tuple[str, ...] = (
    "kind", "plover", "cameo", "modality", "status", "role", "precision", "country", "place", "actor", "source",
    "target", "publisher", "year",
)  # fmt: skip


def page(conn: Connection, query: EventQuery) -> Page[EventRow]:
    """A page of events in the query's order, the id as last key.

    Order by date goes by the first possible day ("before X" by its last); events without a date come last.
    Raises BadQuery for a cursor that is not of this order, a document id that is no number, or `nearest` without
    a window.
    """
    raise NotImplementedError


def stream(conn: Connection, query: EventQuery) -> Iterator[EventRow]:
    """All events of a query in its order, `limit` and `cursor` aside, read from the server in batches."""
    raise NotImplementedError


def count(conn: Connection, query: EventQuery, *, exact: bool) -> int:
    """How many events a query matches, `limit` and `cursor` aside; the planner's estimate unless `exact`."""
    raise NotImplementedError


def nearest(conn: Connection, day: date, query: EventQuery, *, before: int, after: int) -> Nearest:
    """The events nearest to a day on either side, at most `before` and `after` of them, and at most `query.limit`
    each of that day and of wider dates that hold it. `query.when` is the window, where there is one."""
    raise NotImplementedError


def hidden_by(conn: Connection, query: EventQuery) -> dict[str, int]:
    """How many more events of each modality the query would find with modality=all."""
    raise NotImplementedError


def undated(conn: Connection, query: EventQuery) -> int:
    """How many events the query leaves out because nothing is known of their date."""
    raise NotImplementedError


def facets(
    conn: Connection, query: EventQuery, fields: Sequence[str], *, limit: int = 20
) -> dict[str, tuple[FacetCount, ...]]:
    """For each field (of FACETS) its commonest values among the query's events. Raises BadQuery for another field."""
    raise NotImplementedError


def coverage(conn: Connection) -> Coverage:
    raise NotImplementedError
