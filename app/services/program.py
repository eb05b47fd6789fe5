"""The parts of the running program, joined by `main` and handed to the web interface, the pages and the terminal."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.domain.documents import Document
from app.domain.kinds import Kind
from app.extraction.dictionaries import fingerprint
from app.extraction.lexicon import DATA, load_lexicon
from app.extraction.pipeline import ReadDocument, Reader
from app.services.freshness import Freshness
from app.services.ingest import Begin, Desk
from app.services.remembering import Memory
from app.storage import actors, runs

ACTOR_TABLES = DATA / "actors"


@dataclass(frozen=True, slots=True)
class Program:
    """`begin` opens a transaction that commits on leaving; `today` is the clock, in UTC.

    `public_url` is the address that others see, where it is not the one that requests name.
    """

    begin: Begin
    reader: Reader
    kinds: Mapping[str, Kind]
    today: Callable[[], date]
    public_url: str | None = None
    batch_limit: int = 1_000  # documents in one request
    body_limit: int = 64_000_000  # bytes in one request
    freshness: Freshness = field(init=False)
    memory: Memory = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "freshness", Freshness(self.begin))
        object.__setattr__(self, "memory", Memory(self.freshness.known))

    def desk(self) -> Desk:
        return Desk(self.begin, self.reader, self.kinds, self.today())


@dataclass(slots=True)
class LazyReader:
    """A reader that is loaded when it is first needed, or before by `warm`, and that reads one batch at a time.

    The parser is not safe with several threads at once; the lock keeps their batches apart.
    """

    load: Callable[[], Reader]
    expected_version: str
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _loaded: Reader | None = None

    @property
    def version(self) -> str:
        """Of the reader; before it is loaded, of the data that it will be loaded from."""
        return self._loaded.version if self._loaded else self.expected_version

    def read_many(self, documents: Iterable[Document]) -> Iterator[ReadDocument]:
        with self._lock:
            read = list(self._reader().read_many(documents))
        yield from read

    def warm(self) -> None:
        """Load in the background, so that neither the start nor the first document waits."""
        threading.Thread(target=self._load, name="load-reader", daemon=True).start()

    def _load(self) -> None:
        with self._lock:
            self._reader()

    def _reader(self) -> Reader:
        if self._loaded is None:
            self._loaded = self.load()
        return self._loaded


def keep_known_actors(begin: Begin, own: Path | None = None) -> None:
    """Keep the actors that are known before reading, so that every name can be asked for before it occurs.

    Their tables change with a release, not with a start: a database that has taken them in is left alone. `own` is
    the folder of the user's dictionaries, whose actors are kept with them.
    """
    version = " ".join(filter(None, ("actors", _fingerprint(ACTOR_TABLES), fingerprint(own))))
    with begin() as conn:
        if not runs.is_known(conn, version):
            actors.upsert(conn, load_lexicon(own=own).actors)
            runs.of_version(conn, version)


def _fingerprint(folder: Path) -> str:
    """Changes when a table of the folder does."""
    digest = hashlib.sha256()
    for table in sorted(folder.glob("*.tsv")):
        digest.update(table.name.encode() + b"\0" + table.read_bytes())
    return digest.hexdigest()[:16]
