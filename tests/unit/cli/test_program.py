"""The command line itself: quick to answer, errors without tracebacks."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from app.cli import program
from app.cli.program import app
from app.domain.errors import BadQuery

HEAVY = ("spacy", "pandas", "fastapi", "sqlalchemy", "uvicorn", "pydantic", "httpx")
COMMANDS = ("serve", "ingest", "around", "actor", "events", "doctor", "extract", "timex", "code", "datedoc")


def test_help_names_every_command() -> None:
    shown = CliRunner().invoke(app, ["--help"])
    assert shown.exit_code == 0
    assert all(command in shown.output for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_own_help(command: str) -> None:
    assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0


def test_help_loads_nothing_heavy() -> None:
    code = f"import sys, app.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_error_of_the_caller_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails() -> None:
        raise BadQuery("kind", "'ultimatm' is not known", did_you_mean="ultimatum")

    monkeypatch.setattr(program, "app", fails)
    with pytest.raises(SystemExit) as left:
        program.main()
    assert left.value.code == 1
    assert capsys.readouterr().err == "dateline: kind: 'ultimatm' is not known; did you mean ultimatum?\n"


def test_an_unknown_option_ends_with_2() -> None:
    assert CliRunner().invoke(app, ["events", "--nonsense"]).exit_code == 2
