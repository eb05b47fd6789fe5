"""Events and their mentions: written, found again for linking, and read one by one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.events import Mention, Status
from app.domain.spans import TimeSpan
from app.storage.rows import Candidate, EventRow, MentionRow


@dataclass(frozen=True, slots=True)
class Report:
    """A mention on its way into the database: of which event, from which document, read by which run.

    `quote` is the clause's text, `title` the event's title as this mention tells it.
    """

    event_id: str
    mention: Mention
    document_id: int
    run_id: int
    quote: str
    title: str


def insert(conn: Connection, reports: Sequence[Report]) -> None:
    """Keep new events, each with its first mention, its actors and their places in it.

    Every event id must be new and occur once. Actors that are not yet known are added by id and name.
    """
    raise NotImplementedError


def attach(conn: Connection, report: Report, *, leads: bool = False) -> None:
    """Add a mention to an event that exists: one more report.

    Counts reports and publishers; two publishers make a reported event corroborated. Actors that were not yet
    named are added. With `leads` the event takes title, date, coding, place and the rest from this mention.
    """
    raise NotImplementedError


def set_status(conn: Connection, event_id: str, status: Status) -> None:
    """Mark an event as disputed, retracted, or reported again."""
    raise NotImplementedError


def candidates(
    conn: Connection, kind: str, span: TimeSpan, actor_ids: Collection[str], *, limit: int = 50
) -> list[Candidate]:
    """Events of a kind that share a possible day with `span` and at least one actor (states of people included).

    Narrowest date first. Retracted events are left out.
    """
    raise NotImplementedError


def get(conn: Connection, event_id: str) -> EventRow | None:
    raise NotImplementedError


def evidence(conn: Connection, event_id: str) -> list[MentionRow]:
    """All reports of an event with the words and the document of each, the leading one first."""
    raise NotImplementedError
