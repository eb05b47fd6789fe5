"""Answers on their way out: which format is wanted, the links beside it, the name of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import Response

from app.api.deps import base_of, query_names
from app.api.params import FormatParams
from app.domain.errors import BadQuery, NotFound
from app.exports import EXPORTERS, FOR_SPREADSHEETS, Exporter, Table
from app.services.questions import nearest

Link = Mapping[str, str]
_QUALITY = re.compile(r"q=([01](?:\.\d{0,3})?)\Z")


def reply(request: Request, params: FormatParams, table: Table, *, status: int = 200) -> Response:
    """The table in the format that is wanted: the path's suffix beats `f`, which beats `Accept`."""
    exporter = wanted(request, params)
    columns = _chosen(params.fields, table.columns)
    links = (*_links(request, table), *table.links)
    table = replace(table, columns=columns, records=_only(table, columns), links=links)
    headers = {"Link": _link_header(links), "Vary": "Accept"}
    if left_out := "; ".join(part for part in (exporter.left_out, *table.left_out) if part):
        headers["Dateline-Left-Out"] = left_out
    if params.dl:
        headers["Content-Disposition"] = f'attachment; filename="{_file_name(request, table, exporter)}"'
    body = b"".join(exporter.write(table))
    return Response(body, status, headers, media_type=exporter.media_type)


def wanted(request: Request, params: FormatParams) -> Exporter:
    """Raises NotFound for an unknown suffix, BadQuery for an unknown `f`. An address without `f` answers in JSON."""
    name = request.path_params.get("suffix")
    if name is not None and name not in EXPORTERS:
        raise NotFound(
            f"there is no format {name[:20]!r} here; the formats are {', '.join(EXPORTERS)}",
            parameter="suffix",
            allowed=tuple(EXPORTERS),
            did_you_mean=nearest(name, EXPORTERS),
        )
    if not _has_formats(request):
        return EXPORTERS["json"]
    name = name or params.f
    if name is not None and name not in EXPORTERS:
        near = nearest(name, EXPORTERS)
        raise BadQuery("f", f"{name[:40]!r} is no format", allowed=tuple(EXPORTERS), did_you_mean=near, example="csv")
    exporter = EXPORTERS[name] if name else accepted(request.headers.get("accept", ""))
    return FOR_SPREADSHEETS.get(exporter.name, exporter) if params.excel else exporter


def _has_formats(request: Request) -> bool:
    return "f" in query_names(request)


def accepted(header: str) -> Exporter:
    """The format that an Accept header prefers; JSON where it names none of ours."""
    ranked: list[tuple[float, str]] = []
    for part in header.split(","):
        media, *options = (piece.strip().lower() for piece in part.split(";"))
        qualities = [match for option in options if (match := _QUALITY.match(option))]
        ranked.append((float(qualities[0][1]) if qualities else 1.0, media))
    for quality, media in sorted(ranked, key=lambda pair: -pair[0]):
        for exporter in EXPORTERS.values():
            if quality and media in (exporter.media_type.partition(";")[0], *exporter.accepts):
                return exporter
    return EXPORTERS["json"]


def _chosen(fields: str | None, columns: Sequence[str]) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(name.strip() for name in (fields or "").split(",") if name.strip()))
    for name in asked:
        if name not in columns:
            near = nearest(name, columns)
            detail = f"{name[:40]!r} is no column of this answer"
            raise BadQuery("fields", detail, allowed=tuple(columns), did_you_mean=near, example="id,title")
    return asked or tuple(columns)


def _only(table: Table, columns: Sequence[str]) -> Any:
    if tuple(columns) == table.columns:
        return table.records
    return [{name: record.get(name) for name in columns} for record in table.records]


def _links(request: Request, table: Table) -> list[Link]:
    """Where this answer, its next page, its other formats and its description are."""
    base, path = base_of(request), request.url.path
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    links = [_link("self", f"{base}{path}", request.query_params.multi_items())]
    if cursor := table.meta.get("next_cursor"):
        links.append(_link("next", f"{base}{path}", [*query, ("cursor", str(cursor))]))
    plain = [(name, value) for name, value in request.query_params.multi_items() if name != "f"]
    stem = path.removesuffix(f".{request.path_params['suffix']}") if "suffix" in request.path_params else path
    for exporter in EXPORTERS.values() if _has_formats(request) else ():
        target = _link("alternate", f"{base}{stem}", [*plain, ("f", exporter.name)])
        links.append({**target, "type": exporter.media_type.partition(";")[0], "title": exporter.name})
    links.append({"rel": "license", "href": f"{base}/license", "type": "text/plain"})
    links.append({"rel": "describedby", "href": f"{base}/openapi.json", "type": "application/vnd.oai.openapi+json"})
    return links


def _link(rel: str, address: str, query: Sequence[tuple[str, str]]) -> Link:
    text = urlencode(query, errors="replace")
    return {"rel": rel, "href": f"{address}?{text}" if text else address}


def _link_header(links: Sequence[Link]) -> str:
    """RFC 8288, for clients that never parse the body."""
    return ", ".join(
        f'<{link["href"]}>; rel="{link["rel"]}"' + (f'; type="{link["type"]}"' if "type" in link else "")
        for link in links
    )


def _file_name(request: Request, table: Table, exporter: Exporter) -> str:
    """Such as dateline-events-kind-ultimatum.csv: what was asked, in letters that every system takes."""
    shaping = {*FormatParams.model_fields, "cursor", "limit", "count"}
    asked = [f"{name}-{value}" for name, value in request.query_params.multi_items() if name not in shaping]
    stem = re.sub(r"[^A-Za-z0-9.]+", "-", "-".join(["dateline", table.name, *asked])).strip("-.")
    return f"{stem[:100]}.{exporter.name}"
