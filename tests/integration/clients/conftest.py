"""The service in a process of its own, for clients that bring their own HTTP.

Some of them hold Python's lock while they wait for an answer: in the same process nobody could give it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.databases import temporary_database
from tests.integration.api.reader import ARTICLES

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Service:
    """Where the service answers, and the file that holds a line for each request."""

    address: str
    log: Path

    def asked(self) -> list[str]:
        return self.log.read_text("utf-8").splitlines()


@pytest.fixture(scope="session")
def service(server_url: str) -> Iterator[Service]:
    """The service over a database with ARTICLES."""
    with temporary_database(server_url) as url, tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "asked"
        command = [sys.executable, "-m", "tests.integration.clients.serving", url, str(log)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address, "the service did not start"
            httpx.post(f"{address}/v1/documents", json=ARTICLES, timeout=60).raise_for_status()
            yield Service(address, log)
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture(scope="session")
def served(service: Service) -> str:
    return service.address
