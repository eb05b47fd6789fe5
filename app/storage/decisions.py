"""What people decided about events: kept for good, and what it holds claims to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from sqlalchemy import Connection, insert, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage.linking_tables import decision, retraction, verdict
from app.storage.tables import data_change

HELD_TO = 8  # claims of one event that each is held to by a decision


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: what was done to an event, with which others or claims, why, and by whom."""

    action: str
    event_id: str
    others: tuple[str, ...]
    claims: tuple[str, ...]
    reason: str
    name: str
    recorded_at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """Claims that were decided to be apart or together, or left together by a split, each with those it is held to."""

    apart: dict[str, frozenset[str]]
    together: dict[str, frozenset[str]]
    left: dict[str, frozenset[str]]


def keep(conn: Connection, made: Decision) -> int:
    """Write a decision down; its number."""
    values = {
        "action": made.action,
        "event_id": made.event_id,
        "others": list(made.others),
        "claims": list(made.claims),
        "reason": made.reason,
        "name": made.name,
        "recorded_at": made.recorded_at,
    }
    return int(conn.execute(insert(decision).values(values).returning(decision.c.id)).scalar_one())


def part(conn: Connection, ones: Collection[str], others: Collection[str], decision_id: int) -> None:
    """Hold every claim of the first apart from every one of the second."""
    _hold(conn, product(ones, others), apart=True, decision_id=decision_id)


def bind(conn: Connection, claims: Collection[str], decision_id: int) -> None:
    """Hold claims to each other, always in one event: what held two of them apart does so no more."""
    among = verdict.c.one.in_(list(claims)) & verdict.c.other.in_(list(claims))
    conn.execute(update(verdict).where(among, verdict.c.apart).values(apart=False, decision_id=decision_id))
    _hold(conn, _ring(claims), apart=False, decision_id=decision_id)


def leave(conn: Connection, claims: Collection[str], decision_id: int) -> None:
    """Let claims that a split left in one event stay there as long as nothing excludes it. What was decided of two of
    them before holds."""
    _hold(conn, _ring(claims), apart=False, decision_id=decision_id, anew=False)


