"""Actors: their names and offices with dates, how a name is resolved, and whom they meet."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from app.domain.actors import Actor
from app.domain.spans import TimeSpan
from app.storage.rows import ActorMatch, Counterpart, FacetCount, Seen


def upsert(conn: Connection, actors: Sequence[Actor]) -> None:
    """Keep actors with their names and offices; those already known take the new fields, names and offices."""
    raise NotImplementedError


def resolve(conn: Connection, name: str, *, limit: int = 10) -> list[ActorMatch]:
    """The actors that a name, code or id may mean: exact ones only where there are any, most events first, else
    the names most alike, most alike first. Case, accents and a leading "the" do not count."""
    raise NotImplementedError


def suggest(conn: Connection, q: str, *, limit: int = 10) -> list[ActorMatch]:
    """Actors whose names begin with or contain `q` or are like it, for a search box; "" gives the most active."""
    raise NotImplementedError


def get(conn: Connection, actor_id: str) -> Actor | None:
    """An actor with all its names and offices and the days on which they held."""
    raise NotImplementedError


def holders(conn: Connection, state: str, span: TimeSpan) -> list[tuple[str, str]]:
    """(actor id, title) of those who held an office of a state on any day of a span."""
    raise NotImplementedError


def counterparts(
    conn: Connection, actor_id: str, *, when: TimeSpan | None = None, limit: int = 20
) -> list[Counterpart]:
    """Whom an actor meets in events that are said to have happened, most often first."""
    raise NotImplementedError


def kinds(conn: Connection, actor_id: str) -> list[FacetCount]:
    """The kinds of an actor's events, commonest first."""
    raise NotImplementedError


def seen(conn: Connection, actor_id: str) -> Seen:
    raise NotImplementedError
