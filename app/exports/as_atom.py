"""Atom (RFC 4287): a feed of any question."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from app.exports.printable import printable
from app.exports.table import Exporter, Record, Table
from app.exports.when import is_dated, when

_ATOM = "http://www.w3.org/2005/Atom"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_LINKS = ("self", "next", "license", "alternate")


def write(table: Table) -> Iterator[bytes]:
    ET.register_namespace("", _ATOM)
    records = list(table.records)
    here = table.link("self") or "urn:dateline:events"
    feed = ET.Element(_name("feed"))
    _text(feed, "id", here)
    _text(feed, "title", table.title)
    _text(feed, "subtitle", "; ".join(["Left out: " + part for part in table.left_out]) or "Events with their evidence")
    _text(feed, "updated", _instant(max((record["updated_at"] for record in records), default=_NEVER)))
    _text(ET.SubElement(feed, _name("author")), "name", "Dateline")
    _text(feed, "generator", "Dateline")
    for link in table.links:
        if link["rel"] in _LINKS:
            ET.SubElement(feed, _name("link"), {name: str(value) for name, value in link.items()})
    for record in records:
        _entry(feed, record)
    yield ET.tostring(feed, encoding="utf-8", xml_declaration=True)


def _entry(feed: ET.Element, record: Record) -> None:
    entry = ET.SubElement(feed, _name("entry"))
    _text(entry, "id", f"urn:dateline:event:{record['id']}")
    _text(entry, "title", headline(record))
    _text(entry, "updated", _instant(record["updated_at"]))
    _text(entry, "published", _instant(record["recorded_at"]))
    ET.SubElement(entry, _name("link"), {"rel": "alternate", "href": record["url"], "type": "application/json"})
    if record["source_url"]:
        ET.SubElement(entry, _name("link"), {"rel": "via", "href": printable(record["source_url"])})
    ET.SubElement(entry, _name("category"), {"term": record["kind"], "label": record["kind_label"]})
    _text(entry, "summary", record["evidence_text"])


def headline(record: Record) -> str:
    """The title with the words for its date: a feed's own dates are those of the recording."""
    return f"{record['title']} ({when(record).words if is_dated(record) else 'date not known'})"


def _name(tag: str) -> str:
    return f"{{{_ATOM}}}{tag}"


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, _name(tag)).text = printable(text)


def _instant(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


ATOM = Exporter("atom", "application/atom+xml", write, left_out="actors, codes and scores", of_events=True)
