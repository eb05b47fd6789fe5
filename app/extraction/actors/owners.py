"""To whom a noun belongs: its adjectives, its possessor, its prepositions."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from app.domain.actors import ActorType, Party
from app.extraction.actors import phrases
from app.extraction.actors.article import Article, Parties, distinct

# Owners from a place or an origin: "protesters in Cairo", "officials from Japan".
_OWNER_PREPOSITIONS = ("of", "for", "from", "in", "at")
_OF_STATE = frozenset({"based", "led", "born", "run", "owned"})


class OwnerReading(Article):
    """Finds the states and bodies to which a noun belongs."""

    def _owners(self, token: Token) -> Parties:
        """The states and bodies to which a noun belongs, by its modifiers, then by its prepositions."""
        for found in self._owner_groups(token):
            parties = distinct(found)
            if parties:
                return parties
        return ()

    def _owner_groups(self, token: Token) -> Iterator[list[Party]]:
        yield [party for word in self._listed_adjectives(token) for party in self._owning(word)]
        for word in phrases.left_modifiers(token):
            yield [
                *self._owning(word),
                *(p for other in phrases.later_conjuncts(word) if other.i < token.i for p in self._owning(other)),
            ]
        yield [p for w in phrases.inner_modifiers(token) if _hands_on(w.head) for p in self._owning(w)]
        for preposition in _OWNER_PREPOSITIONS:
            yield [
                party
                for word in phrases.objects_of(token, preposition)
                for party in self._owning_phrase(word, preposition)
            ]
        if token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN") and not phrases.has_determiner(token):
            yield list(self._owners(token.head))  # "Russian officers and diplomats"

    def _listed_adjectives(self, token: Token) -> list[Token]:
        """ "Polish, Spanish and Italian troops": of all of them."""
        named = [(word, self._entity(word)) for word in phrases.left_modifiers(token)]
        states = sorted(
            {word.i: word for word, entity in named if entity is not None and entity.names_state}.values(),
            key=lambda word: word.i,
        )
        listed = [word for word in states[:-1] if word.nbor().text in (",", "and", "&")]
        return states if len(states) > 1 and len(listed) == len(states) - 1 else []

    def _owning_phrase(self, word: Token, preposition: str) -> Iterator[Party]:
        for member in (word, *phrases.later_conjuncts(word)):
            entity = self._entity(member)
            if preposition in ("in", "at", "from") and entity is not None and entity.kind is None:
                place = self.place_at(member)
                if place is not None and place.country:
                    yield from self._state_parties([place.country], entity.text)
                continue
            yield from self._owning(member)

    def _owning(self, word: Token) -> Parties:
        """A word as an owner: a person stands for his state."""
        owners: list[Party] = []
        for party in (*self._hyphen_members(word), *self._one(word)):
            if party.type is ActorType.ROLE and party.state is None:
                continue
            if party.type in (ActorType.PERSON, ActorType.ROLE):
                owners.extend(self._state_parties([party.state] if party.state else [], party.words))
            else:
                owners.append(party)
        return tuple(owners)

    def _hyphen_members(self, word: Token) -> Iterator[Party]:
        """The states before the hyphens of a compound adjective: "Russian-Iranian"."""
        doc, names = word.doc, self._names[id(word.doc)]
        position = word.i
        while (
            position >= 2
            and doc[position - 1].text in ("-", "/")
            and (entity := names[position - 2]) is not None
            and entity.names_state
        ):
            if self._names[id(doc)][word.i] is None:
                return  # "Iranian-made": the adjective is not a state
            yield from self._one(doc[position - 2])
            position = entity.start

    def _listed_states(self, token: Token) -> Iterator[Token]:
        """Further states of a list that the parser takes for an apposition: "sale to Iran, Syria"."""
        entity = self._entity(token)
        if entity is not None and entity.names_state:
            for word in phrases.appositions(token):
                for member in (word, *phrases.later_conjuncts(word)):
                    other = self._entity(member)
                    if other is not None and other.names_state:
                        yield member


def _hands_on(modifier: Token) -> bool:
    """Whether the owner of a modifier owns the noun too: "US-led coalition", but not "US-backed rebels"."""
    return modifier.tag_ not in ("VBN", "VBD") or modifier.lower_ in _OF_STATE
