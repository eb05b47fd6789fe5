"""Questions about many events: lists, counts, what lies around a day. All take a domain `EventQuery`.

A question with a window (`when`) leaves events without any date out; `undated` counts them. An actor asked for by
a state's code stands for the people and bodies of that state too. Retracted events are found only by their status.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import (
    Connection,
    Select,
    Text,
    bindparam,
    cast,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY

from app.domain.queries import Choice, EventQuery, Sort
from app.domain.spans import Precision
from app.storage.columns import INFINITY
from app.storage.event_rows import event_row, select_columns, select_events, select_json
from app.storage.explain import Explain, estimated_rows
from app.storage.filters import (
    IS_VAGUE,
    ONE_END,
    conditions,
    everything,
    reaching_in,
)
from app.storage.nearest import nearest
from app.storage.orders import ids_back, ids_in_order, is_never, order_of
from app.storage.prepared import Prepared, Told, planned_once, prepared
from app.storage.rows import EventRow, Page
from app.storage.shapes import shape
from app.storage.summaries import FACETS, MOST_VALUES, coverage, data_version, facets, sizes
from app.storage.tables import event

__all__ = [
    "FACETS", "MOST_VALUES", "columns_of", "count", "coverage", "data_version", "facets", "hidden_by", "ids_beginning",
    "nearest", "one_end_known", "page", "page_of_columns", "page_of_json", "previous_cursor", "sizes", "stream",
    "undated",
]  # fmt: skip

_BATCH = 500
_STATEMENTS = 256  # kept for questions that come again
ID_LENGTH = 16
MOST_COUNTED = 10_000  # of what is counted only to be told beside an answer


def page(conn: Connection, query: EventQuery) -> Page[EventRow]:
    """A page of events in the query's order, the id as last key.

    Order by date goes by the first possible day ("before X" by its last); events without a date come last.
    Raises BadQuery for a cursor that is not of this order, a document id that is no number, or `nearest` without
    a window.
    """
    asked = _asked(query)
    found = conn.execute(_in_order(query, asked.never, select_events()), asked.place).mappings().all()
    rows = tuple(event_row(row) for row in found[: query.limit])
    if len(found) <= query.limit:
        return Page(rows, None)
    return Page(rows, order_of(query).cursor(found[query.limit - 1]["position"], rows[-1].id))


def page_of_columns(conn: Connection, query: EventQuery, names: tuple[str, ...]) -> Page[tuple[Any, ...]]:
    """The same page as tuples of these columns of the wire, the id among them."""
    asked = _asked(query)
    found = _columns_in_order(asked.query, asked.never, names).run(conn, asked.values, **asked.place).fetchall()
    rows: tuple[tuple[Any, ...], ...] = tuple(tuple(row[:-1]) for row in found[: query.limit])
    if len(found) <= query.limit:
        return Page(rows, None)
    return Page(rows, order_of(query).cursor(found[query.limit - 1][-1], rows[-1][names.index("id")]))


@lru_cache(maxsize=_STATEMENTS)
def _columns_in_order(query: EventQuery, never: bool | None, names: tuple[str, ...]) -> Prepared:
    return prepared(_in_order(query, never, select_columns(names, as_json=False)))


def page_of_json(
    conn: Connection, query: EventQuery, names: tuple[str, ...], labels: Mapping[str, str], base: str
) -> Page[str]:
    """The same page as the JSON of these columns, which the server writes. `labels`: the kinds for people; `base`: what
    begins each event's address."""
    asked = _asked(query)
    statement = _json_in_order(asked.query, asked.never, names)
    found = statement.run(conn, asked.values, labels=Jsonb(labels), base=base, **asked.place).fetchall()
    told = tuple(row.told for row in found[: query.limit])
    if len(found) <= query.limit:
        return Page(told, None)
    last = found[query.limit - 1]
    return Page(told, order_of(query).cursor(last.position, last.id))


@lru_cache(maxsize=_STATEMENTS)
def _json_in_order(query: EventQuery, never: bool | None, names: tuple[str, ...]) -> Prepared:
    order = order_of(query)
    wanted = ids_in_order(query, order, never=never, limit=query.limit + 1).subquery()
    row = select_json(names, wanted.c.id).lateral("told")
    told = cast(func.row_to_json(row.table_valued()), Text).label("told")
    asked = select(told, cast(wanted.c.position, Text).label("position"), wanted.c.id).join_from(wanted, row, true())
    return prepared(asked.order_by(*order.directed(wanted.c.undated, wanted.c.position, wanted.c.id)))


