"""Events for eyes, in as many columns as the terminal has: one or two lines of what and who, under them the words."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from app.cli.showing import Record, plain

# Stances that the eye must not take for what happened.
STYLES = {"alleged": "yellow", "denied": "red", "negated": "red", "planned": "cyan", "conditional": "magenta"}
LONGEST_QUOTE = 240
MOST_LINES = 2  # of who did it, and of the words
NARROW = 100  # columns; below, the ends of a span stand one under the other
INDENT = 2
GAP = 2  # between columns
LEAST_WHO = 20
MOST_WHAT = 25


@dataclass(frozen=True, slots=True)
class Listing:
    """Events one below the other; `distance` is that from the day in the middle."""

    title: str
    records: Sequence[Record]
    distance: bool = False

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text(self.title, style="italic")
        heads = [_head(record, distance=self.distance, narrow=options.max_width < NARROW) for record in self.records]
        names = ["Distance", "When", "What", "Who"][0 if self.distance else 1 :]
        widths = _widths(names, heads, options.max_width)
        yield _row([Text(name, style="bold underline") for name in names], widths)
        for record, head in zip(self.records, heads, strict=True):
            yield _row(head, widths)
            yield Padding(_evidence(record, options.max_width - INDENT), (0, 0, 0, INDENT))


def _widths(names: Sequence[str], heads: Sequence[Sequence[Text]], whole: int) -> list[int]:
    """Each column as wide as its widest cell, `What` at most so wide, and `Who` what is left."""
    *most, what, _ = (_widest([name, *(cell.plain for cell in cells)]) for name, cells in _columns(names, heads))
    first = [*most, min(what, MOST_WHAT)]
    return [*first, max(LEAST_WHO, whole - sum(first) - GAP * len(first))]


def _columns(names: Sequence[str], heads: Sequence[Sequence[Text]]) -> list[tuple[str, list[Text]]]:
    return [(name, [head[index] for head in heads]) for index, name in enumerate(names)]


def _widest(cells: Sequence[str]) -> int:
    return max(len(line) for cell in cells for line in cell.split("\n"))


def _row(cells: Sequence[Text], widths: Sequence[int]) -> Table:
    row = Table.grid(padding=(0, GAP, 0, 0), pad_edge=False)
    for width in widths:
        row.add_column(width=width)
    who = "\n".join(_wrapped(cells[-1].plain, widths[-1]))
    row.add_row(*cells[:-1], Text(who, style=cells[-1].style))
    return row


def _head(record: Record, *, distance: bool, narrow: bool) -> list[Text]:
    when = plain(str(record["date_edtf"] or "undated").replace("/", "/\n" if narrow else "/"))
    cells = [when, _what(record), plain(_sides(record))]
    return [_distance(record), *cells] if distance else cells


def _distance(record: Record) -> Text:
    least, most = record["days_min"], record["days_max"]
    if record["position"] in ("same_day", "overlapping"):
        return Text("the day" if record["position"] == "same_day" else "may be the day", style="bold")
    days = str(least) if least == most else f"{least}-{most}" if most is not None else f"{least}+"
    return Text(f"{days} d {record['position']}")


def _what(record: Record) -> Text:
    """The kind; under it what the eye must not miss."""
    text = plain(record["kind_label"])
    text.stylize("bold")
    notes = [(record["modality"], STYLES[record["modality"]])] if record["modality"] in STYLES else []
    if record["status"] != "reported":
        notes.append((record["status"], "bold"))
    for index, (note, style) in enumerate(notes):
        text.append(", " if index else "\n").append(note, style=style)
    return text


def _sides(record: Record) -> str:
    source, target = (", ".join(record[side] or []) for side in ("source_names", "target_names"))
    what = f" [{record['object']}]" if record["object"] else ""
    return f"{source or '?'} → {target}{what}" if target else f"{source or '?'}{what}"


def _evidence(record: Record, width: int) -> Text:
    """The words and where they stood, cut to so many lines; the words give way first."""
    quote = textwrap.shorten(str(record["evidence_text"]), LONGEST_QUOTE, placeholder=" …")
    reports = f", {record['n_reports']} reports" if record["n_reports"] > 1 else ""
    place = f"({record['publisher'] or 'unknown publisher'}, {record['published_at'] or 'no date'}{reports})"
    for room in range(min(len(quote), MOST_LINES * width), 0, -8):
        lines = textwrap.wrap(f"{textwrap.shorten(quote, room, placeholder=' …')} {place}", width)
        if len(lines) <= MOST_LINES:
            break
    else:
        lines = _wrapped(place, width)
    text = plain("\n".join(lines))
    text.stylize("dim")
    return text


def _wrapped(words: str, width: int) -> list[str]:
    return textwrap.wrap(words, width, max_lines=MOST_LINES, placeholder=" …")
