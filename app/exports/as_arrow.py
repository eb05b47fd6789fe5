"""Arrow: the stream format of its IPC."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from app.exports.columnar import arrow_table
from app.exports.table import Exporter, Table


def write(table: Table) -> Iterator[bytes]:
    columns = arrow_table(table)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, columns.schema) as stream:
        stream.write_table(columns)
    yield sink.getvalue().to_pybytes()


ARROW = Exporter("arrow", "application/vnd.apache.arrow.stream", write, left_out="links and meta; see the Link header")
