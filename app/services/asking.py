"""A question as it was asked becomes an `EventQuery`: one table of parameters, for HTTP, the pages and the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from app.domain.actors import ActorType
from app.domain.errors import BadQuery
from app.domain.events import Modality, Status
from app.domain.queries import Choice, EventQuery, Match, Sort
from app.domain.spans import TimeSpan
from app.extraction.codebook import load_codebook, load_roots
from app.services import cameo, questions
from app.services.names import EXAMPLE_PAIR, Resolved, resolve_choice, resolve_pair
from app.storage import past

Given = Mapping[str, Sequence[str]]
ACTOR_PARAMETERS = ("actor", "source", "target")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the asker should know: a `code` for programs, a `detail` for people; `omits`: it tells of events
    that the answer leaves out."""

    code: str
    detail: str
    omits: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question understood: what it became, what its names were taken for, and what was changed in it."""

    query: EventQuery
    given: Mapping[str, str]
    resolved: tuple[Resolved, ...] = ()
    notices: tuple[Notice, ...] = ()


def event_query(conn: Connection, given: Given) -> Asked:
    """The question that the parameters ask. Raises BadQuery, naming the parameter and the mend."""
    given = {name: values for name, values in given.items() if any(value.strip() for value in values)}
    changes: dict[str, Any] = {name: PARSERS[name](name, values) for name, values in given.items() if name in PARSERS}
    resolved: list[Resolved] = []
    for name in ACTOR_PARAMETERS:
        if name in given:
            changes[name], found = resolve_choice(conn, name, questions.choice(name, given[name]))
            resolved.extend(found)
    if "dyad" in given:
        changes["dyad"], found = _dyad(conn, given["dyad"])
        resolved.extend(found)
    if "country" in given:
        changes["country"], found = _countries(conn, given["country"])
        resolved.extend(found)
    changes |= _window(given)
    query, notices = _clamped(EventQuery(**changes))
    if query.as_of:
        past.look_back(conn, query.as_of)
    return Asked(query, {name: ",".join(values) for name, values in given.items()}, tuple(resolved), notices)


def _window(given: Given) -> dict[str, TimeSpan]:
    """`datetime`, or its aliases `start_date` and `end_date`."""
    aliases = [name for name in ("start_date", "end_date") if name in given]
    if "datetime" not in given:
        if not aliases:
            return {}
        first, last = (_last(given[name]) if name in given else ".." for name in ("start_date", "end_date"))
        for name in aliases:
            questions.end(name, _last(given[name]))
        try:
            return {"when": questions.span(aliases[0], f"{first}/{last}")}
        except BadQuery as error:
            raise BadQuery(aliases[0], error.detail, did_you_mean=last) from error
    if aliases:
        raise BadQuery(aliases[0], "ask either with datetime or with start_date and end_date, not both")
    return {"when": questions.span("datetime", _last(given["datetime"]))}


def _clamped(query: EventQuery) -> tuple[EventQuery, tuple[Notice, ...]]:
    if query.limit <= questions.MOST_LIMIT:
        return query, ()
    notice = Notice("limit_clamped", f"at most {questions.MOST_LIMIT} are answered at once; follow next_cursor")
    return replace(query, limit=questions.MOST_LIMIT), (notice,)


def _dyad(conn: Connection, values: Sequence[str]) -> tuple[tuple[str, str], tuple[Resolved, ...]]:
    pair = questions.choice("dyad", values)
    if len(pair.wanted) != 2 or pair.unwanted:
        raise BadQuery("dyad", "two different actors are wanted", example=EXAMPLE_PAIR)
    found = resolve_pair(conn, "dyad", pair.wanted)
    return (found[0].id, found[1].id), found


def _countries(conn: Connection, values: Sequence[str]) -> tuple[Choice, tuple[Resolved, ...]]:
    """Countries by code or by name. Raises BadQuery for an actor that is no state."""
    choice, found = resolve_choice(conn, "country", questions.choice("country", values))
    for one in found:
        if one.type != ActorType.STATE:
            detail = f"{one.asked[:80]!r} is taken for {one.name}, which is no country"
            raise BadQuery("country", detail, example="RUS")
    return choice, found


# -- one parser for each parameter -------------------------------------------------------------------


def _last(values: Sequence[str]) -> str:
    return values[-1].strip()


def _span(name: str, values: Sequence[str]) -> TimeSpan:
    return questions.span(name, _last(values))


def _kinds(name: str, values: Sequence[str]) -> Choice:
    return questions.choice(name, values, load_codebook())


def _plover(name: str, values: Sequence[str]) -> Choice:
    return questions.choice(name, values, load_roots())


def _cameo(name: str, values: Sequence[str]) -> Choice:
    asked = questions.choice(name, values)
    for code in (*asked.wanted, *asked.unwanted):
        cameo.check(name, code)
    return asked


def _modality(name: str, values: Sequence[str]) -> Choice:
    asked = questions.choice(name, values, ["all", *Modality])
    return Choice((), asked.unwanted) if "all" in asked.wanted else asked


def _status(name: str, values: Sequence[str]) -> Choice:
    return questions.choice(name, values, Status)


def _names(name: str, values: Sequence[str]) -> Choice:
    return questions.choice(name, values)


def _documents(name: str, values: Sequence[str]) -> Choice:
    asked = questions.choice(name, values)
    for number in (*asked.wanted, *asked.unwanted):
        document_id(name, number)
    return asked


def document_id(name: str, text: str) -> int:
    """The number of a document."""
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise BadQuery(name, f"{text[:40]!r} is not the number of a document", example="1")
    return int(text)


def _bbox(name: str, values: Sequence[str]) -> tuple[float, float, float, float]:
    """West, south, east, north in degrees; west may exceed east across the 180th meridian."""
    try:
        west, south, east, north = (float(part) for part in ",".join(values).split(","))
    except ValueError as error:
        raise BadQuery(name, "four numbers are wanted: west,south,east,north", example="35,29,63,42") from error
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise BadQuery(name, "degrees are wanted, south before north: west,south,east,north", example="35,29,63,42")
    return west, south, east, north


def _text(name: str, values: Sequence[str]) -> str:
    return questions.checked_text(name, _last(values))


def _share(name: str, values: Sequence[str]) -> float:
    try:
        share = float(_last(values))
    except ValueError as error:
        raise BadQuery(name, "a number from 0 to 1 is wanted", example="0.5") from error
    if not 0 <= share <= 1:
        raise BadQuery(name, "a number from 0 to 1 is wanted", example="0.5")
    return share


def _count(name: str, values: Sequence[str]) -> int:
    text = _last(values)
    if not (text.isascii() and text.isdigit()) or int(text[:10]) < 1:
        raise BadQuery(name, "a number from 1 on is wanted", example="2")
    return min(int(text[:10]), 2_000_000_000)


def instant_of(name: str, values: Sequence[str]) -> datetime:
    text = _last(values)
    if "T" in text:
        text = text.replace(" ", "+")  # a plus sign that was not escaped
    try:
        instant = datetime.fromisoformat(text)
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadQuery(name, "an instant is wanted (RFC 3339)", example="2026-01-31T12:00:00Z") from error


def _match(name: str, values: Sequence[str]) -> Match:
    return questions.one_of(name, _last(values), Match)


def _sort(name: str, values: Sequence[str]) -> Sort:
    return questions.one_of(name, _last(values), Sort)


PARSERS: Mapping[str, Callable[[str, Sequence[str]], object]] = {
    "match": _match,
    "published": _span,
    "as_of": instant_of,
    "kind": _kinds,
    "plover": _plover,
    "cameo": _cameo,
    "modality": _modality,
    "status": _status,
    "place": _names,
    "bbox": _bbox,
    "q": _text,
    "document": _documents,
    "publisher": _names,
    "min_confidence": _share,
    "min_reports": _count,
    "ids": _names,
    "sort": _sort,
    "limit": _count,
    "cursor": _text,
}
