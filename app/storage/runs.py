"""Runs of the extractor: which version of rules and data read a mention."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from app.storage.tables import run


def of_version(conn: Connection, version: str) -> int:
    """The id of the run of this version, made when it is new. Safe with several processes."""
    wanted, told = "SELECT id FROM run WHERE version = %(version)s", {"version": version}
    if (known := conn.exec_driver_sql(wanted, told).scalar()) is not None:
        return int(known)
    conn.execute(insert(run).values(version=version).on_conflict_do_nothing())
    return int(conn.exec_driver_sql(wanted, told).scalar_one())


def is_known(conn: Connection, version: str) -> bool:
    """Whether anything of this version was ever run against this database."""
    return conn.execute(select(run.c.id).where(run.c.version == version)).first() is not None
