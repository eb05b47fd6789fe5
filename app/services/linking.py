"""A document's mentions become events: one canonical answer for all that hang together, whatever came first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection

from app.domain.dates import Offsets
from app.domain.documents import Document
from app.domain.events import Mention
from app.domain.kinds import Kind
from app.linking.claims import Claim
from app.linking.clustering import Cluster, Near, Pool, Verdicts, component
from app.linking.identity import event_id
from app.linking.keys import keys_of, looks_for
from app.services import disputing, recording
from app.services.claims import claim_of, kept_claim, rules
from app.services.families import about
from app.services.titles import title
from app.storage import decisions, events, reprints
from app.storage import linking as store
from app.storage.events import Linking, Origin, Report
from app.storage.linking import Kept, Move, Place, Search
from app.storage.reprints import Noted


@dataclass(frozen=True, slots=True)
class Desk:
    """Where mentions were found: the kept document, and the run that read it. `coded`: it is rows of a table, which no
    words tell apart."""

    document_id: int
    run_id: int
    document: Document
    kinds: Mapping[str, Kind]
    coded: bool = False


@dataclass(slots=True)
class Turn:
    """One turn to link: its instant, what brings it about, and what it has met so far.

    `kept` are mentions that were there before, by claim; `fresh` are those that come with this turn,
    `withdrawn` the claims that nothing makes any more, `renamed` those in whose place others are read. Of the fresh,
    `returned` are those of a document that was read before: they may have a past, and others may print the document.
    """

    conn: Connection
    kinds: Mapping[str, Kind]
    cause: str
    stamp: datetime
    kept: dict[str, Kept] = field(default_factory=dict)
    fresh: dict[str, Report] = field(default_factory=dict)
    withdrawn: list[Claim] = field(default_factory=list)
    returned: set[str] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)

    def neighbours(self, claims: Sequence[Claim]) -> Near:
        """Kept claims that may be the same event as one of these, and those that are by decision."""
        searches = (
            Search(look.number, look.reach, look.after, look.before) for c in claims for look in looks_for(c, rules())
        )
        documents = {int(self.kept[c.key].values["document_id"]) for c in claims if c.key in self.kept}
        ids = store.found_by(self.conn, searches, documents)
        ids -= {int(one.values["id"]) for one in self.kept.values()}
        bound = frozenset[str]()
        if known := self.with_past(claim.key for claim in claims):
            held = decisions.held(self.conn, known)
            bound = frozenset().union(*held.together.values(), *held.left.values())
        met = store.kept(self.conn, ids) + store.kept_claims(self.conn, bound - self.kept.keys())
        self.kept |= {one.claim: one for one in met}
        return Near([kept_claim(one) for one in self.kept.values()], bound)

    def with_past(self, claims: Iterable[str]) -> list[str]:
        """Those of the claims of which something may be decided or recorded already."""
        return [claim for claim in claims if claim in self.kept or claim in self.returned]


def begin(conn: Connection, kinds: Mapping[str, Kind], cause: str) -> Turn:
    """Wait for the turn to link; it lasts until the transaction ends."""
    return Turn(conn, kinds, cause, store.take_turn(conn))


def store_mentions(conn: Connection, desk: Desk, mentions: Iterable[Mention]) -> tuple[str, ...]:
    """Keep a new document's mentions and link them; the ids of the events that they tell, in the order of the text."""
    turn = begin(conn, desk.kinds, f"document {desk.document_id}")
    claims = take_in(turn, desk, list(mentions))
    homes = relink(turn, claims)
    return tuple(dict.fromkeys(homes[claim.key] for claim in claims))


def reprinted(conn: Connection, document_id: int, received: Document, kinds: Mapping[str, Kind]) -> bool:
    """Note who else prints a text that is kept, and tell it of the events that it tells. Whether theirs is the first
    print, by which the document is to be read anew."""
    if reprints.tells(conn, document_id, received) is Noted.NOTHING:
        return False
    turn = begin(conn, kinds, f"document {document_id}")
    noted = reprints.add(conn, document_id, received, turn.stamp)
    if noted is not Noted.NOTHING:
        link_again(turn, document_id)
    return noted is Noted.FIRST


def link_again(turn: Turn, document_id: int, fresh: Sequence[Claim] = (), left: Collection[str] = ()) -> None:
    """Link all that a document tells anew, and look at its events again, whoever else tells them. `fresh` are claims of
    it that come with this turn, `left` events that lost one."""
    told = {str(one.event_id) for one in store.kept_of_document(turn.conn, document_id)}
    turn.kept |= {one.claim: one for one in store.kept_of_events(turn.conn, told)}
    link_changed(turn, fresh, left, again=True)


def link_changed(turn: Turn, fresh: Sequence[Claim], left: Collection[str], *, again: bool = False) -> None:
    """Link claims that come with this turn, what the turn has met, and what is left of events that lost a claim."""
    turn.kept |= {one.claim: one for one in store.kept_of_events(turn.conn, left)}
    seeds = [*fresh, *(kept_claim(one) for one in turn.kept.values())]
    if seeds or left:
        relink(turn, seeds, left, again=again)


