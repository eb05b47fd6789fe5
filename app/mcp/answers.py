"""Answers for a reader with little room: short rows, each with its quote and its permalink, and what is not in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from app.domain.errors import BadQuery, DatelineError, NotFound
from app.services.envelope import Meta
from app.services.tables import Record

MOST_NAMED = 20  # values that an error lists
# Names of the HTTP interface; the two that a citation needs come last under names of their own.
ROW = (
    "id", "kind", "kind_label", "position", "days_min", "days_max", "date_edtf", "date_earliest", "date_latest",
    "date_basis", "source_ids", "source_names", "target_ids", "target_names", "object", "quantity", "value_amount",
    "value_currency", "instrument", "deadline_edtf", "place_name",
    "country", "modality", "attribution", "confidence", "n_reports", "n_publishers", "status", "publisher",
    "published_at", "source_url",
)  # fmt: skip
DEFAULT_STANCE = (
    "events that were denied, negated, planned or conditional are not among these rows; modality=all shows them"
)


def row(record: Record, base: str) -> Record:
    """An event in short; what is not known is left away."""
    known = {name: record[name] for name in ROW if record.get(name) not in (None, [], "")}
    return {**known, "quote": record["evidence_text"], "permalink": page_of(record["id"], base)}


def page_of(event_id: str, base: str) -> str:
    """The page of an event, for people."""
    return f"{base}/events/{event_id}"


def listed(meta: Meta, rows: Sequence[Record], *, same: str, stance_given: bool) -> Record:
    """Rows of events with what was understood, what was left out, and why there is none where there is none."""
    details = [notice.detail for notice in meta.warnings if not notice.omits]
    left_out = [notice.detail for notice in meta.warnings if notice.omits]
    if meta.matched is not None and meta.matched > len(rows):
        left_out.append(f"{_about(meta)} match; these are {len(rows)} of them")
    if not stance_given:
        left_out.append(DEFAULT_STANCE)
    return {
        "question": meta.description,
        "understood": [f"{one.asked} as {one.name} ({one.id})" for one in meta.resolved],
        "rows": list(rows),
        "matched": meta.matched,
        "next_cursor": meta.next_cursor,
        "left_out": left_out,
        "why_empty": details if not rows else [],
        "notes": details if rows else [],
        "same_as": same,
    }


def _about(meta: Meta) -> str:
    return f"{meta.matched}" if meta.matched_exact else f"about {meta.matched}"


def cut(name: str, values: Sequence[Any], most: int) -> tuple[list[Any], list[str]]:
    """The first values, and the sentence about the others."""
    left = len(values) - most
    return list(values[:most]), [f"{left} more {name}"] if left > 0 else []


def address(base: str, path: str, query: Mapping[str, str | Sequence[str]]) -> str:
    """Where the HTTP interface answers the same question in full."""
    pairs = [(name, value if isinstance(value, str) else ",".join(value)) for name, value in query.items()]
    return f"{base}{path}?{urlencode(pairs)}" if pairs else f"{base}{path}"


def told(error: DatelineError) -> str:
    """An error with what may be said instead."""
    if not isinstance(error, BadQuery | NotFound):
        return str(error)
    parts = [
        str(error),
        f"did you mean {error.did_you_mean}?" if error.did_you_mean else "",
        _allowed(error.allowed),
        f"for example: {error.example}" if error.example else "",
    ]
    return "; ".join(part for part in parts if part)


def fault(parameter: str, detail: str, *, near: str | None = None, allowed: Iterable[str] = ()) -> str:
    """An argument that the tool cannot take, told as `told` tells it."""
    return told(BadQuery(parameter, detail, did_you_mean=near, allowed=tuple(allowed)))


def _allowed(values: Sequence[str]) -> str:
    if not values:
        return ""
    shown, more = cut("", values, MOST_NAMED)
    return f"possible: {', '.join(shown)}" + (f" and {more[0].strip()}" if more else "")
