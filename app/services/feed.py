"""The feed of changes: what was created, changed, merged, retracted, in the order in which it was committed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from app.services import questions
from app.services.asking import Notice, instant_of
from app.services.envelope import Meta, covered
from app.services.tables import Record
from app.storage import cursors, decisions, history, search
from app.storage import linking as store

COLUMNS = ("number", "change", "event_id", "version", "successor_id", "fields", "cause", "recorded_at", "url")
_ORDER = "changes"


class Told(NamedTuple):
    """A page of changes with its envelope. `cursor` is the place after the last of them, on the last page too: what is
    told later comes after it."""

    records: list[Record]
    meta: Meta
    cursor: str


def changes(conn: Connection, given: Mapping[str, Any], base: str = "") -> Told:
    """A page of changes, in the order of commits."""
    limit, since = _limit(given), _since(given)
    page = history.changes(conn, after=_after(given.get("cursor")), since=since, limit=limit)
    records = [asdict(row) | {"url": f"{base}/v1/events/{row.event_id}"} for row in page.rows]
    cursor = cursors.encode(_ORDER, (page.last,))
    whole = not given.get("cursor") and not page.more
    coverage = search.coverage(conn)
    meta = Meta(
        returned=len(records),
        limit=limit,
        matched=len(records) if whole else None,
        matched_exact=whole,
        next_cursor=cursor if page.more else None,
        query={name: str(value) for name, value in given.items()},
        description=_described(since),
        coverage=covered(coverage),
        data_version=coverage.version,
        warnings=(*_clamped(given), *([_nothing(conn, since)] if whole and not records else [])),
    )
    return Told([{name: record[name] for name in COLUMNS} for record in records], meta, cursor)


def _clamped(given: Mapping[str, Any]) -> tuple[Notice, ...]:
    if int(given.get("limit", 0)) <= questions.MOST_LIMIT:
        return ()
    return (Notice("limit_clamped", f"at most {questions.MOST_LIMIT} are answered at once; follow next_cursor"),)


def _nothing(conn: Connection, since: datetime | None) -> Notice:
    last = history.last_recorded(conn)
    if since is None or last is None:
        return Notice("empty_database", "nothing was recorded yet: send documents to /v1/documents")
    told = (instant.astimezone(UTC).isoformat(timespec="seconds") for instant in (since, last))
    return Notice("no_change", "nothing changed since {}; the last change was recorded at {}".format(*told))


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
    return f"Changes of events{when}, in the order in which they became known; come back with meta.cursor."


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
