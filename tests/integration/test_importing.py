"""Coded events of others: each has its row as its words, the same ones are one event, a second time adds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, select, text

from app.domain.actors import Actor, ActorType
from app.domain.queries import Choice, EventQuery
from app.extraction.codebook import load_codebook
from app.services.importing import Imported, import_rows
from app.sources.coded import IMPORTERS
from app.storage import actors, documents, events, search
from app.storage.tables import mention
from tests.integration.storage.test_rollups import differences
from tests.unit.sources.test_icews import HEADER, RAW

STATES = [
    Actor("RUR", "Ruritania", ActorType.STATE),
    Actor("GRK", "Graustark", ActorType.STATE),
    Actor("rudolf-rassendyll", "Rudolf Rassendyll", ActorType.PERSON, state="RUR"),
]
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
