"""What handlers are given: the program's parts, and the address that links begin with.

Both are found without waiting, hence `async`: a plain function would cost a thread. Transactions are opened by the
handler itself, in its own thread (docs/decisions/0004).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, get_origin

from fastapi import Depends, Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute

from app.domain.errors import BadQuery
from app.services.program import Program

LONGEST_QUERY = 8_000  # characters; links repeat the whole question, and proxies refuse longer lines


async def program(request: Request) -> Program:
    return program_of(request)


def program_of(request: Request) -> Program:
    found: Program = request.app.state.program
    return found


def base_of(request: Request) -> str:
    """Scheme, host and prefix as the client sees them, without a slash at the end."""
    return (program_of(request).public_url or str(request.base_url)).rstrip("/")


async def base_url(request: Request) -> str:
    return base_of(request)


Parts = Annotated[Program, Depends(program)]
Base = Annotated[str, Depends(base_url)]


def query_names(request: Request) -> Mapping[str, bool]:
    """The query parameters that the route of this request knows, and whether each takes several values."""
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return {}
    known: dict[str, Mapping[str, bool]] = request.app.state.query_names
    if route.unique_id not in known:
        known[route.unique_id] = {
            field.alias: get_origin(field.field_info.annotation) is list
            for field in get_flat_params(route.dependant)
            if field.alias not in request.path_params
        }
    return known[route.unique_id]


def query_example(request: Request, name: str) -> str | None:
    """A value that the description of the interface shows for a query parameter of this request's route."""
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return None
    fields = (field for field in get_flat_params(route.dependant) if field.alias == name)
    example = next((field.field_info.examples[0] for field in fields if field.field_info.examples), None)
    return ",".join(example) if isinstance(example, list) else None if example is None else str(example)


async def once(request: Request) -> None:
    """Refuse a question that is endless, and a parameter that takes one value and is given several: which of them would
    be meant?"""
    if len(request.scope["query_string"]) > LONGEST_QUERY:
        name, value = max(
            request.query_params.multi_items(), key=lambda pair: len(pair[0]) + len(pair[1]), default=("", "")
        )
        detail = f"holds {len(name) + len(value):,} characters of a question that may have {LONGEST_QUERY:,} in all"
        raise BadQuery(name[:100], detail, example=query_example(request, name))
    for name, takes_several in query_names(request).items():
        given = request.query_params.getlist(name)
        if len(given) > 1 and not takes_several:
            raise BadQuery(name, f"is given {len(given)} times; it takes one value", example=given[-1][:100])
