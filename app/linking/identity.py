"""Ids that depend on what was read, never on when: the same reading gives the same ids."""

from __future__ import annotations

import base64
import hashlib

from app.domain.events import Mention

ID_LENGTH = 16  # base32 characters: 80 bits


def event_id(document_sha256: str, mention: Mention) -> str:
    """The id of the event that `mention` founds: lower-case base32, the same for the same text, trigger and kind."""
    trigger = mention.evidence.trigger
    return _short("event", document_sha256, str(trigger.start), str(trigger.end), mention.kind)


def document_id(document_sha256: str) -> str:
    """The id of a document: lower-case base32 of its text's hash."""
    return _short("document", document_sha256)


def _short(*parts: str) -> str:
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return base64.b32encode(digest).decode().lower()[:ID_LENGTH]
