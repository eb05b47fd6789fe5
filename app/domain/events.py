"""What is claimed (a mention, in one sentence of one document) and what happened (an event, with its mentions)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.actors import Party
from app.domain.dates import Derivation, Offsets
from app.domain.kinds import Coding


class Modality(StrEnum):
    """How the text puts it. The default answer holds `asserted` and `alleged`."""

    ASSERTED = "asserted"
    ALLEGED = "alleged"
    DENIED = "denied"
    NEGATED = "negated"
    PLANNED = "planned"
    CONDITIONAL = "conditional"


HAPPENED = (Modality.ASSERTED, Modality.ALLEGED)
AHEAD = (Modality.PLANNED, Modality.CONDITIONAL)


class Role(StrEnum):
    """Whether the article reports it as its news or recalls it as history."""

    MAIN = "main"
    BACKGROUND = "background"


class Status(StrEnum):
    REPORTED = "reported"
    CORROBORATED = "corroborated"
    DISPUTED = "disputed"
    RETRACTED = "retracted"


CORROBORATING_PUBLISHERS = 2  # that tell an event, neither copying the other


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happened. Coordinates are WGS 84 degrees, None where the place is only a name."""

    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: str = ""  # city | country | ""


@dataclass(frozen=True, slots=True)
class Money:
    """A sum as the text tells it. `currency` is an ISO 4217 code."""

    amount: float
    currency: str
    words: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that an event was read from, and the rule that read them."""

    clause: Offsets
    trigger: Offsets
    rule: str
    version: str

    def __post_init__(self) -> None:
        if not 0 <= self.clause.start <= self.trigger.start < self.trigger.end <= self.clause.end:
            raise ValueError(f"the trigger {self.trigger} lies outside its clause {self.clause}")


@dataclass(frozen=True, slots=True)
class Saying:
    """Who says what a mention tells, and to whom: the words for each, and the actors that they mean where known.

    `of_self`: whether the speaker is one of the sides, or of their state; None where speaker or sides are not known.
    """

    attribution: Offsets | None = None
    speaker_ids: tuple[str, ...] = ()
    addressee: str | None = None
    addressed: Offsets | None = None
    addressee_ids: tuple[str, ...] = ()
    of_self: bool | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One claim of one document that something was done, with its evidence.

    `date` is the one to sort by. `reported` is the day on which it was told ("said on Monday that it had delivered"),
    `planned` the days for which it was planned, `happened` those on which it was done; None where the text has none.
    `others` are third parties: a mediator, a channel. `deadline` is the last day that a demand leaves. `cue` is where
    the words stand that show the modality, None where none do; `attribution` the words for whoever says so.
    """

    kind: str
    coding: Coding
    date: Derivation
    evidence: Evidence
    modality: Modality
    role: Role
    confidence: float
    source: tuple[Party, ...] = ()
    target: tuple[Party, ...] = ()
    others: tuple[Party, ...] = ()
    object: str | None = None
    quantity: str | None = None
    place: Place | None = None
    attribution: str | None = None
    reported: Derivation | None = None
    planned: Derivation | None = None
    value: Money | None = None
    instrument: str | None = None
    deadline: Derivation | None = None
    cue: Offsets | None = None
    saying: Saying | None = None

    @property
    def happened(self) -> Derivation | None:
        return self.date if self.modality in HAPPENED else None

    def __post_init__(self) -> None:
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"a confidence lies in 0..1, not {self.confidence}")
