"""The client against the service itself, and the examples of its page."""

from __future__ import annotations

import asyncio
import re
import warnings
from pathlib import Path
from typing import Any

import httpx
import pandas as pd
import pytest

from app.client import AsyncDateline, BadQuery, Dateline, DatelineWarning, NotFound, RefusedDocument
from app.services import tables
from tests.integration.conftest import Live

PAGE = Path(__file__).parents[3] / "docs" / "client.md"
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


@pytest.fixture
def dateline(live: Live) -> Any:
    with warnings.catch_warnings(), Dateline(live.url) as client:
        warnings.simplefilter("ignore", DatelineWarning)
        yield client


def test_all_events_come_with_the_types_that_the_service_declares(live: Live, dateline: Dateline) -> None:
    table = dateline.events(modality="all")
    told = httpx.get(f"{live.url}/v1/events?modality=all&limit=1&count=exact").json()["meta"]["matched"]
    assert len(table) == told == table["id"].nunique()
    for name, dtype in tables.COLUMNS.items():
        ours = str(table.dtypes[name])
        assert ours == dtype or (dtype, ours) in {("string", "category"), ("int64", "Int64"), ("string", "str")}, name


def test_small_pages_join_to_the_same_table(live: Live, dateline: Dateline, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = dateline.events(kind="visit")
    monkeypatch.setattr("app.client.asking.PAGE", 3)
    assert len(whole) > 3
    assert dateline.events(kind="visit")["id"].tolist() == whole["id"].tolist()


def test_around_tells_the_distance(dateline: Dateline) -> None:
    table = dateline.around("2016-04-15", window="30d", kind="delivery")
    assert len(table)
    assert set(table["position"]) <= {"before", "same_day", "overlapping", "after"}
    assert table.attrs["pivot"]["date"] == "2016-04-15"
    assert sum(table.attrs["counts"].values()) == len(table)


def test_the_other_questions(dateline: Dateline) -> None:
    assert dateline.actors("Soleim")["id"][0] == "qasem-soleimani"
    assert dateline.actor("the Kremlin")["id"] == "RUS"
    line = dateline.timeline("RUS", kind="delivery")
    assert set(line["kind"]) == {"delivery"}
    assert dateline.event(line["id"][0])["reports"]
    documents = dateline.documents()
    assert dateline.document(int(documents["id"][0]))["text"]


def test_errors_are_named(dateline: Dateline) -> None:
    with pytest.raises(BadQuery, match=r"did you mean ultimatum\?"):
        dateline.events(kind="ultimatun")
    with pytest.raises(NotFound):
        dateline.event("nothing")
    with pytest.raises(RefusedDocument):
        dateline.submit({"text": "   "})


def test_the_same_text_is_known(live: Live, dateline: Dateline) -> None:
    text = dateline.document(1)["text"]
    table = dateline.submit([{"text": text}])
    assert table["status"].tolist() == ["known"]
    assert table["id"].tolist() == [1]


def test_the_asynchronous_client_asks_many_things_at_once(live: Live, dateline: Dateline) -> None:
    async def ask() -> list[pd.DataFrame]:
        async with AsyncDateline(live.url) as client:
            return await asyncio.gather(*(client.events(kind=kind) for kind in ("visit", "delivery", "refusal")))

    for kind, table in zip(("visit", "delivery", "refusal"), asyncio.run(ask()), strict=True):
        pd.testing.assert_frame_equal(table, dateline.events(kind=kind))


@pytest.mark.filterwarnings("ignore::app.client.DatelineWarning")
@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_the_examples_of_the_page_run(live: Live, number: int) -> None:
    assert len(EXAMPLES) >= 4
    exec(compile(EXAMPLES[number].replace("http://127.0.0.1:8000", live.url), str(PAGE), "exec"), {})
