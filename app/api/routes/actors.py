"""Actors: who is meant, who they are, what they went through."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from app.api.deps import Base, Parts
from app.api.params import ActorParams, FormatParams, TimelineParams
from app.api.replies import reply, wanted
from app.api.schemas import NOT_FOUND, PROBLEMS, Answer, EventOut, Fields
from app.exports import Table
from app.services import dossier, tables, timeline
from app.services.asking import event_query
from app.services.describing import describe_actor, describe_actors
from app.services.envelope import alone
from app.services.names import actor_id as id_of

router = APIRouter(prefix="/v1", tags=["Actors"])
Actor = Annotated[str, Path(description="An id, a code, or any name that means one actor.", examples=["RUS"])]


@router.get("/actors", operation_id="suggest_actors", response_model=Answer[list[Fields]], responses=PROBLEMS)
@router.get("/actors.{suffix}", include_in_schema=False)
def suggest_actors(request: Request, parts: Parts, base: Base, params: Annotated[ActorParams, Query()]) -> Response:
    """Actors whose names begin with, contain or resemble `q`; the most active first without it."""
    with parts.begin() as conn:
        found = dossier.suggest(conn, params.q, limit=params.limit, base=base)
    meta = {
        "returned": len(found),
        "limit": params.limit,
        "query": {name: ",".join(values) for name, values in params.given().items()},
        "description": describe_actors(params.q),
        "warnings": [],
    }
    return reply(request, params, Table("actors", dossier.SUGGESTION_COLUMNS, found, meta))


@router.get("/actors/{actor_id}", operation_id="get_actor", response_model=Answer[Fields], responses=NOT_FOUND)
def get_actor(
    request: Request, parts: Parts, base: Base, actor_id: Actor, params: Annotated[FormatParams, Query()]
) -> Response:
    """A dossier: names and offices with their days, counterparts, the mix of kinds, first and last seen."""
    with parts.begin() as conn:
        found = dossier.dossier(conn, actor_id, base=base)
    return reply(
        request, params, Table(f"actor-{found['id']}", tuple(found), [found], alone(describe_actor(found)), single=True)
    )


@router.get(
    "/actors/{actor_id}/timeline",
    operation_id="get_actor_timeline",
    response_model=Answer[list[EventOut]],
    responses=NOT_FOUND,
)
@router.get("/actors/{actor_id}/timeline.{suffix}", include_in_schema=False)
def get_actor_timeline(
    request: Request, parts: Parts, base: Base, actor_id: Actor, params: Annotated[TimelineParams, Query()]
) -> Response:
    """What an actor did and met with, in the order of the days."""
    with parts.begin() as conn:
        asked = event_query(conn, params.given())
        known = id_of(conn, actor_id)
        listing = replace(params.listing(parts.kinds, base), ready=wanted(request, params).ready)
        found = timeline.of_actor(conn, known, asked, listing)
    meta = found.meta
    table = Table(f"{known}-timeline", tuple(tables.COLUMNS), found.records, meta.wire(), left_out=meta.left_out)
    return reply(request, params, table)
