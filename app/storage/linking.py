"""What linking reads and writes: mentions as they are kept, the places where they meet, and who tells which event."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, literal, select, text, update
from sqlalchemy.dialects.postgresql import JSONB

from app.storage.at_once import insert_at_once
from app.storage.linking_tables import mention_key, mention_past
from app.storage.past import LINKING_LOCK
from app.storage.tables import document, mention, reprint

Values = dict[str, Any]


class Place(NamedTuple):
    """A place of a mention among the keys (`app.linking.keys`)."""

    number: int
    reach: int
    start: date


class Search(NamedTuple):
    """What to look for among the keys: places of this number and reach after one day and before another."""

    number: int
    reach: int
    after: date
    before: date


@dataclass(frozen=True, slots=True)
class Kept:
    """A mention as it is kept: its columns by name, and what linking needs to know of its document.

    `values` has the columns of `mention`; `reprinted` names who else printed its document; `quote` and
    `trigger` are the words of its clause and its trigger.
    """

    values: Mapping[str, Any]
    sha256: str
    published: date | None
    publisher: str | None
    sketch: tuple[int, ...]
    quote: str
    trigger: str
    reprinted: tuple[str, ...] = ()

    @property
    def claim(self) -> str:
        return str(self.values["claim"])

    @property
    def event_id(self) -> str | None:
        told: str | None = self.values["event_id"]
        return told


def take_turn(conn: Connection) -> datetime:
    """Wait until no other transaction links; the turn ends with the transaction.

    The instant is the clock's once the turn has come: instants of turns follow each other as their commits do.
    All that a turn asks is looked up by keys, as is what the checks of the rows that it keeps ask: until it ends, one
    plan does for all values, and no table is read whole, however few rows it had when the plan was made.
    """
    stamp: datetime = conn.exec_driver_sql(_TURN, {"lock": LINKING_LOCK}).scalar_one()
    return stamp


_TURN = """
    SELECT clock_timestamp(), set_config('plan_cache_mode', 'force_generic_plan', true),
        set_config('enable_seqscan', 'off', true)
    FROM (SELECT pg_advisory_xact_lock(%(lock)s) OFFSET 0) AS turn
"""


_FOUND = """
    SELECT k.mention_id
    FROM unnest(CAST(%(numbers)s AS bigint[]), CAST(%(reaches)s AS smallint[]), CAST(%(afters)s AS date[]),
        CAST(%(befores)s AS date[])) AS l(number, reach, after, before)
    JOIN mention_key k ON k.number = l.number AND k.reach = l.reach AND k.start > l.after AND k.start < l.before
    UNION
    SELECT id FROM mention WHERE document_id = ANY(CAST(%(documents)s AS bigint[])) AND event_id IS NOT NULL
