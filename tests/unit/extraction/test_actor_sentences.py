"""Who is meant in sentences of many regions and years, read with the model: `sentences_of_actors.tsv`.

Its columns: the day of the article, its text, some words of it, and whom they name: the labels of each party joined by
`|`, several parties by `;`, `-` for none. Words that stand several times are meant where they stand last.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from app.domain.spans import TimeSpan
from app.extraction.actors import ActorReader
from app.extraction.datafiles import Row, read_rows
from app.extraction.lexicon import load_lexicon
from app.extraction.parsing import load_model

ROWS = list(read_rows(Path(__file__).with_name("sentences_of_actors.tsv")))


@cache
def model() -> Language:
    return load_model()


@cache
def reader() -> ActorReader:
    return ActorReader(load_lexicon())


@cache
def parsed(text: str) -> Doc:
    return model()(text)


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.text('day')} {row.text('words')}" for row in ROWS])
def test_words_name_whom_they_mean_on_the_day(row: Row) -> None:
    day, text, words, labels = (row.text(column) for column in ("day", "text", "words", "labels"))
    doc = parsed(text)
    index = reader().read([doc], TimeSpan.of_day(date.fromisoformat(day)))
    start = text.rfind(f" {words}") + 1 or text.rfind(words)
    span = doc.char_span(start, start + len(words), alignment_mode="expand")
    assert span is not None
    found = index.parties(span.root, conjuncts=False)
    assert (";".join("|".join(party.labels) for party in found) or "-") == labels


def test_there_are_a_hundred_sentences_and_more() -> None:
    assert len({row.text("text") for row in ROWS}) >= 100
