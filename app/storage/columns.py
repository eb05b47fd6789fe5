"""Column types of our own: days whose open end is PostgreSQL's infinity."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Date, Dialect, func, literal_column
from sqlalchemy.sql import ColumnElement
from sqlalchemy.types import TypeDecorator

MINUS_INFINITY = literal_column("'-infinity'::date", Date)
INFINITY = literal_column("'infinity'::date", Date)


class OpenDay(TypeDecorator[date]):
    """A day that is never null: None goes in as an infinity and comes out as None."""

    impl = Date
    cache_ok = True
    infinity = ""

    def kept(self, value: date | None) -> Any:
        """As it goes into the database."""
        return self.infinity if value is None else value

    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:
        return self.kept(value)

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.nullif(column, literal_column(f"'{self.infinity}'::date", Date), type_=Date)


class StartDay(OpenDay):
    """The first day of a half-open span; None is an open beginning."""

    cache_ok = True
    infinity = "-infinity"


class EndDay(OpenDay):
    """The day after the last of a half-open span; None is an open end."""

    cache_ok = True
    infinity = "infinity"
