"""A question in one sentence of plain words, so that an asker sees what was understood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from app.domain.documents import Reading
from app.domain.queries import Choice, EventQuery, Match, Sort
from app.domain.spans import Precision, TimeSpan
from app.services.names import Resolved

_PUT = {
    ("asserted", "alleged"): "said to have happened",
    (): "whatever is said of them",
}
_ORDER = {
    Sort.DATE: "earliest first",
    Sort.DATE_DESC: "latest first",
    Sort.NEAREST: "nearest first",
    Sort.RECORDED_DESC: "newest in the database first",
    Sort.REPORTS_DESC: "most reported first",
}


def describe(query: EventQuery, resolved: Iterable[Resolved] = ()) -> str:
    """For instance `Events of Russia (RUS), kind ultimatum, possibly within 2006, said to have happened, ...`."""
    names = {found.id: f"{found.name} ({found.id})" for found in resolved}
    parts = [part for part in (*_who(query, names), *_what(query), *_when(query), *_rest(query)) if part]
    return f"Events {', '.join([*parts, _stance(query), _ORDER[query.sort]])}."


def describe_documents(
    publisher: str | None, published: TimeSpan | None, status: Reading | None, as_of: datetime | None = None
) -> str:
    """For instance `Documents of The Example Courier, published in 2016, newest in the database first.`"""
    parts = (
        f"of {publisher}" if publisher else "",
        f"published {in_words(published)}" if published and published.known else "",
        _READINGS[status] if status else "",
        f"recorded by {as_of.isoformat()}" if as_of else "",
        _ORDER[Sort.RECORDED_DESC],
    )
    return f"Documents {', '.join(part for part in parts if part)}."


_READINGS = {Reading.READ: "that were read", Reading.NOT_READ: "in languages that are not read"}


def describe_actors(q: str) -> str:
    """What a search for actors finds."""
    if not q.strip():
        return "Actors with the most events."
    return f"Actors whose names begin with, contain or resemble “{q.strip()}”, nearest first."


def describe_event(record: Mapping[str, Any]) -> str:
    """One event, with what is answered of it."""
    n = record["n_reports"]
    return f"One event: {record['title']} ({record['date_edtf']}), told in {n} {'report' if n == 1 else 'reports'}."


def describe_chain(record: Mapping[str, Any]) -> str:
    """A chain: what it is about, between whom, and how long."""
    about = f"{record['object']}, " if record["object"] else ""
    days = [event["date_edtf"] for event in record["events"]]
    span = f", from {days[0]} to {days[-1]}" if days else ""
    part = "" if record["complete"] else "; those that are farthest off in time are left out"
    return f"A matter: {about}{' and '.join(record['actors'])}, {record['n_events']} events{span}{part}."


def describe_decision(made: Mapping[str, Any]) -> str:
    """What a decision came to."""
    return f"Decision {made['decision']}: the reports tell {', '.join(made['events'])} now."


def describe_actor(record: Mapping[str, Any]) -> str:
    """One actor, with what is answered of it."""
    return f"{record['name']} ({record['id']}): names, offices, counterparts and kinds of {record['n_events']} events."


def describe_document(record: Mapping[str, Any]) -> str:
    """One document, with what is answered of it."""
    told = f"“{record['title']}” " if record["title"] else ""
    return f"Document {record['id']} {told}as it was received, with the spans that events were read from."


def _who(query: EventQuery, names: Mapping[str, str]) -> tuple[str, ...]:
    dyad = (
        query.dyad
        and f"between {names.get(query.dyad[0], query.dyad[0])} and {names.get(query.dyad[1], query.dyad[1])}"
    )
    return (
        _either("of", query.actor, names),
        _either("done by", query.source, names),
        _either("done to", query.target, names),
        dyad or "",
        _either("in or with", query.country, names),
    )


def _what(query: EventQuery) -> tuple[str, ...]:
    return (
        _either("of kind", query.kind),
        _either("of PLOVER type", query.plover),
        _either("of CAMEO code", query.cameo),
        _either("of status", query.status),
        _either("at", query.place),
        f"with the words “{query.q}”" if query.q else "",
    )


def _when(query: EventQuery) -> tuple[str, ...]:
    sure = "certainly" if query.match is Match.CERTAIN else "possibly"
    return (
        f"{sure} {in_words(query.when)}" if query.when and query.when.known else "",
        f"in articles published {in_words(query.published)}" if query.published and query.published.known else "",
        f"recorded by {query.as_of.isoformat()}" if query.as_of else "",
    )


def _rest(query: EventQuery) -> tuple[str, ...]:
    return (
        _either("told by", query.publisher),
        _either("in document", query.document),
        _either("with id", query.ids),
        f"inside the box {','.join(f'{degree:g}' for degree in query.bbox)}" if query.bbox else "",
        f"with confidence of at least {query.min_confidence:g}" if query.min_confidence is not None else "",
        f"with at least {query.min_reports} reports" if query.min_reports else "",
    )


def _stance(query: EventQuery) -> str:
    choice = query.modality
    if choice.unwanted:
        return _either("put as", choice)
    return _PUT.get(choice.wanted) or _either("put as", choice)


def _either(words: str, choice: Choice, names: Mapping[str, str] | None = None) -> str:
    known = names or {}
    wanted = " or ".join(known.get(value, value) for value in choice.wanted)
    unwanted = " or ".join(known.get(value, value) for value in choice.unwanted)
    parts = ([f"{words} {wanted}"] if wanted else []) + ([f"not {words} {unwanted}"] if unwanted else [])
    return " but ".join(parts)


def in_words(span: TimeSpan) -> str:
    """The span as a part of a sentence: `on 15 April 2016`, `in April 2016`, `by 11 April 2016`."""
    return f"{_PREPOSITION.get(span.precision, 'in')} {human(span)}" if span.known else "at an unknown time"


_PREPOSITION = {
    Precision.DAY: "on",
    Precision.WEEK: "in the week",
    Precision.RANGE: "within",
    Precision.BEFORE: "by",
    Precision.AFTER: "on or after",
}


def human(span: TimeSpan) -> str:
    """The span for a reader: `15 April 2016`, `April 2016`, `2016`, `the 1990s`, `1 March 2016 – 5 April 2016`."""
    first, last = span.start, span.last
    if first is None or last is None:
        known = first or last
        return _day(known) if known else "an unknown date"
    match span.precision:
        case Precision.DAY:
            text = _day(first)
        case Precision.MONTH:
            text = f"{first:%B} {first.year}"
        case Precision.YEAR:
            text = str(first.year)
        case Precision.DECADE:
            text = f"the {first.year}s"
        case _:
            text = f"{_day(first)} – {_day(last)}"
    return f"about {text}" if span.approximate else text


def _day(day: date) -> str:
    return f"{day:%-d %B} {day.year}"
