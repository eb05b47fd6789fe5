"""What the sums by day tell of actors in a window is what the events tell, vague dates included, open ones left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from sqlalchemy import Connection

from app.domain.queries import Choice, EventQuery, Match
from app.domain.spans import TimeSpan
from app.storage import meetings
from app.storage.margins import Margins, margins
from app.storage.nearest import nearest
from app.storage.rollups import Grain
from tests.integration.storage.test_rollups import DEEDS, insert, move

WINDOWS = (
    TimeSpan.between(date(2010, 4, 26), date(2010, 5, 10)),
    TimeSpan.of_day(date(2010, 5, 31)),
    TimeSpan.of_month(2010, 6),
    TimeSpan.between(date(2010, 1, 1), date(2011, 12, 31)),
    TimeSpan.between(date(9999, 12, 1), date(9999, 12, 30)),
)
KINDS = (Choice(), Choice(("aid", "visit")))
ACTORS = ("person-0", "person-3", "S0", "S1", "S2")
WRITES = tuple(deed for deed in DEEDS if deed is not move)  # that one leaves the copies of a date in the acts behind
FROM_EVENTS = 0.0  # least confidence: a filter that leaves nothing out and that no sums know of


@pytest.mark.parametrize("seed", range(3))
def test_whom_events_name_and_what_an_actor_met_with_are_the_same_from_the_sums_and_from_the_events(
    db: Connection, seed: int
) -> None:
    random = Random(seed)
    ids: list[str] = []
    insert(db, random, ids)
    for step in range(30):
        deed = random.choice(WRITES)
        deed(db, random, ids)
        query = EventQuery(when=random.choice(WINDOWS), match=Match.POSSIBLE, loose=False, kind=random.choice(KINDS))
        told = f"after step {step}, {deed.__name__}: {query}"
        assert _met(db, query) == _met(db, replace(query, min_confidence=FROM_EVENTS)), told
        assert _most(_met(db, query)) <= sum(margins(db, query, Grain.DAY).kinds.values()), told
        for actor in ACTORS:
            own = replace(query, actor=Choice((actor,)))
            from_events = margins(db, replace(own, min_confidence=FROM_EVENTS), Grain.DAY)
            assert _plain(margins(db, own, Grain.DAY)) == _plain(from_events), told
            assert _met(db, own, actor) == _met(db, replace(own, min_confidence=FROM_EVENTS), actor), told
            assert _most(_met(db, own, actor)) <= sum(from_events.kinds.values()), told


@pytest.mark.parametrize("seed", range(3))
def test_what_lies_nearest_of_an_actor_is_found_among_all_of_its_dates(db: Connection, seed: int) -> None:
    """Those of one actor are looked for by way of its acts; with two of them asked for, among everybody's."""
    random = Random(seed)
    ids: list[str] = []
    for _ in range(12):
        insert(db, random, ids)
    for day in (date(2010, 5, 1), date(2010, 5, 31), date(2010, 6, 15), date(9999, 12, 30)):
        for when in (None, *WINDOWS):
            query = EventQuery(when=when, match=Match.POSSIBLE, loose=when is None, limit=50)
            for actor in ACTORS:
                one = replace(query, actor=Choice((actor,)))
                both = replace(query, actor=Choice((actor, "nobody")))
                assert nearest(db, day, one, before=50, after=50) == nearest(db, day, both, before=50, after=50)


def _met(db: Connection, query: EventQuery, own: str | None = None) -> list[tuple[str, int]]:
    return [(one.id, one.n) for one in meetings.in_window(db, query, own, limit=40)]


def _most(met: list[tuple[str, int]]) -> int:
    """Nobody is named by more events than are counted by kind."""
    return max((n for _, n in met), default=0)


def _plain(found: Margins) -> tuple[object, ...]:
    return sorted(map(str, found.spans)), found.kinds, found.whole
