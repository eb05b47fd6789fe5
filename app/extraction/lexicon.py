"""What is known before reading: states, people, bodies, role nouns and weapons, and the index that finds them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.domain.actors import Actor

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Lexicon:
    """All names known before reading. Built once by `load_lexicon`, then only read."""

    actors: tuple[Actor, ...]


def load_lexicon(folder: Path = DATA) -> Lexicon:
    """Read the tables of `folder`; BadData names the file and the line of a row that cannot be read."""
    raise NotImplementedError
