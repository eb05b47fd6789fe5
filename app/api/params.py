"""Query strings: what may be asked with each request, with examples that the demonstration corpus answers.

Every model refuses what it does not know. Values are read by `services.asking`, once.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.domain.queries import By, Match, Sort
from app.exports import OF_EVENTS, PICTURES, TABULAR
from app.services.analysis.intervals import Interval
from app.services.envelope import Count
from app.services.timeline import Kinds, Listing, Nearness

# What the description says of a parameter: it is always asked for, or one of two is and this is the other.
# The services refuse a question without it, in better words than a validator has.
NEEDED: Final = "x-needed"
INSTEAD_OF: Final = "x-instead-of"


def _list(description: str, *examples: str, needed: bool = False) -> Any:
    """A list parameter: comma-separated, repeats accepted, `!` excludes."""
    return Field(
        description=f"{description} Comma-separated; `!` before a value excludes it.",
        examples=[[example] for example in examples],
        json_schema_extra={NEEDED: True} if needed else None,
    )


def _one(description: str, *examples: Any, instead_of: str | None = None, **bounds: Any) -> Any:
    told: Any = {INSTEAD_OF: instead_of} if instead_of else None
    return Field(description=description, examples=list(examples), json_schema_extra=told, **bounds)


def _format(names: tuple[str, ...]) -> Any:
    return Field(
        description="The format. A suffix of the path wins over it, it wins over Accept.",
        examples=["json"],
        json_schema_extra={"enum": list(names)},
    )


Names = list[str]
EventFormat = Annotated[str | None, _format(OF_EVENTS)]


# An event of the demonstration corpus, its document and a day near it. Ids depend on the text alone, so that they hold
# in every database with these texts; a test finds each in an answer.
EXAMPLE_EVENT = "pdlg2xqa732pd6yx"
EXAMPLE_DOCUMENT = "41"
# `["date","2010-01-01",""]` and `["documents","2100-01-01T00:00:00+00:00",1]`: places in an order, not rows.
EXAMPLE_CURSOR = "WyJkYXRlIiwiMjAxMC0wMS0wMSIsIiJd"
EXAMPLE_CHANGE_CURSOR = "WyJjaGFuZ2VzIiwwXQ"
EXAMPLE_CHAIN_CURSOR = "WyJjaGFpbiIsImxhdGVyIiwiMjAxNi0wNC0wMSIsIiJd"
EXAMPLE_DOCUMENT_CURSOR = "WyJkb2N1bWVudHMiLCIyMTAwLTAxLTAxVDAwOjAwOjAwKzAwOjAwIiwxXQ"


class NoParams(BaseModel):
    """No parameter is taken; one that is given is refused."""

    model_config = ConfigDict(extra="forbid")


class FormatParams(NoParams):
    """How the answer is to look. FORMATS names those that it can have, DRAWN those of its chart."""

    FORMATS: ClassVar[tuple[str, ...]] = TABULAR
    DRAWN: ClassVar[tuple[str, ...]] = ()

    f: Annotated[str | None, _format(TABULAR)] = None
    dl: Annotated[bool, _one("1: as a file to keep, with a telling name.", False)] = False
    excel: Annotated[bool, _one("1: CSV for spreadsheets (byte order mark, no formulas).", False)] = False
    fields: Annotated[
        str | None, _one("Only these columns, in this order. Formats with a shape of their own keep it.", "id")
    ] = None

    def given(self) -> dict[str, list[str]]:
        """The parameters that were given, as text, without those that only shape the reply."""
        shaping = {*FormatParams.model_fields, "count", "facet"}
        asked = [name for name in type(self).model_fields if name in self.model_fields_set - shaping]
        values = {name: getattr(self, name) for name in asked}
        return {name: _texts(value) for name, value in values.items() if value not in (None, [], "")}


class Which(FormatParams):
    """Which events: filters are joined by and, values of one filter by or."""

    source: Annotated[Names, _list("Who did it: ids, codes or names.", "RUS", "Russia")] = []
    target: Annotated[Names, _list("To whom it was done.", "IRN")] = []
    dyad: Annotated[Names, _list("Two actors, either way.", "RUS,IRN")] = []
    country: Annotated[
        Names, _list("In or with a country: its place, or one who took part: ISO 3166 alpha-3, or a name.", "RUS")
    ] = []
    kind: Annotated[Names, _list("Kinds of event, see /v1/kinds.", "ultimatum", "visit,meeting")] = []
    plover: Annotated[Names, _list("PLOVER event types.", "THREATEN")] = []
    cameo: Annotated[Names, _list("CAMEO codes; a code holds its subcodes: 04 holds 042.", "04")] = []
    modality: Annotated[
        Names,
        _list("asserted, alleged, denied, negated, planned, conditional, or all. Default: asserted,alleged.", "all"),
    ] = []
    status: Annotated[Names, _list("reported, corroborated, disputed or retracted.", "reported")] = []
    place: Annotated[Names, _list("Names of places.", "Moscow")] = []
    bbox: Annotated[str | None, _one("west,south,east,north in degrees.", "-180,-90,180,90")] = None
    q: Annotated[str | None, _one("Words of the title or the evidence.", "missiles")] = None
    document: Annotated[Names, _list("Numbers of documents.", EXAMPLE_DOCUMENT)] = []
    publisher: Annotated[Names, _list("Publishers, as the documents name them.", "The Meridian Wire")] = []
    published: Annotated[str | None, _one("When the articles were published, as datetime.", "2000/2024")] = None
    min_confidence: Annotated[float | None, _one("At least so sure.", 0.1, ge=0, le=1)] = None
    min_reports: Annotated[int | None, _one("At least so many reports.", 1, ge=1)] = None
    ids: Annotated[Names, _list("Ids of events.", EXAMPLE_EVENT)] = []
    as_of: Annotated[str | None, _one("As it was known at this instant.", "2100-01-01T00:00:00Z")] = None


class Filters(Which):
    """Filters of a list, and how much of it."""

    limit: Annotated[int | None, _one("At most so many; above 1000 it is clamped, with a warning.", 100, ge=1)] = None
    count: Annotated[
        Count | None, _one("Whether to count all that match. By default exact while that is cheap.", "exact")
    ] = None

    def listing(self, kinds: Kinds, base: str) -> Listing:
        return Listing(kinds, base, self.count)


class Window(NoParams):
    """A window of days."""

    datetime: Annotated[
        str | None,
        _one("A day, 2016-04, 2016, a/b, a/.. or ../b; inclusive. Events that may lie in it are found.", "2016"),
    ] = None
    start_date: Annotated[str | None, _one("Alias: the first day of the window.", "2000-01-01")] = None
    end_date: Annotated[str | None, _one("Alias: the last day of the window.", "2024-12-31")] = None
    match: Annotated[
        Match | None, _one("possible: the date and the window share a day. certain: it lies inside.", "possible")
    ] = None


class Windowed(Window, Filters):
    """Filters, a window of days, an order and pages."""

    sort: Annotated[Sort | None, _one("The order; the id is always the last key.", "date")] = None
    cursor: Annotated[str | None, _one("`next_cursor` of the page before.", EXAMPLE_CURSOR)] = None
    facet: Annotated[str | None, _one("Count the answer by these fields.", "kind,year")] = None

    def listing(self, kinds: Kinds, base: str) -> Listing:
        facets = tuple(part.strip() for part in (self.facet or "").split(",") if part.strip())
        return Listing(kinds, base, self.count, facets)


class EventParams(Windowed):
    FORMATS: ClassVar[tuple[str, ...]] = OF_EVENTS

    f: EventFormat = None
    actor: Annotated[Names, _list("Who took part, on either side.", "RUS", "Russia", "the Kremlin")] = []


class ExportParams(Window, Which):
    """All that a question finds: neither pages nor counts."""

    FORMATS: ClassVar[tuple[str, ...]] = ("csv",)

    f: Annotated[str | None, _format(("csv",))] = None
    actor: Annotated[Names, _list("Who took part, on either side.", "RUS")] = []
    sort: Annotated[Sort | None, _one("The order: date or -date.", "date")] = None


class TimelineParams(Windowed):
    """Of one actor, whom the path names."""

    FORMATS: ClassVar[tuple[str, ...]] = OF_EVENTS

    f: EventFormat = None


class DyadParams(TimelineParams):
    """Of two actors, whom the path names."""

    document: Annotated[Names, _list("Numbers of documents.", "5")] = []
    ids: Annotated[Names, _list("Ids of events.", "fbuqd65vncwhsouk")] = []


class KindParams(FormatParams):
    fields: Annotated[str | None, _one("Only these columns, in this order.", "kind,label")] = None


class QualityParams(FormatParams):
    fields: Annotated[str | None, _one("Only these columns, in this order.", "measure,value")] = None


class ActorAroundParams(Filters):
    """Around a day or an event. The actor is named by the path."""

    FORMATS: ClassVar[tuple[str, ...]] = OF_EVENTS
    _MIDDLE: ClassVar[tuple[str, ...]] = ("date", "event", "window", "before", "after", "order")

    f: EventFormat = None
    kind: Annotated[Names, _list("Kinds of event, see /v1/kinds.", "visit")] = []
    plover: Annotated[Names, _list("PLOVER event types.", "COOPERATE")] = []
    date: Annotated[str | None, _one("The day to look around (or a month, a year, a/b).", "2016-04-15")] = None
    event: Annotated[
        str | None, _one("Look around the date of this event instead.", EXAMPLE_EVENT, instead_of="date")
    ] = None
    window: Annotated[str | None, _one("How far to either side: 14d, 2w, 3m, 1y; `all` for no bound.", "14d")] = None
    before: Annotated[int, _one("At most so many from before.", 20, ge=0, le=1000)] = 20
    after: Annotated[int, _one("At most so many from after.", 20, ge=0, le=1000)] = 20
    order: Annotated[
        Nearness, _one("nearest first, or by importance: the weightiest of ten times as many.", "nearest")
    ] = Nearness.NEAREST

    def given(self) -> dict[str, list[str]]:
        return {name: values for name, values in super().given().items() if name not in self._MIDDLE}

    def middle(self) -> dict[str, str]:
        """The parameters that tell the middle and how far to look, as they were given."""
        return {name: values[-1] for name, values in super().given().items() if name in self._MIDDLE}


class AroundParams(ActorAroundParams):
    actor: Annotated[Names, _list("Who took part, on either side.", "RUS")] = []


CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


class OgcParams(NoParams):
    """What map programs ask with. A property can be asked for where the filter means its very value."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    f: Literal["json", "geojson"] | None = None
    bbox: str | None = None
    bbox_crs: Annotated[Literal["http://www.opengis.net/def/crs/OGC/1.3/CRS84"], Field(alias="bbox-crs")] = CRS84
    crs: Literal["http://www.opengis.net/def/crs/OGC/1.3/CRS84"] = CRS84
    datetime: str | None = None
    kind: str | None = None
    plover: str | None = None
    modality: str | None = None
    status: str | None = None
    limit: Annotated[int, Field(ge=1)] = 100
    cursor: str | None = None

    def given(self) -> dict[str, list[str]]:
        """As the parameters of a list of events: instants become days, a box with heights a flat one."""
        names = ("kind", "plover", "modality", "status", "cursor")
        asked = {name: [value] for name in names if (value := getattr(self, name))} | {"limit": [str(self.limit)]}
        if self.bbox:
            edges = self.bbox.split(",")
            asked["bbox"] = [",".join(edges[:2] + edges[3:5] if len(edges) == 6 else edges)]
        if self.datetime:
            asked["datetime"] = ["/".join(_day_of(end) for end in self.datetime.split("/"))]
        return asked


