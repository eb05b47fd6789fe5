"""Runs of the extractor: which version of rules and data read a mention."""

from __future__ import annotations

from sqlalchemy import Connection


def of_version(conn: Connection, version: str) -> int:
    """The id of the run of this version, made when it is new. Safe with several processes."""
    raise NotImplementedError
