"""What both clients know of HTTP: what an answer means, and how long to wait before asking again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from app.client.asking import Call
from app.client.errors import DatelineError, ServiceFault, Unreachable, of_problem

TIMEOUT = 60.0
AGAIN = frozenset({429, 503})
_FIRST_WAIT = 0.5


@dataclass(frozen=True, slots=True)
class Patience:
    """How often to ask again where the service asks for it, and the longest time to wait before."""

    retries: int = 4
    longest: float = 30.0

    def wait(self, reply: httpx.Response, attempt: int) -> float | None:
        """Seconds to wait before asking again; None where there is nothing to wait for, or it would be too long."""
        if reply.status_code not in AGAIN or attempt >= self.retries:
            return None
        asked = _retry_after(reply.headers.get("retry-after"))
        wait = _FIRST_WAIT * 2**attempt if asked is None else asked
        return wait if wait <= self.longest else None


def _retry_after(text: str | None) -> float | None:
    """Seconds of a Retry-After: a number, or an instant."""
    if not text:
        return None
    if text.strip().isdigit():
        return float(text)
    try:
        instant = parsedate_to_datetime(text)
    except ValueError:
        return None
    instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return max(0.0, (instant - datetime.now(UTC)).total_seconds())


def arguments(call: Call) -> dict[str, Any]:
    """The call as httpx takes it."""
    sent = {"json": call.body} if call.body is not None else {}
    return {"method": "POST" if sent else "GET", "url": call.path, "params": dict(call.query), **sent}


def settings(url: str, transport: Any, headers: Mapping[str, str] | None) -> dict[str, Any]:
    known = {"Accept": "application/json", "User-Agent": "dateline-client"}
    return {
        "base_url": url.rstrip("/"),
        "transport": transport,
        "headers": {**known, **(headers or {})},
        "timeout": TIMEOUT,
        "follow_redirects": True,
    }


def envelope(reply: httpx.Response) -> Mapping[str, Any]:
    """The answer. Raises the error that the reply tells."""
    try:
        told = reply.json()
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise ServiceFault(f"{reply.request.url} does not answer as a Dateline service", status=reply.status_code)
    if reply.is_error:
        raise of_problem(reply.status_code, told)
    if not {"data", "meta"} <= told.keys():
        raise ServiceFault(f"{reply.request.url} does not answer as a Dateline service", status=reply.status_code)
    return told


def unreachable(url: str, error: httpx.TransportError) -> DatelineError:
    told = str(error) or type(error).__name__
    return Unreachable(f"nobody answers at {url} ({told}): is the service started, and the address right?")
