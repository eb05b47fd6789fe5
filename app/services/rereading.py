"""Documents read or linked anew by newer rules: events that stay keep their ids, changes go into the feed.

One transaction a document, in the order of their numbers: it can be stopped at any time and goes on where it was.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from app.domain.errors import BadQuery
from app.domain.events import Mention
from app.extraction.pipeline import ReadDocument
from app.linking.claims import Claim
from app.linking.identity import event_id
from app.services import linking, renewing
from app.services.claims import kept_claim, linked_by
from app.storage import decisions, readings, runs
from app.storage import linking as store
from app.storage.claims import claim_values, party_values, telling_values
from app.storage.linking import Kept
from app.storage.readings import Wanted

if TYPE_CHECKING:
    from app.services.ingest import Desk

log = logging.getLogger(__name__)
AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Reread:
    """What became of one document: mentions that stay, are read anew or otherwise, and are read no more."""

    document_id: int
    stay: int = 0
    new: int = 0
    gone: int = 0
    failed: bool = False
    linked: bool = False  # by other rules than before


def left(desk: Desk) -> int:
    """How many documents the present version has not read yet, or other rules have linked."""
    with desk.begin() as conn:
        return readings.count_stale(conn, _wanted(conn, desk))


def _wanted(conn: Connection, desk: Desk) -> Wanted:
    return Wanted(runs.of_version(conn, desk.reader.version), linked_by())


def reread(desk: Desk) -> Iterator[Reread]:
    """Read every document that the present version has not read; link those anew that other rules have linked. One that
    fails is told, and stays as it was."""
    after = 0
    while True:
        with desk.begin() as conn:
            wanted = _wanted(conn, desk)
            batch = readings.stale(conn, wanted, after=after, limit=AT_ONCE)
        if not batch:
            return
        after = batch[-1].id
        unread = [one for one in batch if not one.is_read]
        read = dict(zip((one.id for one in unread), _read(unread, desk), strict=True))
        for one in batch:
            yield _renewed(one, read.get(one.id), wanted, desk)


def _read(batch: Sequence[readings.Stale], desk: Desk) -> list[ReadDocument | None]:
    if not batch:
        return []
    try:
        return list(desk.reader.read_many([one.document for one in batch]))
    except Exception:
        log.exception("documents %d to %d cannot be read together; one by one", batch[0].id, batch[-1].id)
    return [_read_one(one, desk) for one in batch]


def _read_one(one: readings.Stale, desk: Desk) -> ReadDocument | None:
    try:
        return next(iter(desk.reader.read_many([one.document])))
    except Exception:
        log.exception("document %d cannot be read", one.id)
        return None


def read_again(document_id: int, desk: Desk) -> None:
    """Read one document anew, of which an earlier print was found."""
    with desk.begin() as conn:
        wanted = _wanted(conn, desk)
        one = readings.standing(conn, wanted, document_id)
    _renewed(one, None if one.is_read else _read_one(one, desk), wanted, desk)


def _renewed(one: readings.Stale, read: ReadDocument | None, wanted: Wanted, desk: Desk) -> Reread:
    while read or one.is_read:
        with desk.begin() as conn:
            turn = linking.begin(
                conn, desk.kinds, f"reading {desk.reader.version}" if read else f"rules {wanted.linked_by}"
            )
            now = readings.standing(conn, wanted, one.id)
            if now.document == one.document:
                return _renew(turn, now, None if now.is_read else read, wanted)  # read: another process was quicker
        one, read = now, None if now.is_read else _read_one(now, desk)  # an earlier print was found meanwhile
    return Reread(one.id, failed=True)


def _renew(turn: linking.Turn, one: readings.Stale, read: ReadDocument | None, wanted: Wanted) -> Reread:
    """Read what is read otherwise than before; link it and, where the rules of linking or the first print are others,
    all that the document tells."""
    is_linked = one.linked_by == wanted.linked_by
    moved = one.read_by is None and read is not None
    if moved or not is_linked:
        renewing.place(turn, one.id, one.document.text)
    anew = _read_anew(turn, one.id, read, wanted.run_id) if read else _Anew(Reread(one.id))
    if moved or not is_linked:
        linking.link_again(turn, one.id, anew.fresh, anew.left)
    elif read:
        linking.link_changed(turn, anew.fresh, anew.left)
    if read:
        readings.mark(turn.conn, one.id, wanted)
    else:
        readings.mark_linked(turn.conn, one.id, wanted.linked_by)
    return replace(anew.told, linked=not is_linked)


@dataclass(frozen=True, slots=True)
class _Anew:
    """What became of a document's mentions: the claims that came, and the events that lost one."""

    told: Reread
    fresh: Sequence[Claim] = ()
    left: Collection[str] = ()


