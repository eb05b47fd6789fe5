"""The schema as Core tables: the only description that migrations are compared with.

Four things live in the migrations alone, since no table can tell them: the extensions, the text search
configuration `news` (English without accents), the triggers that refuse an event without a mention, and those that
keep the rollups (`rollup_tables`) right or note each change of the data in `data_change`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    DateTime,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, DATERANGE, JSONB, TSVECTOR

from app.domain.actors import ActorType
from app.domain.dates import Basis
from app.domain.documents import MOST_CHARACTERS, Reading
from app.domain.events import Modality, Role, Status
from app.domain.spans import LONGEST, Precision
from app.storage.columns import EndDay, StartDay

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _one_of(column: str, values: type[ActorType | Basis | Reading | Modality | Role | Status | Precision]) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


def _bounded(start: str, end: str, precision: str) -> str:
    """No class of precision lasts longer than its name says; the overlap query relies on it."""
    lengths = " ".join(f"WHEN '{name}' THEN {days}" for name, days in LONGEST.items())
    return (
        f"CASE WHEN {precision} NOT IN ({', '.join(repr(str(name)) for name in LONGEST)}) THEN true "
        f"WHEN NOT isfinite({start}) OR NOT isfinite({end}) THEN false "
        f"ELSE {end} - {start} <= CASE {precision} {lengths} END END"
    )


def _claim_columns() -> list[Column[object]]:
    """What a mention claims and an event takes over from its leading mention."""
    return [
        Column("kind", Text, nullable=False),
        Column("plover", Text),
        Column("mode", Text, nullable=False),
        Column("cameo", Text, nullable=False),
        Column("quad", SmallInteger, nullable=False),
        Column("goldstein", Double, nullable=False),
        Column("d_start", StartDay, nullable=False),
        Column("d_end", EndDay, nullable=False),
        Column("precision", Text, nullable=False),
        Column("approximate", Boolean, nullable=False),
        Column("edtf", Text, nullable=False),
        Column("basis", Text, nullable=False),
        Column("derivation", JSONB, nullable=False),
        Column("object", Text),
        Column("quantity", Text),
        Column("place_name", Text),
        Column("country", Text),
        Column("latitude", Double),
        Column("longitude", Double),
        Column("geo_precision", Text, nullable=False),
        Column("modality", Text, nullable=False),
        Column("attribution", Text),
        Column("role", Text, nullable=False),
        Column("confidence", Double, nullable=False),
        *_day_columns("reported"),
        *_day_columns("planned"),
        Column("value_amount", Double),
        Column("value_currency", Text),
        Column("instrument", Text),
        *_day_columns("deadline"),
    ]


def _day_columns(name: str) -> list[Column[object]]:
    """Days beside the date itself, half-open: all null where the text tells none, one end null where it is open."""
    return [Column(f"{name}_start", Date), Column(f"{name}_end", Date), Column(f"{name}_edtf", Text)]


def _day_checks(name: str) -> list[CheckConstraint]:
    start, end = f"{name}_start", f"{name}_end"
    return [
        CheckConstraint(f"{end} > {start}", name=f"{name}_forward"),
        CheckConstraint(f"({name}_edtf IS NULL) = (num_nulls({start}, {end}) = 2)", name=f"{name}_whole"),
    ]


def _claim_checks() -> list[CheckConstraint]:
    return [
        CheckConstraint("d_end > d_start", name="span_forward"),
        CheckConstraint(_bounded("d_start", "d_end", "precision"), name="span_bounded"),
        CheckConstraint(_one_of("precision", Precision), name="precision"),
        CheckConstraint(_one_of("basis", Basis), name="basis"),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
        CheckConstraint(_one_of("modality", Modality), name="modality"),
        CheckConstraint(_one_of("role", Role), name="role"),
        CheckConstraint("latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180", name="coordinates"),
        *_day_checks("reported"),
        *_day_checks("planned"),
        CheckConstraint("(value_amount IS NULL) = (value_currency IS NULL)", name="value_whole"),
        *_day_checks("deadline"),
    ]


def _instant(name: str) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=False, server_default=func.now())


def _published() -> list[Column[Any] | CheckConstraint]:
    """The span of the publication: a document's own, and that of who printed its text besides."""
    columns: list[Column[Any]] = [
        Column("published_start", Date),
        Column("published_end", Date),
        Column("published_precision", Text),
        Column("published_approximate", Boolean),
        Column("published_edtf", Text),
    ]
    names = ", ".join(column.name for column in columns)
    return [*columns, CheckConstraint(f"num_nulls({names}) IN (0, 5)", name="published_whole")]


