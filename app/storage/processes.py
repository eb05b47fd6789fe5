"""Which processes stand in a folder: every process of a PostgreSQL server does in its data folder."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")


def can_tell() -> bool:
    """Whether this system shows its processes as files; Linux does."""
    return (_PROC / "self" / "cwd").exists()


def servers_in(folder: Path) -> list[int]:
    """The ids of living PostgreSQL processes whose working folder is `folder`; none where `can_tell` is false.

    Of processes of other users only root is told; a server's data folder has one user, or root starts it.
    """
    wanted = os.path.realpath(folder)
    processes = (entry for entry in _PROC.glob("[0-9]*") if _working_folder(entry) == wanted)
    return sorted(int(entry.name) for entry in processes if _name(entry) == "postgres")


def _name(process: Path) -> str:
    try:
        return (process / "comm").read_text().strip()
    except OSError:
        return ""


def _working_folder(process: Path) -> str | None:
    try:
        return os.readlink(process / "cwd")
    except OSError:  # ended meanwhile, a zombie, or another user's
        return None
