"""The same client for programs that wait for many things at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx
import pandas as pd

from app.client import asking, wire
from app.client.asking import Call, Document, Envelope, Filter, Question

T = TypeVar("T")


class AsyncDateline:
    """`Dateline` to be awaited: the same questions, the same answers."""

    def __init__(
        self,
        url: str = "http://127.0.0.1:8000",
        *,
        headers: Mapping[str, str] | None = None,
        patience: wire.Patience | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._http = httpx.AsyncClient(**wire.settings(url, transport, headers))
        self._patience = patience or wire.Patience()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._http.aclose()

    async def events(self, *, limit: int | None = None, **filters: Filter) -> pd.DataFrame:
        """Events by any filter, in the order of their dates unless `sort` says otherwise."""
        return await self._ask(asking.events(filters, limit))

    async def around(
        self, date: Filter = None, *, event: str | None = None, window: str | None = None, **filters: Filter
    ) -> pd.DataFrame:
        """What happened before, on and after a day or an event, each with its distance in days; see `position`."""
        return await self._ask(asking.around({"date": date, "event": event, "window": window, **filters}))

    async def timeline(self, actor: str, *, limit: int | None = None, **filters: Filter) -> pd.DataFrame:
        """What an actor did and met with, in order."""
        return await self._ask(asking.timeline(actor, filters, limit))

    async def actor(self, name: str) -> dict[str, Any]:
        """Who an actor is: names and offices with their days, counterparts, kinds, first and last seen."""
        return await self._ask(asking.one("/v1/actors", name))

    async def actors(self, q: str = "", *, limit: int = 100) -> pd.DataFrame:
        """Actors whose names begin with, contain or resemble `q`; the most active without it."""
        return await self._ask(asking.actors(q, limit))

    async def event(self, event_id: str, **filters: Filter) -> dict[str, Any]:
        """One event with all its reports and the way to its date; one that was retracted with `status="retracted"`."""
        return await self._ask(asking.one("/v1/events", event_id, filters))

    async def document(self, number: int) -> dict[str, Any]:
        """One document with its text and the spans that events were read from."""
        return await self._ask(asking.one("/v1/documents", number))

    async def documents(self, *, limit: int | None = None, **filters: Filter) -> pd.DataFrame:
        """Documents, newest first, without their texts."""
        return await self._ask(asking.documents(filters, limit))

    async def submit(self, documents: Document | Iterable[Document]) -> pd.DataFrame:
        """Send documents in: `text`, and if known `title`, `url`, `publisher`, `published`. One row tells of each."""
        return await self._ask(asking.submit(documents))

    async def _ask(self, question: Question[T]) -> T:
        try:
            call = next(question)
            while True:
                call = question.send(await self._answer(call))
        except StopIteration as end:
            answer: T = end.value
            return answer

    async def _answer(self, call: Call) -> Envelope:
        attempt = 0
        while True:
            try:
                reply = await self._http.request(**wire.arguments(call))
            except httpx.TransportError as error:
                raise wire.unreachable(str(self._http.base_url), error) from error
            wait = self._patience.wait(reply, attempt)
            if wait is None:
                return wire.envelope(reply)
            await asyncio.sleep(wait)
            attempt += 1
