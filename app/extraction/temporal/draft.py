"""An expression that was found in a text and not yet resolved."""

from __future__ import annotations

from dataclasses import dataclass

from app.extraction.temporal.calendar import Grain
from app.extraction.temporal.meanings import Feast, Fields, Known, Meaning, Step
from app.extraction.temporal.values import Modifier


@dataclass(frozen=True, slots=True)
class Draft:
    """An expression found but not yet resolved: tokens [first, last) of the scan."""

    first: int
    last: int
    meaning: Meaning
    rule: str
    modifier: Modifier | None = None
    share: tuple[int, Grain] | None = None  # of "the first nine months of 2014": 9 months; `modifier` tells the edge
    counted_from: bool = False  # another expression is counted from it: "two days after Easter"

    def grain_is(self, grain: Grain) -> bool:
        """Whether the words tell a period of that size."""
        if isinstance(self.meaning, Known):
            return self.meaning.period.grain is grain
        return isinstance(self.meaning, Fields) and self.meaning.grain is grain

    @property
    def is_day(self) -> bool:
        """Whether the words tell a single day or holiday."""
        meaning = self.meaning
        if isinstance(meaning, Known):
            return meaning.period.grain is Grain.DAY and meaning.last is None
        if isinstance(meaning, Step):
            return meaning.unit is Grain.DAY and meaning.count is not None
        return isinstance(meaning, Feast) or (isinstance(meaning, Fields) and meaning.grain is Grain.DAY)
