"""Other people's tables of coded events: one module for each, one registry. A later importer is one entry here."""

from __future__ import annotations

from app.sources.coded.icews import ICEWS
from app.sources.coded.rows import CodedRow, Importer, Said

IMPORTERS: dict[str, Importer] = {importer.name: importer for importer in (ICEWS,)}

__all__ = ["IMPORTERS", "CodedRow", "Importer", "Said"]
