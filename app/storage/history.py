"""How events came to be as they are: versions, successors, changes in order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, insert, literal, select, text, update
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage.at_once import insert_at_once
from app.storage.linking_tables import change, event_successor, event_version
from app.storage.tables import event, mention

LONGEST_WAY = 100  # steps from an id to its successor's successor


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one event. `fields` are the columns that changed; `successor_id` where it was merged away;
    `cause` is what brought it about: a document, a decision, a new reading."""

    number: int
    change: str
    event_id: str
    version: int
    successor_id: str | None
    fields: list[str]
    cause: str
    recorded_at: datetime


def archive(conn: Connection, event_ids: Collection[str], stamp: datetime) -> dict[str, Mapping[str, Any]]:
    """Keep events as they are until the instant; their columns, by id."""
    if not event_ids:
        return {}
    told = select(*(event.c[name] for name in _KEPT), literal(stamp)).where(event.c.id.in_(list(event_ids)))
    conn.execute(insert(event_version).from_select([*_KEPT, "valid_to"], told))
    return current(conn, event_ids)


_KEPT = tuple(column.name for column in event_version.c if column.name != "valid_to")


def current(conn: Connection, event_ids: Collection[str]) -> dict[str, Mapping[str, Any]]:
    """The columns of events as they are, by id."""
    if not event_ids:
        return {}
    asked = select(*(event.c[name] for name in _KEPT)).where(event.c.id.in_(list(event_ids)))
    return {row["id"]: dict(row) for row in conn.execute(asked).mappings()}


def last_versions(conn: Connection, event_ids: Collection[str]) -> dict[str, int]:
    """The last version of events that were there before and are no more."""
    if not event_ids:
        return {}
    newest = func.max(event_version.c.version)
    asked = (
        select(event_version.c.id, newest).where(event_version.c.id.in_(list(event_ids))).group_by(event_version.c.id)
    )
    return {row[0]: row[1] for row in conn.execute(asked)}


def remove(conn: Connection, successors: Mapping[str, str], stamp: datetime) -> None:
    """Take events away for which others stand from now on; their mentions must tell those already."""
    if not successors:
        return
    conn.execute(delete(event).where(event.c.id.in_(list(successors))))
    rows = [{"id": old, "successor_id": new, "recorded_at": stamp} for old, new in successors.items() if old != new]
    made = pg_insert(event_successor)
    taken = {"successor_id": made.excluded.successor_id, "recorded_at": made.excluded.recorded_at}
    if rows:
        conn.execute(made.on_conflict_do_update(index_elements=["id"], set_=taken), rows)


def revive(conn: Connection, event_ids: Collection[str]) -> None:
    """Ids that stand for themselves again."""
    if event_ids:
        conn.execute(delete(event_successor).where(event_successor.c.id.in_(list(event_ids))))


def successor(conn: Connection, event_id: str) -> str | None:
    """The event that an old id's matter is told by, None for an id that never was or still is, and where none is.

    An id is that of the claim that founded the event: the claim's event stands for it now, wherever it went since. Of a
    claim that is read no more, what stood for it then, or what stands for that.
    """
    asked = event_id
    for _ in range(LONGEST_WAY):
        home = conn.execute(select(mention.c.event_id).where(mention.c.claim == asked, _TELLS)).scalar()
        if home is None and asked != event_id:
            home = conn.execute(select(event.c.id).where(event.c.id == asked)).scalar()
        if home is not None:
            return None if home == event_id else str(home)
        following = conn.execute(select(event_successor.c.successor_id).where(event_successor.c.id == asked)).scalar()
        if following is None:
            return None
        asked = following
    return None


_TELLS = mention.c.event_id.is_not(None)


def record(conn: Connection, changes: Sequence[Mapping[str, Any]]) -> None:
    """Add changes at the end of the feed. The turn to link must be held."""
    insert_at_once(conn, change, changes)


class Changes(NamedTuple):
    """A page of the feed: `last` is the number of the last change, or the one that was asked after; whether there is
    `more` beyond it."""

    rows: tuple[Change, ...]
    last: int
    more: bool


def changes(conn: Connection, *, after: int, since: datetime | None, limit: int) -> Changes:
    """What changed after a number (and from an instant on), in order."""
    asked = select(change).where(change.c.number > after).order_by(change.c.number).limit(limit + 1)
    if since is not None:
        asked = asked.where(change.c.recorded_at >= since)
    found = [_change(dict(row)) for row in conn.execute(asked).mappings()]
    rows = tuple(found[:limit])
    return Changes(rows, rows[-1].number if rows else after, len(found) > limit)


def last_recorded(conn: Connection) -> datetime | None:
    """When the last change was recorded."""
    newest = select(change.c.recorded_at).order_by(change.c.number.desc()).limit(1)
    found: datetime | None = conn.execute(newest).scalar()
    return found


def changes_before(conn: Connection, *, upto: int, since: datetime | None, limit: int) -> int | None:
    """After which number the page begins that ends with `upto`: 0 for the first page, None where nothing was told up to
    there."""
    asked = select(change.c.number).where(change.c.number <= upto).order_by(change.c.number.desc()).limit(limit + 1)
    if since is not None:
        asked = asked.where(change.c.recorded_at >= since)
    found = conn.execute(asked).scalars().all()
    if not found:
        return None
    return int(found[-1]) if len(found) > limit else 0


def predecessors(conn: Connection, event_ids: Collection[str]) -> list[str]:
    """The ids for which one of these stands, or stands for one that does."""
    return list(conn.execute(_PREDECESSORS, {"ids": list(event_ids)}).scalars())


_PREDECESSORS = text(
    """
    WITH RECURSIVE older (id) AS (
        SELECT id FROM event_successor WHERE successor_id = ANY(:ids)
        UNION
        SELECT s.id FROM event_successor s JOIN older ON s.successor_id = older.id
    )
    SELECT id FROM older ORDER BY id
    """
)


def of_event(
    conn: Connection, event_id: str, older: Collection[str] = (), causes: Collection[str] = ()
) -> list[Change]:
    """All changes of one event, in order; of ids that it went by before, those of these causes."""
    before = change.c.event_id.in_(list(older)) & change.c.cause.in_(list(causes))
    asked = select(change).where((change.c.event_id == event_id) | before).order_by(change.c.number)
    return [_change(dict(row)) for row in conn.execute(asked).mappings()]


def _change(row: Mapping[str, Any]) -> Change:
    return Change(**{name: row[name] for name in Change.__dataclass_fields__})


class Standing(NamedTuple):
    """What an event is taken for, and its version."""

    status: str
    version: int


def standing(conn: Connection, event_id: str) -> Standing:
    row = conn.execute(select(event.c.status, event.c.version).where(event.c.id == event_id)).one()
    return Standing(row.status, row.version)


def set_status(
    conn: Connection, event_id: str, status: str, version: int | None = None, stamp: datetime | None = None
) -> None:
    """Give an event a status; with a version where the one before was archived."""
    changed: dict[str, Any] = {"status": status}
    if version is not None:
        changed |= {"version": version, "updated_at": stamp}
    conn.execute(update(event).where(event.c.id == event_id).values(changed))
