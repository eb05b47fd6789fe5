"""Lines of an article told apart by their form, with offsets that hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extraction.blocks import LONGEST_BLOCK, BlockKind, blocks_of, normalised

ARTICLE = """Envoy Flies To Ruritania For Talks

Photo by: Agency
The envoy (L) shakes hands with his host [Reuters]
The envoy flew to Ruritania on Monday for talks with the government there.
1. Ruritania must reopen the border.
Read more: five things to know
"""


def kinds(text: str) -> list[str]:
    return [block.kind.value for block in blocks_of(text)]


def test_lines_are_told_apart_by_their_form() -> None:
    assert kinds(ARTICLE) == ["headline", "boilerplate", "caption", "body", "item", "boilerplate"]


def test_a_title_case_headline_is_written_as_a_sentence() -> None:
    assert blocks_of(ARTICLE)[0].text == "Envoy flies to Ruritania for talks"


def test_a_headline_keeps_the_names_of_the_body() -> None:
    body = "The king praised President March of Elbonia for the march on the old capital of the country."
    text = f"March Signs Treaty With Ruritania\n\n{body}"
    assert blocks_of(text)[0].text.startswith("March signs treaty with Ruritania")


def test_a_line_told_twice_is_read_once() -> None:
    line = "The envoy left Ruritania on Tuesday after two days of talks there."
    assert kinds(f"{line}\n\n{line}") == ["body", "repeated"]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The government of Ruritania said on Monday that it would send an envoy to\n"
        "the talks in Elbonia next week, and that the border would be opened to all\n"
        "traders again."
    )
    (block,) = blocks_of(text)
    assert block.text == text.replace("\n", " ")


def test_the_marks_of_a_caption_are_blanked_out() -> None:
    caption = blocks_of(ARTICLE)[2]
    assert "(L)" not in caption.text
    assert "Reuters" not in caption.text


def test_a_long_paragraph_is_cut_at_the_end_of_a_sentence() -> None:
    text = "The envoy flew to Ruritania for talks on the border. " * 300
    blocks = blocks_of(text)
    assert len(blocks) > 1
    assert all(len(block.text) <= LONGEST_BLOCK for block in blocks)
    assert all(block.text.rstrip().endswith(".") for block in blocks)


def test_typographic_characters_are_replaced_one_by_one() -> None:
    assert normalised("“Moscow’s”\u00a0‘no’") == "\"Moscow's\" 'no'"


@pytest.mark.parametrize("text", ["", "\n\n", "   ", "....", "\x00\x01"])
def test_nothing_to_read_gives_no_readable_block(text: str) -> None:
    assert all(block.kind is BlockKind.BOILERPLATE for block in blocks_of(text))


@given(st.text(max_size=400))
def test_offsets_always_quote_the_document(text: str) -> None:
    for block in blocks_of(text):
        quoted = text[block.start : block.start + len(block.text)]
        assert len(quoted) == len(block.text)
        if block.kind is BlockKind.BODY:
            assert normalised(quoted).replace("\n", " ") == block.text
