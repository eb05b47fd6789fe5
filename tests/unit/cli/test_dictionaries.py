"""`dateline actors`: dictionaries taken in, listed and taken out."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.dictionaries import show, take_in, take_out
from app.domain.errors import NotFound
from app.extraction.datafiles import BadData

HEADER = "#name\taliases\ttype\tstate\tsector\tsource\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    kept = tmp_path / "kept"
    monkeypatch.setenv("DATELINE_DICTIONARIES", str(kept))
    return kept


def test_a_dictionary_is_kept_listed_and_taken_out(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "mine.txt"
    given.write_text("VARDANIA_LEAGUE_ [GEOREB]\nPINK_BOX_\n")
    assert take_in([given]) == 0
    capsys.readouterr()
    show()
    assert capsys.readouterr().out.startswith("mine.txt: PETRARCH actors, 1 entries, 1 lines left out")
    take_out("mine.txt")
    assert list(folder.iterdir()) == []
    with pytest.raises(NotFound, match=r"mine\.txt"):
        take_out("mine.txt")


def test_a_bad_row_leaves_what_was_there(folder: Path, tmp_path: Path) -> None:
    given = tmp_path / "mine.tsv"
    given.write_text(f"{HEADER}Vardania Gazette\t\tmedia\tGEO\tJRN\tmine\n")
    take_in([given])
    before = (folder / "mine.tsv").read_text()
    given.write_text(f"{HEADER}Vardania Gazette\t\tclub\tGEO\tJRN\tmine\n")
    with pytest.raises(BadData, match="line 2"):
        take_in([given])
    assert (folder / "mine.tsv").read_text() == before


def test_a_file_without_actors_is_not_kept(folder: Path, tmp_path: Path) -> None:
    given = tmp_path / "discards.txt"
    given.write_text("1914\n")
    assert take_in([given]) == 1
    assert list(folder.iterdir()) == []
