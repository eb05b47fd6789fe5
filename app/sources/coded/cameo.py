"""CAMEO's codes with their names, scores, places in PLOVER and the kind of this program that holds them.

Codes, names and scores are facts of the codebook (CAMEO 1.1b3); what stands beside them is decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from app.domain.kinds import Coding


class Code(NamedTuple):
    code: str
    name: str
    kind: str
    coding: Coding


@cache
def by_code() -> Mapping[str, Code]:
    text = (files("app.sources.coded") / "cameo.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {row[0]: _code(*row) for row in rows}


@cache
def by_name() -> Mapping[str, Code]:
    return {code.name.casefold(): code for code in by_code().values()}


def _code(code: str, name: str, goldstein: str, plover: str, mode: str, quad: str, kind: str) -> Code:
    return Code(code, name, kind, Coding(plover or None, mode, code, int(quad), float(goldstein)))


def find(code: str, name: str) -> Code | None:
    """By code, also one whose first zero a spreadsheet has eaten; else by name."""
    known = by_code()
    return known.get(code) or known.get(f"0{code}" if code else "") or by_name().get(name.strip().casefold())