def _day_of(instant: str) -> str:
    return instant[:10] if instant[10:11] in ("T", "t") else instant


class ActorParams(FormatParams):
    q: Annotated[str, _one("The beginning or a part of a name; empty: the most active.", "Putin")] = ""
    limit: Annotated[int, _one("At most so many.", 10, ge=1, le=100)] = 10


class OneEventParams(FormatParams):
    """Of one event, which the path names."""

    FORMATS: ClassVar[tuple[str, ...]] = OF_EVENTS

    f: EventFormat = None
    as_of: Annotated[str | None, _one("As it was known at this instant.", "2100-01-01T00:00:00Z")] = None
    status: Annotated[
        Literal["retracted"] | None, _one("retracted: the event is told although it was retracted.", "retracted")
    ] = None


class ChainParams(FormatParams):
    """Of one matter, which the path names by an event."""

    as_of: Annotated[str | None, _one("As it was known at this instant.", "2100-01-01T00:00:00Z")] = None
    cursor: Annotated[
        str | None, _one("Where a page begins: see the links `prev` and `next`.", EXAMPLE_CHAIN_CURSOR)
    ] = None


class ChangeParams(FormatParams):
    fields: Annotated[str | None, _one("Only these columns, in this order.", "event_id,change")] = None
    since: Annotated[str | None, _one("From this instant on.", "2000-01-01T00:00:00Z")] = None
    limit: Annotated[int, _one("At most so many; above 1000 it is clamped.", 100, ge=1)] = 100
    cursor: Annotated[str | None, _one("`next_cursor` of the page before.", EXAMPLE_CHANGE_CURSOR)] = None


