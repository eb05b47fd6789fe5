"""What whole sentences tell: the kind of an event and its sides, in headlines and in prose."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.documents import Document
from app.domain.events import Mention
from app.domain.spans import TimeSpan
from app.extraction.reading import ArticleReader, load_reader

PUBLISHED = TimeSpan.of_day(date(2012, 5, 15))


@pytest.fixture(scope="module")
def reader() -> ArticleReader:
    return load_reader()


def read(reader: ArticleReader, sentence: str) -> tuple[Mention, ...]:
    (found,) = reader.read_many([Document(sentence, published=PUBLISHED)])
    return found.mentions


@pytest.mark.parametrize(
    ("sentence", "amount", "currency"),
    [
        ("Australia donated $10m to Fiji.", 10_000_000, "USD"),
        ("Britain donated £3m to Haiti.", 3_000_000, "GBP"),
        ("Norway pledged €25bn to Sudan.", 25_000_000_000, "EUR"),
        ("Japan donated $50m in aid to Haiti.", 50_000_000, "USD"),
    ],
)
def test_a_sum_keeps_its_scale(reader: ArticleReader, sentence: str, amount: int, currency: str) -> None:
    (mention,) = read(reader, sentence)
    assert mention.value is not None
    assert (mention.value.amount, mention.value.currency) == (amount, currency)


def test_a_quantity_keeps_its_scale(reader: ArticleReader) -> None:
    (mention,) = read(reader, "Japan donated $50m in aid to Haiti.")
    assert mention.quantity == "$50m"
