"""The grammar around an actor's noun: its owners, the name beside it, its words."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

_MODIFIERS = frozenset({"amod", "compound", "poss", "nmod", "npadvmod"})
_DETERMINERS = frozenset({"the", "this", "that", "these", "those"})
_ELSEWHERE = frozenset({"several", "other", "foreign", "many", "some", "regional", "world", "western", "international"})
_QUANTIFIERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def left_modifiers(token: Token) -> Iterator[Token]:
    """Words before a noun that can name its owner, nearest first: adjectives, possessor, then compounds."""
    children = [*_astray(token), *(child for child in token.lefts if child.dep_ in _MODIFIERS)]
    order = {"amod": 0, "poss": 1}
    for child in sorted(children, key=lambda c: (order.get(c.dep_, 2), c.i)):
        yield child
        yield from (other for other in child.conjuncts if child.i < other.i < token.i)


def leaning(word: Token) -> str:
    """ "anti" or "pro" where that stands before the word: "anti-Japan rallies", "pro-Russian rebels"; else ""."""
    if word.i < 2 or word.nbor(-1).text != "-" or word.nbor(-2).lower_ not in ("anti", "pro"):
        return ""
    return str(word.nbor(-2).lower_)


def _astray(token: Token) -> Iterator[Token]:
    """ "French, British and U.S. forces struck": the first of a list, which the parser hangs on the verb."""
    if token.dep_ in ("nsubj", "nsubjpass"):
        for word in token.head.lefts:
            if word.dep_ == "amod" and word.i + 2 == token.left_edge.i and word.nbor().text == ",":
                yield word


def inner_modifiers(token: Token) -> Iterator[Token]:
    """The modifiers of a noun's modifiers: "Iranian" in "Iranian missile programme official"."""
    for child in token.lefts:
        if child.dep_ in _MODIFIERS:
            yield from (word for word in child.lefts if word.dep_ in _MODIFIERS)


def objects_of(token: Token, *prepositions: str) -> Iterator[Token]:
    """Objects of the prepositions attached to a noun."""
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in prepositions:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield inner
                elif inner.dep_ == "prep":
                    yield from (word for word in inner.children if word.dep_ == "pobj")


def later_conjuncts(token: Token) -> Iterator[Token]:
    """The members of a coordination after its first: "Iran and Syria"."""
    for child in token.rights:
        if child.dep_ == "conj" and not any(word.dep_ == "neg" for word in child.lefts):  # "Iran, but not Iraq"
            yield child
            yield from later_conjuncts(child)


def appositions(token: Token) -> Iterator[Token]:
    for child in token.rights:
        if child.dep_ == "appos":
            yield child


def is_definite(token: Token) -> bool:
    return any(child.lower_ in _DETERMINERS for child in token.lefts if child.dep_ == "det")


def has_determiner(token: Token) -> bool:
    return any(child.dep_ in ("det", "poss", "nummod") for child in token.lefts)


def is_bare(token: Token) -> bool:
    """Whether a noun has neither determiner nor words that place it elsewhere: "Arab leaders", "other officials"."""
    if has_determiner(token):
        return False
    modifiers = [child for child in token.lefts if child.dep_ in _MODIFIERS]
    return not any(child.lower_ in _ELSEWHERE or (child.i and child.text[0].isupper()) for child in modifiers)


def how_many(token: Token) -> int:
    """Of how many a plural noun speaks: "the two countries", "both sides", "the four states"; 0 where it does not."""
    return next((_QUANTIFIERS[child.lower_] for child in token.lefts if child.lower_ in _QUANTIFIERS), 0)


def is_both(token: Token) -> bool:
    """Whether a plural noun speaks of two: "the two countries", "both sides"."""
    return how_many(token) == 2


def relative_antecedent(token: Token) -> Token | None:
    """The noun that the relative clause of a relative pronoun describes."""
    word = token
    while word.dep_ != "relcl" and word.head != word:
        word = word.head
    return word.head if word.dep_ == "relcl" else None


def phrase_words(token: Token) -> str:
    """The words of a noun phrase from its left edge to its head."""
    start = token.left_edge.i
    return str(token.doc[start : token.i + 1].text)


def is_expletive(token: Token) -> bool:
    """Whether "it" only holds the place of a clause: "it is likely that"."""
    if token.dep_ == "expl":
        return True
    clause = token.head
    return (
        token.dep_ in ("nsubj", "nsubjpass")
        and clause.lemma_ in ("be", "seem", "appear", "take")
        and any(child.dep_ in ("acomp", "ccomp", "xcomp", "csubj") for child in clause.children)
    )
