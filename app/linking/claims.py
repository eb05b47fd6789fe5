"""What linking compares: the claim of one mention, reduced to its slots."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.actors import ActorType, Party
from app.domain.dates import Basis
from app.domain.events import HAPPENED, Modality
from app.domain.spans import Precision, TimeSpan

ROUGH = timedelta(days=3)  # how far off a day told with "about", or taken from the news around it, may be
ROW = "~"  # in the key of a row: behind what all rows that say the same have in common
UNNAMED = "~"  # before the id of a role: it tells two of a state apart, but nobody is known by it
HOSTS = "043"  # CAMEO: host a visit; the host is no visitor
MUTUAL = ("pledge", "036")  # CAMEO: express intent to meet or negotiate; who means to meet another is met by him


@dataclass(frozen=True, slots=True)
class Claim:
    """The slots of one mention. `key` is the id of the event that it would found; no other claim has it.

    `source` and `target` hold ids of actors and of the states they belong to; where a visit is told by its host
    (`hosted`) they have changed places, and of what is `mutual` they may. Of either, `inferred` are those that no words
    name. `document` is the text's hash, `published` its first possible day, `words` the sentence as hashed words. Of
    the object as it is told (`thing`), `topic` is the family of the weapon that it is about: named by the object or,
    where that is left open, the one that the whole text turns on.
    """

    key: str
    kind: str
    modality: Modality
    span: TimeSpan
    source: frozenset[str]
    target: frozenset[str]
    basis: Basis = Basis.EXPLICIT
    document: str = ""
    published: date | None = None
    publisher: str | None = None
    thing: str | None = None
    place: str | None = None
    country: str | None = None
    precise_place: bool = False  # a city, not a country
    words: frozenset[int] = frozenset()
    trigger: str = ""
    hosted: bool = False
    mutual: bool = False
    topic: str | None = None
    confidence: float = 0.5
    inferred_source: frozenset[str] = frozenset()
    inferred_target: frozenset[str] = frozenset()
    quantity: str | None = None
    gist: frozenset[int] = frozenset()  # of the words, what is left without names, days and words that any news has

    @property
    def row(self) -> str | None:
        """What the rows of a table that say the same have in common; None for what is no row."""
        stem, mark, _ = self.key.partition(ROW)
        return stem if mark else None

    @property
    def stated_source(self) -> frozenset[str]:
        return self.source - self.inferred_source

    @property
    def stated_target(self) -> frozenset[str]:
        return self.target - self.inferred_target

    @property
    def stance(self) -> str:
        return stance_of(self.modality)

    @property
    def happened(self) -> bool:
        return self.modality in HAPPENED

    @property
    def exact(self) -> bool:
        return self.span.precision is Precision.DAY and not self.span.approximate

    @property
    def room(self) -> TimeSpan:
        """The days on which it may have been: a rough day leaves some before and after."""
        span = self.span
        if not span.approximate or span.start is None or span.end is None or span.precision is not Precision.DAY:
            return span
        first = max(span.start, date.min + ROUGH) - ROUGH
        return TimeSpan(first, min(span.end, date.max - ROUGH) + ROUGH, Precision.RANGE, approximate=True)

    @property
    def order(self) -> tuple[int, int, str]:
        """The place in the canonical order: the narrowest date first, then who names more, then a fixed lot."""
        names = -len(self.source) - len(self.target) - bool(self.thing) - bool(self.place)
        return (length(self.room), names, self.key)

    @property
    def seniority(self) -> tuple[str, str]:
        """Who gives the event its id: the first that was published; of one day, a fixed lot."""
        return (self.published.isoformat() if self.published else "9999", self.key)


def stance_of(modality: Modality) -> str:
    """`happened` for what is said to have happened, otherwise the modality itself."""
    return "happened" if modality in HAPPENED else modality.value


def length(span: TimeSpan) -> int:
    """How many days a span leaves open."""
    return (span.end - span.start).days if span.start and span.end else 10_000_000


def likely(claim: Claim, news_days: int) -> TimeSpan:
    """Where the event is looked for: of "before X", read off the day of publication, the last days before X."""
    span = claim.room
    if span.start is None and span.end is not None and claim.published and span.end > date.min + timedelta(news_days):
        near = abs((claim.published - span.end).days) <= news_days
        if near:
            return TimeSpan(span.end - timedelta(days=news_days), span.end, Precision.RANGE)
    return span


def identities(parties: Iterable[Party], *, in_rows: bool = False) -> frozenset[str]:
    """The ids that a side goes by: each party's own and its state's. An unnamed role goes by its state; in the rows of
    a table, which has one name for each, by its own too."""
    return frozenset(name for party in parties for name in _names(party, in_rows=in_rows))


def _names(party: Party, *, in_rows: bool) -> tuple[str, ...]:
    if party.type is ActorType.ROLE and party.state:
        return (f"{UNNAMED}{party.id}", party.state) if in_rows else (party.state,)
    if party.type is ActorType.ROLE and not in_rows:
        return (f"{UNNAMED}{party.id}",)
    return (party.id, party.state) if party.state else (party.id,)


def is_nobody(side: frozenset[str]) -> bool:
    """Whether a side is told by roles alone, of no known state: "gunmen"."""
    return bool(side) and all(name.startswith(UNNAMED) for name in side)


def is_state(name: str) -> bool:
    return len(name) == 3 and name.isupper()


def named(side: frozenset[str]) -> frozenset[str]:
    """The people and bodies of a side, by name or role."""
    return frozenset(name for name in side if not is_state(name))


def known(side: frozenset[str]) -> frozenset[str]:
    """The people and bodies of a side that have a name."""
    return frozenset(name for name in named(side) if not name.startswith(UNNAMED))


def homes(side: frozenset[str]) -> frozenset[str]:
    """The states of a side; of a side without any, whoever acts."""
    states = frozenset(name for name in side if is_state(name))
    return states or side