class OneDocumentParams(FormatParams):
    """Of one document, which the path names."""

    as_of: Annotated[str | None, _one("As it was known at this instant.", "2100-01-01T00:00:00Z")] = None


class DocumentParams(FormatParams):
    as_of: Annotated[str | None, _one("Those that were kept at this instant.", "2100-01-01T00:00:00Z")] = None
    published: Annotated[str | None, _one("When they were published, as datetime.", "2016")] = None
    publisher: Annotated[str | None, _one("The publisher, as the document names it.", "The Meridian Wire")] = None
    status: Annotated[str | None, _one("read, or not_read (a language that is not read).", "read")] = None
    limit: Annotated[int, _one("At most so many; above 1000 it is clamped, with a warning.", 100, ge=1)] = 100
    cursor: Annotated[str | None, _one("`next_cursor` of the page before.", EXAMPLE_DOCUMENT_CURSOR)] = None


# -- analyses: the filters of a list without its pages, and what each asks besides ---------------------


class AnalysisParams(Which):
    _OWN: ClassVar[tuple[str, ...]] = ()

    DRAWN: ClassVar[tuple[str, ...]] = tuple(PICTURES)

    f: Annotated[str | None, _format((*TABULAR, *PICTURES))] = None
    fields: Annotated[str | None, _one("Only these columns, in this order.", "n")] = None
    kind: Annotated[Names, _list("Kinds of event, see /v1/kinds.", "visit")] = []
    datetime: Annotated[
        str | None, _one("A day, 2016-04, 2016, a/b, a/.. or ../b; inclusive.", "2016", "2000/2024")
    ] = None
    match: Annotated[
        Match | None, _one("possible: the date and the window share a day. certain: it lies inside.", "possible")
    ] = None
    actor: Annotated[Names, _list("Who took part, on either side.", "RUS")] = []

    def given(self) -> dict[str, list[str]]:
        return {name: values for name, values in super().given().items() if name not in self._OWN}

    def own(self) -> dict[str, str]:
        """The parameters of the analysis itself, as they were given."""
        return {name: values[-1] for name, values in super().given().items() if name in self._OWN}


