"""GeoJSON (RFC 7946): an event is a feature; where no place is known its geometry is null."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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


def collection(records: Iterable[Record], columns: Sequence[str], matched: Any = None) -> dict[str, Any]:
    """Features with their number, and how many there are in all where that was counted."""
    features = [feature(record, columns) for record in records]
    return {
        "type": "FeatureCollection",
        "numberReturned": len(features),
        **({"numberMatched": matched} if matched is not None else {}),
        "numberWithoutPlace": sum(one["geometry"] is None for one in features),
        "features": features,
    }


def write(table: Table) -> Iterator[bytes]:
    around = {"title": table.title, "links": table.links, "left_out": table.left_out}
    yield dumps({**collection(table.records, table.columns, table.meta.get("matched")), **around})


GEOJSON = Exporter("geojson", MEDIA_TYPE, write, left_out="most of meta; see the Link header", of_events=True)
