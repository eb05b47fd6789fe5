"""GeoJSON (RFC 7946): an event is a feature; where no place is known its geometry is null."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from app.exports.as_csv import joined
from app.exports.as_json import dumps
from app.exports.table import Exporter, Record, Table

MEDIA_TYPE = "application/geo+json"


def feature(record: Record, columns: Sequence[str]) -> dict[str, Any]:
    """One event. The properties are the columns that were asked for, flat: lists are joined as in CSV."""
    return {
        "type": "Feature",
        "id": record["id"],
        "geometry": geometry(record),
        "properties": {name: _flat(record.get(name)) for name in columns},
    }


def geometry(record: Record) -> dict[str, Any] | None:
    if record["latitude"] is None or record["longitude"] is None:
        return None
    return {"type": "Point", "coordinates": [record["longitude"], record["latitude"]]}


def _flat(value: Any) -> Any:
    """Map programs read text, numbers and dates, no lists."""
    return joined(value) if isinstance(value, list) else value


def write(table: Table) -> Iterator[bytes]:
    features = [feature(record, table.columns) for record in table.records]
    placeless = sum(one["geometry"] is None for one in features)
    whole = {
        "type": "FeatureCollection",
        "title": table.title,
        "numberReturned": len(features),
        "numberWithoutPlace": placeless,
        "links": table.links,
        "left_out": table.left_out,
        "features": features,
    }
    matched = {"numberMatched": table.meta["matched"]} if table.meta.get("matched") is not None else {}
    yield dumps({**whole, **matched})


GEOJSON = Exporter("geojson", MEDIA_TYPE, write, left_out="most of meta; see the Link header", of_events=True)