def take_in(turn: Turn, desk: Desk, mentions: Sequence[Mention], keys: Sequence[str] | None = None) -> list[Claim]:
    """The claims of mentions that come with this turn. `keys` gives them other ids than their own."""
    turns_on = about(desk.document.text)
    own = keys or numbered([event_id(desk.document.sha256, mention) for mention in mentions])
    claims = [claim_of(mention, desk.document, turns_on, key) for mention, key in zip(mentions, own, strict=True)]
    if desk.coded:
        claims = [replace(claim, words=frozenset()) for claim in claims]
    turn.fresh |= {one.key: _report(desk, mention, one) for mention, one in zip(mentions, claims, strict=True)}
    return claims


def numbered(keys: Sequence[str]) -> list[str]:
    """The same keys, with a number where two mentions of one text have the same trigger and kind."""
    seen: Counter[str] = Counter()
    found = []
    for key in keys:
        seen[key] += 1
        found.append(f"{key}{seen[key]}" if seen[key] > 1 else key)
    return found


def relink(turn: Turn, seeds: Sequence[Claim], left: Collection[str] = (), *, again: bool = False) -> dict[str, str]:
    """Link all that hangs together with the seeds; the event of each claim.

    `left` are events that lost a mention in this turn and must be looked at whatever becomes of the rest; `again`: so
    must all, since something else than who tells them may have changed.
    """
    whole = component(seeds, turn.neighbours, rules())
    # Component by component: what one document tells of two things holds them together no more than two documents do.
    clusters = Pool(whole.values(), rules(), _verdicts(turn, whole)).clusters()
    homes = {key: one.id for one in clusters for key in one.keys}
    before = {key: kept.event_id for key in whole if (kept := turn.kept.get(key))}
    changed = _changed(clusters, before, left)
    same = [one for one in clusters if one not in changed] if again else []
    changed += recording.told_otherwise(turn, same)
    known = {event for event in (*before.values(), *left) if event}
    if rest := _rest(turn, known if again else known - set(homes.values()), whole):
        return relink(turn, [*whole.values(), *rest], left, again=again)
    new = turn.fresh.keys() - known - turn.returned
    lone = [one for one in changed if len(one.members) == 1 and one.id in new]
    _write(turn, changed, lone)
    recorded = recording.record(turn, changed, lone, known, homes)
    disputing.settle(turn, changed, {*recorded, *(one.id for one in lone)}, weighed={one.id for one in same})
    return homes


def _rest(turn: Turn, event_ids: Collection[str], whole: Mapping[str, Claim]) -> list[Claim]:
    """Claims that events are told by though nothing holds them to the others any more, as when narrower rules link them
    anew: of an event that is to go, or all of whose claims are to be looked at, none may be left behind."""
    rest = [one for one in store.kept_of_events(turn.conn, event_ids) if one.claim not in whole]
    turn.kept |= {one.claim: one for one in rest}
    return [kept_claim(one) for one in rest]


def _verdicts(turn: Turn, whole: Mapping[str, Claim]) -> Verdicts:
    known = turn.with_past(whole)
    if not known:
        return Verdicts()
    held = decisions.held(turn.conn, known)
    return Verdicts(held.apart, held.together, held.left)


def _changed(clusters: Iterable[Cluster], before: Mapping[str, str | None], left: Collection[str]) -> list[Cluster]:
    """Those that are not told by the same claims as before, or lost one."""
    tellers: dict[str | None, Set[str]] = {}
    for key, event in before.items():
        tellers[event] = tellers.get(event, frozenset()) | {key}
    return [one for one in clusters if one.id in left or tellers.get(one.id) != one.keys]


def _write(turn: Turn, changed: Sequence[Cluster], lone: Sequence[Cluster]) -> None:
    """Keep the mentions that are new, each under its event, and let the others tell the events that they tell now."""
    created = [recording.change_row(turn, one.id, "created", 1) for one in lone]
    events.insert(turn.conn, [turn.fresh[one.id] for one in lone], turn.stamp, created)
    members = [(one.id, member) for one in changed if one not in lone for member in one.members]
    fresh = [turn.fresh[member.claim.key] for _, member in members if member.claim.key in turn.fresh]
    if fresh:
        events.add(turn.conn, fresh, turn.stamp, anew=bool(turn.returned))
    told = [member.claim.key for _, member in members]
    turn.kept |= {one.claim: one for one in store.kept_claims(turn.conn, told)}
    store.move(
        turn.conn,
        [
            Move(
                mention_id=int(turn.kept[member.claim.key].values["id"]),
                event_id=event,
                why=_why(member.link.score, member.link.reasons, member.to) if member.link else None,
                fresh=member.claim.key in turn.fresh,
            )
            for event, member in members
        ],
        turn.stamp,
    )


def _why(score: float, reasons: Sequence[str], to: str | None) -> dict[str, object]:
    return {"score": score, "reasons": list(reasons), "to": to}


def quote_of(document: Document, mention: Mention) -> str:
    """The sentence that the mention was read from, as it stands in the document."""
    clause: Offsets = mention.evidence.clause
    return document.text[clause.start : clause.end]


def _report(desk: Desk, mention: Mention, claim: Claim) -> Report:
    places = [Place(key.number, key.reach, key.start) for key in keys_of(claim, rules())]
    return Report(
        event_id=claim.key,
        mention=mention,
        document_id=desk.document_id,
        run_id=desk.run_id,
        quote=quote_of(desk.document, mention),
        title=title(mention, desk.kinds.get(mention.kind)),
        linking=Linking(claim.key, claim.topic, sorted(claim.words), places),
        origin=Origin(len(desk.document.text), desk.document.publisher),
    )
