"""The links of an answer (RFC 8288): itself, its first, previous and next page, its other formats, licence and
description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

from fastapi import Request

from app.api.deps import base_of
from app.api.negotiation import has_formats
from app.api.params import FormatParams
from app.exports import EXPORTERS, Exporter, Picture, Table

Link = Mapping[str, str]
Pairs = Sequence[tuple[str, str]]


def links_of(request: Request, params: FormatParams, table: Table, form: Exporter | Picture) -> tuple[Link, ...]:
    """All links of an answer in this format. `alternate` names every other format of the same answer."""
    base, path = base_of(request), request.url.path
    asked = request.query_params.multi_items()
    media_type = form.media_type.partition(";")[0]
    links = [{"rel": "self", "href": _address(f"{base}{path}", asked), "type": media_type}]
    first = [(name, value) for name, value in asked if name != "cursor"]
    if first != asked:
        links.append({"rel": "first", "href": _address(f"{base}{path}", first), "type": media_type})
    if table.previous is not None:
        before = [*first, ("cursor", table.previous)] if table.previous else first
        links.append({"rel": "prev", "href": _address(f"{base}{path}", before), "type": media_type})
    if cursor := table.meta.get("next_cursor"):
        following = [*first, ("cursor", str(cursor))]
        links.append({"rel": "next", "href": _address(f"{base}{path}", following), "type": media_type})
    if has_formats(request):
        links += _alternates(request, params, f"{base}{path}", form)
    links.append({"rel": "license", "href": f"{base}/license", "type": "text/plain"})
    links.append({"rel": "describedby", "href": f"{base}/openapi.json", "type": "application/vnd.oai.openapi+json"})
    return (*links, *table.links)


def later(request: Request, cursor: str) -> Link:
    """Where what is told after the last page will stand: to come back to, not to follow at once."""
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return {"rel": "later", "href": _address(f"{base_of(request)}{request.url.path}", [*asked, ("cursor", cursor)])}


def _alternates(
    request: Request, params: FormatParams, address: str, form: Exporter | Picture
) -> Iterator[dict[str, str]]:
    if "suffix" in request.path_params:
        address = address.removesuffix(f".{request.path_params['suffix']}")
    plain = [(name, value) for name, value in request.query_params.multi_items() if name != "f"]
    stem = f"{_address(address, plain)}{'&' if plain else '?'}f="
    for other in (EXPORTERS[name] for name in params.FORMATS):
        if isinstance(form, Exporter) and other.name == form.name:
            continue
        media_type = other.media_type.partition(";")[0]
        yield {"rel": "alternate", "href": f"{stem}{other.name}", "type": media_type, "title": other.name}


def _address(stem: str, query: Pairs) -> str:
    text = urlencode(query, errors="replace")
    return f"{stem}?{text}" if text else stem


def link_header(links: Sequence[Link]) -> str:
    """For clients that never parse the body. The other formats stand in the body alone: a dozen of them, each with the
    whole question, would make a header longer than proxies take."""
    return ", ".join(
        f'<{link["href"]}>; rel="{link["rel"]}"' + (f'; type="{link["type"]}"' if "type" in link else "")
        for link in links
        if link["rel"] != "alternate"
    )
