"""The user's own actors from a terminal: dictionaries taken in, listed and taken out again."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from app.cli.showing import console
from app.domain.errors import NotFound
from app.extraction.dictionaries import NO_ACTORS, Dictionary, read_dictionary, read_folder
from app.extraction.lexicon import load_lexicon
from app.settings import Settings

_MOST_SHOWN = 10


def take_in(files: list[Path]) -> int:
    """Keep a copy of each file that holds actors. Returns the exit code: 1 where none does. Nothing is kept where a row
    cannot be understood."""
    if missing := [path for path in files if not path.is_file()]:
        raise NotFound(f"{missing[0]} is no file")
    read = [read_dictionary(path) for path in files]
    for dictionary in read:
        _report(dictionary)
    kept = [dictionary.path for dictionary in read if len(dictionary)]
    folder = Settings().own_actors
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as trial:
        _copy(folder.iterdir(), Path(trial))
        _copy(kept, Path(trial))
        lexicon = load_lexicon(own=Path(trial))
    _copy(kept, folder)
    console().print(f"{len(lexicon.actors)} actors are known now. A running service knows them after its next start.")
    return 0 if kept else 1


def _copy(files: Iterable[Path], folder: Path) -> None:
    for path in files:
        shutil.copyfile(path, folder / path.name)


def show() -> None:
    """What has been taken in."""
    for dictionary in read_folder(Settings().own_actors):
        _report(dictionary)


def take_out(name: str) -> None:
    path = Settings().own_actors / Path(name).name
    if not path.is_file():
        raise NotFound(f"no dictionary {name!r} has been taken in; `dateline actors list` names them")
    path.unlink()


def _report(dictionary: Dictionary) -> None:
    screen = console()
    if dictionary.form == NO_ACTORS:
        screen.print(f"{dictionary.path.name}: holds no actors, left out", highlight=False)
        return
    left = f", {len(dictionary.left_out)} lines left out" if dictionary.left_out else ""
    screen.print(f"{dictionary.path.name}: {dictionary.form}, {len(dictionary)} entries{left}", highlight=False)
    for reason in dictionary.left_out[:_MOST_SHOWN]:
        screen.print(f"  {reason}", highlight=False, markup=False)
    if len(dictionary.left_out) > _MOST_SHOWN:
        screen.print(f"  and {len(dictionary.left_out) - _MOST_SHOWN} more", highlight=False)
