"""Which format an Accept header asks for, and how a text is cut for its page."""

from __future__ import annotations

import pytest

from app.api.negotiation import accepted
from app.pages.highlight import pieces


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("text/csv", "csv"),
        ("text/csv;q=0.5, application/jsonl", "jsonl"),
        ("application/x-ndjson", "jsonl"),
        ("text/csv;q=0, application/json", "json"),
        ("text/html,application/xhtml+xml;q=0.9", "json"),
        (";;;,,,q=q", "json"),
    ],
)
def test_the_preferred_format_is_chosen(header: str, name: str) -> None:
    assert accepted(header).name == name


def test_pieces_are_the_text_again_and_mark_clause_and_trigger() -> None:
    text = "He came. He saw it."
    spans = [
        {"event_id": "a", "start": 0, "end": 7, "trigger_start": 3, "trigger_end": 7},
        {"event_id": "b", "start": 0, "end": 19, "trigger_start": 12, "trigger_end": 15},
    ]
    found = pieces(text, spans)
    assert "".join(piece.text for piece in found) == text
    assert [piece.text for piece in found if piece.is_trigger] == ["came", "saw"]
    assert found[0].starts == ("a", "b")
    assert pieces("nothing", []) == [pieces("nothing", [])[0]]
