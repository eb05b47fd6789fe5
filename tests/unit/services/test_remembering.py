"""What is told beside answers is looked up once for each state of the data, never for what was known at an instant."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

import pytest
from sqlalchemy import Connection

from app.domain.queries import Choice, EventQuery
from app.services import remembering
from app.services.remembering import Memory

NO_CONNECTION = cast(Connection, None)


class Data:
    """A state that a test changes, and what was looked up in it."""

    def __init__(self) -> None:
        self.state: str | None = "one"
        self.asked: list[object] = []

    def coverage(self, _conn: Connection) -> Any:
        self.asked.append("coverage")
        return self.state

    def count(self, _conn: Connection, query: EventQuery, *, exact: bool) -> int:
        assert not exact
        self.asked.append(query.kind.wanted)
        return len(self.asked)


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Data:
    known = Data()
    monkeypatch.setattr(remembering.search, "coverage", known.coverage)
    monkeypatch.setattr(remembering.search, "count", known.count)
    return known


def test_one_state_is_looked_up_once(data: Data) -> None:
    memory = Memory(lambda: data.state)
    for cursor in (None, "a", "b"):
        query = EventQuery(cursor=cursor, limit=7)
        assert memory.coverage(NO_CONNECTION, query) == "one"
        assert memory.estimate(NO_CONNECTION, query) == 2
    assert memory.estimate(NO_CONNECTION, EventQuery(kind=Choice(("visit",)))) == 3
    assert data.asked == ["coverage", (), ("visit",)]


def test_another_state_is_looked_up_anew(data: Data) -> None:
    memory = Memory(lambda: data.state)
    memory.coverage(NO_CONNECTION, EventQuery())
    data.state = "two"
    assert memory.coverage(NO_CONNECTION, EventQuery()) == "two"


@pytest.mark.parametrize("as_of", [None, datetime(2016, 4, 15, tzinfo=UTC)])
def test_an_unknown_state_and_an_instant_are_never_remembered(data: Data, as_of: datetime | None) -> None:
    data.state = data.state if as_of else None
    memory = Memory(lambda: data.state)
    for _ in range(2):
        memory.coverage(NO_CONNECTION, EventQuery(as_of=as_of))
        memory.estimate(NO_CONNECTION, EventQuery(as_of=as_of))
    assert data.asked == ["coverage", (), "coverage", ()]
