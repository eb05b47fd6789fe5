"""What every format is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """An answer on its way out: `records` with the declared `columns`, and what stands around them.

    `types` tells the types of columns, in the words of pandas, so that an empty table has them too. `data` takes the
    place of the records in formats that can nest (a day's four lists); `single` says that there is one record, not a
    list. `name` is for file names, `title` for readers. `left_out` says what the answer itself does not hold, in ASCII.
    `previous` is the cursor of the page before: empty for the first page, None where there is none.
    """

    name: str
    columns: tuple[str, ...]
    records: Iterable[Record]
    meta: Record = field(default_factory=dict)
    links: tuple[Record, ...] = ()
    data: Any = None
    single: bool = False
    left_out: tuple[str, ...] = ()
    types: Mapping[str, str] = field(default_factory=dict)
    previous: str | None = None

    @property
    def title(self) -> str:
        return str(self.meta.get("description") or f"Dateline: {self.name}")

    def link(self, rel: str) -> str | None:
        """Where the first link of this relation leads."""
        return next((str(link["href"]) for link in self.links if link["rel"] == rel), None)


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format. `media_type` is sent, `accepts` are also understood; `left_out` says what the format cannot hold.

    `of_events` holds of a format whose shape is its own and made of events; it gets whole records, whatever columns
    were asked for. `dated`: of those, only events of which a day is known at one end at least. `negotiated`: an Accept
    header can ask for it. `ranges`: a finished file, of which a part can be asked for.
    `ready`, where the format is JSON, marks text that is JSON already, so that it is written as it is.
    """

    name: str
    media_type: str
    write: Callable[[Table], Iterator[bytes]]
    accepts: tuple[str, ...] = ()
    left_out: str = ""
    of_events: bool = False
    dated: bool = False
    negotiated: bool = True
    ranges: bool = False
    extension: str = ""
    ready: Callable[[str], Any] | None = None

    @property
    def file_extension(self) -> str:
        return self.extension or self.name
