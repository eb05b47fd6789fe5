"""The demonstration corpus: short dispatches, written for this project from public facts, by papers that do not exist.

Each brings the truth about its events, known because it was written down first; `docs/demo.md` tells more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

import orjson

from app.domain.dates import Offsets
from app.domain.documents import Document
from app.domain.events import Modality
from app.sources.received import NO_DEFAULTS
from app.sources.records import document_of

FILE = files(__name__) / "dispatches.jsonl"


@dataclass(frozen=True, slots=True)
class Relation:
    """How an event stands to another: denies, refuses, fulfils, cancels, resumes, responds_to."""

    type: str
    event: str


@dataclass(frozen=True, slots=True)
class Truth:
    """One thing that a dispatch tells. The same `event` in several dispatches is the same event.

    `source` and `target` hold labels as analysts look for them, each state's code before its people; `date` is
    EDTF as this dispatch tells it, right or wrong; `words` are the place of the quote in the text.
    """

    event: str
    kind: str
    date: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    modality: Modality
    words: Offsets
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A document of the corpus with the matter it belongs to, the public facts behind it, and its truth."""

    id: str
    matter: str
    document: Document
    facts: str
    truth: tuple[Truth, ...]


def load_demo() -> Iterator[Document]:
    """The documents, earliest first."""
    return (dispatch.document for dispatch in load_dispatches())


def load_dispatches() -> Iterator[Dispatch]:
    """The documents with all that is known about them."""
    for line in FILE.read_bytes().splitlines():
        record = orjson.loads(line)
        document = document_of(record, NO_DEFAULTS)
        truth = tuple(_truth(told, document.text) for told in record["truth"])
        yield Dispatch(record["id"], record["matter"], document, record["facts"], truth)


def _truth(told: Mapping[str, object], text: str) -> Truth:
    quote = str(told["quote"])
    start = text.index(quote)
    return Truth(
        event=str(told["event"]),
        kind=str(told["kind"]),
        date=str(told["date"]),
        source=_strings(told["source"]),
        target=_strings(told["target"]),
        modality=Modality(str(told["modality"])),
        words=Offsets(start, start + len(quote)),
        relations=_relations(told.get("relations", [])),
    )


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _relations(value: object) -> tuple[Relation, ...]:
    return tuple(Relation(one["type"], one["event"]) for one in value) if isinstance(value, list) else ()
