"""What analyses count is what their list holds, whichever table they were counted from."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd
import pytest
from starlette.testclient import TestClient

# No sums are kept by it, and every event fits it: asked with it, a question is counted from the events.
FROM_EVENTS = "min_confidence=0"


def get(client: TestClient, path: str) -> Any:
    reply = client.get(f"/v1/{path}")
    assert reply.status_code == 200, reply.text
    return reply.json()


def listed(client: TestClient, filters: str) -> pd.DataFrame:
    """The list of the same filters, its days as whole numbers of days; an end that is not known is missing."""
    frame = pd.read_csv(io.StringIO(client.get(f"/v1/export.csv?{filters}").text), keep_default_na=True)
    for end in ("date_earliest", "date_latest"):
        frame[end] = pd.to_datetime(frame[end], errors="coerce")
    return frame


def by_year(frame: pd.DataFrame) -> dict[str, int]:
    """How many have a date that lies in a year entirely, of each year."""
    first, last = (frame[end].dt.year for end in ("date_earliest", "date_latest"))
    return {str(int(year)): int(n) for year, n in first[first == last].value_counts().items()}


def open_ended(frame: pd.DataFrame) -> int:
    return int((frame["date_earliest"].isna() | frame["date_latest"].isna()).sum())


def warnings(found: Any) -> dict[str, str]:
    return {warning["code"]: warning["detail"] for warning in found["meta"]["warnings"]}


@pytest.mark.parametrize(
    "filters",
    [
        "", "datetime=2001/2016", "datetime=2001/..", "datetime=../2016", "datetime=2001/2016&match=certain",
        "actor=IRN", "actor=IRN,RUS", "actor=vladimir-putin", "actor=!IRN", "dyad=RUS,IRN", "dyad=IRN,RUS&actor=RUS",
        "kind=visit", "kind=!statement", "actor=IRN&kind=!meeting", "dyad=RUS,IRN&kind=!meeting&datetime=2001/2016",
        "actor=IRN&datetime=2001/2016", "dyad=RUS,IRN&datetime=2001/2016", "country=IRN&datetime=2001/2016",
        "source=RUS", "target=IRN&datetime=2001/2016", "modality=all&status=reported",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "question",
    [
        "panel?unit=actor&interval=year", "panel?unit=dyad&interval=year", "network?level=state", "network?level=named",
        "histogram?interval=year", "histogram?interval=quarter&by=kind", "histogram?interval=week",
        "trend?interval=year", "compare?actors=PRK,SYR",
    ],
)  # fmt: skip
def test_sums_that_are_kept_tell_what_the_events_tell(demo: TestClient, question: str, filters: str) -> None:
    if question.startswith("compare"):
        filters = "&".join(part for part in filters.split("&") if not part.startswith("actor=") or "!" in part)
    kept, told = (get(demo, f"{question}&{filters}&{more}") for more in ("", FROM_EVENTS))
    assert told["meta"]["source"] == "event"
    assert filters or kept["meta"]["source"] != "event"
    assert kept["data"] == told["data"]
    assert kept["meta"]["n"] == told["meta"]["n"]
    assert warnings(kept) == warnings(told)


@pytest.mark.parametrize(
    "filters", ["dyad=RUS,IRN", "kind=!statement", "kind=!meeting", "datetime=2001/2016", "dyad=RUS,IRN&datetime=2016"]
)
def test_a_panel_of_actors_counts_what_their_lists_hold(demo: TestClient, filters: str) -> None:
    panel = pd.DataFrame(get(demo, f"panel?unit=actor&interval=year&units=4&{filters}")["data"])
    assert panel["actor"].nunique() == 4
    for actor, rows in panel.groupby("actor"):
        held = {year: int(n) for year, n in zip(rows["interval"], rows["n"], strict=True) if n}
        assert held == by_year(listed(demo, f"actor={actor}&{filters}")), actor


def test_a_panel_of_one_actor_leaves_out_the_kinds_that_are_not_wanted(demo: TestClient) -> None:
    rows = get(demo, "panel?unit=actor&interval=year&actor=IRN&kind=!meeting")["data"]
    assert {row["interval"]: row["n"] for row in rows if row["n"]} == by_year(listed(demo, "actor=IRN&kind=!meeting"))


def test_the_network_of_a_pair_has_no_more_than_the_events_of_the_pair(demo: TestClient) -> None:
    links = get(demo, "network?level=state&dyad=RUS,IRN")["data"]["links"]
    most = max(links, key=lambda link: link["n"])
    assert {most["source"], most["target"]} == {"RUS", "IRN"}
    assert most["n"] == len(listed(demo, "dyad=RUS,IRN"))
    assert len(links) < len(get(demo, "network?level=state")["data"]["links"])


def test_the_network_of_states_may_be_asked_of_a_person(demo: TestClient) -> None:
    links = get(demo, "network?level=state&actor=vladimir-putin")["data"]["links"]
    for link in links:
        both = listed(demo, f"actor=vladimir-putin&dyad={link['source']},{link['target']}")
        assert link["n"] == len(both)
    assert links


@pytest.mark.parametrize("question", ["histogram?interval=year", "trend?interval=year", "histogram?interval=week"])
@pytest.mark.parametrize("more", ["", FROM_EVENTS])
def test_all_dates_with_an_open_end_that_the_list_holds_are_told(demo: TestClient, question: str, more: str) -> None:
    n = open_ended(listed(demo, "datetime=2001/2016"))
    told = warnings(get(demo, f"{question}&datetime=2001/2016&{more}"))["one_end_known"]
    assert told.startswith(f"{n} events have a date of which one end")


# -- what is left out -----------------------------------------------------------------------------


def test_a_third_actor_is_no_filter_of_a_comparison_of_two(demo: TestClient) -> None:
    reply = demo.get("/v1/compare?actors=IRN,PRK&actor=RUS")
    fault = reply.json()["errors"][0]
    assert (reply.status_code, fault["parameter"], fault["example"]) == (400, "actor", "!SYR")
    assert "leave `actor` out" in fault["detail"]
    meta = get(demo, "compare?actors=IRN,PRK&actor=!RUS")["meta"]
    assert meta["a"]["n"] == len(listed(demo, "actor=IRN,!RUS"))
    meta = get(demo, "compare?periods=2001/2008,2009/2016&actor=RUS")["meta"]
    assert meta["b"]["n"] == len(listed(demo, "actor=RUS&datetime=2009/2016&match=certain"))


def test_periods_are_not_asked_for_within_another_window(demo: TestClient) -> None:
    reply = demo.get("/v1/compare?periods=2014,2015&datetime=2016")
    assert (reply.status_code, reply.json()["errors"][0]["parameter"]) == (400, "periods")


@pytest.mark.parametrize("actors", ["IRN,PRK", "PRK,IRN"])
def test_against_nothing_there_is_no_ratio(demo: TestClient, actors: str) -> None:
    found = get(demo, f"compare?actors={actors}&datetime=2001/2016")
    assert 0 in (found["meta"]["a"]["n"], found["meta"]["b"]["n"])
    assert {row["ratio"] for row in found["data"]} == {None}
    assert {row["p"] for row in found["data"]} == {1.0}


@pytest.mark.parametrize("question", ["network?level=state", "network?level=named"])
def test_a_network_tells_which_dates_its_window_leaves_out(demo: TestClient, question: str) -> None:
    frame = listed(demo, "datetime=2001")
    first, last = frame["date_earliest"], frame["date_latest"]
    reaching = first.isna() & (last > "2001-12-31") | last.isna() & (first < "2001-01-01")
    detail = f"{reaching.sum()} more events have one known end, outside of the window, and are not counted"
    assert reaching.sum()
    assert warnings(get(demo, f"{question}&datetime=2001"))["one_end_known"] == detail
    assert "one_end_known" not in warnings(get(demo, question))


def test_sides_of_a_comparison_tell_which_dates_their_window_leaves_out(demo: TestClient) -> None:
    found = get(demo, "compare?actors=IRN,PRK&datetime=2001/2016")["meta"]
    told = {
        one["detail"].partition(":")[0]: one["detail"] for one in found["warnings"] if one["code"] == "one_end_known"
    }
    for side, actor in (("a", "IRN"), ("b", "PRK")):
        left = len(listed(demo, f"actor={actor}&datetime=2001/2016")) - found[side]["n"]
        assert left
        assert f": {left} more events" in told[found[side]["name"]]
    assert "no_match" not in {one["code"] for one in found["warnings"]}


def test_periods_tell_how_many_events_may_lie_in_them(demo: TestClient) -> None:
    meta = get(demo, "compare?periods=2001/2008,2009/2016")["meta"]
    told = [one["detail"] for one in meta["warnings"] if one["code"] == "only_possible"]
    for side, period, detail in zip("ab", ("2001/2008", "2009/2016"), told, strict=True):
        held, certain = (len(listed(demo, f"datetime={period}{more}")) for more in ("", "&match=certain"))
        assert meta[side]["n"] == certain
        assert detail.startswith(f"{meta[side]['name']}: {held - certain} more events may lie")
    assert "lies in a period entirely" in meta["method"]


@pytest.mark.parametrize("filters", ["", "datetime=2001/2016", "actor=RUS"])
def test_a_sequence_tells_which_events_have_no_day(demo: TestClient, filters: str) -> None:
    found = get(demo, f"sequence?first=request&then=statement&within=1y&same=any&{filters}")["meta"]
    told = [one["detail"] for one in found["warnings"] if one["code"] == "no_exact_day"]
    for kind, detail in zip(("request", "statement"), told, strict=True):
        frame = listed(demo, f"kind={kind}&{filters}")
        n = int((frame["date_earliest"].isna() | (frame["date_earliest"] != frame["date_latest"])).sum())
        assert detail == f"{n} events of {kind} have no exact day, and are not counted"
        days = len(frame) - n
        assert kind != "request" or found["n"] == days


@pytest.mark.parametrize("suffix", ["", ".csv", ".svg"])
def test_what_is_left_out_of_a_side_is_told_in_the_letters_of_headers(demo: TestClient, suffix: str) -> None:
    reply = demo.get(f"/v1/compare{suffix}?periods=2001/2008,2009/2016")
    assert "31 December 2008: " in reply.headers["dateline-left-out"]
