"""Whether the service is well: the database answers, and what it covers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from app.storage import search

DESCRIPTION = "Whether the database answers, what it covers, and which version of the rules reads."


def report(conn: Connection, extractor: str) -> dict[str, Any]:
    """`extractor` is the version of the rules and data that read."""
    coverage, sizes = search.coverage(conn), search.sizes(conn)
    return {
        "status": "ok",
        "extractor": extractor,
        "events": sizes.events,
        "documents": sizes.documents,
        "coverage": {"from": coverage.first, "to": coverage.last, "last_ingest": coverage.last_ingest},
        "data_version": coverage.version,
    }
