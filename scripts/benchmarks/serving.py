"""The service over HTTP, beside a bare route, an empty one and Datasette: the same rows, the same machine, by turns."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import Request, urlopen

from sqlalchemy import Engine, text

from app.domain.queries import EventQuery
from app.services.tables import COLUMNS, STORED
from app.storage import cursors, search

SECONDS, ROUNDS, CONNECTIONS = 5, 3, 16
ROWS_OF_DATASETTE = 20_000
PLACES = 2_000  # pages that are asked for in turn: far more than answers are remembered
_PYTHON = (sys.executable, "-m")
_ROWS_ALONE = "_shape=array&_nocount=1&_nofacet=1&_nosuggest=1"  # what else Datasette tells takes it two seconds
ROOT = Path(__file__).resolve().parents[2]


def measure(engine: Engine, url: str) -> dict[str, float]:
    """Requests a second of each, the median of the rounds. Raises FileNotFoundError where wrk is not installed."""
    if not shutil.which("wrk"):
        raise FileNotFoundError("wrk is needed: apt-get install wrk")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        environment = {**os.environ, "DATABASE_URL": url, "BENCH_DATABASE_URL": url}
        ours = stack.enter_context(_served([*_PYTHON, "app.cli", "serve", "--no-demo", "--no-open"], environment))
        bare = stack.enter_context(
            _served([*_PYTHON, "uvicorn", "scripts.benchmarks.bare:app", "--log-level", "error"], environment)
        )
        targets = {"events": f"{ours}/v1/events?limit=100", "json": f"{bare}/json", "empty": f"{bare}/empty"}
        targets["anew"] = targets["events"]
        script = folder / "anew.lua"
        script.write_text(_asking_anew(engine), "utf-8")
        if tag := _etag(targets["events"]):
            targets["304"] = targets["events"]
        if datasette := shutil.which("datasette"):
            _fill(engine, folder / "events.db")
            command = [datasette, str(folder / "events.db"), "--setting", "max_returned_rows", "1000"]
            rival = stack.enter_context(_served(command, dict(os.environ)))
            targets["datasette"] = f"{rival}/events/event.json?_size=100&_sort=d_order&{_ROWS_ALONE}"
        rates: dict[str, list[float]] = {name: [] for name in targets}
        for _ in range(ROUNDS):
            for name, address in targets.items():
                rates[name].append(_rate(address, *_more(name, tag, script)))
    return {name: statistics.median(values) for name, values in rates.items()}


def _asking_anew(engine: Engine) -> str:
    """A script for wrk: pages of a hundred from other places each time, so that none is answered as it was before."""
    with engine.connect() as conn:
        some = conn.execute(text(f"SELECT d_order::text, id FROM event ORDER BY id LIMIT {PLACES}")).all()
    addresses = (f'"/v1/events?limit=100&cursor={cursors.encode("date", tuple(place))}"' for place in some)
    return f"""
        local addresses, at = {{{", ".join(addresses)}}}, 0
        request = function() at = at % #addresses + 1; return wrk.format("GET", addresses[at]) end
    """


def _more(name: str, tag: str | None, script: Path) -> list[str]:
    """What wrk is told besides the address."""
    if name == "anew":
        return ["-s", str(script)]
    return ["-H", f"If-None-Match: {tag}"] if name == "304" else []


def _rate(address: str, *more: str) -> float:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *more, address]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx or 3xx" in told:
        raise RuntimeError(f"{address} was refused: {told}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    return float(found[1]) if found else 0.0


@contextmanager
def _served(command: list[str], environment: dict[str, str]) -> Iterator[str]:
    """A server of its own on a free port of the loopback, ended on leaving."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = subprocess.Popen([*command, "--port", str(port)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield address
    finally:
        running.terminate()
        try:
            running.wait(15)
        except subprocess.TimeoutExpired:
            running.kill()


def _wait(address: str) -> None:
    end = monotonic() + 90
    while monotonic() < end:
        try:
            urlopen(address, timeout=5)
            return
        except URLError as error:
            if getattr(error, "code", None):
                return
            sleep(0.3)
    raise TimeoutError(f"{address} does not answer")


def _etag(address: str) -> str | None:
    with urlopen(Request(address), timeout=30) as reply:
        return str(reply.headers["ETag"]) if reply.headers["ETag"] else None


def _fill(engine: Engine, path: Path) -> None:
    """The first events by date in SQLite, with the same columns, lists as text of JSON, and an index on their order."""
    names = [name for name in COLUMNS if name not in ("kind_label", "url")]
    with engine.connect() as conn, sqlite3.connect(path) as lite:
        lite.execute(f"CREATE TABLE event (d_order, {', '.join(names)})")
        query = EventQuery(limit=1000)
        kept = 0
        while kept < ROWS_OF_DATASETTE:
            page = search.page_of_columns(conn, query, STORED)
            rows = [_row(row, names) for row in page.rows]
            lite.executemany(f"INSERT INTO event VALUES ({', '.join('?' * (len(names) + 1))})", rows)
            kept += len(rows)
            if page.next_cursor is None:
                break
            query = EventQuery(limit=1000, cursor=page.next_cursor)
        lite.execute("CREATE INDEX event_order ON event (d_order, id)")


def _row(row: tuple[object, ...], names: list[str]) -> list[object]:
    known = dict(zip(COLUMNS, row, strict=True))
    return [str(known["date_earliest"]), *(_plain(known[name]) for name in names)]


def _plain(value: object) -> object:
    if isinstance(value, list):
        return json.dumps(value)
    return value if isinstance(value, int | float | str | None) else str(value)
