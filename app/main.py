"""Where everything is joined: settings in, a running application out."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from datetime import date
from functools import partial
from pathlib import Path

import anyio.to_thread
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES

from app import api, mcp, pages
from app.extraction.codebook import load_codebook
from app.extraction.dictionaries import expected_version
from app.extraction.pipeline import Reader
from app.services.program import LazyReader, Program, keep_known_actors
from app.services.publishing import publish_views
from app.settings import Settings, utc_today
from app.storage.engine import make_engine, migrate, transactions
from app.storage.server import embedded

STATEMENT_TIMEOUT_MS = 60_000
EXPOSED = (
    "Link", "ETag", "RateLimit", "RateLimit-Policy", "Retry-After", "Content-Disposition", "Content-Range",
    "Dateline-Left-Out", "OGC-NumberMatched", "OGC-NumberReturned", "X-Request-ID",
)  # fmt: skip
# Answers that are compressed already.
COMPRESSED = ("application/vnd.apache.parquet", "application/vnd.apache.arrow.stream")


def create_app(
    settings: Settings | None = None, *, reader: Reader | None = None, today: Callable[[], date] = utc_today
) -> FastAPI:
    """The application. Its lifespan starts the database (unless DATABASE_URL names one) and brings it up to date.

    `reader` takes the place of the one that is loaded in the background.
    """
    settings = settings or Settings()
    app = FastAPI(
        lifespan=partial(_lifespan, settings=settings, reader=reader, today=today),
        docs_url=None,
        redoc_url=None,
        **api.ABOUT,
    )
    app.state.query_names = {}  # of each route, once it was asked
    api.install(app, error_page=pages.error_page)
    pages.install(app)
    app.state.door = mcp.install(app, host=settings.host, public_url=settings.public_url)
    app.add_middleware(
        api.Compressed,
        minimum_size=1000,
        compresslevel=5,
        exclude_content_types=(*DEFAULT_EXCLUDED_CONTENT_TYPES, *COMPRESSED),
    )
    app.add_middleware(api.Conditional, build=_build())
    app.add_middleware(api.RateLimited, most=settings.rate_limit)
    app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "HEAD"], expose_headers=list(EXPOSED))
    app.add_middleware(api.HeadAsGet)
    app.add_middleware(api.RequestNumber)
    return app


def _build() -> str:
    """A word for this version of the program: another after any change of its files that answers are made from."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.rglob("*")):
        if file.suffix in (".py", ".toml", ".tsv", ".json"):
            digest.update(file.read_bytes())
    return digest.hexdigest()


@asynccontextmanager
async def _lifespan(
    app: FastAPI, *, settings: Settings, reader: Reader | None, today: Callable[[], date]
) -> AsyncIterator[None]:
    # As many threads as connections: no handler waits for a connection that only a waiting handler could return.
    anyio.to_thread.current_default_thread_limiter().total_tokens = settings.pool_size
    with ExitStack() as stack:
        app.state.program = await anyio.to_thread.run_sync(partial(open_program, stack, settings, reader, today))
        async with app.state.door.open():
            yield


def open_program(
    stack: ExitStack, settings: Settings, reader: Reader | None = None, today: Callable[[], date] = utc_today
) -> Program:
    """The parts of the program; leaving the stack closes them. For the terminal as for the web."""
    url = settings.database_url or stack.enter_context(embedded(settings.home, binaries=settings.binaries))
    engine = make_engine(url, pool_size=settings.pool_size, statement_timeout_ms=STATEMENT_TIMEOUT_MS)
    stack.callback(engine.dispose)
    migrate(engine)
    begin = transactions(engine)
    keep_known_actors(begin, settings.own_actors)
    kinds = load_codebook()
    publish_views(begin, kinds.values(), settings.public_url or "")
    return Program(
        begin=begin,
        reader=reader or _background_reader(settings.own_actors),
        kinds=kinds,
        today=today,
        public_url=settings.public_url,
        batch_limit=settings.batch_limit,
        body_limit=settings.body_limit,
    )


def _background_reader(own: Path) -> Reader:
    lazy = LazyReader(partial(_load_reader, own), expected_version=expected_version(own))
    lazy.warm()
    return lazy


def _load_reader(own: Path) -> Reader:
    # Importing the parser takes longer than all the rest of the start: it is done in the background too.
    from app.extraction.reading import load_reader

    return load_reader(utc_today, own=own)
