"""Steps run in an order that is checked when the pipeline is built."""

from __future__ import annotations

import pytest

from app.domain.documents import Document
from app.extraction.pipeline import Article, Pipeline, Step


def step(name: str, needs: str, gives: str) -> Step:
    def run(article: Article) -> None:
        article.language += name

    return Step(name, frozenset(needs.split()), frozenset(gives.split()), run)


def test_a_step_before_what_it_needs_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="'second' runs before"):
        Pipeline((step("second", "first", ""), step("first", "document", "first")))


def test_steps_run_in_order() -> None:
    pipeline = Pipeline((step("a", "document", "first"), step("b", "first", "")))
    assert pipeline.run(Article(Document("text"))).language == "ab"
