"""Coding measured on the project's own sentences, of which one half was not looked at while the rules were written."""

from __future__ import annotations

from collections import Counter

import pytest

from app.extraction.coding import Coder, Question
from app.extraction.parsing import load_model
from tests.coded_sentences import PARTS, coded_sentences, share_right

# The last recorded shares, rounded down.
FLOORS = {"learn": 88.0, "check": 70.0}


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(load_model())


@pytest.mark.parametrize("part", PARTS)
def test_sentences_are_coded_as_well_as_recorded(coder: Coder, part: str) -> None:
    sentences = coded_sentences(part)
    questions = [Question(line["sentence"], line["source"], line["target"]) for line in sentences]
    assert share_right(sentences, [answer.plover for answer in coder.code_many(questions)]) >= FLOORS[part]


@pytest.mark.parametrize("part", PARTS)
def test_every_type_has_as_many_sentences_and_both_sides_stand_in_them(part: str) -> None:
    sentences = coded_sentences(part)
    assert set(Counter(line["root"] for line in sentences).values()) == {48}
    assert all(line[side] in line["sentence"] for line in sentences for side in ("source", "target"))


def test_no_sentence_stands_in_both_parts() -> None:
    learn, check = ({line["sentence"] for line in coded_sentences(part)} for part in PARTS)
    assert len(learn) == len(check) == 720
    assert not learn & check
