"""Other people's coded events become events with evidence: the row is the words, its table is the document."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby, islice

from sqlalchemy import Connection

from app.domain.actors import ActorType, Party
from app.domain.dates import Basis, Derivation, Offsets
from app.domain.documents import Document
from app.domain.events import Evidence, Mention, Modality, Place, Role
from app.domain.kinds import Kind
from app.domain.spans import TimeSpan
from app.extraction.lexicon import slug
from app.linking import identity
from app.linking.claims import ROW, Claim
from app.services import linking
from app.services.claims import linked_by
from app.services.ingest import Begin
from app.services.titles import title
from app.sources.coded import CodedRow, Importer, Said
from app.sources.received import Refused
from app.storage import bulk, readings, rollups, runs
from app.storage import linking as store
from app.storage.bulk import Named, Tally
from app.storage.events import Report
from app.storage.linking import Together

AT_ONCE = 20_000  # rows in one transaction
LINKED_AT_ONCE = 200  # rows, or those of one document: what is compared with each other grows with the square
ROWS_A_DOCUMENT = 500  # of a table that names no stories
RULE = "stands in the table"
ID_LENGTH = 16


@dataclass(slots=True)
class Imported:
    """What became of a table's rows. `known` rows stand in documents that are kept already."""

    rows: int = 0
    known: int = 0
    events: int = 0
    documents: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)  # the numbers of the documents
    linked: Together | None = None


def import_rows(
    begin: Begin, importer: Importer, rows: Iterable[CodedRow | Refused], kinds: Mapping[str, Kind]
) -> Iterator[Imported]:
    """Take rows in, batch by batch, each in one transaction; the tally so far after each."""
    tally = Imported()
    waiting = iter(rows)
    while batch := list(islice(waiting, AT_ONCE)):
        coded = [row for row in batch if isinstance(row, CodedRow)]
        tally.refused += [row for row in batch if isinstance(row, Refused)]
        with begin() as conn:
            stamp = store.take_turn(conn)
            bulk.plan_once(conn)
            _keep(conn, importer, coded, kinds, tally, stamp)
            rollups.fold(conn)
        yield tally


def link_rows(
    begin: Begin, importer: Importer, rows: Iterable[CodedRow | Refused], kinds: Mapping[str, Kind]
) -> Iterator[Imported]:
    """The same, but that rows are linked with each other and with all that is kept, as what articles tell: those that
    say the same of one event are one. Documents that are kept already stay as they are."""
    tally = Imported()
    waiting = iter(rows)
    while batch := list(islice(waiting, AT_ONCE)):
        tally.refused += [row for row in batch if isinstance(row, Refused)]
        for blocks in _some(_blocks([row for row in batch if isinstance(row, CodedRow)])):
            with begin() as conn:
                _link(linking.begin(conn, kinds, f"import {importer.name}"), importer, blocks, tally)
                rollups.fold(conn)
            yield tally
    with begin() as conn:
        tally.linked = store.together(conn, tally.kept)
    yield tally


def _some(blocks: Iterable[list[CodedRow]]) -> Iterator[list[list[CodedRow]]]:
    """Blocks until there are rows enough to be linked at once."""
    some: list[list[CodedRow]] = []
    for block in blocks:
        some.append(block)
        if sum(map(len, some)) >= LINKED_AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _link(turn: linking.Turn, importer: Importer, blocks: Sequence[list[CodedRow]], tally: Imported) -> None:
    conn, rows = turn.conn, [row for block in blocks for row in block]
    received = [_document(importer, block) for block in blocks]
    numbers = bulk.keep_documents(conn, received)
    named, run = _Names(conn, rows), runs.of_version(conn, importer.run)
    claims: list[Claim] = []
    for number, document, block in zip(numbers, received, blocks, strict=True):
        tally.rows += len(block)
        if number is None:
            tally.known += len(block)
            continue
        tally.kept.append(number)
        tally.kinds.update(row.kind for row in block)
        told = [_mention(importer, row, start, named) for row, start in zip(block, _starts(block), strict=True)]
        keys = [
            f"{event_id(importer, row)}{ROW}{identity.event_id(document.sha256, mention)}"
            for row, mention in zip(block, told, strict=True)
        ]
        claims += linking.take_in(turn, linking.Desk(number, run, document, turn.kinds, coded=True), told, keys)
        readings.mark_linked(conn, number, linked_by())
    tally.documents = len(tally.kept)
    if claims:
        linking.relink(turn, claims)


def _keep(
    conn: Connection,
    importer: Importer,
    rows: Sequence[CodedRow],
    kinds: Mapping[str, Kind],
    tally: Imported,
    stamp: datetime,
) -> None:
    blocks = list(_blocks(rows))
    numbers = bulk.keep_documents(conn, [_document(importer, block) for block in blocks])
    named = _Names(conn, rows)
    run = runs.of_version(conn, importer.run)
    fresh = [(number, block) for number, block in zip(numbers, blocks, strict=True) if number is not None]
    reports = [
        _report(importer, number, run, row, start, named, kinds)
        for number, block in fresh
        for row, start in zip(block, _starts(block), strict=True)
    ]
    told = [row for _, block in fresh for row in block]
    tally.rows += len(rows)
    tally.known += len(rows) - len(told)
    tally.documents += len(fresh)
    if reports:
        turn = bulk.Turn(stamp, f"import {importer.name}")
        tally.events += bulk.keep_events(conn, reports, _tallies(importer, told), turn)
    tally.kinds.update(row.kind for row in told)


