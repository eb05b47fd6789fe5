"""Names become actors: `RUS`, `Russia`, `Moscow`, `the Kremlin`, `Putin` are taken for one each, or asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.actors import ActorType
from app.domain.errors import AmbiguousActor, BadQuery, NotFound
from app.domain.queries import Choice
from app.services.questions import checked_text
from app.storage import actors
from app.storage.rows import ActorMatch

EXAMPLE_PAIR = "RUS,IRN"
LIKE_ENOUGH = 0.3  # trigram similarity from which a name is worth suggesting


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a word of the question was taken for."""

    parameter: str
    asked: str
    id: str
    name: str
    type: str


def resolve_choice(conn: Connection, parameter: str, choice: Choice) -> tuple[Choice, tuple[Resolved, ...]]:
    """The choice with names turned into ids. Raises AmbiguousActor, or BadQuery with the nearest name."""
    wanted = [resolve(conn, parameter, name) for name in choice.wanted]
    unwanted = [resolve(conn, parameter, name) for name in choice.unwanted]
    ids = Choice(tuple(found.id for found in wanted), tuple(found.id for found in unwanted))
    return ids, (*wanted, *unwanted)


def resolve(conn: Connection, parameter: str, name: str) -> Resolved:
    """The one actor that a name, a code or an id means."""
    matches = actors.resolve(conn, checked_text(parameter, name))
    exact = [match for match in matches if match.exact]
    if not exact:
        raise _unknown(conn, parameter, name, matches)
    meant = _meant(name, exact)
    if meant is None:
        raise _ambiguous(parameter, name, exact)
    return Resolved(parameter, name, meant.id, meant.name, meant.type)


def resolve_pair(conn: Connection, parameter: str, names: Sequence[str]) -> tuple[Resolved, Resolved]:
    """Two different actors. What is said instead of a name that means nobody, or several, is said of the pair."""
    found: list[Resolved] = []
    wrong: dict[int, BadQuery] = {}
    for at, name in enumerate(names):
        try:
            found.append(resolve(conn, parameter, name))
        except BadQuery as error:
            wrong[at] = error
    for at, first in wrong.items():
        raise _of_pair(first, names, at, alone=len(wrong) == 1) from first
    if len({one.id for one in found}) != 2:
        raise BadQuery(parameter, "two different actors are wanted", example=EXAMPLE_PAIR)
    return found[0], found[1]


def _of_pair(error: BadQuery, names: Sequence[str], at: int, *, alone: bool) -> BadQuery:
    """The error of one name of a pair, its mends with the other beside them: none where that is wrong too."""

    def pair(name: str) -> str:
        return ",".join([*names[:at], name, *names[at + 1 :]])

    return type(error)(
        error.parameter,
        error.detail,
        allowed=tuple(map(pair, error.allowed)) if alone else (),
        did_you_mean=pair(error.did_you_mean) if alone and error.did_you_mean else None,
        example=EXAMPLE_PAIR,
    )


def actor_id(conn: Connection, name: str, parameter: str = "actor_id") -> str:
    """The id that a path names, which may be any spelling; `parameter` is that part of the path. Raises NotFound naming
    the nearest."""
    try:
        return resolve(conn, "actor", name).id
    except AmbiguousActor:
        raise
    except BadQuery as unknown:
        near = f"; did you mean {unknown.did_you_mean}?" if unknown.did_you_mean else ""
        raise NotFound(
            f"no actor is known as {name[:80]!r}{near}",
            parameter=parameter,
            allowed=unknown.allowed,
            did_you_mean=unknown.did_you_mean,
            example=unknown.example,
        ) from unknown


def _meant(name: str, exact: Sequence[ActorMatch]) -> ActorMatch | None:
    """The id itself wins, then the only one, then the only state, then the only one that occurs in events."""
    by_id = [match for match in exact if match.id.casefold() == name.casefold()]
    states = [match for match in exact if match.type == ActorType.STATE]
    active = [match for match in exact if match.n_events]
    for group in (by_id, exact, states, active):
        if len(group) == 1:
            return group[0]
    return None


def _ambiguous(parameter: str, name: str, exact: Sequence[ActorMatch]) -> AmbiguousActor:
    several = ", ".join(f"{match.id} ({match.name})" for match in exact)
    return AmbiguousActor(
        parameter,
        f"{name[:80]!r} may mean {several}: ask for one of these ids",
        allowed=tuple(match.id for match in exact),
        example=exact[0].id,
    )


def _unknown(conn: Connection, parameter: str, name: str, matches: Sequence[ActorMatch]) -> BadQuery:
    near = [match for match in matches if match.score >= LIKE_ENOUGH]
    if parameter == "country":
        near = [match for match in near if match.type == ActorType.STATE]
    return BadQuery(
        parameter,
        f"no actor is known as {name[:80]!r}",
        allowed=tuple(match.id for match in near),
        did_you_mean=_plain_name(conn, near[0]) if near else None,
        example="RUS",
    )


def _plain_name(conn: Connection, near: ActorMatch) -> str:
    """A name of an actor that means no other, and can be said in a list; else the id."""
    meant = _meant(near.alias, [match for match in actors.resolve(conn, near.alias) if match.exact])
    return near.alias if meant and meant.id == near.id and "," not in near.alias else near.id
