"""The databases that are measured: one for each number of events, on a server of their own, made once and kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from tempfile import gettempdir
from time import perf_counter

import pandas as pd
from sqlalchemy import Engine, make_url, text

from app.extraction.codebook import load_codebook
from app.storage.engine import make_engine, migrate
from app.storage.server import embedded
from scripts.benchmarks.synthetic import load

HOME = Path(os.environ.get("DATELINE_BENCH_HOME", Path(gettempdir()) / "dateline-bench"))


@contextmanager
def server() -> Iterator[str]:
    """The address of the server: the one that DATABASE_URL names, or an embedded one in HOME."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    HOME.mkdir(parents=True, exist_ok=True)
    HOME.chmod(0o711)
    with embedded(HOME, durable=False) as url:
        yield url


def filled(server_url: str, events: int) -> tuple[Engine, str]:
    """An engine on a database with so many synthetic events, and its address; made if it is not there."""
    name = f"dateline_bench_{events}"
    address = make_url(server_url.replace("postgresql://", "postgresql+psycopg://")).set(database=name)
    url = address.render_as_string(hide_password=False)
    if not _exists(server_url, name):
        _make(server_url, name)
        engine = make_engine(url)
        migrate(engine)
        start = perf_counter()
        load(engine, events, _kinds())
        print(f"{events:,} events made in {perf_counter() - start:.0f} s")
        with engine.begin() as conn:
            conn.execute(text("CREATE TABLE bench_is_whole ()"))
        engine.dispose()
    engine = make_engine(url)
    migrate(engine)
    return engine, url


def _exists(server_url: str, name: str) -> bool:
    """Whether the database is there and whole; one whose making was broken off is dropped."""
    admin = make_engine(server_url, pool_size=1).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        found = conn.execute(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}).first()
        if found is None:
            return False
        one = make_engine(admin.url.set(database=name).render_as_string(hide_password=False), pool_size=1)
        with one.connect() as inside:
            whole = inside.execute(text("SELECT to_regclass('bench_is_whole')")).scalar() is not None
        one.dispose()
        if not whole:
            conn.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()
    return whole


def _make(server_url: str, name: str) -> None:
    admin = make_engine(server_url, pool_size=1).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
    admin.dispose()


def _kinds() -> pd.DataFrame:
    rows = [
        (number, kind.name, kind.label, *astuple(kind.coding)) for number, kind in enumerate(load_codebook().values())
    ]
    columns = ["id", "name", "label", "plover", "mode", "cameo", "quad", "goldstein"]
    return pd.DataFrame(rows, columns=columns).assign(mode="-")
