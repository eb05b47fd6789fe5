"""Questions about many events: lists, counts, what lies around a day. All take a domain `EventQuery`.

A question with a window (`when`) leaves events without any date out; `undated` counts them. An actor asked for by
a state's code stands for the people and bodies of that state too. Retracted events are found only by their status.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Integer,
    Select,
    Text,
    bindparam,
    cast,
    func,
    literal,
    select,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY

from app.domain.queries import Choice, EventQuery, Sort
from app.domain.spans import Precision, TimeSpan
from app.storage.columns import INFINITY
from app.storage.event_rows import event_row, select_columns, select_events, select_json
from app.storage.explain import Explain, estimated_rows
from app.storage.filters import (
    IS_DAY,
    IS_VAGUE,
    NARROW,
    ONE_END,
    Condition,
    conditions,
    everything,
    reaching_in,
    span_length,
    touching,
    window,
)
from app.storage.orders import Source, events_by_date, ids_in_order, order_of, source_by_date
from app.storage.prepared import Prepared, Told, prepared
from app.storage.rows import EventRow, Nearest, Page
from app.storage.shapes import DAY, DAY_AFTER, of_day, shape
from app.storage.summaries import FACETS, MOST_VALUES, coverage, data_version, facets, sizes
from app.storage.tables import event

__all__ = [
    "FACETS", "MOST_VALUES", "columns_of", "count", "coverage", "data_version", "facets", "hidden_by", "ids_beginning",
    "nearest", "one_end_known", "page", "page_of_columns", "page_of_json", "sizes", "stream",
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
    found = conn.execute(_in_order(query, select_events())).mappings().all()
    rows = tuple(event_row(row) for row in found[: query.limit])
    if len(found) <= query.limit:
        return Page(rows, None)
    return Page(rows, order_of(query).cursor(found[query.limit - 1]["position"], rows[-1].id))


def page_of_columns(conn: Connection, query: EventQuery, names: tuple[str, ...]) -> Page[tuple[Any, ...]]:
    """The same page as tuples of these columns of the wire, the id among them."""
    found = _columns_in_order(query, names).run(conn).fetchall()
    rows: tuple[tuple[Any, ...], ...] = tuple(tuple(row[:-1]) for row in found[: query.limit])
    if len(found) <= query.limit:
        return Page(rows, None)
    return Page(rows, order_of(query).cursor(found[query.limit - 1][-1], rows[-1][names.index("id")]))


@lru_cache(maxsize=_STATEMENTS)
def _columns_in_order(query: EventQuery, names: tuple[str, ...]) -> Prepared:
    return prepared(_in_order(query, select_columns(names, as_json=False)))


def page_of_json(
    conn: Connection, query: EventQuery, names: tuple[str, ...], labels: Mapping[str, str], base: str
) -> Page[str]:
    """The same page as the JSON of these columns, which the server writes. `labels`: the kinds for people; `base`: what
    begins each event's address."""
    found = _json_in_order(query, names).run(conn, labels=Jsonb(labels), base=base).fetchall()
    told = tuple(row.told for row in found[: query.limit])
    if len(found) <= query.limit:
        return Page(told, None)
    last = found[query.limit - 1]
    return Page(told, order_of(query).cursor(last.position, last.id))


@lru_cache(maxsize=_STATEMENTS)
def _json_in_order(query: EventQuery, names: tuple[str, ...]) -> Prepared:
    order = order_of(query)
    wanted = ids_in_order(query, order, limit=query.limit + 1).subquery()
    row = select_json(names, wanted.c.id).lateral("told")
    told = cast(func.row_to_json(row.table_valued()), Text).label("told")
    asked = select(told, cast(wanted.c.position, Text).label("position"), wanted.c.id).join_from(wanted, row, true())
    return prepared(asked.order_by(*order.directed(wanted.c.undated, wanted.c.position, wanted.c.id)))


def _in_order(query: EventQuery, events: Select[Any]) -> Select[Any]:
    """The events of a page and one more, with the `position` that a cursor tells as last column."""
    order = order_of(query)
    wanted = ids_in_order(query, order, limit=query.limit + 1).subquery()
    return (
        events.add_columns(cast(wanted.c.position, Text).label("position"))
        .join(wanted, wanted.c.id == event.c.id)
        .order_by(*order.directed(wanted.c.undated, wanted.c.position, wanted.c.id))
    )


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
    if exact:
        return int(conn.execute(select(func.count()).select_from(event).where(*everything(query))).scalar_one())
    return estimated_rows(_estimate(replace(query, cursor=None)).run(conn).scalar_one())


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


def nearest(conn: Connection, day: date, query: EventQuery, *, before: int, after: int) -> Nearest:
    """The ids of the events nearest to a day on either side, at most `before` and `after` of them, and at most
    `query.limit` each of that day and of wider dates that hold it. `query.when` is the window, where there is one."""
    asked = shape(replace(query, limit=0, sort=Sort.DATE, cursor=None))
    days = {**asked.values, **of_day(day)}
    sides = _nearest(asked.query, is_last=day == date.max)
    most = {"before": before, "same_day": query.limit, "overlapping": query.limit, "after": after}
    found = _closest(conn, sides.near, days, most)
    # Of a year that holds the day there may be thousands; mostly the narrow ones fill the list.
    if (missing := query.limit - len(found["overlapping"])) > 0:
        found["overlapping"] += _closest(conn, sides.wide, days, {"wide": missing})["wide"]
    return Nearest(**found)


