"""Names folded, so that spellings of one name meet."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[\s\-‐‑–_]+")
_SILENT = str.maketrans("", "", "'’‘`ʼ.")


def fold(name: str) -> str:
    """A name without case, accents, apostrophes, full stops and a leading "the"; "" for a name without letters."""
    decomposed = unicodedata.normalize("NFKD", name.translate(_SILENT))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    words = _SPACES.sub(" ", plain).strip()
    return words.removeprefix("the ").strip()
