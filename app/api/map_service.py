"""OGC API Features (Part 1: Core), so that map programs connect: what the service is, in the standard's own words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.domain.events import Modality, Status
from app.exports.as_geojson import MEDIA_TYPE
from app.services.envelope import Covered

Json = dict[str, Any]
ID = "events"
TITLE = "Events with their evidence"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
SCHEMA = "application/schema+json"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
CONFORMS = (
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
)
MOST = 1000


def landing(base: str) -> Json:
    return {
        "title": "Dateline",
        "description": "What happened, when and where, each event with the sentence it was read from.",
        "links": [
            _link("self", f"{base}/ogc", "This document"),
            _link("service-desc", f"{base}/ogc/api", "The interface, described", OPENAPI),
            _link("service-doc", f"{base}/docs", "The interface, to read and try", "text/html"),
            _link("conformance", f"{base}/ogc/conformance", "What this service conforms to"),
            _link("data", f"{base}/ogc/collections", "The collections"),
            _link("license", f"{base}/license", "Licence", "text/plain"),
        ],
    }


def collections(base: str, covered: Covered) -> Json:
    links = [_link("self", f"{base}/ogc/collections", "This document")]
    return {"links": links, "collections": [collection(base, covered)]}


def collection(base: str, covered: Covered) -> Json:
    """The one collection. Its days are those of the outermost dated events; places may be anywhere."""
    here = f"{base}/ogc/collections/{ID}"
    return {
        "id": ID,
        "title": TITLE,
        "description": "Dated events read from news. Events without a known place have no geometry.",
        "itemType": "feature",
        "crs": [CRS84],
        "extent": {
            "spatial": {"bbox": [[-180, -90, 180, 90]], "crs": CRS84},
            "temporal": {
                "interval": [[_instant(covered.first), _instant(covered.last)]],
                "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian",
            },
        },
        "links": [
            _link("self", here, "This document"),
            _link("items", f"{here}/items", TITLE, MEDIA_TYPE),
            _link(QUERYABLES, f"{here}/queryables", "What can be asked for", SCHEMA),
            _link("license", f"{base}/license", "Licence", "text/plain"),
        ],
    }


def _instant(day: object) -> str | None:
    return f"{day}T00:00:00Z" if day else None


def queryables(base: str, kinds: Mapping[str, object]) -> Json:
    """The properties that can be asked for by their value, as a JSON schema."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{base}/ogc/collections/{ID}/queryables",
        "type": "object",
        "title": TITLE,
        "properties": _properties(kinds),
        "additionalProperties": False,
    }


def _properties(kinds: Mapping[str, object]) -> dict[str, Json]:
    return {
        "kind": {"type": "string", "title": "Kind of event, see /v1/kinds", "enum": sorted(kinds)},
        "plover": {"type": "string", "title": "PLOVER event type"},
        "modality": {"type": "string", "title": "How it is put", "enum": [str(one) for one in Modality]},
        "status": {"type": "string", "title": "How well it is borne out", "enum": [str(one) for one in Status]},
    }


def features(base: str, found: Json, beside: Mapping[str, str], self_href: str) -> Json:
    """A page of features with the links and the numbers of the standard. `beside`: the pages before and after."""
    links = [_link("self", self_href, "This document", MEDIA_TYPE)]
    links += [_link(rel, href, _PAGES[rel], MEDIA_TYPE) for rel, href in beside.items()]
    links.append(_link("collection", f"{base}/ogc/collections/{ID}", TITLE))
    return {**found, "links": links, "timeStamp": datetime.now(UTC).isoformat(timespec="seconds")}


_PAGES: Mapping[str, str] = {"prev": "The page before", "next": "The next page"}


def feature_links(base: str, event_id: str) -> list[Json]:
    here = f"{base}/ogc/collections/{ID}"
    return [
        _link("self", f"{here}/items/{event_id}", "This document", MEDIA_TYPE),
        _link("collection", here, TITLE),
        _link("alternate", f"{base}/v1/events/{event_id}", "With all its reports"),
    ]


def description(base: str, kinds: Mapping[str, object]) -> Json:
    """The interface as OpenAPI 3.0, which map programs read for the largest page and for what can be asked."""
    names = ("limit", "bbox", "datetime", "cursor", *_properties(kinds))
    items = f"/collections/{ID}/items"
    return {
        "openapi": "3.0.3",
        "info": {"title": "Dateline: OGC API Features", "version": "1"},
        "servers": [{"url": f"{base}/ogc"}],
        "paths": {
            "/": {"get": _operation("getLandingPage", "The landing page")},
            "/conformance": {"get": _operation("getConformance", "What this service conforms to")},
            "/collections": {"get": _operation("getCollections", "The collections")},
            f"/collections/{ID}": {"get": _operation("getCollection", TITLE)},
            f"/collections/{ID}/queryables": {"get": _operation("getQueryables", "What can be asked for", SCHEMA)},
            items: {
                "get": {
                    **_operation("getFeatures", TITLE, MEDIA_TYPE),
                    "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in names],
                }
            },
            f"{items}/{{featureId}}": {
                "get": {
                    **_operation("getFeature", "One event", MEDIA_TYPE),
                    "parameters": [{"name": "featureId", "in": "path", "required": True, "schema": {"type": "string"}}],
                }
            },
        },
        "components": {"parameters": _parameters(kinds)},
    }


def _parameters(kinds: Mapping[str, object]) -> dict[str, Json]:
    number = {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}
    known = {
        "limit": {"type": "integer", "minimum": 1, "maximum": MOST, "default": 100},
        "bbox": number,
        "datetime": {"type": "string"},
        "cursor": {"type": "string"},
        **{name: {"type": "string"} for name in _properties(kinds)},
    }
    return {
        name: {"name": name, "in": "query", "required": False, "schema": schema, "style": "form", "explode": False}
        for name, schema in known.items()
    }


def _operation(name: str, summary: str, media_type: str = "application/json") -> Json:
    answer = {"description": summary, "content": {media_type: {"schema": {"type": "object"}}}}
    return {"operationId": name, "summary": summary, "responses": {"200": answer}}


def _link(rel: str, href: str, title: str, media_type: str = "application/json") -> Json:
    return {"rel": rel, "href": href, "type": media_type, "title": title}
