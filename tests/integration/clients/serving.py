"""Serves on a free port, says where on standard output, and notes each request in a file."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from app.main import create_app
from app.settings import Settings
from tests.integration.api.conftest import TODAY
from tests.integration.api.reader import SentenceReader


class Noted:
    """Adds a line for each request: its path and its query."""

    def __init__(self, app: ASGIApp, log: Path) -> None:
        self.app = app
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            with self.log.open("a", encoding="utf-8") as lines:
                lines.write(f"{scope['path']}?{scope['query_string'].decode()}\n")
        await self.app(scope, receive, send)


def main(database_url: str, log: str) -> None:
    settings = Settings(database_url=database_url, pool_size=4)
    app = Noted(create_app(settings, reader=SentenceReader(), today=lambda: TODAY), Path(log))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])


if __name__ == "__main__":
    main(*sys.argv[1:])
