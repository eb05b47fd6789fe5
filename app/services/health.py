"""Whether the service is well: the database answers, and what it covers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from app.storage import search

DESCRIPTION = "Whether the database answers, what it covers, and which version of the rules reads."


def report(conn: Connection, extractor: str) -> dict[str, Any]:
    """`extractor` is the version of the rules and data that read."""
    coverage = search.coverage(conn)
    return {
        "status": "ok",
        "extractor": extractor,
        "events": coverage.events,
        "documents": coverage.documents,
        "coverage": {"from": coverage.first, "to": coverage.last, "last_ingest": coverage.last_ingest},
        "data_version": coverage.version,
    }
