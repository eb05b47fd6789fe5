"""One module for each format, one registry. A new format is one module and one entry here."""

from __future__ import annotations

from app.exports.as_csv import CSV, EXCEL_CSV
from app.exports.as_json import JSON
from app.exports.as_jsonl import JSON_LINES
from app.exports.table import Exporter, Table

EXPORTERS: dict[str, Exporter] = {exporter.name: exporter for exporter in (JSON, CSV, JSON_LINES)}
# The form of a format that suits spreadsheets (`excel=1`).
FOR_SPREADSHEETS: dict[str, Exporter] = {EXCEL_CSV.name: EXCEL_CSV}

__all__ = ["EXPORTERS", "FOR_SPREADSHEETS", "Exporter", "Table"]
