"""The data tables on disk: tab separated, a `#` header naming the columns, lists joined by `|`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.errors import DatelineError
from app.domain.spans import Precision, TimeSpan


class BadData(DatelineError):
    """A row that cannot be read; the message names the file, the line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, its cells by column name."""

    path: Path
    line: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """The cell, "" where the line ends before it."""
        return self.cells.get(column, "")

    def required(self, column: str) -> str:
        value = self.text(column)
        if not value:
            raise self.bad(f"{column} is empty")
        return value

    def listed(self, column: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.text(column).split("|") if part.strip())

    def choice(self, column: str, allowed: frozenset[str]) -> str:
        value = self.required(column)
        if value not in allowed:
            raise self.bad(f"{column} is {value!r}, not one of {', '.join(sorted(allowed))}")
        return value

    def span(self, first: str, last: str) -> TimeSpan:
        """The days between two cells, each YYYY, YYYY-MM, YYYY-MM-DD or empty (open)."""
        start, end = self._bound(first), self._bound(last)
        begin = start.start if start else None
        finish = end.end if end else None
        try:
            return TimeSpan(begin, finish, Precision.RANGE if begin or finish else Precision.UNKNOWN)
        except ValueError as problem:
            raise self.bad(str(problem)) from None

    def _bound(self, column: str) -> TimeSpan | None:
        text = self.text(column)
        if not text:
            return None
        try:
            numbers = [int(part) for part in text.split("-")]
            match len(numbers):
                case 1:
                    return TimeSpan.of_year(numbers[0])
                case 2:
                    return TimeSpan.of_month(numbers[0], numbers[1])
                case _:
                    return TimeSpan.of_day(date(*numbers))
        except (ValueError, TypeError):
            raise self.bad(f"{column} is {text!r}, not a day, month or year") from None

    def bad(self, problem: str) -> BadData:
        return BadData(f"{self.path.name}, line {self.line}: {problem}")


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a table, comments and blank lines left out; nothing if the file is missing."""
    if not path.exists():
        return
    columns: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        if line.startswith("#"):
            columns = columns or line.lstrip("# ").split("\t")
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > len(columns):
            raise BadData(f"{path.name}, line {number}: {len(cells)} cells, but the header names {len(columns)}")
        yield Row(path, number, dict(zip(columns, cells, strict=False)))
