"""The kinds of event, as a table with its crosswalk to PLOVER and CAMEO."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.domain.kinds import Coding, Kind

DESCRIPTION = "All kinds of event that are told apart, with their roles and their places in PLOVER and CAMEO."
KIND_COLUMNS = (
    "kind", "label", "definition", "source_role", "target_role", "plover", "mode", "cameo", "quad", "goldstein",
    "planned", "examples", "near_miss",
)  # fmt: skip


def records(kinds: Iterable[Kind]) -> list[dict[str, Any]]:
    """One record a kind; `planned` is the coding of the same act while it is only intended."""
    return [
        {
            "kind": kind.name,
            "label": kind.label,
            "definition": kind.definition,
            "source_role": kind.source_role,
            "target_role": kind.target_role,
            **_coding(kind.coding),
            "planned": _coding(kind.planned),
            "examples": list(kind.examples),
            "near_miss": kind.near_miss,
        }
        for kind in kinds
    ]


def _coding(coding: Coding) -> dict[str, Any]:
    return {
        "plover": coding.plover,
        "mode": coding.mode or None,
        "cameo": coding.cameo,
        "quad": coding.quad,
        "goldstein": coding.goldstein,
    }
