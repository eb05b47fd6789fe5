"""Events: lists and one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response, StreamingResponse

from app.api.caching import kept_for_ever
from app.api.deps import Base, Parts
from app.api.links import link_header, links_of
from app.api.middleware import was_head
from app.api.negotiation import given, wanted
from app.api.neighbours import neighbours
from app.api.params import EXAMPLE_EVENT, AroundParams, EventParams, ExportParams, OneEventParams
from app.api.replies import chosen, events_table, for_format, left_out, reply
from app.api.schemas import GONE, NOT_FOUND, PROBLEMS, Answer, AroundOut, EventOut, Fields
from app.api.streaming import Streamed
from app.exports import EXPORTERS, Exporter, Table
from app.services import reports, tables, timeline
from app.services.asking import event_query
from app.services.describing import describe_event
from app.services.envelope import alone
from app.services.exporting import WRITTEN, Export
from app.services.program import Program

router = APIRouter(prefix="/v1")
Event = Annotated[str, Path(description="The id of an event.", examples=[EXAMPLE_EVENT])]


@router.get(
    "/events", operation_id="list_events", response_model=Answer[list[EventOut]], responses=PROBLEMS, tags=["Events"]
)
@router.get("/events.{suffix}", include_in_schema=False)
def list_events(request: Request, parts: Parts, base: Base, params: Annotated[EventParams, Query()]) -> Response:
    """Events by day, actor, kind and more, in the order of their dates; page on with `next_cursor`."""
    with parts.begin() as conn:
        asked = event_query(conn, given(request, params))
        listing = for_format(request, params, params.listing(parts.kinds, base))
        found = timeline.find(conn, asked, listing)
    return reply(request, params, events_table("events", found, listing))


@router.get(
    "/export.csv",
    operation_id="export_events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {}}, "description": "A header, then a row an event."}, **PROBLEMS},
    tags=["Events"],
)
def export_events(request: Request, parts: Parts, base: Base, params: Annotated[ExportParams, Query()]) -> Response:
    """Every event that the question finds, at once, as one CSV; nothing is counted and nothing is cut off. The cells
    are those of /v1/events.csv, its lines end with LF. As JSON Lines: /v1/export.jsonl."""
    return _exported(request, parts, base, params, EXPORTERS["csv"])


@router.get("/export.jsonl", include_in_schema=False)
def export_lines(request: Request, parts: Parts, base: Base, params: Annotated[ExportParams, Query()]) -> Response:
    """The same as JSON Lines: the records of /v1/events.jsonl."""
    return _exported(request, parts, base, params, EXPORTERS["jsonl"])


def _exported(request: Request, parts: Program, base: str, params: ExportParams, form: Exporter) -> Response:
    columns = chosen(params.fields, tuple(tables.COLUMNS))
    export = Export(params.given(), parts.kinds, base, columns, WRITTEN[form.name], params.excel)
    with parts.begin() as conn:
        query = export.asked(conn).query  # what is wrong with it must be said before the first byte
        omitted = left_out(form.left_out, *export.left_out(conn, query))
    links = link_header(links_of(request, params, Table("export", export.columns, ()), form))
    headers = {"Link": links, "Vary": "Accept"} | kept_for_ever({"as_of": query.as_of}) | omitted
    if params.dl:
        headers["Content-Disposition"] = f'attachment; filename="dateline-export.{form.file_extension}"'
    if was_head(request):
        return StreamingResponse(iter(()), headers=headers, media_type=form.media_type)
    return Streamed(export.blocks(parts.begin), headers, form.media_type)


@router.get(
    "/events/{event_id}",
    operation_id="get_event",
    response_model=Answer[Fields],
    responses=NOT_FOUND | GONE,
    tags=["Events"],
)
@router.get("/events/{event_id}.{suffix}", include_in_schema=False)
def get_event(
    request: Request, parts: Parts, base: Base, event_id: Event, params: Annotated[OneEventParams, Query()]
) -> Response:
    """One event with all its reports, its relations and its history: the words, where they stand, and the way from
    the words to the date."""
    with parts.begin() as conn:
        asked = event_query(conn, params.given())
        record = reports.event(conn, event_id, parts.kinds, base)
        meta = alone(conn, describe_event(record), asked.given, asked.query.as_of).wire()
    if not params.status:
        reports.standing(record)
    name = f"event-{record['id']}"
    return reply(request, params, Table(name, tuple(record), [record], meta, single=True, types=tables.COLUMNS))


@router.get("/around", operation_id="around", response_model=Answer[AroundOut], responses=NOT_FOUND, tags=["Questions"])
@router.get("/around.{suffix}", include_in_schema=False)
def around(request: Request, parts: Parts, base: Base, params: Annotated[AroundParams, Query()]) -> Response:
    """What happened around a day or an event: before, on the day, after, with distances; and what stands out there."""
    reach = timeline.reach(params.window, params.before, params.after, params.order)
    with parts.begin() as conn:
        asked = event_query(conn, params.given())
        pivot = timeline.pivot_of(conn, params.date, params.event, asked)
        asked = replace(asked, given={**params.middle(), **asked.given})
        listing = replace(params.listing(parts.kinds, base), ready=wanted(request, params).ready, memory=parts.memory)
        found = timeline.around(conn, pivot, asked, reach, listing)
    types = {**tables.COLUMNS, **tables.DISTANCE_COLUMNS}
    data = timeline.around_wire(found)
    records = [record for position in timeline.POSITIONS for record in data[position]]
    near, meta = neighbours(request, found, reach), found.meta
    table = Table("around", tuple(types), records, meta.wire(), near, data=data, left_out=meta.left_out, types=types)
    return reply(request, params, table)
