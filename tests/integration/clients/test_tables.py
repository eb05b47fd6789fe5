"""The programs with which people read tables: they connect without an adapter."""

from __future__ import annotations

from typing import Any

import httpx
import pandas as pd
import polars as pl
import pytest


@pytest.fixture(scope="module")
def wanted(served: str) -> list[str]:
    return [record["id"] for record in httpx.get(f"{served}/v1/events?modality=all").json()["data"]]


def test_pandas_reads_csv_from_the_address(served: str, wanted: list[str]) -> None:
    days = ["date_earliest", "date_latest"]
    table = pd.read_csv(f"{served}/v1/events.csv?modality=all", parse_dates=days)
    assert table["id"].tolist() == wanted
    assert all(str(table[name].dtype).startswith("datetime64") for name in days)
    assert table["confidence"].dtype == float


def test_pandas_reads_parquet_with_its_types(served: str, wanted: list[str]) -> None:
    table = pd.read_parquet(f"{served}/v1/events.parquet?modality=all")
    assert table["id"].tolist() == wanted
    assert str(table["recorded_at"].dtype) == "datetime64[us, UTC]"
    assert list(table["source_ids"].iloc[0]) == ["RUS"]
    assert table["actors"].iloc[0][0]["role"] == "source"


def test_pandas_reads_lines(served: str, wanted: list[str]) -> None:
    table = pd.read_json(f"{served}/v1/events.jsonl?modality=all", lines=True, dtype={"cameo": str})
    assert table["id"].tolist() == wanted


def test_polars_scans_parquet_by_ranges(served: str, wanted: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    lazy = pl.scan_parquet(f"{served}/v1/events.parquet?modality=all")
    assert lazy.select("id").collect()["id"].to_list() == wanted
    visits = lazy.filter(pl.col("kind") == "visit").select("id", "date_earliest").collect()
    assert visits.height == 1
    assert visits.schema["date_earliest"] == pl.Date


def test_polars_reads_csv_and_lines(served: str, wanted: list[str]) -> None:
    assert pl.read_csv(httpx.get(f"{served}/v1/events.csv?modality=all").content)["id"].to_list() == wanted
    assert pl.read_ndjson(httpx.get(f"{served}/v1/events.jsonl?modality=all").content)["id"].to_list() == wanted


def test_every_table_of_the_service_is_a_parquet_file(served: str) -> None:
    for address in ("documents", "actors?q=Russia", "kinds", "actors/RUS", "documents/1"):
        path, _, query = address.partition("?")
        reply: Any = httpx.get(f"{served}/v1/{path}?f=parquet&{query}")
        assert reply.status_code == 200, reply.text
        table = pl.read_parquet(reply.content)
        assert table.height >= 1
