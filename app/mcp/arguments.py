"""What each tool may be asked with: the names of the HTTP interface, described for a reader who has no manual."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

DEFAULT_ROWS = 20
MOST_ROWS = 100
Texts = str | list[str]


def _field(description: str, *examples: Any, **bounds: Any) -> Any:
    return Field(description=description, examples=list(examples), **bounds)


Who = Annotated[
    Texts | None,
    _field("Who took part, on either side: a code, an id or any name. ! before it excludes.", "RUS", "the Kremlin"),
]
What = Annotated[Texts | None, _field("Kinds of event, such as visit, refusal, delivery, sanctions.", "visit,meeting")]
Stance = Annotated[
    Texts | None,
    _field("asserted, alleged, denied, negated, planned, conditional or all. Default: asserted,alleged.", "all"),
]
When = Annotated[
    str | None, _field("2016, 2016-04, 2016-04-15, a/b, a/.. or ../b; both ends included.", "2016-04-01/2016-04-30")
]
Rows = Annotated[int, _field(f"At most so many rows; more than {MOST_ROWS} are not answered at once.", 20, ge=1)]
Cursor = Annotated[str | None, _field("next_cursor of the answer before.")]


class Arguments(BaseModel):
    """Of one call. What is not known is refused."""

    model_config = ConfigDict(extra="forbid")
    # what the tool takes itself; all else are filters of events
    OWN: ClassVar[frozenset[str]] = frozenset({"limit"})
    limit: Rows = DEFAULT_ROWS

    @property
    def rows(self) -> int:
        return min(self.limit, MOST_ROWS)

    def filters(self) -> dict[str, list[str]]:
        """The filters that were given, as the services read them."""
        given = {name: value for name, value in self.model_dump(exclude_none=True).items() if name not in self.OWN}
        texts = {name: [str(part) for part in value] if isinstance(value, list) else [str(value)]
                 for name, value in given.items()}  # fmt: skip
        return {**texts, "limit": [str(self.rows)]}


class SearchArguments(Arguments):
    datetime: When = None
    actor: Who = None
    source: Annotated[Texts | None, _field("Who did it.", "RUS")] = None
    target: Annotated[Texts | None, _field("To whom it was done.", "IRN")] = None
    country: Annotated[Texts | None, _field("It happened there, or the country took part.", "IRN")] = None
    kind: What = None
    q: Annotated[str | None, _field("Words of the title or the quote.", "missiles")] = None
    place: Annotated[Texts | None, _field("Names of places.", "Moscow")] = None
    publisher: Annotated[Texts | None, _field("Who published the report.", "The Meridian Wire")] = None
    published: Annotated[str | None, _field("When the reports were published, in the forms of datetime.")] = None
    modality: Stance = None
    match: Annotated[
        str | None, _field("possible (the date may lie in the window) or certain (all of it does).", "certain")
    ] = None
    min_reports: Annotated[int | None, _field("At least so many reports.", 2, ge=1)] = None
    min_confidence: Annotated[float | None, _field("At least so sure.", 0.5, ge=0, le=1)] = None
    sort: Annotated[
        str | None, _field("date (earliest first, the default), -date, nearest, -recorded or -reports.", "-date")
    ] = None
    cursor: Cursor = None


class AroundArguments(Arguments):
    OWN = frozenset({"limit", "date", "event", "window"})

    date: Annotated[str | None, _field("The day to look around; a month or a year will do.", "2016-04-15")] = None
    event: Annotated[str | None, _field("Instead: the id of an event, to look around its date.")] = None
    window: Annotated[str | None, _field("How far to either side: 14d (the default), 2w, 3m, 1y, or all.", "14d")] = (
        None
    )
    actor: Who = None
    country: Annotated[Texts | None, _field("It happened there, or the country took part.", "IRN")] = None
    kind: What = None
    modality: Stance = None


class ProfileArguments(Arguments):
    OWN = frozenset({"limit", "actor"})

    actor: Annotated[str, _field("A code, an id or any name that means one actor.", "RUS", "Soleimani")]


class DyadArguments(Arguments):
    OWN = frozenset({"limit", "a", "b"})

    a: Annotated[str, _field("One of the two: a code, an id or a name.", "RUS")]
    b: Annotated[str, _field("The other.", "IRN")]
    datetime: When = None
    kind: What = None
    modality: Stance = None
    sort: Annotated[str | None, _field("date (earliest first, the default) or -date.", "-date")] = None
    cursor: Cursor = None


class EvidenceArguments(Arguments):
    OWN = frozenset({"limit", "event"})

    event: Annotated[str, _field("The id of an event, as every row has it.", "pdlg2xqa732pd6yx")]
