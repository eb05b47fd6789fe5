"""Bodies that bring documents: JSON (one or a list) or JSON Lines. Each item stands or falls alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from fastapi import Request
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from app.api.deps import program_of
from app.api.schemas import DocumentIn
from app.domain.documents import Document
from app.domain.errors import BadQuery, RefusedDocument
from app.services import questions
from app.services.ingest import Received, Refusal

LINES = ("application/jsonl", "application/x-ndjson", "application/x-jsonlines")


async def raw_body(request: Request) -> tuple[str, bytes]:
    """The media type and the bytes; only types that a foreign page cannot send unasked are taken."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/json" and media not in LINES:
        raise HTTPException(415, f"send application/json or {LINES[0]}, not {media[:60] or 'nothing'}")
    return media, await _bounded_body(request, program_of(request).body_limit)


async def _bounded_body(request: Request, most: int) -> bytes:
    """The whole body; stops reading as soon as it is too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(413, f"a body has at most {most:,} bytes: send the documents in several requests")
    return bytes(body)


def received(media: str, body: bytes, most: int) -> tuple[list[Received], bool]:
    """The documents of a body, and whether they came as a list. Raises RefusedDocument if it is no JSON at all."""
    if media in LINES:
        items: list[Received] = [_line(number, line) for number, line in _lines(body)]
        return _bounded(items, most), True
    value = _parsed(body)
    if isinstance(value, list):
        return _bounded([_item(item) for item in value[: most + 1]], most), True
    return [_item(value)], False


def _bounded(items: list[Received], most: int) -> list[Received]:
    if len(items) > most:
        raise RefusedDocument(f"at most {most:,} documents are taken in one request: send more requests")
    if not items:
        raise RefusedDocument("the body holds no document")
    return items


def _lines(body: bytes) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(body.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            yield number, line


def _line(number: int, line: bytes) -> Received:
    try:
        return _item(_parsed(line))
    except RefusedDocument as refused:
        return Refusal(f"line {number}: {refused}")


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RefusedDocument(f"this is not UTF-8 (byte {error.start}): send UTF-8") from error
    except json.JSONDecodeError as error:
        raise RefusedDocument(f"this is not JSON: {error.msg} at line {error.lineno} column {error.colno}") from error
    except (RecursionError, ValueError) as error:
        raise RefusedDocument("this JSON is nested too deeply or holds too large a number") from error


def _item(value: Any) -> Received:
    if not isinstance(value, dict):
        return Refusal('a document is an object: {"text": ..., "published": ...}')
    try:
        return _document(DocumentIn.model_validate(value))
    except ValidationError as error:
        return Refusal("; ".join(_fault(fault) for fault in error.errors()[:5]))
    except BadQuery as error:
        return Refusal(f"published: {error.detail}")


def _fault(fault: Any) -> str:
    name = ".".join(str(part) for part in fault["loc"])[:60].encode("utf-8", "replace").decode()
    if fault["type"] == "extra_forbidden":
        near = questions.nearest(name, DocumentIn.model_fields)
        return f"there is no field {name!r}" + (f", did you mean {near!r}?" if near else "")
    return f"{name}: {fault['msg']}"


def _document(sent: DocumentIn) -> Document:
    published = questions.published_span("published", sent.published) if sent.published else None
    return Document(sent.text, sent.url or None, sent.title or None, sent.publisher or None, published)
