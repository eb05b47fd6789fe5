"""Shapes on the wire, for the documentation and for bodies that are sent in. Answers go out without a model a row."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")


class DocumentIn(BaseModel):
    """An article as it is sent in."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "examples": [
                {
                    "text": "The foreign minister of Norway arrived in Tokyo on Monday for two days of talks.",
                    "title": "Minister in Tokyo",
                    "url": "https://news.example/minister-in-tokyo",
                    "publisher": "The Example Courier",
                    "published": "2024-05-07",
                }
            ]
        },
    )

    text: Annotated[str, Field(description="The text of the article, without markup. Kept exactly as it is sent.")]
    title: Annotated[str | None, Field(description="Its headline, where the text does not begin with it.")] = None
    url: Annotated[str | None, Field(description="Where it was published (http or https).")] = None
    publisher: Annotated[str | None, Field(description="Who published it.")] = None
    published: Annotated[
        str | None,
        Field(description="The day of publication: 2016-04-15, 2016-04, 2016 or an instant; null where not known."),
    ] = None


class DecisionIn(BaseModel):
    """A decision by a person: why, and who decides. Both are kept with the event's history."""

    model_config = ConfigDict(extra="forbid", strict=True)

    reason: Annotated[str, Field(description="Why.", examples=["It is the visit of another year."])]
    name: Annotated[str, Field(description="Who decides.", examples=["A. Archivist"])]


class SplitIn(DecisionIn):
    reports: Annotated[list[int], Field(description="The numbers of the reports that tell another event.")]


class MergeIn(DecisionIn):
    events: Annotated[list[str], Field(description="The ids of the events that are the same.")]


class ActorInEvent(BaseModel):
    id: str
    name: str
    type: str
    state: str | None
    sector: str
    words: str
    basis: Literal["stated", "inferred"] = "stated"
    role: str


class EventOut(BaseModel):
    """An event, flat; the same names in every format."""

    id: str
    kind: str
    kind_label: str
    plover: str | None
    cameo: str
    quad: int
    goldstein: float
    title: str
    date_earliest: dt.date | None
    date_latest: dt.date | None
    date_edtf: str
    date_precision: str
    date_basis: str
    date_text: str
    source_ids: list[str]
    source_names: list[str]
    target_ids: list[str]
    target_names: list[str]
    actors: list[ActorInEvent]
    object: str | None
    quantity: str | None
    place_name: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    geo_precision: str
    modality: str
    attribution: str | None
    confidence: float
    n_reports: int
    n_publishers: int
    status: str
    role: str
    evidence_text: str
    document_id: int
    source_url: str | None
    source_title: str | None
    publisher: str | None
    published_at: str | None
    recorded_at: dt.datetime
    updated_at: dt.datetime
    version: int
    url: str
    date_reported_edtf: str | None
    date_planned_edtf: str | None
    value_amount: float | None
    value_currency: str | None
    instrument: str | None
    deadline_edtf: str | None


class EventAtDistance(EventOut):
    position: str
    days_min: int | None
    days_max: int | None
    importance: float


class BaselineOut(BaseModel):
    """How many events a window of so many days usually holds, and where this one stands among the months around it."""

    n: int
    days: int
    usual: float
    usual_low: float
    usual_high: float
    percentile: float
    reference: str
    months: int


class PivotOut(BaseModel):
    date: str
    earliest: dt.date | None
    latest: dt.date | None
    event: str | None


class AroundOut(BaseModel):
    """Events around a day, each list nearest first."""

    pivot: PivotOut
    window: str | None
    before: list[EventAtDistance]
    same_day: list[EventAtDistance]
    overlapping: list[EventAtDistance]
    after: list[EventAtDistance]
    counts: dict[str, int]
    baseline: BaselineOut | None
    stand_out: dict[str, list[dict[str, Any]]]
    gaps: list[dict[str, Any]]
    method: str | None = None


class LinkOut(BaseModel):
    rel: str
    href: str
    type: str | None = None
    title: str | None = None


class NoticeOut(BaseModel):
    code: str
    detail: str


class ResolvedOut(BaseModel):
    parameter: str
    asked: str
    id: str
    name: str
    type: str


class MetaOut(BaseModel):
    """What stands around an answer."""

    returned: int
    limit: int | None = None
    matched: int | None = None
    matched_exact: bool = False
    next_cursor: str | None = None
    query: dict[str, str] = {}
    description: str = ""
    resolved: list[ResolvedOut] = []
    coverage: dict[str, str | None] = {}
    data_version: str = ""
    as_of: dt.datetime | None = None
    warnings: list[NoticeOut] = []


class Answer(BaseModel, Generic[T]):
    data: T
    links: list[LinkOut]
    meta: MetaOut


class ParameterFault(BaseModel):
    parameter: str
    detail: str
    did_you_mean: str | None = None
    allowed: list[str] | None = None
    example: str | None = None


class Problem(BaseModel):
    """An error, after RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    request_id: str
    errors: list[ParameterFault]


Fields = dict[str, Any]
PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "A parameter is unknown or cannot be understood; errors says which."},
}
GONE: dict[int | str, dict[str, Any]] = {
    410: {
        "model": Problem,
        "description": "It was retracted (`retracted` says why, when and by whom, `event` is what it was), or another "
        "event stands for it: `Link` names it as successor-version.",
    },
}
NOT_FOUND: dict[int | str, dict[str, Any]] = {
    **PROBLEMS,
    404: {"model": Problem, "description": "Nothing has this id."},
}
