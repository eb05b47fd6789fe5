"""The codebook, and whether the service is well."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.api.deps import Parts
from app.api.params import FormatParams, KindParams
from app.api.replies import reply
from app.api.schemas import PROBLEMS, Answer, Fields
from app.exports import Table
from app.services import codebook, health

router = APIRouter(tags=["Reference"])


@router.get("/v1/kinds", operation_id="list_kinds", response_model=Answer[list[Fields]], responses=PROBLEMS)
@router.get("/v1/kinds.{suffix}", include_in_schema=False)
def list_kinds(request: Request, parts: Parts, params: Annotated[KindParams, Query()]) -> Response:
    """The kinds of event with their definitions, roles, and places in PLOVER and CAMEO."""
    found = codebook.records(parts.kinds.values())
    return reply(request, params, Table("kinds", codebook.KIND_COLUMNS, found, {"returned": len(found)}))


@router.get("/health", operation_id="health", response_model=Answer[Fields])
def get_health(request: Request, parts: Parts) -> Response:
    """Whether the database answers, what it covers, and which version of the rules reads."""
    with parts.begin() as conn:
        found = health.report(conn, parts.reader.version)
    return reply(request, FormatParams(), Table("health", tuple(found), [found], {"returned": 1}, single=True))
