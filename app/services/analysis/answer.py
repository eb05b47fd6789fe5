"""What every analysis answers: rows, a picture of them, its method in words, how much it rests on, what it left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from app.domain.errors import BadQuery
from app.domain.queries import By, EventQuery, Match, Sort
from app.exports.chart import Chart
from app.services import envelope
from app.services.asking import Asked, Notice
from app.services.describing import describe
from app.services.envelope import Meta
from app.services.names import Resolved
from app.storage import search
from app.storage.rollups import MOST_CELLS, SUMS, Cells, Grain, cells
from app.storage.rows import Coverage

Record = dict[str, Any]
OPEN = "one_end_known"


@dataclass(frozen=True, slots=True)
class Analysis:
    """`n` is the number of events that the rows rest on. `data`, where there is one, is how JSON nests the answer."""

    name: str
    title: str
    columns: tuple[str, ...]
    records: Sequence[Record]
    n: int
    method: str
    source: str
    chart: Chart
    notices: tuple[Notice, ...] = ()
    data: Any = None
    more: Mapping[str, Any] | None = None  # results that are one for the whole answer
    resolved: tuple[Resolved, ...] = ()  # what names were taken for, beside those of the filters
    empty: Mapping[str, Asked] | None = None  # of several questions those that found nothing; None where one was asked

    def wire(self, conn: Connection, asked: Asked) -> Meta:
        """The envelope; where there was nothing to count it says why, as that of a list does."""
        coverage = search.coverage(conn)
        why = envelope.reasons(conn, asked, coverage, empty=False)
        for name, nothing in (self.empty if self.empty is not None else {} if self.n else {"": asked}).items():
            told = (one for one in self._why_empty(conn, nothing, coverage) if one not in why)
            why += [of(name, one) for one in told]
        return Meta(
            returned=len(self.records),
            query=asked.given,
            description=f"{self.title}: {_lower(describe(asked.query, asked.resolved))}",
            resolved=(*asked.resolved, *self.resolved),
            coverage=envelope.covered(coverage),
            data_version=coverage.version,
            as_of=asked.query.as_of,
            warnings=tuple(dict.fromkeys((*asked.notices, *why, *self.notices))),
        )

    def _why_empty(self, conn: Connection, asked: Asked, coverage: Coverage) -> list[Notice]:
        """Why a question found nothing; what it found and could not count is told apart from that."""
        is_found = _finds(conn, asked.query)
        why = envelope.reasons(conn, asked, coverage, empty=not is_found)
        if is_found and not why and not self.notices:
            return [Notice("none_counted", "events are found, but none that counts here: see method")]
        return why

    def about(self) -> Record:
        """What `meta` says beside the usual."""
        return {"method": self.method, "n": self.n, "source": self.source, **(self.more or {})}


def of(name: str, told: Notice) -> Notice:
    """A notice of one question of several, unless it names whom it is about."""
    return told if not name or told.code == "no_event_of_actor" else replace(told, detail=f"{name}: {told.detail}")


def _finds(conn: Connection, query: EventQuery) -> bool:
    one = replace(query, loose=True, limit=1, sort=Sort.DATE, cursor=None)
    return bool(search.page_of_columns(conn, one, ("id",)).rows)


def _lower(sentence: str) -> str:
    words, _, _ = sentence.rpartition(", ")
    return f"{words[0].lower()}{words[1:]}."


def counted(conn: Connection, query: EventQuery, grain: Grain, by: By | None = None) -> tuple[pd.DataFrame, Cells]:
    """The cells as a table with the declared columns, also when empty. Raises BadQuery where they are too many."""
    found = cells(conn, query, grain, by)
    if not found.whole:
        detail = f"more than {MOST_CELLS:,} different dates: choose a coarser interval or a narrower window"
        raise BadQuery("interval", detail, example="month")
    return table(found), found


COLUMNS = {"start": "datetime64[s]", "end": "datetime64[s]", "group": "object"} | dict.fromkeys(SUMS, "int64")


_EPOCH = date(1970, 1, 1).toordinal()
_NO_DAY = np.iinfo("int64").min  # how numpy keeps NaT


def table(found: Cells) -> pd.DataFrame:
    return typed(found.rows)


def typed(rows: Sequence[Sequence[Any]], names: Sequence[str] = tuple(COLUMNS)) -> pd.DataFrame:
    """Rows that begin with these columns of COLUMNS as a table of their types, also when there are none."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return pd.DataFrame(
        {name: _cells(values, COLUMNS[name]) for name, values in zip(names, columns[: len(names)], strict=True)}
    )


def _cells(values: Sequence[Any], dtype: str) -> np.ndarray:
    """A column of the declared type; groups that are tuples stay one value each."""
    if dtype.startswith("datetime"):  # numpy reads one date at a time, twenty times as slowly
        days = [_NO_DAY if day is None else day.toordinal() - _EPOCH for day in values]
        return np.array(days, dtype="int64").view("datetime64[D]").astype(dtype)
    if dtype != "object":
        return np.array(values, dtype=dtype)
    held = np.empty(len(values), dtype="object")
    held[:] = values
    return held


def closed(frame: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Notice, ...]]:
    """Without the dates of which an end is not known; how many those are."""
    is_open = np.isnat(frame["start"].to_numpy()) | np.isnat(frame["end"].to_numpy())
    if not is_open.any():
        return frame, ()
    left = int(frame["n"].to_numpy()[is_open].sum())
    detail = f"{left} events have a date of which one end or both are not known, and are in no interval"
    return frame[~is_open], (Notice(OPEN, detail, omits=True),)


def possible(query: EventQuery) -> EventQuery:
    """The same question without the dates that reach into its window only by their unknown end."""
    return replace(query, loose=False)


def unreached(conn: Connection, query: EventQuery) -> tuple[Notice, ...]:
    """How many events `possible` leaves out of a window, and how many lie in none."""
    if query.when is None or not query.when.known or query.match is Match.CERTAIN:
        return ()
    found = envelope.undated(conn, query)
    if n := search.one_end_known(conn, possible(query)):
        told = envelope.up_to_most(n)
        detail = f"{told} more events have one known end, outside of the window, and are not counted"
        found += (Notice(OPEN, detail, omits=True),)
    return found


def plain(value: Any) -> Any:
    """A number as JSON has it: what is not one is null."""
    return None if pd.isna(value) else value
