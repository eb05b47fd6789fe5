"""What linking makes and what people decide: chains, changes, splits, merges, retractions and their undoing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from app.api.deps import Base, Parts
from app.api.links import later
from app.api.params import EXAMPLE_EVENT, ChainParams, ChangeParams, FormatParams, NoParams
from app.api.replies import reply
from app.api.schemas import GONE, NOT_FOUND, PROBLEMS, Answer, DecisionIn, Fields, MergeIn, Problem, SplitIn
from app.exports import Table
from app.services import deciding, feed, relating
from app.services.asking import event_query
from app.services.deciding import Signed
from app.services.describing import describe_chain, describe_decision
from app.services.envelope import alone

router = APIRouter(prefix="/v1", tags=["Linking"])
Event = Annotated[str, Path(description="The id of an event.", examples=[EXAMPLE_EVENT])]
_DECIDED: dict[int | str, dict[str, Any]] = {
    **NOT_FOUND,
    **GONE,
    422: {"model": Problem, "description": "The body is not what is wanted."},
}
Nothing = Annotated[NoParams, Query()]


@router.get("/chains/{chain_id}", operation_id="get_chain", response_model=Answer[Fields], responses=NOT_FOUND | GONE)
@router.get("/chains/{chain_id}.{suffix}", include_in_schema=False)
def get_chain(
    request: Request, parts: Parts, base: Base, chain_id: Event, params: Annotated[ChainParams, Query()]
) -> Response:
    """The matter of an event from its first day to its last, in order, with how its events stand to each other. The id
    is that of any event of it. Of a long matter the 100 events around that one; the links `prev` and `next` lead on."""
    with parts.begin() as conn:
        asked = event_query(conn, params.given())
        found, earlier, later = relating.chain(conn, chain_id, parts.kinds, base, params.cursor)
        meta = replace(alone(conn, describe_chain(found), asked.given, asked.query.as_of), next_cursor=later)
    table = Table(f"chain-{found['id']}", tuple(found), [found], meta.wire(), single=True, previous=earlier)
    return reply(request, params, table)


@router.get("/changes", operation_id="list_changes", response_model=Answer[list[Fields]], responses=PROBLEMS)
@router.get("/changes.{suffix}", include_in_schema=False)
def list_changes(request: Request, parts: Parts, base: Base, params: Annotated[ChangeParams, Query()]) -> Response:
    """What was created, changed, merged or retracted, in the order in which it became known."""
    with parts.begin() as conn:
        given = {name: values[-1] for name, values in params.given().items()}
        told = feed.changes(conn, given, base)
        previous = feed.previous_cursor(conn, given)
    links = () if told.meta.next_cursor else (later(request, told.cursor),)
    meta, left_out = {**told.meta.wire(), "cursor": told.cursor}, told.meta.left_out
    table = Table("changes", feed.COLUMNS, told.records, meta, links, left_out=left_out, previous=previous)
    return reply(request, params, table)


@router.post("/events/{event_id}/split", operation_id="split_event", response_model=Answer[Fields], responses=_DECIDED)
def split_event(request: Request, parts: Parts, event_id: Event, body: SplitIn, params: Nothing) -> Response:
    """Let some reports of an event tell one of their own; they stay apart."""
    return _decided(
        request,
        parts,
        lambda conn: deciding.split(conn, parts.kinds, event_id, body.reports, Signed(body.reason, body.name)),
    )


@router.post("/events/{event_id}/merge", operation_id="merge_events", response_model=Answer[Fields], responses=_DECIDED)
def merge_events(request: Request, parts: Parts, event_id: Event, body: MergeIn, params: Nothing) -> Response:
    """Let several events be one; the ids that are given up answer 410 with the one that stays."""
    return _decided(
        request,
        parts,
        lambda conn: deciding.merge(conn, parts.kinds, event_id, body.events, Signed(body.reason, body.name)),
    )


@router.post(
    "/events/{event_id}/retract", operation_id="retract_event", response_model=Answer[Fields], responses=_DECIDED
)
def retract_event(request: Request, parts: Parts, event_id: Event, body: DecisionIn, params: Nothing) -> Response:
    """Take an event back: it is left out of answers unless asked for by its status, and no report brings it back."""
    return _decided(
        request, parts, lambda conn: deciding.retract(conn, parts.kinds, event_id, Signed(body.reason, body.name))
    )


@router.post(
    "/events/{event_id}/restore", operation_id="restore_event", response_model=Answer[Fields], responses=_DECIDED
)
def restore_event(request: Request, parts: Parts, event_id: Event, body: DecisionIn, params: Nothing) -> Response:
    """Take the retraction of an event back: it is again what its reports make of it."""
    return _decided(
        request, parts, lambda conn: deciding.restore(conn, parts.kinds, event_id, Signed(body.reason, body.name))
    )


def _decided(request: Request, parts: Parts, decide: Callable[[Any], dict[str, Any]]) -> Response:
    with parts.begin() as conn:
        made = decide(conn)
        meta = alone(conn, describe_decision(made)).wire()
    table = Table("decision", tuple(made), [made], meta, single=True)
    return reply(request, FormatParams(), table)
