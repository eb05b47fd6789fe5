"""How good this release is, as it was measured."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

DESCRIPTION = "What was measured of this release: on which texts, by which command, on which day."
COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("what", "measure", "set", "part"), "string"),
    "value": "float64",
    "goal": "float64",
    "day": "datetime64[s]",
    "command": "string",
}


@cache
def measurements() -> tuple[Mapping[str, Any], ...]:
    """Every measurement; `told` is its value as docs/quality.md writes it."""
    found: list[Mapping[str, Any]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))[
        "measurement"
    ]
    return tuple(found)


def records() -> list[dict[str, Any]]:
    return [{name: one.get(name) for name in COLUMNS} for one in measurements()]
