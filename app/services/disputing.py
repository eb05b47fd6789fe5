"""An event is disputed while another denies or contradicts it: looked at whenever one of the two changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.events import Modality, Status
from app.linking.claims import Claim
from app.linking.clustering import Cluster
from app.linking.contradictions import contradiction, rivals
from app.linking.keys import looks_for
from app.linking.relations import DENIES, denied_after, disputes, tells_both
from app.services.claims import kept_claim, rules
from app.services.composing import standing
from app.services.recording import change_row
from app.storage import decisions, history
from app.storage import linking as store
from app.storage.linking import Kept, Search

if TYPE_CHECKING:
    from app.services.linking import Turn

Told = tuple[str | None, Claim]  # a claim, and the event that it tells
_OPPOSITE = {"happened": (Modality.DENIED, Modality.NEGATED), **dict.fromkeys(DENIES, (Modality.ASSERTED,))}


def settle(
    turn: Turn, changed: Sequence[Cluster], written: Collection[str], weighed: Collection[str] = frozenset()
) -> None:
    """Dispute events that are denied or contradicted now, and others no more. `written` are events that this turn has
    written, `weighed` others that are to be looked at besides."""
    claims = [member.claim for one in changed for member in one.members]
    opposed = _opposing(turn, [*claims, *turn.withdrawn])
    against = _valid(turn, opposed)
    for one in changed:
        if _disputed(turn, against, one.id, [member.claim for member in one.members]):
            _give(turn, one.id, Status.DISPUTED, again=one.id in written)
    ours = {one.id for one in changed}
    touched = _touched([*claims, *turn.withdrawn], opposed) | set(weighed)
    touched |= _denied_besides(turn, [*claims, *turn.withdrawn], opposed)
    for event_id, told in _told(turn, touched - ours).items():
        _give(turn, event_id, _status(turn, event_id, told), again=False)


def _touched(claims: Sequence[Claim], opposed: Iterable[Kept]) -> set[str]:
    """The events that some of the claims dispute."""
    met = [(one.event_id, kept_claim(one)) for one in opposed]
    return {event for event, other in met if event and any(disputes(claim, other, rules()) for claim in claims)}


def _denied_besides(turn: Turn, claims: Sequence[Claim], opposed: Iterable[Kept]) -> set[str]:
    """The events that are denied by what denies some of the claims without a day: another may be the nearest now."""
    undated = [kept_claim(one) for one in opposed if one.values["d_start"] is None]
    denials = [one for one in undated if one.stance in DENIES and _days(one, claims) is not None]
    return _touched(denials, _opposing(turn, denials)) if denials else set()


def _disputed(turn: Turn, against: Iterable[Told], event_id: str, claims: Sequence[Claim]) -> bool:
    """Whether one of the event's claims is disputed by what tells another event."""
    others = [rival for event, rival in against if event != event_id and not tells_both(rival, claims)]
    told_otherwise = (contradiction(rival, claim, rules()) for rival in others for claim in claims)
    return any(told_otherwise) or any(_denies(turn, rival, claims) for rival in others)


def _denies(turn: Turn, denial: Claim, claims: Sequence[Claim]) -> bool:
    """Whether it denies an event told by these claims, and none that is nearer to it."""
    days = _days(denial, claims)
    if not days:
        return days == 0
    return days == _days(denial, [*claims, *(other for _, other in _valid(turn, _opposing(turn, [denial])))])


def _days(denial: Claim, claims: Iterable[Claim]) -> int | None:
    """The least days in which it denies one of the claims; None where it denies none."""
    return min((days for claim in claims if (days := denied_after(denial, claim, rules())) is not None), default=None)


def _told(turn: Turn, event_ids: Collection[str]) -> dict[str, list[Kept]]:
    found: dict[str, list[Kept]] = defaultdict(list)
    for one in store.kept_of_events(turn.conn, event_ids):
        found[str(one.event_id)].append(one)
    return found


def _give(turn: Turn, event_id: str, wanted: Status, *, again: bool) -> None:
    """Let an event have a status; a retracted one keeps its own. `again`: this turn has told the feed of it already."""
    now = history.standing(turn.conn, event_id)
    if now.status in (Status.RETRACTED, wanted):
        return
    if again:
        history.set_status(turn.conn, event_id, wanted)
        return
    history.archive(turn.conn, [event_id], turn.stamp)
    history.set_status(turn.conn, event_id, wanted, version=now.version + 1, stamp=turn.stamp)
    history.record(turn.conn, [change_row(turn, event_id, "changed", now.version + 1, ["status"])])


def _status(turn: Turn, event_id: str, told: Sequence[Kept]) -> Status:
    claims = [kept_claim(one) for one in told]
    if _disputed(turn, _valid(turn, _opposing(turn, claims)), event_id, claims):
        return Status.DISPUTED
    return standing(told)


def _valid(turn: Turn, opposed: Iterable[Kept]) -> list[Told]:
    """The claims among these that were not retracted, each with its event."""
    met = [(one.event_id, kept_claim(one)) for one in opposed]
    gone = decisions.retracted(turn.conn, [claim.key for _, claim in met])
    return [(event, claim) for event, claim in met if claim.key not in gone]


def _opposing(turn: Turn, claims: Iterable[Claim]) -> list[Kept]:
    """Kept mentions that may deny the same act, or tell it in a way that excludes this one."""
    looks = (look for claim in claims for turned in _turned(claim) for look in looks_for(turned, rules()))
    found = store.found_by(turn.conn, [Search(look.number, look.reach, look.after, look.before) for look in looks])
    return store.kept(turn.conn, found)


def _turned(claim: Claim) -> Iterator[Claim]:
    """The claim as those that dispute it, or that it disputes, would have it."""
    for stance in _OPPOSITE.get(claim.stance, ()):
        yield replace(claim, modality=stance, words=frozenset())
    yield from rivals(claim, rules())
