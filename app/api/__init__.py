"""The web interface for programs. HTTP is known here and nowhere below."""

from __future__ import annotations

from typing import Any

from fastapi import Depends, FastAPI

from app.api import describing, errors
from app.api.caching import Conditional
from app.api.deps import once
from app.api.limiting import RateLimited
from app.api.middleware import Compressed, HeadAsGet, RequestNumber
from app.api.negotiation import formats_of
from app.api.routes import actors, analysis, documents, events, linking, ogc, reference

__all__ = ["ABOUT", "Compressed", "Conditional", "HeadAsGet", "RateLimited", "RequestNumber", "install"]

ABOUT: dict[str, Any] = {
    "title": "Dateline",
    "version": "1",
    "summary": "What happened around a day, or to an actor, each event with the sentence it was read from.",
    "description": (
        "Dateline reads news articles, finds the dated events in them and keeps each with its evidence. "
        "No key is needed. Begin with **around** (what happened around a day) and **list_events**; names may be given "
        "in any usual spelling, and `meta.resolved` says what each was taken for.\n\n"
        "Dates are spans with a precision: an event of “March 2015” is never given a day. By default events are those "
        "that are said to have happened; `modality=all` shows denied, negated, planned and conditional ones too.\n\n"
        "Every answer comes in many formats (`f=csv`, a suffix `.csv`, or `Accept`): as tables for pandas, R and "
        "spreadsheets, as calendars, feeds, maps, timelines and pictures. Map programs connect to `/ogc`."
    ),
    "openapi_tags": [
        {"name": "Events", "description": "Lists of events, and one with all its evidence."},
        {"name": "Questions", "description": "What happened around a day or an event, nearest first."},
        {"name": "Linking", "description": "Chains of events, changes as they become known, decisions by people."},
        {"name": "Actors", "description": "States, people, bodies and groups: who is meant, and their timelines."},
        {"name": "Analysis", "description": "Counts, trends, sequences, networks, panels, comparisons; pictures too."},
        {"name": "Documents", "description": "Articles: sent in, listed, shown with their evidence."},
        {
            "name": "Reference",
            "description": "The codebook, how good this release is, whether the service is well.",
        },
    ],
}


def install(app: FastAPI, *, error_page: errors.Page | None = None) -> None:
    """Routes and error replies. `error_page` renders errors for browsers."""
    routers = [module.router for module in (events, linking, actors, analysis, documents, reference, ogc)]
    for router in routers:
        app.include_router(router, dependencies=[Depends(once)])
    app.state.formats_at = formats_of(route for router in routers for route in router.routes)
    errors.install(app, error_page)
    describing.install(app)
