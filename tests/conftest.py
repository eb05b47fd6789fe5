"""The database that tests run on: real PostgreSQL, built by the real migrations, rolled back after each test."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from app.storage.server import embedded
from tests.databases import migrated_database, temporary_home


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="record again what tests compare with: read the difference afterwards"
    )


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether recorded answers are to be recorded again."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """The address of a server on which databases may be made: a given one, else an embedded one of our own."""
    given = os.environ.get("TEST_DATABASE_URL") or os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    with temporary_home() as home, embedded(home, durable=False) as url:
        yield url


@pytest.fixture(scope="session")
def engine(server_url: str) -> Iterator[Engine]:
    """An empty database, built by the real migrations, dropped at the end."""
    with migrated_database(server_url, pool_size=5) as engine:
        yield engine


@pytest.fixture
def db(engine: Engine) -> Iterator[Connection]:
    """A connection whose work is rolled back."""
    with engine.connect() as conn:
        outer = conn.begin()
        yield conn
        if outer.is_active:
            outer.rollback()
