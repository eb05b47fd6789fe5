"""Tables of coded events into the database, with a progress bar, the counts, and what the import loses."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.table import Table

from app.cli.database import opened
from app.cli.ingesting import MOST_SHOWN, progress
from app.cli.showing import console, plain, wants_json, write_lines
from app.domain.errors import BadQuery
from app.extraction.codebook import load_codebook
from app.services.importing import Imported, import_rows, link_rows
from app.services.program import keep_known_actors
from app.services.questions import nearest
from app.settings import Settings
from app.sources.coded import IMPORTERS, CodedRow, Importer
from app.sources.files import STDIN
from app.sources.received import Refused, Unreadable


def import_table(name: str, path: str, *, link: bool, as_json: bool | None) -> int:
    """Take in one file. Returns the exit code: 1 where rows were refused."""
    importer = IMPORTERS.get(name)
    if importer is None:
        near = nearest(name, IMPORTERS)
        detail = f"no table is called {name!r}; there are {', '.join(IMPORTERS)}"
        raise BadQuery("table", detail, allowed=tuple(IMPORTERS), did_you_mean=near)
    tally = Imported()
    with opened(Settings()) as database, _lines(path) as lines, progress(None, "rows") as advance:
        keep_known_actors(database.begin)
        rows = _counted(importer.read(lines, Path(path).name if path != STDIN else "stdin"), advance)
        try:
            for so_far in (link_rows if link else import_rows)(database.begin, importer, rows, load_codebook()):
                tally = so_far
        except UnicodeDecodeError as error:
            raise Unreadable(f"{path} is not UTF-8: {error.reason} at byte {error.start}") from error
    if wants_json(as_json):
        write_lines([_line(importer, tally)])
    else:
        _report(importer, tally)
    return 1 if tally.refused else 0


@contextmanager
def _lines(path: str) -> Iterator[Iterable[str]]:
    if path == STDIN:
        yield io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline="")
        return
    try:
        with open(path, encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        raise BadQuery("file", f"{path} cannot be read: {error.strerror}") from error


def _counted(rows: Iterable[CodedRow | Refused], advance: Callable[[], None]) -> Iterator[CodedRow | Refused]:
    for row in rows:
        advance()
        yield row


def _line(importer: Importer, tally: Imported) -> dict[str, object]:
    refused = [{"where": one.where, "reason": one.reason} for one in tally.refused]
    return {
        "table": importer.name,
        "rows": tally.rows,
        "known": tally.known,
        "events": tally.events,
        "documents": tally.documents,
        "kinds": dict(tally.kinds.most_common()),
        "refused": refused,
        "lost": list(_lost(importer, tally)),
    } | ({"linked": tally.linked._asdict()} if tally.linked else {})


def _lost(importer: Importer, tally: Imported) -> Iterator[str]:
    yield from importer.loses
    if tally.linked:
        yield "how many rows of one document tell an event: documents are counted"


def _report(importer: Importer, tally: Imported) -> None:
    table = Table(show_header=False)
    table.add_row("rows taken in", str(tally.rows - tally.known))
    table.add_row("rows already known", str(tally.known))
    if tally.linked:
        table.add_row("events that they tell", str(tally.linked.events))
        table.add_row("rows whose event others tell too", str(tally.linked.shared))
    else:
        table.add_row("events founded", str(tally.events))
    table.add_row("documents made of them", str(tally.documents))
    table.add_row("rows refused", str(len(tally.refused)))
    screen = console()
    screen.print(table)
    for fault in tally.refused[:MOST_SHOWN]:
        screen.print(plain(f"{fault.where}: {fault.reason}"), soft_wrap=True)
    if len(tally.refused) > MOST_SHOWN:
        screen.print(f"... and {len(tally.refused) - MOST_SHOWN} more; --json tells all")
    screen.print("Not taken over:")
    for loss in _lost(importer, tally):
        screen.print(plain(f"- {loss}"), soft_wrap=True)