def _read_anew(turn: linking.Turn, document_id: int, read: ReadDocument, run: int) -> _Anew:
    """Keep what is read otherwise than before; what is read the same stays as it is."""
    conn = turn.conn
    place = linking.Desk(document_id, run, read.document, turn.kinds)
    old = {one.claim: one for one in store.kept_of_document(conn, document_id)}
    keys = _keys(read, old)
    same = {keys[n] for n, mention in enumerate(read.mentions) if _unchanged(mention, old.get(keys[n]))}
    gone = [one for key, one in old.items() if key not in same]
    store.withdraw(conn, [int(one.values["id"]) for one in gone], run, turn.stamp)
    turn.withdrawn += [kept_claim(one) for one in gone]
    new = [(mention, keys[n]) for n, mention in enumerate(read.mentions) if keys[n] not in same]
    renamed = _in_place_of(gone, new)
    decisions.follow(conn, renamed)
    turn.renamed |= renamed
    turn.returned |= {key for _, key in new}
    fresh = linking.take_in(turn, place, [mention for mention, _ in new], [key for _, key in new])
    told = Reread(document_id, stay=len(same), new=len(new), gone=len(gone))
    return _Anew(told, fresh, {str(one.event_id) for one in gone})


def _keys(read: ReadDocument, old: Mapping[str, Kept]) -> list[str]:
    """The id of each mention's claim: of one that was read before, though with another trigger, the old one."""
    own = linking.numbered([event_id(read.document.sha256, mention) for mention in read.mentions])
    free = {key: one for key, one in old.items() if key not in own}
    keys = []
    for key, mention in zip(own, read.mentions, strict=True):
        known = None if key in old else _meant(mention, free)
        if known:
            del free[known]
        keys.append(known or key)
    return keys


def _in_place_of(gone: Sequence[Kept], new: Sequence[tuple[Mention, str]]) -> dict[str, str]:
    """Claims that are read no more, each with the one that is read in its place, of another kind: of the very words, or
    of its clause where that told nothing else and tells nothing else that was not read before."""
    stays, old = {key for _, key in new}, {one.claim for one in gone}
    left = [one for one in gone if one.claim not in stays]
    come = [(mention, key) for mention, key in new if key not in old]
    found: dict[str, str] = {}
    for one in left:
        near = [(mention, key) for mention, key in come if _in_clause(one, mention)]
        rivals = {other.claim for other in left for mention, _ in near if _in_clause(other, mention)}
        words = [key for mention, key in near if _same_words(one, mention)]
        alone = [key for _, key in near] if len(near) == len(rivals) == 1 else []
        if words or alone:
            found[one.claim] = (words or alone)[0]
    return found


def _in_clause(one: Kept, mention: Mention) -> bool:
    clause = mention.evidence.clause
    return bool(one.values["clause_start"] < clause.end and clause.start < one.values["clause_end"])


def _same_words(one: Kept, mention: Mention) -> bool:
    """Whether the triggers have a word in common."""
    trigger = mention.evidence.trigger
    return bool(one.values["trigger_start"] < trigger.end and trigger.start < one.values["trigger_end"])


def _meant(mention: Mention, free: Mapping[str, Kept]) -> str | None:
    """The claim of the same kind that was read from the same clause, the nearest one."""
    near = [
        (abs(one.values["trigger_start"] - mention.evidence.trigger.start), key)
        for key, one in free.items()
        if one.values["kind"] == mention.kind and _in_clause(one, mention)
    ]
    return min(near)[1] if near else None


def _unchanged(mention: Mention, old: Kept | None) -> bool:
    """Whether the mention is read as before: the same place, slots, date and rule."""
    if old is None:
        return False
    return all(old.values[name] == value for name, value in _values(mention).items())


def _values(mention: Mention) -> dict[str, Any]:
    found = mention.evidence
    places = {"clause_start": found.clause.start, "clause_end": found.clause.end, "trigger_start": found.trigger.start}
    parts = {name: party_values(getattr(mention, name)) for name in ("source", "target", "others")}
    return claim_values(mention) | telling_values(mention) | places | parts | {"rule": found.rule}


@dataclass(frozen=True, slots=True)
class Difference:
    """What two versions read otherwise in one place: None where one of them reads nothing there."""

    document_id: int
    older: readings.Claimed | None
    newer: readings.Claimed | None

    @property
    def fields(self) -> tuple[str, ...]:
        """The slots that changed."""
        if not self.older or not self.newer:
            return ()
        one, other = self.older.values, self.newer.values
        return tuple(name for name in SHOWN if one[name] != other[name])


SHOWN = ("kind", "modality", "edtf", "source", "target", "object", "quantity", "place_name", "attribution", "rule")


def differences(conn: Connection, older: str, newer: str) -> list[Difference]:
    """What two versions read otherwise, from the first to the second, in the documents that both have read. Raises
    BadQuery for an unknown one."""
    first, second = (_number(conn, name, version) for name, version in (("older", older), ("newer", newer)))
    gone, come = readings.read_between(conn, first, second)
    by_claim = {one.claim: one for one in come if one.claim}
    paired = [Difference(one.document_id, one, by_claim.get(one.claim or "")) for one in gone]
    met = {one.newer.claim for one in paired if one.newer}
    added = [Difference(one.document_id, None, one) for one in come if one.claim not in met]
    return sorted([*paired, *added], key=lambda one: one.document_id)


def _number(conn: Connection, name: str, version: str) -> int:
    found = readings.run_of(conn, version)
    if found is None:
        raise BadQuery(name, f"no document was read by version {version[:80]!r}")
    return found


def counted(differences: Iterable[Difference]) -> Counter[str]:
    """How many were added, removed, changed."""
    return Counter("changed" if one.older and one.newer else "removed" if one.older else "added" for one in differences)
