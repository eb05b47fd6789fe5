"""How many requests a client may send (RateLimit header fields, draft 11 of the working group for HTTP)."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.errors import problem

WINDOW_S = 60
FREE = ("/static/", "/health")


@dataclass(slots=True)
class Quota:
    """`most` requests of each client in each window of WINDOW_S seconds; all clients' windows begin together."""

    most: int
    clock: Callable[[], float] = time.monotonic
    _window: int = -1
    _used: Counter[str] = field(default_factory=Counter)

    def take(self, client: str) -> tuple[int, int]:
        """How many are left after this one (below 0: it is one too many), and the seconds until the next window."""
        now = self.clock()
        window = int(now // WINDOW_S)
        if window != self._window:
            self._window, self._used = window, Counter()
        self._used[client] += 1
        return self.most - self._used[client], max(1, round((window + 1) * WINDOW_S - now))


class RateLimited:
    """Counts requests by the client's address; one too many is answered 429 with Retry-After. 0: nothing is counted."""

    def __init__(self, app: ASGIApp, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.app = app
        self.quota = Quota(most, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self.quota.most or scope["path"].startswith(FREE):
            return await self.app(scope, receive, send)
        client = scope.get("client")
        left, seconds = self.quota.take(client[0] if client else "")
        told = self._telling(send, max(left, 0), seconds)
        if left >= 0:
            return await self.app(scope, receive, told)
        detail = f"at most {self.quota.most:,} requests a minute; ask again in {seconds} seconds"
        refusal = problem(Request(scope), 429, "too_many_requests", detail)
        refusal.headers["Retry-After"] = str(seconds)
        await refusal(scope, receive, told)

    def _telling(self, send: Send, left: int, seconds: int) -> Callable[[Message], Awaitable[None]]:
        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["RateLimit-Policy"] = f'"default";q={self.quota.most};w={WINDOW_S}'
                headers["RateLimit"] = f'"default";r={left};t={seconds}'
            await send(message)

        return telling
