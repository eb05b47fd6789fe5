"""The OpenAPI description, mended where the framework's defaults do not tell what this service does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.domain.fields import DISTANCE, EVENT
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
    """Lists come in every format of the registry."""
    parameters = {parameter["name"] for parameter in operation.get("parameters", [])}
    if "f" not in parameters or "200" not in responses:
        return
    content = responses["200"].setdefault("content", {})
    for exporter in EXPORTERS.values():
        content.setdefault(exporter.media_type.partition(";")[0], {"schema": {"type": "string"}})
