"""Paths become documents: files, folders with all below them, JSON Lines, and `-` for standard input. Lazily.

Known kinds: text, one JSON value (an object, a list of objects, or an object with the list `documents`), JSON Lines,
and saved web pages. A thing that cannot be taken is reported with its place, and the rest goes on.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from app.domain.documents import Document
from app.sources.decoding import MOST_BYTES, decode
from app.sources.pages import document_of_page
from app.sources.received import NO_DEFAULTS, Defaults, Item, Received, Refused, Unreadable
from app.sources.records import check_keys, document_of, parse_json, with_defaults

STDIN = "-"
STDIN_NAME = "standard input"


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"


FORMAT_OF_SUFFIX: Mapping[str, Format] = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.TEXT,
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
}
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body")


@dataclass(frozen=True, slots=True)
class Options:
    """How to read. `format` and `encoding` override what the name and the bytes say; `other_keys` lets JSON objects
    hold keys that are not read."""

    defaults: Defaults = NO_DEFAULTS
    format: Format | None = None
    encoding: str | None = None
    other_keys: bool = False


def read_paths(paths: Iterable[str], options: Options, stdin: BinaryIO) -> Iterator[Item]:
    """The documents at the paths, in their order; those of a folder by name."""
    for path in paths:
        if path == STDIN:
            yield from _read_stream(stdin, STDIN_NAME, options)
        else:
            yield from _read_path(Path(path), options)


def _read_path(path: Path, options: Options) -> Iterator[Item]:
    if path.is_dir():
        yield from _read_folder(path, options)
    elif path.exists():
        yield from _read_file(path, options)
    else:
        yield Refused(str(path), "there is no such file or folder")


def _read_folder(folder: Path, options: Options) -> Iterator[Item]:
    """Every plain file below, by name; what begins with a dot is passed over, links to folders are not followed."""
    for here, folders, names in os.walk(folder, onerror=None):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(here, name)
            if name.startswith(".") or not path.is_file():
                continue
            if options.format is None and path.suffix.lower() not in FORMAT_OF_SUFFIX:
                known = ", ".join(FORMAT_OF_SUFFIX)
                yield Refused(str(path), f"not a known kind of file ({known}); name it itself to have it looked at")
                continue
            yield from _read_file(path, options)


def _read_file(path: Path, options: Options) -> Iterator[Item]:
    found = options.format or FORMAT_OF_SUFFIX.get(path.suffix.lower())
    try:
        with path.open("rb") as stream:
            yield from _read_stream(stream, str(path), options, found)
    except OSError as error:
        yield Refused(str(path), f"it cannot be opened: {error.strerror or error}")


def _read_stream(stream: BinaryIO, where: str, options: Options, found: Format | None = None) -> Iterator[Item]:
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(_Raw(stream))
    start = buffered.peek(4096)
    kind = options.format or found or _sniffed(start)
    marked = start.startswith((b"\xff\xfe", b"\xfe\xff")) or options.encoding is not None
    if kind is Format.JSONL and not marked:
        yield from _read_lines(buffered, where, options)
        return
    try:
        yield from _READERS[kind](_whole(buffered, options), where, options)
    except Unreadable as error:
        yield Refused(where, str(error))


def _sniffed(start: bytes) -> Format:
    """What the first bytes look like. A single JSON object reads the same as JSON Lines of one line."""
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{"):
        return Format.JSON if _spans_lines(head) else Format.JSONL
    if head.startswith(b"[") and head[1:].lstrip().startswith((b"{", b"]")):
        return Format.JSON
    return Format.HTML if head[:20].lower().startswith(_PAGE_STARTS) else Format.TEXT


def _spans_lines(head: bytes) -> bool:
    """Whether the first object goes on in the next line. A broken line is followed by the next object."""
    first, _, rest = head.partition(b"\n")
    rest = rest.lstrip()
    return bool(rest) and not first.rstrip().endswith(b"}") and not rest.startswith(b"{")


def _whole(stream: BinaryIO, options: Options) -> str:
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Unreadable(f"it is larger than {MOST_BYTES // 1_000_000} MB: split it, or send it as JSON Lines")
    return decode(data, options.encoding)


def _read_lines(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
    """JSON Lines as they come: nothing is read ahead, so a pipe is answered while it is open."""
    number = 0
    while line := stream.readline(MOST_BYTES):
        number += 1
        place = f"{where}:{number}"
        if len(line) == MOST_BYTES and not line.endswith(b"\n"):
            _skip_line(stream)
            yield Refused(place, f"the line is longer than {MOST_BYTES // 1_000_000} MB")
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield _item(place, line.removeprefix(b"\xef\xbb\xbf"), options)


def _skip_line(stream: BinaryIO) -> None:
    while (more := stream.readline(MOST_BYTES)) and not more.endswith(b"\n"):
        continue


def _item(place: str, line: bytes, options: Options) -> Item:
    try:
        return Received(_document(parse_json(decode(line)), options), place)
    except Unreadable as error:
        return Refused(place, str(error))


def _document(record: object, options: Options) -> Document:
    if not options.other_keys:
        check_keys(record)
    return document_of(record, options.defaults)


def _text(text: str, where: str, options: Options) -> Iterator[Item]:
    yield Received(with_defaults(Document(text), options.defaults), where)


def _json(text: str, where: str, options: Options) -> Iterator[Item]:
    try:
        value = parse_json(text)
    except Unreadable as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and all(line.lstrip().startswith("{") for line in lines[:3]):
            raise Unreadable(f"{error}; it looks like JSON Lines: call it .jsonl or say --format jsonl") from error
        raise
    if isinstance(value, dict) and isinstance(value.get("documents"), list):
        value = value["documents"]
    if not isinstance(value, list):
        yield Received(_document(value, options), where)
        return
    for number, record in enumerate(value, 1):
        try:
            yield Received(_document(record, options), f"{where}[{number}]")
        except Unreadable as error:
            yield Refused(f"{where}[{number}]", str(error))


def _decoded_lines(text: str, where: str, options: Options) -> Iterator[Item]:
    """JSON Lines in an encoding that cannot be cut into lines before it is decoded."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _item(f"{where}:{number}", line.encode("utf-8", "surrogatepass"), options)


def _page(text: str, where: str, options: Options) -> Iterator[Item]:
    yield Received(document_of_page(text, options.defaults), where)


_READERS: Mapping[Format, Callable[[str, str, Options], Iterator[Item]]] = {
    Format.TEXT: _text,
    Format.JSON: _json,
    Format.JSONL: _decoded_lines,
    Format.HTML: _page,
}


class _Raw(io.RawIOBase):
    """Any binary stream as a raw one, so that it can be looked into before it is read."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
