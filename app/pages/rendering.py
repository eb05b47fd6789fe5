"""Templates to pages: everything is escaped, nothing is loaded from elsewhere, no script runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.domain.spans import ONE_DAY, Precision, TimeSpan
from app.services.describing import human
from app.services.tables import Record

HERE = Path(__file__).parent
STATIC = HERE / "static"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
# Swagger UI needs its own script, styles that it writes itself, and the address that it describes.
DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
_BOUND = {Precision.BEFORE: "by ", Precision.AFTER: "on or after "}


def human_date(record: Record) -> str:
    """The date of an event for a reader: `15 April 2016`, `about 15 April 2016`, `April 2016`, `by 11 April 2016`,
    `date not known`."""
    first, last = record["date_earliest"], record["date_latest"]
    if first is None and last is None:
        return "date not known"
    precision = Precision(record["date_precision"])
    if first is None or last is None:
        precision = Precision.BEFORE if first is None else Precision.AFTER
    rough = str(record["date_edtf"]).endswith("~")
    span = TimeSpan(first, last + ONE_DAY if last and last < last.max else None, precision, rough)
    return f"{_BOUND.get(precision, '')}{human(span)}"


def distance(record: Record) -> str:
    """How far an event lies from the pivot: `4 days`, `0 to 15 days`, `at least 4 days`."""
    least, most = record["days_min"], record["days_max"]
    if most is None:
        return f"at least {_days(least)}"
    return _days(least) if least == most else f"{least} to {_days(most)}"


def _days(n: int) -> str:
    return f"{n} day" if n == 1 else f"{n} days"


def address(path: str, **query: Any) -> str:
    """A path with a query string; what is None or empty is left out."""
    text = urlencode({name: value for name, value in query.items() if value not in (None, "")}, errors="replace")
    return f"{path}?{text}" if text else path


def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["human_date"] = human_date
    found.filters["distance"] = distance
    found.globals["address"] = address
    return found


_TEMPLATES = _environment()


def page(name: str, *, status: int = 200, policy: str = POLICY, **values: Any) -> HTMLResponse:
    """A template, rendered."""
    html = _TEMPLATES.get_template(name).render(**values)
    return HTMLResponse(html, status, {"Content-Security-Policy": policy, "Vary": "Accept"})


def error_page(request: Request, status: int, title: str, detail: str) -> Response:
    """An error for a browser."""
    number = str(request.scope.get("state", {}).get("request_id", ""))
    return page("error.html", status=status, heading=title, detail=detail, request_id=number)
