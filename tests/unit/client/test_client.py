"""The client against replies made by hand: pages, types, errors with their mend, patience."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import warnings
from collections.abc import Callable
from datetime import date
from typing import Any

import httpx
import pandas as pd
import pytest

from app.client import (
    AmbiguousActor,
    AsyncDateline,
    BadQuery,
    Dateline,
    DatelineWarning,
    NotFound,
    RefusedDocument,
    ServiceFault,
    TooManyRequests,
    Unavailable,
    Unreachable,
)
from app.client.frames import ACTORS, DOCUMENTS, EVENTS, OUTCOMES
from app.client.wire import Patience
from app.services import documents, dossier, submitting, tables

Answer = Callable[[httpx.Request], httpx.Response]


def client(answer: Answer, **options: Any) -> Dateline:
    return Dateline("http://service.example", transport=httpx.MockTransport(answer), **options)


def envelope(data: Any, **meta: Any) -> httpx.Response:
    return httpx.Response(200, json={"data": data, "links": [], "meta": {"warnings": [], **meta}})


def test_importing_the_client_loads_nothing_of_the_program() -> None:
    script = (
        "import sys, app.client\n"
        "heavy = {'fastapi', 'starlette', 'spacy', 'sqlalchemy', 'psycopg', 'pydantic', 'mcp', 'typer'}\n"
        "ours = {name for name in sys.modules if name.startswith('app.') and not name.startswith('app.client')}\n"
        "print(sorted((heavy & set(sys.modules)) | ours))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"


def test_the_columns_are_those_of_the_interface() -> None:
    assert list(EVENTS) == list(tables.COLUMNS)
    assert list(ACTORS) == list(dossier.SUGGESTION_COLUMNS)
    assert list(DOCUMENTS) == list(documents.COLUMNS)
    assert list(OUTCOMES) == list(submitting.OUTCOME_COLUMNS)


def test_an_empty_table_has_its_columns_and_types() -> None:
    table = client(lambda _: envelope([], next_cursor=None)).events()
    assert list(table.columns) == list(EVENTS)
    assert str(table.dtypes["date_earliest"]) == "datetime64[s]"
    assert str(table.dtypes["recorded_at"]) == "datetime64[us, UTC]"
    assert str(table.dtypes["kind"]) == "category"
    assert len(table) == 0


def test_days_before_1677_open_ends_and_lists_are_kept() -> None:
    record = {"id": "a", "date_earliest": "1453-05-29", "date_latest": None, "source_ids": ["TUR", "x"], "quad": 4}
    table = client(lambda _: envelope([record], next_cursor=None)).events()
    assert table["date_earliest"][0] == pd.Timestamp("1453-05-29")
    assert table["date_latest"].isna().all()
    assert table["source_ids"][0] == ["TUR", "x"]
    assert str(table.dtypes["date_latest"]) == "datetime64[s]"


def test_a_field_of_a_newer_service_is_kept() -> None:
    table = client(lambda _: envelope([{"id": "a", "novel": 7}], next_cursor=None)).events()
    assert list(table.columns) == [*EVENTS, "novel"]
    assert table["novel"][0] == 7


def pages(request: httpx.Request) -> httpx.Response:
    """2,500 events, told a page at a time."""
    begin = int(request.url.params.get("cursor", 0))
    end = min(begin + int(request.url.params["limit"]), 2500)
    return envelope([{"id": str(n)} for n in range(begin, end)], next_cursor=str(end) if end < 2500 else None)


@pytest.mark.parametrize(("limit", "rows"), [(None, 2500), (1500, 1500), (1000, 1000), (1, 1), (0, 0)])
def test_all_pages_are_one_table(limit: int | None, rows: int) -> None:
    table = client(pages).events(limit=limit)
    assert table["id"].tolist() == [str(n) for n in range(rows)]
    assert table.attrs["meta"]["returned"] == rows


def test_filters_are_sent_as_the_interface_takes_them() -> None:
    seen: list[httpx.URL] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url)
        return envelope([], next_cursor=None)

    client(answer).events(kind=["visit", "meeting"], datetime=date(2016, 4, 15), actor=None, fields="id,title", limit=5)
    assert dict(seen[0].params) == {
        "kind": "visit,meeting",
        "datetime": "2016-04-15",
        "fields": "id,title",
        "limit": "5",
    }
    client(answer).timeline("a/b c")
    assert seen[1].raw_path.startswith(b"/v1/actors/a%2Fb%20c/timeline?")


def test_only_the_fields_that_were_asked_are_columns() -> None:
    assert list(client(lambda _: envelope([], next_cursor=None)).events(fields="title,id").columns) == ["title", "id"]


def test_what_the_client_sees_to_itself_is_refused() -> None:
    with pytest.raises(TypeError, match="leave it out"):
        client(pages).events(f="csv")


def test_what_an_answer_leaves_out_is_a_warning_of_the_caller() -> None:
    told = [{"code": "undated", "detail": "3 more"}, {"code": "limit_clamped", "detail": "x"}]
    with pytest.warns(DatelineWarning, match="undated: 3 more") as caught:
        table = client(lambda _: envelope([], next_cursor=None, warnings=told)).events()
    assert len(caught) == 1
    assert caught[0].filename == __file__
    assert table.attrs["meta"]["warnings"] == told


def problem(status: int, code: str = "", **told: Any) -> Answer:
    body = {"status": status, "code": code, "detail": "no", "request_id": "r1", **told}
    return lambda _: httpx.Response(status, json=body, headers={"content-type": "application/problem+json"})


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, "bad_query", BadQuery),
        (400, "ambiguous_actor", AmbiguousActor),
        (404, "not_found", NotFound),
        (422, "refused_document", RefusedDocument),
        (500, "unexpected", ServiceFault),
    ],
)
def test_a_problem_is_raised_by_name(status: int, code: str, kind: type[Exception]) -> None:
    with pytest.raises(kind) as caught:
        client(problem(status, code)).events()
    assert type(caught.value) is kind
    assert getattr(caught.value, "request_id", None) == "r1"


def test_an_error_says_the_mend() -> None:
    fault = {"parameter": "kind", "detail": "x", "did_you_mean": "visit", "allowed": ["visit", "meeting"]}
    with pytest.raises(BadQuery, match=r"no; did you mean visit\?; possible: visit, meeting") as caught:
        client(problem(400, "bad_query", errors=[fault])).events(kind="vist")
    assert caught.value.faults[0].did_you_mean == "visit"


def test_what_is_no_service_is_told() -> None:
    with pytest.raises(ServiceFault, match="does not answer as a Dateline service"):
        client(lambda _: httpx.Response(200, text="<html>")).events()


def test_nobody_there_is_told() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(Unreachable, match="is the service started"):
        client(answer).events()


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were waited, without waiting."""
    taken: list[float] = []
    monkeypatch.setattr("time.sleep", taken.append)
    return taken


