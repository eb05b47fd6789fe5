"""Which format an answer has: the path's suffix beats `f`, which beats `Accept`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Match

from app.api.deps import query_names
from app.api.params import FormatParams
from app.domain.errors import BadQuery, NotFound
from app.exports import EXPORTERS, FOR_SPREADSHEETS, Exporter
from app.exports.as_grafana import GRAFANA
from app.services.questions import nearest

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_MS = re.compile(r"-?\d{6,15}\Z", re.ASCII)
_DATA = ("application/json", "application/problem+json")
_WINDOW = ("datetime", "start_date", "end_date")
_LONGEST = 1_000  # letters of a header that are read
_QUALITY = re.compile(r"q=([01](?:\.\d{0,3})?)\Z")


def wanted(request: Request, params: FormatParams) -> Exporter:
    """Raises NotFound for an unknown suffix, BadQuery for an unknown `f`. An address without `f` answers in JSON."""
    formats = (*params.FORMATS, *params.DRAWN)
    name = request.path_params.get("suffix")
    if name is not None and name not in formats:
        raise NotFound(
            f"there is no format {name[:20]!r} here; the formats are {', '.join(formats)}",
            parameter="suffix",
            allowed=formats,
            did_you_mean=nearest(name, formats),
        )
    if not has_formats(request):
        return EXPORTERS["json"]
    name = name or params.f
    if name is not None and name not in formats:
        near = nearest(name, formats)
        told = "this answer has no format" if name in EXPORTERS else "there is no format"
        raise BadQuery("f", f"{told} {name[:40]!r}", allowed=formats, did_you_mean=near, example="csv")
    exporter = EXPORTERS[name] if name else accepted(request.headers.get("accept", "")[:_LONGEST], params.FORMATS)
    return FOR_SPREADSHEETS.get(exporter.name, exporter) if params.excel else exporter


def given(request: Request, params: FormatParams) -> dict[str, list[str]]:
    """The parameters that were given. Grafana tells its window in epoch milliseconds: there they become days (UTC)."""
    asked = params.given()
    if wanted(request, params) is not GRAFANA:
        return asked
    return {name: [_day(value) for value in values] if name in _WINDOW else values for name, values in asked.items()}


def _day(text: str) -> str:
    """Epoch milliseconds as a day, also as both ends of an interval; what is none is left as it is."""
    if "/" in text:
        return "/".join(_day(end) for end in text.split("/"))
    if not _EPOCH_MS.match(text):
        return text
    try:
        return (_EPOCH + timedelta(milliseconds=int(text))).date().isoformat()
    except OverflowError:
        return text


def has_formats(request: Request) -> bool:
    return "f" in query_names(request)


@lru_cache(maxsize=256)
def accepted(header: str, formats: tuple[str, ...] = tuple(EXPORTERS)) -> Exporter:
    """The format that an Accept header prefers; JSON where it names none of ours."""
    for quality, media in sorted(_ranked(header), key=lambda pair: -pair[0]):
        for exporter in (EXPORTERS[name] for name in formats):
            if quality and media in _media_types(exporter):
                return exporter
    return EXPORTERS["json"]


def formats_of(routes: Iterable[BaseRoute]) -> Callable[[str], tuple[str, ...]]:
    """The formats that an address chooses from, found among the routes; none where nothing is chosen."""
    told = [
        (route, _formats_of(route))
        for route in routes
        if isinstance(route, APIRoute) and "GET" in (route.methods or ())
    ]

    @lru_cache(maxsize=1_024)
    def formats_at(path: str) -> tuple[str, ...]:
        scope = {"type": "http", "method": "GET", "path": path, "root_path": ""}
        return next((formats for route, formats in told if route.matches(scope)[0] is Match.FULL), ())

    return formats_at


def _formats_of(route: APIRoute) -> tuple[str, ...]:
    kinds = (field.field_info.annotation for field in route.dependant.query_params)
    asked = (kind for kind in kinds if isinstance(kind, type) and issubclass(kind, FormatParams))
    return next((kind.FORMATS for kind in asked), ())


def given_at(path: str, header: str, formats_at: Callable[[str], tuple[str, ...]]) -> str:
    """The name of the format that an address gives to an Accept header, where neither suffix nor `f` names one. JSON is
    given everywhere, so the address matters only where another is preferred."""
    if (preferred := accepted(header[:_LONGEST]).name) == "json":
        return preferred
    return accepted(header[:_LONGEST], formats_at(path)).name


@lru_cache(maxsize=256)
def takes_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header names gzip, and not as what is refused (`gzip;q=0`)."""
    return {name: quality for quality, name in _ranked(header[:_LONGEST])}.get("gzip", 0.0) > 0


@lru_cache(maxsize=256)
def prefers_a_page(header: str) -> bool:
    """Whether a header names pages, as a browser's does, and no data before them. Programs name `*/*` or nothing."""
    qualities = {media: quality for quality, media in _ranked(header)}
    data = max(qualities.get(media, 0.0) for media in _DATA)
    return qualities.get("text/html", 0.0) >= max(data, 0.001)


def _ranked(header: str) -> list[tuple[float, str]]:
    """The media types that are named, each with how much it is wanted."""
    ranked = []
    for part in header.split(","):
        media, *options = (piece.strip().lower() for piece in part.split(";"))
        qualities = [match for option in options if (match := _QUALITY.match(option))]
        ranked.append((float(qualities[0][1]) if qualities else 1.0, media))
    return ranked


def _media_types(exporter: Exporter) -> tuple[str, ...]:
    return (exporter.media_type.partition(";")[0], *exporter.accepts) if exporter.negotiated else ()
