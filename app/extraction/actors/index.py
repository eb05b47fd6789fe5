"""The actors of one article, asked for by token."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token

from app.domain.actors import Actor, ActorType, Party
from app.domain.events import Place
from app.domain.spans import TimeSpan
from app.extraction.actors import coreference as coref
from app.extraction.actors import phrases
from app.extraction.actors.coreference import History
from app.extraction.actors.identities import Identities
from app.extraction.actors.naming import Entity, find_names
from app.extraction.actors.nationality import entity_state
from app.extraction.actors.places import Town, find_town
from app.extraction.lexicon import Lexicon, NameKind, RoleNoun, slug

Parties = tuple[Party, ...]

_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "DET", "ADJ", "PRON"})
_SAYING = frozenset({"say", "tell", "state", "add", "announce", "declare", "warn", "insist", "claim", "note", "write", "tweet", "stress", "argue"})
_IN_PLACE = frozenset({"in", "at", "near", "to", "from", "into", "outside", "around", "across", "toward", "towards", "over", "inside", "through"})
# Owners from a place or an origin: "protesters in Cairo", "officials from Japan".
_OWNER_PREPOSITIONS = ("of", "for", "from", "in", "at")


class ActorIndex:
    """The actors of one article. Every question is about a token of one of the docs that were read."""

    def __init__(self, lexicon: Lexicon, docs: Sequence[Doc], published: TimeSpan | None) -> None:
        self._lexicon = lexicon
        self._names = {id(doc): find_names(doc, lexicon) for doc in docs}
        self._docs = tuple(docs)  # keeps them alive, as their ids are keys
        self._identities = Identities(lexicon, published)
        self._identities.learn(docs, self._names)
        self._states = self._count_states()
        self._history = History()
        self._known: dict[tuple[int, int], Parties] = {}
        self._open: set[tuple[int, int]] = set()
        self._towns: dict[str, Town | None] = {}
        for doc in docs:
            self._follow(doc)

    # -- the questions --------------------------------------------------------------------------

    def parties(self, token: Token, *, conjuncts: bool = True) -> Parties:
        """The actors denoted by the noun phrase, pronoun or possessive headed by `token`; () for things and events.

        With `conjuncts` its coordinated members too: "Russia and Belarus" -> RUS, BLR.
        """
        found = list(self._one(token))
        if conjuncts:
            for other in (*phrases.later_conjuncts(token), *self._listed_states(token)):
                found.extend(self._one(other))
        return _distinct(found)

    def modifier_parties(self, token: Token) -> Parties:
        """The actors among the left modifiers and the possessor of a noun ("Iran's request", "US missile sale")."""
        found: list[Party] = []
        for word in phrases.left_modifiers(token):
            found.extend(self._hyphen_members(word))
            found.extend(self._one(word))
        if not found:
            for word in phrases.inner_modifiers(token):
                found.extend(self._one(word))
        return _distinct(found)

    def state_of(self, token: Token) -> str | None:
        """Alpha-3 code of the state that the noun phrase headed by `token` belongs to."""
        for party in (*self._one(token), *self._owners(token)):
            if party.state:
                return party.state
        return None

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
        if entity.kind is NameKind.SEAT:
            town = find_town(entity.text, (actor.id,))
            if town is not None and town.state == actor.id:
                return town.place
        return Place(actor.name if entity.kind is NameKind.STATE else entity.text, actor.id, precision="country")

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

    def _follow(self, doc: Doc) -> None:
        """Read one block from left to right, so that each pronoun sees what was said before it."""
        block = _block(doc)
        names = self._names[id(doc)]
        for index, token in enumerate(doc):
            entity = names[index]
            if entity is not None:
                if index == entity.end - 1:
                    self._record(block, token, self._one(token))
            elif self._lexicon_role(token) is not None or token.lower_ in coref.HE or token.lower_ in coref.IT or token.lower_ in coref.THEY:
                self._record(block, token, self._one(token))
            elif token.lower_ in coref.SPEAKER or token.lower_ in coref.RELATIVE:
                self._one(token)
            if token.lemma_ in _SAYING and token.pos_ == "VERB":
                self._speaks(block, token)

    def _record(self, block: int, token: Token, parties: Parties) -> None:
        if not parties or token.dep_ == "amod":
            return
        self._history.add(block, token, parties, self._gender(token, parties))
        if token.dep_ == "conj" and (first := _coordination_head(token)) is not None:
            members = self.parties(first)
            if len(members) > 1:
                self._history.add(block, first, members)

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
        key = (_block(token.doc), token.i)
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
        block, word = _block(token.doc), token.lower_
        if word in coref.HE:
            return self._history.person(block, token)
        if word in coref.IT:
            return () if phrases.is_expletive(token) else self._history.thing(block, token)
        if word in coref.THEY:
            return self._history.several(block, token)
        if word in coref.SPEAKER and _inside_quotation(token):
            return self._history.speaker(block)
        return ()

    # -- names ----------------------------------------------------------------------------------

    def _of_entity(self, token: Token, entity: Entity) -> Parties:
        match entity.kind:
            case NameKind.WEAPON:
                return ()
            case NameKind.STATE | NameKind.DEMONYM | NameKind.SEAT:
                return self._of_state_name(token, entity)
            case NameKind.BODY:
                actor = entity.readings[0].actor
                return (_as_party(actor, entity.text),) if actor else ()
        if entity.body:
            return self._of_unknown_body(token, entity)
        identity = self._identities.find(entity)
        if identity is not None and self._is_person(token, entity):
            if identity.state is None:
                identity.state = self._state_of_person(token, entity)
            return (identity.party(entity.text),)
        return self._of_unclear_name(token, entity)

    def _state_of_person(self, token: Token, entity: Entity) -> str | None:
        """The state of one whom neither table nor title places: by apposition, coordination, else for an officer by context."""
        head = next((word for word in token.doc[entity.start : entity.end] if not entity.start <= word.head.i < entity.end), token)
        near = [*phrases.appositions(head)]
        if head.dep_ == "appos" or (head.dep_ == "conj" and entity.titles):
            near.append(head.head)
        for word in near:
            owners = self._owners(word) if self._entity(word) is None else self._one(word)
            if state := next((party.state for party in owners if party.state), None):
                return state
        if any(self._lexicon.has_note(title, "state") for title in entity.titles):
            return self._context_state(token)
        return None

    def _of_state_name(self, token: Token, entity: Entity) -> Parties:
        actor = entity.readings[0].actor
        if entity.kind is NameKind.SEAT and (owner := self._state_before(token.doc, entity.start)) is not None:
            actor = owner  # "Peru's Congress"
        return (_as_party(actor, entity.text),) if actor else ()

    def _state_before(self, doc: Doc, start: int) -> Actor | None:
        """The state named directly before a seat of power, as its adjective or possessor."""
        position = start - 2 if start > 1 and doc[start - 1].tag_ == "POS" else start - 1
        before = self._names[id(doc)][position] if position >= 0 else None
        if before is None or before.kind not in (NameKind.DEMONYM, NameKind.STATE) or not before.readings:
            return None
        return before.readings[0].actor

    def _of_unknown_body(self, token: Token, entity: Entity) -> Parties:
        """A ministry or an army is its state; any other body stands under its own name."""
        head = token.doc[entity.end - 1]
        owners = self._owners(head) or self._flat_owner(token.doc, entity)
        state = next((party.state for party in owners if party.state), None)
        if any(self._lexicon.has_note(word.lower(), "government") for word in entity.text.split()):
            state = state or self._context_state(token)
            if state:
                return self._state_parties([state], entity.text)
        return (Party(slug(entity.text), entity.text, ActorType.ORGANISATION, state=state, words=entity.text),)

    def _flat_owner(self, doc: Doc, entity: Entity) -> Parties:
        actor = self._state_before(doc, entity.start)
        return (_as_party(actor, actor.name),) if actor else ()

    def _is_person(self, token: Token, entity: Entity) -> bool:
        """Whether a name of unknown words is taken for a person's."""
        if entity.kind is NameKind.PERSON or entity.personal:
            return True
        size = len(entity.text.split())
        before = token.doc[entity.start - 1].lower_ if entity.start else ""
        if size == 1:
            return before not in _IN_PLACE
        return 2 <= size <= 4 and before != "the" and self._town(entity.text) is None

    def _of_unclear_name(self, token: Token, entity: Entity) -> Parties:
        town = self._town(entity.text)
        if town is not None:
            return self._state_parties([town.state], entity.text)
        owners = self._owners(token.doc[entity.end - 1])
        state = next((party.state for party in owners if party.state), None)
        acts = token.dep_ in ("nsubj", "agent", "poss") or token.head.lower_ == "by"
        if not acts or any(c.isdigit() for c in entity.text) or self._only_capitalised(entity, token.doc):
            return ()
        return (Party(slug(entity.text), entity.text, ActorType.ORGANISATION, state=state, words=entity.text),)

    def _only_capitalised(self, entity: Entity, doc: Doc) -> bool:
        """Whether a single word may owe its capital to the start of its sentence."""
        return entity.end - entity.start == 1 and bool(doc[entity.start].is_sent_start)

    def _town(self, name: str) -> Town | None:
        if name not in self._towns:
            self._towns[name] = find_town(name, self._states)
        return self._towns[name]

    # -- role nouns -----------------------------------------------------------------------------

    def _lexicon_role(self, token: Token) -> RoleNoun | None:
        roles = self._lexicon.roles
        role = roles.get(token.lemma_.lower()) or roles.get(token.lower_)
        if role is None and token.lower_.endswith("s"):
            role = roles.get(token.lower_[:-1])
        if role is None or role.notes <= {"title", "qualifier", "organisation"}:
            return None
        return role

    def _of_role(self, token: Token, role: RoleNoun) -> Parties:
        if "through" in role.notes:
            counted = list(phrases.objects_of(token, "of"))
            if counted:
                return _distinct(party for word in counted for party in self.parties(word))
        if role.notes <= {"through", "title", "qualifier", "organisation", "government"}:
            return self._named_beside(token)
        if token.dep_ in ("compound", "amod") and token.head.i > token.i and self._lexicon_role(token.head) is None and "state" not in role.notes:
            return ()  # "rebel attack": asked for as a modifier it still names rebels
        if named := self._named_beside(token):
            return named
        return self._owned_role(token, role)

    def _owned_role(self, token: Token, role: RoleNoun) -> Parties:
        words = phrases.phrase_words(token)
        if "country" in role.notes and phrases.is_both(token):
            return self._history.pair(_block(token.doc))
        owners = self._owners(token)
        bodies = [party for party in owners if party.type in (ActorType.ORGANISATION, ActorType.ARMED_GROUP, ActorType.MEDIA)]
        states = list(dict.fromkeys(party.state for party in owners if party.state))
        if bodies and "country" not in role.notes:
            return tuple(_reworded(party, words) for party in bodies)
        if role.notes & {"state", "country", "equipment"}:
            if states:
                return self._titled(role, states) or self._state_parties(states, words)
            return self._back_reference(token, role, words)
        if "source" in role.notes and states:
            return self._state_parties(states, words)
        if not states and phrases.is_definite(token) and role.notes & {"group"} and (body := self._body_before(token, role)):
            return (body,)
        return self._unnamed(token, role, states, words)

    def _unnamed(self, token: Token, role: RoleNoun, states: Sequence[str], words: str) -> Parties:
        sector = role.sector
        if sector == "IGO" and len(states) > 1:
            return self._state_parties(states, words)  # a commission of two states is both
        if not states:
            return (Party(slug(role.lemma), role.lemma, ActorType.ROLE, sector=sector, words=words),)
        return tuple(Party(slug(role.lemma), role.lemma, ActorType.ROLE, state=state, sector=sector, words=words) for state in states)

    def _titled(self, role: RoleNoun, states: Sequence[str]) -> Parties:
        """"The Russian president": the person of the article who holds the office."""
        if "title" not in role.notes or len(states) != 1:
            return ()
        holder = self._identities.office_holder(role.lemma, states[0])
        return (holder.party(role.lemma),) if holder else ()

    def _back_reference(self, token: Token, role: RoleNoun, words: str) -> Parties:
        """"The minister", "the country", "the army" without an owner: what the text was speaking of."""
        block = _block(token.doc)
        definite = phrases.is_definite(token)
        singular = token.tag_ not in ("NNS", "NNPS")
        if token.dep_ in ("amod", "compound", "nmod"):
            return ()  # "military sources": no military is spoken of
        if definite and "country" not in role.notes and (same := self._history.same_noun(block, token)):
            return tuple(_reworded(party, words) for party in same)
        if "person" in role.notes and definite and singular:
            person = self._history.last(block, lambda p: self._fits(p, role))
            if person is not None:
                return (_reworded(person, words),)
        if "country" in role.notes:
            country = self._history.last(block, lambda p: p.type is ActorType.STATE) if definite else None
            return (_reworded(country, words),) if country else ()
        if "equipment" in role.notes:
            return ()
        if definite or not (phrases.has_determiner(token) or ("person" in role.notes and singular)):
            state = self._context_state(token)
            if state:
                return self._state_parties([state], words)
        return self._unnamed(token, role, (), words)

    def _fits(self, party: Party, role: RoleNoun) -> bool:
        if party.type is not ActorType.PERSON:
            return False
        identity = self._identities.named(party.name)
        return identity is not None and self._identities.holds(identity, role.lemma)

    def _body_before(self, token: Token, role: RoleNoun) -> Party | None:
        """"The group", "the newspaper": the body of that sort spoken of last."""
        sort = {"MED": ActorType.MEDIA, "OTH": ActorType.ARMED_GROUP, "REB": ActorType.ARMED_GROUP}.get(role.sector)
        if sort is None or token.tag_ == "NNS":
            return None
        return self._history.last(_block(token.doc), lambda p: p.type is sort)

    def _context_state(self, token: Token) -> str | None:
        """The state in focus: the last one named in this block, else the article's most frequent."""
        focus = self._history.focus(_block(token.doc))
        return focus or (self._states.most_common(1)[0][0] if self._states else None)

    def _named_beside(self, token: Token) -> Parties:
        """The person or body whose name stands beside a noun: "negotiator X", "the group, Y"."""
        after = self._names[id(token.doc)][token.i + 1] if token.i + 1 < len(token.doc) else None
        if after is not None and (after.names_person or after.kind is NameKind.BODY) and token.tag_ not in ("NNS", "NNPS"):
            return self._one(token.doc[after.end - 1])
        for word in phrases.appositions(token):
            entity = self._entity(word)
            if entity is not None and (entity.names_person or entity.kind is NameKind.BODY):
                return self._one(word)
        return ()

    def _listed_states(self, token: Token) -> Iterator[Token]:
        """Further states of a list that the parser takes for an apposition: "sale to Iran, Syria"."""
        entity = self._entity(token)
        if entity is not None and entity.names_state:
            for word in phrases.appositions(token):
                other = self._entity(word)
                if other is not None and other.names_state:
                    yield word

    # -- owners ---------------------------------------------------------------------------------

    def _owners(self, token: Token) -> Parties:
        """The states and bodies to which a noun belongs, by its modifiers, then by its prepositions."""
        for found in self._owner_groups(token):
            parties = _distinct(found)
            if parties:
                return parties
        return ()

    def _owner_groups(self, token: Token) -> Iterator[list[Party]]:
        for word in phrases.left_modifiers(token):
            yield [*self._owning(word), *(p for other in phrases.later_conjuncts(word) if other.i < token.i for p in self._owning(other))]
        yield [party for word in phrases.inner_modifiers(token) for party in self._owning(word)]
        for preposition in _OWNER_PREPOSITIONS:
            yield [party for word in phrases.objects_of(token, preposition) for party in self._owning_phrase(word, preposition)]
        if token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN") and not phrases.has_determiner(token):
            yield list(self._owners(token.head))  # "Russian officers and diplomats"

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
        while position >= 2 and doc[position - 1].text in ("-", "/") and (entity := names[position - 2]) is not None and entity.names_state:
            if self._names[id(doc)][word.i] is None:
                return  # "Iranian-made": the adjective is not a state
            yield from self._one(doc[position - 2])
            position = entity.start

    # -- small things ---------------------------------------------------------------------------

    def _entity(self, token: Token) -> Entity | None:
        return self._names[id(token.doc)][token.i]

    def _state_parties(self, states: Iterable[str], words: str) -> Parties:
        return tuple(
            Party(state, actor.name if (actor := self._lexicon.by_id.get(state)) else state, ActorType.STATE, state, "GOV", words)
            for state in states
        )

    def _count_states(self) -> Counter[str]:
        counted: Counter[str] = Counter()
        for names in self._names.values():
            for entity in names:
                if entity is not None and entity.names_state and (state := entity_state(entity)):
                    counted[state] += 1
        return counted


