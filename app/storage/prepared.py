"""Statements made once for the same question: to build and compile one takes longer than the database does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.sql import ClauseElement

_DIALECT = psycopg.dialect()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement as text with its values. Results come as the driver has them: no column type of ours is applied."""

    text: str
    values: Mapping[str, Any]

    def run(self, conn: Connection, **values: Any) -> CursorResult[Any]:
        """`values`: those of this time, by the names of the statement's parameters."""
        return conn.exec_driver_sql(self.text, {**self.values, **values})


def prepared(statement: Executable, *, constant: bool = False) -> Prepared:
    """`constant`: nothing of it changes from time to time, so that the server plans it once a connection."""
    assert isinstance(statement, ClauseElement)
    compiled = statement.compile(
        dialect=_DIALECT, compile_kwargs={"render_postcompile": True, "literal_binds": constant}
    )
    return Prepared(str(compiled), compiled.params)
