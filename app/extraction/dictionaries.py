"""Dictionaries of actors that a user brings: tables like the program's own, and files of PETRARCH and its kin."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.extraction.datafiles import Row, read_rows
from app.extraction.petrarch import Entry, is_agent, is_issues, read_entries

VERSION_FILE = Path(__file__).parent / "data" / "VERSION"

# The tables that can be brought, by the columns without which a row says nothing.
COLUMNS: dict[str, tuple[str, ...]] = {
    "people": ("name", "office"),
    "bodies": ("name", "type"),
    "roles": ("noun", "sector"),
    "provinces": ("name", "demonyms", "state"),
    "states": ("id", "name"),
}
PETRARCH_ACTORS, PETRARCH_AGENTS, NO_ACTORS = "PETRARCH actors", "PETRARCH agents", "no actors"
READ_AS = (*COLUMNS, PETRARCH_ACTORS, PETRARCH_AGENTS)


@dataclass(frozen=True)
class Dictionary:
    """One file. `rows` are those of a table, `entries` those of a PETRARCH file; `left_out` tells the lines unread."""

    path: Path
    form: str
    rows: tuple[Row, ...] = ()
    entries: tuple[Entry, ...] = ()
    left_out: tuple[str, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.rows) + len(self.entries)


def read_dictionary(path: Path) -> Dictionary:
    """A file in whatever form it has; BadData where a table's row cannot be read."""
    text = path.read_text(encoding="utf-8", errors="replace")
    form = _form(text)
    if form in COLUMNS:
        return Dictionary(path, form, rows=tuple(read_rows(path)))
    if form == NO_ACTORS:
        return Dictionary(path, form)
    left_out: list[str] = []
    return Dictionary(path, form, entries=tuple(read_entries(text, left_out)), left_out=tuple(left_out))


def read_folder(folder: Path | None) -> Iterator[Dictionary]:
    """The dictionaries of a folder in the order of their names; none where there is no folder."""
    if folder is not None and folder.is_dir():
        yield from (read_dictionary(path) for path in _files(folder))


def fingerprint(folder: Path | None) -> str:
    """Changes when a dictionary of the folder does; "" where there is none."""
    paths = list(_files(folder)) if folder is not None and folder.is_dir() else []
    if not paths:
        return ""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:8]


def expected_version(own: Path | None = None) -> str:
    """What a reader reads by: the version of rules and data, and the user's dictionaries where there are any."""
    version = VERSION_FILE.read_text("utf-8").strip()
    mark = fingerprint(own)
    return f"{version}+{mark}" if mark else version


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def _form(text: str) -> str:
    """A table by the columns that its first line names, else what the codes in square brackets look like."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.startswith("#") and "\t" in first:
        columns = set(first.lstrip("# ").split("\t"))
        return next((table for table, needed in COLUMNS.items() if columns.issuperset(needed)), NO_ACTORS)
    if "[" not in text or is_issues(text):
        return NO_ACTORS
    return PETRARCH_AGENTS if is_agent(text) else PETRARCH_ACTORS
