"""Holidays of any year: fixed days, n-th weekdays, Easter, the Hebrew and Islamic calendars, the lunar new year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from hijridate import Hijri

from app.extraction.temporal.calendar import Grain, OutsideCalendar, Period, make_day, moved
from app.extraction.temporal.vocabulary import load

_WEEK = 7
_UMM_AL_QURA = range(1343, 1501)  # the Islamic years of its tables
_HIJRI_EPOCH = 227015  # proleptic Gregorian ordinal of 1 Muharram of the year 1, civil reckoning


def feast_in(name: str, year: int) -> tuple[Period, Period | None]:
    """First and last day of the holiday that begins in `year`; OutsideCalendar when it does not."""
    feast = load().feasts[tuple(name.split())]
    kind, _, rest = feast.rule.partition(":")
    if kind == "lunar":
        return _lunar_new_year(year)
    first = _RULES[kind](year, rest) if kind in _RULES else _fixed(year, kind)
    if feast.days == _WEEK and first.weekday() == 0:
        return Period(Grain.WEEK, first), None
    last = Period(Grain.DAY, moved(first, Grain.DAY, feast.days - 1)) if feast.days > 1 else None
    return Period(Grain.DAY, first), last


def meant_by(name: str) -> tuple[str, ...]:
    """The holidays that the name may mean: "Eid" is one of two feasts."""
    kind, _, rest = load().feasts[tuple(name.split())].rule.partition(":")
    return tuple(rest.split("|")) if kind == "either" else (name,)


def of_nation(name: str, nation: str) -> str | None:
    """The day that a nation keeps under the name: "independence day" of "kenyan"; "" is the nation not told.

    None where the table knows of no such day; names that nations do not share are given back as they are.
    """
    kind, _, usual = load().feasts[tuple(name.split())].rule.partition(":")
    if kind != "national":
        return name
    told = f"{name} of {nation}"
    if tuple(told.split()) in load().feasts:
        return told
    return name if usual else None


def _lunar_new_year(year: int) -> tuple[Period, Period | None]:
    """The day by the table; in years that the table lacks, the month in which it falls."""
    if known := load().lunar_new_years.get(year):
        return Period(Grain.DAY, known), None
    return Period(Grain.DAY, make_day(year, 1, 21)), Period(Grain.DAY, make_day(year, 2, 20))


def easter(year: int) -> date:
    """Western Easter Sunday (the Gregorian computus)."""
    golden, century, rest = year % 19, year // 100, year % 100
    skipped = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    epact = skipped - (skipped // 28) * (1 - (skipped // 28) * (29 // (skipped + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    offset = epact - weekday
    month = 3 + (offset + 40) // 44
    return make_day(year, month, offset + 28 - 31 * (month // 4)) if rest >= 0 else date.max


def orthodox_easter(year: int) -> date:
    """Orthodox Easter Sunday: the Julian computus moved to the Gregorian calendar."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    return moved(make_day(year, month, day + 1), Grain.DAY, year // 100 - year // 400 - 2)


def _fixed(year: int, day: str) -> date:
    return make_day(year, *(int(part) for part in day.split("-")))


def _from_easter(year: int, rest: str) -> date:
    return moved(easter(year), Grain.DAY, int(rest))


def _from_orthodox(year: int, rest: str) -> date:
    return moved(orthodox_easter(year), Grain.DAY, int(rest))


def _nth_weekday(year: int, rest: str) -> date:
    """ "month:weekday:n", n negative counts from the month's end."""
    month, weekday, n = (int(part) for part in rest.split(":"))
    first = make_day(year, month, 1)
    if n < 0:
        last = moved(moved(first, Grain.MONTH, 1), Grain.DAY, -1)
        return moved(last, Grain.DAY, -((last.weekday() - weekday) % 7) + 7 * (n + 1))
    return moved(first, Grain.DAY, (weekday - first.weekday()) % 7 + 7 * (n - 1))


def _hijri(year: int, rest: str) -> date:
    """The first such day of the Islamic calendar within the Gregorian year."""
    month, day = (int(part) for part in rest.split(":"))
    around = (year - 622) * 33 // 32
    for islamic in range(around - 1, around + 3):
        found = _hijri_day(islamic, month, day)
        if found.year == year:
            return found
    raise OutsideCalendar(f"no {rest} of the Islamic calendar in {year}")


