"""The scripts say what is missing, and do nothing twice."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import temporary_home

ROOT = Path(__file__).resolve().parents[2]
NAMES = ["serve", "test", "check", "migrate", "lock", "../.ci/run"]
TOOLS = ["sh", "dirname", "cat", "rm", "flock"]

# A python that does what the test says and writes down what it was asked.
FAKE_PYTHON = """#!/bin/sh
echo "$*" >> "{log}"
case "$*" in
  *ensurepip*) exit {ensurepip} ;;
  *"-m venv"*)
     mkdir -p .venv/bin
     cp "$0" .venv/bin/python
     printf '#!/bin/sh\\necho served "$@"\\n' > .venv/bin/dateline
     chmod +x .venv/bin/dateline ;;
  *"-m pip --version"*) exit 1 ;;
  *hashlib*) echo sum ;;
  *%d.%d*) echo 3.11 ;;
esac
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A checkout with the scripts, and a folder of tools that holds no Python."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).touch()
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in (*TOOLS, "mkdir", "cp", "chmod"):
        if found := shutil.which(name):
            (tools / name).symlink_to(found)
    return tmp_path


def give_python(clone: Path, *, ensurepip: int = 0) -> Path:
    log = clone / "asked"
    (clone / "tools" / "python3").write_text(FAKE_PYTHON.format(log=log, ensurepip=ensurepip))
    (clone / "tools" / "python3").chmod(0o755)
    return log


def serve(clone: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [clone / "scripts" / "serve", *arguments],
        env={"PATH": str(clone / "tools"), "HOME": str(clone / "nowhere")},
        cwd=clone,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_script_can_be_run_and_is_plain_sh(name: str) -> None:
    script = ROOT / "scripts" / name
    assert os.access(script, os.X_OK)
    assert script.read_text().startswith("#!/bin/sh\n")
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0


def test_a_machine_without_python_is_told_what_to_install(clone: Path) -> None:
    told = serve(clone)
    assert told.returncode == 1
    assert "Python 3.11 or newer is needed" in told.stderr
    assert "apt-get install python3" in told.stderr


def test_a_python_without_ensurepip_is_told_the_package(clone: Path) -> None:
    give_python(clone, ensurepip=1)
    told = serve(clone)
    assert told.returncode == 1
    assert "apt-get install python3.11-venv" in told.stderr
    assert not (clone / ".venv").exists()


def test_the_second_start_installs_nothing(clone: Path) -> None:
    log = give_python(clone)
    first = serve(clone, "--port", "8123")
    assert first.stdout == "served serve --port 8123\n", first.stderr
    asked = log.read_text()
    assert "--require-hashes" in asked
    assert "--no-build-isolation" in asked
    log.write_text("")
    assert serve(clone).stdout == "served serve\n"
    assert "pip" not in log.read_text()


def test_migrating_by_hand_builds_the_database() -> None:
    with temporary_home() as home:
        environment = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
        for _ in range(2):
            subprocess.run(
                [sys.executable, ROOT / "scripts" / "migrate.py"],
                env=environment | {"DATELINE_HOME": str(home)},
                check=True,
            )
        assert (home / "postgres" / "PG_VERSION").exists()


def test_the_image_asks_for_its_health_with_a_program_that_compiles() -> None:
    lines = (ROOT / "Dockerfile").read_text()
    found = re.search(r"HEALTHCHECK(?:.|\\\n)*?CMD (\[.*\])", lines)
    assert found
    command = json.loads(found[1])
    compile(command[-1], "HEALTHCHECK", "exec")


def test_the_image_takes_what_its_build_copies() -> None:
    copied = set(re.findall(r"^COPY (.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE))
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert {name for names in copied for name in names.split()} == kept
