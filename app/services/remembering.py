"""What is told beside answers and changes with the data alone: remembered for the state that was seen last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from app.domain.queries import EventQuery, Sort
from app.storage import search
from app.storage.rows import Coverage

MOST = 1_000  # questions of which an estimate is remembered


@dataclass(slots=True)
class _Kept:
    coverage: Coverage | None = None
    estimates: dict[EventQuery, int] = field(default_factory=dict)


@dataclass(slots=True)
class Memory:
    """What the data cover, and how many events a question finds by the server's estimate. `state` tells the state that
    the data were in a moment ago, None where that is not known: at worst, what is told is as old as a tag.
    """

    state: Callable[[], str | None]
    _seen: tuple[str, _Kept] = field(default_factory=lambda: ("", _Kept()))

    def coverage(self, conn: Connection, query: EventQuery) -> Coverage:
        kept = self._kept(query)
        if kept.coverage is None:
            kept.coverage = search.coverage(conn)
        return kept.coverage

    def estimate(self, conn: Connection, query: EventQuery) -> int:
        kept, asked = self._kept(query), replace(query, cursor=None, limit=0, sort=Sort.DATE)
        if (known := kept.estimates.get(asked)) is not None:
            return known
        found = search.count(conn, query, exact=False)
        if len(kept.estimates) < MOST:
            kept.estimates[asked] = found
        return found

    def _kept(self, query: EventQuery) -> _Kept:
        """What is remembered of the state of now; nothing of what was known at an instant."""
        state = self.state()
        if state is None or query.as_of:
            return _Kept()
        seen, kept = self._seen
        if seen != state:
            kept = _Kept()
            self._seen = state, kept
        return kept
