"""A reader for tests of linking: each line of a text says what it claims, so that no model is loaded.

    visit asserted 2016-04-14 IRN,jane-doe>RUS | The envoy came.
    delivery asserted 2016-04 RUS>IRN S-300 | The parts came.

A person's id has a hyphen and belongs to the state before it. A side with "~" before it is inferred. "yesterday" in the
place of a day is the day before the publication; where that is not known, the line claims nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.domain.actors import ActorType, Naming, Party
from app.domain.dates import Basis, Derivation, Offsets
from app.domain.documents import Document, Reading
from app.domain.events import Evidence, Mention, Modality, Role
from app.domain.spans import TimeSpan
from app.extraction.codebook import load_codebook
from app.extraction.pipeline import ReadDocument
from app.services.ingest import Begin, Desk
from app.services.questions import span

LINE = re.compile(
    r"(?P<kind>\w+) (?P<stance>\w+) (?P<day>\S+) (?P<source>\S*)>(?P<target>\S*)(?: (?P<thing>\S+))? \| .*"
)
TODAY = date(2026, 11, 26)


@dataclass(frozen=True, slots=True)
class ScriptedReader:
    """Reads the lines; `instead` puts other lines in the place of some, as a newer version of rules might."""

    version: str = "script.1"
    instead: Mapping[str, str] | None = None

    def read_many(self, documents: Iterable[Document]) -> Iterator[ReadDocument]:
        for document in documents:
            mentions = tuple(self._mentions(document))
            yield ReadDocument(document, "en", Reading.READ, document.published, mentions)

    def _mentions(self, document: Document) -> Iterator[Mention]:
        for found in re.finditer(r".+", document.text):
            line = (self.instead or {}).get(found[0], found[0])
            told = LINE.fullmatch(line)
            day = _day(told["day"], document.published) if told else None
            if told and day:
                yield _mention(told, day, found.start(), found.end(), self.version)


def _day(told: str, published: TimeSpan | None) -> str | None:
    if told != "yesterday":
        return told
    return (published.start - timedelta(1)).isoformat() if published and published.start else None


def _mention(told: re.Match[str], day: str, start: int, end: int, version: str) -> Mention:
    kind = load_codebook()[told["kind"]]
    clause = Offsets(start, end)
    trigger = Offsets(start, start + min(len(told["kind"]), end - start))
    return Mention(
        kind=kind.name,
        coding=kind.coding,
        date=Derivation(span("day", day), Basis.EXPLICIT, "script", quote=told["day"]),
        evidence=Evidence(clause, trigger, f"{kind.name}.script", version),
        modality=Modality(told["stance"]),
        role=Role.MAIN,
        confidence=0.8,
        source=tuple(_parties(told["source"])),
        target=tuple(_parties(told["target"])),
        object=told["thing"],
    )


def _parties(told: str) -> Iterator[Party]:
    basis = Naming.INFERRED if told.startswith("~") else Naming.STATED
    return (replace(party, basis=basis) for party in _named(told.removeprefix("~")))


def _named(told: str) -> Iterator[Party]:
    state = None
    for name in filter(None, told.split(",")):
        if "-" in name:
            yield Party(name, name.title(), ActorType.PERSON, state, "GOV", name)
            continue
        state = name
        if f"{name}," not in told:
            yield Party(name, name, ActorType.STATE, name, "GOV", name)


def document(text: str, publisher: str | None = "Gazette", published: str | None = "2016-04-16") -> Document:
    day = TimeSpan.of_day(date.fromisoformat(published)) if published else None
    return Document(text, publisher=publisher, published=day)


def desk(begin: Begin, reader: ScriptedReader | None = None) -> Desk:
    return Desk(begin, reader or ScriptedReader(), load_codebook(), TODAY)
