"""When a document was published, where it does not say so: the dater of documents with the office-holders it asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from app.domain.dates import DateCandidate
from app.domain.spans import TimeSpan
from app.extraction.expressions import hull
from app.extraction.lexicon import Lexicon
from app.extraction.temporal import OfficeTerm, date_document

# A candidate of at least this weight is taken alone; below it, all of them bound the date together.
SURE = 0.8
# So many candidates, the best, are kept apart; all of them bound the date.
MOST_RIVALS = 8


class PublicationDater:
    """Dates documents by their own words, with the terms of office of the lexicon as witnesses."""

    def __init__(self, lexicon: Lexicon, today: Callable[[], date] | None = None) -> None:
        """`today` is the clock: no document is younger than the day on which it is read."""
        self._today = today
        self._terms = tuple(
            OfficeTerm((actor.name, *(alias.name for alias in actor.aliases)), office.title, office.span)
            for actor in lexicon.actors
            for office in actor.offices
            if office.span.known
        )

    def candidates(self, text: str, url: str | None = None) -> tuple[DateCandidate, ...]:
        """Spans in which the text may have been published, best first; empty when nothing is known."""
        return date_document(text, url=url, today_limit=self._today() if self._today else None, offices=self._terms)


def likely_span(candidates: Sequence[DateCandidate]) -> TimeSpan | None:
    """The span to count from: the sure candidate, else the one that holds all candidates; None without any."""
    sure = [each.span for each in candidates if each.weight >= SURE]
    likely = sure or [each.span for each in candidates]
    return hull(likely) if likely else None


def rivals(candidates: Sequence[DateCandidate]) -> tuple[DateCandidate, ...]:
    """The candidates that a date counted from the publication must keep apart; none where one of them is sure."""
    if len(candidates) < 2 or any(each.weight >= SURE for each in candidates):
        return ()
    return tuple(candidates[:MOST_RIVALS])
