"""The way from the application to the package `mcp`: loaded at the first request, closed with the application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

import anyio
import anyio.to_thread
from anyio.abc import TaskGroup, TaskStatus
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from app.mcp.guard import Guard, Refusal


class Manager(Protocol):
    """What answers requests while it runs."""

    def run(self) -> AbstractAsyncContextManager[None]: ...

    async def handle_request(self, scope: Scope, receive: Receive, send: Send) -> None: ...


class Door:
    """An ASGI application. Only inside `open` does it answer."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._loading = anyio.Lock()
        self._tasks: TaskGroup | None = None
        self._manager: Manager | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """To be entered in the application's lifespan; what was loaded ends with it."""
        async with anyio.create_task_group() as tasks:
            self._tasks, self._manager = tasks, None
            try:
                yield
            finally:
                self._tasks = self._manager = None
                tasks.cancel_scope.cancel()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        if refusal := self._guard.refusal(request.headers):
            await _refused(request, refusal)(scope, receive, send)
            return
        manager = await self._loaded()
        await manager.handle_request(scope, receive, send)

    async def _loaded(self) -> Manager:
        async with self._loading:
            if self._manager is None:
                if self._tasks is None:
                    raise RuntimeError("the door is closed: enter Door.open in the application's lifespan")
                self._manager = await self._tasks.start(_run)
            return self._manager


async def _run(*, task_status: TaskStatus[Manager]) -> None:
    """Load the package in a thread and run its manager until the task is cancelled."""
    manager = await anyio.to_thread.run_sync(_load)
    async with manager.run():
        task_status.started(manager)
        await anyio.sleep_forever()


def _load() -> Manager:
    from app.mcp.server import make_manager

    return make_manager()


def _refused(request: Request, refusal: Refusal) -> Response:
    """The reason as the rest of the service tells errors (RFC 9457)."""
    body: dict[str, object] = {
        "type": f"urn:dateline:problem:{refusal.code}",
        "title": "Forbidden" if refusal.status == 403 else "Misdirected Request",
        "status": refusal.status,
        "detail": refusal.detail,
        "instance": request.url.path,
        "code": refusal.code,
        "request_id": str(request.scope.get("state", {}).get("request_id", "")),
        "errors": [],
    }
    return JSONResponse(body, refusal.status, media_type="application/problem+json")
