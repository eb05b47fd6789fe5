"""Dates where the day of publication is not known, or is one of several."""

from __future__ import annotations

from datetime import date

import spacy

from app.domain.dates import DateCandidate, Derivation
from app.domain.spans import Precision, TimeSpan
from app.extraction.blocks import Block, BlockKind
from app.extraction.expressions import dates_in, hull
from app.extraction.publication import rivals

NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")
RIVALS = (
    DateCandidate(TimeSpan.of_day(date(2009, 5, 6)), 0.5, ("a weekday agrees with 2009",)),
    DateCandidate(TimeSpan.of_day(date(2015, 5, 6)), 0.3, ("a weekday agrees with 2015",)),
    DateCandidate(TimeSpan.of_year(2016), 0.2, ("the year after",)),
)


def dates(text: str, *candidates: DateCandidate) -> list[Derivation]:
    published = hull([one.span for one in candidates])
    return dates_in([Block(BlockKind.BODY, 0, text)], [NLP(text)], published, candidates)[0]


def test_a_date_counted_from_one_of_several_days_keeps_what_each_makes_of_it() -> None:
    [found] = dates("The envoy landed on Sunday.", *RIVALS)
    first, second, wide = found.alternatives
    assert first.span == TimeSpan.of_day(date(2009, 5, 3))
    assert second.span == TimeSpan.of_day(date(2015, 5, 3))
    assert wide.span.precision is Precision.RANGE
    assert [one.weight for one in found.alternatives] == [0.5, 0.3, 0.2]
    assert first.reasons == ("a weekday agrees with 2009",)
    assert all(one.span.within(found.span) for one in found.alternatives)
    assert "3 May 2009 (50%) or 3 May 2015 (30%)" in found.explain()


def test_a_date_told_in_full_has_no_alternatives() -> None:
    [found] = dates("The envoy landed on 3 May 2008.", *RIVALS)
    assert found.span == TimeSpan.of_day(date(2008, 5, 3))
    assert found.alternatives == ()


def test_one_sure_day_has_no_rivals() -> None:
    sure = DateCandidate(TimeSpan.of_day(date(2009, 5, 6)), 0.9, ("the dateline",))
    assert rivals((sure, *RIVALS)) == ()
    assert rivals(RIVALS[:1]) == ()
    assert rivals(RIVALS) == RIVALS
    assert len(rivals(RIVALS[1:] * 9)) == 8
