"""Steps from a document to its mentions. Their order is checked when the pipeline is built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from spacy.tokens import Doc

from app.domain.dates import DateCandidate, Derivation
from app.domain.documents import Document, Reading
from app.domain.events import Mention
from app.domain.spans import TimeSpan
from app.extraction.actors import ActorIndex
from app.extraction.blocks import Block
from app.extraction.frames import Frame


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What was read from one document.

    `published` is the day (or span) that dates were counted from: the document's own, or what was inferred.
    `candidates` is empty where the document brought its date.
    """

    document: Document
    language: str
    status: Reading
    published: TimeSpan | None
    mentions: tuple[Mention, ...]
    candidates: tuple[DateCandidate, ...] = ()


class Reader(Protocol):
    """Anything that reads documents. `version` names the rules and the data that it reads by."""

    @property
    def version(self) -> str: ...

    def read_many(self, documents: Iterable[Document]) -> Iterator[ReadDocument]: ...


@dataclass(slots=True)
class Article:
    """A document on its way through the steps. A field holds nothing useful until the step that gives it has run."""

    document: Document
    language: str = ""
    published: TimeSpan | None = None
    candidates: tuple[DateCandidate, ...] = ()
    blocks: Sequence[Block] = ()
    docs: list[Doc] = field(default_factory=list)
    dates: Sequence[Sequence[Derivation]] = ()
    actors: ActorIndex | None = None
    frames: Sequence[Frame] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what must be known before it, what is known after it, and the function that does it."""

    name: str
    needs: frozenset[str]
    gives: frozenset[str]
    run: Callable[[Article], None]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Steps in order. Raises ValueError when built in an order in which a step lacks what it needs."""

    steps: tuple[Step, ...]
    known: frozenset[str] = frozenset({"document"})

    def __post_init__(self) -> None:
        known = self.known
        for step in self.steps:
            if missing := step.needs - known:
                raise ValueError(f"step {step.name!r} runs before {sorted(missing)} is known")
            known |= step.gives

    def run(self, article: Article) -> Article:
        for step in self.steps:
            step.run(article)
        return article
