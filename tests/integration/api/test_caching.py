"""What need not be sent again is not, and what has changed is; how many requests a client may send."""

from __future__ import annotations

import asyncio
import threading
import tracemalloc
from contextlib import nullcontext
from typing import Any

import pytest
from sqlalchemy import Connection, text
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Message

from app.api import RateLimited
from app.api.answers import Answers, Sent, weight
from app.extraction.codebook import load_codebook
from app.main import create_app
from app.services.freshness import BELIEVED_S, Freshness
from app.services.importing import import_rows
from app.services.rereading import reread
from app.settings import Settings
from app.sources.coded import IMPORTERS
from app.storage.engine import make_engine, migrate, transactions
from app.storage.summaries import data_version
from app.storage.tables import metadata
from tests.databases import temporary_database
from tests.scripted import TODAY, ScriptedReader, desk

ADDRESS = "/v1/events?kind=visit"
ANSWERS = [ADDRESS, "/v1/events.csv", "/v1/around?date=2016-04-15", "/v1/actors/RUS", "/v1/kinds", "/v1/documents/1"]


@pytest.mark.parametrize("address", ANSWERS)
def test_an_answer_that_the_client_has_is_not_sent_again(client: TestClient, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"].strip('"') == first.headers["etag"].strip('"').removesuffix("-gzip")
    assert again.headers["cache-control"] == "public, max-age=60, stale-while-revalidate=600"
    assert {"Accept", "Accept-Encoding"} <= set(again.headers["vary"].split(", "))


def test_a_304_of_an_answer_that_never_changes_says_so_too(client: TestClient) -> None:
    address = "/v1/events?as_of=2016-01-01T00:00:00Z"
    first = client.get(address)
    assert "immutable" in first.headers["cache-control"]
    again = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.headers["cache-control"]) == (304, first.headers["cache-control"])


def test_what_the_client_has_of_an_instant_is_not_sent_again_remembered_or_not(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "/v1/events?as_of=2016-01-02T00:00:00Z"
    tag = client.head(address).headers["etag"]
    monkeypatch.setattr(Answers, "of", lambda *_: None)
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, "immutable" in again.headers["cache-control"]) == (304, True)


