"""Tagging: a text and its day of publication in, its time expressions out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from app.domain.dates import Basis
from app.domain.spans import TimeSpan
from app.extraction.temporal.ahead import lies_ahead
from app.extraction.temporal.anchors import Anchors, Clause
from app.extraction.temporal.assembling import drafts
from app.extraction.temporal.bounds import bound_before
from app.extraction.temporal.calendar import Grain, OutsideCalendar, Period, in_range, make_day
from app.extraction.temporal.choices import either, is_or
from app.extraction.temporal.deeds import settled
from app.extraction.temporal.draft import Draft
from app.extraction.temporal.eves import with_eves
from app.extraction.temporal.expressions import TimeExpression
from app.extraction.temporal.given import given_day
from app.extraction.temporal.meanings import (
    Anniversary,
    Beside,
    DayOf,
    Ending,
    EveOf,
    Feast,
    Fields,
    From,
    Holding,
    Known,
    Length,
    Meaning,
    NthIn,
    Step,
    Turn,
    Vague,
    Which,
    Within,
)
from app.extraction.temporal.numeric import day_first_by_address, day_first_of
from app.extraction.temporal.resolved import Resolved
from app.extraction.temporal.resolving import resolve
from app.extraction.temporal.scanning import Scan, has_trigger, scan
from app.extraction.temporal.style import is_narrative
from app.extraction.temporal.tense import SentenceParses, Tense, tense_around, tense_in
from app.extraction.temporal.values import Modifier, TimeValue, TimexType, share_of
from app.extraction.temporal.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Doc

_STORY_LEAP = 3  # years that a story may leap within a paragraph
_OPENERS = ("from", "between")
_CLOSERS = ("to", "through", "until", "till", "and", "-", "–", "thru")
_COMPARING, _COMPARED_REACH = ("after", "from", "than", "with"), 3
_LASTING = ("since", "during", "throughout", "until", "till", "through", "between")
_DATES = (Anniversary, Beside, DayOf, Turn, Known, Fields, Step, Feast, Holding, NthIn)
_LISTING = ([","], ["and"], [",", "and"])
_SAME_DAY = "apposition"  # "on Friday, two days after the talks failed": the distance is of the Friday before it
_ONCE = ("sometime", "point", "moment", "time", "somewhere", "once", "date", "day")
_WITHIN = ("in", "within", "of")  # "in the past week": once, on a day of it


# The tense at characters [start, end) of a block, from a parse.
ParsedTense = Callable[[int, int], Tense]


@dataclass(frozen=True, slots=True)
class TaggedBlock:
    """One block of a text (a paragraph, a headline) and, where there is one, its parse."""

    text: str
    doc: Doc | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """A draft in its block."""

    scan: Scan
    draft: Draft
    parsed: ParsedTense | None
    closing: Meaning | None = None  # of the draft that closes the range which this one opens
    heads: Draft | None = None  # the first of the list that the draft goes on with: "set for Thursday and Friday"
    seen_from: Period | None = None  # "said in December he would resign in March"


def tag(
    text: str, dct: date | None, doc: Doc | None = None, *, day_first: bool | None = None, url: str | None = None
) -> tuple[TimeExpression, ...]:
    """The time expressions of `text` in order. `dct` is the day of publication, None when it is not known.

    `day_first` tells how the source writes "3/4/2010"; None: as the text's other dates show ("25/4/2010", "5 May"),
    else as the press of the country in `url` writes, else month first.
    Without `dct` explicit dates resolve all the same, and relative ones where the text itself gives an anchor.
    Never raises; linear in the length of the text.
    """
    return tag_blocks([TaggedBlock(text, doc)], given_day(dct), day_first=day_first, url=url)[0]


def tag_blocks(
    blocks: Sequence[TaggedBlock], dct: date | None, *, day_first: bool | None = None, url: str | None = None
) -> tuple[tuple[TimeExpression, ...], ...]:
    """The expressions of each block, offsets within it; dates told in one block anchor those of the next."""
    parses = [partial(tense_in, block.doc) if block.doc is not None else None for block in blocks]
    return _tagged([block.text for block in blocks], parses, dct, partial(_day_first, day_first, url))


def _day_first(told: bool | None, url: str | None, texts: Sequence[str]) -> bool:
    """Whether numeric dates have the day first: as is told, as the texts show, as the address's country writes."""
    habit = day_first_of(texts) if told is None else told
    return bool(day_first_by_address(url) if habit is None else habit)