def _in_order(query: EventQuery, never: bool | None, events: Select[Any]) -> Select[Any]:
    """The events of a page and one more, with the `position` that a cursor tells as last column."""
    order = order_of(query)
    wanted = ids_in_order(query, order, never=never, limit=query.limit + 1).subquery()
    return (
        events.add_columns(cast(wanted.c.position, Text).label("position"))
        .join(wanted, wanted.c.id == event.c.id)
        .order_by(*order.directed(wanted.c.undated, wanted.c.position, wanted.c.id))
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """A page in such terms that its statement does for others of the same shape: `query` without its cursor, with
    stand-ins for `values`; the `place` where the cursor points, and whether it is among the undated (`never`)."""

    query: EventQuery
    values: Told
    never: bool | None
    place: dict[str, str]


def _asked(query: EventQuery) -> _Asked:
    place = order_of(query).place(query)
    never = is_never(place[0]) if place else None
    told = {"position": place[0], "event_id": place[1]} if place else {}
    plain = replace(query, cursor=None)
    if query.sort is Sort.NEAREST:  # its key is reckoned from the window
        return _Asked(plain, {}, never, told)
    asked = shape(plain)
    return _Asked(asked.query, asked.values, never, told)


def previous_cursor(conn: Connection, query: EventQuery) -> str | None:
    """The cursor of the page before the one that the query's cursor begins; empty where that is the first page, None
    where there is none before."""
    asked = _asked(query)
    if asked.never is None:
        return None
    found = _back(asked.query, asked.never).run(conn, asked.values, **asked.place).fetchall()
    if len(found) <= query.limit:
        return "" if found else None
    return order_of(query).cursor(found[-1].position, found[-1].id)


@lru_cache(maxsize=_STATEMENTS)
def _back(query: EventQuery, never: bool) -> Prepared:
    """Places of one more than a page, from the last to the first."""
    order = order_of(query)
    found = ids_back(query, order, never=never, limit=query.limit + 1).subquery()
    asked = select(cast(found.c.position, Text).label("position"), found.c.id)
    return prepared(asked.order_by(*order.directed(found.c.undated, found.c.position, found.c.id, back=True)))


def stream(conn: Connection, query: EventQuery) -> Iterator[EventRow]:
    """All events of a query in its order, `limit` aside, from `cursor` on, fetched page by page.

    Each page is a question of its own: run it in a REPEATABLE READ transaction where all must be of one moment.
    """
    following = replace(query, limit=_BATCH)
    while True:
        part = page(conn, following)
        yield from part.rows
        if part.next_cursor is None:
            return
        following = replace(following, cursor=part.next_cursor)


def count(conn: Connection, query: EventQuery, *, exact: bool) -> int:
    """How many events a query matches, `limit` and `cursor` aside; the planner's estimate unless `exact`."""
    asked = shape(replace(query, cursor=None, limit=0, sort=Sort.DATE))
    if exact:
        return int(_count(asked.query).run(conn, asked.values).scalar_one())
    return estimated_rows(_estimate(asked.query).run(conn, asked.values).scalar_one())


@lru_cache(maxsize=_STATEMENTS)
def _count(query: EventQuery) -> Prepared:
    return prepared(select(func.count()).select_from(event).where(*everything(query)))


@lru_cache(maxsize=_STATEMENTS)
def _estimate(query: EventQuery) -> Prepared:
    return prepared(Explain(select(event.c.id).where(*everything(query))))


def hidden_by(conn: Connection, query: EventQuery) -> dict[str, int]:
    """How many more events of each modality the query would find with modality=all."""
    if not query.modality:
        return {}
    shown = event.c.modality.in_(query.modality.wanted) if query.modality.wanted else literal(True)
    hidden = ~(shown & event.c.modality.not_in(query.modality.unwanted))
    asked = (
        select(event.c.modality, func.count().label("n"))
        .where(hidden, *everything(replace(query, modality=Choice())))
        .group_by(event.c.modality)
        .order_by(event.c.modality)
    )
    return {row.modality: row.n for row in conn.execute(asked)}


def undated(conn: Connection, query: EventQuery) -> int:
    """How many events the query leaves out because nothing is known of their date."""
    if query.when is None:
        return 0
    asked = shape(replace(query, when=None, cursor=None))
    return int(_undated(asked.query).run(conn, asked.values).scalar_one())


@lru_cache(maxsize=_STATEMENTS)
def _undated(query: EventQuery) -> Prepared:
    found = [*conditions(query), event.c.d_order == INFINITY, event.c.precision == Precision.UNKNOWN]
    return prepared(select(func.count()).select_from(event).where(*found))


def one_end_known(conn: Connection, query: EventQuery) -> int:
    """How many of the events that a window finds have a date of which only one end is known; where the query is not
    `loose`, how many more it would find if it were. Counted up to MOST_COUNTED."""
    if query.when is None or not query.when.known:
        return 0
    asked = shape(replace(query, cursor=None))
    return int(_one_end_known(asked.query).run(conn, asked.values).scalar_one())


@lru_cache(maxsize=_STATEMENTS)
def _one_end_known(query: EventQuery) -> Prepared:
    assert query.when is not None
    if query.loose:
        found = [*everything(query), ONE_END]
    else:
        found = [*conditions(query), IS_VAGUE, reaching_in(query.when), ONE_END]
    some = select(event.c.id).where(*found).limit(MOST_COUNTED).subquery()
    return prepared(select(func.count()).select_from(some))


def ids_beginning(conn: Connection, beginning: str, *, limit: int) -> tuple[str, ...]:
    """Ids of events that begin with these letters and digits, in order."""
    last = beginning + "z" * ID_LENGTH  # ids have lower-case letters and digits only
    asked = select(event.c.id).where(event.c.id.between(beginning, last)).order_by(event.c.id).limit(limit)
    return tuple(name for name in conn.execute(asked).scalars() if name.startswith(beginning))


def columns_of(conn: Connection, ids: Sequence[str], names: tuple[str, ...], *, as_json: bool) -> list[tuple[Any, ...]]:
    """Events as tuples of these columns of the wire, in no order. `as_json`: lists are text of JSON."""
    if not ids:
        return []
    with planned_once(conn):
        return [tuple(row) for row in _by_id(names, as_json).run(conn, ids=list(ids)).fetchall()]


@lru_cache(maxsize=_STATEMENTS)
def _by_id(names: tuple[str, ...], as_json: bool) -> Prepared:
    one_of = event.c.id == func.any(bindparam("ids", type_=ARRAY(Text), required=False))
    return prepared(select_columns(names, as_json=as_json).where(one_of), fixed=True)
