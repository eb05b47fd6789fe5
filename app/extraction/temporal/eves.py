"""Eves of things that a text dates elsewhere: "The vote is on 12 April. ... On the eve of the vote ..."."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from app.domain.dates import Basis
from app.extraction.temporal.anchors import Anchor
from app.extraction.temporal.calendar import Grain, Period, in_range
from app.extraction.temporal.draft import Draft
from app.extraction.temporal.expressions import TimeExpression
from app.extraction.temporal.meanings import EveOf
from app.extraction.temporal.scanning import Scan
from app.extraction.temporal.vocabulary import load

_REACH = 24  # tokens of a sentence on either side of a date
Found = Sequence[TimeExpression]


@dataclass(slots=True)
class _Days:
    """Where a thing stands in a sentence with a day (block, character), and which."""

    places: list[tuple[int, int]] = field(default_factory=list)
    days: list[date] = field(default_factory=list)

    def near(self, block: int, at: int) -> date:
        """The day told last before the place, else the first after it."""
        return self.days[max(0, bisect_left(self.places, (block, at)) - 1)]


def with_eves(
    scans: Sequence[Scan | None], drafted: Sequence[Sequence[Draft]], tagged: Sequence[Found]
) -> tuple[tuple[TimeExpression, ...], ...]:
    """The expressions of each block, eves counted from the day of their thing; those of an undated thing left out."""
    eves = [_eves(one, some) if one else {} for one, some in zip(scans, drafted, strict=True)]
    wanted = {thing for some in eves for thing in some.values()}
    dated: defaultdict[str, _Days] = defaultdict(_Days)
    for block, (one, found) in enumerate(zip(scans, tagged, strict=True)):
        for thing, at, day in _dated(one, found, wanted) if one is not None else ():
            dated[thing].places.append((block, at))
            dated[thing].days.append(day)
    return tuple(tuple(_told(found, eves[block], block, dated)) for block, found in enumerate(tagged))


def _eves(one: Scan, some: Sequence[Draft]) -> dict[int, str]:
    """The things whose eves are told, by the character at which they are."""
    return {
        one.tokens[draft.first].start: _single(draft.meaning.thing)
        for draft in some
        if isinstance(draft.meaning, EveOf)
    }


def _single(word: str) -> str:
    return word.removesuffix("s")


def _dated(one: Scan, found: Found, wanted: set[str]) -> Iterator[tuple[str, int, date]]:
    """The things wanted that stand in a sentence with a day."""
    starts = {token.start: at for at, token in enumerate(one.tokens)}
    for told in found:
        first = told.value.first
        if first is None or first.grain.rank > Grain.DAY.rank or told.value.bound or told.value.last:
            continue
        for word in _sentence(one, starts[told.start]):
            if _single(word) in wanted:
                yield _single(word), told.start, first.start


def _sentence(one: Scan, at: int) -> Iterator[str]:
    """The words around a token, up to the ends of its sentence."""
    ends = (load().marks["DOT"], load().marks["BREAK"])
    for steps in (range(at - 1, max(-1, at - _REACH), -1), range(at + 1, min(len(one.tokens), at + _REACH))):
        for index in steps:
            if one.tokens[index].mark in ends:
                break
            yield one.tokens[index].word


def _told(found: Found, eves: dict[int, str], block: int, dated: Mapping[str, _Days]) -> Iterator[TimeExpression]:
    for one in found:
        thing = eves.get(one.start)
        if thing is None:
            yield one
        elif thing in dated and in_range(eve := dated[thing].near(block, one.start) - timedelta(days=1)):
            anchor = Anchor(eve + timedelta(days=1), f"the day of the {thing}", True)
            value = replace(one.value, first=Period(Grain.DAY, eve), code="")
            yield replace(one, value=value, basis=Basis.ANAPHORIC, anchor=anchor)
