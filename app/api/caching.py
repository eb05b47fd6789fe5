"""Answers that need not be sent again: a strong ETag from the state of the data, the question and the format.

A question that a client has an answer to, of the state that the data are still in, is answered 304 before any route is
looked for; one that was answered in that state, by the same answer. The tag of an answer is made from a state that was
seen before the answer was: at worst it is too old, and the next request asks again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import anyio.to_thread
from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.answers import Answers
from app.api.middleware import for_its_head, is_head
from app.api.negotiation import given_at, takes_gzip
from app.domain.errors import BadQuery, NoDatabase
from app.services.asking import instant_of
from app.services.freshness import Freshness

CACHED = ("/v1/", "/ogc")
FRESH = "public, max-age=60, stale-while-revalidate=600"
FOR_EVER = "public, max-age=31536000, immutable"
# What was recorded so long ago is not added to by a transaction that is still open.
SETTLED = timedelta(minutes=2)
ANY = "*"  # of If-None-Match: whatever there is
AS_OF = "as of"  # stands for the state of the data where no later one changes the answer
_ENCODED = "-gzip"


class Conditional:
    """Gives answers their ETag and Cache-Control, answers 304 where the client has them already, and remembers those
    that it gave.

    `build` tells one version of the program from the next, whose answers may differ.
    """

    def __init__(self, app: ASGIApp, build: str) -> None:
        self.app = app
        self.build = build
        self.answers = Answers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        state = scope["app"].state
        freshness: Freshness = state.program.freshness
        if scope["method"] != "GET":
            try:
                return await self.app(scope, receive, send)
            finally:
                freshness.forget()
        if not scope["path"].startswith(CACHED) or (version := await _version(freshness)) is None:
            return await self.app(scope, receive, send)
        headers = dict(reversed(scope["headers"]))  # of a header that is there twice the first
        if b"&" in scope["query_string"]:
            scope = {**scope, "query_string": in_one_order(scope["query_string"])}
        settled = _is_settled(scope["query_string"])
        tag = self._tag(AS_OF if settled else version, scope, headers, state.formats_at)
        key = (tag, _ENCODED if takes_gzip(headers.get(b"accept-encoding", b"").decode("latin-1")) else "")
        known = self.answers.of(version, key)
        held = headers.get(b"if-none-match", b"").decode("latin-1")
        any_will_do = held.strip() == ANY
        if held and (_holds(held, tag) or (known and any_will_do)):
            return await _not_modified(send, tag, known.cache_control if known else FOR_EVER if settled else FRESH)
        scope["state"] = {**scope.get("state", {}), "etag": tag}
        if b"range" not in headers:
            if known is not None:
                return await known.again(send)
            if not is_head(scope):
                send = self.answers.keeping(version, key, send)
        if any_will_do:
            scope = for_its_head(scope)
        await self.app(scope, receive, _tagged(send, tag, any_will_do))

    def _tag(
        self,
        version: str,
        scope: Scope,
        headers: Mapping[bytes, bytes],
        formats_at: Callable[[str], tuple[str, ...]],
    ) -> str:
        """The address as the client sees it is part of the answer: links begin with it."""
        path = scope["path"]
        form = given_at(path, headers.get(b"accept", b"").decode("latin-1"), formats_at)
        host = f"{scope['scheme']}://{headers.get(b'host', b'').decode('latin-1')}{scope.get('root_path', '')}{path}"
        parts = f"{self.build}\0{version}\0{host}\0{form}\0".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(parts + scope["query_string"], digest_size=16).hexdigest()


def in_one_order(query: bytes) -> bytes:
    """The same question however its parameters are ordered. Values of one name keep theirs."""
    pairs = [pair for pair in query.split(b"&") if pair]
    pairs.sort(key=lambda pair: pair.partition(b"=")[0])
    return b"&".join(pairs)


def _is_settled(query: bytes) -> bool:
    """Whether a question is about an instant that nothing is added to any more: no later state changes its answer."""
    if b"as_of" not in query:
        return False
    told = [value for name, value in parse_qsl(query.decode("latin-1")) if name == "as_of"]
    try:
        return bool(told) and is_settled(instant_of("as_of", told))
    except BadQuery:
        return False


async def _version(freshness: Freshness) -> str | None:
    """None while the database does not answer: the route will say so."""
    if (known := freshness.known()) is not None:
        return known
    try:
        return await anyio.to_thread.run_sync(freshness.version)
    except NoDatabase:
        return None


def _holds(told: str, tag: str) -> bool:
    """Whether one of the client's tags is ours, in whichever content coding it was sent."""
    tags = (one.strip().removeprefix("W/").strip('"') for one in told.split(","))
    return any(one.removesuffix(_ENCODED) == tag for one in tags)


async def _not_modified(send: Send, tag: str, cache_control: str) -> None:
    headers = [
        (b"etag", f'"{tag}"'.encode()),
        (b"cache-control", cache_control.encode()),
        (b"vary", b"Accept, Accept-Encoding"),
    ]
    await send({"type": "http.response.start", "status": 304, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _tagged(send: Send, tag: str, unless_there_is_any: bool = False) -> Send:
    """Sends on; what succeeds has the tag, of its own in each content coding, and what fails is not kept.

    `unless_there_is_any`: what would succeed is 304.
    """
    left_out = False

    async def tagged(message: Message) -> None:
        nonlocal left_out
        if left_out:
            return
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if unless_there_is_any and message["status"] == 200:
                left_out = True
                return await _not_modified(send, tag, headers.get("cache-control", FRESH))
            if message["status"] in (200, 206):
                headers["ETag"] = f'"{tag}{_ENCODED if "content-encoding" in headers else ""}"'
                headers.setdefault("Cache-Control", FRESH)
                if "accept-encoding" not in headers.get("vary", "").lower():
                    headers.add_vary_header("Accept-Encoding")
            elif message["status"] >= 400:
                headers.setdefault("Cache-Control", "no-cache")
        await send(message)

    return tagged


def if_range_holds(request: Request) -> bool:
    """Whether a part may be answered: the client has other parts of this very answer, or has none."""
    told = request.headers.get("if-range")
    return told is None or told.strip().strip('"') == request.scope.get("state", {}).get("etag")


def kept_for_ever(meta: Mapping[str, Any]) -> dict[str, str]:
    """The header for an answer as of an instant long past, which no later document changes."""
    estimated = meta.get("matched") is not None and not meta.get("matched_exact", True)
    as_of = meta.get("as_of")
    return {"Cache-Control": FOR_EVER} if isinstance(as_of, datetime) and is_settled(as_of) and not estimated else {}


def of_its_instant(meta: Mapping[str, Any]) -> Mapping[str, Any]:
    """The envelope of an answer as of an instant long past: the state of the data is of then, whatever came later."""
    as_of = meta.get("as_of")
    if not isinstance(as_of, datetime) or not is_settled(as_of) or "data_version" not in meta:
        return meta
    return {**meta, "data_version": f"as-of-{as_of.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"}


def is_settled(instant: datetime) -> bool:
    return instant <= datetime.now(UTC) - SETTLED