document = Table(
    "document",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("length", Integer, Computed("char_length(text)", persisted=True), nullable=False),
    Column("url", Text),
    Column("title", Text),
    Column("publisher", Text),
    # null where nothing is known of the day of publication; else a span like an event's
    *_published(),
    Column("language", Text),
    Column("status", Text, nullable=False),
    Column("sketch", ARRAY(BigInteger), nullable=False, server_default=text("'{}'")),  # tells copies, see linking/words
    Column("read_by", ForeignKey("run.id")),  # the newest version of the rules that read it
    Column("linked_by", Text),  # the rules of linking by which it was last linked
    _instant("recorded_at"),
    UniqueConstraint("id", "length"),
    CheckConstraint("sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex')", name="sha256_of_text"),
    CheckConstraint(f"char_length(text) BETWEEN 1 AND {MOST_CHARACTERS}", name="length"),
    CheckConstraint("published_end > published_start", name="published_forward"),
    CheckConstraint(_bounded("published_start", "published_end", "published_precision"), name="published_bounded"),
    CheckConstraint(_one_of("published_precision", Precision), name="published_precision"),
    CheckConstraint(_one_of("status", Reading), name="status"),
    Index(None, "recorded_at", "id"),
    Index(None, "published_start", "id"),
    Index(None, "read_by", "id"),
    Index(None, "linked_by", "id"),
    Index("ix_document_publisher", func.lower(text("publisher"))),
)