def _tagged(
    texts: Sequence[str],
    parses: Sequence[ParsedTense | None],
    dct: date | None,
    day_first: Callable[[Sequence[str]], bool],
) -> tuple[tuple[TimeExpression, ...], ...]:
    vocabulary = load()
    if dct is not None and not in_range(dct):
        dct = None
    told = [has_trigger(text, vocabulary) for text in texts]
    habit = day_first(texts) if any(told) else False
    scans = [scan(text, habit) if some else None for text, some in zip(texts, told, strict=True)]
    drafted = [[settled(draft, dct) for draft in drafts(one)] if one else [] for one in scans]
    narrative = is_narrative([draft.meaning for some in drafted for draft in some], dct)
    anchors = Anchors(published=dct, narrative=narrative)
    tagged: list[tuple[TimeExpression, ...]] = []
    for parsed, one, some in zip(parses, scans, drafted, strict=True):
        expressions, anchors = _block(one, some, parsed, anchors) if one else ((), anchors)
        tagged.append(expressions)
    if not any(isinstance(draft.meaning, EveOf) for some in drafted for draft in some):
        return tuple(tagged)
    return with_eves(scans, drafted, tagged)


def _block(
    one: Scan, some: Sequence[Draft], parsed: ParsedTense | None, anchors: Anchors
) -> tuple[tuple[TimeExpression, ...], Anchors]:
    found: list[TimeExpression] = []
    anchors = replace(anchors.next_sentence(), framed=None, past=None)
    head: Draft | None = None
    at = listed = 0  # `listed`: how many before the last one stand in a row with it, commas between
    for index, draft in enumerate(some):
        if _sentence_ends(one, at, draft.first):
            anchors = anchors.next_sentence()
        closes = bool(found) and _closes(one, some[index - 1], draft)
        after = some[index + 1] if index + 1 < len(some) else None
        closing = after.meaning if after is not None and _closes(one, draft, after) else None
        link = _between(one, some[index - 1], draft) if index else []
        goes_on = link in _LISTING or draft.rule == _SAME_DAY
        head = head if index and head is not None and goes_on else draft
        place = _Place(
            one, draft, parsed, closing, None if head is draft else head, _seen_from(one, some[index - 1], link, found)
        )
        expression, anchors = _expression(place, anchors, found[-1] if closes else None)
        if closes and expression.stretch is not None:
            found[-1] = replace(found[-1], stretch=expression.stretch)
        if not closes and found and is_or(link):
            *found[-listed - 1 :], expression = either([*found[-listed - 1 :], expression])
        listed = listed + 1 if link == [","] else 0
        at = draft.last
        if not _is_idiom(draft, narrative=anchors.narrative):
            found.append(expression)
    return tuple(found), anchors


def _seen_from(one: Scan, last: Draft, between: Sequence[str], found: Sequence[TimeExpression]) -> Period | None:
    """ "said in December that he would resign in March": the date of the saying, from which the other is seen."""
    if not found or "." in between or not {"would", "'d"} & set(between):
        return None
    saying = load().tense["saying"]
    beside = [token.word for token in one.tokens[max(0, last.first - _SAID_REACH) : last.first]]
    if not saying.isdisjoint(beside):
        return found[-1].value.first
    return found[-1].value.first if _heads_sentence(one, last) and not saying.isdisjoint(between) else None


_SAID_REACH = 3


def _is_seen(meaning: Meaning, said: Period | None, anchors: Anchors) -> bool:
    """Whether the date is seen from the saying: a weekday always; a month said with the news lies ahead of both."""
    published = anchors.published
    if said is None or published is None or said.start > published:
        return False
    weekday = isinstance(meaning, Fields) and meaning.weekday is not None
    return weekday or (published - said.start).days > _WITH_THE_NEWS


_WITH_THE_NEWS = 31  # days


def _is_idiom(draft: Draft, *, narrative: bool) -> bool:
    """ "soon" and "by then" are no times in a story, whose dates follow each other."""
    soon = isinstance(draft.meaning, Vague) and draft.meaning.code == "FUTURE_REF"
    return narrative and (soon or draft.rule == "by-then")


def _between(one: Scan, left: Draft, right: Draft) -> list[str]:
    return [token.word for token in one.tokens[left.last : right.first]]


def _sentence_ends(one: Scan, first: int, last: int) -> bool:
    marks = load().marks
    return any(
        token.mark in (marks["DOT"], marks["BREAK"]) and token.end - token.start for token in one.tokens[first:last]
    )