class ActorReader:
    """Finds the actors of an article. Holds no state between articles."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def read(self, docs: Sequence[Doc], published: TimeSpan | None) -> ActorIndex:
        """The actors of one article, its parsed blocks given in order, with names as of the day of publication."""
        for position, doc in enumerate(docs):
            doc.user_data.setdefault("block", position)
        return ActorIndex(self._lexicon, docs, published)


def _block(doc: Doc) -> int:
    return int(doc.user_data["block"])


def _as_party(actor: Actor, words: str) -> Party:
    return Party(actor.id, actor.name, actor.type, actor.state, actor.sector, words)


def _reworded(party: Party, words: str) -> Party:
    return Party(party.id, party.name, party.type, party.state, party.sector, words)


def _distinct(parties: Iterable[Party]) -> Parties:
    """One party for each id and state, the first words kept."""
    return tuple({(party.id, party.state): party for party in reversed(list(parties))}.values())[::-1]


def _coordination_head(token: Token) -> Token | None:
    while token.dep_ == "conj":
        token = token.head
    return token if token.pos_ in ("NOUN", "PROPN") else None


def _inside_quotation(token: Token) -> bool:
    return sum(1 for word in token.doc[: token.i] if word.text in ('"', "``", "''", "“", "”")) % 2 == 1
