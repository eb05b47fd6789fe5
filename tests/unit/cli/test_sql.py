"""What `dateline sql` says about the ways in."""

from __future__ import annotations

from sqlalchemy import make_url

from app.cli.doctor import State, reader
from app.cli.sql import _lines, psql_line, reader_address


def test_the_password_of_the_service_is_not_handed_on() -> None:
    url = make_url("postgresql+psycopg://owner:secret@db.example:5433/news?sslmode=require")
    assert reader_address(url) == "postgresql://dateline_reader@db.example:5433/news?sslmode=require"
    assert "secret" not in " ".join(_lines(url, (), embedded=False))


def test_the_embedded_server_is_reached_by_its_socket() -> None:
    url = make_url("postgresql+psycopg://dateline@/dateline?host=%2Fvar%2Flib%2Fdateline%2Frun&port=5432")
    line = psql_line(url, embedded=True)
    assert "psql" in line
    assert "postgresql://dateline_reader@/dateline?host=%2Fvar%2Flib%2Fdateline%2Frun&port=5432" in line


def test_what_an_administrator_has_to_do_is_told() -> None:
    missing = ("CREATE ROLE dateline_reader LOGIN",)
    told = "\n".join(_lines(make_url("postgresql://owner@db.example/news"), missing, embedded=False))
    assert "  CREATE ROLE dateline_reader LOGIN;" in told
    found = reader(missing)
    assert found.state is State.NOTE
    assert "CREATE ROLE dateline_reader LOGIN" in found.detail
    assert reader(()).state is State.GOOD