# Who else printed the very text of a document, which is theirs who printed it first.
reprint = Table(
    "reprint",
    metadata,
    Column("document_id", ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    Column("publisher", Text, primary_key=True),
    Column("url", Text),
    Column("title", Text),
    *_published(),
    _instant("recorded_at"),
    Index("ix_reprint_publisher", func.lower(text("publisher"))),
)

# As it was known before an earlier print was found: whose a document was (`own`), or who printed it besides.
print_past = Table(
    "print_past",
    metadata,
    Column("document_id", ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
    Column("own", Boolean, nullable=False),
    Column("publisher", Text),
    Column("url", Text),
    Column("title", Text),
    *_published(),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("left_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("document_id", "left_at", "own"),
    CheckConstraint("left_at >= recorded_at", name="forward"),
)

run = Table(
    "run",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("version", Text, nullable=False, unique=True),
    _instant("started_at"),
)

# When which version of the rules read which document.
reading = Table(
    "reading",
    metadata,
    Column("document_id", ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
    Column("run_id", ForeignKey("run.id"), nullable=False),
    Column("read_at", DateTime(timezone=True), nullable=False, server_default=func.clock_timestamp()),
    PrimaryKeyConstraint("document_id", "run_id", "read_at"),
)

actor = Table(
    "actor",
    metadata,
    Column("id", Text, primary_key=True),  # ISO 3166 alpha-3 for a state, a slug otherwise
    Column("name", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("state", Text),
    Column("sector", Text, nullable=False),
    Column("source", Text, nullable=False),
    CheckConstraint("id <> '' AND name <> ''", name="named"),
    CheckConstraint(_one_of("type", ActorType), name="type"),
    Index(None, "state"),
    Index("ix_actor_spelt", func.lower(text("id"))),
)

actor_name = Table(
    "actor_name",
    metadata,
    Column("actor_id", ForeignKey("actor.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("folded", Text, nullable=False),  # without case, accents and a leading "the": see names.fold
    Column("d_start", StartDay, nullable=False),
    Column("d_end", EndDay, nullable=False),
    CheckConstraint("d_end > d_start", name="span_forward"),
    Index(None, "folded"),
    Index(
        "ix_actor_name_alike",
        "folded",
        postgresql_using="gin",
        postgresql_ops={"folded": "gin_trgm_ops"},
    ),
)

actor_office = Table(
    "actor_office",
    metadata,
    Column("actor_id", ForeignKey("actor.id", ondelete="CASCADE"), primary_key=True),
    Column("title", Text, primary_key=True),
    Column("state", Text, primary_key=True),
    Column("held", DATERANGE, primary_key=True),  # half-open; an infinite bound is an open end
    CheckConstraint("NOT isempty(held)", name="held_a_day"),
    Index(None, "state", "held", postgresql_using="gist"),
)

# How many days a date leaves open, as the server writes it; the largest number where an end is open.
_LENGTH = """(
CASE
    WHEN isfinite(d_start) AND isfinite(d_end) THEN d_end - d_start
    ELSE 2147483647
END)"""

event = Table(
    "event",
    metadata,
    Column("id", Text, primary_key=True),  # given by linking
    *_claim_columns(),
    # the key of every order by date: the first possible day, of "before X" the last, of undated events infinity
    Column(
        "d_order",
        EndDay,
        Computed(
            "CASE WHEN isfinite(d_start) THEN d_start WHEN isfinite(d_end) THEN (d_end - 1) ELSE 'infinity'::date END",
            persisted=True,
        ),
        nullable=False,
    ),
    Column("title", Text, nullable=False),
    Column("evidence_text", Text, nullable=False),
    Column("document_id", ForeignKey("document.id"), nullable=False),  # of the leading mention
    Column("source_id", ForeignKey("actor.id")),  # the first of source_ids, for the common case
    Column("target_id", ForeignKey("actor.id")),
    Column("source_ids", ARRAY(Text), nullable=False),
    Column("source_names", ARRAY(Text), nullable=False),
    Column("target_ids", ARRAY(Text), nullable=False),
    Column("target_names", ARRAY(Text), nullable=False),
    Column("actors", JSONB, nullable=False),  # all parts with names as told, ready for the wire
    Column("status", Text, nullable=False),
    Column("n_reports", Integer, nullable=False),
    Column("n_publishers", Integer, nullable=False),
    Column("conflicts", JSONB, nullable=False, server_default=text("'[]'")),
    Column(
        "search",
        TSVECTOR,
        Computed(
            "to_tsvector('news'::regconfig, (title || ' '::text) || evidence_text)",
            persisted=True,
        ),
        nullable=False,
    ),
    _instant("recorded_at"),
    _instant("updated_at"),
    Column("version", Integer, nullable=False, server_default="1"),
    *_claim_checks(),
    CheckConstraint("id <> ''", name="id"),
    CheckConstraint(_one_of("status", Status), name="status"),
    CheckConstraint("n_reports >= 1 AND n_publishers >= 0", name="counts"),
    Index(None, "d_order", "id"),
    Index("ix_event_vague", "d_order", "id", postgresql_where=text("precision <> 'day'")),
    Index("ix_event_vague_end", text("d_end DESC"), "id", postgresql_where=text("precision <> 'day'")),
    Index("ix_event_day_back", text("d_order DESC"), "id", postgresql_where=text("precision = 'day'")),
    Index(
        "ix_event_narrow",
        text(_LENGTH),
        "d_start",
        "id",
        postgresql_where=text("precision <> 'day' AND d_end <= d_start + 31"),
    ),
    Index(
        "ix_event_one_end",
        "d_order",
        "id",
        postgresql_where=text("d_start = '-infinity'::date OR d_end = 'infinity'::date"),
    ),
    Index(
        "ix_event_vague_span",
        text("daterange(d_start, d_end)"),
        postgresql_using="gist",
        postgresql_where=text("precision <> 'day'"),
    ),
    Index(
        "ix_event_narrow_span",
        text("daterange(d_start, d_end)"),
        postgresql_using="gist",
        postgresql_where=text("precision <> 'day' AND d_end <= d_start + 31"),
    ),
    Index(None, "kind", "d_order", "id"),
    Index(None, "source_id", "target_id", "d_order"),
    Index(None, "target_id"),
    Index(None, "document_id"),
    Index(None, "country", "d_order"),
    Index(None, "recorded_at", "id"),
    Index(None, "updated_at"),
    Index(None, "n_reports", "d_order", "id"),
    Index(None, "latitude", "longitude", postgresql_where=text("latitude IS NOT NULL")),
    Index(None, "search", postgresql_using="gin"),
)

event_actor = Table(
    "event_actor",
    metadata,
    Column("event_id", ForeignKey("event.id", ondelete="CASCADE"), primary_key=True),
    Column("actor_id", ForeignKey("actor.id"), primary_key=True),
    Column("d_order", EndDay, nullable=False),
    Column("kind", Text, nullable=False),
    Column("is_source", Boolean, nullable=False),
    Column("is_target", Boolean, nullable=False),
    # false where only a person or body of this state acts
    Column("is_named", Boolean, nullable=False),
    # how many days a date leaves open that is not told to the day; the largest number where an end is open
    Column("vague_days", Integer),
    Index(
        "ix_event_actor_order",
        "actor_id",
        "d_order",
        "event_id",
        postgresql_include=["kind", "is_source", "is_target", "is_named"],
    ),
    Index(
        "ix_event_actor_vague",
        "actor_id",
        "d_order",
        "vague_days",
        "event_id",
        postgresql_where=text("vague_days IS NOT NULL"),
    ),
)

mention = Table(
    "mention",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    # null: read by an earlier version of the rules, and no more. Deferred: its event is written after it
    Column("event_id", ForeignKey("event.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED")),
    Column("document_id", BigInteger, nullable=False),
    Column("document_length", Integer, nullable=False),
    Column("run_id", ForeignKey("run.id"), nullable=False),
    Column("rule", Text, nullable=False),
    Column("clause_start", Integer, nullable=False),
    Column("clause_end", Integer, nullable=False),
    Column("trigger_start", Integer, nullable=False),
    Column("trigger_end", Integer, nullable=False),
    Column("words_start", Integer),  # of the words that tell the date
    Column("words_end", Integer),
    Column("cue_start", Integer),  # of the word that shows the modality
    Column("cue_end", Integer),
    *_claim_columns(),
    Column("source", JSONB, nullable=False),
    Column("target", JSONB, nullable=False),
    Column("others", JSONB, nullable=False),
    Column("saying", JSONB),  # who says so, and to whom: see claims.saying_value
    # for linking: the id of the event that it founds or would found, what it is about, its sentence as hashed words,
    # and why it tells the event that it tells: {"score", "reasons", "to"}, null for the first
    Column("claim", Text),
    Column("topic", Text),
    Column("words", ARRAY(Integer), nullable=False, server_default=text("'{}'")),
    Column("link", JSONB),
    Column("withdrawn_by", ForeignKey("run.id")),  # the version that read it no more, or otherwise
    _instant("linked_at"),
    _instant("recorded_at"),
    *_claim_checks(),
    # the length of the text travels with the mention, so that a plain check sees whether offsets lie inside
    ForeignKeyConstraint(["document_id", "document_length"], ["document.id", "document.length"]),
    CheckConstraint(
        "0 <= clause_start AND clause_start <= trigger_start AND trigger_start < trigger_end "
        "AND trigger_end <= clause_end AND clause_end <= document_length",
        name="evidence_inside",
    ),
    CheckConstraint(
        "num_nulls(words_start, words_end) IN (0, 2) AND (words_start IS NULL OR "
        "(0 <= words_start AND words_start < words_end AND words_end <= document_length))",
        name="words_inside",
    ),
    CheckConstraint(
        "num_nulls(cue_start, cue_end) IN (0, 2) AND (cue_start IS NULL OR "
        "(0 <= cue_start AND cue_start < cue_end AND cue_end <= document_length))",
        name="cue_inside",
    ),
    CheckConstraint("rule <> ''", name="rule"),
    Index(None, "event_id"),
    Index(None, "document_id", "trigger_start"),
    Index(None, "run_id"),
    Index(None, "topic", postgresql_where=text("topic IS NOT NULL")),
    Index("ix_mention_claim", "claim", unique=True, postgresql_where=text("event_id IS NOT NULL")),
)

# One row a transaction that changed the data, kept by triggers on every table that answers are made from.
data_change = Table(
    "data_change",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("noted_at", DateTime(timezone=True), nullable=False, server_default=func.clock_timestamp()),
)
