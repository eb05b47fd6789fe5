"""The hard sentences of the reference folder: what is asked of each, and whether an answer is right in all of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from app.extraction.temporal import date_document, tag

_MODIFIER = re.compile(r"\bmod=([A-Z_]+)")
_YEARS = re.compile(r"\{([\d,]+)\}")


class Asked(NamedTuple):
    """The values that are right, the modifier that must stand with them, the years that must all be candidates."""

    values: frozenset[str]
    modifier: str | None
    years: frozenset[int]


def asked(case: dict[str, Any]) -> Asked:
    """ "2015-05 mod=START", "XXXX-05-03 {2009,2015}", "PAST_REF / PXW"; what stands in parentheses is a remark."""
    gold = case["gold"]
    modifier, years = _MODIFIER.search(gold), _YEARS.search(gold)
    return Asked(
        values=frozenset(part.split()[0] for part in gold.split(" / ")),
        modifier=modifier[1] if modifier else None,
        years=frozenset(int(year) for year in years[1].split(",")) if years else frozenset(),
    )


def value_is_right(case: dict[str, Any], timexes: Sequence[tuple[str, str]]) -> bool:
    """The values of the expressions (quote, value) within the words asked for, alone or as a range, are the gold's."""
    if case["timex"] == "(none)":
        return not timexes
    values = [value for quote, value in timexes if quote in case["timex"] or case["timex"] in quote]
    return bool(asked(case).values.intersection([*values, "/".join(values)]))


def modifier_is_right(case: dict[str, Any]) -> bool:
    """The expression has the modifier asked for, None where none is asked for."""
    modifier, found = asked(case).modifier, tag(case["text"], day_of(case))
    mods = [one.timex_mod for one in found if one.quote in case["timex"] or case["timex"] in one.quote]
    return modifier is None or mods == [modifier]


def years_are_right(case: dict[str, Any]) -> bool:
    """All the years asked for are among the candidates of the text's own day."""
    spans = [one.span for one in date_document(case["text"])] if asked(case).years else []
    return asked(case).years <= {span.start.year for span in spans if span.start}


def day_of(case: dict[str, Any]) -> date | None:
    return date.fromisoformat(case["dct"]) if case["dct"] else None
