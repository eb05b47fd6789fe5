"""Documents as JSON objects: `text`, and if known `title`, `url`, `publisher`, `published`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import orjson

from app.domain.documents import Document
from app.domain.spans import TimeSpan
from app.sources.received import Defaults, Unreadable

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:?\d{2}", re.ASCII)
FIELDS = ("text", "title", "url", "publisher", "published")
NO_DATE = "{} {!r} is not a date: write 2016-04-15, 2016-04, 2016, or null where it is not known"


def parse_json(data: bytes | str) -> object:
    """The JSON value. Raises Unreadable with the place of the fault."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Unreadable(f"it is not JSON: {error}") from error


def check_keys(record: object) -> None:
    """Raises Unreadable for keys that mean nothing here: a misspelt one would go unread without a word."""
    if not isinstance(record, dict):
        return
    unknown = [str(key) for key in record if key not in FIELDS]
    if unknown:
        shown = "; ".join(_no_such_key(key) for key in unknown[:5])
        raise Unreadable(f"{shown}. Known are {', '.join(FIELDS)}; --other-keys passes over the rest")


def _no_such_key(key: str) -> str:
    near = difflib.get_close_matches(key.casefold(), FIELDS, n=1)
    return f"there is no key {key[:60]!r}" + (f", did you mean {near[0]!r}?" if near else "")


def document_of(record: object, defaults: Defaults) -> Document:
    """The document that a JSON object describes. Raises Unreadable for a wrong or missing field."""
    if not isinstance(record, dict):
        raise Unreadable(f"a JSON object with the key text is wanted, not {_kind(record)}")
    text = record.get("text")
    if not isinstance(text, str):
        raise Unreadable("the key text is missing" if text is None else f"text must be a string, not {_kind(text)}")
    published = _line(record, "published")
    document = Document(
        text,
        url=_line(record, "url"),
        title=_line(record, "title"),
        publisher=_line(record, "publisher"),
        published=published_span(published) if published is not None else None,
    )
    return with_defaults(document, defaults)


def with_defaults(document: Document, defaults: Defaults) -> Document:
    """The document with what it does not say itself."""
    return replace(
        document,
        publisher=document.publisher or defaults.publisher,
        published=document.published or defaults.published,
    )


def published_span(text: str, key: str = "published") -> TimeSpan:
    """A day, a month or a year; of an instant the day as written. Raises Unreadable, naming the key, for others."""
    text = text.strip()
    instant = _INSTANT.match(text)
    match = _DATE.match(instant[1] if instant else text)
    if not match:
        raise Unreadable(NO_DATE.format(key, text[:40]))
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        return _span(year or 0, month, day)
    except ValueError as error:
        raise Unreadable(NO_DATE.format(key, text[:40])) from error


def _span(year: int, month: int | None, day: int | None) -> TimeSpan:
    if month is None:
        return TimeSpan.of_year(year)
    return TimeSpan.of_month(year, month) if day is None else TimeSpan.of_day(date(year, month, day))


def _line(record: Mapping[str, object], key: str) -> str | None:
    """A string, None where the key is missing, null or blank."""
    value = record.get(key)
    if value is None or isinstance(value, str):
        return value if value and value.strip() else None
    raise Unreadable(f"{key} must be a string or null, not {_kind(value)}")


_KINDS: Mapping[type, str] = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "a string",
    list: "a list",
    dict: "an object",
}


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "null")
