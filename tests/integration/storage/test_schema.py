"""The schema: what migrations build is what the tables say, and what must not be kept is refused by the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg.errors import CheckViolation, ForeignKeyViolation, IntegrityConstraintViolation, UniqueViolation
from sqlalchemy import Connection, Engine, delete, insert, text, update
from sqlalchemy.exc import DBAPIError

from app.domain.documents import Reading
from app.storage import documents, events, runs
from app.storage.columns import MINUS_INFINITY
from app.storage.rollup_tables import metadata
from app.storage.tables import actor, actor_name, document, event, mention
from tests.builders import make_document, make_mention


def keep_event(conn: Connection, event_id: str = "e1") -> str:
    kept = documents.insert(conn, make_document(), status=Reading.READ, language="en")
    run_id = runs.of_version(conn, "test.1")
    report = events.Report(event_id, make_mention(), kept.id, run_id, quote="visited Graustark", title="A visit")
    events.insert(conn, [report])
    return event_id


def refusal(work: Callable[[], Any]) -> BaseException:
    """The database's own error for a piece of work."""
    with pytest.raises(DBAPIError) as caught:
        work()
    assert caught.value.orig is not None
    return caught.value.orig


def test_the_migrations_build_what_the_tables_say(engine: Engine) -> None:
    with engine.connect() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


DAYS = {f"{days}_{part}" for days in ("reported", "planned") for part in ("start", "end", "edtf")}
ADDED = DAYS | {"conflicts", "claim", "topic", "words", "link", "linked_at", "withdrawn_by"}
ADDED |= {"cue_start", "cue_end", "saying"}


def test_a_version_that_knows_nothing_of_the_later_columns_can_still_write(db: Connection) -> None:
    keep_event(db)
    columns = [c.name for c in event.c if c.name != "id" and c.computed is None and c.name not in ADDED]
    listed = ", ".join(columns)
    db.execute(text(f"INSERT INTO event (id, {listed}) SELECT 'old', {listed} FROM event WHERE id = 'e1'"))
    columns = [c.name for c in mention.c if c.name not in ("id", "event_id") and c.name not in ADDED]
    listed = ", ".join(columns)
    db.execute(text(f"INSERT INTO mention (event_id, {listed}) SELECT 'old', {listed} FROM mention"))
    db.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    kept = events.get(db, "old")
    assert kept is not None
    assert (kept.date_reported_edtf, kept.date_planned_edtf) == (None, None)
    [told] = events.evidence(db, "old")
    assert (told.cue_start, told.cue_end, told.saying) == (None, None, None)


@pytest.mark.parametrize("cue", [{"cue_start": 3}, {"cue_start": 3, "cue_end": 3}, {"cue_start": 3, "cue_end": 10**6}])
def test_a_cue_lies_inside_its_document(db: Connection, cue: dict[str, Any]) -> None:
    keep_event(db)
    assert isinstance(refusal(lambda: db.execute(update(mention).values(cue))), CheckViolation)


@pytest.mark.parametrize(
    "days",
    [
        {"planned_start": date(2010, 5, 3), "planned_end": date(2010, 5, 3), "planned_edtf": "2010-05-03"},
        {"planned_start": date(2010, 5, 3)},
        {"reported_edtf": "2010-05-03"},
    ],
)
def test_days_beside_the_date_are_whole_and_run_forward(db: Connection, days: dict[str, Any]) -> None:
    keep_event(db)
    assert isinstance(refusal(lambda: db.execute(update(mention).values(days))), CheckViolation)


def test_an_event_without_a_mention_is_refused_at_commit(db: Connection) -> None:
    keep_event(db)
    columns = ", ".join(column.name for column in event.c if column.name != "id" and column.computed is None)
    db.execute(text(f"INSERT INTO event (id, {columns}) SELECT 'bare', {columns} FROM event WHERE id = 'e1'"))

    error = refusal(lambda: db.execute(text("SET CONSTRAINTS ALL IMMEDIATE")))

    assert isinstance(error, IntegrityConstraintViolation)
    assert "event bare has no evidence" in str(error)


def test_taking_the_last_mention_of_an_event_is_refused_at_commit(db: Connection) -> None:
    keep_event(db)
    db.execute(delete(mention))

    error = refusal(lambda: db.execute(text("SET CONSTRAINTS ALL IMMEDIATE")))

    assert "event e1 has no evidence" in str(error)


def test_moving_the_last_mention_to_another_event_is_refused_at_commit(db: Connection) -> None:
    keep_event(db)
    columns = ", ".join(column.name for column in event.c if column.name != "id" and column.computed is None)
    db.execute(text(f"INSERT INTO event (id, {columns}) SELECT 'e2', {columns} FROM event WHERE id = 'e1'"))
    db.execute(update(mention).values(event_id="e2"))

    assert "event e1 has no evidence" in str(refusal(lambda: db.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))))


def test_emptying_the_mentions_alone_is_refused(db: Connection) -> None:
    keep_event(db)
    db.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))

    assert "without evidence" in str(refusal(lambda: db.execute(text("TRUNCATE mention, mention_key, mention_past"))))


def test_an_event_goes_with_its_mentions(db: Connection) -> None:
    keep_event(db)
    db.execute(delete(event))
    db.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))

    assert db.execute(text("SELECT count(*) FROM mention")).scalar() == 0


