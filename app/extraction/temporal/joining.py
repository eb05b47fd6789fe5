"""Neighbours that tell one time together become one expression, or explain one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeGuard

from app.extraction.temporal.calendar import Grain
from app.extraction.temporal.draft import Draft
from app.extraction.temporal.meanings import (
    Beside,
    Ending,
    Feast,
    Fields,
    From,
    Holding,
    Known,
    Length,
    Meaning,
    Step,
    Vague,
    Which,
    Within,
)
from app.extraction.temporal.scanning import Scan
from app.extraction.temporal.sets import set_on
from app.extraction.temporal.values import Modifier

_EDGES = {
    "first": Modifier.START,
    "early": Modifier.START,
    "opening": Modifier.START,
    "last": Modifier.END,
    "late": Modifier.END,
    "final": Modifier.END,
    "closing": Modifier.END,
}


def joined(scan: Scan, found: Sequence[Draft]) -> list[Draft]:
    """Neighbours that tell one time together: "9 a.m. Tuesday", "the night of 8 February", "a week from Tuesday"."""
    told: list[Draft] = []
    for draft in found:
        if edge := _edge_before(scan, draft):
            draft = replace(draft, modifier=edge, share=_share_before(scan, draft))
        draft = _told_within(scan, draft)
        if told and _in_apposition(scan, told[-1], draft):
            draft = replace(draft, meaning=told[-1].meaning, rule="apposition")
        if told and (explained := _explained(scan, told[-1], draft)):
            told[-1] = replace(told[-1], meaning=explained, rule="apposition")
        if told:
            told[-1], draft = _in_year(scan, told[-1], draft)
        together = _together(scan, told[-1], draft) if told else None
        if together is not None:
            told[-1] = together
            _share_day(scan, told)
        if together is None:
            told.append(draft)
        elif together.last <= draft.first:
            told.append(replace(draft, counted_from=True))
    return told


def _in_year(scan: Scan, left: Draft, right: Draft) -> tuple[Draft, Draft]:
    """ "In 1994, on April 6", "On July 3 in 2013": the day or month is of the year right beside it."""
    between = [token.word for token in scan.tokens[left.last : right.first]]
    before = scan.tokens[left.first - 1].word if left.first else ""
    if (year := _year_told(left)) and before == "in" and between in _THEN and _is_open_in_year(right.meaning):
        return left, replace(right, meaning=replace(right.meaning, year=year))
    if (year := _year_told(right)) and between == ["in"] and _is_open_in_year(left.meaning):
        return replace(left, meaning=replace(left.meaning, year=year)), right
    return left, right


_THEN = ([",", "on"], [",", "in"], ["on"])


def _year_told(draft: Draft) -> int | None:
    meaning = draft.meaning
    one = isinstance(meaning, Known) and meaning.period.grain is Grain.YEAR and meaning.last is None
    return meaning.period.start.year if one and isinstance(meaning, Known) and draft.modifier is None else None


def _is_open_in_year(meaning: Meaning) -> TypeGuard[Fields]:
    """Whether it tells a month, or a day of one, and no year."""
    if not isinstance(meaning, Fields) or meaning.month is None:
        return False
    return meaning.year is None and meaning.years is None and meaning.which is Which.NONE


_RANGED = ("to", "until", "till", "through", "thru", "-", "–", "and", "or")


def _share_day(scan: Scan, told: list[Draft]) -> None:
    """ "22:00 local time (2100 UTC) on Tuesday", "9 a.m. to 5 p.m. on Tuesday": the first time is of that day too."""
    if len(told) < 2:
        return
    left, right = told[-2].meaning, told[-1].meaning
    between = [token.word for token in scan.tokens[told[-2].last : told[-1].first]]
    if not (isinstance(left, Within) and isinstance(right, Within)) or len(between) != 1:
        return
    beside = between[0] in _RANGED or between == ["("]
    if beside and _open_day(left) and left.day is None and right.day is not None:
        told[-2] = replace(told[-2], meaning=replace(left, day=right.day), rule="time-of-day-on")


def _together(scan: Scan, left: Draft, right: Draft) -> Draft | None:
    """The two as one expression, or the left one with what the right one tells it; None when they stand apart."""
    between = " ".join(token.word for token in scan.tokens[left.last : right.first])
    if _time_then_day(left, right, between):
        return _on_day(left, right, left.meaning, right.meaning)
    if between in (") on", ")") and _time_then_day(left, right, ""):
        return _on_day(left, left, left.meaning, right.meaning)
    if _time_then_day(right, left, "") and between in ("", "at", ", at"):
        return _on_day(left, right, right.meaning, left.meaning)
    if between in ("of", "on") and left.rule in _HOURS_OF and _is_part_of_day(right.meaning):
        return replace(left, last=right.last, meaning=right.meaning, rule="time-of-day-on")
    if between in ("", "on", "in") and (within := _in_part(left, right, bare=between == "in")):
        return replace(left, last=right.last, meaning=within, rule="time-of-day-on")
    if between in ("", ",", "on", "in", "at", "on the") and (repeated := set_on(left.meaning, right.meaning, between)):
        return replace(left, last=right.last, meaning=repeated, rule="set-on")
    if between in ("", "on") and (counted := _counted_from(left, right)):
        return replace(left, last=right.last, meaning=counted, rule="offset-from-date")
    if isinstance(left.meaning, Length) and between in ("from", "after", "before", "following"):
        return _offset(left, right, between)
    if (between in _ENDING or (between in _UP_TO and _is_the(scan, left))) and (told := _ending(left, right)):
        return told
    if isinstance(left.meaning, Step) and left.meaning.length and between in ("", "the") and _is_date(right.meaning):
        return replace(left, meaning=From(left.meaning, right.meaning, apart=True), rule="offset-from-date")
    return None


# "the early hours of Saturday morning"
_HOURS_OF = ("early-hours", "small-hours", "part-hours")


def _is_part_of_day(meaning: Meaning) -> bool:
    return isinstance(meaning, Within) and meaning.day is not None


def _counted_from(left: Draft, right: Draft) -> From | None:
    """ "a year ago today", "two years ago this month", "three weeks ago on Friday": counted back, and from where."""
    step, base = left.meaning, right.meaning
    if (
        not isinstance(step, Step)
        or step.anaphoric
        or step.direction >= 0
        or not step.count
        or step.unit not in _LONGER
    ):
        return None
    if isinstance(base, Step) and base.count in (-1, 0, 1) and not base.anaphoric and base.unit.rank < step.unit.rank:
        return From(step, base)
    weekday = isinstance(base, Fields) and base.which is Which.NONE and base.day is None
    if weekday and isinstance(base, Fields) and base.weekday is not None and step.unit is Grain.WEEK:
        return From(Step(Grain.DAY, base.weekday), step)  # the Friday of that week
    day = isinstance(base, Fields) and base.weekday is not None and base.day is None
    told = isinstance(base, Fields) and base.which in (Which.LAST, Which.NONE)
    return From(step, base) if day and told and step.unit is not Grain.WEEK else None


_LONGER = (Grain.WEEK, Grain.MONTH, Grain.YEAR)
_ENDING = ("ended", "ending", "ended on", "ending on", "ended in", "ending in")
_UP_TO = ("to", "through", "up to")


def _is_the(scan: Scan, draft: Draft) -> bool:
    """ "in the week to May 1"; "moved by two weeks to May 1" tells how far."""
    return scan.tokens[draft.first].word == "the"


def _ending(left: Draft, right: Draft) -> Draft | None:
    """ "the week ending April 3", "the three months to June": a length that ends on a day or month told apart."""
    meaning = left.meaning
    if not right.is_day and not _is_month(right.meaning):
        return None
    if isinstance(meaning, Step) and meaning.unit in _ENDED_STEPS and meaning.count == 0:
        meaning = Length("1", meaning.unit.value, _ENDED_STEPS[meaning.unit])
    if not isinstance(meaning, Length) or not meaning.count.isdigit() or meaning.unit not in _ENDED_UNITS:
        return None
    ending = Ending(Grain(meaning.unit), int(meaning.count), right.meaning, meaning.code)
    return replace(left, meaning=ending, rule="ending-on")


_ENDED_UNITS = ("day", "week", "month", "year")
_ENDED_STEPS = {Grain.WEEK: "P1W", Grain.MONTH: "P1M", Grain.YEAR: "P1Y"}


def _is_month(meaning: Meaning) -> bool:
    if isinstance(meaning, Known):
        return meaning.period.grain is Grain.MONTH and meaning.last is None
    return isinstance(meaning, Fields) and meaning.grain is Grain.MONTH


def _edge_before(scan: Scan, draft: Draft) -> Modifier | None:
    """ "the first week of May", "the last three days of 1944": the month or year is meant in part."""
    if draft.modifier is not None or draft.first < 3 or scan.tokens[draft.first - 1].word != "of":
        return None
    meaning = draft.meaning
    if draft.rule == "years":
        return None  # "the first half of 2014-15": where that year begins is not told
    whole = isinstance(meaning, (Fields, Known)) and not draft.is_day
    if not whole and not (isinstance(meaning, Step) and meaning.unit in _LONG and meaning.count is not None):
        return None
    head = scan.tokens[draft.first - 2]
    if head.value == "half":
        return {"first": Modifier.START, "second": Modifier.END, "latter": Modifier.END}.get(
            scan.tokens[draft.first - 3].word
        )
    if head.value not in ("day", "week", "month", "year"):
        return None
    words = [scan.tokens[at].word for at in range(draft.first - 3, max(-1, draft.first - 5), -1)]
    return next((_EDGES[word] for word in words if word in _EDGES), None)


def _share_before(scan: Scan, draft: Draft) -> tuple[int, Grain] | None:
    """How much of the period the words before it count: "the first nine months of", "the last day of", "half of"."""
    head, counted = scan.tokens[draft.first - 2], scan.tokens[draft.first - 3]
    if head.value == "half":
        return 1, Grain.HALF
    if counted.word in _EDGES:
        return (1, Grain(head.value)) if head.word == head.value else None
    return (int(counted.value), Grain(head.value)) if counted.value.isdigit() and len(counted.value) < 4 else None


_LONG = (Grain.MONTH, Grain.YEAR, Grain.DECADE, Grain.CENTURY)


def _told_within(scan: Scan, draft: Draft) -> Draft:
    """ "the week of May 3" is the week that holds the day; "the day after Christmas" the day beside it."""
    if draft.first < 3 or not isinstance(draft.meaning, (Fields, Known, Feast)) or not draft.is_day:
        return draft
    of, head, the = (scan.tokens[draft.first - steps] for steps in (1, 2, 3))
    if stretch := _beside(scan, draft):
        return stretch
    if of.word != "of" or the.word not in ("the", "that", "this"):
        return draft
    if head.value in ("week", "weekend"):
        return replace(draft, first=draft.first - 3, meaning=Holding(Grain(head.value), draft.meaning), rule="week-of")
    return draft


_BESIDE = {"before": -1, "after": 1, "following": 1}
_STRETCHES = ("day", "week", "month", "year")


def _beside(scan: Scan, draft: Draft) -> Draft | None:
    """ "the week before Ramadan", "the day after the 9/11 attacks", "the month before 3 May"."""
    meaning = draft.meaning
    if isinstance(meaning, Fields) and not (meaning.month and meaning.day):
        return None
    at = draft.first - (scan.tokens[draft.first - 1].word == "the")
    if at < 3 or scan.tokens[at - 3].word != "the" or scan.tokens[at - 2].word not in _STRETCHES:
        return None
    direction = _BESIDE.get(scan.tokens[at - 1].word)
    if direction is None:
        return None
    beside = Beside(Grain(scan.tokens[at - 2].word), meaning, direction)
    rule = "beside-feast" if isinstance(meaning, Feast) else "beside-date"
    return replace(draft, first=at - 3, meaning=beside, rule=rule)


def _in_apposition(scan: Scan, left: Draft, right: Draft) -> bool:
    """ "On 27 June, two days after the landing, ...": the distance explains the day before it and is that day."""
    between = [token.word for token in scan.tokens[left.last : right.first]]
    meaning = right.meaning
    if not isinstance(meaning, Step) or len(between) != 1 or between[0] not in (",", "-", "–", "—"):
        return False
    distance = bool(meaning.length) if right.rule == "step" else right.rule == "unit-beside"
    follows = right.last < len(scan.tokens) and scan.tokens[right.last].word[:1].isalpha()
    return distance and follows and left.is_day


def _explained(scan: Scan, left: Draft, right: Draft) -> Fields | None:
    """ "Two days earlier, on March 13", "the next day (March 9)", "next Friday, 17 April": the day told after it."""
    meaning, day = left.meaning, right.meaning
    between = [token.word for token in scan.tokens[left.last : right.first]]
    if between not in ([","], [",", "on"], ["("]) or not isinstance(day, Fields) or not (day.month and day.day):
        return None
    if isinstance(meaning, Step):
        counted = meaning.anaphoric and meaning.unit is Grain.DAY and bool(meaning.count) and not meaning.length
        return day if counted and between != [","] else None
    deictic = isinstance(meaning, Fields) and meaning.day is None and meaning.which is not Which.NONE
    if not isinstance(meaning, Fields) or not deictic or meaning.weekday is None or day.weekday is not None:
        return None
    return replace(day, weekday=meaning.weekday)


def _time_then_day(time: Draft, day: Draft, between: str) -> bool:
    """ "9 a.m. Tuesday", "the night of 8 February": a time of day whose day is still open, and a day."""
    meaning = time.meaning
    if not isinstance(meaning, Within) or meaning.day is not None or not _open_day(meaning):
        return False
    if between in ("from", "between") and meaning.detail == "TNI":
        return day.is_day  # "the night from Saturday to Sunday"
    return day.is_day and between in ("", "on", "of", ",", "of the", "on the")


def _in_part(left: Draft, right: Draft, *, bare: bool) -> Within | None:
    """ "5:30 on Tuesday evening", "six o'clock in the morning": the part tells the half of the day, or day and half."""
    time, part = left.meaning, right.meaning
    if not (isinstance(time, Within) and isinstance(part, Within)) or time.day is not None or not _open_day(time):
        return None
    hour, told = time.detail[1:3], part.day is not None or part.days or part.which not in (Which.NONE, Which.SAME)
    if bare == bool(told) or not hour.isdigit() or part.detail[1:2].isdigit():
        return None
    late = part.detail in ("TAF", "TEV") or (part.detail == "TNI" and int(hour) >= _EARLIEST_NIGHT)
    detail = f"T{int(hour) + 12}{time.detail[3:]}" if late and int(hour) < _NOON else time.detail
    return replace(part, detail=detail, zone=time.zone)


_NOON, _EARLIEST_NIGHT = 12, 6


def _on_day(left: Draft, right: Draft, time: Meaning, day: Meaning) -> Draft | None:
    if not isinstance(time, Within):
        return None
    return replace(left, last=right.last, meaning=replace(time, day=day), rule="time-of-day-on")


def _offset(left: Draft, right: Draft, link: str) -> Draft | None:
    length = left.meaning
    if not isinstance(length, Length) or length.unit not in ("day", "week", "month", "year") or length.count == "X":
        return None
    if not _is_date(right.meaning):
        return None
    if link == "from" and not (isinstance(right.meaning, Fields) or _is_deictic(right.meaning)):
        return None
    sign = -1 if link == "before" else 1
    step = Step(Grain(length.unit), float(length.count) * sign, anaphoric=True, direction=sign)
    return replace(left, last=right.last, meaning=From(step, right.meaning), rule="offset-from-date")


def _is_deictic(meaning: Meaning) -> bool:
    return (isinstance(meaning, Step) and not meaning.anaphoric) or isinstance(meaning, Vague)


def _open_day(meaning: Meaning) -> bool:
    return isinstance(meaning, Within) and meaning.days == 0 and meaning.which.value in ("none", "same")


def _is_date(meaning: Meaning) -> bool:
    return isinstance(meaning, (Fields, Known, Feast, Step, Vague))
