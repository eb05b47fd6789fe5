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


FAKE_APT = """#!/bin/sh
echo "$*" >> "{log}"
cat "{system}"/etc/postgresql-common/createcluster.d/* >> "{log}"
case "$*" in *update*) exit {update} ;; *install*) exit {install} ;; esac
"""


def offer(tmp_path: Path, *, user: int = 0, update: int = 0, install: int = 0, apt: bool = True) -> tuple[str, str]:
    """What `offer_postgresql` says on a system without PostgreSQL, and what it asked of apt-get."""
    system, tools, log = tmp_path / "system", tmp_path / "tools", tmp_path / "asked"
    tools.mkdir()
    log.touch()
    for name in ("ls", "mkdir", "rm", "rmdir", "cat"):
        (tools / name).symlink_to(shutil.which(name) or name)
    fakes = {"id": f"#!/bin/sh\necho {user}\n", "apt-cache": "#!/bin/sh\n"}
    if apt:
        fakes["apt-get"] = FAKE_APT.format(log=log, system=system, update=update, install=install)
    for name, text in fakes.items():
        (tools / name).write_text(text)
        (tools / name).chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", "-euc", 'say() { echo "$*"; }; . "$1"; offer_postgresql; echo goes on', "sh", SHELL_PART],
        env={"PATH": str(tools), "DATELINE_SYSTEM": str(system)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith("goes on\n")
    assert not (system / "etc" / "postgresql-common" / "createcluster.d").exists()
    return done.stdout, log.read_text()


SHELL_PART = ROOT / "scripts" / "postgresql.sh"


def test_root_gets_the_distributions_postgresql_without_a_cluster(tmp_path: Path) -> None:
    said, asked = offer(tmp_path)
    assert "skips" not in said
    assert re.search(r"update\ncreate_main_cluster = off\n.*install .*postgresql-15", asked)


@pytest.mark.parametrize(
    ("machine", "says"),
    [
        ({"user": 1000}, "postgresql-15 .* not installed: the test .* skips. As root: apt-get install postgresql-15"),
        ({"update": 100, "install": 100}, "apt-get could not install postgresql-15: the test .* skips"),
        ({"apt": False}, "not installed in /usr/lib/postgresql: the test .* skips"),
    ],
)
def test_what_cannot_be_installed_is_said_and_stops_nothing(tmp_path: Path, machine: dict[str, int], says: str) -> None:
    said, asked = offer(tmp_path, **machine)
    assert re.search(says, said)
    assert bool(asked) == ("apt-get could not" in says)


def test_a_machine_with_postgresql_is_left_alone(tmp_path: Path) -> None:
    programs = tmp_path / "system" / "usr" / "lib" / "postgresql" / "17" / "bin"
    programs.mkdir(parents=True)
    (programs / "postgres").touch()
    assert offer(tmp_path) == ("goes on\n", "")


@pytest.mark.parametrize(
    ("user", "install", "said", "asked"),
    [
        (0, 0, "Installing the Debian packages chromium npm", "install --yes --no-install-recommends chromium npm"),
        (0, 100, "apt-get could not install chromium npm: the tests in a browser skip", "install"),
        (
            1000,
            0,
            "Not installed: chromium npm: the tests in a browser skip. As root: apt-get install chromium npm",
            "",
        ),
    ],
)
def test_root_gets_a_browser_and_others_are_told(
    tmp_path: Path, user: int, install: int, said: str, asked: str
) -> None:
    log = tmp_path / "asked"
    log.touch()
    apt = f'#!/bin/sh\necho "$*" >> "{log}"\ncase "$*" in *install*) exit {install} ;; esac\n'
    for name, text in {"id": f"#!/bin/sh\necho {user}\n", "apt-get": apt}.items():
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    run = 'say() { echo "$*"; }; . "$1/postgresql.sh"; . "$1/browser.sh"; offer_browser; echo goes on'
    command = ["/bin/sh", "-euc", run, "sh", ROOT / "scripts"]
    done = subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=True)
    assert said in done.stdout
    assert done.stdout.endswith("goes on\n")
    assert asked in log.read_text()


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
