"""The database of a command: the one that DATABASE_URL names, or the embedded one for as long as the command runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.extraction.codebook import load_codebook
from app.services.ingest import Begin
from app.services.publishing import publish_views
from app.settings import Settings
from app.storage import server
from app.storage.engine import make_engine, migrate, transactions


@dataclass(frozen=True, slots=True)
class Opened:
    """A database at the newest schema: `begin` opens a transaction that commits on leaving."""

    begin: Begin
    url: str


@contextmanager
def opened(settings: Settings) -> Iterator[Opened]:
    """Reached or started, brought to the newest schema; let go again on leaving. Raises NoDatabase with the mend."""
    with address(settings) as url:
        engine = make_engine(url, pool_size=settings.pool_size)
        try:
            migrate(engine)
            begin = transactions(engine)
            publish_views(begin, load_codebook().values(), settings.public_url or "")
            yield Opened(begin, url)
        finally:
            engine.dispose()


@contextmanager
def address(settings: Settings) -> Iterator[str]:
    """The address of a running server."""
    if settings.database_url:
        yield settings.database_url
        return
    with server.embedded(settings.home, binaries=settings.binaries) as url:
        yield url