def test_a_304_asks_nothing_of_the_database_but_its_state(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = client.get(ADDRESS).headers["etag"]

    monkeypatch.setattr("app.services.timeline.find", _unasked)
    assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 304


def test_the_same_question_again_is_answered_by_the_same_answer(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"{ADDRESS}&limit=7"
    codings = [{"Accept-Encoding": "identity"}, {"Accept-Encoding": "gzip"}]
    first = [client.get(address, headers=coding) for coding in codings]
    monkeypatch.setattr("app.services.timeline.find", _unasked)
    again = [client.get(address, headers=coding) for coding in codings]
    for one, other in zip(first, again, strict=True):
        assert one.content == other.content
        assert one.headers.pop("x-request-id") != other.headers.pop("x-request-id")
        one.headers["ratelimit"] = other.headers["ratelimit"]
        assert one.headers.multi_items() == other.headers.multi_items()
    assert [one.headers.get("content-encoding") for one in again] == [None, "gzip"]
    head = client.head(address)
    assert (head.content, head.headers["etag"]) == (b"", first[1].headers["etag"])


def test_what_was_written_is_in_the_next_answer(fresh_client: TestClient) -> None:
    before = fresh_client.get("/v1/events").json()
    sent = {"text": "Nothing that is read. It was told twice.", "published": "2016-05-20"}
    assert fresh_client.post("/v1/documents", json=sent).status_code == 201
    after = fresh_client.get("/v1/events").json()
    assert after["meta"]["data_version"] != before["meta"]["data_version"]


def test_neither_parts_nor_heads_stand_for_an_answer(fresh_client: TestClient) -> None:
    whole = "/v1/events.parquet"
    assert fresh_client.head(whole).content == b""
    assert fresh_client.get(whole, headers={"Range": "bytes=0-3"}).content == b"PAR1"
    assert len(fresh_client.get(whole).content) > 1000
    assert fresh_client.get(whole, headers={"Range": "bytes=0-3"}).status_code == 206
    assert fresh_client.head("/v1/export.csv").status_code == 200
    assert fresh_client.get("/v1/export.csv").content


def send_through(answers: Answers, state: str, name: str, *parts: bytes, status: int = 200) -> None:
    """An answer in these parts, as a middleware further out sees it."""
    heard: list[Message] = []

    async def outer(message: Message) -> None:
        heard.append(message)

    async def sending() -> None:
        send = answers.keeping(state, (name,), outer)
        await send({"type": "http.response.start", "status": status, "headers": HEADERS})
        for at, part in enumerate(parts, 1):
            await send({"type": "http.response.body", "body": part, "more_body": at < len(parts)})

    asyncio.run(sending())
    assert b"".join(message.get("body", b"") for message in heard) == b"".join(parts)


HEADERS = [(b"etag", b"1")]
EMPTY = weight(("a",), Sent(200, tuple(HEADERS), b""))


def test_answers_are_forgotten_with_their_state_and_the_oldest_where_they_are_too_many() -> None:
    answers = Answers(most_bytes=2 * EMPTY + 10, longest=6)

    def kept(state: str, *names: str) -> list[str]:
        return [name for name in names if answers.of(state, (name,))]

    assert kept("one", "a") == []
    for name in "ab":
        send_through(answers, "one", name, b"12", b"34")
    assert kept("one", "a", "b") == ["a", "b"]
    assert kept("one", "a") == ["a"]
    send_through(answers, "one", "c", b"1234")
    assert kept("one", "a", "b", "c") == ["a", "c"]
    send_through(answers, "one", "c", b"123456")
    assert kept("one", "a", "c") == ["a", "c"]
    send_through(answers, "one", "long", b"1234", b"567")
    send_through(answers, "one", "refused", b"1", status=400)
    assert kept("one", "long", "refused", "a") == ["a"]
    assert kept("two", "a") == []
    send_through(answers, "one", "late", b"1")
    assert kept("two", "late") == []


def test_no_more_answers_are_kept_than_may_be() -> None:
    answers = Answers(most=3)
    assert answers.of("one", ("a",)) is None
    for name in "abcd":
        send_through(answers, "one", name, b"")
    assert [name for name in "abcd" if answers.of("one", (name,))] == ["b", "c", "d"]


def test_what_is_remembered_takes_no_more_memory_than_is_counted() -> None:
    """Headers, keys and objects too: small bodies with long links are the most of it."""
    answers, letters = Answers(most_bytes=1 << 20, most=1 << 20), b"x" * 700
    assert answers.of("one", ("",)) is None
    tracemalloc.start()
    for number in range(2_000):
        headers = tuple((b"name-%d" % at, letters + b"%d" % number) for at in range(number % 5))
        answers._keep("one", (f"{number:032}", "-gzip"), Sent(200, headers, b"%d" % number))
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (1 << 19) < taken < (1 << 20) * 1.1


def test_tags_differ_with_the_question_the_format_and_the_coding(client: TestClient) -> None:
    plain = {"Accept-Encoding": "identity"}
    tags = [
        client.get(ADDRESS, headers=plain).headers["etag"],
        client.get("/v1/events?kind=meeting", headers=plain).headers["etag"],
        client.get(ADDRESS, headers={**plain, "Accept": "text/csv"}).headers["etag"],
        client.get(ADDRESS, headers={"Accept-Encoding": "gzip"}).headers["etag"],
        client.get(ADDRESS, headers={**plain, "Host": "elsewhere.example"}).headers["etag"],
    ]
    assert len(set(tags)) == len(tags)
    assert all(tag.startswith('"') and tag.endswith('"') for tag in tags)


# One of each kind of answer; calendars are a format of lists of events alone.
PLAIN = ["/v1/histogram?interval=year", "/v1/actors/RUS", "/v1/documents/1", "/v1/kinds", "/v1/changes", "/v1/quality"]
CALENDAR, EITHER = "text/calendar", "text/calendar, text/csv;q=0.5"


@pytest.mark.parametrize("address", PLAIN)
@pytest.mark.parametrize("order", [(EITHER, CALENDAR), (CALENDAR, EITHER)])
def test_an_answer_is_given_again_in_no_other_format(client: TestClient, address: str, order: tuple[str, ...]) -> None:
    """Each route has formats of its own: what an Accept header gets is not what its first word says."""
    given = {accept: client.get(address, headers={"Accept": accept}) for accept in order}
    again = {accept: client.get(address, headers={"Accept": accept}) for accept in order}
    for replies in (given, again):
        assert replies[CALENDAR].headers["content-type"] == "application/json"
        assert replies[EITHER].headers["content-type"].startswith("text/csv")
    plain = client.get(address, headers={"Accept": "*/*"})
    assert given[CALENDAR].headers["etag"] == plain.headers["etag"] != given[EITHER].headers["etag"]


def test_the_tag_of_a_list_of_events_goes_by_its_own_formats(client: TestClient) -> None:
    given = [client.get("/v1/events", headers={"Accept": accept}) for accept in (EITHER, CALENDAR)]
    assert {reply.headers["content-type"].partition(";")[0] for reply in given} == {"text/calendar"}
    assert given[0].headers["etag"] == given[1].headers["etag"]


def test_a_question_is_the_same_in_any_order_of_its_parameters(client: TestClient) -> None:
    one, other = (client.get(f"/v1/events?{query}") for query in ("limit=6&kind=visit", "kind=visit&limit=6"))
    assert (one.headers["etag"], one.content) == (other.headers["etag"], other.content)
    values = [client.get(f"/v1/events?kind={pair}").headers["etag"] for pair in ("visit&kind=sale", "sale&kind=visit")]
    assert len(set(values)) == 2


@pytest.mark.parametrize("address", ["/v1/events?limit=5&kind=visit", "/v1/export.csv?kind=visit"])
def test_whoever_has_any_answer_is_told_that_there_is_one(client: TestClient, address: str) -> None:
    first = client.get(address, headers={"If-None-Match": "*"})
    assert (first.status_code, first.content) == (304, b"")
    client.get(address)
    again = client.get(address, headers={"If-None-Match": "*"})
    assert (again.status_code, again.headers["etag"]) == (304, first.headers["etag"])
    assert client.get("/v1/events/nosuchevent", headers={"If-None-Match": "*"}).status_code == 404


def test_gzip_that_is_refused_is_not_sent(client: TestClient) -> None:
    replies = [client.get("/v1/kinds", headers={"Accept-Encoding": told}) for told in ("gzip;q=0", "gzip;q=0.1", "br")]
    assert [reply.headers.get("content-encoding") for reply in replies] == [None, "gzip", None]


def test_what_is_sent_in_changes_the_tag_at_once(fresh_client: TestClient) -> None:
    before = fresh_client.get("/v1/events").headers["etag"]
    sent = {"text": "Russia criticised Iran that month.", "published": "2016-04-20"}
    assert fresh_client.post("/v1/documents", json=sent).status_code == 201
    reply = fresh_client.get("/v1/events", headers={"If-None-Match": before})
    assert reply.status_code == 200
    assert reply.headers["etag"] != before


@pytest.mark.parametrize("address", ["/v1/events?kind=nothing", "/v1/events/nosuchevent"])
def test_an_error_is_not_kept(client: TestClient, address: str) -> None:
    reply = client.get(address)
    assert "etag" not in reply.headers
    assert reply.headers["cache-control"] == "no-cache"


def test_head_has_the_same_tag(client: TestClient) -> None:
    assert client.head(ADDRESS).headers["etag"] == client.get(ADDRESS).headers["etag"]


# -- the state of the data ------------------------------------------------------------------------


# These change only with a document, an event or a mention.
DERIVED = {
    "event_actor", "change", "decision", "event_successor", "event_version", "mention_key", "mention_past",
    "print_past", "reading", "retraction", "verdict",
}  # fmt: skip
# These change with an event too, and without one when they are folded, which changes no sum (`test_rollups.py`); a run
# is told only with what it read.
UNTOLD = {
    "data_change", "run", "actor_day", "actor_month", "actor_total", "dyad_month", "event_day", "event_pair",
    "pair_day",
}  # fmt: skip


def test_every_table_that_is_asked_notes_its_changes(engine: Any) -> None:
    with engine.connect() as conn:
        asked = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%change_is_noted'"
        watched = set(conn.execute(text(asked)).scalars())
    assert {table.name for table in metadata.sorted_tables} - watched == DERIVED | UNTOLD


VISIT = "visit asserted 2016-04-14 IRN,jane-doe>RUS | The envoy had a long day with ministers and bankers of the town."
RETOLD = "visit asserted 2016-04-14 IRN,jane-doe>RUS | Somebody from the south was seen at noon, guards all about her."
DENIED = "visit denied 2016-04-14 IRN,jane-doe>RUS | Nobody from the south was there, it was said."
DELIVERED = "delivery asserted 2016-04-11 RUS>IRN S-300 | The first parts have come by sea."
SIGNED = {"reason": "another visit", "name": "A. Archivist"}


def test_what_changes_with_an_event_never_changes_without(server_url: str) -> None:
    """Whatever people and programs do, a transaction that writes a table without a trigger of its own is noted."""
    with temporary_database(server_url) as url:
        app = create_app(Settings(database_url=url), reader=ScriptedReader(), today=lambda: TODAY)
        engine = make_engine(url, pool_size=2)
        with TestClient(app) as client:
            with engine.begin() as conn:
                log_writers(conn)
            decide(client)
            newer = ScriptedReader("script.2", {DELIVERED: VISIT, RETOLD: "nothing"})
            assert list(reread(desk(transactions(engine), newer)))
            row = "Russia\tConsult\tIran\t2015-03-03\n"
            icews = IMPORTERS["icews"]
            for _ in (1, 2):
                assert list(import_rows(transactions(engine), icews, icews.read([row] * 2, "t"), load_codebook()))
        with engine.connect() as conn:
            written = set(conn.execute(text("SELECT table_name FROM written WHERE rows > 0")).scalars())
            unnoted = text(
                "SELECT table_name FROM written WHERE id NOT IN (SELECT id FROM written WHERE table_name = :noted)"
            )
            assert conn.execute(unnoted, {"noted": "data_change"}).scalars().all() == []
        assert written == {*DERIVED, "data_change"}
        engine.dispose()


def log_writers(conn: Connection) -> None:
    """From here on each writing to a table that notes nothing leaves its transaction behind."""
    conn.execute(text("CREATE TABLE written (id xid8, table_name text, rows bigint)"))
    conn.execute(
        text(
            "CREATE FUNCTION log_writer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "INSERT INTO written SELECT pg_current_xact_id(), TG_TABLE_NAME, count(*) FROM touched; RETURN NULL; END $$"
        )
    )
    for name in (*DERIVED, "data_change"):
        for deed, seen in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            conn.execute(
                text(
                    f"CREATE TRIGGER log_{deed} AFTER {deed} ON {name} REFERENCING {seen} TABLE AS touched "
                    "FOR EACH STATEMENT EXECUTE FUNCTION log_writer()"
                )
            )


def decide(client: TestClient) -> None:
    """Reports of one visit and its denial, one of them printed earlier by another; then a split, a merge, two
    retractions, and what is refused."""
    sent = [
        {"text": text, "publisher": f"Paper {n}", "published": f"2016-05-{n + 1:02}"}
        for n, text in enumerate((VISIT, RETOLD, DENIED, DELIVERED))
    ]
    sent.append({"text": DELIVERED, "publisher": "Paper 9", "published": "2016-05-01"})
    assert client.post("/v1/documents", json=sent).status_code == 201
    visit = next(one for one in client.get("/v1/events?kind=visit").json()["data"] if one["n_reports"] == 2)["id"]
    reports = client.get(f"/v1/events/{visit}").json()["data"]["reports"]
    path = f"/v1/events/{visit}"
    split = client.post(f"{path}/split", json={**SIGNED, "reports": [reports[1]["id"]]}).json()["data"]
    assert client.post(f"{path}/merge", json={**SIGNED, "events": split["events"]}).status_code == 200
    assert client.post(f"{path}/merge", json={**SIGNED, "events": [visit]}).status_code == 400
    for _ in (1, 2):
        assert client.post(f"{path}/retract", json=SIGNED).status_code == 200


def test_a_transaction_that_commits_late_is_a_change(server_url: str) -> None:
    """Begun first and committed last: the newest change stays the other's, and still the state is another."""
    with temporary_database(server_url) as url:
        engine = make_engine(url, pool_size=3)
        migrate(engine)
        write = text("INSERT INTO actor (id, name, type, sector, source) VALUES (:id, 'A', 'state', '', 'test')")
        with engine.connect() as early, engine.connect() as late, engine.connect() as reader:
            states = [data_version(reader)]
            reader.rollback()
            early.execute(write, {"id": "early"})
            late.execute(write, {"id": "late"})
            late.execute(write, {"id": "late-too"})
            late.commit()
            states.append(data_version(reader))
            reader.rollback()
            early.commit()
            states.append(data_version(reader))
        engine.dispose()
    assert len(set(states)) == 3


def test_notes_of_changes_are_swept_and_states_stay_apart(server_url: str) -> None:
    with temporary_database(server_url) as url:
        engine = make_engine(url, pool_size=1)
        migrate(engine)
        states = set()
        with engine.connect() as conn:
            for _ in range(1_005):
                conn.execute(text("DELETE FROM actor"))
                conn.commit()
                states.add(data_version(conn))
                conn.rollback()
            assert conn.execute(text("SELECT count(*) FROM data_change")).scalar_one() < 10
        engine.dispose()
    assert len(states) == 1_005


def test_the_state_is_believed_for_a_moment_only() -> None:
    now = [0.0]
    freshness = Freshness(begin=_unasked, clock=lambda: now[0])
    freshness._seen = (0, 0.0, "one")
    assert freshness.known() == "one"
    now[0] = BELIEVED_S
    assert freshness.known() is None
    freshness._seen = (0, now[0], "two")
    assert freshness.known() == "two"
    freshness.forget()
    assert freshness.known() is None


def test_a_state_that_was_looked_up_before_a_write_is_not_believed_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    freshness = Freshness(begin=nullcontext, clock=lambda: 0.0)  # type: ignore[arg-type]

    def meanwhile(_: object) -> str:
        freshness.forget()  # this process writes while the look-up is under way
        return "before"

    monkeypatch.setattr("app.storage.search.data_version", meanwhile)
    assert freshness.version() == "before"
    assert freshness.known() is None
    monkeypatch.setattr("app.storage.search.data_version", lambda _: "after")
    assert (freshness.version(), freshness.known()) == ("after", "after")


def _unasked(*_: object, **__: object) -> Any:
    raise AssertionError("it was asked")


# -- how many -------------------------------------------------------------------------------------


def limited(most: int, now: list[float]) -> TestClient:
    async def answer(_: Any) -> PlainTextResponse:
        return PlainTextResponse("well")

    app = Starlette(routes=[Route("/{path:path}", answer)])
    app.add_middleware(RateLimited, most=most, clock=lambda: now[0])
    return TestClient(app)


def test_one_request_too_many_is_told_when_to_come_again() -> None:
    now = [120.0]
    client = limited(2, now)
    first = client.get("/v1/events")
    assert first.headers["ratelimit-policy"] == '"default";q=2;w=60'
    assert first.headers["ratelimit"] == '"default";r=1;t=60'
    now[0] = 150.0
    assert client.get("/v1/events").headers["ratelimit"] == '"default";r=0;t=30'
    refused = client.get("/v1/events")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "30")
    assert refused.json()["code"] == "too_many_requests"
    assert refused.headers["ratelimit"] == '"default";r=0;t=30'
    assert client.get("/static/style.css").status_code == 200
    now[0] = 180.0
    assert client.get("/v1/events").status_code == 200


def test_without_a_limit_nothing_is_counted() -> None:
    assert "ratelimit" not in limited(0, [0.0]).get("/v1/events").headers


def test_every_answer_tells_the_limit(client: TestClient) -> None:
    assert client.get(ADDRESS).headers["ratelimit-policy"] == '"default";q=60000;w=60'


def test_several_ask_for_the_state_at_once_and_one_looks(server_url: str) -> None:
    looked: list[str] = []
    with temporary_database(server_url) as url:
        engine = make_engine(url, pool_size=4)
        migrate(engine)
        begin = transactions(engine)

        def counted() -> Any:
            looked.append("once")
            return begin()

        freshness = Freshness(counted)
        threads = [threading.Thread(target=freshness.version) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        engine.dispose()
    assert looked == ["once"]
