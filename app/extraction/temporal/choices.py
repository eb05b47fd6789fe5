"""One of several: "May 3 or 4", "one of 2003, 2004 or 2005"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.extraction.temporal.expressions import TimeExpression


def is_or(between: Sequence[str]) -> bool:
    """Whether the words between two expressions make them a choice: "2003 or 2004", "in 2003, or in 2004"."""
    words = [word for word in between if word != ","]
    return words[:1] == ["or"] and (len(words) == 1 or words[1:] in (["in"], ["on"], ["by"]))


def either(listed: Sequence[TimeExpression]) -> list[TimeExpression]:
    """Each with the choice that they leave together; the last two alone where the others are no dates of their size."""
    for row in (listed, listed[-2:]):
        if _are_alike(row):
            periods = [one for told in row for one in (told.value.choice or (told.value.first,)) if one is not None]
            choice = tuple(dict.fromkeys(periods))
            chosen = [replace(told, value=replace(told.value, choice=choice, bound=None)) for told in row]
            return [*listed[: -len(row)], *chosen]
    return list(listed)


def _are_alike(row: Sequence[TimeExpression]) -> bool:
    return all(told.value.first and not told.value.last for told in row) and len({told.grain for told in row}) == 1
