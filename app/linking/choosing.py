"""An event's own fields, chosen from its reports: what most independent sources tell, of dates the narrowest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.spans import TimeSpan
from app.linking.claims import Claim, length
from app.linking.objects import counted, differ
from app.linking.rules import Rules

Value = Hashable
RULE = (
    "each field is what most independent sources tell: of dates the narrowest that they agree on; of equals what the "
    "report tells that has the narrower date, names more, or was published first; title and quotation are those of the "
    "report with the chosen date"
)


@dataclass(frozen=True, slots=True)
class Told:
    """One report with its slots, and the number of the independent source that tells it."""

    claim: Claim
    source: int
    quantity: str | None = None
    value: str | None = None
    instrument: str | None = None
    deadline: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field on which reports contradict each other: each value with the keys of the reports that tell it. It
    `disputes` the event where no two of the accounts can both be true."""

    field: str
    values: tuple[tuple[str, tuple[str, ...]], ...]
    disputes: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """The key of the report that gives each field, that of the report that leads, and what stays contradicted."""

    lead: str
    fields: Mapping[str, str | None]
    conflicts: tuple[Conflict, ...]


def choose(told: Sequence[Told], rules: Rules) -> Choice:
    """Which report gives which field of the event that they tell. The order of the reports does not matter."""
    ranked = sorted(told, key=lambda one: (*one.claim.order[:2], *one.claim.seniority))
    day = _date(ranked)
    dated = [one for one in ranked if one.claim.span == day]
    modality = _most(ranked, lambda one: one.claim.modality)
    kind = _most(ranked, lambda one: one.claim.kind)
    lead = min(dated, key=lambda one: _rank(one, kind, modality))
    fields: dict[str, str | None] = {
        "date": dated[0].claim.key,
        "kind": _first(ranked, lambda one: one.claim.kind == kind),
        "modality": _first(ranked, lambda one: one.claim.modality == modality),
    }
    for name, value in _SLOTS.items():
        chosen = _most([one for one in ranked if value(one)], value)
        fields[name] = _first(ranked, lambda one, v=value, c=chosen: v(one) == c) if chosen else None  # type: ignore[misc]
    return Choice(lead.claim.key, fields, tuple(_conflicts(ranked, rules)))


def _rank(one: Told, kind: Value, modality: Value) -> tuple[Any, ...]:
    """Who leads among those with the chosen date: the usual kind, both sides stated, the usual stance, then confidence,
    then the first."""
    claim = one.claim
    guessed = bool(claim.inferred_source or claim.inferred_target)
    return (claim.kind != kind, guessed, claim.modality != modality, -claim.confidence, *claim.seniority)


_SLOTS: Mapping[str, Callable[[Told], Any]] = {
    "object": lambda one: one.claim.thing,
    "quantity": lambda one: one.quantity,
    "value": lambda one: one.value,
    "instrument": lambda one: one.instrument,
    "deadline": lambda one: one.deadline,
    "place": lambda one: (one.claim.place, one.claim.country) if one.claim.place else None,
}


def _date(ranked: Sequence[Told]) -> TimeSpan:
    """The span that most sources agree on: one agrees with every span that lies in its own. Of equals the narrowest."""
    rooms = {one.claim.span: one.claim.room for one in ranked}
    agreed = {span: len({one.source for one in ranked if room.within(one.claim.room)}) for span, room in rooms.items()}
    order = list(rooms)
    return min(order, key=lambda span: (-agreed[span], length(rooms[span]), order.index(span)))


def _most(ranked: Sequence[Told], value: Callable[[Told], Any]) -> Any:
    """The value that most sources tell; of equals, that of the report with the narrowest date."""
    tellers: dict[Any, set[int]] = defaultdict(set)
    for one in ranked:
        tellers[value(one)].add(one.source)
    return max(tellers, key=lambda told: len(tellers[told]), default=None)


def _first(ranked: Sequence[Told], fits: Callable[[Told], bool]) -> str:
    return next(one.claim.key for one in ranked if fits(one))


def _conflicts(ranked: Sequence[Told], rules: Rules) -> Iterable[Conflict]:
    """Fields of which two reports tell values that exclude each other."""
    rough = {one.claim.span for one in ranked if one.claim.room != one.claim.span}
    tests: Mapping[str, tuple[Callable[[Told], Any], Callable[[Any, Any], bool]]] = {
        "date": (lambda one: one.claim.span, lambda one, other: not one.overlaps(other) and not rough & {one, other}),
        "object": (_SLOTS["object"], lambda one, other: differ(one, other, rules)),
        "quantity": (_SLOTS["quantity"], lambda one, other: one.casefold() != other.casefold()),
        "value": (_SLOTS["value"], lambda one, other: one != other),
        "instrument": (_SLOTS["instrument"], lambda one, other: differ(one, other, rules)),
        "deadline": (_SLOTS["deadline"], lambda one, other: one != other),
        "place": (lambda one: one.claim.place, _other_place(ranked)),
    }
    for field, (value, excludes) in tests.items():
        values: dict[Any, list[str]] = defaultdict(list)
        for one in ranked:
            if value(one) is not None:
                values[value(one)].append(one.claim.key)
        if any(excludes(one, other) for one in values for other in values):
            shown = tuple((_text(told), tuple(sorted(keys))) for told, keys in values.items())
            yield Conflict(field, shown, _disputes(field, ranked, rules))


def _disputes(field: str, ranked: Sequence[Told], rules: Rules) -> bool:
    """One deed has one day, one town and, of arms dealings, one number and one sum: but number and sum dispute it only
    where two sources count the same thing otherwise, for a text may name several sums."""
    if field in ("date", "place"):
        return True
    if field not in _COUNTED or not all(one.claim.kind in rules.dealings for one in ranked):
        return False
    told = ((one.source, *counted(_COUNTED[field](one))) for one in ranked)
    counts = {one for one in told if one[1]}
    return any(
        source != other and unit == other_unit and number != other_number
        for source, number, unit in counts
        for other, other_number, other_unit in counts
    )


_COUNTED: Mapping[str, Callable[[Told], str | None]] = {
    "quantity": lambda one: one.quantity,
    "value": lambda one: one.value,
}


def _other_place(ranked: Sequence[Told]) -> Callable[[str, str], bool]:
    """Two towns are two places; a country and a town in it are not."""
    towns = {one.claim.place for one in ranked if one.claim.precise_place}
    return lambda one, other: one.casefold() != other.casefold() and one in towns and other in towns


def _text(value: Any) -> str:
    return value.edtf() if isinstance(value, TimeSpan) else str(value)
