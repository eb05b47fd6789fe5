"""What people decide about events: a split, a merge, a retraction, its undoing; each with a reason and a name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from app.domain.errors import BadQuery
from app.domain.kinds import Kind
from app.services.claims import kept_claim
from app.services.linking import Turn, begin, relink
from app.services.near import no_event
from app.services.questions import checked_text
from app.storage import decisions
from app.storage import linking as store
from app.storage.decisions import Decision
from app.storage.linking import Kept

LONGEST_NAME, LONGEST_REASON = 200, 2_000


@dataclass(frozen=True, slots=True)
class Signed:
    """Who decides, and why. Raises BadQuery where either is empty or longer than is kept."""

    reason: str
    name: str

    def __post_init__(self) -> None:
        for parameter, longest in (("reason", LONGEST_REASON), ("name", LONGEST_NAME)):
            told = checked_text(parameter, getattr(self, parameter))
            if not told.strip() or len(told) > longest:
                raise BadQuery(parameter, f"1 to {longest} characters are wanted", example="the visit of another year")


def split(
    conn: Connection, kinds: Mapping[str, Kind], event_id: str, reports: Collection[int], signed: Signed
) -> dict[str, Any]:
    """Let some reports of an event tell one of their own; they stay apart whenever the rest is linked again, and each
    part stays one, whatever the other held together."""
    turn = begin(conn, kinds, "split")
    told = _told(turn, event_id)
    leaving = {one.claim for one in told if int(one.values["id"]) in reports}
    staying = {one.claim for one in told} - leaving
    strange = set(reports) - {int(one.values["id"]) for one in told}
    if strange or not leaving or not staying:
        numbers = ", ".join(str(one.values["id"]) for one in told)
        raise BadQuery("reports", f"some but not all of the event's reports are wanted: {numbers}")
    made = _keep(turn, Decision("split", event_id, (), tuple(sorted(leaving)), signed.reason, signed.name, turn.stamp))
    decisions.part(conn, leaving, staying, made)
    for group in (leaving, staying):
        decisions.leave(conn, group, made)
    return _done(turn, made, told, {event_id})


def merge(
    conn: Connection, kinds: Mapping[str, Kind], event_id: str, others: Sequence[str], signed: Signed
) -> dict[str, Any]:
    """Let several events be one; it goes by the report that was published first."""
    turn = begin(conn, kinds, "merge")
    wanted = tuple(dict.fromkeys(other for other in others if other != event_id))
    if not wanted:
        raise BadQuery("events", "the ids of other events are wanted")
    told = [
        one
        for event in (event_id, *wanted)
        for one in _told(turn, event, "event_id" if event == event_id else "events")
    ]
    claims = sorted(one.claim for one in told)
    made = _keep(turn, Decision("merge", event_id, wanted, tuple(claims), signed.reason, signed.name, turn.stamp))
    decisions.bind(conn, claims, made)
    return _done(turn, made, told, {event_id, *wanted})


def retract(conn: Connection, kinds: Mapping[str, Kind], event_id: str, signed: Signed) -> dict[str, Any]:
    """Take an event back: it stays with its reports, is left out of answers, and no report brings it back. Where it is
    taken back already, the decision is kept with its reason, and nothing changes."""
    turn = begin(conn, kinds, "retract")
    told = _told(turn, event_id)
    claims = sorted(one.claim for one in told)
    is_retracted = decisions.retracted(conn, claims) == set(claims)
    made = _keep(turn, Decision("retract", event_id, (), tuple(claims), signed.reason, signed.name, turn.stamp))
    if is_retracted:
        decisions.note(conn)
        return _answer(made, told, dict.fromkeys(claims, event_id))
    decisions.retract(conn, claims, made)
    return _done(turn, made, told, {event_id})


def restore(conn: Connection, kinds: Mapping[str, Kind], event_id: str, signed: Signed) -> dict[str, Any]:
    """Take a retraction back: the event is again what its reports make of it. Raises BadQuery where there is none."""
    turn = begin(conn, kinds, "restore")
    told = _told(turn, event_id)
    claims = sorted(decisions.retracted(conn, [one.claim for one in told]))
    if not claims:
        raise BadQuery("event_id", "the event is not retracted")
    made = _keep(turn, Decision("restore", event_id, (), tuple(claims), signed.reason, signed.name, turn.stamp))
    decisions.restore(conn, claims)
    return _done(turn, made, told, {event_id})


def _told(turn: Turn, event_id: str, parameter: str = "event_id") -> list[Kept]:
    told = store.kept_of_events(turn.conn, [checked_text(parameter, event_id)])
    if not told:
        raise no_event(turn.conn, parameter, event_id)
    return told


def _keep(turn: Turn, made: Decision) -> int:
    number = decisions.keep(turn.conn, made)
    turn.cause = f"decision {number}"
    return number


def _done(turn: Turn, number: int, told: Sequence[Kept], left: Collection[str]) -> dict[str, Any]:
    """Link anew what the decision is about; which events its reports tell now."""
    turn.kept |= {one.claim: one for one in told}
    return _answer(number, told, relink(turn, [kept_claim(one) for one in told], left))


def _answer(number: int, told: Sequence[Kept], homes: Mapping[str, str]) -> dict[str, Any]:
    events = sorted({homes[one.claim] for one in told})
    return {"decision": number, "events": events, "reports": {int(one.values["id"]): homes[one.claim] for one in told}}
