"""Addresses, connections and migrations."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.event import listen
from sqlalchemy.exc import DBAPIError, OperationalError

from app.domain.errors import NoDatabase
from app.storage.engine import check, make_engine, migrate, migrations, missing_extensions, transactions
from tests.databases import temporary_database


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_form_of_an_address_is_taken(scheme: str) -> None:
    url = make_engine(f"{scheme}://me:word@host:5433/name?sslmode=require").url
    assert url.render_as_string(hide_password=False) == "postgresql+psycopg://me:word@host:5433/name?sslmode=require"


@pytest.mark.parametrize("url", ["sqlite:///x.db", "mysql://host/name", "postgresql+asyncpg://host/name"])
def test_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(NoDatabase, match="only PostgreSQL"):
        make_engine(url)


def test_what_is_no_address_is_told() -> None:
    with pytest.raises(NoDatabase, match="DATABASE_URL is not an address"):
        make_engine("localhost")


def test_a_server_that_does_not_answer_is_told_without_the_password() -> None:
    engine = make_engine("postgresql://me:secret@127.0.0.1:9/name")
    with pytest.raises(NoDatabase, match="No PostgreSQL answers at") as caught:
        check(engine)
    assert "secret" not in str(caught.value)


def test_connections_plan_for_the_values_at_hand_and_stop_in_time(server_url: str) -> None:
    engine = make_engine(server_url, statement_timeout_ms=50)
    try:
        with engine.connect() as conn:
            assert conn.execute(text("SHOW plan_cache_mode")).scalar() == "force_custom_plan"
            assert conn.execute(text("SHOW jit")).scalar() == "off"
            with pytest.raises(DBAPIError, match="statement timeout"):
                conn.execute(text("SELECT pg_sleep(5)"))
    finally:
        engine.dispose()


def test_four_processes_that_migrate_at_once_migrate_once(server_url: str) -> None:
    with temporary_database(server_url) as url:
        engines = [make_engine(url, pool_size=1, statement_timeout_ms=10_000) for _ in range(4)]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(migrate, engines))
        assert "event" in inspect(engines[0]).get_table_names()
        assert missing_extensions(engines[0]) == ()
        for engine in engines:
            engine.dispose()


def test_a_database_in_another_encoding_is_refused(server_url: str) -> None:
    admin = make_engine(server_url, pool_size=1).execution_options(isolation_level="AUTOCOMMIT")
    name = f"dateline_test_latin_{os.getpid()}"
    latin = make_engine(admin.url.set(database=name).render_as_string(hide_password=False))
    try:
        with admin.connect() as conn:
            conn.execute(
                text(f"CREATE DATABASE {name} ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0")
            )
        with pytest.raises(NoDatabase, match="ENCODING 'UTF8'"):
            check(latin)
    finally:
        latin.dispose()
        with admin.connect() as conn:
            conn.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        admin.dispose()


@pytest.mark.parametrize(
    ("granted", "told"),
    [
        ("GRANT CREATE ON SCHEMA public TO dateline_guest", "refuses an extension.*CREATE EXTENSION pg_trgm"),
        ("SELECT 1", "may not build the schema"),
    ],
)
def test_a_server_that_refuses_what_the_schema_needs_is_told_with_the_mend(
    server_url: str, granted: str, told: str
) -> None:
    with temporary_database(server_url) as url:
        admin, guest = make_engine(url, pool_size=1), make_engine(url, pool_size=1)
        with admin.begin() as conn:
            conn.execute(text("CREATE ROLE dateline_guest NOSUPERUSER"))
            conn.execute(text(granted))
        listen(guest, "connect", become_guest)
        try:
            with pytest.raises(NoDatabase, match=told):
                migrate(guest)
        finally:
            guest.dispose()
            with admin.begin() as conn:
                conn.execute(text("DROP OWNED BY dateline_guest"))
                conn.execute(text("DROP ROLE dateline_guest"))
            admin.dispose()


def become_guest(connection: DBAPIConnection, _: object) -> None:
    connection.cursor().execute("SET ROLE dateline_guest")
    connection.commit()


def test_a_migration_can_be_taken_back(server_url: str) -> None:
    with temporary_database(server_url) as url:
        engine = make_engine(url, pool_size=1)
        migrate(engine)
        with engine.begin() as conn:
            command.downgrade(migrations(conn), "base")
        assert inspect(engine).get_table_names() == ["alembic_version"]
        engine.dispose()


def test_the_history_has_one_end() -> None:
    assert len(ScriptDirectory.from_config(migrations()).get_heads()) == 1


def test_a_lost_connection_is_told_as_no_database_and_the_next_is_good(engine: Engine) -> None:
    begin = transactions(engine)
    end_it = text("SELECT pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(NoDatabase, match="does not answer"), begin() as conn:
        conn.execute(end_it)
    with begin() as conn:
        assert conn.execute(text("SELECT 1")).scalar_one() == 1


def test_a_server_that_is_not_there_is_told_as_no_database() -> None:
    nowhere = make_engine("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(NoDatabase, match="does not answer"), transactions(nowhere)():
        pass


def test_an_error_of_a_statement_stays_what_it_is(engine: Engine) -> None:
    begin = transactions(engine)
    with pytest.raises(DBAPIError, match="division"), begin() as conn:
        conn.execute(text("SELECT 1/0"))
    with pytest.raises(OperationalError, match="timeout"), begin() as conn:
        outlast_the_timeout(conn)


def outlast_the_timeout(conn: Connection) -> None:
    conn.execute(text("SET LOCAL statement_timeout = 1"))
    conn.execute(text("SELECT pg_sleep(5)"))
