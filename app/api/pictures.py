"""Answers that can be had as a picture too."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import Response

from app.api.deps import base_of
from app.api.links import link_header, links_of
from app.api.params import FormatParams
from app.api.replies import left_out, reply
from app.exports import PICTURES, Table
from app.exports.chart import Chart


def reply_with_picture(request: Request, params: FormatParams, table: Table, chart: Chart) -> Response:
    """A picture where one is asked for, by suffix or `f`; else the table in the format that is wanted."""
    name = request.path_params.get("suffix") or params.f
    if name not in PICTURES:
        return reply(request, params, replace(table, links=(*table.links, *_links(request))))
    picture = PICTURES[name]
    links = link_header(links_of(request, params, table, picture))
    headers = {"Link": links, "Vary": "Accept"} | left_out("the numbers, see the other formats", *table.left_out)
    if params.dl:
        headers["Content-Disposition"] = f'attachment; filename="dateline-{table.name}.{picture.ending}"'
    return Response(picture.draw(chart), 200, headers, media_type=picture.media_type)


def _links(request: Request) -> tuple[dict[str, str], ...]:
    """The same as pictures, for those who read an answer to find more."""
    path = request.url.path.removesuffix(f".{request.path_params.get('suffix', '')}")
    plain = [(name, value) for name, value in request.query_params.multi_items() if name not in ("f", "fields")]
    return tuple(
        {
            "rel": "alternate",
            "href": f"{base_of(request)}{path}?{urlencode([*plain, ('f', name)], errors='replace')}",
            "type": picture.media_type,
            "title": name,
        }
        for name, picture in PICTURES.items()
    )
