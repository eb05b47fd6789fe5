"""The five questions. Each is asked in one transaction and answers with plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf
from typing import Any

from app.domain.events import Status
from app.mcp.answers import address, cut, listed, page_of, row
from app.mcp.arguments import (
    DEFAULT_ROWS,
    Arguments,
    AroundArguments,
    DyadArguments,
    EvidenceArguments,
    ProfileArguments,
    SearchArguments,
)
from app.services import dossier, reports, timeline
from app.services.asking import event_query
from app.services.names import resolve
from app.services.program import Program
from app.services.tables import Record
from app.services.timeline import Listing

MOST_OF_A_KIND = 20  # names, offices, counterparts
MOST_EVENTS_OF_PROFILE = 10
ALL_VALUES = 10_000  # kinds and years: more than there are


def search_events(parts: Program, base: str, asked: SearchArguments) -> Record:
    given = asked.filters()
    with parts.begin() as conn:
        found = timeline.find(conn, event_query(conn, given), Listing(parts.kinds, base))
    rows = [row(record, base) for record in found.records]
    same = address(base, "/v1/events", given)
    return listed(found.meta, rows, same=same, stance_given=asked.modality is not None)


def around(parts: Program, base: str, asked: AroundArguments) -> Record:
    given = asked.filters()
    middle = {name: text for name in ("date", "event", "window") if (text := getattr(asked, name)) is not None}
    reach = timeline.reach(asked.window, asked.rows, asked.rows)
    with parts.begin() as conn:
        pivot = timeline.pivot(conn, asked.date, asked.event)
        understood = event_query(conn, given)
        understood = replace(understood, given={**middle, **understood.given})
        found = timeline.around(conn, pivot, understood, reach, Listing(parts.kinds, base))
    rows = [row(record, base) for record in nearest(found.records, asked.rows)]
    del given["limit"]
    same = address(base, "/v1/around", {**middle, **given})
    answer = listed(found.meta, rows, same=same, stance_given=asked.modality is not None)
    window = found.window.edtf() if found.window else None
    return {"pivot": found.pivot.span.edtf(), "window": window, **answer}


def nearest(records: Sequence[Record], most: int) -> list[Record]:
    """The events nearest to the pivot, in the order of their dates. A vague date counts as its farthest day."""
    near = sorted(records, key=_farthest)[:most]
    return sorted(
        near, key=lambda record: (record["date_earliest"] or record["date_latest"] or date.max, _farthest(record))
    )


def _farthest(record: Record) -> float:
    days = record["days_max"]
    return inf if days is None else days


def actor_profile(parts: Program, base: str, asked: ProfileArguments) -> Record:
    with parts.begin() as conn:
        known = dossier.dossier(conn, asked.actor, base=base)
        most = asked.rows if "limit" in asked.model_fields_set else MOST_EVENTS_OF_PROFILE
        latest = event_query(conn, {"sort": ["-date"], "limit": [str(most)]})
        found = timeline.of_actor(conn, known["id"], latest, Listing(parts.kinds, base))
    same = f"{base}/v1/actors/{known['id']}"
    answer = listed(found.meta, [row(record, base) for record in found.records], same=same, stance_given=False)
    profile, left_out = dict(known), list(answer["left_out"])
    for name in ("names", "offices", "counterparts", "kinds"):
        profile[name], more = cut(name, known[name], MOST_OF_A_KIND)
        left_out += more
    del profile["url"], profile["timeline_url"]
    permalink = f"{base}/actors/{known['id']}"
    return {"actor": {**profile, "permalink": permalink}, **answer, "left_out": left_out}


def dyad_history(parts: Program, base: str, asked: DyadArguments) -> Record:
    with parts.begin() as conn:
        one, other = resolve(conn, "a", asked.a), resolve(conn, "b", asked.b)
        given = {**asked.filters(), "dyad": [f"{one.id},{other.id}"]}
        understood = event_query(conn, given)
        found = timeline.find(
            conn, understood, Listing(parts.kinds, base, facets=("kind", "year"), most_values=ALL_VALUES)
        )
    rows = [row(record, base) for record in found.records]
    same = address(base, "/v1/events", given)
    meta = replace(found.meta, resolved=(one, other))
    answer = listed(meta, rows, same=same, stance_given=asked.modality is not None)
    counts = {name: {count.value: count.n for count in values} for name, values in (meta.facets or {}).items()}
    return {**answer, "kinds": counts.get("kind", {}), "years": dict(sorted(counts.get("year", {}).items()))}


def get_evidence(parts: Program, base: str, asked: EvidenceArguments) -> Record:
    with parts.begin() as conn:
        known = reports.event(conn, asked.event, parts.kinds, base)
    told, left_out = cut("reports", known["reports"], asked.rows)
    return {
        "event": {**row(known, base), "title": known["title"], "decided": known["decided"]},
        "rows": [_report(report, known["id"], base) for report in told],
        "matched": len(known["reports"]),
        "left_out": left_out,
        "same_as": address(base, f"/v1/events/{known['id']}", _seen(known)),
    }


def _seen(known: Record) -> dict[str, list[str]]:
    """What has to be asked to see an event over HTTP: one that was retracted is gone otherwise."""
    return {"status": ["retracted"]} if known["status"] == Status.RETRACTED else {}


def _report(report: Record, event_id: str, base: str) -> Record:
    """One report with its words, where they stand, and how its date was read."""
    quote, position = report["evidence"]["selector"]
    names = ("id", "modality", "attribution", "confidence", "source", "target", "object", "quantity", "place_name")
    circumstances = ("value_amount", "value_currency", "instrument", "deadline_edtf", "cue", "saying")
    told = {name: report[name] for name in (*names, *circumstances, "rule", "extractor", "same_because")}
    document = report["document"]
    return {
        **{name: value for name, value in told.items() if value not in (None, [], "")},
        "date": {name: value for name, value in report["date"].items() if value not in (None, [], "")},
        "quote": quote["exact"],
        "before_quote": quote["prefix"],
        "after_quote": quote["suffix"],
        "start": position["start"],
        "end": position["end"],
        "publisher": document["publisher"],
        "published_at": document["published_at"],
        "source_title": document["title"],
        "source_url": report["link"] or document["source_url"],
        "document": f"{base}/documents/{document['id']}",
        "permalink": page_of(event_id, base),
    }


@dataclass(frozen=True, slots=True)
class Tool:
    """A question as it is offered. `ask` blocks: it is run in a thread."""

    name: str
    title: str
    description: str
    arguments: type[Arguments]
    ask: Callable[[Program, str, Any], Record]


_ROWS = f" At most {DEFAULT_ROWS} rows unless limit says otherwise, each with its quote and a permalink to cite."
_TOOLS = (
    Tool(
        "search_events",
        "Search events",
        "Events by day, actor, kind, place or words, earliest first." + _ROWS + " `left_out` tells what is not in the "
        "answer, `why_empty` why there is nothing, `next_cursor` leads on.",
        SearchArguments,
        search_events,
    ),
    Tool(
        "around",
        "What happened around a day",
        "What happened before, on and after a day, or the date of an event: the nearest events, in the order of their "
        "dates, with the distance in days (days_min to days_max where a date is vague)." + _ROWS,
        AroundArguments,
        around,
    ),
    Tool(
        "actor_profile",
        "Who an actor is",
        "One state, person, body or group: names and offices with their days, whom it deals with, kinds of its "
        f"events, first and last seen, and its latest events ({MOST_EVENTS_OF_PROFILE} unless limit says otherwise), "
        "each with its quote and a permalink to cite.",
        ProfileArguments,
        actor_profile,
    ),
    Tool(
        "dyad_history",
        "What two actors did to each other",
        "The conversation of two actors in order: who did what to whom, with the number of events by kind and by year."
        + _ROWS,
        DyadArguments,
        dyad_history,
    ),
    Tool(
        "get_evidence",
        "The evidence for an event",
        "All reports of one event: the words of each, where they stand, who published them, and how the date was read "
        f"from them. At most {DEFAULT_ROWS} reports unless limit says otherwise.",
        EvidenceArguments,
        get_evidence,
    ),
)
TOOLS: Mapping[str, Tool] = {tool.name: tool for tool in _TOOLS}
