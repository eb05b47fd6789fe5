"""The tools as a client of the protocol meets them: the package's own, over HTTP, on the demonstration corpus."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import anyio
import httpx
import pytest
from mcp.client import Client
from mcp.types import CallToolResult, ListToolsResult, TextContent

from app.api.params import EXAMPLE_EVENT as VISIT
from app.mcp.arguments import DEFAULT_ROWS
from app.mcp.tools import TOOLS
from tests.integration.conftest import Live


def call(live: Live, name: str, mode: str = "auto", **arguments: Any) -> CallToolResult:
    async def ask() -> CallToolResult:
        async with Client(f"{live.url}/mcp", mode=mode) as client:
            return await client.call_tool(name, arguments)

    return anyio.run(ask)


def answer(live: Live, name: str, **arguments: Any) -> dict[str, Any]:
    """What a call answers; the text and the structure say the same."""
    result = call(live, name, **arguments)
    (text,) = result.content
    assert isinstance(text, TextContent)
    assert not result.is_error, text.text
    assert json.loads(text.text) == result.structured_content
    return dict(result.structured_content)


def mend(live: Live, name: str, **arguments: Any) -> str:
    """What a call that fails says."""
    result = call(live, name, **arguments)
    assert result.is_error
    (text,) = result.content
    assert isinstance(text, TextContent)
    return text.text


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_five_tools_are_offered_that_only_read(live: Live, mode: str) -> None:
    async def ask() -> ListToolsResult:
        async with Client(f"{live.url}/mcp", mode=mode) as client:
            assert client.server_info.name == "dateline"
            assert client.instructions
            assert "left_out" in client.instructions
            return await client.list_tools()

    tools = anyio.run(ask).tools
    assert [tool.name for tool in tools] == [
        "search_events", "around", "actor_profile", "dyad_history", "get_evidence",
    ]  # fmt: skip
    for tool in tools:
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.input_schema["additionalProperties"] is False
        assert all(told.get("description") for told in tool.input_schema["properties"].values())


ASKED: list[tuple[str, dict[str, Any]]] = [
    ("search_events", {"kind": "visit"}),
    ("around", {"date": "2016-04-15"}),
    ("actor_profile", {"actor": "the Kremlin"}),
    ("dyad_history", {"a": "Russia", "b": "Iran"}),
    ("get_evidence", {"event": VISIT}),
]


def test_every_tool_is_asked() -> None:
    assert [name for name, _ in ASKED] == list(TOOLS)


@pytest.mark.parametrize(("name", "arguments"), ASKED)
def test_every_row_has_its_quote_and_a_permalink_that_opens(live: Live, name: str, arguments: dict[str, Any]) -> None:
    told = answer(live, name, **arguments)
    assert 1 <= len(told["rows"]) <= DEFAULT_ROWS
    assert all(row["quote"] for row in told["rows"])
    for address in {row["permalink"] for row in told["rows"]} | {told["same_as"]}:
        assert address.startswith(live.url)
        assert httpx.get(address).status_code == 200


@pytest.mark.parametrize(("name", "arguments"), ASKED)
def test_the_older_protocol_is_answered_alike(live: Live, name: str, arguments: dict[str, Any]) -> None:
    assert call(live, name, "legacy", **arguments).structured_content == answer(live, name, **arguments)


def test_the_rows_are_those_of_the_interface(live: Live) -> None:
    told = answer(live, "search_events", actor="the Kremlin", kind=["delivery", "visit"], sort="-date", limit=5)
    known = httpx.get(told["same_as"]).json()
    assert [row["id"] for row in told["rows"]] == [record["id"] for record in known["data"]]
    assert [row["quote"] for row in told["rows"]] == [record["evidence_text"] for record in known["data"]]
    assert told["matched"] == known["meta"]["matched"]
    assert told["understood"] == ["the Kremlin as Russia (RUS)"]


def test_what_is_left_out_is_told_and_the_cursor_leads_to_it(live: Live) -> None:
    first = answer(live, "search_events", limit=3)
    assert f"{first['matched']} match; these are 3 of them" in first["left_out"]
    assert any("modality=all" in sentence for sentence in first["left_out"])
    second = answer(live, "search_events", limit=3, cursor=first["next_cursor"])
    assert not {row["id"] for row in first["rows"]} & {row["id"] for row in second["rows"]}
    assert not any("modality=all" in sentence for sentence in answer(live, "search_events", modality="all")["left_out"])


def test_no_answer_is_longer_than_a_reader_can_take(live: Live) -> None:
    told = answer(live, "search_events", limit=100_000)
    assert len(told["rows"]) == 100
    assert told["next_cursor"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"datetime": "1805", "match": "certain"}, "dated events are kept from"),
        ({"actor": "Bhutan"}, "no event of Bhutan (BTN) is kept"),
        ({"kind": "ultimatum", "publisher": "Nobody's Paper"}, "no event fits all the filters"),
    ],
)
def test_an_empty_answer_says_why(live: Live, arguments: dict[str, Any], reason: str) -> None:
    told = answer(live, "search_events", **arguments)
    assert told["rows"] == []
    assert any(reason in sentence for sentence in told["why_empty"]), told


def test_around_holds_the_nearest_in_the_order_of_their_dates(live: Live) -> None:
    few = answer(live, "around", date="2016-04-15", window="1y", limit=4)["rows"]
    many = answer(live, "around", date="2016-04-15", window="1y", limit=100)["rows"]
    farthest = max(row["days_max"] for row in few)
    others = {row["id"] for row in many} - {row["id"] for row in few}
    assert len(few) == 4
    assert all(row.get("days_max", farthest) >= farthest for row in many if row["id"] in others)
    begins = [row.get("date_earliest", row.get("date_latest")) for row in many]
    assert begins == sorted(begins)


def test_around_an_event_leaves_that_event_out(live: Live) -> None:
    told = answer(live, "around", event=VISIT)
    assert told["pivot"] == answer(live, "get_evidence", event=VISIT)["event"]["date_edtf"]
    assert VISIT not in {row["id"] for row in told["rows"]}


def test_a_profile_tells_names_offices_and_counterparts(live: Live) -> None:
    actor = answer(live, "actor_profile", actor="Soleimani")["actor"]
    assert actor["id"] == "qasem-soleimani"
    assert actor["offices"]
    assert {one["id"] for one in actor["counterparts"]}


def test_a_dyad_is_told_from_both_sides_and_counted(live: Live) -> None:
    told = answer(live, "dyad_history", a="Russia", b="Iran", limit=100)
    assert sum(told["kinds"].values()) == told["matched"] == len(told["rows"])
    assert {"Russia as Russia (RUS)", "Iran as Iran (IRN)"} == set(told["understood"])


def test_evidence_tells_each_report_and_the_way_to_its_date(live: Live) -> None:
    (twice, *_) = answer(live, "search_events", min_reports=2)["rows"]
    told = answer(live, "get_evidence", event=twice["id"])
    assert told["event"]["n_reports"] == twice["n_reports"] >= 2
    # A report is an independent text; one text may tell the event in two sentences, and another reprint it.
    assert len(told["rows"]) >= len({row["document"] for row in told["rows"]}) >= twice["n_reports"]
    for row in told["rows"]:
        assert row["date"]["edtf"]
        assert row["date"]["rule"]
        text = httpx.get(row["document"].replace("/documents/", "/v1/documents/")).json()["data"]["text"]
        assert text[row["start"] : row["end"]] == row["quote"]


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("search_events", {"actor": "Rusia"}, "did you mean Russia?"),
        ("search_events", {"knd": "visit"}, "knd: there is no such argument; did you mean kind?"),
        ("search_events", {"kind": "ultimatun"}, "did you mean ultimatum?"),
        ("search_events", {"limit": 0}, "limit"),
        ("search_events", {"datetime": "2017/2016"}, "did you mean 2016/2017?"),
        ("search_events", {"min_confidence": 7}, "min_confidence"),
        ("around", {}, "ask with a date or with an event"),
        ("around", {"date": "2016-02-30"}, "date"),
        ("actor_profile", {}, "actor: this argument is needed"),
        ("actor_profile", {"actor": "Solemani"}, "did you mean"),
        ("dyad_history", {"a": "Rusia", "b": "Iran"}, "a: no actor is known as 'Rusia'; did you mean Russia?"),
        ("get_evidence", {"event": VISIT[:-1] + "q"}, f"did you mean {VISIT}?"),
        ("search_event", {}, "did you mean search_events?"),
    ],
)
def test_an_error_names_the_mend(live: Live, name: str, arguments: dict[str, Any], words: str) -> None:
    assert words in mend(live, name, **arguments)


def test_the_unexpected_says_nothing(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr("app.services.timeline.find", fail)
    assert mend(live, "search_events") == "something went wrong here; the log of the service holds it"


def test_a_slow_question_holds_nobody_else_up(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    entered, leave = threading.Event(), threading.Event()
    find: Callable[..., Any] = __import__("app.services.timeline", fromlist=["find"]).find

    def slow(*given: Any) -> Any:
        entered.set()
        assert leave.wait(30)
        return find(*given)

    monkeypatch.setattr("app.services.timeline.find", slow)
    asking = threading.Thread(target=lambda: call(live, "search_events"))
    asking.start()
    try:
        assert entered.wait(30)
        assert httpx.get(f"{live.url}/health", timeout=10).status_code == 200
    finally:
        leave.set()
        asking.join(30)


def post(live: Live, **headers: str) -> httpx.Response:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    known = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}
    return httpx.post(f"{live.url}/mcp", json=body, headers=known | headers)


def test_a_page_of_elsewhere_is_turned_away(live: Live) -> None:
    assert post(live).status_code == 200
    assert post(live, Origin=live.url).status_code == 200
    foreign = post(live, Origin="https://elsewhere.example")
    assert (foreign.status_code, foreign.json()["code"]) == (403, "foreign_origin")
    assert foreign.headers["content-type"] == "application/problem+json"


def test_a_name_that_was_pointed_at_this_machine_is_turned_away(live: Live) -> None:
    rebound = post(live, Host="elsewhere.example:8000")
    assert rebound.status_code == 421
    assert "DATELINE_PUBLIC_URL" in rebound.json()["detail"]


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_there_are_no_sessions_to_open_or_close(live: Live, method: str) -> None:
    assert httpx.request(method, f"{live.url}/mcp").status_code == 405


def test_a_call_that_is_far_too_large_is_turned_away(live: Live) -> None:
    assert httpx.post(f"{live.url}/mcp", content=b" " * 1_000_001).status_code == 413


def test_the_start_does_not_wait_for_the_package() -> None:
    script = "import sys, app.main; app.main.create_app(); print('mcp' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120)
    assert told.stdout.strip() == "False"