@dataclass(frozen=True, slots=True)
class _Sides:
    """Statements that give (side, id), of as many events on each side as `most_<side>` says."""

    near: Prepared
    wide: Prepared


@lru_cache(maxsize=_STATEMENTS)
def _nearest(query: EventQuery, *, is_last: bool) -> _Sides:
    """Around DAY; `is_last`: around one that no other follows."""
    rows, vague = source_by_date(query), events_by_date(query)
    earlier = _days(literal(DAY, Date) - event.c.d_end)
    later = _days(event.c.d_start - literal(DAY, Date))
    holding = IS_VAGUE & touching(TimeSpan.since(DAY) if is_last else TimeSpan(DAY, DAY_AFTER, Precision.DAY))
    end = literal(query.when.end, Date) if query.when and query.when.end else INFINITY
    before_day = _Scan(rows, IS_DAY & (rows.key < DAY), rows.key.desc(), vague=False)
    before_vague = _Scan(vague, IS_VAGUE & (event.c.d_end <= DAY), event.c.d_end.desc(), vague=True)
    after_day = _Scan(rows, (rows.key > DAY) & (rows.key < end) & (event.c.d_start > DAY), rows.key)
    on_day = _Scan(rows, IS_DAY & (rows.key == DAY), rows.key, vague=False)
    narrow, wide = (_Scan(vague, holding & part, span_length(), vague=True, walked=False) for part in (NARROW, ~NARROW))
    near = {
        "before": _Side([before_day, before_vague], earlier),
        "same_day": _Side([on_day], literal(0)),
        "overlapping": _Side([narrow], span_length()),
        "after": _Side([after_day], later),
    }
    return _Sides(_merged(query, near), _merged(query, {"wide": _Side([wide], span_length())}))


def columns_of(conn: Connection, ids: Sequence[str], names: tuple[str, ...], *, as_json: bool) -> list[tuple[Any, ...]]:
    """Events as tuples of these columns of the wire, in no order. `as_json`: lists are text of JSON."""
    if not ids:
        return []
    return [tuple(row) for row in _by_id(names, as_json).run(conn, ids=list(ids))]


@lru_cache(maxsize=_STATEMENTS)
def _by_id(names: tuple[str, ...], as_json: bool) -> Prepared:
    one_of = event.c.id == func.any(bindparam("ids", type_=ARRAY(Text), required=False))
    return prepared(select_columns(names, as_json=as_json).where(one_of))


@dataclass(frozen=True, slots=True)
class _Scan:
    """Events that meet a condition, in an order that an index gives (`walked`) or that is made of a few. `vague` tells
    which branch of a window they can be in, None for either: the server would look for days among vague dates until it
    had seen them all."""

    source: Source
    part: Condition
    order: ColumnElement[Any]
    vague: bool | None = None
    walked: bool = True

    def branches(self, query: EventQuery) -> Sequence[Condition]:
        found = window(query, self.source.key, walked=self.walked)
        return found if self.vague is None or len(found) == 1 else found[int(self.vague) :][:1]


@dataclass(frozen=True, slots=True)
class _Side:
    """What is merged for one place of an answer: least distant first; the id breaks ties."""

    scans: Sequence[_Scan]
    distance: ColumnElement[int]

    def asked(self, query: EventQuery, name: str) -> Select[Any]:
        most = bindparam(f"most_{name}", type_=Integer, required=False)
        union = union_all(*(select(part.limit(most).subquery()) for part in self._parts(query))).subquery()
        nearest = select(literal(name, Text).label("side"), union.c.id, union.c.distance)
        return nearest.order_by(union.c.distance, union.c.id).limit(most)

    def _parts(self, query: EventQuery) -> Iterator[Select[Any]]:
        for scan in self.scans:
            source = scan.source
            for branch in scan.branches(query):
                asked = select(source.event_id.label("id")).add_columns(self.distance.label("distance"))
                asked = asked.select_from(source.rows).where(*source.filters, branch, scan.part)
                yield asked.order_by(scan.order, source.event_id)


def _days(difference: ColumnElement[Any]) -> ColumnElement[int]:
    return type_coerce(difference, Integer)


def _merged(query: EventQuery, sides: Mapping[str, _Side]) -> Prepared:
    union = union_all(*(select(side.asked(query, name).subquery()) for name, side in sides.items())).subquery()
    return prepared(select(union.c.side, union.c.id).order_by(union.c.side, union.c.distance, union.c.id))


def _closest(conn: Connection, statement: Prepared, days: Told, most: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """The ids for each side, so many at most."""
    found = statement.run(conn, days, **{f"most_{name}": number for name, number in most.items()}).fetchall()
    return {name: tuple(row.id for row in found if row.side == name) for name in most}
