"""The service as its users meet it: over a real socket, with the demonstration corpus read by the real reader."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from sqlalchemy import Engine

import app.sources.demo
from app.extraction.reading import load_reader
from app.main import create_app
from app.settings import Settings
from tests.databases import migrated_database, temporary_database

DISPATCHES = Path(app.sources.demo.__file__).parent / "dispatches.jsonl"
SENT = ("text", "title", "url", "publisher", "published")


@dataclass(frozen=True, slots=True)
class Live:
    """A service that listens at `url`, over the database at `database`."""

    url: str
    database: str


@pytest.fixture
def own(server_url: str) -> Iterator[Engine]:
    """A database of the test's own, since what it does is committed."""
    with migrated_database(server_url, pool_size=5) as engine:
        yield engine


@contextmanager
def serving(application: FastAPI) -> Iterator[str]:
    """The address of the application on a free port of this machine."""
    server = uvicorn.Server(uvicorn.Config(application, "127.0.0.1", 0, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, name="service", daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise RuntimeError("the service did not start")
        time.sleep(0.02)
    try:
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=30)


@pytest.fixture(scope="session")
def live(server_url: str) -> Iterator[Live]:
    """The service with the demonstration corpus; tests only ask."""
    lines = DISPATCHES.read_text("utf-8").splitlines()
    sent = [{name: record.get(name) for name in SENT} for record in map(json.loads, lines)]
    with temporary_database(server_url) as database:
        application = create_app(
            Settings(database_url=database, pool_size=4), reader=load_reader(), today=lambda: date(2026, 1, 1)
        )
        with serving(application) as url:
            assert httpx.post(f"{url}/v1/documents", json=sent, timeout=600).status_code == 201
            yield Live(url, database)
