"""What a turn to link makes of events: written, archived, taken away; each change in the feed, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from app.domain.events import Status
from app.linking.clustering import Cluster
from app.services.composing import changed_fields, compose
from app.storage import decisions, events, history

if TYPE_CHECKING:
    from app.services.linking import Turn

Values = dict[str, Any]


def record(
    turn: Turn, changed: Sequence[Cluster], lone: Sequence[Cluster], before: Collection[str], homes: Mapping[str, str]
) -> dict[str, Values]:
    """Write the events that changed, take away those for which others stand, tell the feed.

    Returns the columns of the events that were written, by id. `lone` are written already, and the feed knows of them.
    """
    known = set(before)
    gone = _successors(turn, known - set(homes.values()), homes)
    standing = [one for one in changed if one not in lone and one.id in known]
    old = history.archive(turn.conn, [*(one.id for one in standing), *gone], turn.stamp)
    written = {one.id: _composed(turn, one) for one in changed if one not in lone}
    for one in standing:
        written[one.id] |= {"version": old[one.id]["version"] + 1, "updated_at": turn.stamp}
        events.change(turn.conn, written[one.id])
    created = [one for one in changed if one not in standing]
    again = history.last_versions(turn.conn, turn.with_past(one.id for one in created))
    found = [one for one in created if one not in lone]
    for one in found:
        written[one.id] |= {"version": again.get(one.id, 0) + 1} | _stamps(turn)
    events.found(turn.conn, [written[one.id] for one in found])
    history.remove(turn.conn, gone, turn.stamp)
    history.revive(turn.conn, list(again))
    told = (*_created(turn, found, written), *_told(turn, standing, written, old), *_merged(turn, gone, old))
    history.record(turn.conn, told)
    return written


def told_otherwise(turn: Turn, clusters: Sequence[Cluster]) -> list[Cluster]:
    """Those that now have other fields than are kept, though the same claims tell them; statuses aside."""
    kept = history.current(turn.conn, [one.id for one in clusters])
    return [
        one for one in clusters if set(changed_fields(kept[one.id], compose(one, turn.kept, turn.kinds))) - {"status"}
    ]


def _stamps(turn: Turn) -> Values:
    return {"recorded_at": turn.stamp, "updated_at": turn.stamp}


def _composed(turn: Turn, one: Cluster) -> Values:
    values = compose(one, turn.kept, turn.kinds)
    if decisions.takes_back(turn.conn, one.keys):
        values["status"] = Status.RETRACTED
    return values


def _successors(turn: Turn, gone: Collection[str], homes: Mapping[str, str]) -> dict[str, str]:
    """For each event that is no more, where its founder's claim is now, or what is read in its place; else where most
    of its claims went."""
    found = {}
    for event_id in sorted(gone):
        founder = turn.renamed.get(event_id, event_id)
        if founder in homes:
            found[event_id] = homes[founder]
            continue
        went = Counter(homes[key] for key, one in turn.kept.items() if one.event_id == event_id and key in homes)
        found[event_id] = min(went, key=lambda home: (-went[home], home)) if went else event_id
    return found


def _created(turn: Turn, found: Sequence[Cluster], written: Mapping[str, Values]) -> list[Values]:
    return [change_row(turn, one.id, "created", written[one.id]["version"]) for one in found]


def _told(
    turn: Turn, standing: Sequence[Cluster], written: Mapping[str, Values], old: Mapping[str, Any]
) -> list[Values]:
    rows = []
    for one in standing:
        after = written[one.id]
        retracted = after["status"] == Status.RETRACTED != old[one.id]["status"]
        fields = changed_fields(old[one.id], {name: after[name] for name in after if name not in _HISTORY})
        rows.append(change_row(turn, one.id, "retracted" if retracted else "changed", after["version"], fields))
    return rows


_HISTORY = ("version", "updated_at", "recorded_at")


def _merged(turn: Turn, gone: Mapping[str, str], old: Mapping[str, Any]) -> list[Values]:
    """An event for which another stands; one that nothing tells any more is retracted."""
    rows = []
    for event_id, successor in gone.items():
        how = "merged" if successor != event_id else "retracted"
        row = change_row(turn, event_id, how, old[event_id]["version"])
        rows.append(row | {"successor_id": successor if how == "merged" else None})
    return rows


def change_row(turn: Turn, event_id: str, change: str, version: int, fields: Sequence[str] = ()) -> Values:
    """One line of the feed."""
    return {
        "event_id": event_id,
        "change": change,
        "version": version,
        "successor_id": None,
        "fields": list(fields),
        "cause": turn.cause,
        "recorded_at": turn.stamp,
    }
