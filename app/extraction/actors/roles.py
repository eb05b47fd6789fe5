"""Whom a common noun denotes: "a senior Iranian official", "the minister", "protesters", "both sides"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from app.domain.actors import ActorType, Party
from app.extraction.actors import phrases
from app.extraction.actors.article import Parties, block_of, distinct, reworded
from app.extraction.actors.owners import OwnerReading
from app.extraction.grammar import load_grammar
from app.extraction.lexicon import NameKind, RoleNoun, slug

_ACTS = frozenset({"nsubj", "agent", "poss"})
_COUNTED = ("NOUN", "NUM", "PROPN")
_ACTED_ON = frozenset({"dobj", "nsubjpass"})


# What "the newspaper", "the group", "the party", "the company" without a name can point back to.
_SORTS = {"MED": ActorType.MEDIA, "OTH": ActorType.ARMED_GROUP, "REB": ActorType.ARMED_GROUP}
_SECTORS_OF_BODIES = {
    "OPP": frozenset({"PTY"}),
    "BUS": frozenset({"BUS"}),
    "NGO": frozenset({"NGO"}),
    "IGO": frozenset({"IGO", "NGO"}),
    "LAB": frozenset({"LAB"}),
}


def _is_person(party: Party) -> bool:
    return party.type is ActorType.PERSON


def _is_crowd(token: Token) -> bool:
    """ "Thousands marched", "Dozens were arrested"; not "a dozen" or "sold thousands of them"."""
    return token.lower_.endswith("s") and token.dep_ in ("nsubj", "nsubjpass", "agent") and token.pos_ in _COUNTED


class RoleReading(OwnerReading):
    """Resolves role nouns, through their owners, the names beside them and what was said before."""

    def _of_role(self, token: Token, role: RoleNoun) -> Parties:
        if any(self._is_weapon(word) for word in token.lefts):
            return ()  # "40 Su-30 fighters"
        if "through" in role.notes:
            counted = list(phrases.objects_of(token, "of"))
            if counted:
                return distinct(party for word in counted for party in self.parties(word))
        if "many" in role.notes:
            return self._owned_role(token, self._lexicon.roles["people"]) if _is_crowd(token) else ()
        if role.notes <= {"through", "title", "qualifier", "organisation", "government"}:
            return self._named_beside(token)
        if (
            token.dep_ in ("compound", "amod")
            and token.head.i > token.i
            and self._lexicon_role(token.head) is None
            and "state" not in role.notes
        ):
            return ()  # "rebel attack": asked for as a modifier it still names rebels
        if named := self._named_beside(token) or self._made(token):
            return named
        return self._owned_role(token, role)

    def _made(self, token: Token) -> Parties:
        """ "elected Lula president": who is made what the noun says, whom the parser takes for a part of it."""
        if token.dep_ not in ("dobj", "oprd") or token.head.lemma_ not in load_grammar().naming:
            return ()
        before = self._names[id(token.doc)][token.i - 1] if token.i else None
        named = before is not None and before.names_person and before.start == token.head.i + 1
        return self._one(token.nbor(-1)) if named else ()

    def _is_weapon(self, word: Token) -> bool:
        entity = self._entity(word)
        return entity is not None and bool(entity.readings) and entity.readings[0].weapon is not None

    def _owned_role(self, token: Token, role: RoleNoun) -> Parties:
        words = phrases.phrase_words(token)
        if "country" in role.notes and phrases.is_both(token):
            return self._state_parties((party.id for party in self._history.pair(block_of(token.doc))), words)
        if "country" in role.notes and (number := phrases.how_many(token)) > 2 and phrases.is_definite(token):
            return self._history.several_states(block_of(token.doc), number)
        if "person" in role.notes and phrases.is_both(token):
            block = block_of(token.doc)
            two = self._history.two(block, lambda party: self._fits(party, role)) or self._history.two(
                block, _is_person
            )
            if two:
                return tuple(reworded(party, words) for party in two)
        owners = self._owners(token)
        bodies = [
            party for party in owners if party.type in (ActorType.ORGANISATION, ActorType.ARMED_GROUP, ActorType.MEDIA)
        ]
        states = list(dict.fromkeys(party.state for party in owners if party.state))
        if bodies and "country" not in role.notes:
            return tuple(reworded(party, words) for party in bodies)
        if (group := self._group_of(token, role, "group")) is not None:
            return self._unnamed(token, group, states, words)
        if role.notes & {"state", "country", "equipment"}:
            if states:
                return self._titled(token, role, states) or self._state_parties(states, words)
            return self._back_reference(token, role, words)
        if role.sector == "OTH" and "source" in role.notes and states:
            return self._state_parties(states, words)
        if (
            not states
            and phrases.is_definite(token)
            and role.notes & {"group"}
            and (body := self._body_before(token, role))
        ):
            return (body,)
        return self._unnamed(token, role, states, words)

    def _group_of(self, token: Token, role: RoleNoun, note: str) -> RoleNoun | None:
        """ "A rebel spokesman", "an army officer": those whom he speaks for or belongs to."""
        if "person" not in role.notes:
            return None
        before = [word for word in token.lefts if word.dep_ in ("compound", "amod", "nmod") and word.i + 1 == token.i]
        roles = (self._lexicon_role(word) for word in before)
        return next(
            (found for found in roles if found is not None and note in found.notes and "person" not in found.notes),
            None,
        )

    def _unnamed(self, token: Token, role: RoleNoun, states: Sequence[str], words: str) -> Parties:
        sector = role.sector
        if sector == "IGO" and len(states) > 1:
            return self._state_parties(states, words)  # a commission of two states is both
        if not states:
            return (Party(slug(role.lemma), role.lemma, ActorType.ROLE, sector=sector, words=words),)
        return tuple(
            Party(slug(role.lemma), role.lemma, ActorType.ROLE, state=state, sector=sector, words=words)
            for state in states
        )

    def _titled(self, token: Token, role: RoleNoun, states: Sequence[str]) -> Parties:
        """ "The Russian president": the person of the article who holds the office."""
        if "title" not in role.notes or len(states) != 1:
            return ()
        qualifiers = {word.lower_ for word in token.lefts if self._lexicon.has_note(word.lower_, "qualifier")}
        holder = self._identities.office_holder(frozenset({role.lemma, *qualifiers}), states[0])
        return (holder.party(role.lemma),) if holder else ()

    def _back_reference(self, token: Token, role: RoleNoun, words: str) -> Parties:
        """ "The minister", "the country", "the army" without an owner: what the text was speaking of."""
        block = block_of(token.doc)
        definite = phrases.is_definite(token)
        singular = token.tag_ not in ("NNS", "NNPS")
        if token.dep_ in ("amod", "compound", "nmod"):
            return ()  # "military sources": no military is spoken of
        again = definite or (not singular and phrases.is_bare(token))
        if again and "country" not in role.notes and (same := self._history.same_noun(block, token)):
            return tuple(reworded(party, words) for party in same)
        if "person" in role.notes and definite and singular:
            person = self._history.last(block, lambda p: self._fits(p, role))
            if person is not None:
                return (reworded(person, words),)
        if "country" in role.notes:
            state = self._history.focus(block, back=0) if definite else None
            if state is not None:
                return self._state_parties([state], words)
            country = self._history.last(block, lambda p: p.type is ActorType.STATE) if definite else None
            return (reworded(country, words),) if country else ()
        if "equipment" in role.notes:
            return ()
        bare = phrases.is_bare(token)
        acted_on = role.sector == "LEG" and token.dep_ in _ACTED_ON  # "dissolved parliament"
        named_bare = "person" in role.notes or role.sector == "COP" or acted_on
        if singular and bare and not named_bare and token.dep_ not in _ACTS:
            return ()  # "intelligence", "security" as things
        if definite or (bare and not ("person" in role.notes and singular)):
            state = self._context_state(token)
            if state:
                return self._state_parties([state], words)
        return self._unnamed(token, self._group_of(token, role, "organisation") or role, (), words)

    def _fits(self, party: Party, role: RoleNoun) -> bool:
        if party.type is not ActorType.PERSON:
            return False
        identity = self._identities.named(party.name)
        return identity is not None and self._identities.holds(identity, role.lemma)

    def _body_before(self, token: Token, role: RoleNoun) -> Party | None:
        """ "The group", "the newspaper": the body of that sort spoken of last."""
        if token.tag_ == "NNS":
            return None
        if (sort := _SORTS.get(role.sector)) is not None:
            return self._history.last(block_of(token.doc), lambda p: p.type is sort)
        sectors = _SECTORS_OF_BODIES.get(role.sector, frozenset())
        return self._history.last(
            block_of(token.doc), lambda p: p.type is ActorType.ORGANISATION and p.sector in sectors
        )

    def _named_beside(self, token: Token) -> Parties:
        """The person or body whose name stands beside a noun: "negotiator X", "the group, Y"."""
        after = self._names[id(token.doc)][token.i + 1] if token.i + 1 < len(token.doc) else None
        if (
            after is not None
            and (after.names_person or after.kind is NameKind.BODY)
            and token.tag_ not in ("NNS", "NNPS")
        ):
            return self._one(token.doc[after.end - 1])
        for word in phrases.appositions(token):
            entity = self._entity(word)
            if entity is not None and (entity.names_person or entity.kind is NameKind.BODY):
                return self._one(word)
        return ()
