"""The state of a person that no table knows, from the words around the name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.tokens import Doc, Token

from app.extraction.actors.naming import Entity
from app.extraction.lexicon import Lexicon, NameKind

_REACH = 10
_CLOSED = frozenset({"VERB", "AUX", "SCONJ", "PRON"})
# "ambassador to Russia", "envoy in Damascus": the state after these is not the person's own.
_NOT_OWN = frozenset({"to", "in", "at", "on", "with", "against", "from", "near", "over", "by", "for"})


PlaceState = Callable[[str], str | None]


def nationality(
    doc: Doc, entity: Entity, names: Sequence[Entity | None], lexicon: Lexicon, place_state: PlaceState
) -> str | None:
    """Alpha-3 code told by the title before a name or the apposition around it, None if there is none."""
    return (
        _before(doc, entity.start - 1, names)
        or _apposed_after(doc, entity.end, names, lexicon)
        or _apposed_before(doc, entity.start, names, lexicon)
        or _of_titled_place(doc, entity, names, place_state)
    )


def entity_state(entity: Entity | None) -> str | None:
    """The state that a known name belongs to."""
    if entity is None or not entity.readings or entity.kind is NameKind.WEAPON:
        return None
    actor = entity.readings[0].actor
    return actor.state if actor else None


def _before(doc: Doc, position: int, names: Sequence[Entity | None]) -> str | None:
    """Leftwards through a flat title: "Iran's powerful chief nuclear negotiator" + name."""
    for index in range(position, max(-1, position - _REACH), -1):
        token = doc[index]
        state = entity_state(names[index])
        if state is not None:
            entity = names[index]
            assert entity is not None
            before = doc[entity.start - 1].lower_ if entity.start else ""
            if before == "the" and entity.start > 1:
                before = doc[entity.start - 2].lower_
            if (
                before not in _NOT_OWN
                or entity.kind is NameKind.DEMONYM
                or (token.i + 1 < len(doc) and doc[token.i + 1].tag_ == "POS")
            ):
                return state
            continue
        if token.pos_ in _CLOSED or token.is_sent_start or (token.is_punct and token.text != "-"):
            return None
        if token.pos_ == "ADP" and token.lower_ not in {"of", *_NOT_OWN}:
            return None
    return None


def _of_titled_place(doc: Doc, entity: Entity, names: Sequence[Entity | None], place_state: PlaceState) -> str | None:
    """ "Boston Mayor X", "the mayor of Boston, X": the state of the town within the title."""
    position = entity.start - 1
    if position >= 0 and doc[position].text == ",":
        position -= 1
    while position >= 0 and entity.start - position <= _REACH:
        token, place = doc[position], names[position]
        if place is not None:
            unknown = place.kind is None and not place.personal and not place.body
            return place_state(place.text) if unknown and _within_title(doc, place) else None
        if token.pos_ in _CLOSED or token.is_punct or token.is_sent_start:
            return None
        position -= 1
    return None


def _within_title(doc: Doc, place: Entity) -> bool:
    """Whether a title's word stands after a place, or a title's "of" before it."""
    of = place.start > 1 and doc[place.start - 1].lower_ == "of"
    return of or (place.end < len(doc) and doc[place.end].pos_ in ("NOUN", "PROPN"))


def _apposed_after(doc: Doc, position: int, names: Sequence[Entity | None], lexicon: Lexicon) -> str | None:
    """ "X, the commander of Iran's Quds Force": a role noun and a state before the next comma."""
    if position >= len(doc) or doc[position].text not in (",", "(", "-"):
        return None
    state, role = None, False
    for index in range(position + 1, min(len(doc), position + 1 + _REACH)):
        token = doc[index]
        if token.pos_ in _CLOSED or (token.is_punct and token.text != "-"):
            break
        role = role or _is_role(token, lexicon)
        entity = names[index]
        if entity is not None and (entity.names_person or (not role and doc[index - 1].lower_ in _NOT_OWN)):
            break
        if state is None and not (entity and entity.start and doc[entity.start - 1].lower_ in _NOT_OWN):
            state = entity_state(entity)
    return state if role else None


def _apposed_before(doc: Doc, start: int, names: Sequence[Entity | None], lexicon: Lexicon) -> str | None:
    """ "Iran's foreign minister, X": the noun before the comma is a role."""
    if start < 2 or doc[start - 1].text != ",":
        return None
    if not _is_role(doc[start - 2], lexicon) and doc[start].dep_ != "appos" and doc[start].head.dep_ != "appos":
        return None
    if not any(_is_role(token, lexicon) for token in doc[max(0, start - 1 - _REACH) : start - 1]):
        return None
    return _before(doc, start - 2, names)


def _is_role(token: Token, lexicon: Lexicon) -> bool:
    noun = token.lemma_.lower()
    return lexicon.has_note(noun, "person") or lexicon.has_note(noun, "group")
