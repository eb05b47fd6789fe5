"""The counts kept beside the events, as tables: what the triggers of the migration `rollups` keep right.

Each row is a part of a sum: its key may stand in several rows, of which those with `fresh` > 0 are not yet folded into
the one with 0. Readers add up. Counted is what is said to have happened and is not retracted.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Index,
    Integer,
    Table,
    Text,
    literal_column,
    text,
)

from app.storage.columns import EndDay, StartDay
from app.storage.tables import metadata


def _part() -> Column[int]:
    return Column("fresh", BigInteger, primary_key=True, server_default="0")


def _sums(*more: str) -> list[Column[int]]:
    """`quad1` to `quad4` count by quad class, `goldstein` is a sum of hundredths."""
    names = ("n", "quad1", "quad2", "quad3", "quad4", "goldstein", "reports", *more)
    return [Column(name, BigInteger, nullable=False) for name in names]


event_day = Table(
    "event_day",
    metadata,
    Column("d_start", StartDay, primary_key=True),
    Column("d_end", EndDay, primary_key=True),
    Column("kind", Text, primary_key=True),
    _part(),
    *_sums(),
    Index("ix_event_day_fresh", "fresh", postgresql_where=text("fresh > 0")),
    Index(
        "ix_event_day_vague",
        text("daterange(d_start, d_end)"),
        postgresql_using="gist",
        postgresql_where=text("d_end > d_start + 1"),
    ),
)
IS_LONGER: ColumnElement[bool] = literal_column("event_day.d_end > event_day.d_start + 1", Boolean)
IS_NARROW: ColumnElement[bool] = literal_column("event_day.d_end <= event_day.d_start + 31", Boolean)
IS_ONE_DAY: ColumnElement[bool] = literal_column("event_day.d_end = event_day.d_start + 1", Boolean)

# `m_start` and `m_end` are the first day of the first month and the day after the last of those that hold the event.
actor_month = Table(
    "actor_month",
    metadata,
    Column("actor_id", Text, primary_key=True),  # "": of whomever
    Column("m_start", StartDay, primary_key=True),
    Column("m_end", EndDay, primary_key=True),
    Column("kind", Text, primary_key=True),
    _part(),
    *_sums("sent", "received"),
    Index("ix_actor_month_fresh", "fresh", postgresql_where=text("fresh > 0")),
)

# Actors by date: `named` counts the events that name them, and not only a person or body of theirs.
actor_day = Table(
    "actor_day",
    metadata,
    Column("d_start", StartDay, primary_key=True),
    Column("d_end", EndDay, primary_key=True),
    Column("actor_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    _part(),
    Column("n", Integer, nullable=False),
    Column("named", Integer, nullable=False),
    Index("ix_actor_day_fresh", "fresh", postgresql_where=text("fresh > 0")),
)

# With whom an actor has events by date: `n` of them name `met_id`, who is across from it (one did it, to the other).
pair_day = Table(
    "pair_day",
    metadata,
    Column("actor_id", Text, primary_key=True),
    Column("d_start", StartDay, primary_key=True),
    Column("d_end", EndDay, primary_key=True),
    Column("met_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    _part(),
    Column("n", Integer, nullable=False),
    Index("ix_pair_day_fresh", "fresh", postgresql_where=text("fresh > 0")),
)

# What `actor_month` comes to over all kinds, of actors only.
actor_total = Table(
    "actor_total",
    metadata,
    Column("actor_id", Text, primary_key=True),
    Column("m_start", StartDay, primary_key=True),
    Column("m_end", EndDay, primary_key=True),
    _part(),
    Column("n", BigInteger, nullable=False),
    Index("ix_actor_total_fresh", "fresh", postgresql_where=text("fresh > 0")),
)

# Pairs of which one is source and the other target. `sent` goes from a to b. Events that name both are counted apart
# from those in which a state has its part through another; `named` counts the former in either row.
dyad_month = Table(
    "dyad_month",
    metadata,
    Column("a_id", Text, primary_key=True),
    Column("b_id", Text, primary_key=True),
    Column("m_start", StartDay, primary_key=True),
    Column("m_end", EndDay, primary_key=True),
    Column("is_named", Boolean, primary_key=True, server_default=text("false")),
    _part(),
    *_sums("sent", "received", "named"),
    CheckConstraint("a_id < b_id", name="ordered"),
    Index("ix_dyad_month_fresh", "fresh", postgresql_where=text("fresh > 0")),
    Index(None, "b_id", "m_start"),
    Index(None, "m_start"),
)

# The events of each pair as in `dyad_month`, retracted ones too: what triggers on `event_actor` keep.
event_pair = Table(
    "event_pair",
    metadata,
    Column("event_id", Text, primary_key=True),
    Column("a_id", Text, primary_key=True),
    Column("b_id", Text, primary_key=True),
    Column("d_order", EndDay, nullable=False),
    CheckConstraint("a_id < b_id", name="ordered"),
    Index("ix_event_pair_order", "a_id", "b_id", "d_order", "event_id"),
)
