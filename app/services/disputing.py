"""An event is disputed while another report denies it: looked at whenever one of the two changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.events import Modality, Status
from app.linking.claims import Claim
from app.linking.clustering import Cluster
from app.linking.keys import looks_for
from app.linking.relations import DENIES, denies
from app.services.claims import kept_claim, rules
from app.services.composing import standing
from app.services.recording import change_row
from app.storage import decisions, history
from app.storage import linking as store
from app.storage.linking import Kept, Search

if TYPE_CHECKING:
    from app.services.linking import Turn

_OPPOSITE = {"happened": (Modality.DENIED, Modality.NEGATED), **dict.fromkeys(DENIES, (Modality.ASSERTED,))}


def settle(turn: Turn, changed: Sequence[Cluster], written: Collection[str]) -> None:
    """Dispute events that are denied now, and others no more. `written` are events that this turn has written."""
    claims = [*(member.claim for one in changed for member in one.members), *turn.withdrawn]
    opposed = _opposing(turn, claims)
    if not opposed and not turn.withdrawn:
        return
    happened = {one.id for one in changed if one.members[0].claim.stance == "happened"}
    for event_id, told in _told(turn, happened | _denied(claims, opposed)).items():
        _settle(turn, event_id, told, again=event_id in written)


def _denied(claims: Iterable[Claim], opposed: Iterable[Kept]) -> set[str]:
    """The events that some of the claims deny."""
    denials = [claim for claim in claims if claim.stance in DENIES]
    met = [(one.event_id, kept_claim(one)) for one in opposed] if denials else []
    return {event for event, other in met if event and any(denies(claim, other, rules()) for claim in denials)}


def _told(turn: Turn, event_ids: Collection[str]) -> dict[str, list[Kept]]:
    found: dict[str, list[Kept]] = defaultdict(list)
    for one in store.kept_of_events(turn.conn, event_ids):
        found[str(one.event_id)].append(one)
    return found


def _settle(turn: Turn, event_id: str, told: Sequence[Kept], *, again: bool) -> None:
    now = history.standing(turn.conn, event_id)
    wanted = _status(turn, told)
    if now.status in (Status.RETRACTED, wanted):
        return
    if again:
        history.set_status(turn.conn, event_id, wanted)
        return
    history.archive(turn.conn, [event_id], turn.stamp)
    history.set_status(turn.conn, event_id, wanted, version=now.version + 1, stamp=turn.stamp)
    history.record(turn.conn, [change_row(turn, event_id, "changed", now.version + 1, ["status"])])


def _status(turn: Turn, told: Sequence[Kept]) -> Status:
    claims = [kept_claim(one) for one in told]
    denials = [one for one in _opposing(turn, claims) if one.event_id not in {kept.event_id for kept in told}]
    gone = decisions.retracted(turn.conn, [one.claim for one in denials])
    against = [kept_claim(one) for one in denials if one.claim not in gone]
    if any(denies(one, claim, rules()) for one in against for claim in claims):
        return Status.DISPUTED
    return standing(told)


def _opposing(turn: Turn, claims: Iterable[Claim]) -> list[Kept]:
    """Kept mentions of the opposite stance that may be about the same act."""
    turned = (replace(claim, modality=stance) for claim in claims for stance in _OPPOSITE.get(claim.stance, ()))
    looks = (look for claim in turned for look in looks_for(claim, rules()))
    found = store.found_by(turn.conn, [Search(look.number, look.reach, look.after, look.before) for look in looks])
    return store.kept(turn.conn, found)
