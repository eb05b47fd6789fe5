"""Which state the data are in, cheaply: what caches ask before anything else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from app.services.ingest import Begin
from app.storage import search

# How long a state is believed. What another process has written is seen by then; what this one wrote, at once.
BELIEVED_S = 0.25


@dataclass(slots=True)
class Freshness:
    """The version of the data, looked up at most every BELIEVED_S seconds."""

    begin: Begin
    clock: Callable[[], float] = time.monotonic
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _writes: int = 0
    _seen: tuple[int, float, str] = (-1, 0.0, "")  # after which write of ours, when, what

    def known(self) -> str | None:
        """The version, if it was looked up a moment ago. Waits for nothing."""
        writes, seen_at, found = self._seen
        return found if writes == self._writes and self.clock() - seen_at < BELIEVED_S else None

    def version(self) -> str:
        """The version; asks the database unless it was a moment ago. Raises NoDatabase."""
        with self._lock:
            if (known := self.known()) is not None:
                return known
            writes, asked_at = self._writes, self.clock()
            with self.begin() as conn:
                found = search.data_version(conn)
            self._seen = writes, asked_at, found
            return found

    def forget(self) -> None:
        """Something was written here: look again. Waits for nothing; what is being looked up is forgotten too."""
        self._writes += 1
