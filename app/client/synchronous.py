"""The plain client."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx
import pandas as pd

from app.client import asking, wire
from app.client.asking import Call, Document, Envelope, Filter, Question

T = TypeVar("T")


class Dateline:
    """A Dateline service. Filters have the names and forms of the HTTP interface; a list stands for "or".

    Tables hold all rows, however many pages they are on, unless `limit` says how many. `table.attrs["meta"]` tells
    what was understood. What an answer leaves out is a DatelineWarning, what it refuses a DatelineError.
    """

    def __init__(
        self,
        url: str = "http://127.0.0.1:8000",
        *,
        headers: Mapping[str, str] | None = None,
        patience: wire.Patience | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._http = httpx.Client(**wire.settings(url, transport, headers))
        self._patience = patience or wire.Patience()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def events(self, *, limit: int | None = None, **filters: Filter) -> pd.DataFrame:
        """Events by any filter, in the order of their dates unless `sort` says otherwise."""
        return self._ask(asking.events(filters, limit))

    def around(
        self, date: Filter = None, *, event: str | None = None, window: str | None = None, **filters: Filter
    ) -> pd.DataFrame:
        """What happened before, on and after a day or an event, each with its distance in days; see `position`."""
        return self._ask(asking.around({"date": date, "event": event, "window": window, **filters}))

    def timeline(self, actor: str, *, limit: int | None = None, **filters: Filter) -> pd.DataFrame:
        """What an actor did and met with, in order."""
        return self._ask(asking.timeline(actor, filters, limit))

    def actor(self, name: str) -> dict[str, Any]:
        """Who an actor is: names and offices with their days, counterparts, kinds, first and last seen."""
        return self._ask(asking.one("/v1/actors", name))

    def actors(self, q: str = "", *, limit: int = 100) -> pd.DataFrame:
        """Actors whose names begin with, contain or resemble `q`; the most active without it."""
        return self._ask(asking.actors(q, limit))

    def event(self, event_id: str, **filters: Filter) -> dict[str, Any]:
        """One event with all its reports and the way to its date; one that was retracted with `status="retracted"`."""
        return self._ask(asking.one("/v1/events", event_id, filters))

    def document(self, number: int) -> dict[str, Any]:
        """One document with its text and the spans that events were read from."""
        return self._ask(asking.one("/v1/documents", number))

    def documents(self, *, limit: int | None = None, **filters: Filter) -> pd.DataFrame:
        """Documents, newest first, without their texts."""
        return self._ask(asking.documents(filters, limit))

    def submit(self, documents: Document | Iterable[Document]) -> pd.DataFrame:
        """Send documents in: `text`, and if known `title`, `url`, `publisher`, `published`. One row tells of each."""
        return self._ask(asking.submit(documents))

    def _ask(self, question: Question[T]) -> T:
        try:
            call = next(question)
            while True:
                call = question.send(self._answer(call))
        except StopIteration as end:
            answer: T = end.value
            return answer

    def _answer(self, call: Call) -> Envelope:
        attempt = 0
        while True:
            try:
                reply = self._http.request(**wire.arguments(call))
            except httpx.TransportError as error:
                raise wire.unreachable(str(self._http.base_url), error) from error
            wait = self._patience.wait(reply, attempt)
            if wait is None:
                return wire.envelope(reply)
            time.sleep(wait)
            attempt += 1
