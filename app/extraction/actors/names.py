"""Whom a name denotes, known to the tables or not."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from app.domain.actors import Actor, ActorType, Party
from app.extraction.actors import phrases
from app.extraction.actors.article import Parties, as_party
from app.extraction.actors.naming import Entity
from app.extraction.actors.nationality import entity_state
from app.extraction.actors.roles import RoleReading
from app.extraction.actors.settling import main_state
from app.extraction.grammar import load_grammar
from app.extraction.lexicon import NameKind, slug
from app.extraction.parsing import DICTIONARY

_IN_PLACE = frozenset(
    {
        "in",
        "at",
        "near",
        "to",
        "from",
        "into",
        "outside",
        "around",
        "across",
        "toward",
        "towards",
        "over",
        "inside",
        "through",
    }
)
_ACTS = frozenset({"nsubj", "agent", "poss"})
_BESIDE = frozenset({"by", "with", "against"})
_CHANNELS = frozenset({"on", "via", "over"})
_LONGEST_NAME = 4
_TITLE_REACH = 8


def _is_channel(token: Token) -> bool:
    """Whether a medium is only where something was said: "wrote on Twitter"."""
    return token.dep_ == "pobj" and token.head.lower_ in _CHANNELS and token.head.head.pos_ == "VERB"


class NameReading(RoleReading):
    """Resolves names: states, bodies, persons, and capitalised words that may be either."""

    def _of_entity(self, token: Token, entity: Entity) -> Parties:
        match entity.kind:
            case NameKind.WEAPON:
                return ()
            case NameKind.STATE | NameKind.DEMONYM | NameKind.SEAT | NameKind.PROVINCE:
                return self._of_state_name(token, entity)
            case NameKind.BODY:
                return self._of_known_body(token, entity)
        if entity.body:
            return self._of_unknown_body(token, entity)
        identity = self._identities.find(entity)
        if identity is not None and self._is_person(token, entity):
            if identity.state is None:
                identity.state = self._state_of_person(token, entity)
            return (identity.party(entity.text),)
        return self._of_unclear_name(token, entity)

    def _state_of_person(self, token: Token, entity: Entity) -> str | None:
        """The state of one whom no table or title places: by apposition, coordination or, an officer, context."""
        head = next(
            (word for word in token.doc[entity.start : entity.end] if not entity.start <= word.head.i < entity.end),
            token,
        )
        near = [*phrases.appositions(head)]
        if head.dep_ == "appos" or (head.dep_ == "conj" and entity.titles):
            near.append(head.head)
        for word in near:
            owners = self._owners(word) if self._entity(word) is None else self._one(word)
            if state := next((party.state for party in owners if party.state), None):
                return state
        before = self._names[id(token.doc)][max(0, entity.start - _TITLE_REACH) : entity.start]
        of_body = any(other is not None and other.kind is NameKind.BODY for other in before)
        titles = entity.titles or tuple(word.lemma_.lower() for word in near if phrases.is_definite(word))
        if not of_body and any(self._lexicon.has_note(title, "state") for title in titles):
            state = self._context_state(token)
            return None if state is None or self._is_acted_upon(token, state) else state
        return None

    def _is_acted_upon(self, doer: Token, state: str) -> bool:
        """Whether the state is what the doer's own verb is done to: "Foreign Minister X criticised Belgium"."""
        verb = doer.head
        if doer.dep_ not in _ACTS or verb.pos_ != "VERB":
            return False
        for word in verb.subtree:
            entity = self._entity(word) if word.i > verb.i else None
            if entity is not None and entity_state(entity) == state:
                above = word.head if word.dep_ == "pobj" else word
                if above.head.i == verb.i and above.dep_ in ("dobj", "prep", "dative"):
                    return True
        return False

    def _of_state_name(self, token: Token, entity: Entity) -> Parties:
        actor = entity.readings[0].actor
        if entity.kind is NameKind.SEAT and (owner := self._state_before(token.doc, entity.start)) is not None:
            actor = owner  # "Peru's Congress"
        return (as_party(actor, entity.text),) if actor else ()

    def _state_before(self, doc: Doc, start: int) -> Actor | None:
        """The state named directly before a seat of power, as its adjective or possessor."""
        position = start - 2 if start > 1 and doc[start - 1].tag_ == "POS" else start - 1
        before = self._names[id(doc)][position] if position >= 0 else None
        if before is None or before.kind not in (NameKind.DEMONYM, NameKind.STATE) or not before.readings:
            return None
        return before.readings[0].actor

    def _of_known_body(self, token: Token, entity: Entity) -> Parties:
        """A body of the tables; "Burundi's National Security Council" is not its American namesake."""
        actor = entity.readings[0].actor
        if actor is None or (actor.type is ActorType.MEDIA and _is_channel(token)):
            return ()
        if (person := self._identities.by_surname(entity.text)) is not None:
            return (person.party(entity.text),)
        owner = self._state_before(token.doc, entity.start)
        if owner is None or actor.state in (None, owner.id):
            return (as_party(actor, entity.text),)
        name = f"{owner.name} {entity.text}"
        return (Party(slug(name), name, actor.type, owner.id, actor.sector, entity.text),)

    def _of_unknown_body(self, token: Token, entity: Entity) -> Parties:
        """A ministry or an army is its state; any other body stands under its own name."""
        head = token.doc[entity.end - 1]
        owners = self._owners(head) or self._flat_owner(token.doc, entity)
        state = next((party.state for party in owners if party.state), None)
        if any(self._lexicon.has_note(word.lower(), "government") for word in entity.text.split()):
            state = state or self._context_state(token)
            if state:
                return self._state_parties([state], entity.text)
        state = state or self._state_of_institution(entity.text)
        return (self._body_of_state(entity.text, state),)

    def _state_of_institution(self, name: str) -> str | None:
        """Whose institution a name that many states use is: that of the article's own state, else the best known."""
        institution = self._lexicon.institutions.get(name)
        if institution is None:
            return None
        main = main_state(self._states)
        return main if main in institution.states else institution.first or None

    def _body_of_state(self, name: str, state: str | None) -> Party:
        """A body under its own name, and under its state's as well where its words tell nothing apart."""
        words = name.split()
        actor = self._lexicon.by_id.get(state or "")
        generic = name in self._lexicon.institutions or all(word.lower() in self._lexicon.roles for word in words)
        if actor is not None and generic:
            name = f"{actor.name} {name}"
            known = self._lexicon.match([*actor.name.split(), *words], 0)
            if known is not None and known[1][0].kind is NameKind.BODY and known[1][0].actor is not None:
                return as_party(known[1][0].actor, name)
        institution = self._lexicon.institutions.get(" ".join(words))
        sector = institution.sector if institution else ""
        return Party(slug(name), name, ActorType.ORGANISATION, state=state, sector=sector, words=" ".join(words))

    def _flat_owner(self, doc: Doc, entity: Entity) -> Parties:
        actor = self._state_before(doc, entity.start)
        return (as_party(actor, actor.name),) if actor else ()

    def _is_person(self, token: Token, entity: Entity) -> bool:
        """Whether a name of unknown words is taken for a person's."""
        if entity.kind is NameKind.PERSON or entity.personal:
            return True
        previous = self._names[id(token.doc)][entity.start - 1] if entity.start else None
        if previous is not None and previous.kind is NameKind.WEAPON:
            return False  # the rest of a weapon's name
        size = len(entity.text.split())
        before = token.doc[entity.start - 1].lower_ if entity.start else ""
        if size == 1 or before == "the" or before in _IN_PLACE:
            return size == 1 and before not in _IN_PLACE
        if token.dep_ == "pobj" and token.head.lower_ not in _BESIDE:
            return False  # "for Human Rights": most names in such places are no one's
        return size <= _LONGEST_NAME and self._town(entity.text) is None

    def _of_unclear_name(self, token: Token, entity: Entity) -> Parties:
        town = self._town(entity.text)
        if town is not None:
            return self._state_parties([town.state], entity.text)
        if entity.end - entity.start == 1 and (role := self._lexicon_role(token)) is not None:
            return self._of_role(token, role)  # "Muslims", "Tutsis"
        owners = self._owners(token.doc[entity.end - 1])
        state = next((party.state for party in owners if party.state), None)
        acts = token.dep_ in _ACTS or token.head.lower_ == "by"
        if not acts or any(c.isdigit() for c in entity.text) or self._only_capitalised(entity, token.doc):
            return ()
        return (Party(slug(entity.text), entity.text, ActorType.ORGANISATION, state=state, words=entity.text),)

    def _only_capitalised(self, entity: Entity, doc: Doc) -> bool:
        """Whether a single word may owe its capital to the start of its sentence, being a word of the dictionary."""
        word = doc[entity.start]
        if entity.end - entity.start > 1 or not word.is_sent_start:
            return False
        if word.tag_ == "NNP" and word.dep_ == "nsubj" and word.head.lemma_ in load_grammar().saying:
            return word.lower_ in self._lexicon.roles  # "Smith said"
        lookups, low = doc.vocab.lookups, word.lower_
        if not lookups.has_table(DICTIONARY) or word.tag_ != "NNP":
            return True
        known = lookups.get_table(DICTIONARY)
        return any(form in known for form in (low, low.removesuffix("s"), low.removesuffix("es")))
