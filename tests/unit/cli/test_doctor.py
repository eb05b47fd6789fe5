"""Each check of the doctor: what is well, and what is not with its mend."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from app.cli import doctor
from app.cli.doctor import State
from app.cli.ports import PortTaken, check_port
from app.settings import Settings
from app.storage.engine import Revisions


def test_python_and_model_are_there() -> None:
    assert doctor.python().state is State.GOOD
    assert doctor.model().state is State.GOOD


def test_a_model_that_cannot_be_loaded_names_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise OSError("[E050] no such model")

    monkeypatch.setattr(doctor, "load_model", missing)
    found = doctor.model()
    assert found.state is State.BAD
    assert "pip install" in found.mend


def test_a_folder_that_is_not_there_yet_is_judged_by_the_one_above(tmp_path: Path) -> None:
    assert doctor.home(tmp_path / "a" / "b").state is State.GOOD
    assert not (tmp_path / "a").exists()


def test_a_full_disk_is_bad(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doctor, "LEAST_FREE", 10**18)
    assert doctor.disk(tmp_path).state is State.BAD


def test_no_database_yet_is_only_a_note(tmp_path: Path) -> None:
    [found] = doctor.database(Settings(database_url=None, home=tmp_path))
    assert found.state is State.NOTE
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_does_not_answer_is_bad(tmp_path: Path) -> None:
    url = f"postgresql:///nothing?host={tmp_path}"
    [found] = doctor.database(Settings(database_url=url, home=tmp_path))
    assert found.state is State.BAD
    assert "DATABASE_URL" in found.mend


def test_missing_extensions_are_named_with_the_statement() -> None:
    assert doctor.extensions(()).state is State.GOOD
    assert "CREATE EXTENSION unaccent" in doctor.extensions(("unaccent",)).mend


@pytest.mark.parametrize(
    ("found", "state", "mend"),
    [
        ("0002", State.GOOD, ""),
        ("0001", State.BAD, "brings the schema up to date"),
        (None, State.BAD, "brings the schema up to date"),
        ("0009", State.BAD, "install the version"),
    ],
)
def test_the_schema_is_compared_with_the_migrations(found: str | None, state: State, mend: str) -> None:
    finding = doctor.schema(Revisions(found, "0002", frozenset({"0001", "0002"})))
    assert finding.state is state
    assert mend in finding.mend


def test_a_port_in_use_is_told_before_anything_starts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"127.0.0.1:{number}"):
            check_port("127.0.0.1", number)
        assert doctor.port("127.0.0.1", number).state is State.NOTE
    assert doctor.port("127.0.0.1", number).state is State.GOOD
