"""From what an expression says to what it means: the open parts are filled from the anchors of its clause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.dates import Basis
from app.extraction.temporal import feasts
from app.extraction.temporal.anchors import Anchor, Clause
from app.extraction.temporal.calendar import SEASON_MONTH, Grain, OutsideCalendar, Period, make_day, period
from app.extraction.temporal.meanings import (
    ANAPHORIC,
    STEPS,
    Feast,
    Fields,
    From,
    Known,
    Length,
    Meaning,
    Repeated,
    Step,
    Vague,
    Which,
    Within,
)  # fmt: skip
from app.extraction.temporal.tense import Tense
from app.extraction.temporal.values import Modifier, TimeValue, TimexType


@dataclass(frozen=True, slots=True)
class Resolved:
    """A value, how it is known, what it was counted from, and what the rule's name gains by it."""

    value: TimeValue
    basis: Basis = Basis.EXPLICIT
    anchor: Anchor | None = None
    how: str = ""


def resolve(meaning: Meaning, clause: Clause) -> Resolved:
    """The value of `meaning` in its clause. A date that the calendar lacks keeps a value without days."""
    try:
        return _RESOLVERS[type(meaning)](meaning, clause)
    except OutsideCalendar:
        return Resolved(TimeValue(TimexType.DATE, code="XXXX"))


def _known(meaning: Known, clause: Clause) -> Resolved:
    kind = TimexType.TIME if meaning.period.grain is Grain.TIME else TimexType.DATE
    return Resolved(TimeValue(kind, first=meaning.period, last=meaning.last))


def _length(meaning: Length, clause: Clause) -> Resolved:
    return Resolved(TimeValue(TimexType.DURATION, code=meaning.code, modifier=meaning.modifier))


def _repeated(meaning: Repeated, clause: Clause) -> Resolved:
    return Resolved(TimeValue(TimexType.SET, code=meaning.code))


def _vague(meaning: Vague, clause: Clause) -> Resolved:
    return Resolved(TimeValue(meaning.kind, code=meaning.code))


# -- steps -------------------------------------------------------------------------------------------


def _step(meaning: Step, clause: Clause) -> Resolved:
    anchor = _step_anchor(meaning, clause)
    if meaning.count is None and meaning.length and not clause.anchors.narrative:
        return Resolved(TimeValue(TimexType.DURATION, code=meaning.length))
    if meaning.count is None:
        return _some_way(meaning, anchor, clause)
    if anchor is None:
        return Resolved(TimeValue(TimexType.DATE, code=_unanchored(meaning)))
    basis = Basis.ANAPHORIC if anchor.anaphoric else Basis.RELATIVE
    if meaning.length and not clause.anchors.narrative:
        return Resolved(TimeValue(TimexType.DURATION, code=meaning.length))
    found = _stepped(meaning, meaning.count, anchor, clause)
    kind = TimexType.TIME if found.grain is Grain.TIME else TimexType.DATE
    return Resolved(TimeValue(kind, first=found), basis, anchor)


def _step_anchor(meaning: Step, clause: Clause) -> Anchor | None:
    if not meaning.anaphoric:
        return clause.publication()
    told = clause.told_day() if meaning.unit in (Grain.DAY, Grain.TIME) else clause.told()
    return told or clause.publication()


def _stepped(meaning: Step, count: float, anchor: Anchor, clause: Clause) -> Period:
    quarter = clause.anchors.told_quarter
    unit = meaning.unit
    if unit is Grain.YEAR and count == -1 and meaning.direction == -1 and _quarter_is_topic(clause) and quarter:
        return quarter.shifted(-4)
    if unit is Grain.QUARTER and count == 0:
        return quarter or period(Grain.QUARTER, anchor.day).shifted(-1)
    if count != int(count):
        unit, count = _FINER.get(unit, (unit, 1))[0], count * _FINER.get(unit, (unit, 1))[1]
    if unit is Grain.TIME:
        return Period(Grain.DAY, anchor.day)
    return period(unit, anchor.day).shifted(int(count))


_FINER: Mapping[Grain, tuple[Grain, int]] = {
    Grain.YEAR: (Grain.MONTH, 12),
    Grain.DECADE: (Grain.YEAR, 10),
    Grain.MONTH: (Grain.WEEK, 4),
    Grain.WEEK: (Grain.DAY, 7),
}


