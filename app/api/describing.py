"""The OpenAPI description, mended where the framework's defaults do not tell what this service does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.exports import EXPORTERS

Json = dict[str, Any]


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
    for operation in _operations(document):
        for parameter in operation.get("parameters", []):
            _mend_parameter(parameter)
        responses = operation["responses"]
        if "requestBody" not in operation:
            responses.pop("422", None)  # a bad query is 400 here
            _name_formats(operation, responses)
    for name in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(name, None)
    return document


def _operations(document: Json) -> Iterator[Json]:
    for methods in document["paths"].values():
        yield from methods.values()


def _mend_parameter(parameter: Json) -> None:
    """Lists are comma-separated; the first example of a schema is the parameter's."""
    schema = parameter["schema"]
    if schema.get("type") == "array":
        parameter |= {"style": "form", "explode": False}
    if examples := schema.pop("examples", None):
        parameter["example"] = examples[0]


def _name_formats(operation: Json, responses: Json) -> None:
    """The formats of an answer are those that its parameter `f` lists."""
    named = [parameter["schema"] for parameter in operation.get("parameters", []) if parameter["name"] == "f"]
    if not named or "200" not in responses:
        return
    content = responses["200"].setdefault("content", {})
    for exporter in (EXPORTERS[name] for name in named[0]["enum"]):
        content.setdefault(exporter.media_type.partition(";")[0], {"schema": {"type": "string"}})