class IntervalParams(AnalysisParams):
    _OWN: ClassVar[tuple[str, ...]] = ("interval",)

    interval: Annotated[Interval, _one("day, week, month, quarter or year.", "month")] = Interval.MONTH


class HistogramParams(IntervalParams):
    _OWN: ClassVar[tuple[str, ...]] = ("interval", "by")

    fields: Annotated[str | None, _one("Only these columns, in this order.", "interval,n_min,n_max")] = None
    by: Annotated[By | None, _one("Counts apart by kind, plover, modality, status or country.", "kind")] = None


class PanelParams(IntervalParams):
    _OWN: ClassVar[tuple[str, ...]] = ("interval", "unit", "units")

    unit: Annotated[Literal["actor", "dyad"], _one("actor or dyad.", "actor")] = "actor"
    units: Annotated[int, _one("So many, those in most events.", 20, ge=1, le=500)] = 20


class NetworkParams(AnalysisParams):
    _OWN: ClassVar[tuple[str, ...]] = ("level", "links")

    level: Annotated[
        Literal["named", "state"], _one("named: actors as named; state: states with their people and bodies.", "named")
    ] = "named"
    links: Annotated[int, _one("So many links, those with most events.", 200, ge=1, le=2000)] = 200


class SequenceParams(AnalysisParams):
    """The filters hold of both sets, so that their examples name some of either."""

    _OWN: ClassVar[tuple[str, ...]] = ("first", "then", "within", "same")

    kind: Annotated[Names, _list("Kinds of event, see /v1/kinds.", "request,refusal")] = []
    plover: Annotated[Names, _list("PLOVER event types.", "REQUEST,REJECT")] = []
    cameo: Annotated[Names, _list("CAMEO codes; a code holds its subcodes: 04 holds 042.", "10,12")] = []
    place: Annotated[Names, _list("Names of places.", "Tehran,Brussels")] = []
    document: Annotated[Names, _list("Numbers of documents.", "13")] = []
    ids: Annotated[Names, _list("Ids of events.", "a4hso2ybm4uuxw27,dgabejxlegnr7vfn")] = []

    fields: Annotated[str | None, _one("Only these columns, in this order.", "lag,followed,expected")] = None
    first: Annotated[Names, _list("Kinds that come first.", "ultimatum", needed=True)] = []
    then: Annotated[Names, _list("Kinds that may follow.", "refusal", needed=True)] = []
    within: Annotated[str, _one("How soon: 90d, 12w, 3m, 1y.", "90d")] = "90d"
    same: Annotated[
        Literal["dyad", "actor", "any"], _one("Between the same two actors, of one actor, or of whoever.", "dyad")
    ] = "dyad"


class CompareParams(AnalysisParams):
    _OWN: ClassVar[tuple[str, ...]] = ("actors", "periods")

    fields: Annotated[str | None, _one("Only these columns, in this order.", "kind,n_a,n_b")] = None
    actor: Annotated[
        Names, _list("Who took part, on either side. With `actors` only who is to be left out.", "!SYR")
    ] = []
    actors: Annotated[str | None, _one("Two actors between commas.", "RUS,IRN")] = None
    periods: Annotated[str | None, _one("Or two periods.", "2015,2016", "2014/2015-06,2016", instead_of="actors")] = (
        None
    )


def _texts(value: object) -> list[str]:
    return [str(member) for member in value] if isinstance(value, list) else [str(value)]
