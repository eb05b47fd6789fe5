"""The tables behind linking: where claims meet, what was decided, and how every event came to be as it is."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from app.storage.tables import event, metadata

CHANGES = ("created", "changed", "merged", "retracted")
ACTIONS = ("split", "merge", "retract", "restore")


def _instant(name: str) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=False, server_default=func.now())


# A place of a mention: claims that may be one event share a number and lie near in time (app/linking/keys.py).
mention_key = Table(
    "mention_key",
    metadata,
    Column("mention_id", ForeignKey("mention.id", ondelete="CASCADE"), nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("reach", SmallInteger, nullable=False),
    Column("start", Date, nullable=False),
    PrimaryKeyConstraint("number", "reach", "start", "mention_id"),
    Index(None, "mention_id"),
)

# Which event a mention told, why, and about what, before any of it changed or it was read no more.
mention_past = Table(
    "mention_past",
    metadata,
    Column("mention_id", ForeignKey("mention.id", ondelete="CASCADE"), nullable=False),
    Column("event_id", Text, nullable=False),
    Column("linked_at", DateTime(timezone=True), nullable=False),
    Column("left_at", DateTime(timezone=True), nullable=False),
    Column("link", JSONB),  # as `mention.link`; null for the first of its event, and before 0034
    Column("topic", Text),
    PrimaryKeyConstraint("mention_id", "left_at"),
    Index(None, "event_id"),
    CheckConstraint("left_at >= linked_at", name="forward"),
)

_GENERATED = ("d_order", "search")  # the views of the past compute them anew

# An event as it was from `updated_at` until `valid_to`.
event_version = Table(
    "event_version",
    metadata,
    *(
        Column(column.name, column.type, nullable=column.nullable)
        for column in event.c
        if column.name not in _GENERATED
    ),
    Column("valid_to", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("id", "valid_to"),
    CheckConstraint("valid_to >= updated_at", name="forward"),
    Index(None, "valid_to"),
)

event_successor = Table(
    "event_successor",
    metadata,
    Column("id", Text, primary_key=True),
    Column("successor_id", Text, nullable=False),
    _instant("recorded_at"),
    CheckConstraint("id <> successor_id", name="other"),
    Index(None, "successor_id"),
)

decision = Table(
    "decision",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("action", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("others", ARRAY(Text), nullable=False),  # the events merged in, or the ids that split reports go by
    Column("claims", ARRAY(Text), nullable=False),  # the claims that it is about
    Column("reason", Text, nullable=False),
    Column("name", Text, nullable=False),
    _instant("recorded_at"),
    CheckConstraint(f"action IN ({', '.join(repr(name) for name in ACTIONS)})", name="action"),
    CheckConstraint("reason <> '' AND name <> ''", name="told"),
    Index(None, "event_id"),
)

# What decisions hold two claims to; kept both ways. A later decision on the same two takes the place of an earlier.
verdict = Table(
    "verdict",
    metadata,
    Column("one", Text, primary_key=True),
    Column("other", Text, primary_key=True),
    Column("apart", Boolean, nullable=False),
    Column("decision_id", ForeignKey("decision.id"), nullable=False),
)

retraction = Table(
    "retraction",
    metadata,
    Column("claim", Text, primary_key=True),
    Column("decision_id", ForeignKey("decision.id"), nullable=False),
)

# Numbered while its writer holds the turn: in the order of the numbers is in the order of the commits.
change = Table(
    "change",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("event_id", Text, nullable=False),
    Column("change", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("successor_id", Text),
    Column("fields", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("cause", Text, nullable=False),
    _instant("recorded_at"),
    CheckConstraint(f"change IN ({', '.join(repr(name) for name in CHANGES)})", name="change"),
    Index(None, "event_id", "number"),
    Index(None, "recorded_at"),
)
