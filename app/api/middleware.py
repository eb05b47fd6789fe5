"""What every request goes through: a number, HEAD as GET without a body, gzip, headers that keep browsers safe."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.negotiation import takes_gzip

SECURITY: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer-when-downgrade",
    "X-Frame-Options": "SAMEORIGIN",
}


class RequestNumber:
    """Gives each request a number, in `scope["state"]` and in the header X-Request-ID."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        number = uuid.uuid4().hex
        scope["state"] = {**scope.get("state", {}), "request_id": number}

        async def numbered(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = number
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, numbered)


_HEAD = "head"


def was_head(request: Request) -> bool:
    """Whether the client asked for the headers alone: a body need not be made."""
    return is_head(request.scope)


def is_head(scope: Scope) -> bool:
    return bool(scope.get("state", {}).get(_HEAD))


def for_its_head(scope: Scope) -> Scope:
    """The request, where no more than the headers of its answer is needed."""
    return {**scope, "state": {**scope.get("state", {}), _HEAD: True}}


class HeadAsGet:
    """Answers HEAD on every GET route: the same headers, no body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def bodiless(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**for_its_head(scope), "method": "GET"}, receive, bodiless)


class Compressed(GZipMiddleware):
    """Compresses for those who take it: a client that names gzip to refuse it (`gzip;q=0`) gets none."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not takes_gzip(Headers(scope=scope).get("accept-encoding", "")):
            scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}
        await super().__call__(scope, receive, send)
