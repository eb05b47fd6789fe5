"""What is held of one article while it is read: its names, its states, and who was spoken of so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from app.domain.actors import Actor, ActorType, Party
from app.domain.events import Place
from app.domain.spans import TimeSpan
from app.extraction.actors.coreference import History
from app.extraction.actors.identities import Identities
from app.extraction.actors.naming import Entity, add_surnames, find_names
from app.extraction.actors.nationality import entity_state
from app.extraction.actors.places import Town, find_town
from app.extraction.actors.settling import count_states, main_state, settle
from app.extraction.arguments import children
from app.extraction.lexicon import Lexicon, NameKind, RoleNoun

Parties = tuple[Party, ...]


class Article:
    """The names of one article and the record of its mentions; the classes built on it resolve phrases."""

    def __init__(self, lexicon: Lexicon, docs: Sequence[Doc], published: TimeSpan | None) -> None:
        self._lexicon = lexicon
        found = [find_names(doc, lexicon) for doc in docs]
        add_surnames(docs, found)
        self._towns: dict[str, Town | None] = {}
        self._states: Counter[str] = count_states(found)
        for names in found:
            settle(names, lexicon, found, self._states, self._town, published)
        self._names = {id(doc): names for doc, names in zip(docs, found, strict=True)}
        self._docs = tuple(docs)  # keeps them alive, as their ids are keys
        self._identities = Identities(lexicon, published, self._state_of_place)
        self._identities.learn(docs, self._names)
        self._states = count_states(found, self._town)
        self._history = History()
        self._known: dict[tuple[int, int], Parties] = {}
        self._open: set[tuple[int, int]] = set()

    def parties(self, token: Token, *, conjuncts: bool = True) -> Parties:
        """The actors of the phrase headed by `token`."""
        raise NotImplementedError

    def _one(self, token: Token) -> Parties:
        """The actors of one noun phrase without its coordinated members."""
        raise NotImplementedError

    def place_at(self, token: Token) -> Place | None:
        """The place named by the name that `token` lies in; None if it names none."""
        entity = self._entity(token)
        if entity is None or entity.kind in (NameKind.PERSON, NameKind.BODY, NameKind.WEAPON, NameKind.DEMONYM):
            return None
        if entity.kind is None:
            town = None if entity.body or entity.personal else self._town(entity.text)
            return town.place if town else None
        actor = entity.readings[0].actor
        if actor is None:
            return None
        if entity.kind in (NameKind.SEAT, NameKind.PROVINCE):
            town = find_town(entity.text, (actor.id,))
            if town is not None and (town.state == actor.id or entity.text in self._lexicon.former_seats):
                return replace(town.place, country=actor.id)
        return Place(actor.name if entity.kind is NameKind.STATE else entity.text, actor.id, precision="country")

    def _lexicon_role(self, token: Token) -> RoleNoun | None:
        roles = self._lexicon.roles
        role = roles.get(token.lemma_.lower()) or roles.get(token.lower_)
        if role is None and token.lower_.endswith("s"):
            role = roles.get(token.lower_[:-1])
        if role is None or role.notes <= {"title", "qualifier", "organisation"}:
            return None
        if token.i and token.nbor(-1).dep_ == "compound":
            return roles.get(f"{token.nbor(-1).lower_} {role.lemma}", role)  # "a suicide bomber" is no aircraft
        return role

    def _context_state(self, token: Token) -> str | None:
        """The state in focus: the last one named in this block, else the one that the article is about, else the last
        one before, else the most frequent."""
        opposite, in_focus = self._opposite(token), self._in_focus(block_of(token.doc))
        return next((state for state in in_focus if state and self._states[state] > opposite[state]), None)

    def _in_focus(self, block: int) -> Iterator[str | None]:
        yield self._history.focus(block, back=0)
        yield main_state(self._states)
        yield self._history.focus(block)
        yield self._states.most_common(1)[0][0] if self._states else None

    def _opposite(self, token: Token) -> Counter[str]:
        """How often each state is named in what the noun acts on: "police arrested two Russians" tells no police of
        Russia, where nothing else speaks of it."""
        if token.dep_ != "nsubj":
            return Counter()
        acted_on = (word for thing in children(token.head, "dobj") for word in thing.subtree)
        named = (self._entity(word) for word in acted_on)
        states = (entity_state(entity) for entity in named if entity is not None and entity.names_state)
        return Counter(state for state in states if state)

    def _town(self, name: str) -> Town | None:
        if name not in self._towns:
            self._towns[name] = find_town(name, self._states)
        return self._towns[name]

    def _state_of_place(self, name: str) -> str | None:
        town = self._town(name)
        return town.state if town else None

    def _entity(self, token: Token) -> Entity | None:
        return self._names[id(token.doc)][token.i]

    def _state_parties(self, states: Iterable[str], words: str) -> Parties:
        return tuple(
            Party(
                state,
                actor.name if (actor := self._lexicon.by_id.get(state)) else state,
                ActorType.STATE,
                state,
                "GOV",
                words,
            )
            for state in states
        )


def block_of(doc: Doc) -> int:
    return int(doc.user_data["block"])


def as_party(actor: Actor, words: str) -> Party:
    return Party(actor.id, actor.name, actor.type, actor.state, actor.sector, words)


def reworded(party: Party, words: str) -> Party:
    return Party(party.id, party.name, party.type, party.state, party.sector, words)


def distinct(parties: Iterable[Party]) -> Parties:
    """One party for each id and state, the first words kept."""
    return tuple({(party.id, party.state): party for party in reversed(list(parties))}.values())[::-1]
