"""The OpenAPI description, mended where the framework's defaults do not tell what this service does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.api.params import NEEDED
from app.api.snippets import with_snippets
from app.domain.fields import DISTANCE, EVENT
from app.exports import EXPORTERS, PICTURES

Json = dict[str, Any]
# For each operation a request of the demonstration corpus and its answer, as they were recorded; a test asks again.
EXAMPLES: dict[str, Json] = orjson.loads(Path(__file__).with_name("examples.json").read_bytes())


def install(app: FastAPI) -> None:
    """Let the application describe itself; the description is made once, when it is first asked for."""

    def describe() -> Json:
        if not app.openapi_schema:
            app.openapi_schema = _mended(
                get_openapi(
                    title=app.title,
                    version=app.version,
                    summary=app.summary,
                    description=app.description,
                    routes=app.routes,
                    tags=app.openapi_tags,
                )
            )
        return app.openapi_schema

    app.openapi = describe  # type: ignore[method-assign]


def _mended(document: Json) -> Json:
    document["servers"] = [{"url": "/", "description": "This service"}]
    for path, method, operation in _operations(document):
        for parameter in operation.get("parameters", []):
            _mend_parameter(parameter)
        responses = operation["responses"]
        if "requestBody" not in operation:
            responses.pop("422", None)  # a bad query is 400 here
            _name_formats(operation, responses)
        if method == "get":
            _show_example(operation, path)
        elif operation["operationId"] in EXAMPLES:
            _show_sent(operation)
    schemas = document["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for name in ("EventOut", "EventAtDistance"):
        _tell_fields(schemas[name]["properties"])
    return document


def _tell_fields(properties: Json) -> None:
    """What each field of an event means, in the words that the SQL views have too."""
    for name, schema in properties.items():
        if meaning := {**EVENT, **DISTANCE}.get(name):
            schema["description"] = meaning


def _operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _show_example(operation: Json, path: str) -> None:
    """A request with its real answer, and the same request in the tools that people use."""
    example = EXAMPLES.get(operation["operationId"], {"path": path, "query": "", "body": None})
    operation["description"] = with_snippets(operation, example["path"], example["query"])
    if example["body"] is not None:
        content = operation["responses"]["200"]["content"]
        content["text/csv" if isinstance(example["body"], str) else "application/json"]["example"] = example["body"]


def _show_sent(operation: Json) -> None:
    """What was sent, and the real answer to it."""
    example = EXAMPLES[operation["operationId"]]
    operation["requestBody"]["content"]["application/json"]["example"] = example["sent"]
    operation["responses"][example["status"]]["content"]["application/json"]["example"] = example["body"]


def _mend_parameter(parameter: Json) -> None:
    """Lists are comma-separated; the first example of a schema is the parameter's."""
    schema = parameter["schema"]
    if schema.get("type") == "array":
        parameter |= {"style": "form", "explode": False}
    if examples := schema.pop("examples", None):
        parameter["example"] = examples[0]
    if schema.pop(NEEDED, False):
        parameter["required"] = True
        del schema["default"]


def _name_formats(operation: Json, responses: Json) -> None:
    """The formats of an answer are those that its parameter `f` lists."""
    named = [parameter["schema"] for parameter in operation.get("parameters", []) if parameter["name"] == "f"]
    if not named or "200" not in responses:
        return
    content = responses["200"].setdefault("content", {})
    for kept in (EXPORTERS.get(name) or PICTURES[name] for name in named[0]["enum"]):
        content.setdefault(kept.media_type.partition(";")[0], {"schema": {"type": "string"}})
