"""The service from a terminal: database, demonstration corpus, web server; everything it started stops with it."""

from __future__ import annotations

import signal
import socket
import sys
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from os import environ
from pathlib import Path
from types import FrameType

import uvicorn

from app.cli.database import Opened, opened
from app.cli.ingesting import desk_of, progress
from app.cli.ports import check_port
from app.cli.showing import console
from app.extraction.dictionaries import expected_version
from app.extraction.pipeline import Reader
from app.extraction.reading import load_reader
from app.main import create_app
from app.services.ingest import ingest_each
from app.services.program import LazyReader, keep_known_actors
from app.settings import Settings, utc_today
from app.sources.demo import load_demo
from app.storage import search

EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}
LINKS: Sequence[tuple[str, str]] = (
    ("timeline", "/"),
    ("around a day", "/v1/around?date=2016-04-15&window=14d"),
    ("an actor", "/v1/actors/RUS/timeline"),
    ("as CSV", "/v1/events.csv"),
    ("docs", "/docs"),
)


class Server(uvicorn.Server):
    """A server that says so once it listens."""

    def __init__(self, config: uvicorn.Config, show: Callable[[], None]) -> None:
        super().__init__(config)
        self._show = show

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._show()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for; None leaves it to the settings."""

    host: str | None = None
    port: int | None = None
    demo: bool = True
    browser: bool = True

    def settings(self) -> Settings:
        wanted = {"host": self.host, "port": self.port}
        return Settings().model_copy(update={name: value for name, value in wanted.items() if value is not None})


def serve(wishes: Wishes) -> None:
    """Serve until Ctrl-C or SIGTERM; both leave by the same way, so that the database is stopped."""
    settings = wishes.settings()
    check_port(settings.host, settings.port)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    try:
        _serve(wishes, settings)
    except KeyboardInterrupt:
        console().print("Stopped.")


def _serve(wishes: Wishes, settings: Settings) -> None:
    screen = console()
    screen.print("Starting the database ...")
    with opened(settings) as database:
        own = settings.own_actors
        reader = LazyReader(partial(load_reader, utc_today, own=own), expected_version=expected_version(own))
        reader.warm()
        if wishes.demo:
            read_demo(database, reader, own)
        app = create_app(settings.model_copy(update={"database_url": database.url}), reader=reader)
        config = uvicorn.Config(app, settings.host, settings.port, log_level="warning", access_log=False)
        Server(config, show=lambda: announce(settings, browser=wishes.browser)).run()
    screen.print("Stopped.")


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def read_demo(database: Opened, reader: Reader, own: Path | None = None) -> None:
    """Read the demonstration corpus into an empty database; any other is left as it is."""
    with database.begin() as conn:
        if search.sizes(conn).documents:
            return
    keep_known_actors(database.begin, own)
    documents = list(load_demo())
    console().print(f"The database is empty: reading {len(documents)} demonstration dispatches ...")
    with progress(len(documents), "dispatches") as advance:
        for _ in ingest_each(documents, desk_of(database, reader)):
            advance()


def links(settings: Settings) -> list[tuple[str, str]]:
    """What to open, by what it shows."""
    host = EVERY_ADDRESS.get(settings.host, f"[{settings.host}]" if ":" in settings.host else settings.host)
    return [(label, f"http://{host}:{settings.port}{path}") for label, path in LINKS]


def announce(settings: Settings, *, browser: bool) -> None:
    """Say where the service is, once it listens."""
    found = links(settings)
    width = max(len(label) for label, _ in found)
    screen = console()
    for label, address in found:
        screen.print(f"  {label:<{width}}  {address}", soft_wrap=True, highlight=False)
    screen.print("Ctrl-C stops everything.")
    if browser and has_desktop():
        webbrowser.open(found[0][1])


def has_desktop() -> bool:
    """Whether a browser would be seen: somebody sits at a terminal, and there is a display."""
    shows = sys.platform in ("darwin", "win32") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
    return sys.stdout.isatty() and shows
