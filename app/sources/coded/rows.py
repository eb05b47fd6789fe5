"""What an importer makes of a table: rows that say who did what to whom, each with the line it stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.domain.dates import Offsets
from app.domain.events import Place
from app.domain.kinds import Coding
from app.sources.received import Refused


class Said(NamedTuple):
    """A party as the table names it. `state` and `sector` as the table tells them, "" where it does not."""

    name: str
    state: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True)
class CodedRow:
    """One row. Offsets count characters of `line`, which is the row as it stands in the table, without its line end.

    `told_in` is what the table calls the report that the row was coded from, "" where it names none; `publisher` is the
    report's. `same` tells rows of one event: those that agree in all that the table says of it.
    """

    where: str
    line: str
    kind: str
    coding: Coding
    day: date
    day_words: Offsets
    code_words: Offsets
    source: Said
    target: Said
    place: Place | None = None
    told_in: str = ""
    publisher: str | None = None
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Importer:
    """A table that can be taken in. `name` is typed, `title` is who publishes it; `loses` says what is not taken over;
    `confidence` is how often its coding was found right. Reading raises Unreadable for another kind of file."""

    name: str
    title: str
    version: str
    confidence: float
    loses: tuple[str, ...]
    read: Callable[[Iterable[str], str], Iterator[CodedRow | Refused]]

    @property
    def run(self) -> str:
        """What stands in the place of a version of the reader."""
        return f"import {self.name} {self.version}"
