"""The feed of changes: what was created, changed, merged, retracted, in the order in which it was committed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from app.services import questions
from app.services.asking import instant_of
from app.services.tables import Record
from app.storage import cursors, decisions, history
from app.storage import linking as store

COLUMNS = ("number", "change", "event_id", "version", "successor_id", "fields", "cause", "recorded_at", "url")
_ORDER = "changes"


def changes(conn: Connection, given: Mapping[str, Any], base: str = "") -> tuple[list[Record], dict[str, Any]]:
    """A page of changes, and its `meta`. `next_cursor` is there on the last page too: ask again with it later."""
    limit, since = _limit(given), _since(given)
    page = history.changes(conn, after=_after(given.get("cursor")), since=since, limit=limit)
    records = [asdict(row) | {"url": f"{base}/v1/events/{row.event_id}"} for row in page.rows]
    meta = {
        "returned": len(records),
        "limit": limit,
        "next_cursor": cursors.encode(_ORDER, (int(page.next_cursor or 0),)),
        "query": {name: str(value) for name, value in given.items()},
        "description": _described(since),
        "warnings": [],
    }
    return [{name: record[name] for name in COLUMNS} for record in records], meta


def previous_cursor(conn: Connection, given: Mapping[str, Any]) -> str | None:
    """The cursor of the page before; empty where that is the first, None where there is none."""
    if not (after := _after(given.get("cursor"))):
        return None
    before = history.changes_before(conn, upto=after, since=_since(given), limit=_limit(given))
    return cursors.encode(_ORDER, (before,)) if before else None if before is None else ""


def _limit(given: Mapping[str, Any]) -> int:
    return min(int(given.get("limit", questions.DEFAULT_LIMIT)), questions.MOST_LIMIT)


def _since(given: Mapping[str, Any]) -> datetime | None:
    return instant_of("since", [str(given["since"])]) if given.get("since") else None


def _described(since: datetime | None) -> str:
    when = f" since {since.astimezone(UTC).isoformat()}" if since else ""
    return f"Changes of events{when}, in the order in which they became known; ask again with next_cursor."


def _after(cursor: str | None) -> int:
    if not cursor:
        return 0
    (number,) = cursors.decode(questions.checked_text("cursor", cursor), _ORDER, (int,))
    if not 0 <= int(number) < 2**63:
        raise cursors.refused()
    return int(number)


def of_event(conn: Connection, event_id: str) -> list[Record]:
    """How an event came to be as it is: its changes, and the decisions on it or on its reports, also those that were
    made when it went by another id: that of any of its reports, or of what was merged into it."""
    claims = [one.claim for one in store.kept_of_events(conn, [event_id])]
    older = {*claims, *history.predecessors(conn, [event_id, *claims])} - {event_id}
    made = decisions.about(conn, [event_id, *sorted(older)], claims)
    by_cause = {f"decision {one.id}": one for one in made}
    told = [asdict(one) for one in history.of_event(conn, event_id, older, by_cause)]
    return [change | {"decision": _decided(by_cause.get(change["cause"]))} for change in told]


def _decided(made: decisions.Decision | None) -> Record | None:
    if made is None:
        return None
    return {"id": made.id, "action": made.action, "reason": made.reason, "name": made.name, "events": list(made.others)}
