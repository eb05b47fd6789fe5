"""What pronouns and definite phrases point back to: the record of who was spoken of, and the rules that search it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from app.domain.actors import ActorType, Party

HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
SPEAKER = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
_OBJECTS = frozenset({"dobj", "dative", "pobj"})
_INSTITUTIONS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "IGO", "BUS", "MED", "NGO", "OTH", "STA"})
_BLOCKS_BACK = 3
_MENTIONS_BACK = 30
# Who has a name is spoken of again sooner than "the minister".
OF_OFFICE = -1.2


@dataclass(frozen=True, slots=True)
class Spoken:
    """One mention: where, whom, and how prominently. `gender` is "m", "f" or "" (not known); `office`: one person told
    by what he is ("the minister")."""

    block: int
    token: Token
    parties: tuple[Party, ...]
    subject: bool
    plural: bool
    gender: str = ""
    office: bool = False

    @property
    def person(self) -> bool:
        return self.parties[0].type is ActorType.PERSON


@dataclass
class History:
    """The mentions of an article so far, in order."""

    spoken: list[Spoken] = field(default_factory=list)
    speakers: dict[int, tuple[Party, ...]] = field(default_factory=dict)

    def add(
        self, block: int, token: Token, parties: tuple[Party, ...], gender: str = "", *, office: bool = False
    ) -> None:
        plural = len(parties) > 1 or token.tag_ in ("NNS", "NNPS")
        self.spoken.append(Spoken(block, token, parties, _is_subject(token), plural, gender, office))

    def person(self, block: int, token: Token) -> tuple[Party, ...]:
        """He, she: the most salient person so far that agrees and is not bound by the same clause."""
        wanted = HE[token.lower_]

        def fits(mention: Spoken) -> bool:
            one = mention.person or (mention.office and mention.subject)
            return one and not mention.plural and mention.gender in ("", wanted)

        found = self._best(block, token, fits, _person_score)
        return found.parties if found else ()

    def thing(self, block: int, token: Token) -> tuple[Party, ...]:
        """It: a state, body or group that was spoken of, not a person."""
        found = self._best(block, token, lambda m: _is_thing(m.parties[0]) and not m.plural, _thing_score)
        return found.parties if found else ()

    def several(self, block: int, token: Token) -> tuple[Party, ...]:
        """They: a coordination or a plural, else a state or body."""
        found = self._best(block, token, lambda m: m.plural, _thing_score) or self._best(
            block, token, lambda m: not m.person, _thing_score
        )
        return found.parties if found else ()

    def same_noun(self, block: int, token: Token) -> tuple[Party, ...]:
        """ "The official", after "a US official": whom the same noun named last."""
        for mention in self._recent(block, _BLOCKS_BACK):
            if _same_form(mention.token, token) and mention.parties[0].state:
                return mention.parties
        return ()

    def speaker(self, block: int) -> tuple[Party, ...]:
        """Who speaks in a block: its own speaker, else that of the block before."""
        return self.speakers.get(block) or self.speakers.get(block - 1, ())

    def last(self, block: int, accept: Callable[[Party], bool], *, back: int = _BLOCKS_BACK) -> Party | None:
        """The party spoken of last that `accept` takes, subjects of the same distance alike."""
        for mention in self._recent(block, back):
            for party in mention.parties:
                if accept(party):
                    return party
        return None

    def pair(self, block: int) -> tuple[Party, ...]:
        """The two countries, both sides: a coordination of two states, else the last two states."""
        for as_state in (_as_state, _own_state):
            found: dict[str, Party] = {}
            for mention in self._recent(block, _BLOCKS_BACK):
                states = {s.id: s for p in mention.parties if (s := as_state(p))}
                if len(states) == 2:
                    return tuple(states.values())
                for ident, party in states.items():
                    found.setdefault(ident, party)
                if len(found) >= 2:
                    return tuple(found.values())[:2]
        return ()

    def several_states(self, block: int, number: int) -> tuple[Party, ...]:
        """The four countries: the last list of so many states."""
        for mention in self._recent(block, _BLOCKS_BACK):
            states = {party.id: party for party in mention.parties if party.type is ActorType.STATE}
            if len(states) == number:
                return tuple(states.values())
        return ()

    def two(self, block: int, accept: Callable[[Party], bool]) -> tuple[Party, ...]:
        """The two presidents, both ministers: the last two whom `accept` takes, in the order told; none where fewer."""
        found: dict[str, Party] = {}
        for mention in self._recent(block, _BLOCKS_BACK):
            for party in reversed(mention.parties):
                if accept(party):
                    found.setdefault(party.id, party)
        return tuple(found.values())[1::-1] if len(found) > 1 else ()

    def focus(self, block: int, *, back: int = 1) -> str | None:
        """The state that the text is speaking of: the last one named in this block, else in those before."""
        for distance in range(back + 1):
            for mention in self._recent(block, distance):
                if mention.subject and mention.parties[0].state:
                    return mention.parties[0].state
        found = self.last(block, lambda p: p.state is not None, back=back if back == 0 else _BLOCKS_BACK)
        return found.state if found else None

    def _recent(self, block: int, back: int) -> Iterator[Spoken]:
        for mention in self.spoken[: -_MENTIONS_BACK - 1 : -1]:
            if block - mention.block > back:
                return
            yield mention

    def _best(
        self,
        block: int,
        token: Token,
        accept: Callable[[Spoken], bool],
        score: Callable[[Spoken, int, Token], float],
    ) -> Spoken | None:
        best: tuple[float, Spoken] | None = None
        for mention in self._recent(block, _BLOCKS_BACK):
            if not accept(mention) or _same_clause(mention, block, token):
                continue
            value = score(mention, block, token)
            if best is None or value > best[0]:
                best = value, mention
        return best[1] if best else None


def _person_score(mention: Spoken, block: int, token: Token) -> float:
    named = OF_OFFICE * mention.office - 0.7 * (mention.token.dep_ == "poss")
    return 2.0 * mention.subject + _nearness(mention, block, token) + named


def _thing_score(mention: Spoken, block: int, token: Token) -> float:
    object_of_preposition = mention.token.dep_ in ("pobj", "compound", "amod")
    return 1.2 * mention.subject + _nearness(mention, block, token) - 0.5 * object_of_preposition


def _nearness(mention: Spoken, block: int, token: Token) -> float:
    if mention.block != block:
        return -0.5 * (block - mention.block)
    sentences = sum(1 for t in token.doc[mention.token.i + 1 : token.i + 1] if t.is_sent_start)
    return 1.6 - 0.8 * min(sentences, 3) - 0.01 * (token.i - mention.token.i)


def _is_subject(token: Token) -> bool:
    head = token.head if token.dep_ in ("appos", "conj", "compound") else token
    according = head.dep_ == "pobj" and head.head.head.lower_ == "according"
    return head.dep_ in _SUBJECTS or according


def _same_clause(mention: Spoken, block: int, token: Token) -> bool:
    """Whether both are arguments of one verb, so that the pronoun means another: "Russia armed it"."""
    if mention.block != block or token.dep_ not in _OBJECTS or token.tag_ == "PRP$" or not mention.subject:
        return False
    governor = token.head.head if token.dep_ == "pobj" else token.head
    while governor.dep_ in ("advcl", "xcomp") and not any(child.dep_ in _SUBJECTS for child in governor.children):
        governor = governor.head  # "Tokyo denounced Pyongyang, accusing it": its subject is that of the verb above
    return mention.token.head == governor


def _is_thing(party: Party) -> bool:
    """Whether "it" can mean the party: a state, a body or group, an unnamed institution; not a person."""
    if party.type is ActorType.ROLE:
        return party.sector in _INSTITUTIONS
    return party.type is not ActorType.PERSON


def _own_state(party: Party) -> Party | None:
    """A state, or that of a person: "Wen and Singh ... the two countries"."""
    if party.type is ActorType.PERSON and party.state:
        return Party(party.state, party.state, ActorType.STATE, party.state, "GOV", party.words)
    return _as_state(party)


def _same_form(one: Token, other: Token) -> bool:
    """Whether two words are one noun in one number, with or without a capital: "Embassy", "embassy"."""
    same = one.lemma_.lower() == other.lemma_.lower()
    return same and one.tag_.endswith("S") == other.tag_.endswith("S")


def _as_state(party: Party) -> Party | None:
    if party.type is ActorType.STATE:
        return party
    return None
