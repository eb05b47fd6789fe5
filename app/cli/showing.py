"""How answers leave: tables for eyes, JSON Lines for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from rich.console import Console
from rich.text import Text

from app.exports.as_json import dumps

Record = Mapping[str, Any]


def wants_json(chosen: bool | None) -> bool:
    """What was asked for; else a table in a terminal and JSON Lines in a pipe."""
    return not sys.stdout.isatty() if chosen is None else chosen


class _Screen(Console):
    def on_broken_pipe(self) -> NoReturn:
        """The program decides how it ends, not the console."""
        raise BrokenPipeError


def console() -> Console:
    """Where tables and reports go."""
    return _Screen()


def told() -> Console:
    """Where notes go that are no part of an answer."""
    return Console(stderr=True, highlight=False)


def write_lines(records: Iterable[Record]) -> None:
    """One JSON object a line."""
    out = sys.stdout.buffer
    for record in records:
        out.write(dumps(record) + b"\n")
    out.flush()


def plain(value: object) -> Text:
    """Words of a text are shown as they are: no markup, no control characters that a terminal would obey."""
    words = "" if value is None else str(value)
    return Text("".join(letter if letter.isprintable() or letter == "\n" else "\ufffd" for letter in words))