def _quarter_is_topic(clause: Clause) -> bool:
    """Business copy: "rose to $3 from $2 a year earlier" speaks of the quarter just told."""
    told = clause.anchors.told
    return told is not None and told.grain is Grain.QUARTER


def _some_way(meaning: Step, anchor: Anchor | None, clause: Clause) -> Resolved:
    """ "years ago", "months later": before or after the anchor, no more is known."""
    code = "PAST_REF" if meaning.direction < 0 else "FUTURE_REF"
    if anchor is None:
        return Resolved(TimeValue(TimexType.DATE, code=code))
    modifier = Modifier.BEFORE if meaning.direction < 0 else Modifier.AFTER
    told = clause.anchors.told
    first = told if anchor.anaphoric and told else Period(Grain.DAY, anchor.day)
    basis = Basis.ANAPHORIC if anchor.anaphoric else Basis.RELATIVE
    return Resolved(TimeValue(TimexType.DATE, first=first, code=code, modifier=modifier), basis, anchor)


def _unanchored(meaning: Step) -> str:
    return {Grain.DAY: "XXXX-XX-XX", Grain.WEEK: "XXXX-WXX", Grain.MONTH: "XXXX-XX"}.get(meaning.unit, "XXXX")


def _from(meaning: From, clause: Clause) -> Resolved:
    base = resolve(meaning.base, _ahead(clause) if meaning.step.count and meaning.step.count > 0 else clause)
    start = base.value.first.start if base.value.first else clause.anchors.published
    if start is None or meaning.step.count is None:
        return Resolved(TimeValue(TimexType.DATE, code="XXXX"))
    unit, count = meaning.step.unit, int(meaning.step.count)
    if unit is Grain.WEEK and base.value.grain is Grain.DAY:
        unit, count = Grain.DAY, count * 7
    found = period(unit, start).shifted(count)
    if meaning.apart and not clause.anchors.narrative:
        value = TimeValue(TimexType.DURATION, first=found, code=meaning.step.length)
    else:
        value = TimeValue(TimexType.DATE, first=found)
    return Resolved(value, base.basis, base.anchor, base.how)


def _ahead(clause: Clause) -> Clause:
    """ "a week from Tuesday" speaks of the Tuesday ahead."""
    return clause if clause.tense is Tense.PAST else Clause(clause.anchors, Tense.FUTURE)


# -- parts of a date ---------------------------------------------------------------------------------


def _fields(meaning: Fields, clause: Clause) -> Resolved:
    if meaning.year is not None:
        return _in_year(meaning, meaning.year, None, clause)
    if meaning.years is not None:
        anchor = clause.publication()
        return _in_year(meaning, anchor.day.year + meaning.years, anchor, clause) if anchor else _open(meaning)
    if meaning.which in ANAPHORIC and clause.told():
        return _after_told(meaning, clause)
    return _chosen(meaning, clause)


def _in_year(meaning: Fields, year: int, anchor: Anchor | None, clause: Clause) -> Resolved:
    found = _candidate(meaning, year, clause)
    if found is None:
        return _open(meaning)
    basis = Basis.EXPLICIT if anchor is None else Basis.RELATIVE
    return Resolved(TimeValue(TimexType.DATE, first=found), basis, anchor)


def _candidate(meaning: Fields, year: int, clause: Clause) -> Period | None:
    """The period that the fields name in `year`, None when they name none."""
    if meaning.grain is Grain.QUARTER and meaning.part is None:
        quarter = clause.anchors.told_quarter
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


def _after_told(meaning: Fields, clause: Clause) -> Resolved:
    """ "the previous Friday", "May 5 of that year", "the 28th of that month", "the year-earlier quarter"."""
    told = clause.told()
    if told is None:
        return _chosen(meaning, clause)
    if meaning.grain is Grain.QUARTER and meaning.years is None and meaning.part is None:
        return _chosen(meaning, clause)
    if meaning.weekday is not None and meaning.day is None:
        days = _weekday_near(told.day, meaning.weekday, strictly=True)
        day = days[0] if meaning.which is Which.PREVIOUS else days[1]
        return Resolved(TimeValue(TimexType.DATE, first=Period(Grain.DAY, day)), Basis.ANAPHORIC, told)
    if meaning.day and meaning.month is None:
        day = make_day(told.day.year, told.day.month, meaning.day)
        return Resolved(TimeValue(TimexType.DATE, first=Period(Grain.DAY, day)), Basis.ANAPHORIC, told)
    found = _candidate(meaning, told.day.year + STEPS[meaning.which], clause)
    return Resolved(TimeValue(TimexType.DATE, first=found), Basis.ANAPHORIC, told) if found else _open(meaning)


