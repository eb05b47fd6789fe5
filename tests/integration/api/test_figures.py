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
