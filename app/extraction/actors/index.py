"""The actors of one article, asked for by token."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from app.domain.actors import ActorType, Party
from app.domain.spans import TimeSpan
from app.extraction.actors import coreference as coref
from app.extraction.actors import phrases
from app.extraction.actors.article import Parties, block_of, distinct
from app.extraction.actors.names import NameReading
from app.extraction.grammar import load_grammar
from app.extraction.lexicon import Lexicon, NameKind
from app.extraction.quotations import is_quoted, quoted_speaker

_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "DET", "ADJ", "PRON"})


class ActorIndex(NameReading):
    """The actors of one article. Every question is about a token of one of the docs that were read."""

    def __init__(
        self, lexicon: Lexicon, docs: Sequence[Doc], published: TimeSpan | None, watched: frozenset[int]
    ) -> None:
        super().__init__(lexicon, docs, published)
        for doc in docs:
            self._follow(doc, watched)

    # -- the questions --------------------------------------------------------------------------

    def parties(self, token: Token, *, conjuncts: bool = True) -> Parties:
        """The actors denoted by the noun phrase, pronoun or possessive headed by `token`; () for things and events.

        With `conjuncts` its coordinated members too: "Russia and Belarus" -> RUS, BLR.
        """
        found = list(self._one(token))
        if conjuncts:
            for other in (*phrases.later_conjuncts(token), *self._listed_states(token)):
                found.extend(self._one(other))
        return distinct(found)

    def modifier_parties(self, token: Token) -> Parties:
        """The actors among the left modifiers and the possessor of a noun ("Iran's request", "US missile sale"); not
        where it happened ("the Paris attacks", "the Geneva talks"), nor whom it is for or against ("anti-Japan rally").
        """
        found: list[Party] = []
        happens = token.lemma_.lower() in load_grammar().placed_nouns
        for word in phrases.left_modifiers(token):
            if (happens and word.dep_ != "poss" and self.names_town(word)) or phrases.leaning(word):
                continue
            found.extend(self._hyphen_members(word))
            found.extend(self._one(word))
        if not found:
            for word in phrases.inner_modifiers(token):
                found.extend(self._one(word))
        return distinct(found)

    def opposed_parties(self, token: Token) -> Parties:
        """Whom a noun is told to be against: "anti-Japan rallies"."""
        against = (word for word in phrases.left_modifiers(token) if phrases.leaning(word) == "anti")
        return distinct(party for word in against for party in self._one(word))

    def names_town(self, token: Token) -> bool:
        """Whether the word names a town or a part of a state, and not its government: "Paris", "Gaza", no "Kremlin"."""
        entity, place = self._entity(token), self.place_at(token)
        if entity is None or place is None:
            return False
        return entity.kind is NameKind.PROVINCE or place.precision != "country"

    def state_of(self, token: Token) -> str | None:
        """Alpha-3 code of the state that the noun phrase headed by `token` belongs to."""
        for party in (*self._one(token), *self._owners(token)):
            if party.state:
                return party.state
        return None

    def weapon(self, token: Token) -> str | None:
        """Canonical name of the weapon whose name `token` lies in."""
        entity = self._entity(token)
        found = entity.readings[0].weapon if entity and entity.readings else None
        return found.name if found else None

    def weapon_producer(self, token: Token) -> str | None:
        """Alpha-3 code of the state that makes the weapon whose name `token` lies in."""
        entity = self._entity(token)
        found = entity.readings[0].weapon if entity and entity.readings else None
        return found.producer if found else None

    def entity_span(self, token: Token) -> tuple[int, int] | None:
        """First and past-the-last token index of the name that `token` lies in."""
        entity = self._entity(token)
        return (entity.start, entity.end) if entity else None

    # -- following the text ---------------------------------------------------------------------

    def _follow(self, doc: Doc, watched: frozenset[int]) -> None:
        """Read one block from left to right, so that each pronoun sees what was said before it."""
        block = block_of(doc)
        forms = doc.to_array(["LEMMA", "LOWER"]).tolist()
        for index, (entity, (lemma, lower)) in enumerate(zip(self._names[id(doc)], forms, strict=True)):
            if entity is not None:
                if index == entity.end - 1:
                    self._record(block, doc[index], self._one(doc[index]))
            elif lemma in watched or lower in watched:
                self._follow_word(block, doc[index])

    def _follow_word(self, block: int, token: Token) -> None:
        low = token.lower_
        if low in coref.HE or low in coref.IT or low in coref.THEY or self._lexicon_role(token) is not None:
            self._record(block, token, self._one(token))
        elif low in coref.SPEAKER or low in coref.RELATIVE:
            self._one(token)
        if token.pos_ == "VERB" and token.lemma_ in load_grammar().saying:
            self._speaks(block, token)

    def _record(self, block: int, token: Token, parties: Parties) -> None:
        if not parties or token.dep_ == "amod":
            return
        if token.dep_ in ("appos", "attr") and self._entity(token) is None:
            return  # "a NATO member": says something of one who was named already
        self._history.add(block, token, parties, self._gender(token, parties), office=self._is_office(token))
        if token.dep_ == "conj" and (first := _coordination_head(token)) is not None:
            members = self.parties(first)
            if len(members) > 1:
                self._history.add(block, first, members)

    def _is_office(self, token: Token) -> bool:
        """Whether the word tells one person by what he is: "the minister", "a policeman"."""
        role = self._lexicon_role(token) if token.tag_ == "NN" and self._entity(token) is None else None
        return role is not None and "person" in role.notes

    def _gender(self, token: Token, parties: Parties) -> str:
        if token.lower_ in coref.HE:
            return coref.HE[token.lower_]
        entity = self._entity(token)
        identity = self._identities.find(entity) if entity else None
        return identity.gender if identity else ""

    def _speaks(self, block: int, verb: Token) -> None:
        for child in verb.children:
            if child.dep_ == "nsubj":
                speaker = self._one(child)
                if speaker:
                    self._history.speakers[block] = speaker

    # -- one phrase -----------------------------------------------------------------------------

    def _one(self, token: Token) -> Parties:
        """The actors of one noun phrase without its coordinated members; each phrase is resolved once."""
        key = (block_of(token.doc), token.i)
        known = self._known.get(key)
        if known is not None:
            return known
        if key in self._open:  # "its owner's owner": a circle in the parse
            return ()
        self._open.add(key)
        try:
            found = self._resolve(token)
        finally:
            self._open.discard(key)
        self._known[key] = found
        return found

    def _resolve(self, token: Token) -> Parties:
        entity = self._entity(token)
        if entity is not None:
            return self._of_entity(token, entity)
        if token.lower_ in coref.RELATIVE:
            antecedent = phrases.relative_antecedent(token)
            return self.parties(antecedent) if antecedent is not None else ()
        if token.tag_ in ("PRP", "PRP$"):
            return self._of_pronoun(token)
        if token.pos_ not in _NOMINAL:
            return ()
        role = self._lexicon_role(token)
        if role is not None:
            return self._of_role(token, role)
        return self._named_beside(token) if token.pos_ in ("NOUN", "PROPN") else ()

    def _of_pronoun(self, token: Token) -> Parties:
        block, word = block_of(token.doc), token.lower_
        if word in coref.HE:
            return self._history.person(block, token)
        if word in coref.IT:
            if phrases.is_expletive(token):
                return ()
            return self._paper(block, token) or self._history.thing(block, token)
        if word in coref.THEY:
            return self._history.several(block, token)
        if word in coref.SPEAKER and is_quoted(token):
            beside = quoted_speaker(token)  # who speaks may stand after what he says
            return (self._one(beside) if beside is not None else ()) or self._history.speaker(block)
        return ()

    def _paper(self, block: int, it: Token) -> Parties:
        """ "The Post reported that ... It said ...": the newspaper that spoke last, and none of those it spoke of."""
        if it.dep_ != "nsubj" or it.head.lemma_ not in load_grammar().saying:
            return ()
        spoke = self._history.speaker(block)
        return spoke if spoke and all(party.type is ActorType.MEDIA for party in spoke) else ()


class ActorReader:
    """Finds the actors of an article. Holds no state between articles."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._watched = _watched(lexicon)

    def read(self, docs: Sequence[Doc], published: TimeSpan | None) -> ActorIndex:
        """The actors of one article, its parsed blocks given in order, with names as of the day of publication."""
        for position, doc in enumerate(docs):
            doc.user_data.setdefault("block", position)
        return ActorIndex(self._lexicon, docs, published, self._watched)


def _coordination_head(token: Token) -> Token | None:
    while token.dep_ == "conj":
        token = token.head
    if token.dep_ == "appos" and token.head.pos_ == "PROPN":
        token = token.head  # "Egypt, Qatar and Oman", the parser's apposition
    return token if token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("appos", "attr") else None


def _watched(lexicon: Lexicon) -> frozenset[int]:
    """Numbers of the words that may denote an actor without a name, or that tell who speaks."""
    roles = (form for noun in lexicon.roles for form in (noun, f"{noun}s"))
    pronouns = (*coref.HE, *coref.IT, *coref.THEY, *coref.SPEAKER, *coref.RELATIVE)
    return frozenset(get_string_id(word) for word in (*roles, *pronouns, *load_grammar().saying))
