"""Answers on their way out: their format, the links beside them, their headers, the name of the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.api.caching import if_range_holds, kept_for_ever, of_its_instant
from app.api.deps import program_of
from app.api.links import link_header, links_of
from app.api.negotiation import wanted
from app.api.params import FormatParams
from app.api.ranges import ranged
from app.domain.errors import BadQuery
from app.exports import Exporter, Table
from app.exports.when import is_dated
from app.services import tables
from app.services.questions import nearest
from app.services.timeline import Found, Listing

LONGEST_FIELDS = 2_000  # characters: more than all columns of any answer


def reply(request: Request, params: FormatParams, table: Table, *, status: int = 200) -> Response:
    """The table in the format that is wanted."""
    exporter = wanted(request, params)
    table = replace(table, meta=of_its_instant(table.meta))
    table = replace(table, links=links_of(request, params, table, exporter))
    table = _shaped(table, chosen(params.fields, table.columns), exporter)
    headers = {"Link": link_header(table.links), "Vary": "Accept"} | kept_for_ever(table.meta)
    headers |= left_out(exporter.left_out, *table.left_out)
    if params.dl:
        headers["Content-Disposition"] = f'attachment; filename="{_file_name(request, table, exporter)}"'
    body = b"".join(exporter.write(table))
    if exporter.ranges:
        part = request.headers.get("range") if if_range_holds(request) else None
        return ranged(body, part, headers, exporter.media_type)
    return Response(body, status, headers, media_type=exporter.media_type)


_DASHES = str.maketrans("–—", "--")


def left_out(*parts: str) -> dict[str, str]:
    """What an answer does not hold as a header, in the letters that headers take; none where it holds all."""
    told = unicodedata.normalize("NFKD", "; ".join(part for part in parts if part).translate(_DASHES))
    plain = "".join(letter for letter in told if not unicodedata.combining(letter)).encode("ascii", "replace").decode()
    return {"Dateline-Left-Out": plain} if plain else {}


def for_format(request: Request, params: FormatParams, listing: Listing) -> Listing:
    """A list of events made as the wanted format takes it: where that is JSON, ready and with the wanted columns."""
    ready = wanted(request, params).ready
    columns = chosen(params.fields, tuple(tables.COLUMNS))
    listing = replace(listing, memory=program_of(request).memory)
    return replace(listing, ready=ready, columns=columns) if ready else listing


def events_table(name: str, found: Found, listing: Listing) -> Table:
    """A list of events with its envelope."""
    meta, types = found.meta, tables.COLUMNS
    table = Table(
        name, listing.columns or tuple(types), found.records, meta.wire(), left_out=meta.left_out, types=types
    )
    return replace(table, previous=found.previous)


def _shaped(table: Table, columns: tuple[str, ...], exporter: Exporter) -> Table:
    """The records that the format can hold, with the columns that it is to show."""
    if not exporter.of_events:
        return replace(table, columns=columns, records=_only(table, columns))
    if not exporter.dated:
        return replace(table, columns=columns)
    records = list(table.records)
    dated = [record for record in records if is_dated(record)]
    return replace(
        table, columns=columns, records=dated, left_out=(*_undated(len(records) - len(dated)), *table.left_out)
    )


def _undated(number: int) -> tuple[str, ...]:
    return (f"{number} of the matched events: no date is known",) if number else ()


def chosen(fields: str | None, columns: Sequence[str]) -> tuple[str, ...]:
    """The columns that `fields` asks for, all without it. Raises BadQuery for one that there is not."""
    if len(fields or "") > LONGEST_FIELDS:
        detail = f"at most {LONGEST_FIELDS:,} characters may be asked for; name each column once"
        raise BadQuery("fields", detail, allowed=tuple(columns), example=columns[0])
    asked = tuple(dict.fromkeys(name.strip() for name in (fields or "").split(",") if name.strip()))
    for name in asked:
        if name not in columns:
            near = nearest(name, columns)
            detail = f"{name[:40]!r} is no column of this answer"
            raise BadQuery("fields", detail, allowed=tuple(columns), did_you_mean=near, example=",".join(columns[:2]))
    return asked or tuple(columns)


def _only(table: Table, columns: Sequence[str]) -> Any:
    if tuple(columns) == table.columns:
        return table.records
    return [{name: record.get(name) for name in columns} for record in table.records]


def _file_name(request: Request, table: Table, exporter: Exporter) -> str:
    """Such as dateline-events-kind-ultimatum.csv: what was asked, in letters that every system takes."""
    shaping = {*FormatParams.model_fields, "cursor", "limit", "count"}
    asked = [f"{name}-{value}" for name, value in request.query_params.multi_items() if name not in shaping]
    stem = re.sub(r"[^A-Za-z0-9.]+", "-", "-".join(["dateline", table.name, *asked])).strip("-.")
    return f"{stem[:100]}.{exporter.file_extension}"
