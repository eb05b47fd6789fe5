"""What lists are measured against: an empty route, and the same rows' JSON made by PostgreSQL and passed through."""

from __future__ import annotations

import os

from fastapi import FastAPI
from fastapi.responses import Response
from sqlalchemy import Text, cast, func, select

from app.domain.queries import EventQuery
from app.services.tables import STORED
from app.storage.engine import make_engine
from app.storage.event_rows import select_columns
from app.storage.orders import ids_in_order, order_of
from app.storage.prepared import prepared
from app.storage.tables import event

app = FastAPI()
engine = make_engine(os.environ["BENCH_DATABASE_URL"], pool_size=10)


def _statement() -> object:
    query = EventQuery(limit=100)
    order = order_of(query)
    wanted = ids_in_order(query, order, limit=100).subquery()
    rows = (
        select_columns(STORED, as_json=False)
        .join(wanted, wanted.c.id == event.c.id)
        .order_by(*order.directed(wanted.c.undated, wanted.c.position, wanted.c.id))
        .subquery("r")
    )
    return prepared(select(cast(func.json_agg(func.row_to_json(rows.table_valued())), Text)))


STATEMENT = _statement()


@app.get("/empty")
def empty() -> Response:
    return Response(b"{}", media_type="application/json")


@app.get("/json")
def passed_through() -> Response:
    with engine.connect() as conn:
        return Response(STATEMENT.run(conn).scalar_one(), media_type="application/json")
