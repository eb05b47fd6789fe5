"""Folders and databases of a test's own, gone at its end."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Engine, text

from app.storage.engine import make_engine, migrate


@contextmanager
def temporary_home() -> Iterator[Path]:
    """A folder that the server's user can pass through, which pytest's own temporary folders are not for root."""
    home = Path(tempfile.mkdtemp(prefix="dateline-test-"))
    home.chmod(0o711)
    try:
        yield home
    finally:
        shutil.rmtree(home)


@contextmanager
def temporary_database(server_url: str) -> Iterator[str]:
    """The address of an empty database of its own, dropped at the end."""
    name = f"dateline_test_{uuid4().hex[:12]}"
    admin = make_engine(server_url, pool_size=1).execution_options(isolation_level="AUTOCOMMIT")
    try:
        with admin.connect() as conn:
            conn.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
        yield admin.url.set(database=name).render_as_string(hide_password=False)
        with admin.connect() as conn:
            conn.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        admin.dispose()


@contextmanager
def migrated_database(server_url: str, *, pool_size: int) -> Iterator[Engine]:
    """An empty database of its own, built by the real migrations, dropped at the end."""
    with temporary_database(server_url) as url:
        engine = make_engine(url, pool_size=pool_size)
        migrate(engine)
        yield engine
        engine.dispose()
