"""Sums by span and sums by kind in one pass over the same cells: what surrounds a day is told from its margins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Row, bindparam, cast, func, or_, select, tuple_

from app.domain.queries import By, EventQuery, Sort
from app.domain.spans import TimeSpan
from app.storage.by_actor import of_actor
from app.storage.columns import INFINITY, MINUS_INFINITY, EndDay, StartDay
from app.storage.prepared import Prepared, prepared
from app.storage.rollups import MOST_CELLS, Grain, counted
from app.storage.shapes import shape

_STATEMENTS = 256  # kept for questions of the same shape
_SIDES = 2
_NO_SIDE = ("infinity", "-infinity")


@dataclass(frozen=True, slots=True)
class Margins:
    """`spans`: rows that begin with (start, end, n), an open end is None. `kinds`: how many of each. `whole` is False
    where there were more than MOST_CELLS spans and kinds."""

    spans: Sequence[Row[Any]]
    kinds: dict[str, int]
    whole: bool


def margins(conn: Connection, query: EventQuery, grain: Grain, sides: Sequence[TimeSpan] | None = None) -> Margins:
    """What the query's events come to; `limit`, `sort` and `cursor` aside. The kinds are of dates with both ends, or of
    those within one of at most two `sides`, which have both ends too."""
    asked = shape(replace(query, limit=0, sort=Sort.DATE, cursor=None))
    statement = _margins(asked.query, grain, sides is not None)
    rows = statement.run(conn, asked.values, **_told(sides or ())).fetchall()
    kinds = {row.kind: row.inside for row in rows if row.is_kind and row.inside}
    return Margins([row for row in rows if not row.is_kind], kinds, len(rows) <= MOST_CELLS)


def _told(sides: Sequence[TimeSpan]) -> dict[str, Any]:
    ends = [(side.start, side.end) for side in sides] + [_NO_SIDE] * (_SIDES - len(sides))
    return {f"{name}_{at}": end for at, pair in enumerate(ends) for name, end in zip(_ENDS, pair, strict=True)}


_ENDS = ("start", "end")


@lru_cache(maxsize=_STATEMENTS)
def _margins(query: EventQuery, grain: Grain, by_sides: bool) -> Prepared:
    by_day = of_actor(query) if grain is Grain.DAY and not by_sides else None
    cells = by_day or counted(query, grain, By.KIND)
    start, end, n = cells.start, cells.end, cells.sums["n"]
    held = _in_sides(start, end) if by_sides else (start > MINUS_INFINITY) & (end < INFINITY)
    asked = (
        select(
            start.label("start"),
            end.label("end"),
            cast(func.sum(n), BigInteger).label("n"),
            cells.group.label("kind"),
            cast(func.sum(n).filter(held), BigInteger).label("inside"),
            func.grouping(start).label("is_kind"),
        )
        .select_from(cells.rows)
        .where(*cells.filters)
        .group_by(func.grouping_sets(tuple_(start, end), tuple_(cells.group)))
        .having(func.sum(n) > 0)
        .limit(MOST_CELLS + 1)
    )
    return prepared(asked)


def _in_sides(start: ColumnElement[Any], end: ColumnElement[Any]) -> ColumnElement[bool]:
    def told(name: str, kind: type[StartDay] | type[EndDay]) -> ColumnElement[Any]:
        return bindparam(name, type_=kind, required=False)

    return or_(*((start >= told(f"start_{at}", StartDay)) & (end <= told(f"end_{at}", EndDay)) for at in range(_SIDES)))
