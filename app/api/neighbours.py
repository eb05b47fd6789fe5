"""From one answer about a day to the next: a wider or a narrower window, an earlier or a later middle."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from fastapi import Request

from app.api.deps import base_of
from app.services.questions import LONGEST_WINDOW
from app.services.timeline import Around, Reach

_MIDDLE = ("date", "event")


def neighbours(request: Request, answer: Around, reach: Reach) -> tuple[dict[str, str], ...]:
    """Links with the relations wider, narrower, earlier and later; those that lead past the calendar are left out."""
    days, span = reach.days, answer.pivot.span
    middle = span.start or span.last
    if days is None or middle is None:
        return ()
    found: list[dict[str, str]] = []
    if 2 * days <= LONGEST_WINDOW:
        found.append(_link(request, "wider", {"window": f"{max(2 * days, 1)}d"}))
    if days > 1:
        found.append(_link(request, "narrower", {"window": f"{days // 2}d"}))
    for relation, step in (("earlier", -1), ("later", 1)):
        if day := _moved(middle, step * (2 * days + 1)):
            found.append(_link(request, relation, {"date": day.isoformat()}))
    return tuple(found)


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _link(request: Request, relation: str, changed: dict[str, str]) -> dict[str, str]:
    gone = {*changed, *(_MIDDLE if "date" in changed else ())}
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in gone]
    query = urlencode([*kept, *changed.items()], errors="replace")
    return {"rel": relation, "href": f"{base_of(request)}{request.url.path}?{query}"}
