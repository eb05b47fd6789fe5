"""Questions from a terminal: the same services as over HTTP, the same words for the same filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.cli.database import opened
from app.cli.listing import Listing
from app.cli.showing import Record, console, told, wants_json, write_lines
from app.extraction.codebook import load_codebook
from app.services import asking, timeline
from app.services.dossier import dossier
from app.services.envelope import Meta
from app.services.questions import span
from app.settings import Settings

Filters = Mapping[str, list[str] | None]


@dataclass(frozen=True, slots=True)
class Near:
    """The day in the middle, how far to look to either side, and how many events to show."""

    date: str
    window: str
    before: int
    after: int


def one(**values: str | None) -> dict[str, list[str] | None]:
    """Options with one value, as filters."""
    return {name: None if value is None else [value] for name, value in values.items()}


def events(filters: Filters, *, as_json: bool | None) -> None:
    """A list of events."""
    with opened(Settings()) as database, database.begin() as conn:
        asked = asking.event_query(conn, _given(filters))
        found = timeline.find(conn, asked, _listing())
        _show(found.records, found.meta, as_json=as_json)


def actor(name: str, filters: Filters, *, as_json: bool | None) -> None:
    """The timeline of one actor, under a line on who it is."""
    with opened(Settings()) as database, database.begin() as conn:
        known = dossier(conn, name)
        asked = asking.event_query(conn, _given(filters))
        found = timeline.of_actor(conn, str(known["id"]), asked, _listing())
        if not wants_json(as_json):
            offices = "; ".join(f"{office['title']} ({_years(office)})" for office in known["offices"])
            console().print(f"[bold]{known['name']}[/bold] ({known['id']}), {known['n_events']} events. {offices}")
        _show(found.records, found.meta, as_json=as_json)


def around(near: Near, filters: Filters, *, as_json: bool | None) -> None:
    """What lies around a day: before, on the day, maybe on the day, after; in the order of time."""
    reach = timeline.reach(near.window, near.before, near.after)
    with opened(Settings()) as database, database.begin() as conn:
        asked = asking.event_query(conn, _given(filters))
        answer = timeline.around(conn, timeline.Pivot(span("date", near.date)), asked, reach, _listing())
        in_order = [
            *reversed(answer.at("before")),
            *answer.at("same_day"),
            *answer.at("overlapping"),
            *answer.at("after"),
        ]
        _show(in_order, answer.meta, as_json=as_json, distance=True)


def _given(filters: Filters) -> dict[str, Sequence[str]]:
    return {name: values for name, values in filters.items() if values}


def _listing() -> timeline.Listing:
    return timeline.Listing(load_codebook())


def _years(office: Record) -> str:
    return "-".join(str(office[end].year) if office[end] else "" for end in ("from", "to"))


def _show(records: Sequence[Record], meta: Meta, *, as_json: bool | None, distance: bool = False) -> None:
    """The answer on standard output; what to beware of on standard error."""
    if wants_json(as_json):
        write_lines(records)
    else:
        console().print(Listing(meta.description, records, distance=distance))
    notes = told()
    for warning in meta.warnings:
        notes.print(f"note: {warning.detail}", markup=False)
    if meta.next_cursor:
        total = f" of {meta.matched}" if meta.matched is not None else ""
        notes.print(f"note: {len(records)}{total} shown; raise --limit for more", markup=False)
