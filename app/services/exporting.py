"""All that a question finds, as one stream."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.errors import BadQuery
from app.domain.kinds import Kind
from app.domain.queries import EventQuery, Sort
from app.services import envelope
from app.services.asking import Asked, Given, event_query
from app.services.tables import labels
from app.storage.exporting import Shape, csv_blocks, json_lines

Written = Callable[[Connection, EventQuery, Shape], Iterator[bytes]]
# Forms in which the database writes events itself, by the names of the formats.
WRITTEN: Mapping[str, Written] = {"csv": csv_blocks, "jsonl": json_lines}


@dataclass(frozen=True, slots=True)
class Export:
    """A question as it was asked, and how its events are to be told."""

    given: Given
    kinds: Mapping[str, Kind]
    base: str
    columns: tuple[str, ...]
    written: Written
    for_spreadsheets: bool = False

    def asked(self, conn: Connection) -> Asked:
        """The question understood. Raises BadQuery, also for an order that only lists have."""
        asked = event_query(conn, self.given)
        if asked.query.sort not in (Sort.DATE, Sort.DATE_DESC):
            raise BadQuery("sort", "an export is in the order of the dates", allowed=("date", "-date"), example="date")
        return asked

    def left_out(self, conn: Connection, query: EventQuery) -> tuple[str, ...]:
        """What is not written: no envelope tells it, so what is left out unless asked for is told too."""
        plain = EventQuery()
        usual = (
            ("events denied, negated, planned or conditional, see modality=all", query.modality == plain.modality),
            ("retracted events, see status=retracted", query.status == plain.status),
        )
        return (*(words for words, holds in usual if holds), *envelope.omitted(conn, query))

    def blocks(self, begin: Callable[[], AbstractContextManager[Connection]]) -> Generator[bytes]:
        """What is written, in a transaction of its own that lasts until the last block is taken."""
        with begin() as conn:
            query = self.asked(conn).query
            shape = Shape(self.columns, labels(self.kinds), self.base, self.for_spreadsheets)
            yield from self.written(conn, query, shape)
