"""Chromium, and the two timeline programs that pages load; what cannot be had is said, and the tests skip."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.clients.conftest import served, service  # noqa: F401

HERE = Path(__file__).parent
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--allow-file-access-from-files",
    # nothing but the service is reached
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
# The page says what it found as JSON in here.
REPORT = '<pre id="report">'


@pytest.fixture(scope="session")
def packages() -> Path:
    """The folder of the programs that package-lock.json names."""
    folder = HERE / "node_modules"
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed: TimelineJS and vis-timeline cannot be had (Debian: apt-get install npm)")
    if not (folder / ".package-lock.json").exists():
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        made = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=180)
        if made.returncode:
            pytest.skip(f"npm could not install TimelineJS and vis-timeline: {made.stderr.strip()[-300:]}")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    return found


@pytest.fixture
def shown(chromium: str, packages: Path) -> Iterator[Callable[[str], dict[str, Any]]]:
    """Shows a page to Chromium; gives what the page reports of itself."""
    with tempfile.TemporaryDirectory(prefix="dateline-chromium-") as folder:

        def show(html: str) -> dict[str, Any]:
            page = Path(folder) / "page.html"
            page.write_text(html.replace("{packages}", packages.as_uri()), "utf-8")
            command = [chromium, *QUIET, f"--user-data-dir={folder}/profile", "--virtual-time-budget=20000"]
            done = subprocess.run(
                [*command, "--dump-dom", page.as_uri()], capture_output=True, text=True, timeout=120, check=True
            )
            assert REPORT in done.stdout, f"the page said nothing: {done.stdout[-2000:]} {done.stderr[-2000:]}"
            told = done.stdout.partition(REPORT)[2].partition("</pre>")[0]
            found: dict[str, Any] = json.loads(told.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
            return found

        yield show
