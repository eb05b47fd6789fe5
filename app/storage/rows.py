"""What the storage answers with: frozen rows whose names are the names on the wire."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from app.domain.spans import TimeSpan

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """At most `limit` rows in a total order; `next_cursor` is None on the last page."""

    rows: tuple[Row, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event, flat. `kind_label` (the codebook's) and `url` (the service's) are added by those who know them.

    `date_latest` is the last day that belongs to the event. `actors` is a list of
    {"id", "name", "type", "state", "sector", "words", "basis": stated|inferred, "role": source|target|both|other}.
    `derivation` is the way of the date: {"rule", "quote", "words": [start, end] or null, "anchor", "anchor_reason",
    "explanation", "lasting", "alternatives": [{"edtf", "weight", "reasons"}]}; the last two may be missing.
    `date_reported_edtf` is the day of the saying, `date_planned_edtf` the days ahead, null where the text has none.
    `published_at` is EDTF: a day where the day is known.
    """

    id: str
    kind: str
    plover: str | None
    mode: str
    cameo: str
    quad: int
    goldstein: float
    title: str
    date_earliest: date | None
    date_latest: date | None
    date_edtf: str
    date_precision: str
    date_approximate: bool
    date_basis: str
    date_reported_edtf: str | None
    date_planned_edtf: str | None
    date_text: str
    derivation: dict[str, Any]
    source_ids: list[str]
    source_names: list[str]
    target_ids: list[str]
    target_names: list[str]
    actors: list[dict[str, Any]]
    object: str | None
    quantity: str | None
    value_amount: float | None
    value_currency: str | None
    instrument: str | None
    deadline_edtf: str | None
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
    conflicts: list[dict[str, Any]]
    status: str
    role: str
    evidence_text: str
    document_id: int
    source_url: str | None
    source_title: str | None
    publisher: str | None
    published_at: str | None
    recorded_at: datetime
    updated_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Nearest:
    """The ids of the events around a day. `before` and `after` lie wholly on one side, nearest first; `same_day` is
    dated to that very day; `overlapping` is dated less finely and may have been on it (a month, a year, "before 11
    May"), narrowest first."""

    before: tuple[str, ...]
    same_day: tuple[str, ...]
    overlapping: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the database holds. `first` and `last` are the outermost known days of events, None when it is empty.

    `version` tells one state of the data from every other."""

    first: date | None
    last: date | None
    last_ingest: datetime | None
    version: str


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many the database holds: exact while they are few, then the server's estimate."""

    events: int
    documents: int


@dataclass(frozen=True, slots=True)
class FacetCount:
    value: str
    n: int


@dataclass(frozen=True, slots=True)
class MentionRow:
    """One report: the claim as read, the words it was read from, and the document that holds them.

    Offsets count characters of the document's text. `prefix` and `suffix` are up to 32 characters on either side
    of `quote`, for a TextQuoteSelector. `link` says why it tells its event: {"score", "reasons", "to"}, null for the
    report that the others were compared with. `source`, `target` and `others` are lists of
    {"id", "name", "type", "state", "sector", "words", "basis"}. `saying` is null where nobody is named, and in
    what was read before it was kept; else {"attribution", "speaker_ids", "addressee", "addressed", "addressee_ids",
    "of_self"}, offsets as [start, end].
    """

    id: int
    event_id: str
    document_id: int
    run_id: int
    run_version: str
    rule: str
    clause_start: int
    clause_end: int
    trigger_start: int
    trigger_end: int
    cue_start: int | None
    cue_end: int | None
    quote: str
    prefix: str
    suffix: str
    kind: str
    plover: str | None
    mode: str
    cameo: str
    quad: int
    goldstein: float
    modality: str
    role: str
    confidence: float
    source: list[dict[str, Any]]
    target: list[dict[str, Any]]
    others: list[dict[str, Any]]
    saying: dict[str, Any] | None
    object: str | None
    quantity: str | None
    value_amount: float | None
    value_currency: str | None
    instrument: str | None
    deadline_edtf: str | None
    place_name: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    geo_precision: str
    attribution: str | None
    date_earliest: date | None
    date_latest: date | None
    date_edtf: str
    date_precision: str
    date_approximate: bool
    date_basis: str
    date_reported_edtf: str | None
    date_planned_edtf: str | None
    derivation: dict[str, Any]
    claim: str | None
    link: dict[str, Any] | None
    linked_at: datetime
    source_url: str | None
    source_title: str | None
    publisher: str | None
    published_at: str | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document without its text, which `documents.text` gives. `length` counts characters."""

    id: int
    sha256: str
    length: int
    url: str | None
    title: str | None
    publisher: str | None
    published: TimeSpan | None
    published_at: str | None
    language: str | None
    status: str
    recorded_at: datetime
    n_events: int


@dataclass(frozen=True, slots=True)
class ReprintRow:
    """Who printed a document's text besides, and where."""

    publisher: str
    url: str | None
    title: str | None
    published_at: str | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ActorMatch:
    """An actor that a name may mean. `exact`: one of its names, case and accents aside; else `score` in 0..1 says
    how alike the nearest name (`alias`) is."""

    id: str
    name: str
    type: str
    state: str | None
    alias: str
    exact: bool
    score: float
    n_events: int


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Another actor met in events: `sent` by the actor asked about, `received` from the other, `total` events
    together in any part."""

    id: str
    name: str
    type: str
    sent: int
    received: int
    total: int


@dataclass(frozen=True, slots=True)
class Seen:
    """The outermost known days and the number of an actor's events."""

    first: date | None
    last: date | None
    events: int
