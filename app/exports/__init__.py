"""One module for each format, one registry. A new format is one module and one entry here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.exports.as_arrow import ARROW
from app.exports.as_atom import ATOM
from app.exports.as_csv import CSV, EXCEL_CSV
from app.exports.as_feed import FEED
from app.exports.as_geojson import GEOJSON
from app.exports.as_grafana import GRAFANA
from app.exports.as_ics import ICS
from app.exports.as_json import JSON
from app.exports.as_jsonl import JSON_LINES
from app.exports.as_jsonld import JSON_LD
from app.exports.as_parquet import PARQUET
from app.exports.as_svg import SVG
from app.exports.as_timelinejs import TIMELINEJS
from app.exports.as_timesketch import TIMESKETCH
from app.exports.as_vis import VIS
from app.exports.chart import Chart
from app.exports.pictures import png, svg
from app.exports.table import Exporter, Table
from app.exports.vegalite import vegalite

_ALL = (
    JSON, CSV, JSON_LINES, PARQUET, ARROW, GEOJSON, ICS, ATOM, FEED, JSON_LD, TIMELINEJS, VIS, GRAFANA, TIMESKETCH, SVG,
)  # fmt: skip
EXPORTERS: dict[str, Exporter] = {exporter.name: exporter for exporter in _ALL}
# The formats that any table has, and those that lists of events have.
TABULAR: tuple[str, ...] = tuple(exporter.name for exporter in _ALL if not exporter.of_events)
OF_EVENTS: tuple[str, ...] = tuple(EXPORTERS)
# The form of a format that suits spreadsheets (`excel=1`).
FOR_SPREADSHEETS: dict[str, Exporter] = {EXCEL_CSV.name: EXCEL_CSV}


@dataclass(frozen=True, slots=True)
class Picture:
    """A format that a chart can be drawn in; `ending` is for file names."""

    media_type: str
    ending: str
    draw: Callable[[Chart], bytes]


PICTURES: dict[str, Picture] = {
    "svg": Picture("image/svg+xml", "svg", svg),
    "png": Picture("image/png", "png", png),
    "vegalite": Picture("application/vnd.vegalite.v5+json", "vl.json", vegalite),
}

__all__ = [
    "EXPORTERS", "FOR_SPREADSHEETS", "OF_EVENTS", "PICTURES", "TABULAR", "Exporter", "Picture", "Table",
]  # fmt: skip
