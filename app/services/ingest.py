"""Receive, extract, link, store: one transaction a document. A bad document never stops the good ones."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError

from app.domain.documents import Document, Reading
from app.domain.errors import RefusedDocument
from app.domain.kinds import Kind
from app.extraction.pipeline import ReadDocument, Reader
from app.linking.words import sketch
from app.services import linking, receiving, rereading
from app.services.claims import linked_by
from app.storage import documents, rollups, runs
from app.storage.documents import ReadBy

log = logging.getLogger(__name__)
Begin = Callable[[], AbstractContextManager[Connection]]
AT_ONCE = 32  # documents read together: enough for the parser's batches, few enough to show progress


class Result(StrEnum):
    READ = "read"
    NOT_READ = "not_read"  # kept, in a language that is not read
    KNOWN = "known"  # the same text was kept before; who prints it besides is noted
    REFUSED = "refused"
    FAILED = "failed"  # our fault; the log says more


@dataclass(frozen=True, slots=True)
class Refusal:
    """What came in the place of a document and cannot be one; the reason says how to mend it."""

    reason: str


Received = Document | Refusal


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document. `reason` tells the mend of a refused one; `published` is EDTF, as dates were
    counted from; `event_ids` are the events it reports, in the order of the text."""

    index: int
    result: Result
    id: int | None = None
    reason: str | None = None
    language: str | None = None
    published: str | None = None
    event_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IngestReport:
    """One outcome for each document, in the order in which they came."""

    outcomes: tuple[Outcome, ...]

    def count(self, result: Result) -> int:
        return sum(outcome.result is result for outcome in self.outcomes)


@dataclass(frozen=True, slots=True)
class Desk:
    """What ingest works with. `begin` opens a transaction that commits on leaving; `today` is the caller's clock."""

    begin: Begin
    reader: Reader
    kinds: Mapping[str, Kind]
    today: date


def ingest(received: Iterable[Received], desk: Desk) -> IngestReport:
    """Keep and read the documents; each that can be kept is kept whole, with its events, or not at all."""
    return IngestReport(tuple(ingest_each(received, desk)))


def ingest_each(received: Iterable[Received], desk: Desk) -> Iterator[Outcome]:
    """The same, each outcome as soon as it is known, in the order in which the documents came."""
    numbered = enumerate(received)
    while batch := list(islice(numbered, AT_ONCE)):
        yield from sorted(_ingest_batch(batch, desk), key=lambda outcome: outcome.index)
        with desk.begin() as conn:
            rollups.fold(conn)


def _ingest_batch(batch: list[tuple[int, Received]], desk: Desk) -> Iterator[Outcome]:
    fresh: list[tuple[int, Document]] = []
    repeated: list[tuple[int, Document]] = []
    sound: list[tuple[int, Document]] = []
    for index, item in batch:
        refusal = item if isinstance(item, Refusal) else _refusal(item, desk.today)
        if refusal:
            yield Outcome(index, Result.REFUSED, reason=refusal.reason)
        elif isinstance(item, Document):
            sound.append((index, item))
    with desk.begin() as conn:
        seen = set(documents.known(conn, [document.sha256 for _, document in sound]))
        done = ReadBy(runs.of_version(conn, desk.reader.version), linked_by())
    for index, document in sound:
        (repeated if document.sha256 in seen else fresh).append((index, document))
        seen.add(document.sha256)
    for (index, document), read in zip(fresh, _read(fresh, desk.reader), strict=True):
        yield _store(index, document, read, done, desk)
    for index, document in repeated:
        yield _known(index, document, desk)


def _refusal(document: Document, today: date) -> Refusal | None:
    try:
        receiving.check(document, today)
    except RefusedDocument as refused:
        return Refusal(str(refused))
    return None


def _read(fresh: list[tuple[int, Document]], reader: Reader) -> list[ReadDocument | None]:
    """What the reader makes of each; None where it fails. One that fails must not take the batch with it."""
    if not fresh:
        return []
    try:
        return list(reader.read_many([document for _, document in fresh]))
    except Exception:
        log.exception("a batch of %d documents cannot be read together; reading one by one", len(fresh))
    return [_read_one(document, reader) for _, document in fresh]


def _read_one(document: Document, reader: Reader) -> ReadDocument | None:
    try:
        return next(iter(reader.read_many([document])))
    except Exception:
        log.exception("the document %s cannot be read", document.sha256)
        return None


def _store(index: int, document: Document, read: ReadDocument | None, done: ReadBy, desk: Desk) -> Outcome:
    if read is None:
        return Outcome(index, Result.FAILED, reason="reading failed by a fault of the program; nothing was kept")
    try:
        with desk.begin() as conn:
            stored = _store_in(conn, index, read, done, desk)
        return stored or _known(index, document, desk)
    except (DataError, IntegrityError):
        log.exception("the document %s cannot be stored", document.sha256)
        return Outcome(index, Result.FAILED, reason="storing failed by a fault of the program; nothing was kept")


def _store_in(conn: Connection, index: int, read: ReadDocument, done: ReadBy, desk: Desk) -> Outcome | None:
    """None where another process has kept the text meanwhile."""
    marks = sketch(read.document.text)
    language = read.language or None
    kept = documents.insert(conn, read.document, status=read.status, language=language, sketch=marks, read=done)
    if not kept.new:
        return None
    place = linking.Desk(kept.id, done.run_id, read.document, desk.kinds)
    event_ids = linking.store_mentions(conn, place, read.mentions)
    return Outcome(
        index,
        Result.READ if read.status is Reading.READ else Result.NOT_READ,
        id=kept.id,
        language=language,
        published=read.published.edtf() if read.published else None,
        event_ids=event_ids,
    )


def _known(index: int, document: Document, desk: Desk) -> Outcome:
    with desk.begin() as conn:
        found = documents.known(conn, [document.sha256]).get(document.sha256)
        if found is None:  # its first copy failed
            return Outcome(index, Result.FAILED, reason="the same text failed before in this batch; nothing was kept")
        is_first = linking.reprinted(conn, found, document, desk.kinds)
    if is_first:
        rereading.read_again(found, desk)
    with desk.begin() as conn:
        return _known_in(conn, index, found)


def _known_in(conn: Connection, index: int, document_id: int) -> Outcome:
    row = documents.get(conn, document_id)
    mentions = documents.mentions_of(conn, document_id)
    return Outcome(
        index,
        Result.KNOWN,
        id=document_id,
        language=row.language if row else None,
        published=row.published_at if row else None,
        event_ids=tuple(dict.fromkeys(mention.event_id for mention in mentions)),
    )
