"""Which of several candidates an open date means: by tense, by the story, by the weekday, by "last" or "next"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.extraction.temporal.anchors import Anchor, Clause
from app.extraction.temporal.calendar import SEASON_MONTH, Grain, OutsideCalendar, Period, make_day, period
from app.extraction.temporal.meanings import Fields, Which
from app.extraction.temporal.tense import Tense

CONFLICT = "weekday-conflict"  # the text's weekday and date do not agree; the date is kept, the conflict told


def candidate(meaning: Fields, year: int, clause: Clause) -> Period | None:
    """The period that the fields name in `year`, None when they name none."""
    if meaning.grain is Grain.QUARTER and meaning.part is None:
        quarter = clause.anchors.told_quarter or _quarter_ended(clause)
        return period(Grain.QUARTER, make_day(year, quarter.start.month, 1)) if quarter else None
    if meaning.grain is Grain.DAY and not (meaning.month and meaning.day):
        return None
    month = meaning.month or SEASON_MONTH.get(meaning.season) or _month_of_part(meaning)
    try:
        return period(meaning.grain, make_day(year, month, meaning.day or 1))
    except OutsideCalendar:
        return None


def _month_of_part(meaning: Fields) -> int:
    width = 3 if meaning.grain is Grain.QUARTER else 6
    return ((meaning.part or 1) - 1) * width + 1


def _quarter_ended(clause: Clause) -> Period | None:
    """The last quarter that ended before publication: the one that business copy reports on."""
    published = clause.anchors.published
    return period(Grain.QUARTER, published).shifted(-1) if published else None


def anchor_for(meaning: Fields, clause: Clause) -> Anchor | None:
    opener = clause.anchors.opener
    if opener is not None:
        return Anchor(opener.start, "the start of the range", True)
    if clause.seen_from is not None and meaning.which is Which.NONE:
        return clause.saying()
    if clause.anchors.narrative and meaning.which is Which.NONE:
        return clause.told() or clause.publication()
    return clause.publication()


def options_near(meaning: Fields, anchor: date, clause: Clause) -> Iterable[Period]:
    if meaning.weekday is not None and meaning.day is None:
        yield from (Period(Grain.DAY, day) for day in weekdays_near(anchor, meaning.weekday, strictly=False))
        return
    if meaning.day and meaning.month is None:
        yield from _days_near(meaning, anchor)
        return
    for year in range(anchor.year - 1, anchor.year + 2):
        if found := candidate(meaning, year, clause):
            yield found


def _days_near(meaning: Fields, anchor: date) -> Iterable[Period]:
    first = period(Grain.MONTH, anchor)
    for month in (first.shifted(-1), first, first.shifted(1)):
        try:
            yield Period(Grain.DAY, make_day(month.start.year, month.start.month, meaning.day or 1))
        except OutsideCalendar:
            continue


def weekdays_near(anchor: date, weekday: int, *, strictly: bool) -> tuple[date, date]:
    """The last such day on or before the anchor and the first on or after it; `strictly` leaves the anchor out."""
    back = (anchor.weekday() - weekday) % 7
    ahead = (weekday - anchor.weekday()) % 7
    if strictly:
        back, ahead = back or 7, ahead or 7
    return date.fromordinal(max(1, anchor.toordinal() - back)), date.fromordinal(
        min(3652059, anchor.toordinal() + ahead)
    )


def pick(options: list[Period], meaning: Fields, anchor: Anchor, clause: Clause) -> tuple[Period, str]:
    published = clause.anchors.published
    if clause.since:
        options = [option for option in options if option.start <= anchor.day] or options
    elif meaning.over and published:
        options = [option for option in options if option.start <= published] or options
    options = _over_in_time(options, meaning, anchor, clause)
    if meaning.weekday is not None and meaning.day is not None:
        return _by_weekday(options, meaning.weekday, anchor, clause.tense)
    if clause.anchors.opener is not None:
        return min((o for o in options if o.end > anchor.day), default=options[-1], key=_starts), "closes-range"
    if meaning.which is Which.THIS and meaning.weekday is not None and clause.tense is Tense.PAST:
        return _by_tense(options, anchor.day, clause, meaning)  # "left this Monday"; without a verb it is to come
    if meaning.which not in (Which.NONE, Which.SAME):  # "the 3rd" with no date before it: as the tense tells
        return _by_which(options, meaning, anchor.day), meaning.which.value
    year = clause.anchors.year_in_sentence
    if year is not None and published is not None and (year > published.year or clause.tense is Tense.FUTURE):
        year = None  # what a clause looks ahead to is of no year that another one tells
    if year is not None and not clause.anchors.narrative and (same := [o for o in options if o.start.year == year]):
        return same[-1], "year-of-sentence"
    if anchor.anaphoric and clause.seen_from is None:
        return _along_story(options, meaning, anchor.day), "story"
    return _by_tense(options, anchor.day, clause, meaning)


def _over_in_time(options: list[Period], meaning: Fields, anchor: Anchor, clause: Clause) -> list[Period]:
    """ "lasted from Monday through Thursday": a range that a clause in the past tells of is over by its publication.

    Where the tense is not known, none is read that closes more than half a year ahead.
    """
    closing = clause.closing
    if not isinstance(closing, Fields) or closing.year is not None or clause.tense is Tense.FUTURE or anchor.anaphoric:
        return options
    if meaning.weekday is not None and meaning.day is None:
        options = [options[0].shifted(-1 * _WEEK), *options]
    latest = anchor.day.toordinal() + (0 if clause.tense is Tense.PAST else _HALF_YEAR)
    over = [o for o in options if (end := _closed_by(o, closing, clause)) and end.start.toordinal() <= latest]
    return over or options


_WEEK, _HALF_YEAR = 7, 183


def _closed_by(opener: Period, closing: Fields, clause: Clause) -> Period | None:
    """The first of the periods that the closing words name after the opener."""
    ends = [end for end in options_near(closing, opener.start, clause) if end.end > opener.start]
    return min(ends, default=None, key=_starts)


def _by_weekday(options: list[Period], weekday: int, anchor: Anchor, tense: Tense) -> tuple[Period, str]:
    """The date whose weekday agrees. One a year off is not taken for one beside the publication: that is a conflict."""
    nearest = _nearest(options, anchor.day)
    agreeing = [option for option in options if option.start.weekday() == weekday]
    if not agreeing:
        return nearest, CONFLICT
    found = _nearest(agreeing, anchor.day)
    beside = abs((nearest.start - anchor.day).days) <= MUCH_NEARER
    far = abs((found.start - anchor.day).days) > MUCH_NEARER
    ahead = tense is Tense.FUTURE and found.start > anchor.day > nearest.start
    return (nearest, CONFLICT) if beside and far and not ahead and not anchor.anaphoric else (found, "weekday-agrees")


MUCH_NEARER = 75  # days: a date so near is meant before one of the same name nearly a year off


def _middle(option: Period) -> date:
    return option.start + (option.end - option.start) / 2


def _starts(option: Period) -> date:
    return option.start


def _nearest(options: Iterable[Period], day: date) -> Period:
    return min(options, key=lambda option: (abs((option.start - day).days), option.start))


def _by_tense(options: list[Period], day: date, clause: Clause, meaning: Fields) -> tuple[Period, str]:
    tense, near = clause.tense, _nearest(options, day)
    close = abs((near.start - day).days) <= MUCH_NEARER and not (clause.done and near.start > day)
    if (
        meaning.month is not None
        and close
        and (meaning.grain is Grain.DAY or near.end > day or tense is not Tense.FUTURE)
    ):
        return near, "near"
    if meaning.grain in (Grain.QUARTER, Grain.HALF) and tense is not Tense.PAST:
        return min(options, key=lambda option: abs((_middle(option) - day).days)), "nearest"
    past = [option for option in options if option.start <= day]
    ahead = [option for option in options if option.end > day]
    if tense is Tense.FUTURE and ahead:
        return min(ahead, key=_starts), "future"
    if tense is Tense.PAST and past:
        return max(past, key=_starts), "past"
    if meaning.weekday is not None and past:
        return max(past, key=_starts), "recent"
    return _nearest(options, day), "nearest"


def _along_story(options: list[Period], meaning: Fields, day: date) -> Period:
    """A story goes on in the year that it is in; near the turn of the year it goes over it."""
    if meaning.weekday is not None and meaning.day is None:
        return max(options, key=_starts)
    same = [option for option in options if option.start.year == day.year]
    if day.month >= 10:
        same += [option for option in options if option.start.year == day.year + 1 and option.start.month <= 2]
    return _nearest([o for o in same if o.end > day] or same or options, day)


def _by_which(options: list[Period], meaning: Fields, day: date) -> Period:
    """ "last May", "next Tuesday", "this winter"."""
    if meaning.which is Which.THIS:
        return _this(options, meaning, day)
    if meaning.grain is Grain.SEASON and meaning.which in (Which.LAST, Which.PREVIOUS):
        over = [option for option in options if option.end <= day]
        return max(over, key=_starts) if over else options[0].shifted(-4)
    if meaning.which in (Which.LAST, Which.PREVIOUS):
        gap = 2 if meaning.weekday is not None and meaning.day is None else 1
        before = [option for option in options if (day - option.start).days >= gap and option.end <= day]
        if not before and meaning.weekday is not None:
            return options[0].shifted(-7)
        return max(before, default=options[0], key=_starts)
    after = [option for option in options if option.start > day]
    return min(after, default=options[-1].shifted(7) if meaning.weekday is not None else options[-1], key=_starts)


def _this(options: list[Period], meaning: Fields, day: date) -> Period:
    if meaning.weekday is not None and meaning.day is None:
        return max(options, key=_starts)
    if meaning.grain is Grain.SEASON and (now := [o for o in options if o.start <= day < o.end]):
        return now[0]  # "this winter", told in January
    same = [option for option in options if option.start.year == day.year]
    return same[-1] if same else _nearest(options, day)
