"""The codebook as a page of the documentation: `python -m app.extraction.codebook_page > docs/codebook.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.domain.kinds import Coding, Kind
from app.extraction.codebook import load_codebook

QUADS = ("none", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
PREFACE = """# Codebook

What an event can be. Each kind has its place in PLOVER (type and mode), in CAMEO (code and Goldstein score) and in
one of four quads. A deed that is only planned or promised has a coding of its own. Single triggers may be coded
otherwise than their kind: praise is a statement with the PLOVER type SUPPORT.

This page is written from `app/extraction/data/kinds.toml` by `python -m app.extraction.codebook_page`; a test keeps
the two in step.

| Kind | PLOVER | CAMEO | Quad | Goldstein | When planned |
|---|---|---|---|---|---|
"""


def codebook_page(kinds: Iterable[Kind]) -> str:
    """The page in Markdown: one table of all kinds, then a section for each. Ends with a line feed."""
    listed = list(kinds)
    return PREFACE + "".join(_row(kind) + "\n" for kind in listed) + "".join(_section(kind) for kind in listed)


def _row(kind: Kind) -> str:
    own, planned = kind.coding, kind.planned
    cells = (f"[{kind.label}](#{_anchor(kind)})", _type(own), own.cameo, QUADS[own.quad], f"{own.goldstein:g}")
    return "| " + " | ".join((*cells, f"{_type(planned)} {planned.cameo}")) + " |"


def _section(kind: Kind) -> str:
    return "\n".join(_lines(kind)) + "\n"


def _lines(kind: Kind) -> Iterator[str]:
    yield from ("", f"## {kind.label}", "", f"`{kind.name}`: {kind.definition}", "")
    yield from (f"- Source: {kind.source_role}", f"- Target: {kind.target_role}")
    yield from (f"- Example: {example}" for example in kind.examples)
    yield f"- Near miss: {kind.near_miss}"


def _type(coding: Coding) -> str:
    return "–" if coding.plover is None else coding.plover + (f"/{coding.mode}" if coding.mode else "")


def _anchor(kind: Kind) -> str:
    return kind.label.lower().replace(" ", "-")


if __name__ == "__main__":
    print(codebook_page(load_codebook().values()), end="")
