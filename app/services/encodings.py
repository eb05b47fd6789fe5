"""Text that was decoded with the wrong encoding: UTF-8 read as something else ("Russiaâ€™s")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ftfy import fix_encoding_and_explain

_SAMPLE = 200_000  # characters that are looked at
_LONGEST_WORD = 40
_WORD = re.compile(r"[^ \t\r\n]*")
# As people call them; Windows-1252 holds all that Latin-1 does.
_NAMES: Mapping[str, str] = {
    "latin-1": "Windows-1252",
    "sloppy-windows-1252": "Windows-1252",
    "sloppy-windows-1250": "Windows-1250",
    "sloppy-windows-1251": "Windows-1251",
    "sloppy-windows-1253": "Windows-1253",
    "sloppy-windows-1254": "Windows-1254",
    "sloppy-windows-1257": "Windows-1257",
    "iso-8859-2": "ISO 8859-2",
    "macroman": "Mac Roman",
    "cp437": "code page 437",
}
_OF_UTF_8 = {("decode", "utf-8"), ("apply", "decode_inconsistent_utf8")}


@dataclass(frozen=True, slots=True)
class Misread:
    """The first word that came out wrong, what it should be, and the encoding that was taken for UTF-8."""

    found: str
    meant: str
    encoding: str


def misread(text: str) -> Misread | None:
    """Where the text is UTF-8 that was decoded as another encoding; None where it is sound."""
    sample = text[:_SAMPLE]
    fixed = fix_encoding_and_explain(sample)
    if fixed.text == sample or not _OF_UTF_8.intersection(map(tuple, fixed.explanation or ())):
        return None
    differing = (place for place, (one, other) in enumerate(zip(sample, fixed.text, strict=False)) if one != other)
    start = next(differing, min(len(sample), len(fixed.text)))
    found, meant = (_word_at(whole, start) for whole in (sample, fixed.text))
    return Misread(found, meant, _encoding_of(found))


def _word_at(text: str, position: int) -> str:
    start = max(text.rfind(blank, 0, position) for blank in " \t\r\n") + 1
    match = _WORD.match(text, start)
    return match[0][:_LONGEST_WORD] if match else ""


def _encoding_of(word: str) -> str:
    steps = fix_encoding_and_explain(word).explanation or ()
    named = next((step[1] for step in steps if step[0] == "encode"), "")
    return _NAMES.get(named, "another encoding")
