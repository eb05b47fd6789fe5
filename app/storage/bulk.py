"""Many rows at once, by COPY: events that others have coded, with the rows they stand in as documents."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from psycopg import Cursor, sql
from sqlalchemy import Connection, Table, select, text, update
from sqlalchemy.dialects.postgresql import JSONB

from app.domain.documents import Document, Reading
from app.domain.events import CORROBORATING_PUBLISHERS, Status
from app.storage import history
from app.storage.columns import OpenDay
from app.storage.documents import document_values, known
from app.storage.events import Report, rows_of
from app.storage.linking_tables import change
from app.storage.names import fold
from app.storage.tables import actor, actor_name, document, event, event_actor, mention

_AT_ONCE = 5_000  # names or ids in one question
_JSON = json.JSONEncoder(ensure_ascii=False).encode  # `json.dumps` makes an encoder a value


@dataclass(frozen=True, slots=True)
class Tally:
    """How often an event is told: rows or stories that tell the same, and who published them."""

    reports: int
    publishers: int


@dataclass(frozen=True, slots=True)
class Named:
    """An actor that a name may mean."""

    id: str
    name: str
    type: str
    state: str | None
    sector: str


def meant(conn: Connection, names: Iterable[str]) -> dict[str, list[Named]]:
    """For each name the actors that carry it or have it for their id, case, accents and a leading "the" aside."""
    wanted = sorted({fold(name) for name in names})
    found: dict[str, list[Named]] = {}
    columns = (actor_name.c.folded, actor.c.id, actor.c.name, actor.c.type, actor.c.state, actor.c.sector)
    for first in range(0, len(wanted), _AT_ONCE):
        some = wanted[first : first + _AT_ONCE]
        for row in conn.execute(select(*columns).join_from(actor, actor_name).where(actor_name.c.folded.in_(some))):
            found.setdefault(row.folded, []).append(Named(*row[1:]))
    return {name: found.get(fold(name), []) for name in names}


def plan_once(conn: Connection) -> None:
    """Let the checks of foreign keys and of evidence be planned once in this transaction, not once a row, as the
    program has it for questions. Plans of before, made for tables that may have been all but empty, are forgotten."""
    conn.execute(text("DISCARD PLANS"))
    conn.execute(text("SET LOCAL plan_cache_mode = auto"))
    conn.execute(text("SET LOCAL enable_seqscan = on"))


def keep_documents(conn: Connection, received: Sequence[Document]) -> list[int | None]:
    """The id of each document that is new; None for one whose text is kept already, or came before it."""
    seen = set(known(conn, [one.sha256 for one in received]))
    is_new: list[bool] = []
    for one in received:
        is_new.append(one.sha256 not in seen)
        seen.add(one.sha256)
    ids = iter(_new_ids(conn, sum(is_new)))
    numbers = [next(ids) if new else None for new in is_new]
    rows = [
        {"id": number} | document_values(one, Reading.NOT_READ)
        for number, one in zip(numbers, received, strict=True)
        if number is not None
    ]
    copy(conn, document, rows)
    return numbers


def _new_ids(conn: Connection, number: int) -> list[int]:
    drawn = text("SELECT nextval(pg_get_serial_sequence('document', 'id')) FROM generate_series(1, :number)")
    return list(conn.execute(drawn, {"number": number}).scalars())


class Turn(NamedTuple):
    """The instant of a turn to link, and what is taken in: the turn must be held."""

    stamp: datetime
    cause: str


def keep_events(conn: Connection, reports: Sequence[Report], tallies: Mapping[str, Tally], turn: Turn) -> int:
    """Keep each report as a mention, and found the events that are new, as the feed tells; the number of those.

    Several reports may tell one event, of which the first leads. An event that is kept takes the greater number of
    reports, so that the same table twice does not count twice.
    """
    rows = rows_of(conn, reports)
    for row in rows.events:
        row |= {"recorded_at": turn.stamp, "updated_at": turn.stamp}
    for row in rows.mentions:
        row["linked_at"] = turn.stamp
    present = _present(conn, list(tallies))
    founded = {row["id"]: row for row in reversed(rows.events) if row["id"] not in present}
    for name, row in founded.items():
        row |= {"n_reports": tallies[name].reports, "n_publishers": tallies[name].publishers}
        if tallies[name].publishers >= CORROBORATING_PUBLISHERS:
            row["status"] = Status.CORROBORATED
    acts = {(row["event_id"], row["actor_id"]): row for row in rows.acts if row["event_id"] in founded}
    copy(conn, event, list(founded.values()))
    copy(conn, mention, rows.mentions)
    copy(conn, event_actor, list(acts.values()))
    conn.execute(_FOUNDED, {"stamp": turn.stamp, "cause": turn.cause})
    _count_again(conn, {name: tallies[name] for name in present}, turn)
    return len(founded)


# No other turn has the same instant.
_FOUNDED = text(
    "INSERT INTO change (event_id, change, version, cause, recorded_at) "
    "SELECT id, 'created', version, :cause, recorded_at FROM event WHERE recorded_at = :stamp ORDER BY id"
)


def _present(conn: Connection, ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        found.update(conn.execute(select(event.c.id).where(event.c.id.in_(some))).scalars())
    return found


def _count_again(conn: Connection, tallies: Mapping[str, Tally], turn: Turn) -> None:
    kept = history.current(conn, tallies)
    more = {
        name: {field: count for field, count in _counts(tally).items() if count > kept[name][field]}
        for name, tally in sorted(tallies.items())
    }
    grown = {name: counts for name, counts in more.items() if counts}
    history.archive(conn, grown, turn.stamp)
    for name, counts in grown.items():
        changed = {**counts, "version": kept[name]["version"] + 1, "updated_at": turn.stamp}
        conn.execute(update(event).where(event.c.id == name).values(changed))
    told = {"change": "changed", "cause": turn.cause, "recorded_at": turn.stamp}
    rows = [
        told | {"event_id": name, "version": kept[name]["version"] + 1, "fields": sorted(counts)}
        for name, counts in grown.items()
    ]
    copy(conn, change, rows)


def _counts(tally: Tally) -> dict[str, int]:
    return {"n_reports": tally.reports, "n_publishers": tally.publishers}


def copy(conn: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows with the same keys into a table, by COPY."""
    if not rows:
        return
    names = list(rows[0])
    dumps = [_dump(table, name) for name in names]
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    cursor: Cursor[Any] = conn.connection.cursor()  # type: ignore[assignment]  # psycopg's, whatever the pool calls it
    with cursor, cursor.copy(into) as stream:
        for row in rows:
            stream.write_row([dump(row[name]) for name, dump in zip(names, dumps, strict=True)])


def _dump(table: Table, name: str) -> Callable[[Any], Any]:
    """How a value of a column goes into a COPY, as its type does into a statement."""
    kind = table.c[name].type
    if isinstance(kind, JSONB):
        return lambda value: None if value is None else _JSON(value)
    if isinstance(kind, OpenDay):
        return kind.kept
    return _plain


def _plain(value: Any) -> Any:
    """Members of our enumerations are texts."""
    return str(value) if isinstance(value, StrEnum) else value
