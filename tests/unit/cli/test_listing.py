"""Events in a terminal: two to four lines each, whatever its width, and nothing essential cut away."""

from __future__ import annotations

from typing import Any

import pytest
from rich.console import Console

from app.cli.listing import Listing

QUOTE = "The two ministers agreed on Monday that the " + "long and winding " * 20 + "talks go on."
EVENT: dict[str, Any] = {
    "date_edtf": "2016-04-15",
    "kind_label": "Meeting",
    "modality": "asserted",
    "status": "reported",
    "source_names": ["Vladimir Putin"],
    "target_names": ["Qasem Soleimani"],
    "object": None,
    "evidence_text": "They met on Friday.",
    "publisher": "Levant Courier",
    "published_at": "2016-04-16",
    "n_reports": 1,
    "position": "before",
    "days_min": 3,
    "days_max": 3,
}
LONG = EVENT | {
    "date_edtf": "2016-04-01/2016-04-15",
    "kind_label": "Request or demand",
    "modality": "alleged",
    "status": "corroborated",
    "target_names": ["Qasem Soleimani", "Sergei Shoigu", "Islamic Revolutionary Guard Corps", "Iran"] * 3,
    "object": "missiles",
    "evidence_text": QUOTE,
    "n_reports": 12,
    "days_max": None,
}


def shown(width: int, *records: dict[str, Any], distance: bool = True) -> list[str]:
    screen = Console(width=width, color_system=None)
    with screen.capture() as captured:
        screen.print(Listing("What was asked", records, distance=distance))
    lines = captured.get().splitlines()
    assert max(map(len, lines)) <= width
    return [line.rstrip() for line in lines]


def test_a_short_event_takes_two_lines() -> None:
    title, head, first, second = shown(80, EVENT)
    assert title == "What was asked"
    assert head.split() == ["Distance", "When", "What", "Who"]
    assert first == "3 d before  2016-04-15  Meeting  Vladimir Putin → Qasem Soleimani"
    assert second == "  They met on Friday. (Levant Courier, 2016-04-16)"


@pytest.mark.parametrize("width", [80, 100, 120, 200])
def test_the_longest_event_takes_four(width: int) -> None:
    _, _, *lines = shown(width, LONG)
    assert len(lines) == 4
    text = " ".join(lines)
    assert "3+ d before" in text
    assert "Request or demand" in text
    assert "alleged, corroborated" in text
    assert "2016-04-01/" in lines[0]
    assert text.endswith("(Levant Courier, 2016-04-16, 12 reports)")
    assert " …" in text


def test_a_narrow_terminal_still_shows_something() -> None:
    screen = Console(width=40, color_system=None)
    with screen.capture() as captured:
        screen.print(Listing("What was asked", [EVENT, LONG], distance=True))
    assert "met" in captured.get()


def test_without_a_pivot_there_is_no_distance() -> None:
    assert shown(80, EVENT, distance=False)[2].startswith("2016-04-15  Meeting")


def test_no_event_is_only_the_question() -> None:
    assert len(shown(80)) == 2


def test_what_a_text_says_cannot_command_the_terminal() -> None:
    hostile = EVENT | {"evidence_text": "\x1b[2J [red]gone[/red]", "source_names": ["\x1b]0;title\x07"]}
    text = "\n".join(shown(80, hostile))
    assert "\x1b" not in text
    assert "[red]gone[/red]" in text
