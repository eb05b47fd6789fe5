"""Actors: who is meant, who they are, what they went through."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from starlette.convertors import StringConvertor, register_url_convertor

from app.api.deps import Base, Parts
from app.api.negotiation import given as given_of
from app.api.params import ActorAroundParams, ActorParams, AroundParams, FormatParams, TimelineParams
from app.api.replies import events_table, for_format, reply
from app.api.routes.events import around
from app.api.schemas import NOT_FOUND, PROBLEMS, Answer, AroundOut, EventOut, Fields
from app.exports import TABULAR, Table
from app.services import dossier, timeline
from app.services.asking import event_query
from app.services.describing import describe_actor
from app.services.envelope import alone
from app.services.names import actor_id as id_of


class _OfTables(StringConvertor):
    """The ending of an address where a name may have dots of its own."""

    regex = "|".join(TABULAR)


register_url_convertor("table", _OfTables())
router = APIRouter(prefix="/v1", tags=["Actors"])
Actor = Annotated[str, Path(description="An id, a code, or any name that means one actor.", examples=["RUS"])]


@router.get("/actors", operation_id="suggest_actors", response_model=Answer[list[Fields]], responses=PROBLEMS)
@router.get("/actors.{suffix}", include_in_schema=False)
def suggest_actors(request: Request, parts: Parts, base: Base, params: Annotated[ActorParams, Query()]) -> Response:
    """Actors whose names begin with, contain or resemble `q`; the most active first without it."""
    with parts.begin() as conn:
        given = {name: ",".join(values) for name, values in params.given().items()}
        found, meta = dossier.suggest(conn, params.q, given, limit=params.limit, base=base)
    types = dossier.SUGGESTION_COLUMNS
    return reply(request, params, Table("actors", tuple(types), found, meta.wire(), types=types))


@router.get("/actors/{actor_id}", operation_id="get_actor", response_model=Answer[Fields], responses=NOT_FOUND)
@router.get("/actors/{actor_id}.{suffix:table}", include_in_schema=False)
def get_actor(
    request: Request, parts: Parts, base: Base, actor_id: Actor, params: Annotated[FormatParams, Query()]
) -> Response:
    """A dossier: names and offices with their days, counterparts, the mix of kinds, first and last seen."""
    with parts.begin() as conn:
        found = dossier.dossier(conn, actor_id, base=base)
        meta = alone(conn, describe_actor(found)).wire()
    return reply(request, params, Table(f"actor-{found['id']}", tuple(found), [found], meta, single=True))


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
        asked = event_query(conn, given_of(request, params))
        known = id_of(conn, actor_id)
        listing = for_format(request, params, params.listing(parts.kinds, base))
        found = timeline.of_actor(conn, known, asked, listing)
    return reply(request, params, events_table(f"{known}-timeline", found, listing))


@router.get(
    "/actors/{actor_id}/around",
    operation_id="get_actor_around",
    response_model=Answer[AroundOut],
    responses=NOT_FOUND,
)
@router.get("/actors/{actor_id}/around.{suffix}", include_in_schema=False)
def get_actor_around(
    request: Request, parts: Parts, base: Base, actor_id: Actor, params: Annotated[ActorAroundParams, Query()]
) -> Response:
    """What an actor did and met with around a day or an event: before, on the same day, after; nearest first."""
    with parts.begin() as conn:
        known = id_of(conn, actor_id)
    return around(request, parts, base, AroundParams(**params.model_dump(exclude_unset=True), actor=[known]))
