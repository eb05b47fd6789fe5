"""OGC API Features under /ogc. The same questions as /v1/events, as map programs ask them."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.api import map_service
from app.api.deps import Base, Parts
from app.api.params import NoParams, OgcParams
from app.exports.as_geojson import MEDIA_TYPE, collection, feature
from app.exports.as_json import dumps
from app.services import envelope, reports, tables, timeline
from app.services.asking import event_query
from app.services.timeline import Listing

router = APIRouter(prefix="/ogc", include_in_schema=False)
Nothing = Annotated[NoParams, Query()]


@router.get("")
@router.get("/", name="landing")
def get_landing(base: Base, params: Nothing) -> Response:
    return _answer(map_service.landing(base))


@router.get("/api")
def get_description(parts: Parts, base: Base, params: Nothing) -> Response:
    return _answer(map_service.description(base, parts.kinds), map_service.OPENAPI)


@router.get("/conformance")
def get_conformance(params: Nothing) -> Response:
    return _answer({"conformsTo": map_service.CONFORMS})


@router.get("/collections")
def get_collections(parts: Parts, base: Base, params: Nothing) -> Response:
    with parts.begin() as conn:
        return _answer(map_service.collections(base, envelope.covered_now(conn)))


@router.get("/collections/events")
def get_collection(parts: Parts, base: Base, params: Nothing) -> Response:
    with parts.begin() as conn:
        return _answer(map_service.collection(base, envelope.covered_now(conn)))


@router.get("/collections/events/queryables")
def get_queryables(parts: Parts, base: Base, params: Nothing) -> Response:
    return _answer(map_service.queryables(base, parts.kinds), map_service.SCHEMA)


@router.get("/collections/events/items")
def get_items(request: Request, parts: Parts, base: Base, params: Annotated[OgcParams, Query()]) -> Response:
    """Features in the order of their dates, those that may have been in the window."""
    with parts.begin() as conn:
        found = timeline.find(conn, event_query(conn, params.given()), Listing(parts.kinds, base))
    meta = found.meta
    page = collection(found.records, tuple(tables.COLUMNS), meta.matched)
    pages = {"prev": found.previous, "next": meta.next_cursor or None}
    here = f"{base}{request.url.path}"
    beside = {rel: _at(here, request, cursor) for rel, cursor in pages.items() if cursor is not None}
    answer = _answer(map_service.features(base, page, beside, str(request.url)), MEDIA_TYPE)
    answer.headers["OGC-NumberReturned"] = str(meta.returned)
    if meta.matched is not None:
        answer.headers["OGC-NumberMatched"] = str(meta.matched)
    return answer


@router.get("/collections/events/items/{event_id}")
def get_item(parts: Parts, base: Base, event_id: str, params: Nothing) -> Response:
    with parts.begin() as conn:
        record = reports.standing(reports.event(conn, event_id, parts.kinds, base))
    found = feature(record, tuple(tables.COLUMNS))
    return _answer({**found, "links": map_service.feature_links(base, event_id)}, MEDIA_TYPE)


def _at(here: str, request: Request, cursor: str) -> str:
    """The page at a cursor; the first without one."""
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    told = urlencode([*query, ("cursor", cursor)] if cursor else query, errors="replace")
    return f"{here}?{told}" if told else here


def _answer(body: Any, media_type: str = "application/json") -> Response:
    links = {"Link": ", ".join(f'<{link["href"]}>; rel="{link["rel"]}"' for link in body.get("links", ()))}
    return Response(dumps(body), headers=links if links["Link"] else None, media_type=media_type)
