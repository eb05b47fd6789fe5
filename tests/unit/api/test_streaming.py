"""Answers that are sent while they are made."""

from __future__ import annotations

import threading
from collections.abc import Generator

import anyio
from starlette.types import Message

from app.api.streaming import Streamed


def left_after(most: int) -> list[str]:
    """What happens, in order, where a client leaves after so many blocks."""
    happened: list[str] = []

    def blocks() -> Generator[bytes]:
        try:
            for number in range(9):
                yield b"%d" % number
        finally:
            happened.append("closed here" if threading.current_thread() is threading.main_thread() else "closed")

    async def asked() -> None:
        gone = anyio.Event()

        async def receive() -> Message:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if body := message.get("body"):
                happened.append(body.decode())
            if len(happened) == most:
                gone.set()

        answer = Streamed(blocks(), {}, "text/csv")
        await answer({"type": "http"}, receive, send)
        happened.append("left")

    anyio.run(asked)
    return happened


def test_who_leaves_ends_the_making() -> None:
    happened = left_after(2)
    assert happened[:2] == ["0", "1"]
    assert happened[-2:] == ["closed", "left"]
    assert "8" not in happened


def test_who_stays_gets_all() -> None:
    assert left_after(99) == [*"012345678", "closed", "left"]
