"""Documents read anew after the rules have changed, and what two versions read otherwise."""

from __future__ import annotations

from collections import Counter

from rich.table import Table

from app.cli.database import opened
from app.cli.ingesting import desk_of, progress
from app.cli.showing import Record, console, plain, told, wants_json, write_lines
from app.extraction.reading import load_reader
from app.services.program import keep_known_actors
from app.services.rereading import SHOWN, Difference, Reread, counted, differences, left, reread
from app.settings import Settings, utc_today
from app.storage.readings import Claimed


def read_anew(*, as_json: bool | None) -> int:
    """Read what the present version has not read. Returns the exit code: 1 where a document failed."""
    totals: Counter[str] = Counter()
    settings = Settings()
    with opened(settings) as database:
        keep_known_actors(database.begin, settings.own_actors)
        desk = desk_of(database, load_reader(utc_today, own=settings.own_actors))
        with progress(left(desk), "read anew") as advance:
            for one in reread(desk):
                totals.update(_counts(one))
                advance()
                if wants_json(as_json):
                    write_lines([{"document": one.document_id, **_counts(one)}])
    if not wants_json(as_json):
        _report(totals)
    return 1 if totals["failed"] else 0


def _counts(one: Reread) -> dict[str, int]:
    return {
        "documents": 1,
        "stay": one.stay,
        "new": one.new,
        "gone": one.gone,
        "failed": int(one.failed),
        "linked": int(one.linked),
    }


def _report(totals: Counter[str]) -> None:
    table = Table(show_header=False)
    labels = {
        "documents": "documents read or linked anew",
        "stay": "mentions as before",
        "new": "mentions new or read otherwise",
        "gone": "mentions read no more, or otherwise now",
        "linked": "documents linked by other rules than before",
        "failed": "documents that failed and stay as they were",
    }
    for name, label in labels.items():
        table.add_row(label, str(totals[name]))
    console().print(table)


def show_difference(older: str, newer: str, *, as_json: bool | None) -> None:
    """What two versions read otherwise."""
    with opened(Settings()) as database, database.begin() as conn:
        found = differences(conn, older, newer)
    if wants_json(as_json):
        write_lines(_line(one) for one in found)
        return
    screen = console()
    for one in found:
        for sign, claimed in (("-", one.older), ("+", one.newer)):
            if claimed:
                screen.print(plain(f"{sign} {_shown(claimed)}"), soft_wrap=True)
    told().print(", ".join(f"{n} {name}" for name, n in sorted(counted(found).items())) or "no difference")


def _line(one: Difference) -> Record:
    return {
        "document": one.document_id,
        "older": _slots(one.older),
        "newer": _slots(one.newer),
        "changed": list(one.fields),
        "text": (one.newer or one.older or _NONE).quote,
    }


_NONE = Claimed(0, None, "", {}, "")


def _slots(claimed: Claimed | None) -> Record | None:
    return {name: claimed.values[name] for name in SHOWN} if claimed else None


def _shown(claimed: Claimed) -> str:
    told_ = claimed.values
    sides = " → ".join(",".join(party["id"] for party in told_[side]) or "-" for side in ("source", "target"))
    quote = " ".join(claimed.quote.split())[:100]
    thing = f" ({told_['object']})" if told_["object"] else ""
    return f"{claimed.document_id}: {told_['modality']} {claimed.kind} {told_['edtf']} {sides}{thing} | {quote}"
