"""A service's answers as tables: `from app.client import Dateline`. Needs httpx and pandas and nothing of the program.

>>> with Dateline("http://127.0.0.1:8000") as dateline:
...     visits = dateline.events(actor="the Kremlin", kind="visit", datetime="2016")
"""

from app.client.asynchronous import AsyncDateline
from app.client.errors import (
    AmbiguousActor,
    BadQuery,
    DatelineError,
    DatelineWarning,
    Fault,
    Gone,
    NotFound,
    RefusedDocument,
    ServiceFault,
    TooManyRequests,
    Unavailable,
    Unreachable,
)
from app.client.synchronous import Dateline

__all__ = [
    "AmbiguousActor", "AsyncDateline", "BadQuery", "Dateline", "DatelineError", "DatelineWarning", "Fault", "Gone",
    "NotFound", "RefusedDocument", "ServiceFault", "TooManyRequests", "Unavailable", "Unreachable",
]  # fmt: skip
