"""What XML can hold."""

from __future__ import annotations

import re

# XML 1.0 has no control characters but tab and the ends of lines, no surrogates and no U+FFFE, U+FFFF.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: object) -> str:
    """The text without characters that XML and calendars refuse; a document may hold some of them."""
    return _UNPRINTABLE.sub(" ", str(text))
