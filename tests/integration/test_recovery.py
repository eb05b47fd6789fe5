"""A service whose embedded database dies says so, and has it back with its data within seconds."""

from __future__ import annotations

import os
import signal
import time
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.storage.processes import can_tell
from tests.databases import temporary_home
from tests.integration.api.reader import ARTICLES, SentenceReader

PATIENCE = 30  # seconds


@pytest.mark.skipif(not can_tell(), reason="the system does not show its processes")
def test_a_database_killed_under_the_service_is_back_with_its_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with temporary_home() as home:
        app = create_app(Settings(home=home, pool_size=4), reader=SentenceReader(), today=lambda: date(2024, 6, 1))
        with TestClient(app, raise_server_exceptions=False) as client:
            assert client.post("/v1/documents", json=ARTICLES).status_code == 201
            before = client.get("/health").json()["data"]
            postmaster = postmaster_of(home)
            os.kill(postmaster, signal.SIGKILL)
            deadline = time.monotonic() + PATIENCE
            # its children answer for a moment more, and die without it: only a new server is a server that is back
            while (reply := client.get("/health")).status_code != 200 or postmaster_of(home) in (postmaster, 0):
                assert time.monotonic() < deadline, "waited in vain"
                if reply.status_code == 200:
                    continue
                assert (reply.status_code, reply.json()["code"]) == (503, "database_unavailable"), reply.text
                assert reply.headers["content-type"] == "application/problem+json"
                assert int(reply.headers["retry-after"]) > 0
                assert "ask again" in reply.json()["detail"]
                time.sleep(0.1)
            assert reply.json()["data"] == before
            assert client.get("/v1/events").json()["data"]


def postmaster_of(home: Path) -> int:
    """The process of the home's server; that of the last one, or 0, while none has started since."""
    told = home / "postgres" / "postmaster.pid"
    words = told.read_text().split() if told.exists() else []
    return int(words[0]) if words else 0
