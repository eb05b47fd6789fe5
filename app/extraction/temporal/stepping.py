"""Steps from an anchor: "two years ago", "ten minutes later", "the same day", "last week"."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.dates import Basis
from app.extraction.temporal.anchors import Anchor, Clause
from app.extraction.temporal.calendar import Grain, Period, in_range, moved, period
from app.extraction.temporal.meanings import Step
from app.extraction.temporal.resolved import Resolved
from app.extraction.temporal.tense import Tense
from app.extraction.temporal.values import Modifier, TimeValue, TimexType


def step_from(meaning: Step, clause: Clause) -> Resolved:
    anchor = _step_anchor(meaning, clause) if clause.told() or not meaning.after_told else None
    if meaning.count is None and meaning.length and meaning.anaphoric and not clause.anchors.narrative:
        return Resolved(TimeValue(TimexType.DURATION, code=meaning.length))
    if meaning.count is None:
        return _some_way(meaning, anchor, clause)
    if anchor is None:
        return Resolved(TimeValue(TimexType.DATE, code=unanchored(meaning)))
    basis = Basis.ANAPHORIC if anchor.anaphoric else Basis.RELATIVE
    if meaning.length and not clause.anchors.narrative:
        return Resolved(TimeValue(TimexType.DURATION, code=meaning.length))
    if rough := _from_within(meaning, anchor, clause):
        return Resolved(rough, basis, anchor)
    if told := _day_within(meaning, clause):
        code = f"{told.timex()}-XX" if told.grain is Grain.MONTH else ""
        return Resolved(TimeValue(TimexType.DATE, first=told, code=code), basis, anchor)
    found = _stepped(meaning, meaning.count, anchor, clause)
    kind = TimexType.TIME if found.grain is Grain.TIME else TimexType.DATE
    return Resolved(TimeValue(kind, first=found), basis, anchor)


def _day_within(meaning: Step, clause: Clause) -> Period | None:
    """ "Two weeks later he returned. The same day ...": a day of the week told last, and not an earlier one."""
    told = clause.anchors.told
    same_day = meaning.unit is Grain.DAY and meaning.count == 0 and meaning.anaphoric
    return told if same_day and told is not None and told.grain in (Grain.WEEK, Grain.WEEKEND, Grain.MONTH) else None


def _step_anchor(meaning: Step, clause: Clause) -> Anchor | None:
    if not meaning.anaphoric:
        return clause.publication()
    if _day_within(meaning, clause):
        return clause.told()
    from_news = None if meaning.sequel and clause.tense is Tense.PAST else clause.publication()
    if meaning.unit not in (Grain.DAY, Grain.TIME):
        return clause.told() or from_news
    if meaning.direction != 0 and clause.told() and not clause.told_day():
        return clause.told()
    return clause.told_day() or from_news


_BY_DAYS = (Grain.DAY, Grain.WEEK, Grain.MONTH)


def _from_within(meaning: Step, anchor: Anchor, clause: Clause) -> TimeValue | None:
    """ "In August 2008 ... Ten days later": from which day is not told, so the first and the last day are stepped."""
    told, count = clause.anchors.told, meaning.count
    if not (anchor.anaphoric and meaning.anaphoric and told and count) or count != int(count):
        return None
    if told.start != anchor.day or meaning.unit not in _BY_DAYS or meaning.unit.rank >= told.grain.rank:
        return None
    first = Period(Grain.DAY, moved(told.start, meaning.unit, int(count)))
    last = Period(Grain.DAY, moved(moved(told.end, Grain.DAY, -1), meaning.unit, int(count)))
    if not (in_range(first.start) and in_range(last.start)):
        return None
    return TimeValue(TimexType.DATE, first=first, last=last, code=unanchored(meaning))


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
        return _minutes_on(meaning, int(count), anchor, clause)
    if unit is Grain.WEEKEND and count == 0 and clause.tense is Tense.PAST and anchor.day.weekday() < _SATURDAY:
        count = -1  # "arrived over the weekend", told on a Monday
    return period(unit, anchor.day).shifted(int(count))


def _minutes_on(meaning: Step, minutes: int, anchor: Anchor, clause: Clause) -> Period:
    """Ten minutes after "10:30 on Monday" is 10:40; where no hour was told before, the day is all that is known."""
    told = clause.anchors.told_day
    if not meaning.anaphoric or told is None or told.grain is not Grain.TIME or told.start != anchor.day:
        return Period(Grain.DAY, anchor.day)
    days, minute = divmod(int(told.detail[1:3]) * 60 + int(told.detail[4:6]) + minutes, _DAY_MINUTES)
    day = moved(anchor.day, Grain.DAY, days)
    return Period(Grain.TIME, period(Grain.DAY, day).shifted(0).start, f"T{minute // 60:02d}:{minute % 60:02d}")


_DAY_MINUTES = 1440
_SATURDAY = 5
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
    if meaning.length and not meaning.anaphoric:
        code = meaning.length
    if anchor is None:
        return Resolved(TimeValue(TimexType.DATE, code=code))
    modifier = Modifier.BEFORE if meaning.direction < 0 else Modifier.AFTER
    told = clause.anchors.told
    first = told if anchor.anaphoric and told else Period(Grain.DAY, anchor.day)
    if meaning.unit is Grain.TIME:
        modifier = Modifier.APPROX  # "a few hours ago" is that same day, or the night before it
    basis = Basis.ANAPHORIC if anchor.anaphoric else Basis.RELATIVE
    return Resolved(TimeValue(TimexType.DATE, first=first, code=code, modifier=modifier), basis, anchor)


def unanchored(meaning: Step) -> str:
    return {Grain.DAY: "XXXX-XX-XX", Grain.WEEK: "XXXX-WXX", Grain.MONTH: "XXXX-XX"}.get(meaning.unit, "XXXX")
