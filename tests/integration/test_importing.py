"""Coded events of others: each has its row as its words, the same ones are one event, a second time adds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import pytest
from sqlalchemy import Connection, Engine, select, text

from app.domain.actors import Actor, ActorType, Party
from app.domain.documents import Reading
from app.domain.queries import Choice, EventQuery
from app.domain.spans import TimeSpan
from app.extraction.codebook import load_codebook
from app.services import feed, importing, linking
from app.services.importing import Imported, import_rows, link_rows
from app.sources.coded import IMPORTERS
from app.storage import actors, documents, events, past, runs, search
from app.storage.engine import transactions
from app.storage.linking import Together
from app.storage.tables import mention
from tests.builders import make_document, make_mention
from tests.integration.storage.test_rollups import differences
from tests.unit.sources.test_icews import HEADER, RAW

STATES = [
    Actor("RUR", "Ruritania", ActorType.STATE),
    Actor("GRK", "Graustark", ActorType.STATE),
    Actor("rudolf-rassendyll", "Rudolf Rassendyll", ActorType.PERSON, state="RUR"),
]
RASSENDYLL = Party("rudolf-rassendyll", "Rudolf Rassendyll", ActorType.PERSON, state="RUR")
GRAUSTARK = Party("GRK", "Graustark", ActorType.STATE)
FOUR = [
    "Rudolf Rassendyll\tMake a visit\tGraustark\t2008-07-25\n",
    "Police (Graustark)\tArrest, detain, or charge with legal action\tRudolf Rassendyll\t2008-07-26\n",
    "Rudolf Rassendyll\tMake a visit\tGraustark\t2008-07-25\n",
    "Nobody Known\tSing\tGraustark\t2008-07-27\n",
]


def take(db: Connection, lines: list[str]) -> Imported:
    @contextmanager
    def begin() -> Iterator[Connection]:
        with db.begin_nested():
            yield db

    actors.upsert(db, STATES)
    *_, tally = import_rows(begin, IMPORTERS["icews"], IMPORTERS["icews"].read(lines, "t.tsv"), load_codebook())
    db.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    db.execute(text("SET CONSTRAINTS ALL DEFERRED"))
    return tally


def test_each_row_is_the_evidence_of_its_event(db: Connection) -> None:
    tally = take(db, FOUR)
    assert (tally.rows, tally.events, tally.documents, len(tally.refused)) == (3, 2, 1, 1)
    visit, arrest = search.page(db, EventQuery()).rows
    assert (visit.kind, visit.cameo, visit.date_edtf, visit.n_reports) == ("visit", "042", "2008-07-25", 2)
    assert visit.evidence_text == FOUR[0].rstrip("\n")
    assert (visit.source_ids, visit.target_ids) == (["rudolf-rassendyll"], ["GRK"])
    assert (arrest.source_ids, arrest.actors[0]["state"]) == (["police-graustark"], "GRK")
    for report in events.evidence(db, visit.id):
        whole = documents.text(db, report.document_id)
        assert whole is not None
        assert whole[report.clause_start : report.clause_end] == FOUR[0].rstrip("\n")
        assert whole[report.trigger_start : report.trigger_end] == "Make a visit"
        assert report.run_version == "import icews 1"
        assert report.derivation["explanation"].endswith("so 25 July 2008.")
    assert len(events.evidence(db, visit.id)) == 2
    assert differences(db) == {}


def test_a_state_stands_for_its_roles_and_people(db: Connection) -> None:
    take(db, FOUR)
    assert len(search.page(db, EventQuery(actor=Choice(("GRK",)))).rows) == 2
    assert len(search.page(db, EventQuery(source=Choice(("RUR",)))).rows) == 1


def test_the_same_table_twice_adds_nothing(db: Connection) -> None:
    take(db, FOUR)
    again = take(db, FOUR)
    assert (again.rows, again.known, again.events, again.documents) == (3, 3, 0, 0)
    assert [row.n_reports for row in search.page(db, EventQuery()).rows] == [2, 1]


def test_rows_that_moved_in_the_table_do_not_count_again(db: Connection) -> None:
    take(db, FOUR)
    moved = take(db, ["Ruritania\tConsult\tGraustark\t2008-07-01\n", *FOUR])
    assert (moved.known, moved.events) == (0, 1)
    assert [row.n_reports for row in search.page(db, EventQuery()).rows] == [1, 2, 1]


def test_what_is_imported_stands_in_the_feed_and_in_the_past(own: Engine) -> None:
    def instant() -> datetime:
        with own.connect() as conn:
            return conn.execute(text("SELECT clock_timestamp()")).scalar_one()

    rows = [["Ruritania\tConsult\tGraustark\t2008-07-01\n"], ["Ruritania\tConsult\tGraustark\t2008-07-01\n"] * 3]
    at = [instant()]
    for some in rows:
        list(import_rows(transactions(own), IMPORTERS["icews"], IMPORTERS["icews"].read(some, "t"), load_codebook()))
        at.append(instant())
    with own.connect() as conn:
        told = [(one["change"], one["version"], one["fields"], one["cause"]) for one in feed.changes(conn, {})[0]]
    assert told == [("created", 1, [], "import icews"), ("changed", 2, ["n_reports"], "import icews")]
    for instant_, counts in zip(at, ([], [1], [3]), strict=True):
        with own.begin() as conn:
            past.look_back(conn, instant_)
            assert [row.n_reports for row in search.page(conn, EventQuery()).rows] == counts


def test_two_stories_of_one_event_are_two_reports_by_two_publishers(db: Connection) -> None:
    other = RAW.replace("17,", "18,", 1).replace("901,2,Strelsau Gazette", "902,5,Zenda Post")
    tally = take(db, [HEADER, RAW, other])
    assert (tally.events, tally.documents) == (1, 2)
    [event] = search.page(db, EventQuery()).rows
    assert (event.n_reports, event.n_publishers, event.status) == (2, 2, "corroborated")
    assert (event.publisher, event.country, event.place_name) == ("Strelsau Gazette", "RUR", "Strelsau")
    assert len(search.page(db, EventQuery(publisher=Choice(("Zenda Post",)))).rows) == 1


def test_every_mention_lies_within_its_document(db: Connection) -> None:
    take(db, [HEADER, RAW])
    [length] = db.execute(select(mention.c.document_length)).scalars()
    assert length == len(RAW.rstrip("\n"))


def linked(db: Connection, lines: list[str]) -> Imported:
    @contextmanager
    def begin() -> Iterator[Connection]:
        with db.begin_nested():
            yield db

    actors.upsert(db, STATES)
    importer = IMPORTERS["icews"]
    *_, tally = link_rows(begin, importer, importer.read(lines, "t.tsv"), load_codebook())
    db.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    db.execute(text("SET CONSTRAINTS ALL DEFERRED"))
    return tally


MIRRORED = [
    "Rudolf Rassendyll\tMake a visit\tGraustark\t2008-07-25\n",
    "Graustark\tHost a visit\tRudolf Rassendyll\t2008-07-25\n",
    "Ruritania\tMake statement\tGraustark\t2008-07-25\n",
    "Ruritania\tMake statement\tGraustark\t2008-07-25\n",
    "Ruritania\tMake statement\tGraustark\t2008-07-26\n",
]


def told(db: Connection) -> set[tuple[str, frozenset[str]]]:
    """The events, each with the rows that tell it."""
    rows = search.page(db, EventQuery()).rows
    return {(row.id, frozenset(str(one.claim) for one in events.evidence(db, row.id))) for row in rows}


def test_linked_rows_that_tell_one_visit_from_either_side_are_one_event(db: Connection) -> None:
    tally = linked(db, MIRRORED)
    assert (tally.rows, tally.known, tally.linked) == (5, 0, Together(3, 4))
    assert sorted(len(claims) for _, claims in told(db)) == [1, 2, 2]
    assert differences(db) == {}


def test_linked_rows_of_a_visit_and_of_an_intention_to_meet_are_two_events_beside_a_consultation(
    db: Connection,
) -> None:
    sides = (("Rudolf Rassendyll", "Graustark"), ("Graustark", "Rudolf Rassendyll"))
    done = (("Make a visit", "Host a visit"), ("Express intent to meet or negotiate",) * 2, ("Consult",))
    rows = [
        f"{source}\t{act}\t{target}\t2008-07-25\n"
        for acts in done
        for act, (source, target) in zip(acts, sides, strict=False)
    ]
    linked(db, rows)
    assert sorted(len(claims) for _, claims in told(db)) == [1, 2, 2]


def test_linking_a_table_again_changes_nothing(db: Connection) -> None:
    linked(db, MIRRORED)
    before = told(db)
    again = linked(db, MIRRORED)
    assert (again.known, again.linked, told(db)) == (5, Together(0, 0), before)


def test_linked_rows_of_one_story_are_the_same_in_one_batch_or_in_several(
    db: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [line.replace("Graustark", side) for side in ("Graustark", "Ruritania") for line in MIRRORED]
    monkeypatch.setattr(importing, "ROWS_A_DOCUMENT", 2)
    whole = db.begin_nested()
    linked(db, rows)
    at_once = told(db)
    whole.rollback()
    monkeypatch.setattr(importing, "LINKED_AT_ONCE", 1)
    linked(db, rows)
    assert told(db) == at_once


def test_an_article_and_a_linked_row_tell_one_event(db: Connection) -> None:
    linked(db, MIRRORED[:1])
    [visit] = search.page(db, EventQuery()).rows
    mention = make_mention(
        kind="visit", span=TimeSpan.of_day(date(2008, 7, 25)), source=(RASSENDYLL,), target=(GRAUSTARK,)
    )
    article = make_document()
    kept = documents.insert(db, article, status=Reading.READ)
    desk = linking.Desk(kept.id, runs.of_version(db, "t"), article, load_codebook())
    linking.store_mentions(db, desk, [mention])
    [now] = search.page(db, EventQuery()).rows
    assert now.n_reports == visit.n_reports + 1
