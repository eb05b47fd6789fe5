"""The codebook, and whether the service is well."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import PlainTextResponse, Response

from app.api.deps import Base, Parts
from app.api.guide import guide
from app.api.params import FormatParams, KindParams, NoParams, QualityParams
from app.api.replies import reply
from app.api.schemas import PROBLEMS, Answer, Fields
from app.exports import Table
from app.services import codebook, health, quality
from app.services.envelope import alone, whole

router = APIRouter(tags=["Reference"])
LICENSE = """\
What this service adds to the documents it was given (events, dates, codes, names of actors and places) may be used
under the MIT licence, as the program itself. Names and coordinates of places are from GeoNames (CC BY 4.0).

Texts, titles and quotations are their publishers'; every event names its own. The dispatches of the demonstration
corpus were written for this program and are under the MIT licence.
"""


@router.get("/v1/kinds", operation_id="list_kinds", response_model=Answer[list[Fields]], responses=PROBLEMS)
@router.get("/v1/kinds.{suffix}", include_in_schema=False)
def list_kinds(request: Request, parts: Parts, params: Annotated[KindParams, Query()]) -> Response:
    """The kinds of event with their definitions, roles, and places in PLOVER and CAMEO."""
    found = codebook.records(parts.kinds.values())
    with parts.begin() as conn:
        meta = whole(conn, codebook.DESCRIPTION, len(found)).wire()
    return reply(request, params, Table("kinds", codebook.KIND_COLUMNS, found, meta))


@router.get("/v1/quality", operation_id="get_quality", response_model=Answer[list[Fields]], responses=PROBLEMS)
@router.get("/v1/quality.{suffix}", include_in_schema=False)
def get_quality(request: Request, parts: Parts, params: Annotated[QualityParams, Query()]) -> Response:
    """How good this release is: measured on which texts, by which command, on which day."""
    found = quality.records()
    with parts.begin() as conn:
        meta = whole(conn, quality.DESCRIPTION, len(found)).wire()
    return reply(request, params, Table("quality", tuple(quality.COLUMNS), found, meta, types=quality.COLUMNS))


@router.get("/health", operation_id="health", response_model=Answer[Fields])
def get_health(request: Request, parts: Parts, params: Annotated[NoParams, Query()]) -> Response:
    """Whether the database answers, what it covers, and which version of the rules reads."""
    with parts.begin() as conn:
        found = health.report(conn, parts.reader.version)
        meta = alone(conn, health.DESCRIPTION).wire()
    return reply(request, FormatParams(), Table("health", tuple(found), [found], meta, single=True))


@router.get("/license", include_in_schema=False)
def get_license() -> PlainTextResponse:
    """Who may do what with the answers."""
    return PlainTextResponse(LICENSE)


@router.get("/llms.txt", include_in_schema=False)
def get_guide(request: Request, base: Base) -> PlainTextResponse:
    """What there is and how to ask, in plain text."""
    return PlainTextResponse(guide(base, request.app.openapi()))
