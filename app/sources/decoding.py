"""Bytes become text, or are refused with the reason. What cannot be told is not guessed."""

from __future__ import annotations

import codecs

from app.sources.received import Unreadable

MOST_BYTES = 64_000_000

# A byte order mark says which encoding it is. UTF-32 comes first: its mark begins with that of UTF-16.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# First bytes of files that people take for text, and what to do with each.
_NOT_TEXT: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF file: save its text as .txt"),
    (b"PK\x03\x04", "a ZIP archive or an Office document: unpack it, or save its text as .txt"),
    (b"\x1f\x8b", "a gzip archive: unpack it first (gunzip)"),
    (b"BZh", "a bzip2 archive: unpack it first (bunzip2)"),
    (b"\xfd7zXZ", "an xz archive: unpack it first (unxz)"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive: unpack it first (unzstd)"),
    (b"\xd0\xcf\x11\xe0", "an old Office document: save its text as .txt"),
    (b"\x89PNG", "a picture, not a text"),
    (b"\xff\xd8\xff", "a picture, not a text"),
    (b"GIF8", "a picture, not a text"),
    (b"PAR1", "a Parquet table, not a text: export it as JSON Lines"),
    (b"SQLite format 3", "a database, not a text: export it as JSON Lines"),
    (b"\x7fELF", "a program, not a text"),
)

_MOST_CONTROLS = 0.02
_SAMPLE = 200_000
# In Western European languages one letter in ten lies outside ASCII at most; in Windows-1251 Russian nearly all do.
_MOST_ACCENTS = 0.3
_FIRST_ACCENT = 0xC0
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b"))


def decode(data: bytes, encoding: str | None = None) -> str:
    """The text of `data`, characters kept as they are, line ends too; only a byte order mark is dropped.

    Order: the named encoding; a byte order mark; UTF-8; Windows-1252 (which holds Latin-1) where few letters
    lie outside ASCII. Raises Unreadable for anything else.
    """
    if encoding is not None:
        return _by_name(data, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _by_name(data, name)
    _refuse_binary(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _western(data, error)


def _by_name(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError as error:
        raise Unreadable(f"no encoding is called {encoding!r}: name one such as utf-8 or windows-1251") from error
    except UnicodeError as error:
        raise Unreadable(f"it is not valid {encoding}: save it as UTF-8") from error


def _refuse_binary(data: bytes) -> None:
    for first, what in _NOT_TEXT:
        if data.startswith(first):
            raise Unreadable(f"it is {what}")
    sample = data[:_SAMPLE]
    if b"\0" in sample:
        raise Unreadable("it holds zero bytes, so it is binary or UTF-16 without its mark: save it as UTF-8")
    if len(sample) - len(sample.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(sample):
        raise Unreadable("it is full of control characters, so it is not a text")


def _western(data: bytes, error: UnicodeDecodeError) -> str:
    """Windows-1252, its five unused places as Latin-1 has them."""
    sample = data[:_SAMPLE]
    outside = sum(byte >= _FIRST_ACCENT for byte in sample)
    letters = outside + sum(byte in _ASCII_LETTERS for byte in sample)
    if outside > _MOST_ACCENTS * letters:
        raise Unreadable(
            f"its encoding cannot be told (not UTF-8 at byte {error.start}): save it as UTF-8, or name the encoding"
        )
    return data.decode("windows-1252", errors=_AS_LATIN_1)


_ASCII_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_AS_LATIN_1 = "dateline-as-latin-1"


def _as_latin_1(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error(_AS_LATIN_1, _as_latin_1)
