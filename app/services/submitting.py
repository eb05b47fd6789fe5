"""What a sender is told of the documents that came in: ids, and the events that each reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from app.domain.kinds import Kind
from app.domain.queries import ANY, Choice, EventQuery
from app.services import tables
from app.services.ingest import IngestReport, Outcome, Result
from app.storage import search

OUTCOME_COLUMNS = ("index", "status", "id", "language", "published", "reason", "events", "url")
MOST_SHOWN = 5
_BRIEF = ("id", "kind", "title", "date_edtf", "modality", "url")


def told(conn: Connection, report: IngestReport, kinds: Mapping[str, Kind], base: str = "") -> list[dict[str, Any]]:
    """One record a document, in the order in which they were sent."""
    return [_told(conn, outcome, kinds, base) for outcome in report.outcomes]


def _told(conn: Connection, outcome: Outcome, kinds: Mapping[str, Kind], base: str) -> dict[str, Any]:
    return {
        "index": outcome.index,
        "status": outcome.result.value,
        "id": outcome.id,
        "language": outcome.language,
        "published": outcome.published,
        "reason": outcome.reason,
        "events": _events(conn, outcome, kinds, base),
        "url": f"{base}/v1/documents/{outcome.id}" if outcome.id is not None else None,
    }


def _events(conn: Connection, outcome: Outcome, kinds: Mapping[str, Kind], base: str) -> list[dict[str, Any]]:
    if not outcome.event_ids:
        return []
    query = EventQuery(ids=Choice(outcome.event_ids), modality=ANY, limit=1000)
    found = tables.records(search.page(conn, query).rows, kinds, base)
    return [{name: record[name] for name in _BRIEF} for record in found]


def counts(report: IngestReport) -> dict[str, int]:
    """How many were read, known before, kept without reading, refused, failed."""
    return {result.value: report.count(result) for result in Result}


def describe(counts: Mapping[str, int]) -> str:
    """For instance `What became of the documents that were sent: 2 read, 1 refused.`"""
    parts = ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in counts.items() if n)
    return f"What became of the documents that were sent: {parts}."


def refusal(report: IngestReport) -> str | None:
    """Why nothing at all was taken; None where something was."""
    faults = [outcome for outcome in report.outcomes if outcome.result in (Result.REFUSED, Result.FAILED)]
    if len(faults) < len(report.outcomes):
        return None
    if len(faults) == 1:
        return faults[0].reason
    shown = "; ".join(f"document {outcome.index}: {outcome.reason}" for outcome in faults[:MOST_SHOWN])
    return f"none of the {len(faults)} documents can be kept: {shown}"


def status_of(report: IngestReport) -> int:
    """201 where a new document was kept, 200 where all that could be were known before."""
    return 201 if report.count(Result.READ) + report.count(Result.NOT_READ) else 200
