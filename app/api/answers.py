"""Whole answers as they were sent, remembered for the state of the data that they were made from."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from starlette.types import Message, Send

MOST_BYTES = 32 << 20  # of all that are remembered, in each process
LONGEST = 2 << 20  # of one
MOST_ANSWERS = 10_000
# What an answer, and each text of its key and its headers, take beside their letters.
_OF_ANSWER, _OF_TEXT = 600, 80
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer: what the middlewares within have made of it, and nothing that is of one request alone."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    @property
    def cache_control(self) -> str:
        return dict(self.headers).get(b"cache-control", b"").decode()

    async def again(self, send: Send) -> None:
        # a list of its own: middlewares further out add to it
        await send({"type": "http.response.start", "status": self.status, "headers": list(self.headers)})
        await send({"type": "http.response.body", "body": self.body})


def weight(key: Key, sent: Sent) -> int:
    """The bytes of memory that an answer takes under its key, about: its links may be longer than its body."""
    texts = [*key, *(text for header in sent.headers for text in header), sent.body]
    return _OF_ANSWER + sum(len(text) + _OF_TEXT for text in texts)


@dataclass(slots=True)
class Answers:
    """The answers of one state, those that were asked for last. Used by one thread, that of the event loop."""

    most_bytes: int = MOST_BYTES
    longest: int = LONGEST
    most: int = MOST_ANSWERS
    _state: str = ""
    _bytes: int = 0
    _kept: OrderedDict[Key, Sent] = field(default_factory=OrderedDict)

    def of(self, state: str, key: Key) -> Sent | None:
        """The answer, if it is remembered; those of another state are forgotten."""
        if state != self._state:
            self._kept.clear()
            self._state, self._bytes = state, 0
        if (found := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
        return found

    def keeping(self, state: str, key: Key, send: Send) -> Send:
        """Sends on, and keeps what succeeds and is short enough, when all of it was sent."""
        start: dict[str, Any] = {}
        body = bytearray()

        async def kept(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                start.update(status=200, headers=tuple(message["headers"]))
            elif message["type"] == "http.response.body" and start:
                body.extend(message.get("body", b""))
                if len(body) > self.longest:
                    start.clear()
            await send(message)
            if start and message["type"] == "http.response.body" and not message.get("more_body"):
                self._keep(state, key, Sent(**start, body=bytes(body)))

        return kept

    def _keep(self, state: str, key: Key, sent: Sent) -> None:
        if state != self._state:
            return
        if (former := self._kept.pop(key, None)) is not None:
            self._bytes -= weight(key, former)
        self._kept[key] = sent
        self._bytes += weight(key, sent)
        while self._bytes > self.most_bytes or len(self._kept) > self.most:
            oldest = self._kept.popitem(last=False)
            self._bytes -= weight(*oldest)