def failing(times: int, status: int, **headers: str) -> Answer:
    """Refuses so many times, then answers."""
    left = [times]

    def answer(request: httpx.Request) -> httpx.Response:
        left[0] -= 1
        if left[0] >= 0:
            return httpx.Response(status, json={"detail": "later"}, headers=headers)
        return envelope([], next_cursor=None)

    return answer


@pytest.mark.parametrize("status", [429, 503])
def test_it_asks_again_after_the_time_that_the_service_names(naps: list[float], status: int) -> None:
    client(failing(2, status, **{"Retry-After": "3"})).events()
    assert naps == [3.0, 3.0]


def test_without_a_time_it_waits_longer_each_time(naps: list[float]) -> None:
    client(failing(3, 503)).events()
    assert naps == [0.5, 1.0, 2.0]


def test_an_instant_is_a_time_too(naps: list[float]) -> None:
    client(failing(1, 503, **{"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"})).events()
    assert naps == [0.0]


def test_its_patience_ends(naps: list[float]) -> None:
    with pytest.raises(TooManyRequests):
        client(failing(99, 429), patience=Patience(retries=2)).events()
    assert len(naps) == 2
    with pytest.raises(Unavailable):
        client(failing(99, 503, **{"Retry-After": "3600"})).events()
    assert len(naps) == 2


def test_the_asynchronous_client_answers_alike() -> None:
    async def ask() -> pd.DataFrame:
        transport = httpx.MockTransport(pages)
        async with AsyncDateline("http://service.example", transport=transport) as dateline:
            return await dateline.events(kind="visit")

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pd.testing.assert_frame_equal(asyncio.run(ask()), client(pages).events(kind="visit"))


def test_both_clients_have_the_same_questions() -> None:
    def questions(kind: type) -> set[str]:
        return {name for name in vars(kind) if not name.startswith("_")}

    assert questions(Dateline) == questions(AsyncDateline)
