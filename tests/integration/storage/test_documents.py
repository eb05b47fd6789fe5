"""Documents are kept once and exactly, and listed in pages."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import Connection, Engine, delete

from app.domain.documents import Document, Reading
from app.domain.errors import BadQuery
from app.domain.spans import TimeSpan
from app.storage import documents, events, runs
from app.storage.documents import DocumentQuery
from app.storage.tables import document
from tests.builders import TEXT, make_document, make_mention


def keep(conn: Connection, received: Document) -> int:
    return documents.insert(conn, received, status=Reading.READ, language="en").id


def test_the_text_comes_back_as_it_was_received(db: Connection) -> None:
    awkward = "\ufeffL'été à Téhéran \u202bنص عربي\u202c\r\n\ttab \x01 \U0001f600 end \n"
    assert documents.text(db, keep(db, make_document(awkward))) == awkward


def test_the_same_text_again_is_the_same_document(db: Connection) -> None:
    first = documents.insert(db, make_document(), status=Reading.READ)
    again = documents.insert(db, make_document(publisher="Another"), status=Reading.READ)
    assert first.new
    assert not again.new
    assert again.id == first.id


def test_two_processes_that_bring_the_same_text_at_once_keep_one_document(engine: Engine) -> None:
    received = make_document("Brought by four at once.")

    def bring(_: int) -> documents.Kept:
        with engine.begin() as conn:
            return documents.insert(conn, received, status=Reading.READ)

    try:
        with ThreadPoolExecutor(4) as pool:
            kept = list(pool.map(bring, range(4)))
        assert len({one.id for one in kept}) == 1
        assert sum(one.new for one in kept) == 1
    finally:
        with engine.begin() as conn:
            conn.execute(delete(document))


def test_known_documents_are_told_by_their_sha256(db: Connection) -> None:
    received = make_document()
    document_id = keep(db, received)
    assert documents.known(db, [received.sha256, "0" * 64]) == {received.sha256: document_id}
    assert documents.known(db, []) == {}


@pytest.mark.parametrize(
    ("published", "told"),
    [
        (TimeSpan.of_day(date(2010, 5, 4)), "2010-05-04"),
        (TimeSpan.of_month(2010, 5), "2010-05"),
        (TimeSpan.until(date(2010, 5, 4)), "../2010-05-04"),
        (TimeSpan.since(date(2010, 5, 4)), "2010-05-04/.."),
        (None, None),
    ],
)
def test_the_span_of_publication_comes_back_whole(db: Connection, published: TimeSpan | None, told: str | None) -> None:
    row = documents.get(db, keep(db, make_document(published=published)))
    assert row is not None
    assert row.published == published
    assert row.published_at == told
    assert row.length == len(TEXT)
    assert row.status == "read"


def test_a_document_that_is_not_there_is_none(db: Connection) -> None:
    assert documents.get(db, 10**15) is None
    assert documents.text(db, 10**15) is None


def test_pages_of_documents_go_on_where_the_last_one_ended(db: Connection) -> None:
    ids = [keep(db, make_document(f"Dispatch number {n}.")) for n in range(5)]
    first = documents.page(db, DocumentQuery(limit=2))
    second = documents.page(db, DocumentQuery(limit=2, cursor=first.next_cursor))
    third = documents.page(db, DocumentQuery(limit=2, cursor=second.next_cursor))
    assert [row.id for page in (first, second, third) for row in page.rows] == ids[::-1]
    assert third.next_cursor is None
    assert documents.previous_cursor(db, DocumentQuery(limit=2)) is None
    assert documents.previous_cursor(db, DocumentQuery(limit=2, cursor=first.next_cursor)) == ""
    assert documents.previous_cursor(db, DocumentQuery(limit=2, cursor=second.next_cursor)) == first.next_cursor


def test_a_cursor_of_something_else_is_refused(db: Connection) -> None:
    for cursor in ("nonsense", "", "WyJkb2N1bWVudHMiLDEsMl0", "WyJkb2N1bWVudHMiLCJ4IiwxXQ", "é"):
        if cursor:
            with pytest.raises(BadQuery):
                documents.page(db, DocumentQuery(cursor=cursor))


def test_documents_are_filtered_by_publication_publisher_and_reading(db: Connection) -> None:
    may = keep(db, make_document("One.", published=TimeSpan.of_day(date(2010, 5, 4)), publisher="Gazette"))
    year = keep(db, make_document("Two.", published=TimeSpan.of_year(2010), publisher="Courier"))
    keep(db, make_document("Three.", published=None))
    documents.insert(db, make_document("Vier.", published=None), status=Reading.NOT_READ, language="de")

    def ids(query: DocumentQuery) -> set[int]:
        return {row.id for row in documents.page(db, query).rows}

    assert ids(DocumentQuery(published=TimeSpan.of_month(2010, 5))) == {may, year}
    assert ids(DocumentQuery(published=TimeSpan.of_month(2010, 6))) == {year}
    assert ids(DocumentQuery(publisher="gazette")) == {may}
    assert len(ids(DocumentQuery(status=Reading.NOT_READ))) == 1


def test_mentions_of_a_document_come_with_their_words(db: Connection) -> None:
    document_id = keep(db, make_document())
    report = events.Report("e1", make_mention(), document_id, runs.of_version(db, "test.1"), "quote", "A visit")
    events.insert(db, [report])

    (told,) = documents.mentions_of(db, document_id)

    assert told.quote == TEXT[0:60]
    assert told.prefix == ""
    assert told.suffix == TEXT[60:92]
    assert told.event_id == "e1"
    assert told.run_version == "test.1"
    assert told.date_earliest == told.date_latest == date(2010, 5, 3)
    assert told.source[0]["id"] == "RUR"
    row = documents.get(db, document_id)
    assert row is not None
    assert row.n_events == 1


def test_a_version_has_one_run(db: Connection) -> None:
    assert runs.of_version(db, "v1") == runs.of_version(db, "v1") != runs.of_version(db, "v2")
