"""Cursors: where a page ended, as an opaque word of the address."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime

from app.domain.errors import BadQuery

NEVER = "infinity"  # the key of events without a date, as PostgreSQL writes it
_MOST = 2**31  # what PostgreSQL's integer cannot hold any more


def encode(order: str, keys: Sequence[str | int]) -> str:
    """The word for "after these keys in this order"."""
    return base64.urlsafe_b64encode(json.dumps([order, *keys], separators=(",", ":")).encode()).decode().rstrip("=")


def decode(cursor: str, order: str, types: Sequence[type]) -> list[str | int]:
    """The keys in a cursor of this order, as a database can take them. Raises BadQuery for any other word."""
    try:
        told = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        told = None
    match told:
        case [str(name), *keys] if name == order and [type(key) for key in keys] == list(types):
            if all(_is_storable(key) for key in keys):
                return keys
    raise refused()


def _is_storable(key: str | int) -> bool:
    """No text has U+0000 or half a surrogate pair, and no key is beyond eight bytes."""
    if isinstance(key, int):
        return -(2**63) <= key < 2**63
    return "\0" not in key and not any("\ud800" <= letter <= "\udfff" for letter in key)


def day(key: str) -> str:
    """A key of the orders by date, as PostgreSQL reads it. Raises BadQuery."""
    try:
        return key if key == NEVER else date.fromisoformat(key).isoformat()
    except ValueError:
        raise refused() from None


def instant(key: str) -> datetime:
    """A key of the orders by recording. Raises BadQuery."""
    try:
        found = datetime.fromisoformat(key)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise refused() from None


def number(key: str) -> str:
    """A key of the orders by a count. Raises BadQuery."""
    if not (key.isascii() and key.isdigit()) or int(key[:20]) >= _MOST:
        raise refused()
    return key


def refused() -> BadQuery:
    return BadQuery("cursor", "is not a `next_cursor` of this question in this order; ask again without it.")
