"""What is near to an id that nothing has, so that a slip of the hand is seen."""

from __future__ import annotations

from sqlalchemy import Connection

from app.domain.errors import Merged, NotFound
from app.services.questions import nearest
from app.storage import documents, history, search
from app.storage.documents import DocumentQuery

# Beginnings of an id that are looked up, longest first: each costs one look into the index.
BEGINNINGS = (12, 8, 4)
MOST_NEAR = 5


def no_event(conn: Connection, parameter: str, event_id: str) -> NotFound | Merged:
    """The error for an event that there is not: the one that stands for it now, or ids that begin alike."""
    asked = event_id.strip().lower()
    if (successor := history.successor(conn, asked)) or history.last_versions(conn, [asked]):
        return Merged(asked, successor)
    near = _beginning_alike(conn, event_id.strip().lower())
    return NotFound(
        f"no event has the id {event_id[:80]!r}",
        parameter=parameter,
        allowed=near,
        did_you_mean=nearest(event_id, near) or (near[0] if near else None),
    )


def _beginning_alike(conn: Connection, event_id: str) -> tuple[str, ...]:
    if not (event_id.isascii() and event_id.isalnum()):
        return ()
    lengths = [length for length in BEGINNINGS if length <= len(event_id)]
    found = (search.ids_beginning(conn, event_id[:length], limit=MOST_NEAR) for length in lengths)
    return next((ids for ids in found if ids), ())


def no_document(conn: Connection, number: int) -> NotFound:
    """The error for a document that there is not, with the number of the newest."""
    newest = documents.page(conn, DocumentQuery(limit=1)).rows
    last = f"; the newest is {newest[0].id}" if newest else ""
    example = str(newest[0].id) if newest else None
    return NotFound(f"no document has the number {number}{last}", parameter="document_id", example=example)
