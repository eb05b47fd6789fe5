"""Dates counted from what the text has told: "a year on", "by then", "the same day", eves, months that follow."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from app.extraction.temporal import TaggedBlock, tag, tag_blocks

WEDNESDAY = date(2015, 5, 6)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He was shot in May 2013. A year on, the case is open.", "2014"),
        ("He was shot in May 2010. Two years on, the case was closed.", "2012"),
        ("He was shot on 3 May 2010; three months on, he died.", "2010-08"),
        ("A year on, the case is open.", "XXXX"),
        ("Rebels took it on 3 March 2014. By then the army had left.", "2014-03-03"),
        ("Rebels took it on 3 March 2014. Until then it was calm.", "2014-03-03"),
        ("On 1 April he left. Two weeks later he returned. The same day a bomb went off.", "2015-W16"),
        ("He left on 1 April. In October 2014 he had come. That day a bomb went off.", "2014-10-XX"),
        ("On 1 April he left. The same day a bomb went off.", "2015-04-01"),
    ],
)
def test_a_date_is_counted_from_the_one_told_before(text: str, value: str) -> None:
    assert tag(text, WEDNESDAY)[-1].timex_value == value


def test_by_then_is_a_bound() -> None:
    assert tag("Rebels took it on 3 March 2014. By then the army had left.", WEDNESDAY)[-1].edtf == "../2014-03-03"


def test_a_thing_on_the_road_is_no_distance() -> None:
    assert [one.timex_value for one in tag("They are two years on the road.", WEDNESDAY)] == ["P2Y"]


@pytest.mark.parametrize(
    ("text", "quote", "day"),
    [
        (
            "The vote was held on 12 April. On the eve of the vote, a bomb went off.",
            "the eve of the vote",
            "2015-04-11",
        ),
        (
            "The election will be on 7 June. He spoke on the eve of the election.",
            "the eve of the election",
            "2015-06-06",
        ),
        ("On the eve of the summit he fell ill. The summit was on 3 May.", "the eve of the summit", "2015-05-02"),
        (
            "A rally was held on 2 May. The vote was on 12 April. On the eve of the presidential vote he spoke.",
            "the eve of the presidential vote",
            "2015-04-11",
        ),
    ],
)
def test_an_eve_is_the_day_before_a_thing_dated_elsewhere(text: str, quote: str, day: str) -> None:
    (eve,) = (one for one in tag(text, WEDNESDAY) if "eve" in one.quote)
    assert (eve.quote, eve.edtf) == (quote, day)
    assert eve.anchor is not None
    assert eve.anchor.reason.startswith("the day of the ")


def test_an_eve_is_found_across_blocks() -> None:
    blocks = [TaggedBlock("On the eve of the vote a bomb went off."), TaggedBlock("The vote was held on 12 April.")]
    ((eve,), _) = tag_blocks(blocks, WEDNESDAY)
    assert eve.edtf == "2015-04-11"


@pytest.mark.parametrize("text", ["On the eve of the vote, a bomb went off.", "On the eve of the party he left."])
def test_the_eve_of_an_undated_thing_is_no_date(text: str) -> None:
    assert tag(text, WEDNESDAY) == ()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("In July the town fell. Retaken in August, it fell again.", ["2014-07", "2014-08"]),
        ("In July 2013 the town fell. Retaken in August, it fell again.", ["2013-07", "2013-08"]),
        ("In July the town was quiet.", ["2014-07"]),
        ("In July the town will be quiet.", ["2015-07"]),
        ("In July elections were announced.", ["2015-07"]),
    ],
)
def test_a_month_at_the_head_of_a_deed_is_past(text: str, values: list[str]) -> None:
    assert [one.timex_value for one in tag(text, WEDNESDAY)] == values


@pytest.mark.parametrize(("said", "tag_of"), [("said", "VBD"), ("say", "VBP"), ("announced", "VBD")])
def test_the_day_of_a_saying_is_past_whatever_is_believed(said: str, tag_of: str) -> None:
    words = ["Police", said, "on", "Monday", "they", "believe", "he", "fled", "."]
    doc = Doc(
        Vocab(),
        words=words,
        spaces=[True] * 7 + [False, False],
        heads=[1, 1, 5, 2, 5, 1, 7, 5, 1],  # the parser hangs the day on what is believed
        deps=["nsubj", "ROOT", "prep", "pobj", "nsubj", "ccomp", "nsubj", "ccomp", "punct"],
        tags=["NNS", tag_of, "IN", "NNP", "PRP", "VBP", "PRP", "VBD", "."],
        pos=["NOUN", "VERB", "ADP", "PROPN", "PRON", "VERB", "PRON", "VERB", "PUNCT"],
    )
    (monday,) = tag(doc.text, WEDNESDAY, doc)
    assert monday.timex_value == "2015-05-04"
