"""The model's rules for parts of speech and lemmas, with what they say of a word remembered: the same marks, sooner.

spaCy's AttributeRuler runs a matcher of some 180 patterns over every text, a fifth of the time of the whole parse.
Nearly all of them look at one word: at its tag, its part in the clause and, of a few hundred words, the letters. What
they make of such a word is asked once and remembered. A text in which a pattern of several words may begin goes to the
ruler itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc, Token

ASKED: list[str | int] = ["LOWER", "TAG", "DEP", "IS_SPACE"]
MARKED: list[str | int] = ["POS", "MORPH", "LEMMA"]
NAME = "word_rules"


class WordRules:
    """Marks a text as the ruler does. The marks do not depend on what it has remembered."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self._ruler = ruler
        self._letters = _Letters(ruler)
        self._openers = Matcher(ruler.vocab, validate=False)
        several = [pattern for pattern in _patterns(ruler) if len(pattern) > 1]
        if several:
            self._openers.add("opens", [pattern[:1] for pattern in several])
        self._known: dict[tuple[int, ...], tuple[int, ...] | None] = {}

    def __call__(self, doc: Doc) -> Doc:
        known, letters = self._known, self._letters
        marks = []
        for place, (lower, *rest) in enumerate(doc.to_array(ASKED).tolist()):
            key = (letters[lower], *rest)
            found = known[key] if key in known else self._remember(key, doc[place])
            if found is None:
                return self._ruler(doc)
            marks.append(found)
        if marks:
            values: Any = numpy.array(marks, dtype="uint64")
            doc.from_array(MARKED, values)
        return doc

    def _remember(self, key: tuple[int, ...], token: Token) -> tuple[int, ...] | None:
        """What the ruler makes of the word alone; None where a pattern of several words may begin at it, or where it
        would change what was asked of it."""
        alone = Doc(token.vocab, [token.text], [False], tags=[token.tag_], deps=[token.dep_], heads=[0])
        found = None
        if not self._openers(alone):
            asked = alone.to_array(ASKED).tolist()
            self._ruler(alone)
            if alone.to_array(ASKED).tolist() == asked:
                found = tuple(alone.to_array(MARKED)[0].tolist())
        self._known[key] = found
        return found


class _Letters(dict[int, int]):
    """The letters of a word as the rules see them: 0 for all those that no pattern asks for."""

    def __init__(self, ruler: AttributeRuler) -> None:
        super().__init__()
        self._strings = ruler.vocab.strings
        asked = [spec["LOWER"] for pattern in _patterns(ruler) for spec in pattern if "LOWER" in spec]
        self._words = {word for each in asked for word in ([each] if isinstance(each, str) else each.get("IN", ()))}
        self._forms = [re.compile(each["REGEX"]) for each in asked if "REGEX" in each and not isinstance(each, str)]

    def __missing__(self, lower: int) -> int:
        word = self._strings[lower]
        told = word in self._words or any(form.search(word) for form in self._forms)
        self[lower] = lower if told else 0
        return self[lower]


def _patterns(ruler: AttributeRuler) -> Iterator[list[dict[str, Any]]]:
    rules: Any = ruler.patterns
    for rule in rules:
        yield from rule["patterns"]


def is_of_words(ruler: AttributeRuler) -> bool:
    """Whether its patterns ask for nothing but tag, part and letters, and for letters only by lists and forms."""
    specs = [spec for pattern in _patterns(ruler) for spec in pattern]
    letters = [spec["LOWER"] for spec in specs if "LOWER" in spec]
    by_list = all(isinstance(each, str) or each.keys() <= {"IN", "REGEX"} for each in letters)
    return by_list and all(spec.keys() <= set(ASKED) for spec in specs)


@Language.factory(NAME)
def _word_rules(nlp: Language, name: str) -> WordRules:
    ruler = nlp.get_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    return WordRules(ruler)


def with_quick_rules(nlp: Language) -> Language:
    """The model with its ruler remembered, and with the lists of lemmas that its lemmatizer only looks up as sets.

    A model whose ruler asks for more than words keeps it as it is.
    """
    ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
    if isinstance(ruler, AttributeRuler) and is_of_words(ruler):
        nlp.add_pipe(NAME, before="attribute_ruler")
        nlp.disable_pipe("attribute_ruler")
    if isinstance(lemmatizer, Lemmatizer) and "lemma_index" in lemmatizer.lookups:
        index = lemmatizer.lookups.get_table("lemma_index")
        for part in list(index):
            index[part] = frozenset(index[part])
    return nlp