def _chosen(meaning: Fields, clause: Clause) -> Resolved:
    """The candidate that the tense of the clause, the story or the weekday points to."""
    anchor = _anchor_for(meaning, clause)
    if anchor is None:
        return _open(meaning)
    options = list(_options(meaning, anchor.day, clause))
    if not options:
        return _open(meaning)
    found, how = _pick(options, meaning, anchor, clause)
    basis = Basis.ANAPHORIC if anchor.anaphoric else Basis.RELATIVE
    return Resolved(TimeValue(TimexType.DATE, first=found), basis, anchor, how)


def _anchor_for(meaning: Fields, clause: Clause) -> Anchor | None:
    opener = clause.anchors.opener
    if opener is not None:
        return Anchor(opener.start, "the start of the range", True)
    if clause.anchors.narrative and meaning.which is Which.NONE:
        return clause.told() or clause.publication()
    return clause.publication()


def _options(meaning: Fields, anchor: date, clause: Clause) -> Iterable[Period]:
    if meaning.weekday is not None and meaning.day is None:
        yield from (Period(Grain.DAY, day) for day in _weekday_near(anchor, meaning.weekday, strictly=False))
        return
    if meaning.day and meaning.month is None:
        yield from _days_near(meaning, anchor)
        return
    for year in range(anchor.year - 1, anchor.year + 2):
        if found := _candidate(meaning, year, clause):
            yield found


def _days_near(meaning: Fields, anchor: date) -> Iterable[Period]:
    first = period(Grain.MONTH, anchor)
    for month in (first.shifted(-1), first, first.shifted(1)):
        try:
            yield Period(Grain.DAY, make_day(month.start.year, month.start.month, meaning.day or 1))
        except OutsideCalendar:
            continue


def _weekday_near(anchor: date, weekday: int, *, strictly: bool) -> tuple[date, date]:
    """The last such day on or before the anchor and the first on or after it; `strictly` leaves the anchor out."""
    back = (anchor.weekday() - weekday) % 7
    ahead = (weekday - anchor.weekday()) % 7
    if strictly:
        back, ahead = back or 7, ahead or 7
    return date.fromordinal(max(1, anchor.toordinal() - back)), date.fromordinal(min(3652059, anchor.toordinal() + ahead))


def _pick(options: list[Period], meaning: Fields, anchor: Anchor, clause: Clause) -> tuple[Period, str]:
    if meaning.weekday is not None and meaning.day is not None:
        agreeing = [option for option in options if option.start.weekday() == meaning.weekday]
        if agreeing:
            return _nearest(agreeing, anchor.day), "weekday-agrees"
    if clause.anchors.opener is not None:
        return min((o for o in options if o.end > anchor.day), default=options[-1], key=_starts), "closes-range"
    if meaning.which is not Which.NONE:
        return _by_which(options, meaning, anchor.day), meaning.which.value
    year = clause.anchors.year_in_sentence
    if year is not None and not clause.anchors.narrative and (same := [o for o in options if o.start.year == year]):
        return same[-1], "year-of-sentence"
    if anchor.anaphoric:
        return _along_story(options, meaning, anchor.day), "story"
    return _by_tense(options, anchor.day, clause.tense, meaning)


_MUCH_NEARER = 75  # days: a date so near is meant before one of the same name nearly a year off


def _middle(option: Period) -> date:
    return option.start + (option.end - option.start) / 2


def _starts(option: Period) -> date:
    return option.start


def _nearest(options: Iterable[Period], day: date) -> Period:
    return min(options, key=lambda option: (abs((option.start - day).days), option.start))


