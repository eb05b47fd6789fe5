"""The questions without the wire: each yields what it has to send, is given what came back, and returns its answer.

So the plain client and the asynchronous one ask the same, and differ in nothing but how they wait.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from urllib.parse import quote

import pandas as pd

from app.client import frames
from app.client.errors import DatelineWarning
from app.client.frames import Columns, Record

PAGE = 1000  # the most rows that a service answers at once
T = TypeVar("T")
Filter = str | int | float | bool | date | Sequence[Any] | None
Document = Mapping[str, Any]
# What shapes a reply on the wire: the client sees to it itself.
OUR_OWN = frozenset({"f", "dl", "excel", "cursor"})


@dataclass(frozen=True, slots=True)
class Call:
    """What is to be sent."""

    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None


Envelope = Mapping[str, Any]
Question = Generator[Call, Envelope, T]


def events(filters: Mapping[str, Filter], limit: int | None) -> Question[pd.DataFrame]:
    return (yield from _pages("/v1/events", filters, limit, frames.EVENTS))


def timeline(actor: str, filters: Mapping[str, Filter], limit: int | None) -> Question[pd.DataFrame]:
    return (yield from _pages(f"/v1/actors/{_part(actor)}/timeline", filters, limit, frames.EVENTS))


def documents(filters: Mapping[str, Filter], limit: int | None) -> Question[pd.DataFrame]:
    return (yield from _pages("/v1/documents", filters, limit, frames.DOCUMENTS))


def actors(q: str, limit: int) -> Question[pd.DataFrame]:
    envelope = yield Call("/v1/actors", {"q": q, "limit": str(limit)})
    return _table(envelope["data"], frames.ACTORS, [envelope])


def around(filters: Mapping[str, Filter]) -> Question[pd.DataFrame]:
    query = _query(filters)
    envelope = yield Call("/v1/around", query)
    data = envelope["data"]
    lists = [name for name, rows in data.items() if _is_events(rows)]
    records = [{"position": name, **row} for name in lists for row in data[name]]
    table = _table(records, frames.AROUND, [envelope], _only(query))
    table.attrs |= {"pivot": data["pivot"], "window": data["window"], "counts": data["counts"]}
    return table


def _is_events(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) and "position" in row for row in rows)


def one(path: str, name: str | int, filters: Mapping[str, Filter] | None = None) -> Question[dict[str, Any]]:
    """A single thing, as the service tells it."""
    envelope = yield Call(f"{path}/{_part(str(name))}", _query(filters or {}))
    _warn(envelope["meta"])
    return dict(envelope["data"])


def submit(given: Document | Iterable[Document]) -> Question[pd.DataFrame]:
    listed = [given] if isinstance(given, Mapping) else list(given)
    body = [{name: _plain(value) for name, value in document.items()} for document in listed]
    envelope = yield Call("/v1/documents", body=body)
    return _table(envelope["data"], frames.OUTCOMES, [envelope])


def _pages(path: str, filters: Mapping[str, Filter], limit: int | None, columns: Columns) -> Question[pd.DataFrame]:
    """All rows, or the first `limit`; each page begins where the one before ended."""
    query = _query(filters)
    records: list[Record] = []
    envelopes: list[Envelope] = []
    cursor: str | None = None
    while limit is None or len(records) < limit or not envelopes:
        left = PAGE if limit is None else min(PAGE, max(limit - len(records), 1))
        place = {"cursor": cursor} if cursor else {}
        envelope = yield Call(path, {**query, "limit": str(left), **place})
        records += envelope["data"]
        envelopes.append(envelope)
        cursor = envelope["meta"].get("next_cursor")
        if cursor is None:
            break
    return _table(records[:limit], columns, envelopes, _only(query))


def _table(
    records: Sequence[Record], columns: Columns, envelopes: Sequence[Envelope], only: Sequence[str] = ()
) -> pd.DataFrame:
    """The table; `attrs["meta"]` is what stood around the first page."""
    table = frames.frame(records, columns, only)
    meta = dict(envelopes[0]["meta"])
    table.attrs["meta"] = {**meta, "returned": len(records)}
    _warn(meta)
    return table


def _warn(meta: Mapping[str, Any]) -> None:
    for told in meta.get("warnings") or ():
        if told["code"] != "limit_clamped":  # the client pages on by itself
            warnings.warn(f"{told['code']}: {told['detail']}", DatelineWarning, stacklevel=_callers())


def _callers() -> int:
    """How far up the stack the caller of the client is: the warning is about its line."""
    frame, level = sys._getframe(1), 1
    while frame.f_back and str(frame.f_globals.get("__name__", "")).startswith("app.client"):
        frame, level = frame.f_back, level + 1
    return level


def _query(filters: Mapping[str, Filter]) -> dict[str, str]:
    if wrong := OUR_OWN.intersection(filters):
        raise TypeError(f"the client sees to {', '.join(sorted(wrong))} itself: leave it out")
    return {name: _text(value) for name, value in filters.items() if value is not None}


def _only(query: Mapping[str, str]) -> list[str]:
    return [name.strip() for name in query.get("fields", "").split(",") if name.strip()]


def _text(value: Filter) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) or not isinstance(value, Sequence):
        return str(value)
    return ",".join(_text(member) for member in value)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _part(name: str) -> str:
    return quote(name, safe="")