def _closes(one: Scan, opener: Draft, draft: Draft) -> bool:
    """Whether the draft closes the range that the one before opens: "from Friday through Monday"."""
    between = [token.word for token in one.tokens[opener.last : draft.first]]
    before = one.tokens[opener.first - 1].word if opener.first else ""
    if between and between[-1] in ("the", "in"):
        between.pop()
    if len(between) == 2 and between[0] == "," and before in _OPENERS and _is_full_day(opener.meaning):
        between.pop(0)  # "from March 3, 2010, to April 5, 2012"
    if len(between) != 1 or between[0] not in _CLOSERS:
        return False
    if before == "from" and opener.first > 1 and one.tokens[opener.first - 2].word in _MOVING:
        return False  # "was moved from May 3 to May 10"
    if between[0] == "to" and _is_full_day(opener.meaning) and _is_full_day(draft.meaning):
        return True  # "scheduled for July 24 to Aug. 9"
    return before in _OPENERS or between[0] in ("through", "thru", "-", "–", "until", "till")


_MOVING = (
    "moved",
    "postponed",
    "delayed",
    "rescheduled",
    "deferred",
    "changed",
    "forward",
    "shifted",
    "back",
    "extended",
)


def _is_full_day(meaning: Meaning) -> bool:
    return isinstance(meaning, Fields) and meaning.month is not None and meaning.day is not None


def _expression(place: _Place, anchors: Anchors, opener: TimeExpression | None) -> tuple[TimeExpression, Anchors]:
    draft, one = place.draft, place.scan
    first = opener.value.first if opener else None
    since = bool(draft.first) and one.tokens[draft.first - 1].word == "since"
    seen = replace(anchors, opener=first) if first else anchors
    if seen.framed not in (None, seen.year_in_sentence) and not _heads_sentence(one, draft, after=1):
        seen = replace(seen, framed=None)
    if _is_said_with_the_news(one, draft, anchors.published):
        seen = replace(seen, framed=None, past=None, year_in_sentence=None)
    tense = _tense(place)
    done = tense is Tense.DONE or (tense is Tense.PAST and _stands_bare(one, draft))
    seen_from = place.seen_from if tense is Tense.FUTURE and _is_seen(draft.meaning, place.seen_from, anchors) else None
    clause = Clause(seen, Tense.PAST if done else tense, since, done, place.closing, seen_from)
    resolved = resolve(draft.meaning, clause)
    value = resolved.value
    if draft.modifier is not None and value.modifier is None:
        value = replace(value, modifier=draft.modifier, share=_share(draft, value))
    bound = None if opener or value.kind is TimexType.DURATION else bound_before(one, draft)
    how = [resolved.how and f"/{resolved.how}"]
    if bound is not None and value.first is not None:
        value = replace(value, bound=_limit(bound[0], value, clause.tense))
        how.append(f", {bound[1]}")
    last = draft.last - 1 if _names_distance(draft, resolved) else draft.last
    start, end = one.tokens[draft.first].start, one.tokens[last - 1].end
    made = TimeExpression(
        start=start,
        end=end,
        quote=one.text[start:end],
        value=value,
        rule=draft.rule + "".join(how),
        basis=resolved.basis,
        anchor=resolved.anchor,
        base=resolved.base,
        lasting=_lasts(one, draft, value.kind, opens=place.closing is not None),
        stretch=None,
    )
    if opener is not None:
        made = replace(made, lasting=opener.lasting, stretch=_stretch(opener, made))
    return made, _told(one, anchors, draft, resolved)


def _is_said_with_the_news(one: Scan, draft: Draft, published: date | None) -> bool:
    """ "signed the contract in June 1994, officials said here June 8.": the day of the saying that ends the sentence is
    of the weeks before the publication, whatever year the sentence tells."""
    meaning = draft.meaning
    if published is None or not isinstance(meaning, Fields) or meaning.year is not None:
        return False
    month, number = meaning.month, meaning.day
    if not month or not number or meaning.which is not Which.NONE:
        return False
    if draft.last < len(one.tokens) and not _sentence_ends(one, draft.last, draft.last + 1):
        return False
    before = [token.word for token in one.tokens[max(0, draft.first - _SAID_REACH) : draft.first]]
    if load().tense["saying"].isdisjoint(before):
        return False
    days = (day for year in (published.year, published.year - 1) if (day := _day_of(year, month, number)))
    return any(0 <= (published - day).days <= _WITH_THE_NEWS for day in days)


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return make_day(year, month, day)
    except OutsideCalendar:
        return None


def _stands_bare(one: Scan, draft: Draft) -> bool:
    """ "fell the week before Ramadan": the stretch stands with the verb; not "planned for the week before"."""
    before = one.tokens[draft.first - 1].word if draft.first else ""
    return isinstance(draft.meaning, Beside) and before not in ("for", "until", "till", "by", "to")


