"""What the service is, in plain text for language models and people: /llms.txt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from app.api.params import INSTEAD_OF
from app.exports import EXPORTERS

HEAD = """\
# Dateline

> What happened around a day, or to an actor: dated events read from news, each with the sentence it was read from.

No key is needed. All data lie under /v1 and can be read with GET. Default: events that are said to have happened
(asserted or alleged); `modality=all` shows denied, negated, planned and conditional ones too. A date is a span
(`date_earliest`, `date_latest`) with a precision: never take “March 2015” for a day of it. `meta.resolved` says what
each name was taken for, `meta.warnings` what the answer leaves out and why it is empty. An unknown parameter is refused
with a suggestion. Quote `evidence_text` and link `url` when you use an event.
"""


def guide(base: str, document: Mapping[str, Any]) -> str:
    """The addresses with what they answer, from the description of the interface itself."""
    lines = [HEAD, "## Addresses", ""]
    for path, methods in document["paths"].items():
        lines += [_line(base, path, methods["get"])] if "get" in methods else []
    lines += ["", "## Formats (`f=` or a suffix)", ""]
    lines += [f"- {name}: {exporter.media_type.partition(';')[0]}" for name, exporter in EXPORTERS.items()]
    lines += ["", "## More", "", *_links(base)]
    return "\n".join(lines) + "\n"


def _line(base: str, path: str, operation: Mapping[str, Any]) -> str:
    summary = str(operation.get("description") or operation.get("summary")).partition("\n")[0]
    return f"- [{path}]({base}{_example(path, operation)}): {summary}"


def _example(path: str, operation: Mapping[str, Any]) -> str:
    """The path with the examples of its own parameters, and of those without which it does not answer."""
    parameters = operation.get("parameters", [])
    for parameter in (one for one in parameters if one["in"] == "path"):
        path = path.replace(f"{{{parameter['name']}}}", str(parameter["example"]))
    query = "&".join(f"{one['name']}={_text(one['example'])}" for one in _needed(parameters))
    return f"{path}?{query}" if query else path


def _needed(parameters: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Of two that stand for each other the one that the other is given instead of."""
    asked = [one for one in parameters if one["in"] == "query"]
    replaced = {one["schema"].get(INSTEAD_OF) for one in asked}
    return [one for one in asked if one.get("required") or one["name"] in replaced]


def _text(example: Any) -> str:
    return quote(",".join(example) if isinstance(example, list) else str(example), safe=",")


def _links(base: str) -> Iterable[str]:
    yield f"- [OpenAPI 3.1]({base}/openapi.json): every parameter with an example"
    yield f"- [Documentation]({base}/docs): to read and to try"
    yield f"- [OGC API Features]({base}/ogc): for map programs"
    yield f"- [Licence]({base}/license)"
