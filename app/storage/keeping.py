"""A server that dies while it is used is started again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from app.domain.errors import NoDatabase

log = logging.getLogger(__name__)
LOOKS_EVERY = 1.0  # seconds
LONGEST_PAUSE = 30.0  # seconds between two attempts that fail


class Keeper:
    """A thread that looks whether the server is there (`listens`, cheap) and starts it again (`revive`) when not.

    `revive` may raise NoDatabase or OSError: it is tried again, after pauses that grow.
    """

    def __init__(self, listens: Callable[[], bool], revive: Callable[[], None]) -> None:
        self._listens = listens
        self._revive = revive
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="keep-database", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        """Stop looking. Waits for a start that is under way, so that it can be stopped in order."""
        self._ended.set()
        self._thread.join()

    def _keep(self) -> None:
        pause = LOOKS_EVERY
        while not self._ended.wait(pause):
            if self._listens():
                pause = LOOKS_EVERY
                continue
            try:
                log.warning("the database has died; starting it again")
                self._revive()
                log.warning("the database runs again")
            except (NoDatabase, OSError) as error:
                pause = min(2 * pause, LONGEST_PAUSE)
                log.error("the database cannot be started again: %s", error)
