"""JSON-LD of schema.org: an Event, and the NewsArticle that tells it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.domain.spans import Precision
from app.exports.as_json import dumps
from app.exports.table import Exporter, Record, Table
from app.exports.when import is_dated, when

# The classes of precision that ISO 8601 can write without a day that nobody told.
_ISO = (Precision.DAY, Precision.MONTH, Precision.YEAR)
_TYPES = {"state": "Country", "person": "Person"}


def write(table: Table) -> Iterator[bytes]:
    graph = [_event(record) for record in table.records]
    items: dict[str, Any] = {
        "@context": "https://schema.org",
        "@id": table.link("self"),
        "@type": "ItemList",
        "name": table.title,
        "description": "; ".join(table.left_out) or None,
        "numberOfItems": len(graph),
        "itemListElement": [
            {"@type": "ListItem", "position": position, "item": event} for position, event in enumerate(graph, start=1)
        ],
    }
    yield dumps(_without_nulls(items))


def _event(record: Record) -> dict[str, Any]:
    return _without_nulls(
        {
            "@type": "Event",
            "@id": record["url"],
            "identifier": record["id"],
            "url": record["url"],
            "name": record["title"],
            "description": record["evidence_text"],
            "additionalType": record["kind"],
            **_dates(record),
            "location": _place(record),
            "about": [_actor(actor) for actor in record["actors"]],
            "subjectOf": _article(record),
            "additionalProperty": [
                {"@type": "PropertyValue", "name": name, "value": record[name]}
                for name in ("date_edtf", "date_precision", "modality", "status", "confidence")
            ],
        }
    )


def _dates(record: Record) -> dict[str, str | None]:
    """A month stays a month; a bound that is not known is left out."""
    if not is_dated(record):
        return {}
    at = when(record)
    if at.span.precision in _ISO and not at.open:
        text = at.span.edtf().rstrip("~")
        return {"startDate": text, "endDate": text}
    start, last = at.start.isoformat(), at.last.isoformat()
    return {"startDate": start if at.opens else None, "endDate": last if at.ends else None}


def _place(record: Record) -> dict[str, Any] | None:
    if not record["place_name"] and not record["country"]:
        return None
    coordinates = {"@type": "GeoCoordinates", "latitude": record["latitude"], "longitude": record["longitude"]}
    return _without_nulls(
        {
            "@type": "Place",
            "name": record["place_name"] or record["country"],
            "address": {"@type": "PostalAddress", "addressCountry": record["country"]} if record["country"] else None,
            "geo": coordinates if record["latitude"] is not None else None,
        }
    )


def _actor(actor: Record) -> dict[str, Any]:
    return {"@type": _TYPES.get(actor["type"], "Organization"), "identifier": actor["id"], "name": actor["name"]}


def _article(record: Record) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": record["publisher"]} if record["publisher"] else None
    return _without_nulls(
        {
            "@type": "NewsArticle",
            "headline": record["source_title"],
            "url": record["source_url"],
            "datePublished": record["published_at"],
            "publisher": publisher,
            "abstract": record["evidence_text"],
        }
    )


def _without_nulls(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


JSON_LD = Exporter(
    "jsonld", "application/ld+json", write, left_out="scores and codes that schema.org has no word for", of_events=True
)