# -- documents ------------------------------------------------------------------------------------


def _blocks(rows: Sequence[CodedRow]) -> Iterator[list[CodedRow]]:
    """The rows of each story; where the table names none, so many at a time. No two blocks have the same text."""
    stories: dict[str, list[CodedRow]] = {}
    for story, told in groupby(rows, key=lambda row: row.told_in):
        stories.setdefault(story, []).extend(told)
    loose = stories.pop("", [])
    yield from stories.values()
    for first in range(0, len(loose), ROWS_A_DOCUMENT):
        yield loose[first : first + ROWS_A_DOCUMENT]


def _document(importer: Importer, block: Sequence[CodedRow]) -> Document:
    """The rows as they stand in the table. The publisher is the story's, else the table's own."""
    first, last = block[0], block[-1]
    what = f"story {first.told_in}" if first.told_in else f"rows {first.where} to {last.where}"
    text = "\n".join(row.line for row in block)
    return Document(text, title=f"{importer.title}, {what}", publisher=first.publisher or importer.title)


def _starts(block: Sequence[CodedRow]) -> Iterator[int]:
    """Where each row begins in its document."""
    at = 0
    for row in block:
        yield at
        at += len(row.line) + 1


# -- events ---------------------------------------------------------------------------------------


def event_id(importer: Importer, row: CodedRow) -> str:
    """The same for the same row of the same table, whenever it is taken in."""
    digest = hashlib.sha256("\x1f".join((importer.name, *row.same)).encode()).digest()
    return base64.b32encode(digest).decode().lower()[:ID_LENGTH]


def _tallies(importer: Importer, rows: Sequence[CodedRow]) -> dict[str, Tally]:
    """How many stories tell an event, or rows where the table names no stories, and how many publishers."""
    told: dict[str, set[str]] = {}
    by: dict[str, set[str]] = {}
    for row in rows:
        name = event_id(importer, row)
        told.setdefault(name, set()).add(row.told_in or row.where)
        by.setdefault(name, set()).add(row.publisher or importer.title)
    return {name: Tally(len(stories), len(by[name])) for name, stories in told.items()}


def _report(
    importer: Importer,
    document_id: int,
    run: int,
    row: CodedRow,
    start: int,
    named: _Names,
    kinds: Mapping[str, Kind],
) -> Report:
    mention = _mention(importer, row, start, named)
    return Report(event_id(importer, row), mention, document_id, run, row.line, title(mention, kinds.get(row.kind)))


def _mention(importer: Importer, row: CodedRow, start: int, named: _Names) -> Mention:
    words = _moved(row.day_words, start)
    return Mention(
        kind=row.kind,
        coding=row.coding,
        date=Derivation(TimeSpan.of_day(row.day), Basis.EXPLICIT, RULE, words, row.day.isoformat()),
        evidence=Evidence(
            clause=Offsets(start, start + len(row.line)),
            trigger=_moved(row.code_words, start),
            rule=f"{importer.name}/{row.coding.cameo}",
            version=importer.run,
        ),
        modality=Modality.ASSERTED,
        role=Role.MAIN,
        confidence=importer.confidence,
        source=(named.party(row.source),),
        target=(named.party(row.target),),
        place=named.place(row.place),
    )


def _moved(words: Offsets, by: int) -> Offsets:
    return Offsets(words.start + by, words.end + by)


# -- names ----------------------------------------------------------------------------------------


class _Names:
    """The actors that a batch's names mean, looked up together."""

    def __init__(self, conn: Connection, rows: Sequence[CodedRow]) -> None:
        said = {side for row in rows for side in (row.source, row.target)}
        names = {one.name for one in said} | {_home(one) for one in said}
        names |= {row.place.country for row in rows if row.place and row.place.country}
        self._meant = bulk.meant(conn, names)
        self._parties = {one: self._party(one) for one in said}

    def party(self, said: Said) -> Party:
        return self._parties[said]

    def place(self, place: Place | None) -> Place | None:
        """With the code of its country, None where no state has the name."""
        return replace(place, country=self._state(place.country or "")) if place else None

    def _party(self, said: Said) -> Party:
        if known := self._known(said.name):
            return Party(known.id, known.name, ActorType(known.type), known.state, known.sector, said.name)
        role = said.name.endswith(")") and "(" in said.name
        kind = ActorType.ROLE if role else ActorType.ORGANISATION
        name = slug(said.name) or f"name-{said.name.encode().hex()[:40]}"  # in letters that have no Latin ones
        return Party(name, said.name, kind, self._state(_home(said)), said.sector, said.name)

    def _known(self, name: str) -> Named | None:
        """The only actor of the name, or the only state."""
        found = self._meant[name]
        states = [one for one in found if one.type == ActorType.STATE]
        return next((group[0] for group in (found, states) if len(group) == 1), None)

    def _state(self, name: str) -> str | None:
        known = self._known(name) if name else None
        return known.id if known and known.type == ActorType.STATE else None


def _home(said: Said) -> str:
    """The state that the table tells; else what stands behind a role in brackets: `Police (Australia)`."""
    return said.state or said.name.rpartition("(")[2].removesuffix(")")
