"""Where everything is joined: settings in, a running application out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from datetime import UTC, date, datetime
from functools import partial

import anyio.to_thread
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from app import api, pages
from app.extraction.codebook import DATA, load_codebook
from app.extraction.pipeline import Reader
from app.services.program import LazyReader, Program, keep_known_actors
from app.settings import Settings
from app.storage.engine import make_engine, migrate, transactions
from app.storage.server import embedded

STATEMENT_TIMEOUT_MS = 60_000
EXPOSED = ("Link", "ETag", "Retry-After", "Content-Disposition", "Dateline-Left-Out", "X-Request-ID")


def utc_today() -> date:
    return datetime.now(UTC).date()


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
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "HEAD"], expose_headers=list(EXPOSED))
    app.add_middleware(api.HeadAsGet)
    app.add_middleware(api.RequestNumber)
    return app


@asynccontextmanager
async def _lifespan(
    app: FastAPI, *, settings: Settings, reader: Reader | None, today: Callable[[], date]
) -> AsyncIterator[None]:
    # As many threads as connections: no handler waits for a connection that only a waiting handler could return.
    anyio.to_thread.current_default_thread_limiter().total_tokens = settings.pool_size
    with ExitStack() as stack:
        app.state.program = await anyio.to_thread.run_sync(partial(open_program, stack, settings, reader, today))
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
    keep_known_actors(begin)
    return Program(
        begin=begin,
        reader=reader or _background_reader(),
        kinds=load_codebook(),
        today=today,
        public_url=settings.public_url,
        batch_limit=settings.batch_limit,
        body_limit=settings.body_limit,
    )


def _background_reader() -> Reader:
    lazy = LazyReader(_load_reader, expected_version=(DATA / "VERSION").read_text("utf-8").strip())
    lazy.warm()
    return lazy


def _load_reader() -> Reader:
    # Importing the parser takes longer than all the rest of the start: it is done in the background too.
    from app.extraction.reading import load_reader

    return load_reader()
