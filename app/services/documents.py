"""Documents: listed, and one with its text and the spans that events were read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.domain.documents import Reading
from app.services import questions
from app.services.asking import Notice, instant_of
from app.services.describing import describe_documents
from app.services.envelope import Meta, covered, nothing_kept
from app.services.near import no_document
from app.services.questions import MOST_LIMIT
from app.services.tables import Record
from app.storage import documents, past, reprints, search
from app.storage.documents import DocumentQuery
from app.storage.rows import DocumentRow, MentionRow, ReprintRow


@dataclass(frozen=True, slots=True)
class Listed:
    """Documents as the wire has them, with the envelope. `previous` is the cursor of the page before, empty for the
    first page, None where there is none."""

    records: list[Record]
    meta: Meta
    previous: str | None = None


def listed(conn: Connection, given: Mapping[str, Any], base: str = "") -> Listed:
    """Documents, newest recorded first. `given` holds the parameters that were asked with, by name."""
    as_of = look_back(conn, given)
    query, warnings = _query(given)
    page = documents.page(conn, query)
    if not page.rows and not query.cursor:
        why = Notice("no_match", "no document fits all the filters")
        warnings = (*warnings, why if search.sizes(conn).documents else nothing_kept(conn, as_of))
    coverage = search.coverage(conn)
    meta = Meta(
        returned=len(page.rows),
        limit=query.limit,
        matched=documents.count(conn, query),
        matched_exact=True,
        next_cursor=page.next_cursor,
        query={name: str(value) for name, value in given.items()},
        description=describe_documents(query.publisher, query.published, query.status, as_of),
        as_of=as_of,
        coverage=covered(coverage),
        data_version=coverage.version,
        warnings=warnings,
    )
    return Listed([record(row, base) for row in page.rows], meta, documents.previous_cursor(conn, query))


def look_back(conn: Connection, given: Mapping[str, Any]) -> datetime | None:
    """From here on see what was known at `as_of`, where it is asked for. Raises BadQuery."""
    if not given.get("as_of"):
        return None
    instant = instant_of("as_of", [str(given["as_of"])])
    past.look_back(conn, instant)
    return instant


def _query(given: Mapping[str, Any]) -> tuple[DocumentQuery, tuple[Notice, ...]]:
    limit = int(given.get("limit", questions.DEFAULT_LIMIT))
    clamped = (Notice("limit_clamped", f"at most {MOST_LIMIT} are answered at once; follow next_cursor"),)
    query = DocumentQuery(
        published=questions.span("published", given["published"]) if given.get("published") else None,
        publisher=questions.checked_text("publisher", given["publisher"]) if given.get("publisher") else None,
        status=questions.one_of("status", given["status"], Reading) if given.get("status") else None,
        limit=min(limit, MOST_LIMIT),
        cursor=questions.checked_text("cursor", given["cursor"]) if given.get("cursor") else None,
    )
    return query, clamped if limit > MOST_LIMIT else ()


def record(row: DocumentRow, base: str = "") -> Record:
    """A document as the wire has it, without its text."""
    return {
        "id": row.id,
        "title": row.title,
        "source_url": row.url,
        "publisher": row.publisher,
        "published_at": row.published_at,
        "language": row.language,
        "status": row.status,
        "length": row.length,
        "n_events": row.n_events,
        "sha256": row.sha256,
        "recorded_at": row.recorded_at,
        "url": f"{base}/v1/documents/{row.id}",
    }


COLUMNS: Mapping[str, str] = {
    "id": "int64",
    **dict.fromkeys(("title", "source_url", "publisher", "published_at", "language", "status"), "string"),
    "length": "int64",
    "n_events": "int64",
    "sha256": "string",
    "recorded_at": "datetime64[us, UTC]",
    "url": "string",
}


def document(conn: Connection, document_id: int, base: str = "") -> Record:
    """A document with its text exactly as received, who else printed it, and the spans that events were read from.
    Raises NotFound."""
    row = documents.get(conn, document_id)
    if row is None:
        raise no_document(conn, document_id)
    known = record(row, base)
    known["text"] = documents.text(conn, document_id)
    known["reprints"] = [_reprint(row) for row in reprints.of_document(conn, document_id)]
    known["evidence"] = [_span(mention, base) for mention in documents.mentions_of(conn, document_id)]
    return known


def _reprint(row: ReprintRow) -> Record:
    return {
        "publisher": row.publisher,
        "source_url": row.url,
        "title": row.title,
        "published_at": row.published_at,
        "recorded_at": row.recorded_at,
    }


def _span(mention: MentionRow, base: str) -> Record:
    return {
        "event_id": mention.event_id,
        "event_url": f"{base}/v1/events/{mention.event_id}",
        "kind": mention.kind,
        "modality": mention.modality,
        "date_edtf": mention.date_edtf,
        "start": mention.clause_start,
        "end": mention.clause_end,
        "trigger_start": mention.trigger_start,
        "trigger_end": mention.trigger_end,
        "date_words": mention.derivation.get("words"),
        "rule": mention.rule,
        "confidence": mention.confidence,
    }
