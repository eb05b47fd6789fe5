"""What may be kept as a document, and what is refused with the way to mend it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from app.domain.documents import MOST_CHARACTERS, Document
from app.domain.errors import RefusedDocument
from app.services.encodings import misread

MOST_BYTES = 5_000_000
LONGEST_URL = 2_000
LONGEST_LINE = 500  # of a title or a publisher's name, in characters
# A publisher east of the reader may already write tomorrow's date.
CLOCKS_DIFFER = timedelta(days=1)
# The oldest newspapers are of that time; a date before it is a default or an error.
FIRST_PUBLISHED = date(1600, 1, 1)
_MOST_CONTROLS = 0.1
_MOST_REPLACED = 0.01
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
_TAG = re.compile(r"</?(?:p|div|span|br|a|img|script|style|table|td|tr|li|ul|h[1-6]|section|meta)\b[^<>]*>", re.I)
_HEAD = 2_000  # characters in which a web page shows itself
_MOST_TAGS = 4


@dataclass(frozen=True, slots=True)
class _Fault:
    """A pattern that a text must not be made of, and what to say of it."""

    pattern: re.Pattern[str]
    most: float
    says: str


_SHARES = (
    _Fault(_CONTROL, _MOST_CONTROLS, "more than a tenth of it is control characters: send the text of the article"),
    _Fault(re.compile("\ufffd"), _MOST_REPLACED, "it was decoded with the wrong encoding: send it as UTF-8"),
)


def check(document: Document, today: date) -> None:
    """Raise RefusedDocument, naming the mend, if the document cannot be kept.

    Stray control characters are kept as they came and read as spaces, up to a tenth of the text; U+0000 and half
    surrogate pairs cannot be stored.
    """
    _check_text(document.text)
    _check_line("title", document.title, LONGEST_LINE)
    _check_line("publisher", document.publisher, LONGEST_LINE)
    _check_line("url", document.url, LONGEST_URL)
    _check_url(document.url)
    for name, value in (("text", document.text), ("title", document.title), ("publisher", document.publisher)):
        _check_encoding(name, value)
    _check_published(document, today)


def _check_text(text: str) -> None:
    if not text.strip() or not any(letter.isalnum() for letter in text[:100_000]):
        raise RefusedDocument("the text is empty: send the text of the article")
    if len(text) > MOST_CHARACTERS:
        raise RefusedDocument(f"the text has {len(text):,} characters; at most {MOST_CHARACTERS:,}: send parts")
    if "\0" in text:
        raise RefusedDocument("the text holds U+0000, so it is binary or UTF-16: send it as UTF-8")
    if _SURROGATE.search(text):
        raise RefusedDocument("the text holds half of a surrogate pair: send it as valid UTF-8")
    if len(text.encode()) > MOST_BYTES:
        raise RefusedDocument(f"the text is larger than {MOST_BYTES // 1_000_000} MB: send parts")
    for fault in _SHARES:
        if len(fault.pattern.findall(text)) > fault.most * len(text):
            raise RefusedDocument(f"the text cannot be read: {fault.says}")
    if _PAGE.search(text, 0, _HEAD) or len(_TAG.findall(text, 0, 200_000)) > _MOST_TAGS:
        raise RefusedDocument("the text is HTML: send the text of the article, without markup")


def _check_line(name: str, value: str | None, longest: int) -> None:
    if value is None:
        return
    if len(value) > longest:
        raise RefusedDocument(f"the {name} has {len(value):,} characters; at most {longest:,} are kept")
    if _UNPRINTABLE.search(value) or _SURROGATE.search(value):
        raise RefusedDocument(f"the {name} holds control characters or half of a surrogate pair")


def _check_encoding(name: str, value: str | None) -> None:
    wrong = misread(value) if value else None
    if wrong:
        raise RefusedDocument(
            f"the {name} was decoded with the wrong encoding: it has “{wrong.found}” for “{wrong.meant}”. It is UTF-8 "
            f"that was read as {wrong.encoding}: read it as UTF-8 and send it again"
        )


def _check_url(url: str | None) -> None:
    if url is None:
        return
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise RefusedDocument(f"the url {url[:80]!r} is not an address") from error
    if parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"\s", url):
        raise RefusedDocument(f"the url {url[:80]!r} is not an http or https address; leave it out if there is none")


def _check_published(document: Document, today: date) -> None:
    published = document.published
    if published is None or published.start is None:
        return
    if published.start > today + CLOCKS_DIFFER:
        raise RefusedDocument(
            f"the date of publication {published.edtf()} lies in the future (today is {today.isoformat()}): "
            "mend it, or send null where it is not known"
        )
    if published.start < FIRST_PUBLISHED:
        raise RefusedDocument(
            f"the date of publication {published.edtf()} lies before {FIRST_PUBLISHED.year}, when there was no news in "
            "print: mend it, or send null where it is not known"
        )