"""


def found_by(conn: Connection, searches: Iterable[Search], documents: Collection[int] = ()) -> set[int]:
    """The ids of the mentions at these places, and of those of these documents."""
    asked = dict.fromkeys(searches)
    if not asked and not documents:
        return set()
    numbers, reaches, afters, befores = zip(*asked, strict=True) if asked else ((),) * 4
    given = {"numbers": numbers, "reaches": reaches, "afters": afters, "befores": befores, "documents": documents}
    return set(conn.exec_driver_sql(_FOUND, {name: _array(values) for name, values in given.items()}).scalars())


def _array(values: Iterable[int] | Iterable[date]) -> str:
    """Numbers or days as the server writes an array: the driver looks at each of hundreds to find their type."""
    return f"{{{','.join(map(str, values))}}}"


def kept(conn: Connection, mention_ids: Collection[int]) -> list[Kept]:
    """Those of these mentions that tell an event and take part in linking."""
    return _kept(conn, mention.c.id.in_(list(mention_ids))) if mention_ids else []


def kept_claims(conn: Connection, claims: Collection[str]) -> list[Kept]:
    """The mentions that make these claims."""
    return _kept(conn, mention.c.claim.in_(list(claims))) if claims else []


def kept_of_events(conn: Connection, event_ids: Collection[str]) -> list[Kept]:
    """The mentions that tell these events."""
    return _kept(conn, mention.c.event_id.in_(list(event_ids))) if event_ids else []


def kept_of_document(conn: Connection, document_id: int) -> list[Kept]:
    """The mentions that were read from a document."""
    return _kept(conn, mention.c.document_id == document_id)


_REPRINTED = func.array(
    select(reprint.c.publisher)
    .where(reprint.c.document_id == document.c.id)
    .order_by(reprint.c.publisher)
    .scalar_subquery()
)


def _kept(conn: Connection, condition: ColumnElement[bool]) -> list[Kept]:
    start, length = mention.c.clause_start, mention.c.clause_end - mention.c.clause_start
    trigger, size = mention.c.trigger_start, mention.c.trigger_end - mention.c.trigger_start
    asked = select(
        mention,
        document.c.sha256,
        func.nullif(document.c.published_start, text("'-infinity'::date")).label("published"),
        document.c.publisher,
        document.c.sketch,
        _REPRINTED.label("reprinted"),
        func.substr(document.c.text, start + 1, length).label("quote"),
        func.substr(document.c.text, trigger + 1, size).label("trigger"),
    ).select_from(mention.join(document, mention.c.document_id == document.c.id))
    alive = mention.c.event_id.is_not(None) & mention.c.claim.is_not(None)
    return [
        Kept(
            dict(row),
            row["sha256"],
            row["published"],
            row["publisher"],
            tuple(row["sketch"]),
            row["quote"],
            row["trigger"],
            tuple(row["reprinted"]),
        )
        for row in conn.execute(asked.where(condition, alive).order_by(mention.c.id)).mappings()
    ]


@dataclass(frozen=True, slots=True)
class Move:
    """A mention that tells an event, and why; `fresh` where it was not kept before this turn."""

    mention_id: int
    event_id: str
    why: Values | None
    fresh: bool


def move(conn: Connection, moves: Sequence[Move], stamp: datetime) -> None:
    """Let mentions tell events. What one told before, and why, is kept with its time where it was otherwise."""
    rows = [
        {"mention": one.mention_id, "event": one.event_id, "why": one.why, "fresh": one.fresh, "stamp": stamp}
        for one in moves
    ]
    if old := [row for row in rows if not row["fresh"]]:
        conn.execute(_REMEMBER, old)
    if rows:
        conn.execute(_MOVE, rows)


_REMEMBER = text(
    """
    INSERT INTO mention_past (mention_id, event_id, linked_at, left_at, link, topic)
    SELECT id, event_id, linked_at, :stamp, link, topic FROM mention
    WHERE id = :mention AND linked_at < :stamp AND (event_id <> :event OR link IS DISTINCT FROM :why)
    """
).bindparams(bindparam("why", type_=JSONB(none_as_null=True)))
_MOVE = text(
    """
    UPDATE mention SET link = :why, event_id = :event,
        linked_at = CASE WHEN event_id = :event AND link IS NOT DISTINCT FROM :why AND NOT CAST(:fresh AS boolean)
            THEN linked_at ELSE :stamp END
    WHERE id = :mention
    """
).bindparams(bindparam("why", type_=JSONB(none_as_null=True)))


class Together(NamedTuple):
    """How many events some mentions tell, and how many of the mentions tell one that others tell too."""

    events: int
    shared: int


_TOGETHER = """
    SELECT count(*), coalesce(sum(ours) FILTER (WHERE told > 1), 0)
    FROM (
        SELECT count(*) AS told, count(*) FILTER (WHERE document_id = ANY(CAST(%(documents)s AS bigint[]))) AS ours
        FROM mention WHERE event_id IN (
            SELECT event_id FROM mention WHERE document_id = ANY(CAST(%(documents)s AS bigint[]))
        ) GROUP BY event_id
    ) AS event
"""


def together(conn: Connection, documents: Collection[int]) -> Together:
    """What has become of the mentions in these documents."""
    events, shared = conn.exec_driver_sql(_TOGETHER, {"documents": _array(documents)}).one()
    return Together(int(events), int(shared))


class Placed(NamedTuple):
    """What a mention is about, and the places where it is met."""

    mention_id: int
    topic: str | None
    places: Sequence[Place]


def place(conn: Connection, placed: Placed, stamp: datetime) -> None:
    """Let a mention be met at these places and no others. What it was about before is kept with its time."""
    other = (mention.c.id == placed.mention_id) & mention.c.topic.is_distinct_from(placed.topic)
    _remember(conn, other, stamp)
    conn.execute(update(mention).where(other).values(topic=placed.topic, linked_at=stamp))
    conn.execute(mention_key.delete().where(mention_key.c.mention_id == placed.mention_id))
    rows = [{"mention_id": placed.mention_id, **one._asdict()} for one in dict.fromkeys(placed.places)]
    insert_at_once(conn, mention_key, rows)


def withdraw(conn: Connection, mention_ids: Collection[int], run_id: int, stamp: datetime) -> None:
    """Let mentions tell no event any more, since a version reads them no more; what they told until now is kept."""
    if not mention_ids:
        return
    wanted = mention.c.id.in_(list(mention_ids))
    _remember(conn, wanted, stamp)
    conn.execute(update(mention).where(wanted).values(event_id=None, withdrawn_by=run_id))
    conn.execute(mention_key.delete().where(mention_key.c.mention_id.in_(list(mention_ids))))


def _remember(conn: Connection, wanted: ColumnElement[bool], stamp: datetime) -> None:
    """Keep what mentions told until this turn; what the turn itself has changed already was never known."""
    told = select(
        mention.c.id, mention.c.event_id, mention.c.linked_at, literal(stamp), mention.c.link, mention.c.topic
    ).where(wanted, mention.c.event_id.is_not(None), mention.c.linked_at < stamp)
    conn.execute(insert(mention_past).from_select(list(mention_past.c.keys()), told))
