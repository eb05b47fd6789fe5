"""The kinds of event, with their place in the ontologies of the field."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Coding:
    """Where an event stands in PLOVER and CAMEO. `plover` is None for statements and denials."""

    plover: str | None
    mode: str
    cameo: str
    quad: int
    goldstein: float


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of the codebook. `planned` is the coding of the same act when it is only intended."""

    name: str
    label: str
    definition: str
    source_role: str
    target_role: str
    coding: Coding
    planned: Coding
    examples: tuple[str, ...]
    near_miss: str
