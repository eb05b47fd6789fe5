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
    claims = [member.claim for one in changed for member in one.members]
    opposed = _opposing(turn, [*claims, *turn.withdrawn])
    against = _valid_denials(turn, opposed)
    for one in changed:
        if any(denies(denial, member.claim, rules()) for denial in against for member in one.members):
            _give(turn, one.id, Status.DISPUTED, again=one.id in written)
    ours = {one.id for one in changed}
    for event_id, told in _told(turn, _denied([*claims, *turn.withdrawn], opposed) - ours).items():
        _give(turn, event_id, _status(turn, told), again=False)


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


def _status(turn: Turn, told: Sequence[Kept]) -> Status:
    claims = [kept_claim(one) for one in told]
    against = _valid_denials(turn, _opposing(turn, claims))
    if any(denies(one, claim, rules()) for one in against for claim in claims):
        return Status.DISPUTED
    return standing(told)


def _valid_denials(turn: Turn, opposed: Iterable[Kept]) -> list[Claim]:
    """The claims among these that deny something and were not retracted."""
    denials = [claim for claim in map(kept_claim, opposed) if claim.stance in DENIES]
    gone = decisions.retracted(turn.conn, [claim.key for claim in denials])
    return [claim for claim in denials if claim.key not in gone]


def _opposing(turn: Turn, claims: Iterable[Claim]) -> list[Kept]:
    """Kept mentions of the opposite stance that may be about the same act."""
    turned = (replace(claim, modality=stance, words=frozenset()) for claim in claims for stance in _opposite(claim))
    looks = (look for claim in turned for look in looks_for(claim, rules()))
    found = store.found_by(turn.conn, [Search(look.number, look.reach, look.after, look.before) for look in looks])
    return store.kept(turn.conn, found)


def _opposite(claim: Claim) -> tuple[Modality, ...]:
    return _OPPOSITE.get(claim.stance, ())
