"""The program as it is started from a shell: documents in, questions answered, everything stopped again."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from app.sources.demo import FILE, load_dispatches
from tests.databases import temporary_database, temporary_home

ROOT = Path(__file__).parents[2]
DATELINE = [sys.executable, "-m", "app.cli"]
PATIENCE = 120


@pytest.fixture(scope="module")
def environment(server_url: str) -> Iterator[dict[str, str]]:
    """A database of this module's own."""
    with temporary_database(server_url) as url:
        yield os.environ | {"DATABASE_URL": url, "COLUMNS": "160", "NO_COLOR": "1"}


def run(environment: dict[str, str], *arguments: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [*DATELINE, *map(str, arguments)]
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, env=environment, cwd=ROOT, timeout=PATIENCE, check=False
    )


def lines_of(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def filled(environment: dict[str, str]) -> dict[str, str]:
    """The same with the demonstration corpus in it."""
    done = run(environment, "ingest", str(FILE), "--other-keys")  # it holds the truth about each text
    assert done.returncode == 0, done.stderr
    outcomes = lines_of(done)
    assert len(outcomes) == len(list(load_dispatches()))
    assert {outcome["result"] for outcome in outcomes} == {"read"}
    return environment


def test_what_is_known_is_skipped_and_what_is_bad_is_told(filled: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(FILE.read_text("utf-8").splitlines()[0] + '\n{bad\n{"text": ""}\n')
    (tmp_path / "b.txt").write_bytes(b"%PDF-1.4")
    (tmp_path / "c.txt").write_text(
        "Der Präsident hat am Montag den Vertrag in Berlin unterschrieben und ist abgereist."
    )
    done = run(filled, "ingest", tmp_path, "--json", "--other-keys")
    assert done.returncode == 1
    found = {Path(line["where"]).name: (line["result"], line["reason"]) for line in lines_of(done)}
    assert found["a.jsonl:1"] == ("known", None)
    assert "not JSON" in found["a.jsonl:2"][1]
    assert "empty" in found["a.jsonl:3"][1]
    assert "PDF" in found["b.txt"][1]
    assert found["c.txt"][0] == "not_read"


def test_the_report_is_a_table_with_the_places_of_the_faults(filled: dict[str, str]) -> None:
    done = run(filled, "ingest", "-", "--table", stdin="{bad\n")
    assert done.returncode == 1
    assert re.search(r"refused\s*│\s*1", done.stdout)
    assert "standard input:1: it is not JSON" in done.stdout


def test_nothing_starts_with_a_bad_option(environment: dict[str, str]) -> None:
    for option, value in (("--published", "yesterday"), ("--format", "pdf"), ("--encoding", "klingon")):
        done = run(environment, "ingest", "-", option, value)
        assert done.returncode == 1
        assert done.stderr.startswith(f"dateline: {option[2:]}:")


def test_around_a_day_holds_the_visit_and_what_it_was_about(filled: dict[str, str]) -> None:
    found = lines_of(run(filled, "around", "2016-04-15", "--window", "14d"))
    kinds = {(event["kind"], event["date_edtf"]) for event in found}
    assert ("visit", "2016-04-14") in kinds
    assert any(event["kind"] == "delivery" and "IRN" in event["target_ids"] for event in found)
    assert {event["position"] for event in found} >= {"before", "same_day", "after"}


def test_the_timeline_of_an_actor_runs_in_order(filled: dict[str, str]) -> None:
    found = lines_of(run(filled, "actor", "the Kremlin", "--limit", "1000", "--modality", "all"))
    days = [event["date_earliest"] for event in found if event["date_earliest"]]
    assert len(days) > 100
    assert days[0] < "2000" < "2024" < days[-1]


@pytest.mark.parametrize("kind", ["ultimatum", "refusal", "denial", "visit", "delivery", "suspension"])
def test_every_kind_of_the_examples_has_answers(filled: dict[str, str], kind: str) -> None:
    found = lines_of(run(filled, "events", "--kind", kind))
    assert len(found) >= 4
    assert {event["kind"] for event in found} == {kind}


def test_a_dyad_is_told_from_both_sides(filled: dict[str, str]) -> None:
    found = lines_of(run(filled, "events", "--dyad", "RUS,IRN", "--limit", "1000"))
    assert len(found) >= 30


@pytest.mark.parametrize("columns", [80, 120])
def test_a_table_is_made_for_eyes(filled: dict[str, str], columns: int) -> None:
    done = run(filled | {"COLUMNS": str(columns)}, "around", "2016-04-15", "--table")
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    assert max(map(len, lines)) <= columns
    visit = next(number for number, line in enumerate(lines) if line.startswith("1 d before") and "Visit" in line)
    assert "Qasem Soleimani → Russia" in lines[visit]
    assert "flew to Moscow" in " ".join(lines[visit + 1 : visit + 4])


@pytest.mark.parametrize("form", ["--json", "--table"])
def test_a_reader_that_goes_away_ends_the_command_quietly(filled: dict[str, str], form: str) -> None:
    command = [*DATELINE, "events", "--limit", "1000", form]
    with subprocess.Popen(command, env=filled, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        told = process.stderr.read()
    assert (process.returncode, told) == (141, b"")


def test_a_wrong_name_is_answered_with_the_nearest(filled: dict[str, str]) -> None:
    done = run(filled, "events", "--actor", "Rusia")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Russia" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_way_to_the_views_is_told(filled: dict[str, str]) -> None:
    done = run(filled, "sql")
    assert done.returncode == 0, done.stderr
    assert "postgresql://dateline_reader@" in done.stdout
    assert "not complete" not in done.stdout


def test_the_doctor_finds_everything_in_place(filled: dict[str, str]) -> None:
    done = run(filled, "doctor", "--json")
    found = {line["check"]: line["state"] for line in lines_of(done)}
    assert done.returncode == 0, done.stdout
    assert [found[name] for name in ("python", "model", "database", "extensions", "schema")] == ["good"] * 5


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[str]) -> Any:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, process.communicate()
        try:
            with urlopen(url, timeout=5) as answer:
                return json.load(answer)
        except URLError:
            time.sleep(0.2)
    raise AssertionError(f"{url} does not answer")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_starts_everything_and_stops_it_again(number: signal.Signals) -> None:
    port = free_port()
    with temporary_home() as home:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"DATELINE_HOME": str(home)}
        command = [*DATELINE, "serve", "--port", str(port), "--no-open", "--no-demo"]
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        try:
            assert wait_for(f"http://127.0.0.1:{port}/health", process)["data"]["documents"] == 0
        finally:
            process.send_signal(number)
            told, _ = process.communicate(timeout=60)
        assert f"http://127.0.0.1:{port}/v1/events.csv" in told
        assert not (home / "postgres" / "postmaster.pid").exists()
