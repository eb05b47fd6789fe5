"""One module for each format, one registry. A new format is one module and one entry here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.exports.as_csv import CSV, EXCEL_CSV
from app.exports.as_json import JSON
from app.exports.as_jsonl import JSON_LINES
from app.exports.chart import Chart
from app.exports.pictures import png, svg
from app.exports.table import Exporter, Table
from app.exports.vegalite import vegalite

EXPORTERS: dict[str, Exporter] = {exporter.name: exporter for exporter in (JSON, CSV, JSON_LINES)}
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

__all__ = ["EXPORTERS", "FOR_SPREADSHEETS", "PICTURES", "Exporter", "Picture", "Table"]
