"""One page for each question. A page at /X?query has its data at /v1/X?query, with the same parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.domain.events import Modality, Status
from app.domain.queries import Sort
from app.pages.highlight import pieces
from app.pages.rendering import DOCS_POLICY, address, page
from app.services import documents, dossier, reports, timeline
from app.services.asking import document_id as number_of
from app.services.asking import event_query
from app.services.names import actor_id as id_of
from app.services.program import Program
from app.services.timeline import Listing

router = APIRouter(include_in_schema=False)
PER_PAGE = "50"
# Parameters that shape a reply to a program, not a page.
_SHAPING = ("f", "dl", "excel", "fields", "count", "facet")
# A page that nobody has narrowed begins with the news; as data the same order is asked for by name.
FIRST_SORT = Sort.DATE_DESC
ORDERS = {
    Sort.DATE_DESC: "latest first",
    Sort.DATE: "earliest first",
    Sort.REPORTS_DESC: "most reported first",
    Sort.RECORDED_DESC: "last read first",
}
_AROUND = ("date", "event", "window", "before", "after")


def _program(request: Request) -> Program:
    found: Program = request.app.state.program
    return found


def _given(request: Request) -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if name not in _SHAPING and value.strip():
            known.setdefault(name, []).append(value)
    return known


def _form(program: Program, given: Mapping[str, list[str]]) -> dict[str, Any]:
    """What the filter form shows: the choices, and what was asked."""
    shown = {name: ",".join(values) for name, values in given.items()}
    return {"kinds": program.kinds.values(), "modalities": list(Modality), "asked": shown}


@router.get("/")
@router.get("/events")
def timeline_page(request: Request) -> HTMLResponse:
    """The timeline as a list, with a form to narrow it. `/` begins with the latest, `/events` as its data does."""
    program, given = _program(request), _given(request)
    narrowed = bool(given.keys() - {"sort", "cursor"})
    if request.url.path == "/":
        given.setdefault("sort", [FIRST_SORT])
    with program.begin() as conn:
        asked = event_query(conn, {"limit": [PER_PAGE], **given})
        found = timeline.find(conn, asked, Listing(program.kinds))
    shown = {name: ",".join(values) for name, values in given.items() if name != "cursor"}
    following = address("/", **{**shown, "cursor": found.meta.next_cursor}) if found.meta.next_cursor else None
    form = {**_form(program, given), "orders": ORDERS, "narrowed": narrowed}
    return page("timeline.html", found=found, following=following, **_links("/events", shown), **form)


@router.get("/around")
def around_page(request: Request) -> HTMLResponse:
    """What happened around a day or an event."""
    program, given = _program(request), _given(request)
    span = {name: given.pop(name)[-1] for name in _AROUND if name in given}
    if "date" not in span and "event" not in span:
        return page("around_form.html", **_form(program, given))
    before, after = (timeline.side(name, span.get(name)) for name in ("before", "after"))
    with program.begin() as conn:
        pivot = timeline.pivot(conn, span.get("date"), span.get("event"))
        reach = timeline.reach(span.get("window"), before, after)
        found = timeline.around(conn, pivot, event_query(conn, given), reach, Listing(program.kinds))
    shown = {**{name: ",".join(values) for name, values in given.items()}, **span}
    data = timeline.around_wire(found)
    return page("around.html", found=found, data=data, span=span, **_links("/around", shown), **_form(program, given))


@router.get("/actors")
def actors_page(request: Request) -> HTMLResponse:
    """Actors by name; the most active first."""
    q = request.query_params.get("q", "")
    with _program(request).begin() as conn:
        found, _ = dossier.suggest(conn, q, limit=50)
    return page("actors.html", found=found, q=q, **_links("/actors", {"q": q}))


@router.get("/actors/{name}")
def actor_page(request: Request, name: str) -> HTMLResponse:
    """A dossier and the timeline of one actor."""
    program, given = _program(request), _given(request)
    with program.begin() as conn:
        actor = dossier.dossier(conn, name)
        asked = event_query(conn, {"limit": [PER_PAGE], **given})
        found = timeline.of_actor(conn, id_of(conn, name), asked, Listing(program.kinds))
    following = address(f"/actors/{actor['id']}", cursor=found.meta.next_cursor) if found.meta.next_cursor else None
    return page("actor.html", actor=actor, found=found, following=following, **_links(f"/actors/{actor['id']}", {}))


@router.get("/events/{event_id}")
def event_page(request: Request, event_id: str) -> HTMLResponse:
    """One event with its reports and the way to its date."""
    program = _program(request)
    with program.begin() as conn:
        event = reports.event(conn, event_id, program.kinds)
    kind = program.kinds.get(event["kind"])
    seen = {"status": "retracted"} if event["status"] == Status.RETRACTED else {}  # else the data say that it is gone
    return page("event.html", event=event, kind=kind, **_links(f"/events/{event_id}", seen))


@router.get("/documents")
def documents_page(request: Request) -> HTMLResponse:
    """The documents that are kept, newest first."""
    given = {name: values[-1] for name, values in _given(request).items()}
    with _program(request).begin() as conn:
        found = documents.listed(conn, given)
    following = address("/documents", cursor=found.meta.next_cursor) if found.meta.next_cursor else None
    return page("documents.html", found=found, following=following, **_links("/documents", given))


@router.get("/documents/{document_id}")
def document_page(request: Request, document_id: str) -> HTMLResponse:
    """A text with its evidence marked."""
    with _program(request).begin() as conn:
        found = documents.document(conn, number_of("document", document_id))
    shown = pieces(found["text"], found["evidence"])
    return page("document.html", document=found, pieces=shown, **_links(f"/documents/{found['id']}", {}))


@router.get("/docs")
def docs_page() -> HTMLResponse:
    """The interface for programs, to read and to try."""
    return page("docs.html", policy=DOCS_POLICY)


def _links(path: str, query: Mapping[str, Any]) -> dict[str, Any]:
    """The same answer as data."""
    data = f"/v1{path}"
    return {"as_json": address(data, **query), "as_csv": address(data, **{**query, "f": "csv", "dl": "1"})}
