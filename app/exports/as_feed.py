"""JSON Feed 1.1: a feed of any question. Our own keys begin with `_`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.exports.as_atom import headline
from app.exports.as_json import dumps
from app.exports.table import Exporter, Record, Table

VERSION = "https://jsonfeed.org/version/1.1"


def write(table: Table) -> Iterator[bytes]:
    feed: dict[str, Any] = {
        "version": VERSION,
        "title": table.title,
        "feed_url": table.link("self"),
        "next_url": table.link("next"),
        "description": "; ".join(["Left out: " + part for part in table.left_out]) or "Events with their evidence",
        "items": [_item(record, table.columns) for record in table.records],
    }
    yield dumps({name: value for name, value in feed.items() if value is not None})


def _item(record: Record, columns: tuple[str, ...]) -> dict[str, Any]:
    item = {
        "id": record["id"],
        "url": record["url"],
        "external_url": record["source_url"],
        "title": headline(record),
        "content_text": record["evidence_text"],
        "date_published": record["recorded_at"],
        "date_modified": record["updated_at"],
        "authors": [{"name": record["publisher"]}] if record["publisher"] else None,
        "tags": [record["kind"], record["modality"], record["status"]],
        "_dateline": {name: record.get(name) for name in columns},
    }
    return {name: value for name, value in item.items() if value is not None}


FEED = Exporter("feed", "application/feed+json", write, left_out="meta", of_events=True, extension="feed.json")
