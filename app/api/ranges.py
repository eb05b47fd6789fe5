"""Parts of a finished file (RFC 9110, 14): readers of Parquet ask for its end first, then for the columns they want."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fastapi.responses import Response

_RANGE = re.compile(r"bytes=(\d*)-(\d*)\Z", re.ASCII)


def ranged(body: bytes, asked: str | None, headers: Mapping[str, str], media_type: str) -> Response:
    """The part that a Range header asks for, else the whole; several ranges at once are answered with the whole."""
    headers = {**headers, "Accept-Ranges": "bytes"}
    match = _RANGE.match(asked.strip()) if asked else None
    if match is None or match.groups() == ("", ""):
        return Response(body, 200, headers, media_type=media_type)
    first, last = _bounds(match[1], match[2], len(body))
    if first >= len(body) or first > last:
        return Response(b"", 416, {**headers, "Content-Range": f"bytes */{len(body)}"}, media_type=media_type)
    told = {**headers, "Content-Range": f"bytes {first}-{last}/{len(body)}"}
    return Response(body[first : last + 1], 206, told, media_type=media_type)


def _bounds(first: str, last: str, length: int) -> tuple[int, int]:
    """Both inclusive. `-500` is the last 500 bytes."""
    if not first:
        return max(length - int(last), 0) if int(last) else length, length - 1
    return int(first), min(int(last), length - 1) if last else length - 1
