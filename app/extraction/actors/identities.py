"""Who a personal name stands for in one article: full names, surnames after them, in-text nationality, offices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from functools import partial

from spacy.tokens import Doc

from app.domain.actors import Actor, ActorType, Party
from app.domain.spans import TimeSpan
from app.extraction.actors.naming import Entity
from app.extraction.actors.nationality import PlaceState, nationality
from app.extraction.actors.offices import holder
from app.extraction.lexicon import Lexicon, NameKind, fold, slug

_FEMALE_TITLES = frozenset(
    {"mrs", "ms", "miss", "queen", "princess", "dame", "madam", "lady", "spokeswoman", "congresswoman", "chairwoman"}
)
_MALE_TITLES = frozenset(
    {"mr", "king", "prince", "sheikh", "sir", "lord", "pope", "ayatollah", "spokesman", "congressman", "chairman"}
)

# "The Australian leader" holds one of these offices, the first that the article names.
_LEADERS = frozenset({"leader", "ruler", "strongman", "premier"})
_OFFICES_OF_LEADERS = ("premier", "prime", "chancellor", "president", "king", "emir", "leader")

_LONG_SURNAME = 6
_ALIKE = 0.88


@dataclass
class Identity:
    """One person of an article. `offices` are the role words that the article gives him."""

    name: str
    actor: Actor | None = None
    state: str | None = None
    gender: str = ""
    roles: set[str] = field(default_factory=set)

    def party(self, words: str) -> Party:
        known = self.actor
        return Party(
            known.id if known else slug(self.name),
            known.name if known else self.name,
            ActorType.PERSON,
            state=self.state,
            sector=(known.sector if known else "") or ("GOV" if self.roles else ""),
            words=words,
        )


class Identities:
    """The persons of one article, by every form of their names in it."""

    def __init__(self, lexicon: Lexicon, published: TimeSpan | None, place_state: PlaceState) -> None:
        self._lexicon = lexicon
        self._place_state = place_state
        self._day = (published.last or published.start) if published else None
        self._by_surname: dict[str, list[Identity]] = defaultdict(list)
        self._by_text: dict[str, Identity] = {}

    def learn(self, docs: Sequence[Doc], names: Mapping[int, Sequence[Entity | None]]) -> None:
        """Take in all names of the article: full names first, so that a surname anywhere finds its owner."""
        occurrences = [(doc, entity) for doc in docs for entity in _distinct(names[id(doc)])]
        full = [(doc, e) for doc, e in occurrences if _may_be_person(e) and len(e.text.split()) > 1]
        single = [(doc, e) for doc, e in occurrences if _may_be_person(e) and len(e.text.split()) == 1]
        for doc, entity in (*full, *single):
            told = partial(nationality, doc, entity, names[id(doc)], self._lexicon, self._place_state)
            identity = self._identify(entity, told)
            if identity is None:
                continue
            identity.roles.update(entity.titles)
            identity.gender = identity.gender or self._gender(identity, entity)
            if identity.state is None:
                identity.state = told()

    def find(self, entity: Entity) -> Identity | None:
        """The person that a name stands for, None if it is not known to be a person's."""
        return self._by_text.get(entity.text)

    def by_surname(self, word: str) -> Identity | None:
        """The person of the article whose surname a single word is."""
        if " " in word:
            return None
        return next((found for found in self._by_surname.get(_surname(word), ()) if found.name != word), None)

    def named(self, name: str) -> Identity | None:
        """The person of this canonical name."""
        return next((found for found in self._by_text.values() if found.name == name), None)

    def office_holder(self, title: frozenset[str], state: str) -> Identity | None:
        """The person of the article with an office of `state` whose title has these words, as of its day."""
        titles = [frozenset({office}) for office in _OFFICES_OF_LEADERS] if title <= _LEADERS else [title]
        for wanted in titles:
            for identity in self._by_text.values():
                if identity.state == state and (wanted <= identity.roles or self._holds(identity, wanted, state)):
                    return identity
        return None

    def holds(self, identity: Identity, noun: str) -> bool:
        """Whether a role noun fits a person, by the article's titles or the offices of the day."""
        return noun in identity.roles or self._holds(identity, frozenset({noun}), identity.state)

    def _holds(self, identity: Identity, title: frozenset[str], state: str | None) -> bool:
        if identity.actor is None or self._day is None:
            return False
        return any(
            title <= set(office.title.split()) and office.state == (state or "") and _on(office.span, self._day)
            for office in identity.actor.offices
        )

    def _identify(self, entity: Entity, told: Callable[[], str | None]) -> Identity | None:
        """Whom the name stands for; `told` asks which state the words beside it tell."""
        known = self._by_text.get(entity.text)
        if known is None:
            known = self._same_person(entity) or self._new(entity, told)
            if known is not None:
                self._by_text[entity.text] = known
        return known

    def _same_person(self, entity: Entity) -> Identity | None:
        parts = entity.text.split()
        same_surname = self._by_surname.get(_surname(entity.text), [])
        if entity.kind is NameKind.PERSON and len(entity.readings) == 1:
            actor = entity.readings[0].actor
            if (match := next((i for i in same_surname if i.actor is actor), None)) or len(parts) > 1:
                return match
        if len(parts) == 1:
            return same_surname[0] if same_surname else self._by_forename(entity) or self._misspelt(entity)
        return next((i for i in same_surname if _compatible(i.name, entity.text)), None)

    def _by_forename(self, entity: Entity) -> Identity | None:
        """ "Sean" after "Sean O'Donnell"; a surname is looked for first."""
        if entity.text not in self._lexicon.male and entity.text not in self._lexicon.female:
            return None
        return next((i for i in self._by_text.values() if i.name.split()[0] == entity.text), None)

    def _misspelt(self, entity: Entity) -> Identity | None:
        """A person of the article whose surname is written almost so: transliterations vary."""
        written = _surname(entity.text)
        if entity.kind is not None or len(written) < _LONG_SURNAME:
            return None
        for surname, people in self._by_surname.items():
            if surname[0] == written[0] and SequenceMatcher(None, surname, written).ratio() > _ALIKE:
                return people[0]
        return None

    def _new(self, entity: Entity, told: Callable[[], str | None]) -> Identity | None:
        actor = self._in_office(entity, told)
        actor = actor or self._choose([name.actor for name in entity.readings if name.actor], entity)
        if actor is None and entity.kind is NameKind.PERSON:
            states = {name.actor.state for name in entity.readings if name.actor}
            identity = Identity(entity.text, state=states.pop() if len(states) == 1 else None)
        elif actor is None and len(entity.text.split()) == 1 and not entity.personal:
            return None
        else:
            identity = Identity(actor.name if actor else entity.text, actor, actor.state if actor else None)
        if surname := _surname(entity.text):
            self._by_surname[surname].append(identity)
        return identity

    def _in_office(self, entity: Entity, told: Callable[[], str | None]) -> Actor | None:
        """ "Prime Minister Brown": whoever of that name held that office on the article's day."""
        if not entity.titles or self._day is None or " " in entity.text:
            return None
        return holder(self._lexicon, entity.text, entity.titles, self._day, told())

    def _choose(self, actors: Iterable[Actor], entity: Entity) -> Actor | None:
        """Of namesakes the one whose office the title names, else the one in office on the article's day."""
        candidates = list(actors)
        if len(candidates) < 2:
            return candidates[0] if candidates else None
        titles = set(entity.titles)
        if self._day is None:
            return None
        day = self._day
        in_office = [a for a in candidates if any(_on(office.span, day) for office in a.offices)]
        titled = [a for a in in_office if any(titles & set(o.title.split()) for o in a.offices if _on(o.span, day))]
        for choice in (titled, in_office):
            if len(choice) == 1:
                return choice[0]
        return None

    def _gender(self, identity: Identity, entity: Entity) -> str:
        if _FEMALE_TITLES.intersection(entity.titles):
            return "f"
        if _MALE_TITLES.intersection(entity.titles):
            return "m"
        first = identity.name.split()[0]
        return "f" if first in self._lexicon.female else "m" if first in self._lexicon.male else ""


def _distinct(names: Sequence[Entity | None]) -> Iterable[Entity]:
    last: Entity | None = None
    for entity in names:
        if entity is not None and entity is not last:
            yield entity
        last = entity


def _may_be_person(entity: Entity) -> bool:
    if entity.kind is None:
        return not entity.body and not any(c.isdigit() for c in entity.text)
    return entity.kind is NameKind.PERSON


def _surname(text: str) -> str:
    """The last word in plain letters; empty where it has none, as in a script that is not Latin."""
    return fold(text.split()[-1]).rpartition("-")[2].lower()


def _compatible(one: str, other: str) -> bool:
    """Whether one full name only adds words to the other, surname and forename being the same."""
    a, b = fold(one).split(), fold(other).split()
    return a[:1] == b[:1] or set(a) <= set(b) or set(b) <= set(a)


def _on(span: TimeSpan, day: date) -> bool:
    return span.overlaps(TimeSpan.of_day(day))
