"""The views of the schema `public_api`: the tables that the HTTP interface answers with, under the same names.

They follow the interface, not the schema: `publishing` makes them anew whenever this description changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain import fields
from app.domain.events import HAPPENED, Status

SCHEMA = "public_api"
Kinds = Iterable[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class View:
    """A view: its columns with what they are made of, in order, and what each means."""

    name: str
    comment: str
    columns: Mapping[str, str]
    source: str
    meanings: fields.Fields

    def select(self) -> str:
        listed = ", ".join(f'{made} AS "{name}"' for name, made in self.columns.items())
        return f"SELECT {listed} FROM {self.source}"


def views(kinds: Kinds, base: str) -> tuple[View, ...]:
    """All of them. `kinds` are the codebook's records, `base` is the address that links begin with."""
    listed = list(kinds)
    return (
        _events(listed, base),
        _reports(),
        _documents(base),
        _actors(base),
        _actor_names(),
        _actor_offices(),
        _kinds(listed),
    )


def literal(value: object) -> str:
    """A value as SQL writes it."""
    match value:
        case None:
            return "NULL"
        case bool():
            return str(value).lower()
        case int() | float():
            return repr(value)
        case list() | tuple():
            return f"ARRAY[{', '.join(map(literal, value))}]::text[]"
        case dict():
            return literal(json.dumps(value))
        case _:
            return "'" + str(value).replace("'", "''") + "'"


def _same(table: str, *names: str) -> dict[str, str]:
    return {name: f"{table}.{name}" for name in names}


def _dates(table: str) -> dict[str, str]:
    """A half-open span with infinities becomes first and last day, null where open."""
    return {
        "date_earliest": _first(f"{table}.d_start"),
        "date_latest": _last(f"{table}.d_end"),
        "date_edtf": f"{table}.edtf",
        "date_precision": f"{table}.precision",
        "date_basis": f"{table}.basis",
        "date_text": f"{table}.derivation ->> 'quote'",
    }


def _first(start: str) -> str:
    return f"nullif({start}, '-infinity'::date)"


def _last(end: str) -> str:
    return f"CASE WHEN isfinite({end}) THEN {end} - 1 END"


_OTHER_DAYS = {"date_reported_edtf": "{0}.reported_edtf", "date_planned_edtf": "{0}.planned_edtf"}
_CIRCUMSTANCES = ("value_amount", "value_currency", "instrument", "deadline_edtf")
_ARTICLE = {
    "source_url": "d.url",
    "source_title": "d.title",
    "publisher": "d.publisher",
    "published_at": "d.published_edtf",
}


def _other_days(table: str) -> dict[str, str]:
    return {name: made.format(table) for name, made in _OTHER_DAYS.items()}


def _address(base: str, path: str, number: str) -> str:
    return f"{literal(f'{base}/v1/{path}/')} || {number}"


def _events(kinds: list[Mapping[str, Any]], base: str) -> View:
    labels = " ".join(f"WHEN {literal(kind['kind'])} THEN {literal(kind['label'])}" for kind in kinds)
    columns = {
        **_same("e", "id", "kind"),
        "kind_label": f"CASE e.kind {labels} ELSE e.kind END" if labels else "e.kind",
        **_same("e", "plover", "cameo", "quad", "goldstein", "title"),
        **_dates("e"),
        **_same("e", "source_ids", "source_names", "target_ids", "target_names", "actors", "object", "quantity"),
        **_same("e", "place_name", "country", "latitude", "longitude", "geo_precision", "modality", "attribution"),
        **_same("e", "confidence", "n_reports", "n_publishers", "status", "role", "evidence_text", "document_id"),
        **_ARTICLE,
        **_same("e", "recorded_at", "updated_at", "version"),
        "url": _address(base, "events", "e.id"),
        **_other_days("e"),
        **_same("e", *_CIRCUMSTANCES),
    }
    comment = (
        "Events, one a row, as /v1/events tells them; also those that were denied, planned or retracted: filter by "
        "modality and status. A date is a span: an event may lie in a window when date_earliest <= its last day and "
        "date_latest >= its first."
    )
    return View("events", comment, columns, "event e JOIN document d ON d.id = e.document_id", fields.EVENT)