def _by_tense(options: list[Period], day: date, tense: Tense, meaning: Fields) -> tuple[Period, str]:
    near = _nearest(options, day)
    close = abs((near.start - day).days) <= _MUCH_NEARER
    if meaning.month is not None and close and (
        meaning.grain is Grain.DAY or near.end > day or tense is not Tense.FUTURE
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
    same = [option for option in options if option.start.year == day.year]
    return same[-1] if same else _nearest(options, day)


def _open(meaning: Fields) -> Resolved:
    """TIMEX3 with X for what is not known."""
    code = "XXXX"
    if meaning.month and meaning.day:
        code = f"XXXX-{meaning.month:02d}-{meaning.day:02d}"
    elif meaning.weekday is not None:
        code = f"XXXX-WXX-{meaning.weekday + 1}"
    elif meaning.month:
        code = f"XXXX-{meaning.month:02d}"
    elif meaning.season:
        code = f"XXXX-{meaning.season}"
    elif meaning.grain in (Grain.QUARTER, Grain.HALF):
        code = f"XXXX-{'Q' if meaning.grain is Grain.QUARTER else 'H'}{meaning.part or 'X'}"
    return Resolved(TimeValue(TimexType.DATE, code=code, unit=meaning.grain))


# -- times of day and holidays -----------------------------------------------------------------------


def _within(meaning: Within, clause: Clause) -> Resolved:
    day = resolve(meaning.day, clause) if meaning.day is not None else _day_of(meaning, clause)
    grain = Grain.TIME if meaning.detail[1:2].isdigit() else Grain.PART
    first = day.value.first if day else None
    if day is None or first is None:
        code = day.value.code if day and day.value.code.startswith("XXXX-") else "XXXX-XX-XX"
        return Resolved(TimeValue(TimexType.TIME, code=code + meaning.detail, unit=grain))
    value = TimeValue(TimexType.TIME, first=Period(grain, first.start, meaning.detail))
    return Resolved(value, day.basis, day.anchor, day.how)


def _day_of(meaning: Within, clause: Clause) -> Resolved | None:
    """The day on which "the next morning", "last night" or a bare "10:30" lies."""
    anaphoric = meaning.which in ANAPHORIC or meaning.which is Which.NONE
    anchor = (clause.told_day() if anaphoric else None) or clause.publication()
    if meaning.which is Which.NONE and not clause.anchors.narrative:
        anchor = clause.publication()
    if anchor is None:
        return None
    day = period(Grain.DAY, anchor.day).shifted(meaning.days)
    basis = Basis.ANAPHORIC if anchor.anaphoric else Basis.RELATIVE
    return Resolved(TimeValue(TimexType.DATE, first=day), basis, anchor)


def _feast(meaning: Feast, clause: Clause) -> Resolved:
    if meaning.year is not None:
        first, last = feasts.feast_in(meaning.name, meaning.year)
        return Resolved(TimeValue(TimexType.DATE, first=first, last=last))
    anchor = clause.told() if clause.anchors.narrative else clause.publication()
    if anchor is None:
        return Resolved(TimeValue(TimexType.DATE, code="XXXX-XX-XX"))
    options = list(_feasts_near(meaning.name, anchor.day.year))
    if not options:
        return Resolved(TimeValue(TimexType.DATE, code="XXXX-XX-XX"))
    fields = Fields(Grain.DAY, month=1, day=1, which=meaning.which)
    clause = Clause(clause.anchors, clause.tense if clause.tense is Tense.FUTURE else Tense.PAST)
    first, how = _pick([option[0] for option in options], fields, anchor, clause)
    last = next(option[1] for option in options if option[0] == first)
    basis = Basis.ANAPHORIC if anchor.anaphoric else Basis.RELATIVE
    return Resolved(TimeValue(TimexType.DATE, first=first, last=last), basis, anchor, how)


def _feasts_near(name: str, year: int) -> Iterable[tuple[Period, Period | None]]:
    for one in (year - 1, year, year + 1):
        try:
            yield feasts.feast_in(name, one)
        except OutsideCalendar:
            continue


_RESOLVERS: Mapping[type, Callable[[Any, Clause], Resolved]] = {
    Known: _known,
    Length: _length,
    Repeated: _repeated,
    Vague: _vague,
    Step: _step,
    From: _from,
    Fields: _fields,
    Within: _within,
    Feast: _feast,
}
