"""Where it happened: the place that a frame's own words name."""

from __future__ import annotations

from spacy.tokens import Token

from app.domain.events import Place
from app.extraction.actors import ActorIndex
from app.extraction.arguments import NOMINAL, VERBAL, clause_verb, direct_objects, follow
from app.extraction.frames import Frame
from app.extraction.grammar import load_grammar

PLACE_PATHS = ("in", "at", "into", "near", "outside", "to", "inside", "around", "over", "across")
# Kinds whose `to`, `for` or direct object is the place itself.
PLACED_BY_OBJECT = frozenset({"visit"})


def place_token(frame: Frame, actors: ActorIndex) -> Token | None:
    """The word that names where it happened: in a phrase of the trigger, of its object, or of its clause."""
    token = frame.token
    paths = ("dobj", *PLACE_PATHS, "for", "of") if frame.kind in PLACED_BY_OBJECT else PLACE_PATHS[:5]
    starts = [token, *frame.objects]
    verb = clause_verb(token)
    if verb.i != token.i and token.pos_ not in VERBAL:
        starts.append(verb)
    if token.dep_ == "advcl" and token.tag_ == "VBG" and token.head.i < token.i:
        starts += [token.head, *direct_objects(token.head)]  # "bombed a hospital in Kunduz, killing 19 people"
    for start in starts:
        for path in paths:
            for found in follow(start, path):
                if (place := _place_within(found, actors)) is not None:
                    return place
    return _town_before(frame, actors)


def _town_before(frame: Frame, actors: ActorIndex) -> Token | None:
    """ "The Paris attacks", "the Paris attacks killed 130"."""
    events = [frame.token] if frame.token.pos_ in NOMINAL else follow(frame.token, "subj")
    named = (event for event in events if event.lemma_.lower() in load_grammar().placed_nouns)
    return next((word for event in named for word in event.lefts if actors.names_town(word)), None)


def _place_within(token: Token, actors: ActorIndex) -> Token | None:
    """The token, or a name in its "of" or "in" phrase: "the city of Aleppo"."""
    if actors.place_at(token) is not None:
        return token
    return next((found for path in ("of", "in") for found in follow(token, path) if actors.place_at(found)), None)


def place_of(frame: Frame, actors: ActorIndex) -> Place | None:
    token = place_token(frame, actors)
    return actors.place_at(token) if token is not None else None