def _share(draft: Draft, value: TimeValue) -> TimeSpan | None:
    if draft.share is None or draft.modifier is None or value.first is None or value.last is not None:
        return None
    return share_of(value.first, draft.modifier, *draft.share)


def _limit(bound: Modifier, value: TimeValue, tense: Tense) -> Modifier:
    """ "must leave before noon on Tuesday" gives time until that Tuesday; "left before noon on Tuesday" is that day."""
    if bound is Modifier.BEFORE and value.modifier is Modifier.END:
        return Modifier.ON_OR_BEFORE  # "before the end of the year" is by its last day
    hours = value.grain in (Grain.TIME, Grain.PART) and bound is Modifier.BEFORE
    return Modifier.ON_OR_BEFORE if hours and tense is Tense.FUTURE else bound


def _names_distance(draft: Draft, resolved: Resolved) -> bool:
    """ "ten days before the vote": news names the ten days, "before" is no part of them."""
    meaning = draft.meaning.step if isinstance(draft.meaning, From) and draft.meaning.apart else draft.meaning
    return isinstance(meaning, Step) and bool(meaning.length) and resolved.value.kind is TimexType.DURATION


def _lasts(one: Scan, draft: Draft, kind: TimexType, *, opens: bool) -> bool:
    """ "sometime between March and May" is a point that is not known, and "in two weeks" a day to come."""
    before = one.tokens[draft.first - 1].word if draft.first else ""
    if isinstance(draft.meaning, Length):
        return kind is TimexType.DURATION and not (draft.meaning.direction and before in _WITHIN)
    if opens:
        return one.tokens[max(0, draft.first - 2)].word not in _ONCE
    return before in _LASTING


def _stretch(opener: TimeExpression, closer: TimeExpression) -> TimeSpan | None:
    first, last = opener.span, closer.span
    if first is None or last is None or first.start is None or last.last is None or first.start > last.last:
        return None
    return TimeSpan.between(first.start, last.last)


def _anchors_next(step: Step, anchors: Anchors) -> bool:
    """Whether later dates are counted from this one: a look back ("the previous year") leaves the story where it is."""
    if step.count is None:
        return False
    if anchors.narrative:
        return step.count >= 0
    return step.unit is not Grain.YEAR or (step.anaphoric and step.count > 0)  # "the following year" leads on


def _is_aside(one: Scan, draft: Draft, anchors: Anchors) -> bool:
    """A lone year far from the story ("for the first time since 1813") that does not open a sentence."""
    meaning, told = draft.meaning, anchors.told
    if told is None or not isinstance(meaning, Known) or meaning.period.grain is not Grain.YEAR:
        return False
    opening = one.tokens[max(0, draft.first - 2)]
    opens = draft.first < 2 or opening.mark in (load().marks["DOT"], load().marks["BREAK"])
    return not opens and not 0 <= meaning.period.start.year - told.start.year <= _STORY_LEAP


def _told(one: Scan, anchors: Anchors, draft: Draft, resolved: Resolved) -> Anchors:
    first, code = resolved.value.first, resolved.value.code
    of_the_news = resolved.basis is Basis.RELATIVE and not _goes_on_from_told(resolved)
    if of_the_news and (anchors.framed is not None or anchors.past is not None):
        anchors = replace(anchors, framed=None, past=None)
    if first is None or code.startswith("XXXX") or (not isinstance(draft.meaning, _DATES) and code):
        return anchors
    if first.grain in (Grain.QUARTER, Grain.YEAR) and _is_compared(one, draft):
        return anchors
    if isinstance(draft.meaning, Step) and not _anchors_next(draft.meaning, anchors):
        return anchors
    if anchors.narrative and _is_aside(one, draft, anchors):
        return anchors
    meaning = draft.meaning
    explicit = isinstance(meaning, Known) or (isinstance(meaning, Fields) and meaning.year is not None)
    shifted = isinstance(meaning, Step) or (isinstance(meaning, Fields) and meaning.which is Which.SAME)
    ahead = anchors.published is None and tense_around(one, draft.first, draft.last) is Tense.FUTURE
    told = anchors.telling(resolved.value.last or first, explicit_year=explicit, shifted=shifted)
    framed, past = _framed(one, anchors, draft, resolved), _past(one, anchors, draft, resolved)
    same = (told.ahead, told.framed, told.past) == (ahead, framed, past)
    return told if same else replace(told, ahead=ahead, framed=framed, past=past)


