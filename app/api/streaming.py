"""Answers too long to be made before they are sent."""

from __future__ import annotations

from collections.abc import Generator, Mapping

import anyio
import anyio.to_thread
from starlette.responses import StreamingResponse
from starlette.types import Send


class Streamed(StreamingResponse):
    """Blocks that a thread makes while they are sent. Whoever leaves before the last ends their making too.

    What makes them is closed here and in a thread: left to the collection of garbage, its connection would be rolled
    back before its COPY has ended, and whichever thread collects would wait for a lock that nobody opens.
    """

    def __init__(self, blocks: Generator[bytes], headers: Mapping[str, str], media_type: str) -> None:
        super().__init__(blocks, headers=headers, media_type=media_type)
        self.blocks = blocks

    async def stream_response(self, send: Send) -> None:
        try:
            await super().stream_response(send)
        finally:
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(self.blocks.close)
