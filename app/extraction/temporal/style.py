"""Whether a text tells history (dates follow the story) or news (dates follow the publication)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.extraction.temporal.calendar import Grain
from app.extraction.temporal.meanings import Fields, Known, Meaning, Step, Within

_FEWEST_YEARS = 5
_FAR, _OLD_SHARE, _DEICTIC_SHARE = 1, 0.6, 0.04


def is_narrative(meanings: Sequence[Meaning], published: date | None) -> bool:
    """Many years told that lie far from the publication, hardly a "yesterday" or bare weekday."""
    years = [year for meaning in meanings if (year := _told_year(meaning)) is not None]
    if len(years) < _FEWEST_YEARS:
        return False
    far = len(years) if published is None else sum(abs(published.year - year) > _FAR for year in years)
    deictic = sum(_is_deictic(meaning) for meaning in meanings)
    return far >= _OLD_SHARE * len(years) and deictic <= _DEICTIC_SHARE * len(meanings)


def _told_year(meaning: Meaning) -> int | None:
    if isinstance(meaning, Fields):
        return meaning.year
    if isinstance(meaning, Known) and meaning.period.grain.rank <= Grain.YEAR.rank:
        return meaning.period.start.year
    return None


def _is_deictic(meaning: Meaning) -> bool:
    if isinstance(meaning, Fields):
        return meaning.weekday is not None and meaning.day is None
    if isinstance(meaning, Within):
        return meaning.which.value in ("last", "this", "next")
    return isinstance(meaning, Step) and not meaning.anaphoric
