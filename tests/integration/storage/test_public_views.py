"""The SQL views: every column told, the rows of the interface, and a role that can do nothing but read them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from psycopg import Connection as Psycopg
from psycopg import connect
from psycopg.errors import InsufficientPrivilege, ObjectNotInPrerequisiteState, QueryCanceled
from psycopg.rows import dict_row
from sqlalchemy import make_url, text

from app.cli.sql import reader_address
from app.domain.errors import NoDatabase
from app.extraction.codebook import load_codebook
from app.services.codebook import KIND_COLUMNS
from app.services.documents import COLUMNS as DOCUMENT_COLUMNS
from app.services.publishing import publish_views
from app.services.tables import COLUMNS
from app.storage import past, publishing, reader_role
from app.storage.engine import make_engine, migrate, transactions
from app.storage.public_views import views
from app.storage.server import embedded
from tests.databases import temporary_database, temporary_home
from tests.integration.conftest import Live

Reader = Psycopg[dict[str, Any]]


def as_reader(address: str) -> str:
    """The address of the same database for the role that reads."""
    return reader_address(make_url(address))


@pytest.fixture
def reader(live: Live) -> Iterator[Reader]:
    with connect(as_reader(live.database), row_factory=dict_row, autocommit=True) as conn:
        yield conn


def columns_of(reader: Reader, view: str) -> list[str]:
    asked = "SELECT * FROM information_schema.columns WHERE table_schema = 'public_api' AND table_name = %s"
    return [row["column_name"] for row in reader.execute(f"{asked} ORDER BY ordinal_position", [view])]


def test_the_views_have_the_columns_of_the_interface(reader: Reader) -> None:
    assert columns_of(reader, "events") == list(COLUMNS)
    assert columns_of(reader, "documents") == list(DOCUMENT_COLUMNS)
    assert sorted(columns_of(reader, "kinds")) == sorted(KIND_COLUMNS)


def test_every_view_and_every_column_is_told(reader: Reader) -> None:
    found = reader.execute(
        "SELECT c.relname, a.attname, col_description(c.oid, a.attnum) AS told, obj_description(c.oid) AS view_told "
        "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 "
        "WHERE c.relnamespace = 'public_api'::regnamespace"
    ).fetchall()
    assert {row["relname"] for row in found} == {
        "events", "reports", "documents", "actors", "actor_names", "actor_offices", "kinds",
    }  # fmt: skip
    assert [row for row in found if not row["told"] or not row["view_told"]] == []


def test_the_descriptions_are_those_of_the_interface(live: Live, reader: Reader) -> None:
    asked = "SELECT attname, col_description(attrelid, attnum) AS told FROM pg_attribute WHERE attrelid = %s::regclass"
    told = {row["attname"]: row["told"] for row in reader.execute(asked, ["public_api.events"])}
    described = httpx.get(f"{live.url}/openapi.json").json()["components"]["schemas"]["EventOut"]["properties"]
    assert {name: schema["description"] for name, schema in described.items()} == told


def wire(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, datetime):
        return datetime.fromisoformat(value.isoformat())
    return value.isoformat() if isinstance(value, date) else value


def all_of(live: Live, path: str, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = httpx.get(f"{live.url}{path}", params={**query, **({"cursor": cursor} if cursor else {})}).json()
        found += page["data"]
        cursor = page["meta"].get("next_cursor")
    return found


def compared(record: dict[str, Any], base: str) -> dict[str, Any]:
    instants = ("recorded_at", "updated_at")
    plain = {name: datetime.fromisoformat(value) if name in instants else value for name, value in record.items()}
    return {**plain, "url": plain["url"].removeprefix(base)} if "url" in plain else plain


@pytest.mark.parametrize(
    ("view", "path", "query"),
    [
        ("events", "/v1/events", {"modality": "all", "limit": "1000"}),
        ("documents", "/v1/documents", {"limit": "1000"}),
        ("kinds", "/v1/kinds", {}),
    ],
)
def test_the_rows_are_those_of_the_interface(
    live: Live, reader: Reader, view: str, path: str, query: dict[str, str]
) -> None:
    key = "kind" if view == "kinds" else "id"
    told = {record[key]: compared(record, live.url) for record in all_of(live, path, **query)}
    kept = {row[key]: {name: wire(value) for name, value in row.items()} for row in reader.execute(f"TABLE {view}")}
    assert len(told) > 40
    assert kept == told


def test_the_reports_are_those_of_the_interface(live: Live, reader: Reader) -> None:
    rows = reader.execute("SELECT * FROM reports ORDER BY id LIMIT 60").fetchall()
    told = {
        report["id"]: report
        for event_id in {row["event_id"] for row in rows}
        for report in httpx.get(f"{live.url}/v1/events/{event_id}").json()["data"]["reports"]
    }
    same = ("kind", "modality", "role", "attribution", "confidence", "source", "target", "others", "object")
    for row in rows:
        report = told[row["id"]]
        assert {name: row[name] for name in same} == {name: report[name] for name in same}
        assert row["date_edtf"] == report["date"]["edtf"]
        assert wire(row["date_latest"]) == report["date"]["latest"]
        quote, position = report["evidence"]["selector"]
        assert (row["evidence_text"], row["evidence_start"], row["evidence_end"]) == (
            quote["exact"], position["start"], position["end"],
        )  # fmt: skip
        assert row["document_id"] == report["document"]["id"]
        cue = report["cue"] or {"start": None, "end": None}
        assert (row["cue_start"], row["cue_end"]) == (cue["start"], cue["end"])
        assert (row["saying"] or {}).get("speaker_ids") == (report["saying"] or {}).get("speaker_ids")


def test_an_actor_is_told_as_in_the_interface(live: Live, reader: Reader) -> None:
    for actor_id in ("RUS", "qasem-soleimani", "BTN"):
        told = httpx.get(f"{live.url}/v1/actors/{actor_id}").json()["data"]
        row = reader.execute("SELECT * FROM actors WHERE id = %s", [actor_id]).fetchone()
        assert row is not None
        assert {name: wire(value) for name, value in row.items() if name != "url"} == {
            name: told[name] for name in row if name != "url"
        }
        days = reader.execute("SELECT * FROM actor_offices WHERE actor_id = %s", [actor_id]).fetchall()
        kept = [(row["title"], wire(row["first_day"]), wire(row["last_day"])) for row in days]
        assert sorted(kept, key=str) == sorted(
            ((office["title"], office["from"], office["to"]) for office in told["offices"]), key=str
        )
        names = reader.execute("SELECT name FROM actor_names WHERE actor_id = %s", [actor_id]).fetchall()
        assert {row["name"] for row in names} == {told["name"], *(one["name"] for one in told["names"])}


WRITES = [
    "INSERT INTO public_api.events (id) VALUES ('x')",
    "UPDATE public_api.documents SET title = 'x'",
    "DELETE FROM public_api.actors",
    "INSERT INTO event (id) VALUES ('x')",
    "UPDATE public.document SET title = 'x'",
    "DELETE FROM public.mention",
    "TRUNCATE public.event",
    "SELECT * FROM public.event",
    "SELECT text FROM public.document",
    "CREATE TABLE public.mine (a int)",
    "CREATE TABLE public_api.mine (a int)",
    "CREATE VIEW public_api.mine AS SELECT 1",
    "CREATE SCHEMA mine",
    "CREATE TEMP TABLE mine (a int)",
    "SELECT 1 INTO TEMP mine",
    "CREATE EXTENSION dblink",
    "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "DROP VIEW public_api.events",
    "ALTER TABLE public.event ADD mine int",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_ls_dir('/')",
    "COPY public_api.kinds TO '/tmp/mine'",
    "COPY public_api.kinds TO PROGRAM 'cat'",
    "SELECT lo_create(0)",
    "SELECT lo_from_bytea(0, 'x')",
    "SELECT lo_import('/etc/passwd')",
    "SELECT nextval('public.document_id_seq')",
    "ALTER ROLE dateline_reader SUPERUSER",
    "ALTER SYSTEM SET jit = off",
    "SET ROLE dateline",
]


@pytest.mark.parametrize("statement", WRITES)
def test_the_reader_can_write_nothing_even_where_it_lifts_its_own_settings(reader: Reader, statement: str) -> None:
    for setting in ("default_transaction_read_only", "transaction_read_only"):
        reader.execute(f"SET {setting} = off")
    reader.execute("SET search_path = public, public_api")
    with pytest.raises((InsufficientPrivilege, ObjectNotInPrerequisiteState)):  # the latter: a view of a join
        reader.execute(statement)


def test_a_query_that_runs_too_long_is_ended(reader: Reader) -> None:
    row = reader.execute("SHOW statement_timeout").fetchone()
    assert row == {"statement_timeout": reader_role.TIMEOUT}
    reader.execute("SET statement_timeout = '100ms'")
    with pytest.raises(QueryCanceled):
        reader.execute("SELECT count(*) FROM events a, events b, events c, events d")


def test_the_reader_begins_read_only_and_among_the_views(reader: Reader) -> None:
    assert reader.execute("SHOW default_transaction_read_only").fetchone() == {"default_transaction_read_only": "on"}
    assert reader.execute("SELECT count(*) > 40 AS some FROM events").fetchone() == {"some": True}


PSQL = shutil.which("psql")


@pytest.mark.skipif(PSQL is None, reason="psql is not installed (Debian: postgresql-client)")
def test_psql_sees_the_views_and_is_refused_the_tables(live: Live) -> None:
    def psql(*commands: str) -> subprocess.CompletedProcess[str]:
        given = [part for command in commands for part in ("-c", command)]
        line = [str(PSQL), as_reader(live.database), "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", *given]
        return subprocess.run(line, capture_output=True, text=True, timeout=60)

    told = psql("\\dv+ public_api.*")
    assert "Events, one a row" in told.stdout, told.stderr
    kinds = psql("SELECT json_agg(kind) FROM events WHERE 'RUS' = ANY (source_ids)")
    assert "delivery" in json.loads(kinds.stdout)
    refused = psql("DELETE FROM public.event")
    assert refused.returncode != 0
    assert "read-only transaction" in refused.stderr


def test_views_are_made_again_only_when_they_change(server_url: str) -> None:
    with temporary_database(server_url) as url:
        engine = make_engine(url, pool_size=1)
        migrate(engine)
        begin, kinds = transactions(engine), load_codebook().values()

        def made() -> tuple[int, ...]:
            publish_views(begin, kinds, "http://one")
            with begin() as conn:
                asked = "SELECT xmin::text::int FROM pg_rewrite WHERE ev_class = 'public_api.events'::regclass"
                return tuple(conn.execute(text(asked)).scalars())

        first = made()
        assert made() == first
        publish_views(begin, kinds, "http://two")
        assert made() != first
        engine.dispose()


def test_a_migration_need_not_mind_the_views(server_url: str) -> None:
    with temporary_database(server_url) as url:
        engine = make_engine(url, pool_size=1)
        migrate(engine)
        begin, kinds = transactions(engine), load_codebook().values()
        publish_views(begin, kinds)
        with begin() as conn:
            publishing.withdraw(conn)
            past.drop_views(conn)
            conn.execute(text("ALTER TABLE event ALTER COLUMN quad TYPE integer"))
        publish_views(begin, kinds)
        with begin() as conn:
            assert reader_role.missing(conn) == ()
        engine.dispose()


def test_what_others_built_on_a_view_stands_or_is_named(server_url: str) -> None:
    with temporary_database(server_url) as url:
        engine = make_engine(url, pool_size=1)
        migrate(engine)
        begin, kinds = transactions(engine), load_codebook().values()
        publish_views(begin, kinds)
        with begin() as conn:
            conn.execute(text("CREATE VIEW public.mine AS SELECT id, url FROM public_api.documents"))
            publishing.withdraw(conn)
        publish_views(begin, kinds, "http://elsewhere")
        with begin() as conn:
            assert conn.execute(text("SELECT count(*) FROM public.mine")).scalar() == 0
            conn.execute(text("ALTER VIEW public_api.documents RENAME COLUMN url TO address"))
        with pytest.raises(NoDatabase, match=r"view mine depends on view public_api\.documents"):
            publish_views(begin, kinds)
        engine.dispose()


DEBIAN: list[Path | None] = [*sorted(Path("/usr/lib/postgresql").glob("1[5-9]/bin"))]


@pytest.mark.parametrize("binaries", [None, *DEBIAN], ids=str)
def test_without_the_right_to_make_roles_the_views_stand_and_the_mend_is_told(binaries: Path | None) -> None:
    """On servers of their own, since roles belong to all databases of a server; the oldest release that will do too."""
    with (
        temporary_home() as home,
        embedded(home, binaries=binaries, durable=False) as url,
        temporary_database(url) as given,
    ):
        admin = make_engine(given, pool_size=1)
        with admin.begin() as conn:
            for name in ("pg_trgm", "btree_gist", "unaccent"):
                conn.execute(text(f"CREATE EXTENSION {name}"))
            conn.execute(text("CREATE ROLE plain LOGIN"))
            conn.execute(text("GRANT CREATE ON SCHEMA public TO plain"))
            conn.execute(text(f"ALTER DATABASE {admin.url.database} OWNER TO plain"))
        plain = make_engine(make_url(given).set(username="plain").render_as_string(), pool_size=1)
        begin = transactions(plain)
        migrate(plain)
        publish_views(begin, load_codebook().values())
        with begin() as conn:
            assert conn.execute(text("SELECT count(*) FROM public_api.kinds")).scalar() == len(load_codebook())
            mend = reader_role.missing(conn)
        assert mend[0].startswith("CREATE ROLE dateline_reader LOGIN")
        with admin.begin() as conn:
            for statement in mend:
                conn.execute(text(statement))
        with begin() as conn:
            assert reader_role.missing(conn) == ()
        publish_views(begin, load_codebook().values(), "http://elsewhere")
        with connect(as_reader(given)) as conn_:
            assert conn_.execute("SELECT count(*) FROM kinds").fetchone() == (len(load_codebook()),)
            with pytest.raises(InsufficientPrivilege):
                conn_.execute("SELECT 1 FROM public.event")
        plain.dispose()
        admin.dispose()


def test_every_column_of_a_view_has_a_meaning_and_every_meaning_a_column() -> None:
    for view in views([], ""):
        assert set(view.columns) == set(view.meanings), view.name