def _hijri_day(year: int, month: int, day: int) -> date:
    """By the Umm al-Qura calendar in the years that it covers, else by the civil reckoning (a day off at times)."""
    if year in _UMM_AL_QURA:
        found = Hijri(year, month, day).to_gregorian()
        return date(found.year, found.month, found.day)
    days = day - 1 + -(-(59 * (month - 1)) // 2) + (year - 1) * 354 + (3 + 11 * year) // 30
    try:
        return date.fromordinal(_HIJRI_EPOCH) + timedelta(days=days)
    except (OverflowError, ValueError) as exc:
        raise OutsideCalendar(f"{year}-{month}-{day} of the Islamic calendar") from exc


def _persian(year: int, rest: str) -> date:
    """A day of the Solar Hijri calendar by its cycle of 33 years, counted from Nowruz 1399, which was 20 March 2020."""
    month, day = (int(part) for part in rest.split(":"))
    solar, first = year - 621, 1399
    days = (solar - first) * 365 + _solar_leaps(solar - 1) - _solar_leaps(first - 1)
    return moved(date(2020, 3, 20), Grain.DAY, days + min(month - 1, 6) * 31 + max(0, month - 7) * 30 + day - 1)


def _solar_leaps(years: int) -> int:
    """How many of the first so many years are leap years."""
    cycles, rest = divmod(years, 33)
    return cycles * 8 + sum(1 for leap in (1, 5, 9, 13, 17, 22, 26, 30) if leap <= rest)


def _hebrew(year: int, rest: str) -> date:
    """Days counted from Rosh Hashanah of the year (1 = the day itself); negative ones lie before it."""
    count = int(rest)
    return moved(rosh_hashanah(year), Grain.DAY, count - 1 if count > 0 else count)


def rosh_hashanah(year: int) -> date:
    """1 Tishri in the autumn of a Gregorian year, by the molad and the four postponements."""
    hebrew = year + 3761
    months = (235 * hebrew - 234) // 19
    parts = 12084 + 13753 * months
    day = months * 29 + parts // 25920
    day += 1 if (3 * (day + 1)) % 7 < 3 else 0
    try:
        return date.fromordinal(_tishri(hebrew, day))
    except (OverflowError, ValueError) as exc:
        raise OutsideCalendar(f"Rosh Hashanah {year}") from exc


def _tishri(hebrew: int, day: int) -> int:
    before, after = _elapsed(hebrew - 1), _elapsed(hebrew + 1)
    if after - day == 356:
        day += 2
    elif day - before == 382:
        day += 1
    return day - 1373428 + 1


def _elapsed(hebrew: int) -> int:
    months = (235 * hebrew - 234) // 19
    day = months * 29 + (12084 + 13753 * months) // 25920
    return day + (1 if (3 * (day + 1)) % 7 < 3 else 0)


def _hanukkah(year: int, rest: str) -> date:
    """25 Kislev: two months on from the new year of that autumn, the second of 29 or 30 days."""
    new_year = rosh_hashanah(year)
    complete = (rosh_hashanah(year + 1) - new_year).days % 10 == 5
    return moved(new_year, Grain.DAY, 84 if complete else 83)


def _iyar(year: int, rest: str) -> date:
    """A day of Iyar, moved as the 5th is: off a Friday, Saturday or Monday, to Thursday or Tuesday."""
    day = _hebrew(year, str(_FIRST_OF_IYAR + int(rest) - 1))
    return moved(day, Grain.DAY, _MOVED.get(day.weekday(), 0))


_FIRST_OF_IYAR = -147  # days before Rosh Hashanah
_MOVED = {0: 1, 4: -1, 5: -2}


def _in_table(year: int, rest: str) -> date:
    """Hindu feasts, whose reckoning differs from place to place: as they were kept in India."""
    try:
        return load().hindu_feasts[rest, year]
    except KeyError as exc:
        raise OutsideCalendar(f"no table of {rest} for {year}") from exc


_RULES: Mapping[str, Callable[[int, str], date]] = {
    "easter": _from_easter,
    "orthodox": _from_orthodox,
    "nth": _nth_weekday,
    "hijri": _hijri,
    "persian": _persian,
    "hebrew": _hebrew,
    "hanukkah": _hanukkah,
    "iyar": _iyar,
    "national": _fixed,
    "table": _in_table,
}
