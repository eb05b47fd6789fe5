"""A headline's verb in the present, which the model takes for a noun: "Putin lifts ban", "Protesters storm parliament".

The past form of a verb is hardly ever a noun, so a headline without a verb is parsed once more with the past of the
first deed that may be one, and keeps its own words with that parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc, Token

from app.extraction.blocks import BlockKind, inflected
from app.extraction.codebook import Triggers
from app.extraction.grammar import load_grammar

LINES = (BlockKind.HEADLINE, BlockKind.HEADING)
SUBJECTS = ("NNP", "NNPS", "NNS", "NN", "CD")
MANY = ("NNS", "NNPS", "CD")
_ONE_VOWEL = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")


class HeadlineParser:
    """Knows the present forms of the triggers that are verbs, and parses by `nlp`."""

    def __init__(self, nlp: Language, triggers: Triggers) -> None:
        self._nlp = nlp
        irregular = _irregular_pasts(nlp)
        self._nouns = {lemma for lemma, pos in triggers if pos == "N"}
        deeds = (lemma for lemma, pos in triggers if pos == "V" and lemma.replace("-", "").isalpha())
        verbs = (*deeds, *load_grammar().goings_on)
        pasts = {verb: irregular.get(verb) or _regular_past(verb) for verb in verbs}
        self._of_one = {inflected(verb, verb=True)[1]: (verb, past) for verb, past in pasts.items()}
        self._of_many = {verb: (verb, past) for verb, past in pasts.items()}

    def parsed(self, doc: Doc, kind: BlockKind) -> Doc:
        """The text as it is, or, where that gives a headline its verb, with its words parsed anew."""
        roots = [token for token in doc if token.dep_ == "ROOT"]
        if kind not in LINES or any(self._is_surely_verb(root) for root in roots):
            return doc
        for token in [root for root in roots if _lacks_subject(root)] or doc[1:-1]:
            for verb, past in self._readings(token):
                again = self._with_past(doc, token, past)
                now = again[token.i]
                if now.pos_ == "VERB" and any(child.dep_ == "nsubj" for child in now.children):
                    return _in_own_words(doc, again, token, verb)
        return doc

    def _is_surely_verb(self, root: Token) -> bool:
        """Not "ban" in "Putin lifts ban" or "missile" in "Seoul fires missile", of which the deed is taken for the
        subject: what is no deed, or stands beside a word that is no noun."""
        if not _is_verb(root) or _lacks_subject(root):
            return False
        before = root.nbor(-1) if root.i else root
        if before.dep_ != "nsubj" or before.i == 0 or before.lower_ not in self._of_one:
            return True
        return root.lower_ in self._of_many and self._of_one[before.lower_][0] in self._nouns

    def _readings(self, token: Token) -> Iterator[tuple[str, str]]:
        before, low = token.nbor(-1), token.lower_
        after = token.nbor(1).text if token.i + 1 < len(token.doc) else ""
        if not (before.tag_ in SUBJECTS or before.text[0].isupper()) or after in (",", "of", "'s"):
            return
        if low in self._of_one and before.tag_ not in ("NNS", "CD"):
            yield self._of_one[low]
        elif low in self._of_many and (before.tag_ in MANY or _is_of_several(before)):
            yield self._of_many[low]

    def _with_past(self, doc: Doc, token: Token, past: str) -> Doc:
        words = [past if each.i == token.i else each.text for each in doc]
        return self._nlp(Doc(doc.vocab, words, [bool(each.whitespace_) for each in doc]))


def _is_verb(token: Token) -> bool:
    finite = token.tag_ not in ("VBG", "VBN") or any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children)
    return token.pos_ in ("VERB", "AUX") and finite


def _lacks_subject(verb: Token) -> bool:
    """ "Talks stall over prisoners": a verb that is told as one, after a plural that is not told as its subject."""
    return _is_verb(verb) and verb.i > 0 and verb.nbor(-1).dep_ == "compound" and verb.nbor(-1).tag_ == "NNS"


def _is_of_several(last: Token) -> bool:
    """ "Chad, Niger sign", "army and rebels agree", "Police fire": more than one, though the last word is no plural."""
    if last.lower_ == "police" or (last.text.isupper() and last.i == 0):
        return True
    return any(word.text in (",", "and", "&") for word in last.doc[: last.i])


def _in_own_words(doc: Doc, again: Doc, verb: Token, lemma: str) -> Doc:
    """The parse of `again` on the words of `doc`; the verb in the present, as it is written."""
    marks = {name: [getattr(token, f"{name}_") for token in again] for name in ("tag", "pos", "lemma", "dep")}
    morphs = [str(token.morph) for token in again]
    marks["tag"][verb.i], marks["lemma"][verb.i] = "VBZ" if verb.lower_ != lemma else "VBP", lemma
    morphs[verb.i] = "Tense=Pres|VerbForm=Fin"
    return Doc(
        doc.vocab,
        [token.text for token in doc],
        [bool(token.whitespace_) for token in doc],
        tags=marks["tag"],
        pos=marks["pos"],
        lemmas=marks["lemma"],
        deps=marks["dep"],
        morphs=morphs,
        heads=[token.head.i for token in again],
    )


def _irregular_pasts(nlp: Language) -> dict[str, str]:
    """From the model's own table of forms: of two, the one that is no participle ("took" and "taken")."""
    lemmatizer = nlp.get_pipe("lemmatizer")
    assert isinstance(lemmatizer, Lemmatizer)
    found: dict[str, str] = {}
    for form, verbs in sorted(lemmatizer.lookups.get_table("lemma_exc")["verb"].items()):
        if not form.endswith(("ing", "s")) and (not form.endswith("n") or form in ("ran", "won")):
            for verb in verbs:
                found.setdefault(verb, form)
    return found


def _regular_past(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ied"
    return f"{verb}{verb[-1]}ed" if _ONE_VOWEL.fullmatch(verb) else f"{verb}ed"