def test_a_document_with_evidence_in_it_is_not_deleted(db: Connection) -> None:
    keep_event(db)
    assert isinstance(refusal(lambda: db.execute(delete(document))), ForeignKeyViolation)


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("clause_end", 10_000, "ck_mention_evidence_inside"),
        ("clause_start", -1, "ck_mention_evidence_inside"),
        ("trigger_start", 36, "ck_mention_evidence_inside"),
        ("trigger_end", 61, "ck_mention_evidence_inside"),
        ("words_start", 5, "ck_mention_words_inside"),
        ("rule", "", "ck_mention_rule"),
        ("confidence", 1.01, "ck_mention_confidence"),
        ("modality", "rumoured", "ck_mention_modality"),
        ("precision", "hour", "ck_mention_precision"),
    ],
)
def test_a_mention_with_a_bad_value_is_refused(db: Connection, column: str, value: object, constraint: str) -> None:
    keep_event(db)
    error = refusal(lambda: db.execute(update(mention).values({column: value})))
    assert isinstance(error, CheckViolation)
    assert error.diag.constraint_name == constraint


def test_a_mention_cannot_claim_that_its_document_is_longer_than_it_is(db: Connection) -> None:
    keep_event(db)
    claim = update(mention).values(document_length=10_000, clause_end=9_000)
    assert isinstance(refusal(lambda: db.execute(claim)), ForeignKeyViolation)


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("d_end", "2010-05-03", "ck_event_span_forward"),
        ("d_end", "2010-05-05", "ck_event_span_bounded"),
        ("d_start", MINUS_INFINITY, "ck_event_span_bounded"),
        ("confidence", -0.1, "ck_event_confidence"),
        ("precision", "fortnight", "ck_event_precision"),
        ("basis", "guessed", "ck_event_basis"),
        ("modality", "rumoured", "ck_event_modality"),
        ("role", "aside", "ck_event_role"),
        ("status", "unsure", "ck_event_status"),
        ("latitude", 91, "ck_event_coordinates"),
        ("n_reports", 0, "ck_event_counts"),
        ("n_publishers", -1, "ck_event_counts"),
    ],
)
def test_an_event_with_a_bad_value_is_refused(db: Connection, column: str, value: object, constraint: str) -> None:
    keep_event(db)
    error = refusal(lambda: db.execute(update(event).values({column: value})))
    assert isinstance(error, CheckViolation)
    assert error.diag.constraint_name == constraint


@pytest.mark.parametrize(
    ("precision", "end", "fits"),
    [
        ("week", "2010-05-10", True),
        ("week", "2010-05-11", False),
        ("month", "2010-06-03", True),
        ("month", "2010-06-04", False),
        ("season", "2010-08-04", False),
        ("quarter", "2010-08-04", False),
        ("year", "2011-05-05", False),
        ("decade", "2020-05-04", False),
        ("range", "2040-01-01", True),
        ("after", "infinity", True),
    ],
)
def test_no_class_of_date_lasts_longer_than_its_name(db: Connection, precision: str, end: str, fits: bool) -> None:
    keep_event(db)
    change = text("UPDATE event SET precision = :precision, d_end = :end")
    values = {"precision": precision, "end": end}
    if fits:
        db.execute(change, values)
    else:
        assert "ck_event_span_bounded" in str(refusal(lambda: db.execute(change, values)))


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("text", "an edited text", "ck_document_sha256_of_text"),
        ("sha256", "0" * 64, "ck_document_sha256_of_text"),
        ("status", "lost", "ck_document_status"),
        ("published_start", None, "ck_document_published_whole"),
        ("published_end", "2010-05-04", "ck_document_published_forward"),
        ("published_end", "2010-06-04", "ck_document_published_bounded"),
        ("published_precision", "hour", "ck_document_published_precision"),
    ],
)
def test_a_document_with_a_bad_value_is_refused(db: Connection, column: str, value: object, constraint: str) -> None:
    documents.insert(db, make_document(), status=Reading.READ)
    error = refusal(lambda: db.execute(update(document).values({column: value})))
    assert isinstance(error, CheckViolation)
    assert error.diag.constraint_name == constraint


def test_a_document_without_text_is_refused(db: Connection) -> None:
    error = refusal(lambda: documents.insert(db, make_document(""), status=Reading.NOT_READ))
    assert "ck_document_length" in str(error)


def test_the_same_text_twice_is_refused(db: Connection) -> None:
    documents.insert(db, make_document(), status=Reading.READ)
    again = insert(document).from_select(
        ["sha256", "text", "status"],
        text("SELECT sha256, text, status FROM document").columns(
            document.c.sha256, document.c.text, document.c.status
        ),
    )
    assert isinstance(refusal(lambda: db.execute(again)), UniqueViolation)


def test_an_actor_is_named_and_of_a_known_type(db: Connection) -> None:
    values = {"id": "x", "name": "", "type": "state", "sector": "", "source": ""}
    assert "ck_actor_named" in str(refusal(lambda: db.execute(insert(actor).values(values))))


def test_an_actor_of_an_unknown_type_is_refused(db: Connection) -> None:
    values = {"id": "x", "name": "X", "type": "ghost", "sector": "", "source": ""}
    assert "ck_actor_type" in str(refusal(lambda: db.execute(insert(actor).values(values))))


def test_a_name_that_ends_before_it_begins_is_refused(db: Connection) -> None:
    db.execute(insert(actor).values(id="x", name="X", type="state", sector="", source=""))
    values = {"actor_id": "x", "name": "X", "folded": "x", "d_start": "2010-01-02", "d_end": "2010-01-01"}
    assert "ck_actor_name_span_forward" in str(refusal(lambda: db.execute(insert(actor_name).values(values))))


def test_an_office_held_on_no_day_is_refused(db: Connection) -> None:
    db.execute(insert(actor).values(id="x", name="X", type="person", sector="", source=""))
    office = text("INSERT INTO actor_office VALUES ('x', 'king', 'RUR', '[2010-01-01,2010-01-01)')")
    assert "ck_actor_office_held_a_day" in str(refusal(lambda: db.execute(office)))
