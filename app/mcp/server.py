"""The package `mcp` and nothing else: tools listed, calls answered, errors told so that the caller can mend them.

Its simple server class is not used: it sets up the logging of the whole process, and tells faults of arguments as the
validator does, without the nearest name.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import anyio.to_thread
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp.types import Tool as Offered
from pydantic import ValidationError
from starlette.requests import Request

from app.domain.errors import DatelineError
from app.exports.as_json import dumps
from app.mcp.answers import fault, told
from app.mcp.arguments import Arguments
from app.mcp.tools import TOOLS, Tool
from app.services.program import Program
from app.services.questions import nearest
from app.services.tables import Record

log = logging.getLogger(__name__)
LARGEST_CALL = 1_000_000  # bytes of one request; a call takes a few hundred
INSTRUCTIONS = """\
Dated events read from news articles, each with the sentence it was read from. Cite `quote` and `permalink`.
A date is a span: `date_edtf` such as 2016-04 means some day of that month, and no day of it may be assumed.
`modality` says how a report puts it: asserted and alleged are searched unless you ask for others; a plan is no fact.
Actors may be named in any way (RUS, Russia, the Kremlin, Putin); `understood` tells what a name was taken for.
An empty answer says why in `why_empty`; what an answer does not hold stands in `left_out`. Nothing can be changed here.
"""
_READS_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
# What each answer holds; get_evidence and actor_profile hold more beside it.
_ANSWER = {
    "type": "object",
    "properties": {
        "rows": {"type": "array", "items": {"type": "object", "required": ["quote", "permalink"]}},
        "left_out": {"type": "array", "items": {"type": "string"}, "description": "What the answer does not hold."},
        "why_empty": {"type": "array", "items": {"type": "string"}, "description": "Why there is no row."},
        "next_cursor": {"type": ["string", "null"], "description": "Leads to the next rows."},
        "same_as": {"type": "string", "description": "The same question over HTTP, with all fields."},
    },
    "required": ["rows", "left_out", "same_as"],
}


def make_manager() -> StreamableHTTPSessionManager:
    """What answers requests: without sessions, each call for itself, as plain JSON. It runs once."""
    server: Server[dict[str, Any]] = Server(
        "dateline",
        title="Dateline",
        version=_version(),
        instructions=INSTRUCTIONS,
        on_list_tools=_list_tools,
        on_call_tool=_call_tool,
    )
    return StreamableHTTPSessionManager(server, stateless=True, json_response=True, max_request_body_size=LARGEST_CALL)


def _version() -> str:
    try:
        return version("dateline")
    except PackageNotFoundError:
        return ""


async def _list_tools(context: ServerRequestContext[Any], params: PaginatedRequestParams | None) -> ListToolsResult:
    return ListToolsResult(tools=[_offered(tool) for tool in TOOLS.values()])


def _offered(tool: Tool) -> Offered:
    return Offered(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.arguments.model_json_schema(),
        output_schema=_ANSWER,
        annotations=_READS_ONLY,
    )


async def _call_tool(context: ServerRequestContext[Any], params: CallToolRequestParams) -> CallToolResult:
    """Ask in a thread: the services block. What the caller can mend is told; the unexpected only logged."""
    request = context.request
    assert isinstance(request, Request)  # the one transport is HTTP
    parts: Program = request.app.state.program
    base = (parts.public_url or str(request.base_url)).rstrip("/")
    try:
        return await anyio.to_thread.run_sync(partial(_asked, parts, base, params.name, params.arguments or {}))
    except DatelineError as error:
        return _failed(told(error))
    except ValidationError as error:
        return _failed(_faults(error, TOOLS[params.name].arguments))
    except Exception:
        log.exception("the tool %r failed", params.name[:80])
        return _failed("something went wrong here; the log of the service holds it")


def _asked(parts: Program, base: str, name: str, arguments: Mapping[str, Any]) -> CallToolResult:
    tool = TOOLS.get(name)
    if tool is None:
        return _failed(fault("name", f"there is no tool {name[:80]!r}", near=nearest(name, TOOLS), allowed=TOOLS))
    return _answered(tool.ask(parts, base, tool.arguments.model_validate(arguments)))


def _answered(answer: Record) -> CallToolResult:
    """The answer twice: as structure, and as text for clients that take nothing else."""
    text = dumps(answer).decode()
    structure = json.loads(text)  # days and instants as text
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=structure)


def _failed(detail: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=detail)], is_error=True)


def _faults(error: ValidationError, kind: type[Arguments]) -> str:
    """Arguments that are unknown, with the nearest known, or of a wrong type."""
    known = list(kind.model_fields)
    return "; ".join(_fault(one, known) for one in error.errors()[:5])


def _fault(one: Mapping[str, Any], known: list[str]) -> str:
    name = str(one["loc"][0])[:80] if one["loc"] else "arguments"
    if one["type"] == "extra_forbidden":
        return fault(name, "there is no such argument", near=nearest(name, known), allowed=known)
    if one["type"] == "missing":
        return fault(name, "this argument is needed")
    return fault(name, str(one["msg"]))
