"""The way to the database: addresses, engines, migrations."""

from __future__ import annotations

from sqlalchemy import Engine


def make_engine(url: str, *, pool_size: int = 10, statement_timeout_ms: int | None = None) -> Engine:
    """An engine on psycopg 3. `url` may begin with postgres://, postgresql:// or postgresql+psycopg://.

    Raises NoDatabase when the address is of another kind of database. Nothing is connected yet.
    """
    raise NotImplementedError


def check(engine: Engine) -> str:
    """The server's version ("18.6"). Raises NoDatabase, saying what to do, when it cannot be reached or is too old."""
    raise NotImplementedError


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest version; waits while another process does. Raises NoDatabase when the server
    refuses an extension."""
    raise NotImplementedError
