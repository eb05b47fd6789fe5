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

TRIGGERS = """
# Triggers

The words that tell an event stand in `app/extraction/data/triggers.tsv`, one reading a row, tab separated, sorted by
lemma and part of speech. Of the rows of one word the first wins whose conditions and required slots hold, so the more
specific stands first.

| Column | What it holds |
|---|---|
| `lemma`, `pos` | the word as the parser gives it, lower case; `V`, `N` or `A` |
| `kind` | a kind of this codebook |
| `source`, `target`, `object` | paths to the arguments (`subj`, `dobj`, `to`, `dobj.of`), the first that leads \
somewhere wins; `!` at the end: required |
| `conditions` | what must hold around the word, all of it: `prt:down,obj:arm\\|gun,weapon`; the names are the keys of \
`app/extraction/conditions.py` |
| `plover`, `cameo` | where the reading is coded otherwise than its kind; `-`: no PLOVER type |

A list of words that several conditions share is a class in `app/extraction/data/word_classes.toml`, with a line that
says what the words have in common. A condition names it with `@`, alone or among other words and classes:
`obj:@sanctions`, `obj:@diplomatic_ties|embassy`. The words of the class then stand in its place. An unknown class and
one that no condition uses are refused with file and line. A word that fits one condition only is written there; one
that fits all of them belongs into the class.
"""


def codebook_page(kinds: Iterable[Kind]) -> str:
    """The page in Markdown: a table of all kinds, a section for each, the format of triggers. Ends with a line feed."""
    listed = list(kinds)
    table = "".join(_row(kind) + "\n" for kind in listed)
    return PREFACE + table + "".join(_section(kind) for kind in listed) + TRIGGERS


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