def _reports() -> View:
    columns = {
        **_same("m", "id", "event_id", "document_id", "kind", "plover", "cameo", "quad", "goldstein"),
        **_dates("m"),
        **_other_days("m"),
        **_same("m", "source", "target", "others", "object", "quantity", "place_name", "country", "latitude"),
        **_same("m", "longitude", "geo_precision", "modality", "attribution", "confidence", "role"),
        "evidence_text": "substr(d.text, m.clause_start + 1, m.clause_end - m.clause_start)",
        "evidence_start": "m.clause_start",
        "evidence_end": "m.clause_end",
        **_same("m", "trigger_start", "trigger_end", "rule"),
        "extractor": "r.version",
        **_ARTICLE,
        "recorded_at": "m.recorded_at",
        **_same("m", *_CIRCUMSTANCES, "cue_start", "cue_end", "saying"),
    }
    source = "mention m JOIN document d ON d.id = m.document_id JOIN run r ON r.id = m.run_id"
    comment = "The evidence: each report of each event, with its words and where they stand in the document."
    return View("reports", comment, columns, source, fields.REPORT)


def _documents(base: str) -> View:
    told = "(SELECT count(DISTINCT m.event_id) FROM mention m WHERE m.document_id = d.id)"
    columns = {
        "id": "d.id",
        "title": "d.title",
        "source_url": "d.url",
        "publisher": "d.publisher",
        "published_at": "d.published_edtf",
        **_same("d", "language", "status", "length"),
        "n_events": told,
        **_same("d", "sha256", "recorded_at"),
        "url": _address(base, "documents", "d.id"),
    }
    comment = "The documents that are kept, without their texts, as /v1/documents tells them."
    return View("documents", comment, columns, "document d", fields.DOCUMENT)


def _actors(base: str) -> View:
    stances = ", ".join(map(literal, HAPPENED))
    happened = (
        "FROM event_actor p JOIN event e ON e.id = p.event_id "
        f"WHERE p.actor_id = a.id AND e.modality IN ({stances}) AND e.status <> {literal(Status.RETRACTED)}"
    )
    columns = {
        **_same("a", "id", "name", "type", "state", "sector", "source"),
        "first_seen": f"(SELECT min(p.d_order) {happened} AND p.d_order < 'infinity')",
        "last_seen": f"(SELECT max(p.d_order) {happened} AND p.d_order < 'infinity')",
        "n_events": f"(SELECT count(*) {happened})",
        "url": _address(base, "actors", "a.id"),
    }
    comment = "States, people, bodies and groups. A state's events are those of its people and bodies too."
    return View("actors", comment, columns, "actor a", fields.ACTOR)


def _actor_names() -> View:
    columns = {**_same("n", "actor_id", "name"), "first_day": _first("n.d_start"), "last_day": _last("n.d_end")}
    comment = "Every name and spelling that means an actor, with the days on which it held."
    return View("actor_names", comment, columns, "actor_name n", fields.ACTOR_NAME)


def _actor_offices() -> View:
    columns = {
        **_same("o", "actor_id", "title", "state"),
        "first_day": _first("lower(o.held)"),
        "last_day": _last("upper(o.held)"),
    }
    return View("actor_offices", "Who held which office when.", columns, "actor_office o", fields.ACTOR_OFFICE)


_KIND_TYPES = {"quad": "int", "goldstein": "float8", "planned": "jsonb", "examples": "text[]"}


def _kinds(kinds: list[Mapping[str, Any]]) -> View:
    names = tuple(fields.KIND)
    rows = ", ".join(f"({', '.join(literal(kind[name]) for name in names)})" for kind in kinds)
    columns = {name: f"k.{name}::{_KIND_TYPES.get(name, 'text')}" for name in names}
    source = f"(VALUES {rows}) AS k ({', '.join(names)})"
    return View("kinds", "The codebook: the kinds of event, as /v1/kinds tells them.", columns, source, fields.KIND)
