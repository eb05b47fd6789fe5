"""How answers leave: tables for eyes, JSON Lines for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.exports.as_json import dumps

Record = Mapping[str, Any]
# Stances that the eye must not take for what happened.
STYLES = {"alleged": "yellow", "denied": "red", "negated": "red", "planned": "cyan", "conditional": "magenta"}
LONGEST_QUOTE = 240


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


def events_table(title: str, records: Iterable[Record], *, distance: bool = False) -> Table:
    """Events one below the other, with the words they were read from."""
    table = Table(title=title, title_justify="left", show_lines=True, expand=True)
    if distance:
        table.add_column("Distance", no_wrap=True)
    table.add_column("When", no_wrap=True)
    table.add_column("What", no_wrap=True)
    table.add_column("Who", ratio=2)
    table.add_column("Evidence", ratio=5)
    for record in records:
        cells = [_distance(record)] if distance else []
        table.add_row(*cells, plain(record["date_edtf"]), _what(record), plain(_sides(record)), _evidence(record))
    return table


def plain(value: object) -> Text:
    """Words of a text are shown as they are: no markup, no control characters that a terminal would obey."""
    words = "" if value is None else str(value)
    return Text("".join(letter if letter.isprintable() or letter == "\n" else "\ufffd" for letter in words))


def _distance(record: Record) -> Text:
    least, most = record["days_min"], record["days_max"]
    if record["position"] in ("same_day", "overlapping"):
        return Text("the day" if record["position"] == "same_day" else "may be the day", style="bold")
    days = str(least) if least == most else f"{least}-{most}" if most is not None else f"{least} or more"
    return Text(f"{days} d {record['position']}")


def _what(record: Record) -> Text:
    text = plain(record["kind_label"])
    if record["modality"] in STYLES:
        text.append(f"\n{record['modality']}", style=STYLES[record["modality"]])
    if record["status"] != "reported":
        text.append(f"\n{record['status']}", style="bold")
    return text


def _sides(record: Record) -> str:
    source, target = (", ".join(record[side] or []) for side in ("source_names", "target_names"))
    what = f"\n[{record['object']}]" if record["object"] else ""
    return f"{source or '?'} → {target}{what}" if target else f"{source or '?'}{what}"


def _evidence(record: Record) -> Text:
    quote = " ".join(str(record["evidence_text"]).split())
    if len(quote) > LONGEST_QUOTE:
        quote = f"{quote[:LONGEST_QUOTE]}…"
    text = plain(quote)
    reports = f", {record['n_reports']} reports" if record["n_reports"] > 1 else ""
    text.append_text(plain(f"\n{record['publisher'] or 'unknown publisher'}, {record['published_at'] or 'no date'}"))
    text.append(reports, style="bold")
    return text
