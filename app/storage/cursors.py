"""Cursors: where a page ended, as an opaque word of the address."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence

from app.domain.errors import BadQuery


def encode(order: str, keys: Sequence[str | int]) -> str:
    """The word for "after these keys in this order"."""
    return base64.urlsafe_b64encode(json.dumps([order, *keys], separators=(",", ":")).encode()).decode().rstrip("=")


def decode(cursor: str, order: str, types: Sequence[type]) -> list[str | int]:
    """The keys in a cursor of this order. Raises BadQuery for any other word."""
    try:
        told = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        told = None
    match told:
        case [str(name), *keys] if name == order and [type(key) for key in keys] == list(types):
            return keys
    raise refused()


def refused() -> BadQuery:
    return BadQuery("cursor", "is not a `next_cursor` of this question in this order; ask again without it.")
