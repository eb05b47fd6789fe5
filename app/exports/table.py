"""What every format is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """An answer on its way out: `records` with the declared `columns`, and what stands around them.

    `data` takes the place of the records in formats that can nest (a day's four lists); `single` says that there is one
    record, not a list. `name` is for file names. `left_out` says what the answer itself does not hold, in ASCII.
    """

    name: str
    columns: tuple[str, ...]
    records: Iterable[Record]
    meta: Record = field(default_factory=dict)
    links: tuple[Record, ...] = ()
    data: Any = None
    single: bool = False
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format. `media_type` is sent, `accepts` are also understood; `left_out` says what the format cannot hold.

    `ready`, where the format is JSON, marks text that is JSON already, so that it is written as it is.
    """

    name: str
    media_type: str
    write: Callable[[Table], Iterator[bytes]]
    accepts: tuple[str, ...] = ()
    left_out: str = ""
    ready: Callable[[str], Any] | None = None
