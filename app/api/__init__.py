"""The web interface for programs. HTTP is known here and nowhere below."""

from __future__ import annotations

from typing import Any

from fastapi import Depends, FastAPI

from app.api import describing, errors
from app.api.deps import once
from app.api.middleware import HeadAsGet, RequestNumber
from app.api.routes import actors, analysis, documents, events, reference

__all__ = ["ABOUT", "HeadAsGet", "RequestNumber", "install"]

ABOUT: dict[str, Any] = {
    "title": "Dateline",
    "version": "1",
    "summary": "What happened around a day, or to an actor, each event with the sentence it was read from.",
    "description": (
        "Dateline reads news articles, finds the dated events in them and keeps each with its evidence. "
        "Every list comes as JSON, CSV or JSON Lines (`f=csv`, a suffix `.csv`, or `Accept`). "
        "Dates are spans with a precision: an event of “March 2015” is never given a day."
    ),
    "openapi_tags": [
        {"name": "Events", "description": "Lists of events, and one with all its evidence."},
        {"name": "Questions", "description": "What happened around a day or an event."},
        {"name": "Actors", "description": "States, people, bodies and groups: who is meant, and their timelines."},
        {"name": "Analysis", "description": "Counts, trends, sequences, networks, panels, comparisons; pictures too."},
        {"name": "Documents", "description": "Articles: sent in, listed, shown with their evidence."},
        {"name": "Reference", "description": "The codebook, and whether the service is well."},
    ],
}


def install(app: FastAPI, *, error_page: errors.Page | None = None) -> None:
    """Routes and error replies. `error_page` renders errors for browsers outside /v1."""
    for module in (events, actors, analysis, documents, reference):
        app.include_router(module.router, dependencies=[Depends(once)])
    errors.install(app, error_page)
    describing.install(app)
