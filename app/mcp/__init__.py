"""The door for language models: five questions over the Model Context Protocol, at /mcp. Reads only.

Nothing of the package `mcp` is imported before the first request: it takes longer to load than the rest of the start.
"""

from __future__ import annotations

from fastapi import FastAPI
from starlette.routing import Route

from app.mcp.door import Door
from app.mcp.guard import Guard

__all__ = ["install"]

PATH = "/mcp"


def install(app: FastAPI, *, host: str, public_url: str | None) -> Door:
    """Open the door at /mcp. The application's lifespan has to run `Door.open`.

    `host` is the address that the service listens on, `public_url` the one that others see.
    """
    door = Door(Guard.of(host, public_url))
    app.router.routes.append(Route(PATH, endpoint=door, methods=["POST"], include_in_schema=False))
    return door
