"""Rows of separated values with the place of each cell in its line, so that a cell can be pointed at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.domain.dates import Offsets

_QUOTED = re.compile(r'\s*"((?:[^"]|"")*)"\s*')


class Cell(NamedTuple):
    text: str
    at: Offsets


def records(lines: Iterable[str], *, quoted: bool) -> Iterator[tuple[int, str]]:
    """(number of its first line, text) of each record that is not empty; one with quotes may go over several lines."""
    held, first = "", 0
    for number, line in enumerate(lines, start=1):
        first = first if held else number
        held += line
        if quoted and held.count('"') % 2:
            continue
        if text := held.rstrip("\r\n"):
            yield first, text
        held = ""
    if text := held.rstrip("\r\n"):
        yield first, text


def cells(line: str, separator: str) -> list[Cell]:
    """The cells of a record. Quotes around a cell are no part of it, and doubled ones in it are one."""
    found: list[Cell] = []
    at = 0
    while at <= len(line):
        if separator == "," and (match := _QUOTED.match(line, at)):
            found.append(Cell(match[1].replace('""', '"'), Offsets(*match.span(1))))
            end = match.end()
        else:
            end = line.find(separator, at) if separator in line[at:] else len(line)
            found.append(Cell(line[at:end], Offsets(at, end)))
        at = end + 1
    return found
