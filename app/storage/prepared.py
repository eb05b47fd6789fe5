"""Statements made once for the same question: to build and compile one takes longer than the database does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Connection, CursorResult, Executable
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import replacement_traverse

from app.storage.columns import OpenDay

_DIALECT = psycopg.dialect()  # type: ignore[no-untyped-call]


class AnyDay(date):
    """A day of a statement in whose place another goes each time."""


class AnyWord(str):
    """A word of a statement in whose place another goes each time."""


StandIn = AnyDay | AnyWord
Told = Mapping[StandIn, date | str]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement as text with its values, of which `standing_in` (by the names of the parameters) are to be told each
    time. Results come as the driver has them: no column type of ours is applied."""

    text: str
    values: Mapping[str, Any]
    standing_in: Mapping[str, StandIn]

    def run(self, conn: Connection, told: Told | None = None, /, **values: Any) -> CursorResult[Any]:
        """`told`: what each stand-in stands for, KeyError where one is missing; `values`: those of this time, by the
        names of the statement's parameters."""
        put = {name: told[one] for name, one in self.standing_in.items()} if told is not None else {}
        return conn.exec_driver_sql(self.text, {**self.values, **put, **values})


def prepared(statement: Executable, *, constant: bool = False, fixed: bool = False) -> Prepared:
    """`constant`: nothing of it changes from time to time, so that the server plans it once a connection; `fixed`:
    nothing but the stand-ins, so that one plan does for all of them."""
    assert isinstance(statement, ClauseElement)
    told: Any = replacement_traverse(statement, {}, _fixed) if fixed else statement
    compiled = told.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True, "literal_binds": constant})
    assert isinstance(compiled, SQLCompiler)
    values = dict(compiled.params)
    for name, bind in compiled.binds.items():
        if isinstance(bind.type, OpenDay) and values.get(name, "") is None:
            values[name] = bind.type.kept(None)
    standing_in = {name: value for name, value in values.items() if isinstance(value, StandIn)}
    return Prepared(str(compiled), values, standing_in)


def _fixed(element: Any, **_: Any) -> Any:
    """A value that is written into the text; None for anything else, as what is told each time."""
    if isinstance(element, BindParameter) and not isinstance(element.value, StandIn | None):
        return element.render_literal_execute()
    return None


@contextmanager
def planned_once(conn: Connection) -> Iterator[None]:
    """What is asked inside is planned once a connection, not for each value: for statements of which the values do not
    change the plan. An error ends it with the transaction."""
    conn.exec_driver_sql(_PLANNED.format("force_generic_plan"))
    yield
    conn.exec_driver_sql(_PLANNED.format("force_custom_plan"))


_PLANNED = "SELECT set_config('plan_cache_mode', '{}', true)"
