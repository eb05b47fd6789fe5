"""The dates that stand in an article's blocks, where the day of publication may itself be known only as a span."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from app.domain.dates import Basis, DateCandidate, Derivation, Offsets
from app.domain.spans import Precision, TimeSpan
from app.domain.wording import span_words
from app.extraction.blocks import Block
from app.extraction.temporal import TaggedBlock, TimeExpression, tag_blocks

# Rules of the tagger for hours and parts of a day that name no day.
HOURS = ("clock", "part-of-day")


def dates_in(
    blocks: Sequence[Block],
    docs: Sequence[Doc],
    published: TimeSpan | None,
    rivals: Sequence[DateCandidate] = (),
    url: str | None = None,
) -> list[list[Derivation]]:
    """For each block its dates, `words` counted from the block's start.

    Where the publication is a span of days, dates are counted from its first and from its last day: what the two
    agree on stands, and what they do not becomes the range that holds both. Where it is one of several `rivals`, a
    date on which they differ keeps what each of them makes of it. `url` tells the country whose numeric dates are
    written.
    """
    tagged = [TaggedBlock(block.text, doc) for block, doc in zip(blocks, docs, strict=True)]
    dates = _counted_from(tagged, published, url)
    if not rivals:
        return dates
    readings = zip(*(_counted_from(tagged, one.span, url) for one in rivals), strict=True)
    return [
        [_read_by_rivals(each, rivals, [_spans(block) for block in by_rival]) for each in found]
        for found, by_rival in zip(dates, readings, strict=True)
    ]


def _counted_from(tagged: Sequence[TaggedBlock], published: TimeSpan | None, url: str | None) -> list[list[Derivation]]:
    latest = tag_blocks(tagged, published.last if published else None, url=url)
    if published is None or published.start == published.last or published.start is None:
        return [[_derivation(each) for each in found if _tells_a_day(each)] for found in latest]
    earliest = tag_blocks(tagged, published.start, url=url)
    return [_both(early, late, published) for early, late in zip(earliest, latest, strict=True)]


def _spans(found: Sequence[Derivation]) -> dict[Offsets | None, TimeSpan]:
    return {each.words: each.span for each in found}


def _read_by_rivals(
    found: Derivation, rivals: Sequence[DateCandidate], readings: Sequence[Mapping[Offsets | None, TimeSpan]]
) -> Derivation:
    """A rival by which the words tell no day (it is open) bounds the date by itself."""
    if found.basis is Basis.EXPLICIT:
        return found
    spans = [reading.get(found.words, rival.span) for rival, reading in zip(rivals, readings, strict=True)]
    return with_alternatives(found, rivals, spans)


def with_alternatives(found: Derivation, rivals: Sequence[DateCandidate], spans: Sequence[TimeSpan]) -> Derivation:
    """The date with the span that each rival makes of it; as it is where all agree."""
    if all(span == found.span for span in spans):
        return found
    holds_all = all(span.within(found.span) for span in spans)
    alternatives = tuple(replace(rival, span=span) for rival, span in zip(rivals, spans, strict=True))
    return replace(found, span=found.span if holds_all else hull((found.span, *spans)), alternatives=alternatives)


def _tells_a_day(expression: TimeExpression) -> bool:
    """Whether the words tell a day at all: "at 7.45 p.m." is an hour of a day that something else tells."""
    return expression.span is not None and not expression.rule.startswith(HOURS)


def _derivation(expression: TimeExpression) -> Derivation:
    """The expression as a date; the one that opens or closes a range ("May 3-5") stands for the whole range."""
    found = replace(expression.derivation(), words=Offsets(expression.start, expression.end))
    if len(expression.spans) > 1:
        return found
    return replace(found, span=expression.stretch) if expression.stretch else found


def _both(early: Sequence[TimeExpression], late: Sequence[TimeExpression], published: TimeSpan) -> list[Derivation]:
    first = {(each.start, each.end): each for each in early if _tells_a_day(each)}
    found = []
    for each in late:
        other = first.get((each.start, each.end))
        if each.span is None or other is None or other.span is None:
            continue
        if each.span == other.span:
            told = _derivation(each)
            from_publication = told.anchor is not None and told.anchor == published.last
            last_day = f"the last day of {published.edtf()}, in which the publication lies"
            found.append(replace(told, anchor_reason=last_day) if from_publication else told)
        else:
            reason = f"counted from {span_words(published)}, in which the publication lies"
            found.append(
                replace(_derivation(each), span=hull((other.span, each.span)), anchor=None, anchor_reason=reason)
            )
    return found


def hull(spans: Sequence[TimeSpan]) -> TimeSpan:
    """The shortest span that holds them all; open where one of them is."""
    if len(spans) == 1:
        return spans[0]
    starts = [span.start for span in spans if span.start is not None]
    ends = [span.end for span in spans if span.end is not None]
    start = min(starts) if starts and len(starts) == len(spans) else None
    end = max(ends) if ends and len(ends) == len(spans) else None
    if start is None or end is None:
        return TimeSpan(start, end, Precision.AFTER if start else Precision.BEFORE if end else Precision.UNKNOWN)
    return TimeSpan(start, end, Precision.RANGE)
