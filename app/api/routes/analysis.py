"""Questions above a list: counts over time, trends, sequences, networks, panels, comparisons."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from app.api.deps import Base, Parts
from app.api.params import (
    AnalysisParams,
    CompareParams,
    DyadParams,
    HistogramParams,
    IntervalParams,
    NetworkParams,
    PanelParams,
    SequenceParams,
)
from app.api.pictures import reply_with_picture
from app.api.replies import reply
from app.api.schemas import NOT_FOUND, PROBLEMS, Answer, Fields
from app.domain.errors import BadQuery
from app.exports import Table
from app.services import tables
from app.services.analysis.answer import Analysis
from app.services.analysis.compare import check_actor, compare
from app.services.analysis.dyad import dyad
from app.services.analysis.histogram import histogram
from app.services.analysis.network import network
from app.services.analysis.panel import panel
from app.services.analysis.sequence import Kinds, sequence
from app.services.analysis.trend import trend
from app.services.asking import event_query
from app.services.questions import choice, window_days

router = APIRouter(prefix="/v1", tags=["Analysis"])
List = Answer[list[Fields]]
Actor = Annotated[str, Path(description="An id, a code, or any name of one actor.", examples=["RUS"])]
Other = Annotated[str, Path(description="The other actor: an id, a code, or a name.", examples=["IRN"])]


def _answer(request: Request, parts: Parts, params: AnalysisParams, make: Callable[..., Analysis]) -> Response:
    with parts.begin() as conn:
        asked = event_query(conn, params.given())
        asked = replace(asked, given={**params.own(), **asked.given})
        found = make(conn, asked)
        meta = found.wire(conn, asked)
    about = {**meta.wire(), **found.about()}
    table = Table(found.name, found.columns, found.records, about, data=found.data, left_out=meta.left_out)
    words = meta.description.partition(": ")[2]
    chart = replace(found.chart, subtitle=" ".join(part for part in (words, found.chart.subtitle) if part))
    return reply_with_picture(request, params, table, chart)


@router.get("/histogram", operation_id="histogram", response_model=List, responses=PROBLEMS)
@router.get("/histogram.{suffix}", include_in_schema=False)
def get_histogram(request: Request, parts: Parts, params: Annotated[HistogramParams, Query()]) -> Response:
    """Events by day, week, month, quarter or year, zero-filled: those certainly in it, and those that may be."""
    return _answer(request, parts, params, lambda conn, asked: histogram(conn, asked, params.interval, params.by))


@router.get("/trend", operation_id="trend", response_model=List, responses=PROBLEMS)
@router.get("/trend.{suffix}", include_in_schema=False)
def get_trend(request: Request, parts: Parts, params: Annotated[IntervalParams, Query()]) -> Response:
    """Counts, mean Goldstein score, rolling mean, z-score and changes of level."""
    return _answer(request, parts, params, lambda conn, asked: trend(conn, asked, params.interval))


@router.get("/sequence", operation_id="sequence", response_model=List, responses=PROBLEMS)
@router.get("/sequence.{suffix}", include_in_schema=False)
def get_sequence(request: Request, parts: Parts, params: Annotated[SequenceParams, Query()]) -> Response:
    """How often and how soon one kind of event follows another, against chance."""
    kinds = _kinds(params, parts.kinds)
    return _answer(request, parts, params, lambda conn, asked: sequence(conn, asked, kinds))


def _kinds(params: SequenceParams, known: Collection[str]) -> Kinds:
    first, then = (choice(name, getattr(params, name), known) for name in ("first", "then"))
    for name, asked in (("first", first), ("then", then)):
        if not asked.wanted or asked.unwanted:
            raise BadQuery(name, "one kind at least is wanted", example="ultimatum", allowed=tuple(known))
    within = window_days("within", params.within)
    if not within:
        raise BadQuery("within", "a day at least is wanted", example="90d")
    return Kinds(first.wanted, then.wanted, within, params.same)


@router.get("/network", operation_id="network", response_model=Answer[Fields], responses=PROBLEMS)
@router.get("/network.{suffix}", include_in_schema=False)
def get_network(request: Request, parts: Parts, params: Annotated[NetworkParams, Query()]) -> Response:
    """Who acts on whom: links, and nodes with their centralities. Tables hold the links."""
    return _answer(request, parts, params, lambda conn, asked: network(conn, asked, params.level, limit=params.links))


@router.get("/panel", operation_id="panel", response_model=List, responses=PROBLEMS)
@router.get("/panel.{suffix}", include_in_schema=False)
def get_panel(request: Request, parts: Parts, params: Annotated[PanelParams, Query()]) -> Response:
    """A balanced, zero-filled table of actors or pairs and months, for R and Stata."""
    return _answer(
        request, parts, params, lambda conn, asked: panel(conn, asked, params.unit, params.interval, limit=params.units)
    )


@router.get("/compare", operation_id="compare", response_model=List, responses=PROBLEMS)
@router.get("/compare.{suffix}", include_in_schema=False)
def get_compare(request: Request, parts: Parts, params: Annotated[CompareParams, Query()]) -> Response:
    """Two actors or two periods: which kinds of event one has more of."""
    check_actor(params.actors, choice("actor", params.actor))
    return _answer(request, parts, params, lambda conn, asked: compare(conn, asked, params.actors, params.periods))


@router.get("/dyads/{a}/{b}", operation_id="get_dyad", response_model=Answer[Fields], responses=NOT_FOUND)
@router.get("/dyads/{a}/{b}.{suffix}", include_in_schema=False)
def get_dyad(
    request: Request, parts: Parts, base: Base, a: Actor, b: Other, params: Annotated[DyadParams, Query()]
) -> Response:
    """What two actors did to each other, in order, and its intensity by month. Tables hold the events."""
    with parts.begin() as conn:
        found = dyad(conn, a, b, params.given(), params.listing(parts.kinds, base))
    meta = found.meta
    columns = tuple(tables.COLUMNS)
    table = Table(found.name, columns, found.records, meta.wire(), data=found.data, left_out=meta.left_out)
    return reply(request, params, replace(table, previous=found.previous, types=tables.COLUMNS))
