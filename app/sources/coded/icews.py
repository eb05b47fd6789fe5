"""ICEWS: the rows as they are published (a header, a story for each row), and a table of four columns without a header:
source, name of the CAMEO code, target, day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from app.domain.events import Place
from app.sources.coded import cameo
from app.sources.coded.cells import Cell, cells, records
from app.sources.coded.rows import CodedRow, Importer, Said
from app.sources.received import Refused, Unreadable

_LONGEST_ROW = 100_000
_WANTED = ("event_date", "source_name", "event_text", "target_name")
_SAME = (
    "event_date", "source_name", "source_country", "event_text", "cameo_code", "target_name", "target_country",
    "city", "district", "province", "country", "latitude", "longitude",
)  # fmt: skip
# ICEWS's sectors that have one in PLOVER, the more telling first.
_SECTORS: Mapping[str, str] = {
    "Police": "COP",
    "Military": "MIL",
    "Judicial": "JUD",
    "Legislative / Parliamentary": "LEG",
    "Rebel": "REB",
    "Insurgents": "REB",
    "Separatists": "REB",
    "Intelligence": "SPY",
    "Parties": "PTY",
    "Media": "JRN",
    "Business": "BUS",
    "Labor": "LAB",
    "Religious": "REL",
    "Education": "EDU",
    "Medical / Health": "MED",
    "Refugees / Displaced": "REF",
    "Criminals / Gangs": "CRM",
    "Executive": "GOV",
    "Government": "GOV",
    "General Population / Civilian / Social": "CVL",
}


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where the fields of a row stand."""

    columns: Mapping[str, int]
    separator: str

    def row(self, where: str, line: str) -> dict[str, Cell]:
        """Raises Unreadable where a row has fewer cells than there are columns."""
        found = cells(line, self.separator)
        if len(found) != len(self.columns):
            raise Unreadable(f"the row has {len(found)} cells; {len(self.columns)} are wanted")
        return {name: found[at] for name, at in self.columns.items()}


_FOUR = _Shape({"source_name": 0, "event_text": 1, "target_name": 2, "event_date": 3}, "\t")


def read(lines: Iterable[str], name: str) -> Iterator[CodedRow | Refused]:
    """The rows of a table called `name`. Raises Unreadable for a table of neither shape."""
    start = iter(lines)
    first = next(start, "").removeprefix("\ufeff")
    if not first.strip():
        return
    shape, rest = _shape(first, start)
    for number, line in records(rest, quoted=shape.separator == ","):
        where = f"{name}:{number + (0 if shape is _FOUR else 1)}"
        try:
            yield _coded(where, line, shape.row(where, line))
        except Unreadable as error:
            yield Refused(where, str(error))


def _shape(first: str, rest: Iterator[str]) -> tuple[_Shape, Iterable[str]]:
    for separator in (",", "\t"):
        header = [cell.text.strip().lower().replace(" ", "_") for cell in cells(first.rstrip("\r\n"), separator)]
        if set(_WANTED) <= set(header):
            return _Shape({column: at for at, column in enumerate(header)}, separator), rest
    if len(first.split("\t")) == len(_FOUR.columns):
        return _FOUR, chain([first], rest)
    raise Unreadable(
        f"this is no table of ICEWS: a header with {', '.join(_WANTED)} is wanted, or four columns between tabs: "
        "source, name of the CAMEO code, target, day"
    )


def _coded(where: str, line: str, row: Mapping[str, Cell]) -> CodedRow:
    if "\0" in line or len(line) > _LONGEST_ROW:
        raise Unreadable(f"the row holds U+0000 or more than {_LONGEST_ROW:,} characters")
    told = {name: cell.text.strip() for name, cell in row.items()}
    code = cameo.find(told.get("cameo_code", ""), told["event_text"])
    if code is None:
        raise Unreadable(f"CAMEO has no {told.get('cameo_code') or told['event_text']!r}")
    if not row["event_text"].text:
        raise Unreadable("the row does not name what was done")
    try:
        day = date.fromisoformat(told["event_date"])
    except ValueError:
        raise Unreadable(f"{told['event_date']!r} is no day: YYYY-MM-DD is wanted") from None
    score = _number(told.get("intensity", ""))
    return CodedRow(
        where=where,
        line=line,
        kind=code.kind,
        coding=code.coding if score is None else replace(code.coding, goldstein=score),
        day=day,
        day_words=row["event_date"].at,
        code_words=row["event_text"].at,
        source=_said(told, "source"),
        target=_said(told, "target"),
        place=_place(told),
        told_in=told.get("story_id", ""),
        publisher=told.get("publisher") or None,
        same=tuple(told.get(column, "") for column in _SAME),
    )


def _said(told: Mapping[str, str], side: str) -> Said:
    sectors = told.get(f"{side}_sectors", "").split(",")
    sector = next((code for name, code in _SECTORS.items() if name in sectors), "")
    return Said(told[f"{side}_name"], told.get(f"{side}_country", ""), sector)


def _place(told: Mapping[str, str]) -> Place | None:
    """The nearest that is named; its country is a name until it is resolved."""
    name = next((told[column] for column in ("city", "district", "province", "country") if told.get(column)), "")
    if not name:
        return None
    latitude, longitude = _number(told.get("latitude", "")), _number(told.get("longitude", ""))
    both = latitude is not None and longitude is not None
    precision = "city" if told.get("city") else "country" if name == told.get("country") else ""
    return Place(name, told.get("country"), latitude if both else None, longitude if both else None, precision)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


ICEWS = Importer(
    name="icews",
    title="ICEWS",
    version="1",
    # Of what its coder finds about three in four are right (the evaluation of its publisher).
    confidence=0.75,
    loses=(
        "sectors of the two sides beyond the one that PLOVER has a code for",
        "the number of the sentence within the story, and ICEWS's own number of the row, which stand in the row alone",
        "in the table of four columns: places, stories and publishers, which it does not have",
        "whether a name without a role is a person or a body, which ICEWS does not tell: kept as organisation unless "
        "it is known by that name",
    ),
    read=read,
)