def _ring(claims: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each with some others, and through them with all, so that a few that are read no more part nobody."""
    ring = sorted(claims)
    return ((one, ring[(at + step) % len(ring)]) for at, one in enumerate(ring) for step in range(1, HELD_TO + 1))


def _hold(
    conn: Connection, pairs: Iterable[tuple[str, str]], *, apart: bool, decision_id: int, anew: bool = True
) -> None:
    both_ways = {way for one, other in pairs for way in ((one, other), (other, one)) if one != other}
    if not both_ways:
        return
    made = pg_insert(verdict)
    taken = {"apart": made.excluded.apart, "decision_id": made.excluded.decision_id}
    rows = [
        {"one": one, "other": other, "apart": apart, "decision_id": decision_id} for one, other in sorted(both_ways)
    ]
    known = made.on_conflict_do_update(index_elements=["one", "other"], set_=taken)
    conn.execute(known if anew else made.on_conflict_do_nothing(), rows)


def held(conn: Connection, claims: Collection[str]) -> Held:
    """What was decided of these claims."""
    asked = select(verdict.c.one, verdict.c.other, verdict.c.apart, decision.c.action).join_from(verdict, decision)
    found = Held(defaultdict(frozenset), defaultdict(frozenset), defaultdict(frozenset))
    for one, other, is_apart, action in conn.execute(asked.where(verdict.c.one.in_(list(claims)))):
        ways = found.apart if is_apart else found.left if action == "split" else found.together
        ways[one] |= {other}
    return found


def retract(conn: Connection, claims: Collection[str], decision_id: int) -> None:
    """Claims that no longer count as telling anything."""
    rows = [{"claim": claim, "decision_id": decision_id} for claim in sorted(claims)]
    conn.execute(pg_insert(retraction).on_conflict_do_nothing(), rows)


def note(conn: Connection) -> None:
    """A decision that changes no event is in the history all the same: answers that show it are made anew."""
    conn.execute(insert(data_change))


def restore(conn: Connection, claims: Collection[str]) -> None:
    """Claims that count again as telling what they tell; that they did not stays in the history."""
    conn.execute(retraction.delete().where(retraction.c.claim.in_(list(claims))))


_TAKEN_BACK = text(
    """
    SELECT EXISTS (SELECT FROM retraction WHERE claim = ANY(:claims)) AND NOT EXISTS (
        SELECT FROM mention m JOIN document d ON d.id = m.document_id
        WHERE m.claim = ANY(:claims) AND NOT EXISTS (SELECT FROM retraction r WHERE r.claim = m.claim)
            AND d.recorded_at < (
                SELECT max(made.recorded_at) FROM retraction r JOIN decision made ON made.id = r.decision_id
                WHERE r.claim = ANY(:claims)
            )
            AND NOT EXISTS (
                SELECT FROM verdict v JOIN decision made ON made.id = v.decision_id AND made.action = 'merge'
                JOIN verdict w ON w.decision_id = made.id AND w.one = ANY(:claims) AND NOT w.apart
                JOIN retraction r ON r.claim = w.one
                WHERE v.one = m.claim AND NOT v.apart
            )
    )
    """
)


def takes_back(conn: Connection, claims: Collection[str]) -> bool:
    """Whether an event that these claims tell was retracted: some were, and all others came after that, or somebody
    merged them with one that was. A claim that stood by itself when another was retracted is not drawn along by it."""
    return bool(conn.execute(_TAKEN_BACK, {"claims": list(claims)}).scalar_one())


_FOLLOW = (
    text(
        """
        WITH moved AS (DELETE FROM verdict WHERE :old IN (one, other) RETURNING one, other, apart, decision_id)
        INSERT INTO verdict (one, other, apart, decision_id)
        SELECT CASE one WHEN :old THEN :new ELSE one END, CASE other WHEN :old THEN :new ELSE other END,
            apart, decision_id
        FROM moved WHERE :new NOT IN (one, other)
        ON CONFLICT (one, other) DO UPDATE SET apart = excluded.apart, decision_id = excluded.decision_id
        WHERE verdict.decision_id < excluded.decision_id
        """
    ),
    text(
        """
        WITH moved AS (DELETE FROM retraction WHERE claim = :old RETURNING decision_id)
        INSERT INTO retraction (claim, decision_id) SELECT :new, decision_id FROM moved
        ON CONFLICT (claim) DO UPDATE SET decision_id = greatest(retraction.decision_id, excluded.decision_id)
        """
    ),
)


def follow(conn: Connection, renamed: Mapping[str, str]) -> None:
    """Hold claims to what was decided of those in whose place they are read, which is held to nothing any more. Of two
    decisions on the same, the later counts."""
    for old, new in sorted(renamed.items()):
        for statement in _FOLLOW:
            conn.execute(statement, {"old": old, "new": new})


def retracted(conn: Connection, claims: Collection[str]) -> frozenset[str]:
    """Those of the claims that were retracted."""
    if not claims:
        return frozenset()
    asked = select(retraction.c.claim).where(retraction.c.claim.in_(list(claims)))
    return frozenset(conn.execute(asked).scalars())


def about(conn: Connection, event_ids: Sequence[str], claims: Sequence[str]) -> list[Decision]:
    """The decisions on these events or claims, in the order in which they were made."""
    touches = or_(
        decision.c.event_id.in_(event_ids),
        decision.c.others.overlap(list(event_ids)),
        decision.c.claims.overlap(list(claims)),
    )
    rows = conn.execute(select(decision).where(touches).order_by(decision.c.id)).mappings()
    return [
        Decision(
            row["action"], row["event_id"], tuple(row["others"]), tuple(row["claims"]), row["reason"], row["name"],
            row["recorded_at"], row["id"],
        )
        for row in rows
    ]  # fmt: skip
