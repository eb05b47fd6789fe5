"""The four commands over JSON Lines, standard input to standard output. A bad line is told on standard error with
its number; the others are answered, in order, and the command ends with 1.

Texts are parsed in batches: answers come after `BATCH` lines, or at the end of the input.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, BinaryIO, TypeVar

import orjson

from app.domain.documents import Document
from app.domain.spans import TimeSpan
from app.exports.contract import candidate_line, mention_line
from app.extraction.coding import Answer, Coder, Question
from app.extraction.lexicon import load_lexicon
from app.extraction.parsing import load_model
from app.extraction.pipeline import ReadDocument
from app.extraction.publication import PublicationDater
from app.extraction.reading import load_reader
from app.extraction.temporal import annotate
from app.settings import Settings, utc_today
from app.sources.received import Unreadable
from app.sources.records import parse_json, published_span

log = logging.getLogger(__name__)
BATCH = 32
Line = dict[str, Any]
Given = TypeVar("Given")
Made = TypeVar("Made")


@dataclass(slots=True)
class _Input:
    """The lines of the input that are sound objects, with their numbers; the others are told and counted."""

    stream: BinaryIO
    required: tuple[str, ...]
    faults: int = 0
    number: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[tuple[int, Line]]:
        for line in self.stream:
            self.number += 1
            if not line.strip(b" \t\r\n\xef\xbb\xbf"):
                continue
            try:
                yield self.number, self._checked(line)
            except Unreadable as error:
                self.refuse(self.number, str(error))

    def _checked(self, line: bytes) -> Line:
        record = parse_json(line.removeprefix(b"\xef\xbb\xbf"))
        if not isinstance(record, dict):
            raise Unreadable("a JSON object is wanted")
        for key in self.required:
            if not isinstance(record.get(key), str):
                raise Unreadable(f"the key {key} is missing or no string")
        return record

    def refuse(self, number: int, reason: str) -> None:
        self.faults += 1
        print(f"dateline: line {number}: {reason}", file=sys.stderr, flush=True)


def extract(stream: BinaryIO, out: BinaryIO) -> int:
    """Mentions of each text, in the order of the text. Returns the exit code."""
    lines = _Input(stream, ("text",))
    reader = load_reader(utc_today, own=Settings().own_actors)

    def read(documents: Sequence[Document]) -> list[ReadDocument]:
        return list(reader.read_many(documents))

    for number, line, answer in _in_batches(lines, _document, read):
        doc = line.get("doc", number)
        _write(out, (mention_line(doc, mention) for mention in answer.mentions))
    return min(lines.faults, 1)


def timex(stream: BinaryIO, out: BinaryIO) -> int:
    """The time expressions of each text, as TIMEX3 types and values."""
    lines = _Input(stream, ("text",))
    model = load_model()
    for number, line in lines:
        try:
            day = _day(line, "dct")
        except Unreadable as error:
            lines.refuse(number, str(error))
            continue
        found = annotate(line["text"], day, model)
        _write(out, [{"name": line.get("name", number), "timexes": found}])
    return min(lines.faults, 1)


def code(stream: BinaryIO, out: BinaryIO) -> int:
    """Each line with its root, kind, CAMEO code and modality."""
    lines = _Input(stream, ("sentence", "source", "target"))
    coder = Coder(load_model())

    def answer(questions: Sequence[Question]) -> list[Answer]:
        return list(coder.code_many(questions))

    for _, line, found in _in_batches(lines, _question, answer):
        coding = {"plover": found.plover, "kind": found.kind, "cameo": found.cameo, "modality": found.modality}
        _write(out, [line | coding])
    return min(lines.faults, 1)


def datedoc(stream: BinaryIO, out: BinaryIO) -> int:
    """When each text may have been published."""
    lines = _Input(stream, ("text",))
    dater = PublicationDater(load_lexicon(), utc_today)
    for number, line in lines:
        candidates = [candidate_line(candidate) for candidate in dater.candidates(line["text"])]
        _write(out, [{"name": line.get("name", number), "candidates": candidates}])
    return min(lines.faults, 1)


def _document(line: Line) -> Document:
    return Document(line["text"], published=_span(line, "published"))


def _question(line: Line) -> Question:
    return Question(line["sentence"], line["source"], line["target"])


def _day(line: Line, key: str) -> date | None:
    """A day; None where it is not known or less than a day."""
    span = _span(line, key)
    return span.start if span and span == TimeSpan.of_day(span.start or date.min) else None


def _span(line: Line, key: str) -> TimeSpan | None:
    """A day, month or year; None where it is null, missing or blank."""
    text = line.get(key)
    if text is not None and not isinstance(text, str):
        raise Unreadable(f"{key} must be a string or null")
    return published_span(text, key) if text and text.strip() else None


def _in_batches(
    lines: _Input, make: Callable[[Line], Given], answer: Callable[[Sequence[Given]], list[Made]]
) -> Iterator[tuple[int, Line, Made]]:
    """Each sound line with what is made of it. One that cannot be answered does not take its batch with it."""
    sound = _made(lines, make)
    while batch := list(islice(sound, BATCH)):
        try:
            found = answer([given for _, _, given in batch])
        except Exception:
            log.exception("lines %d to %d cannot be answered together; one by one", batch[0][0], batch[-1][0])
            yield from _one_by_one(lines, batch, answer)
            continue
        for (number, line, _), made in zip(batch, found, strict=True):
            yield number, line, made


def _made(lines: _Input, make: Callable[[Line], Given]) -> Iterator[tuple[int, Line, Given]]:
    for number, line in lines:
        try:
            yield number, line, make(line)
        except Unreadable as error:
            lines.refuse(number, str(error))


def _one_by_one(
    lines: _Input, batch: Iterable[tuple[int, Line, Given]], answer: Callable[[Sequence[Given]], list[Made]]
) -> Iterator[tuple[int, Line, Made]]:
    for number, line, given in batch:
        try:
            [made] = answer([given])
        except Exception:
            log.exception("line %d cannot be answered", number)
            lines.refuse(number, "it cannot be read, by a fault of the program")
            continue
        yield number, line, made


def _write(out: BinaryIO, lines: Iterable[Line]) -> None:
    for line in lines:
        out.write(orjson.dumps(line) + b"\n")
    out.flush()
