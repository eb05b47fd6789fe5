"""Each format holds the same records; what it cannot hold, it names."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest

from app.exports import EXPORTERS, Table
from app.exports.as_csv import CSV, EXCEL_CSV
from app.exports.as_json import JSON
from app.exports.as_jsonl import JSON_LINES

RECORDS = [
    {
        "id": "a",
        "title": 'He said "no",\nand left',
        "date_earliest": date(1500, 1, 2),
        "source_ids": ["RUS", "IRN"],
        "actors": [
            {"id": "RUS", "role": "source", "basis": "stated"},
            {"id": "IRN", "role": "target", "basis": "inferred"},
        ],
        "goldstein": -2.5,
        "recorded_at": datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC),
        "place_name": None,
    },
    {"id": "=SUM(A1)", "title": "", "date_earliest": None, "source_ids": [], "actors": [], "goldstein": 0.0},
]
TABLE = Table("events", tuple(RECORDS[0]), RECORDS, {"returned": 2}, ({"rel": "self", "href": "/"},))


def test_csv_quotes_joins_and_ends_lines_as_the_standard_says() -> None:
    text = b"".join(CSV.write(TABLE)).decode()
    assert text.startswith("id,title,date_earliest,")
    assert text.count("\r\n") == 3
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert rows[0] == {
        "id": "a",
        "title": 'He said "no",\nand left',
        "date_earliest": "1500-01-02",
        "source_ids": "RUS|IRN",
        "actors": "RUS:source|IRN:target:inferred",
        "goldstein": "-2.5",
        "recorded_at": "2024-05-06T07:08:09Z",
        "place_name": "",
    }


def test_a_spreadsheet_sees_no_formula_and_the_right_encoding() -> None:
    text = b"".join(EXCEL_CSV.write(TABLE))
    assert text.startswith(b"\xef\xbb\xbfid,")
    assert b"'=SUM(A1)" in text
    assert b",-2.5," in text


def test_what_is_nested_is_kept_in_a_cell() -> None:
    record = {"planned": {"plover": None, "quad": 0}, "reports": [{"id": 1, "kind": "visit"}], "none": []}
    text = b"".join(CSV.write(Table("kinds", tuple(record), [record]))).decode()
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert json.loads(row["planned"]) == record["planned"]
    assert json.loads(row["reports"]) == record["reports"]
    assert row["none"] == ""


def test_an_empty_table_still_has_its_header() -> None:
    assert b"".join(CSV.write(Table("events", ("id", "kind"), []))) == b"id,kind\r\n"


def test_json_holds_the_envelope_and_lines_hold_the_records() -> None:
    whole = json.loads(b"".join(JSON.write(TABLE)))
    assert whole["meta"] == {"returned": 2}
    assert whole["data"][0]["date_earliest"] == "1500-01-02"
    lines = b"".join(JSON_LINES.write(TABLE)).splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["a", "=SUM(A1)"]


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_format_but_json_says_what_it_leaves_out(name: str) -> None:
    assert bool(EXPORTERS[name].left_out) == (name != "json")