def _goes_on_from_told(resolved: Resolved) -> bool:
    """ "the next day", "spent the next few months": counted from what was told, which the story goes on from."""
    return resolved.value.kind is TimexType.DURATION or (resolved.anchor is not None and resolved.anchor.anaphoric)


def _past(one: Scan, anchors: Anchors, draft: Draft, resolved: Resolved) -> Period | None:
    """The date in full, of a year before the publication's, that a clause in the past has told; it holds as `framed`
    does, and goes on with the dates that are counted from it."""
    first, published = resolved.value.first, anchors.published
    if anchors.narrative or first is None or published is None or resolved.value.last is not None:
        return None
    if first.start.year >= published.year or first.grain not in (Grain.YEAR, Grain.MONTH, Grain.DAY):
        return anchors.past
    if resolved.how == "story":
        return first
    before = one.tokens[draft.first - 1].word if draft.first else ""
    told = resolved.basis is Basis.EXPLICIT and before in _TOLD_ON
    return first if told and tense_around(one, draft.first, draft.last) in (Tense.PAST, Tense.DONE) else anchors.past


_TOLD_ON = ("in", "on")


def _framed(one: Scan, anchors: Anchors, draft: Draft, resolved: Resolved) -> int | None:
    """The year that the story is in: told at the head of a sentence, it holds until a date leads back to the news."""
    first, published = resolved.value.first, anchors.published
    if anchors.narrative or first is None or published is None:
        return None  # a story goes on from date to date by itself
    if resolved.basis is not Basis.EXPLICIT or not _heads_sentence(one, draft):
        return anchors.framed
    one_year = first.grain in (Grain.YEAR, Grain.MONTH, Grain.DAY) and resolved.value.last is None
    return first.start.year if one_year and first.start.year < published.year else None


_HEADS = ("in", "on", "by", "early", "late")


def _heads_sentence(one: Scan, draft: Draft, *, after: int = 0) -> bool:
    """ "In March ...", "On 3 March 2001 ..." at the beginning of a sentence; `after` words: "Retaken in March ..."."""
    if not draft.first or one.tokens[draft.first - 1].word not in _HEADS:
        return False
    ends = (load().marks["DOT"], load().marks["BREAK"])
    starts = range(max(0, draft.first - 1 - after), draft.first)
    return any(at == 0 or one.tokens[at - 1].mark in ends for at in starts)


def _is_compared(one: Scan, draft: Draft) -> bool:
    """ "After a flat second quarter, ...", "up from the 1988 period": a look aside; the text reports on another."""
    beside = [token.word for token in one.tokens[max(0, draft.first - _COMPARED_REACH) : draft.first]]
    return any(word in _COMPARING for word in beside) and not any(word in ",.;" for word in beside)


def _tense(place: _Place) -> Tense:
    draft = place.heads if place.heads is not None and place.draft.rule == _SAME_DAY else place.draft
    if not isinstance(draft.meaning, Known) and not (isinstance(draft.meaning, Length) and not draft.meaning.after_in):
        if any(lies_ahead(place.scan, one.first, one.last, one.meaning) for one in (draft, place.heads) if one):
            return Tense.FUTURE
        if place.parsed is not None and _tense_tells(draft.meaning):
            tokens = place.scan.tokens
            tense = place.parsed(tokens[draft.first].start, tokens[draft.last - 1].end)
            if tense is not Tense.UNKNOWN:
                return tense
        return tense_around(place.scan, draft.first, draft.last)
    return Tense.UNKNOWN


def _tense_tells(meaning: Meaning) -> bool:
    """Whether the value of a date can depend on the tense of its clause: years told and steps from today do not."""
    if isinstance(meaning, Within):
        return meaning.day is not None and _tense_tells(meaning.day)
    if isinstance(meaning, Fields):
        return meaning.year is None and meaning.years is None and meaning.which is Which.NONE
    if isinstance(meaning, Step):
        return meaning.anaphoric and meaning.direction > 0
    return isinstance(meaning, (Length, From, Holding, NthIn, Feast, Beside, DayOf, Ending))


def annotate(
    text: str, dct: date | str | None, nlp: Callable[[str], Doc] | None = None
) -> list[tuple[int, int, str, str]]:
    """[start, end, TIMEX3 type, TIMEX3 value] of each expression. `nlp` parses the sentences whose tense is asked."""
    day = given_day(dct)
    parsed = SentenceParses(text, nlp) if nlp is not None else None
    found = _tagged([text], [parsed], day, partial(_day_first, None, None))[0]
    return [(e.start, e.end, e.timex_type, e.timex_value) for e in found]
