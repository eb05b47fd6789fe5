"""Parquet: a finished file with typed columns."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from app.exports.columnar import arrow_table
from app.exports.table import Exporter, Table


def write(table: Table) -> Iterator[bytes]:
    import pyarrow.parquet as pq  # imported when first needed: it takes longer than most of the start

    sink = pa.BufferOutputStream()
    pq.write_table(arrow_table(table), sink, compression="zstd")
    yield sink.getvalue().to_pybytes()


PARQUET = Exporter(
    "parquet",
    "application/vnd.apache.parquet",
    write,
    accepts=("application/x-parquet",),
    left_out="links and meta; see the Link header",
    ranges=True,
)
