"""Documents from paths into the database, with a progress bar and a report of what became of each."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from app.cli.database import Opened, opened
from app.cli.showing import console, plain, told, wants_json, write_lines
from app.domain.documents import Document
from app.domain.errors import BadQuery
from app.extraction.codebook import load_codebook
from app.extraction.pipeline import Reader
from app.extraction.reading import load_reader
from app.services.ingest import Desk, Outcome, Result, ingest_each
from app.services.program import keep_known_actors
from app.services.questions import one_of, published_span
from app.settings import Settings, utc_today
from app.sources.files import STDIN, Format, Options, read_paths
from app.sources.received import Defaults, Item, Received, Refused

MOST_SHOWN = 50
FAULTS = (Result.REFUSED, Result.FAILED)
LABELS = {
    Result.READ: "read",
    Result.NOT_READ: "kept, but not read: not in English",
    Result.KNOWN: "skipped, already known",
    Result.REFUSED: "refused",
    Result.FAILED: "failed",
}


@dataclass(frozen=True, slots=True)
class Given:
    """The options as they were typed."""

    publisher: str | None = None
    published: str | None = None
    format: str | None = None
    encoding: str | None = None
    other_keys: bool = False

    def options(self) -> Options:
        """Raises BadQuery for a date or a format that is none."""
        published = published_span("published", self.published) if self.published else None
        found = one_of("format", self.format, Format) if self.format else None
        if self.encoding:
            try:
                "".encode(self.encoding)
            except LookupError as error:
                raise BadQuery("encoding", f"no encoding is called {self.encoding!r}", example="utf-8") from error
        return Options(Defaults(self.publisher, published), found, self.encoding, self.other_keys)


@dataclass(frozen=True, slots=True)
class Told:
    """What became of the thing at `where`."""

    where: str
    outcome: Outcome


@dataclass(slots=True)
class Tally:
    """The counts of a run, and the places and reasons of what was not taken."""

    results: Counter[Result] = field(default_factory=Counter)
    events: set[str] = field(default_factory=set)
    faults: list[Told] = field(default_factory=list)

    def add(self, told_: Told) -> None:
        self.results[told_.outcome.result] += 1
        self.events.update(told_.outcome.event_ids)
        if told_.outcome.result in FAULTS:
            self.faults.append(told_)


def ingest(paths: list[str], given: Given, *, as_json: bool | None) -> int:
    """Take in the documents at the paths. Returns the exit code: 1 where something was refused or failed."""
    options = given.options()
    lines = wants_json(as_json)
    total = _total(paths, options) if sys.stderr.isatty() else None
    tally = Tally()
    settings = Settings()
    with opened(settings) as database, progress(total) as advance:
        keep_known_actors(database.begin, settings.own_actors)
        items = read_paths(paths, options, sys.stdin.buffer)
        for one in outcomes(items, desk_of(database, load_reader(utc_today, own=settings.own_actors))):
            tally.add(one)
            advance()
            if lines:
                write_lines([_line(one)])
    if not lines:
        report(tally)
    return 1 if tally.faults else 0


def desk_of(database: Opened, reader: Reader) -> Desk:
    """What ingest works with; the clock is read here."""
    return Desk(database.begin, reader, load_codebook(), utc_today())


def outcomes(items: Iterable[Item], desk: Desk) -> Iterator[Told]:
    """What became of each item. What the source refused is told when its turn comes, the rest goes in."""
    wheres: dict[int, str] = {}
    refused: list[Refused] = []

    def documents() -> Iterator[Document]:
        index = 0
        for item in items:
            if isinstance(item, Received):
                wheres[index] = item.where
                index += 1
                yield item.document
            else:
                refused.append(item)

    for outcome in ingest_each(documents(), desk):
        yield from _take(refused)
        yield Told(wheres.pop(outcome.index), outcome)
    yield from _take(refused)


def _take(refused: list[Refused]) -> Iterator[Told]:
    while refused:
        item = refused.pop(0)
        yield Told(item.where, Outcome(-1, Result.REFUSED, reason=item.reason))


def _total(paths: list[str], options: Options) -> int | None:
    """How many items will come, counted by reading the files once; unknown for standard input, which is read once."""
    if STDIN in paths:
        return None
    return sum(1 for _ in read_paths(paths, options, sys.stdin.buffer))


@contextmanager
def progress(total: int | None, what: str = "documents") -> Iterator[Callable[[], None]]:
    """A bar on standard error, in a terminal only. The value is called once for each document done."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    clocks = (TimeElapsedColumn(), TimeRemainingColumn())
    screen = told()
    with Progress(*columns, *clocks, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


def report(tally: Tally) -> None:
    """The counts as a table, then each fault with its place and reason."""
    table = Table(show_header=False)
    for result, label in LABELS.items():
        if tally.results[result] or result is Result.READ:
            table.add_row(label, str(tally.results[result]))
    table.add_row("events told by them", str(len(tally.events)))
    screen = console()
    screen.print(table)
    for fault in tally.faults[:MOST_SHOWN]:
        screen.print(plain(f"{fault.where}: {fault.outcome.reason}"), soft_wrap=True)
    if len(tally.faults) > MOST_SHOWN:
        screen.print(f"... and {len(tally.faults) - MOST_SHOWN} more; --json tells all")


def _line(one: Told) -> dict[str, object]:
    outcome = one.outcome
    return {
        "where": one.where,
        "result": outcome.result,
        "reason": outcome.reason,
        "id": outcome.id,
        "language": outcome.language,
        "published": outcome.published,
        "events": list(outcome.event_ids),
    }
