"""What an expression says before its anchor is known. Resolving turns each into a TimeValue."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.extraction.temporal.calendar import Grain, Period
from app.extraction.temporal.values import TimexType


class Which(StrEnum):
    """Which of the periods: told from the publication day (LAST, THIS, NEXT) or from another date of the text."""

    NONE = "none"
    LAST = "last"
    THIS = "this"
    NEXT = "next"
    PREVIOUS = "previous"
    SAME = "same"
    FOLLOWING = "following"


STEPS = {Which.LAST: -1, Which.PREVIOUS: -1, Which.THIS: 0, Which.SAME: 0, Which.NEXT: 1, Which.FOLLOWING: 1}
ANAPHORIC = frozenset({Which.PREVIOUS, Which.SAME, Which.FOLLOWING})


@dataclass(frozen=True, slots=True)
class Known:
    """A period that the words give in full."""

    period: Period
    last: Period | None = None


@dataclass(frozen=True, slots=True)
class Fields:
    """Parts of a date as told; the rest is open. `years` moves the anchor's year ("July last year": -1)."""

    grain: Grain
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: int | None = None  # number of the quarter or half
    season: str = ""
    which: Which = Which.NONE
    years: int | None = None
    over: bool = False  # it names a deed that is done: "the June 12 attack"
    deed_year: int | None = None  # of a deed that is known: "the September 11 attacks"


@dataclass(frozen=True, slots=True)
class Step:
    """The period of `grain`, `count` steps of `unit` from an anchor; `count` None: some."""

    unit: Grain
    count: float | None
    anaphoric: bool = False
    direction: int = 0
    after_told: bool = False  # counted from a date of the text alone: "a year on"
    sequel: bool = False  # "three years later": in the past counted from no publication
    length: str = ""  # the TIMEX3 duration, where news names the distance and not the day: "two days before he left"


@dataclass(frozen=True, slots=True)
class Length:
    """A duration: `count` as TIMEX3 writes it ("3", "X")."""

    count: str
    unit: str
    code: str
    direction: int = 0  # "the past two years" ends at the publication (-1), "the next" begins there (1)
    after_in: bool = False  # "in two weeks": the day two weeks on, where the clause looks ahead


@dataclass(frozen=True, slots=True)
class Repeated:
    """A set: its TIMEX3 value."""

    code: str


@dataclass(frozen=True, slots=True)
class Vague:
    """PAST_REF, PRESENT_REF, FUTURE_REF; durations of a vague length."""

    code: str
    kind: TimexType = TimexType.DATE


@dataclass(frozen=True, slots=True)
class Within:
    """A time of day ("T10:30", "TMO") on a day told by `day`, or on the day that the text speaks of."""

    detail: str
    day: Meaning | None = None
    which: Which = Which.NONE
    days: int = 0
    zone: str = ""  # "+03:00", or a name of the time zone database


@dataclass(frozen=True, slots=True)
class Feast:
    """A holiday by name, in a year told or not."""

    name: str
    year: int | None = None
    which: Which = Which.NONE
    years: int | None = None  # "Easter next year": 1


@dataclass(frozen=True, slots=True)
class From:
    """`step` counted from the date that `base` tells: "a week from Tuesday"."""

    step: Step
    base: Meaning
    apart: bool = False  # the base is an expression of its own, this one names the distance


@dataclass(frozen=True, slots=True)
class Holding:
    """The period of `grain` that holds the date `base`: "the week of May 3"."""

    grain: Grain
    base: Meaning


@dataclass(frozen=True, slots=True)
class NthIn:
    """The `number`th such weekday, or (None) stretch of seven days, of a month; -1 is the last."""

    number: int
    month: Fields
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """ "the quarter ended Sept. 30": the last such period that is over; its number is not told."""

    grain: Grain


@dataclass(frozen=True, slots=True)
class Anniversary:
    """ "the tenth anniversary" of a day or year that is told with it."""

    number: int
    recalled: Period


@dataclass(frozen=True, slots=True)
class Told:
    """ "that time": the period last told."""


@dataclass(frozen=True, slots=True)
class Turn:
    """ "the turn of the century": the years about the beginning of the period that is meant."""

    unit: Grain
    told: Period | None = None  # where the words tell which


@dataclass(frozen=True, slots=True)
class EveOf:
    """ "the eve of the vote": the day before a thing that the text dates elsewhere."""

    thing: str


@dataclass(frozen=True, slots=True)
class Beside:
    """ "the week before Ramadan": the stretch of `unit` right before (-1) or after (1) the date `base`."""

    unit: Grain
    base: Meaning
    direction: int


@dataclass(frozen=True, slots=True)
class DayOf:
    """ "the first day of Ramadan", "the last day of March"; -1 is the last."""

    number: int
    base: Feast | Fields | Known | Step


@dataclass(frozen=True, slots=True)
class Ending:
    """ "the week ending 3 April": `count` units the last day of which `base` tells; `code` as TIMEX3 writes them."""

    unit: Grain
    count: int
    base: Meaning
    code: str


Meaning = (
    Known
    | Fields
    | Step
    | Length
    | Repeated
    | Vague
    | Within
    | Feast
    | From
    | Holding
    | NthIn
    | Ended
    | Anniversary
    | Beside
    | DayOf
    | Ending
    | EveOf
    | Turn
    | Told
)
