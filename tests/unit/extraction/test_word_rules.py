"""The model's rules for words, remembered: the same marks as of the model as it is shipped."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from app.extraction.parsing import load_bare_model, load_model
from app.extraction.word_rules import NAME, is_of_words
from app.sources.demo import load_demo

TEXTS = (
    "There is a man. Let's go, y'all: I gotta do it, he ain't it, and nothin' doin'.",
    "That that they have had had had no effect is what it did to them, but for it.",
    "Do you deliver? It delivered you, and you it; we were delivering, weren't we?\n\n  \t Yes. ",
    "THE MINISTERS' TALKS STALL\nKills 12 — Arrested in Cairo",
    "",
    "  ",
    "\n",
    "…",
)


@pytest.fixture(scope="module")
def shipped() -> Language:
    return load_bare_model()


@pytest.fixture(scope="module")
def quick() -> Language:
    return load_model()


def marks(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (word.text, word.tag_, word.pos_, str(word.morph), word.lemma_, word.dep_, word.head.i, word.is_sent_start)
        for word in doc
    ]


def test_every_word_is_marked_as_by_the_model_as_shipped(shipped: Language, quick: Language) -> None:
    texts = [*TEXTS, *(document.text for document in list(load_demo())[:60]), *TEXTS]
    pairs = zip(shipped.pipe(texts), quick.pipe(texts), strict=True)
    assert [(marks(one), marks(other)) for one, other in pairs if marks(one) != marks(other)] == []


@pytest.mark.parametrize(
    ("form", "verb"), [("staged", "stage"), ("waging", "wage"), ("fined", "fine"), ("relaunched", "relaunch")]
)
def test_forms_that_the_model_takes_for_another_verb_s_are_known(quick: Language, form: str, verb: str) -> None:
    assert [word.lemma_ for word in quick(f"They {form} it.")][1] == verb


def test_the_ruler_is_not_run_where_it_has_been_remembered(quick: Language) -> None:
    assert NAME in quick.pipe_names
    assert "attribute_ruler" not in quick.pipe_names


def test_a_ruler_that_asks_for_more_than_words_stays(shipped: Language) -> None:
    ruler = AttributeRuler(shipped.vocab)
    ruler.add([[{"TAG": "NN", "LOWER": {"IN": ["one"]}}]], {"POS": "NUM"})
    assert is_of_words(ruler)
    ruler.add([[{"LENGTH": {">": 12}}]], {"POS": "X"})
    assert not is_of_words(ruler)
    by_exclusion = AttributeRuler(shipped.vocab)
    by_exclusion.add([[{"LOWER": {"NOT_IN": ["one"]}}]], {"POS": "NUM"})
    assert not is_of_words(by_exclusion)
