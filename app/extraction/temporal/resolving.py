"""From what an expression says to what it means: the open parts are filled from the anchors of its clause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

from app.domain.dates import Basis
from app.extraction.temporal import feasts, stretches
from app.extraction.temporal.anchors import Anchor, Clause
from app.extraction.temporal.calendar import Grain, OutsideCalendar, Period, in_range, make_day, moved, period
from app.extraction.temporal.choosing import (
    CONFLICT,
    MUCH_NEARER,
    anchor_for,
    candidate,
    options_near,
    pick,
    weekdays_near,
)
from app.extraction.temporal.meanings import (
    ANAPHORIC,
    STEPS,
    Anniversary,
    Beside,
    DayOf,
    Ended,
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
    Repeated,
    Step,
    Told,
    Turn,
    Vague,
    Which,
    Within,
)  # fmt: skip
from app.extraction.temporal.resolved import Resolved
from app.extraction.temporal.stepping import step_from
from app.extraction.temporal.tense import Tense
from app.extraction.temporal.values import Modifier, TimeValue, TimexType


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
    if meaning.after_in and clause.tense is Tense.FUTURE and clause.publication():
        return step_from(Step(Grain(meaning.unit), float(meaning.count), direction=1), clause)
    anchor = clause.publication() if meaning.direction else None
    if anchor is None:
        return Resolved(TimeValue(TimexType.DURATION, code=meaning.code))
    basis = Basis.ANAPHORIC if anchor.anaphoric else Basis.RELATIVE
    return Resolved(_beside(meaning, Period(Grain.DAY, anchor.day)), basis, anchor)


def _beside(meaning: Length, day: Period) -> TimeValue:
    """The stretch that ends or begins at the day: "the past two years", "the coming weeks"."""
    if meaning.count.isdigit() and meaning.unit in _STRETCH_UNITS:
        far = Period(Grain.DAY, moved(day.start, Grain(meaning.unit), int(meaning.count) * meaning.direction))
        first, last = sorted((far, day), key=lambda one: one.start)
        if in_range(far.start):
            return TimeValue(TimexType.DURATION, first=first, last=last, code=meaning.code)
    if meaning.unit in _WITHIN_DAYS and meaning.count.isdigit():
        days = max(1, -(-int(meaning.count) // _WITHIN_DAYS[meaning.unit])) * meaning.direction
        first, last = sorted((Period(Grain.DAY, moved(day.start, Grain.DAY, days)), day), key=lambda one: one.start)
        return TimeValue(TimexType.DURATION, first=first, last=last, code=meaning.code)
    modifier = Modifier.BEFORE if meaning.direction < 0 else Modifier.AFTER
    return TimeValue(TimexType.DURATION, first=day, code=meaning.code, modifier=modifier)


_WITHIN_DAYS = {"hour": 24, "minute": 1440}
_STRETCH_UNITS = ("day", "week", "month", "quarter", "year", "decade")


def _repeated(meaning: Repeated, clause: Clause) -> Resolved:
    return Resolved(TimeValue(TimexType.SET, code=meaning.code))


def _vague(meaning: Vague, clause: Clause) -> Resolved:
    return Resolved(TimeValue(meaning.kind, code=meaning.code))


def _from(meaning: From, clause: Clause) -> Resolved:
    step = meaning.step
    base = resolve(meaning.base, _on_the_way(step, clause))
    start = base.value.first.start if base.value.first else clause.anchors.published
    if start is None or step.count is None:
        return Resolved(TimeValue(TimexType.DATE, code="XXXX"))
    unit, count = _in_years(step.unit, int(step.count))
    if count > 0 and base.value.last is not None and isinstance(meaning.base, Feast):
        start = base.value.last.start  # "the day after Passover"
    if unit is Grain.WEEK and base.value.grain is Grain.DAY:
        unit, count = Grain.DAY, count * 7
    found = period(unit, start).shifted(count)
    if unit.rank > Grain.DAY.rank and not step.anaphoric and isinstance(meaning.base, (Step, Fields)):
        found = period(base.value.grain or unit, moved(start, unit, count))  # "a year ago today", "on Tuesday"
    if meaning.apart and not clause.anchors.narrative:
        value = TimeValue(TimexType.DURATION, first=found, code=meaning.step.length)
    else:
        value = TimeValue(TimexType.DATE, first=found)
    return Resolved(value, base.basis, base.anchor, base.how, base.value.span())


def _in_years(unit: Grain, count: int) -> tuple[Grain, int]:
    """ "a decade after 9/11" is the tenth year after it; hours after a day are counted as that day."""
    if unit is Grain.TIME:
        return Grain.DAY, 0
    return (Grain.YEAR, count * _YEARS_IN[unit]) if unit in _YEARS_IN else (unit, count)


_YEARS_IN = {Grain.DECADE: 10, Grain.CENTURY: 100}


def _on_the_way(step: Step, clause: Clause) -> Clause:
    """ "a week from Tuesday" speaks of the Tuesday ahead, "a week ago Tuesday" of the last one."""
    if step.count and step.count > 0:
        return clause if clause.tense is Tense.PAST else replace(clause, tense=Tense.FUTURE)
    ago = step.unit is Grain.WEEK and not step.anaphoric
    return replace(clause, tense=Tense.PAST) if ago else clause


def _holding(meaning: Holding, clause: Clause) -> Resolved:
    base = resolve(meaning.base, clause)
    if base.value.first is None:
        return Resolved(TimeValue(TimexType.DATE, code="XXXX-WXX"))
    first = period(meaning.grain, base.value.first.start)
    return Resolved(TimeValue(TimexType.DATE, first=first), base.basis, base.anchor, base.how)


def _nth_in(meaning: NthIn, clause: Clause) -> Resolved:
    month = resolve(meaning.month, clause)
    if month.value.first is None:
        return Resolved(TimeValue(TimexType.DATE, code=month.value.code))
    start, end = month.value.first.start, month.value.first.end
    if meaning.weekday is not None:
        found = Period(Grain.DAY, _nth_weekday(start, end, meaning.number, meaning.weekday))
        return Resolved(TimeValue(TimexType.DATE, first=found), month.basis, month.anchor, month.how)
    first = moved(end, Grain.DAY, -7) if meaning.number < 0 else moved(start, Grain.DAY, 7 * (meaning.number - 1))
    last = min(moved(first, Grain.DAY, 6), moved(end, Grain.DAY, -1))
    if last < first:
        raise OutsideCalendar(f"no week {meaning.number} in {start}")
    week = period(Grain.WEEK, moved(first, Grain.DAY, 3)).timex()
    value = TimeValue(TimexType.DATE, first=Period(Grain.DAY, first), last=Period(Grain.DAY, last), code=week)
    return Resolved(value, month.basis, month.anchor, month.how)


def _nth_weekday(start: date, end: date, number: int, weekday: int) -> date:
    if number < 0:
        last = moved(end, Grain.DAY, -1)
        return moved(last, Grain.DAY, -((last.weekday() - weekday) % 7))
    found = moved(start, Grain.DAY, (weekday - start.weekday()) % 7 + 7 * (number - 1))
    if found >= end:
        raise OutsideCalendar(f"no weekday {weekday} number {number} in {start}")
    return found


def _ended(meaning: Ended, clause: Clause) -> Resolved:
    anchor = clause.publication()
    if anchor is None:
        return Resolved(TimeValue(TimexType.DATE, code="XXXX-QX"))
    over = period(meaning.grain, anchor.day).shifted(-1)
    open_number = Period(meaning.grain, over.start, "X")
    return Resolved(TimeValue(TimexType.DATE, first=open_number), Basis.RELATIVE, anchor)


def _anniversary(meaning: Anniversary, clause: Clause) -> Resolved:
    """Where it would lie far ahead, a recent date is its own: "the 20th anniversary of the club on 5 May 2014"."""
    recalled, published = meaning.recalled, clause.anchors.published
    start = recalled.start
    again = Period(recalled.grain, make_day(start.year + meaning.number, start.month, start.day))
    ahead = published is not None and again.start > moved(published, Grain.YEAR, 1) and _is_recent(start, published)
    if ahead:
        return Resolved(TimeValue(TimexType.DATE, first=recalled))
    return Resolved(TimeValue(TimexType.DATE, first=again), base=recalled.span())


def _is_recent(day: date, published: date) -> bool:
    return day > moved(published, Grain.YEAR, -_RECENT_YEARS)


_RECENT_YEARS = 5


def _turn(meaning: Turn, clause: Clause) -> Resolved:
    """The beginning of the century told, else the one nearest to the day that the text counts from."""
    if meaning.told is not None:
        return Resolved(_about(meaning.told.start, meaning.unit))
    anchor = (clause.told() if clause.anchors.narrative else None) or clause.publication()
    if anchor is None:
        return Resolved(TimeValue(TimexType.DATE, code="XXXX"))
    here = period(meaning.unit, anchor.day)
    start = min((here.start, here.end), key=lambda day: abs((day - anchor.day).days))
    basis = Basis.ANAPHORIC if anchor.anaphoric else Basis.RELATIVE
    return Resolved(_about(start, meaning.unit), basis, anchor)


def _about(start: date, unit: Grain) -> TimeValue:
    """The year that begins then, roughly; of a year the months on both sides."""
    if unit is Grain.YEAR:
        month = period(Grain.MONTH, start)
        return TimeValue(TimexType.DATE, first=month.shifted(-1), last=month)
    return TimeValue(TimexType.DATE, first=period(Grain.YEAR, start), bound=Modifier.APPROX)


def _told_again(meaning: Told, clause: Clause) -> Resolved:
    anchor, told = clause.told(), clause.anchors.told
    if anchor is None or told is None:
        return Resolved(TimeValue(TimexType.DATE, code="PAST_REF"))
    return Resolved(TimeValue(TimexType.DATE, first=told), Basis.ANAPHORIC, anchor)


# -- parts of a date ---------------------------------------------------------------------------------


def _fields(meaning: Fields, clause: Clause) -> Resolved:
    if meaning.year is not None:
        return _in_year(meaning, meaning.year, None, clause)
    if meaning.years is not None:
        anchor = clause.publication()
        return _in_year(meaning, anchor.day.year + meaning.years, anchor, clause) if anchor else _open(meaning)
    if meaning.which in ANAPHORIC and clause.told():
        return _after_told(meaning, clause)
    published = clause.publication()
    counted = meaning.which not in (Which.NONE, Which.SAME) and meaning.weekday is None
    if counted and meaning.day and meaning.month is None and published:
        return _in_month(meaning, meaning.day, published)
    if (
        meaning.which in (Which.PREVIOUS, Which.FOLLOWING) and meaning.month and published
    ):  # "3 May of the previous year"
        return _in_year(meaning, published.day.year + STEPS[meaning.which], published, clause)
    return _chosen(meaning, clause)


def _in_month(meaning: Fields, day: int, anchor: Anchor) -> Resolved:
    """ "the 3rd of last month", "the 28th of that month": the month is stepped first, then its day is taken."""
    month = period(Grain.MONTH, anchor.day).shifted(STEPS[meaning.which]).start
    found = Period(Grain.DAY, make_day(month.year, month.month, day))
    basis = Basis.ANAPHORIC if anchor.anaphoric else Basis.RELATIVE
    return Resolved(TimeValue(TimexType.DATE, first=found), basis, anchor, meaning.which.value)


def _in_year(meaning: Fields, year: int, anchor: Anchor | None, clause: Clause) -> Resolved:
    found = candidate(meaning, year, clause)
    if found is None:
        return _open(meaning)
    basis = Basis.EXPLICIT if anchor is None else Basis.RELATIVE
    how = CONFLICT if _weekday_wrong(meaning, found) else ""
    return Resolved(TimeValue(TimexType.DATE, first=found), basis, anchor, how)


def _weekday_wrong(meaning: Fields, found: Period) -> bool:
    return meaning.weekday is not None and found.grain is Grain.DAY and found.start.weekday() != meaning.weekday


def _after_told(meaning: Fields, clause: Clause) -> Resolved:
    """ "the previous Friday", "May 5 of that year", "the 28th of that month", "the year-earlier quarter"."""
    told = clause.told()
    if told is None:
        return _chosen(meaning, clause)
    if meaning.grain is Grain.QUARTER and meaning.years is None and meaning.part is None:
        return _chosen(meaning, clause)
    if meaning.weekday is not None and meaning.day is None:
        days = weekdays_near(told.day, meaning.weekday, strictly=True)
        day = days[0] if meaning.which is Which.PREVIOUS else days[1]
        return Resolved(TimeValue(TimexType.DATE, first=Period(Grain.DAY, day)), Basis.ANAPHORIC, told)
    if meaning.day and meaning.month is None:
        return _in_month(meaning, meaning.day, told)
    found = candidate(meaning, told.day.year + STEPS[meaning.which], clause)
    return Resolved(TimeValue(TimexType.DATE, first=found), Basis.ANAPHORIC, told) if found else _open(meaning)


def _chosen(meaning: Fields, clause: Clause) -> Resolved:
    """The candidate that the tense of the clause, the story or the weekday points to."""
    if framed := _in_frame(meaning, clause) or _in_the_past(meaning, clause):
        return framed
    anchor = anchor_for(meaning, clause)
    if anchor is None:
        return _open(meaning)
    options = list(options_near(meaning, anchor.day, clause))
    if not options:
        return _open(meaning)
    found, how = pick(options, meaning, anchor, clause)
    basis = Basis.ANAPHORIC if anchor.anaphoric else Basis.RELATIVE
    return Resolved(TimeValue(TimexType.DATE, first=found), basis, anchor, how)


def _in_frame(meaning: Fields, clause: Clause) -> Resolved | None:
    """ "In 2001 he resigned. In March his deputy fled.": told one after the other, they are of one year; near its end
    the story goes over into the next."""
    year = clause.anchors.framed
    if year is None or clause.tense is not Tense.PAST or not meaning.month or meaning.which is not Which.NONE:
        return None
    found = candidate(meaning, year, clause)
    if found is None or (meaning.weekday is not None and _weekday_wrong(meaning, found)):
        return None
    found = _onwards(found, candidate(meaning, year + 1, clause), clause)
    whole = period(Grain.YEAR, make_day(year, 1, 1))
    anchor = Anchor(whole.start, "the year that the paragraph is in", True, whole.span())
    return Resolved(TimeValue(TimexType.DATE, first=found), Basis.ANAPHORIC, anchor, "story")


def _onwards(found: Period, following: Period | None, clause: Clause) -> Period:
    """ "In November 1998 both agreed to a truce. In February the army attacked.": the one that comes next."""
    told, published = clause.anchors.told, clause.anchors.published
    if told is None or told.grain not in (Grain.MONTH, Grain.DAY) or told.start.year != found.start.year:
        return found
    if found.end > told.start or following is None or published is None or following.start > published:
        return found
    return following if (following.start - told.start).days <= _GOES_ON else found


def _in_the_past(meaning: Fields, clause: Clause) -> Resolved | None:
    """ "seized power on 15 November 2017. He resigned on 21 November.": the story goes on from the date told in full,
    unless the publication has just had such a day and the story does not go on at once."""
    past, published = clause.anchors.past, clause.anchors.published
    bare = meaning.month and meaning.which is Which.NONE and meaning.weekday is None and clause.anchors.opener is None
    if past is None or published is None or clause.tense is not Tense.PAST or not bare:
        return None
    if past.grain is Grain.YEAR and clause.anchors.year_in_sentence != past.start.year:
        return None  # "was founded in 1985": the next sentence may be of the news
    years = (past.start.year, past.start.year + 1)
    options = [found for year in years if (found := candidate(meaning, year, clause)) and found.start <= published]
    following = [one for one in options if one.end > past.start and (one.start - past.start).days <= _GOES_ON]
    if not options:
        return None
    at_once = following and (following[0].start - past.start).days <= _AT_ONCE
    around = [option for option in options_near(meaning, published, clause) if option.start <= published]
    if not at_once and any((published - option.start).days <= MUCH_NEARER for option in around):
        return None
    anchor = Anchor(
        past.start, "the last date told in full", True, past.span() if past.grain is not Grain.DAY else None
    )
    return Resolved(TimeValue(TimexType.DATE, first=(following or options)[0]), Basis.ANAPHORIC, anchor, "story")


_GOES_ON = 270  # days from one date of a story to the next
_AT_ONCE = 31  # days after which it is rarely by chance that the publication has just had such a day


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
        return Resolved(TimeValue(TimexType.TIME, code=code + meaning.detail, unit=grain, zone=meaning.zone))
    value = TimeValue(TimexType.TIME, first=Period(grain, first.start, meaning.detail), zone=meaning.zone)
    return Resolved(value, day.basis, day.anchor, day.how)


def _day_of(meaning: Within, clause: Clause) -> Resolved | None:
    """The day on which "the next morning", "last night" or a bare "10:30" lies."""
    anaphoric = meaning.which in ANAPHORIC or meaning.which is Which.NONE
    anchor = (clause.told_day() if anaphoric else None) or clause.publication()
    if meaning.which is Which.NONE and not clause.anchors.narrative:
        anchor = clause.day_in_sentence() or clause.publication()
    if anchor is None:
        return None
    day = period(Grain.DAY, anchor.day).shifted(meaning.days)
    basis = Basis.ANAPHORIC if anchor.anaphoric else Basis.RELATIVE
    return Resolved(TimeValue(TimexType.DATE, first=day), basis, anchor)


def _feast(meaning: Feast, clause: Clause) -> Resolved:
    if meaning.year is not None:
        return Resolved(_feast_of(meaning.name, meaning.year))
    anaphoric = meaning.which in ANAPHORIC or (clause.anchors.narrative and meaning.years is None)
    anchor = (clause.told() if anaphoric else None) or clause.publication()
    if anchor is None:
        return Resolved(TimeValue(TimexType.DATE, code="XXXX-XX-XX"))
    if meaning.years is not None or meaning.which in ANAPHORIC:
        shift = meaning.years if meaning.years is not None else STEPS[meaning.which]
        basis = Basis.ANAPHORIC if anchor.anaphoric else Basis.RELATIVE
        return Resolved(_feast_of(meaning.name, anchor.day.year + shift), basis, anchor)
    options = list(_feasts_near(meaning.name, anchor.day.year))
    if not options:
        return Resolved(TimeValue(TimexType.DATE, code="XXXX-XX-XX"))
    fields = Fields(Grain.DAY, month=1, day=1, which=meaning.which)
    clause = replace(clause, tense=clause.tense if clause.tense is Tense.FUTURE else Tense.PAST)
    first, how = pick([option[0] for option in options], fields, anchor, clause)
    last = next(option[1] for option in options if option[0] == first)
    basis = Basis.ANAPHORIC if anchor.anaphoric else Basis.RELATIVE
    return Resolved(TimeValue(TimexType.DATE, first=first, last=last), basis, anchor, how)


def _feast_of(name: str, year: int) -> TimeValue:
    """The holiday of a year; a choice where the name is that of two ("Eid 2014")."""
    found = [feasts.feast_in(one, year) for one in feasts.meant_by(name)]
    choice = tuple(first for first, _ in found) if len(found) > 1 else ()
    return TimeValue(TimexType.DATE, first=found[0][0], last=None if choice else found[0][1], choice=choice)


def _feasts_near(name: str, year: int) -> Iterable[tuple[Period, Period | None]]:
    for one, of in product((year - 1, year, year + 1), feasts.meant_by(name)):
        try:
            yield feasts.feast_in(of, one)
        except OutsideCalendar:
            continue


_RESOLVERS: Mapping[type, Callable[[Any, Clause], Resolved]] = {
    Known: _known,
    Length: _length,
    Repeated: _repeated,
    Vague: _vague,
    Step: step_from,
    From: _from,
    Fields: _fields,
    Within: _within,
    Feast: _feast,
    Holding: _holding,
    NthIn: _nth_in,
    Ended: _ended,
    Told: _told_again,
    Anniversary: _anniversary,
    Beside: lambda meaning, clause: stretches.beside(resolve(meaning.base, clause), meaning),
    DayOf: lambda meaning, clause: stretches.day_of(resolve(meaning.base, clause), meaning.number),
    Turn: _turn,
    EveOf: lambda meaning, clause: Resolved(TimeValue(TimexType.DATE, code="XXXX-XX-XX")),
    Ending: lambda meaning, clause: stretches.ending(resolve(meaning.base, clause), meaning),
}
