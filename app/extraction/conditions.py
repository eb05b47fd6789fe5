"""What a trigger row may ask of the words around its trigger: one function for each name in the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Token

from app.domain.actors import ActorType
from app.extraction.actors import ActorIndex
from app.extraction.arguments import children, direct_objects, follow, is_infinitive, is_passive, objects_of
from app.extraction.blocks import BlockKind
from app.extraction.codebook import Condition

PLACE_PREPOSITIONS = ("to", "in", "into", "at", "for", "from", "near", "outside")
MONEY = ("$", "€", "£", "¥", "dollar", "euro", "pound", "million", "billion", "rouble", "ruble", "yuan", "yen")
WEAPON_NOUNS = frozenset(
    {"missile", "weapon", "arm", "rocket", "jet", "aircraft", "tank", "submarine", "warship", "launcher", "warplane"}
    | {"drone", "radar", "ammunition", "munition", "helicopter", "artillery", "howitzer", "armament", "arms", "shell"}
    | {"weaponry", "hardware", "fighter", "frigate", "torpedo", "warhead", "interceptor", "bomber", "rifle", "bomb"}
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A trigger with what is known of its article."""

    token: Token
    actors: ActorIndex
    block: BlockKind


def holds(condition: Condition, around: Surroundings) -> bool:
    return _CHECKS[condition.name](around, condition.values)


def _lemmas(tokens: list[Token]) -> set[str]:
    return {form for token in tokens for form in (token.lemma_.lower(), token.lower_)}


def _with_conjuncts(tokens: list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *token.conjuncts)]


def _is_place(token: Token, actors: ActorIndex) -> bool:
    return actors.place_at(token) is not None


def _is_weapon(token: Token, actors: ActorIndex) -> bool:
    return token.lemma_.lower() in WEAPON_NOUNS or actors.weapon(token) is not None


def _to_place(around: Surroundings, _: tuple[str, ...]) -> bool:
    return any(
        _is_place(found, around.actors)
        for preposition in PLACE_PREPOSITIONS
        for found in follow(around.token, preposition)
    )


def _object_lemmas(around: Surroundings, values: tuple[str, ...]) -> bool:
    return bool(_lemmas(_with_conjuncts(direct_objects(around.token))) & set(values))


def _prepositions(around: Surroundings, values: tuple[str, ...]) -> bool:
    return any(objects_of(around.token, value) or follow(around.token, value) for value in values)


def _infinitive(around: Surroundings, values: tuple[str, ...]) -> bool:
    below = children(around.token, "xcomp", "acl", "ccomp", "advcl", "relcl")
    return bool(_lemmas([each for token in below for each in (token, *token.conjuncts)]) & set(values))


def _particle(around: Surroundings, values: tuple[str, ...]) -> bool:
    return any(child.lower_ in values and child.dep_ in ("prt", "advmod", "prep") for child in around.token.children)


def _near(around: Surroundings, values: tuple[str, ...]) -> bool:
    return any(token.lemma_.lower() in values or token.lower_ in values for token in around.token.subtree)


def _of(around: Surroundings, values: tuple[str, ...]) -> bool:
    return bool(_lemmas(_with_conjuncts(objects_of(around.token, "of"))) & set(values))


def _modifier(around: Surroundings, values: tuple[str, ...]) -> bool:
    return bool(_lemmas(list(around.token.lefts)) & set(values))


def _subject_lemmas(around: Surroundings, values: tuple[str, ...]) -> bool:
    return bool(_lemmas(_with_conjuncts(follow(around.token, "subj"))) & set(values))


def _preposition_object(around: Surroundings, values: tuple[str, ...]) -> bool:
    below = [child for child in around.token.children if child.dep_ in ("prep", "agent")]
    return bool(_lemmas([found for each in below for found in children(each, "pobj", "pcomp")]) & set(values))


def _object_is_actor(around: Surroundings, _: tuple[str, ...]) -> bool:
    return any(around.actors.parties(found) for found in direct_objects(around.token))


def _people(tokens: list[Token], actors: ActorIndex) -> bool:
    parties = [party for token in tokens for party in actors.parties(token)]
    return any(party.type in (ActorType.PERSON, ActorType.ROLE) or " " in party.words for party in parties)


def _has_weapon(around: Surroundings, _: tuple[str, ...]) -> bool:
    return any(_is_weapon(token, around.actors) for token in around.token.subtree) or any(
        _is_weapon(token, around.actors) for found in direct_objects(around.token) for token in found.subtree
    )


def _has_sum(around: Surroundings, _: tuple[str, ...]) -> bool:
    return any(token.lower_ in MONEY or token.lemma_ in MONEY for token in around.token.subtree)


def _is_negated(around: Surroundings, _: tuple[str, ...]) -> bool:
    return any(child.dep_ == "neg" or child.lower_ in ("no", "never") for child in around.token.children)


_CHECKS: dict[str, Callable[[Surroundings, tuple[str, ...]], bool]] = {
    "prt": _particle,
    "obj": _object_lemmas,
    "noobj": lambda around, values: not _object_lemmas(around, values),
    "prep": _prepositions,
    "noprep": lambda around, values: not _prepositions(around, values),
    "inf": _infinitive,
    "near": _near,
    "of": _of,
    "mod": _modifier,
    "noprt": lambda around, values: not _particle(around, values),
    "nomod": lambda around, values: not _modifier(around, values),
    "nonear": lambda around, values: not _near(around, values),
    "noof": lambda around, values: not _of(around, values),
    "subj": _subject_lemmas,
    "nosubj": lambda around, values: not _subject_lemmas(around, values),
    "pobj": _preposition_object,
    "toplace": _to_place,
    "objplace": lambda around, _: any(_is_place(found, around.actors) for found in direct_objects(around.token)),
    "objactor": _object_is_actor,
    "objperson": lambda around, _: _people(direct_objects(around.token), around.actors),
    "subjperson": lambda around, _: _people(follow(around.token, "subj"), around.actors),
    "subjplace": lambda around, _: any(_is_place(found, around.actors) for found in follow(around.token, "subj")),
    "weapon": _has_weapon,
    "sum": _has_sum,
    "ccomp": lambda around, _: bool(children(around.token, "ccomp")),
    "noccomp": lambda around, _: not children(around.token, "ccomp"),
    "with": lambda around, _: bool(follow(around.token, "with")),
    "plural": lambda around, _: around.token.tag_ in ("NNS", "NNPS"),
    "neg": _is_negated,
    "headline": lambda around, _: around.block is BlockKind.HEADLINE,
    "toinf": lambda around, _: any(is_infinitive(below) for below in children(around.token, "xcomp", "acl", "advcl")),
    "active": lambda around, _: not is_passive(around.token),
    "passive": lambda around, _: is_passive(around.token),
    "hasobj": lambda around, _: bool(direct_objects(around.token)),
    "nodobj": lambda around, _: not children(around.token, "dobj"),
}
