"""Rules for days told by way of another: "the day before yesterday", "two Fridays ago", anniversaries, eves."""

from __future__ import annotations

from datetime import date

from app.extraction.temporal.calendar import Grain, Period, make_day
from app.extraction.temporal.deeds import deed_told, year_of_deed
from app.extraction.temporal.grammar import Built, Found, Piece, Rule
from app.extraction.temporal.meanings import (
    ANAPHORIC,
    STEPS,
    Anniversary,
    EveOf,
    Fields,
    From,
    Known,
    Length,
    Repeated,
    Step,
    Told,
    Turn,
    Vague,
    Which,
    Within,
)  # fmt: skip
from app.extraction.temporal.rules_dates import MONTH, which_of
from app.extraction.temporal.vocabulary import load

_YEARS_IN = {"century": 100, "decade": 10}
_SHARES = {"half": 2, "quarter": 4}


def beside_today(found: Found) -> Built:
    """ "the day before yesterday", "the day after tomorrow"."""
    days = int(found.value("day"))
    sign = -1 if found.word_of("seq") == "before" else 1
    if found.value("unit") != "day":
        return None
    return Step(Grain.DAY, days + sign, direction=sign)


def before_last(found: Found) -> Built:
    """ "the week before last", "the Friday before last", "the night before last"."""
    if found.has("wd"):
        weekday = Fields(Grain.DAY, weekday=int(found.value("wd")), which=Which.LAST)
        return From(Step(Grain.DAY, -7, direction=-1), weekday)
    if found.has("part"):
        return Within("T" + found.value("part"), which=Which.LAST, days=-2)
    unit = found.value("unit")
    return Step(Grain(unit), -2, direction=-1) if unit in ("week", "month", "year", "weekend", "quarter") else None


def weekdays_ago(found: Found) -> Built:
    """ "two Fridays ago"."""
    count = found.number("n")
    if count is None or not 1 <= count <= 52:
        return None
    weekday = Fields(Grain.DAY, weekday=int(found.value("wd")), which=Which.LAST)
    return From(Step(Grain.DAY, -7 * (count - 1), direction=-1), weekday)


def ago_weekday(found: Found) -> Built:
    """ "a week ago Monday"."""
    count = found.number("n") or 1
    if found.value("unit") != "week" or count > 52:
        return None
    return From(Step(Grain.WEEK, -count, direction=-1), Fields(Grain.DAY, weekday=int(found.value("wd"))))


def weekday_of_week(found: Found) -> Built:
    """ "Monday of next week", "Friday last week"."""
    which, token = which_of(found.token("which")), found.token("wd")
    if found.value("unit") != "week" or token is None or not token.capital or which is Which.NONE:
        return None
    week = Step(Grain.WEEK, STEPS[which], anaphoric=which in ANAPHORIC, direction=STEPS[which])
    return From(Step(Grain.DAY, int(token.value)), week)


def weekday_week(found: Found) -> Built:
    """ "on Saturday week": British for the Saturday a week after the next."""
    token, after = found.token("wd"), found.word_after()
    if found.value("unit") != "week" or token is None or not token.capital or after.isalpha():
        return None
    return From(Step(Grain.DAY, 7, direction=1), Fields(Grain.DAY, weekday=int(token.value), which=Which.NEXT))


def other_day(found: Found) -> Built:
    """ "the other day", not "the other day-care centres"."""
    told = found.tokens()[1].word == "other" and _ends_phrase(found)
    return Vague("PAST_REF") if told else None


def near_future(found: Found) -> Built:
    return Vague("FUTURE_REF")


def at_the_moment(found: Found) -> Built:
    """ "at the moment", "for the moment", not "at the moment of impact"."""
    if found.word_before() not in ("at", "for") or not _ends_phrase(found):
        return None
    return Vague("PRESENT_REF")


def _ends_phrase(found: Found) -> bool:
    after = found.after()
    return after is None or (after.word not in ("of", "when", "that", "-") and after.mark != load().marks["HYPHEN"])


def share_of(found: Found) -> Built:
    """ "a quarter-century", "half a decade", "a half-century ago"."""
    unit = found.value("unit")
    if unit not in _YEARS_IN:
        return None
    years = _YEARS_IN[unit] // _SHARES[found.word_of("share")]
    if found.has("seq"):
        sign = -1 if found.word_of("seq") in ("ago", "earlier", "before") else 1
        return Step(Grain.YEAR, years * sign, anaphoric=found.word_of("seq") != "ago", direction=sign)
    return Length(str(years), "year", f"P{years}Y")


def quarters_of_hour(found: Found) -> Built:
    """ "a quarter of an hour", "three quarters of an hour later"."""
    count = found.number("n") or 1
    if (
        found.value("unit") != "hour"
        or (found.value("share") or found.value("share2")) != "quarter"
        or count > _QUARTERS
    ):
        return None
    minutes = 15 * count
    if found.has("seq"):
        ago = found.word_of("seq") in ("ago", "earlier", "before")
        sign = -1 if ago else 1
        return Step(Grain.TIME, minutes * sign, anaphoric=found.word_of("seq") != "ago", direction=sign)
    return Length(str(minutes), "minute", f"PT{minutes}M")


_QUARTERS = 3  # of an hour, at most


def anniversary(found: Found) -> Built:
    """ "the tenth anniversary of the fall of the city on 9 April 2003": the anniversary, and the date it recalls.

    So "the centenary of the 1914 murder", "the fifth anniversary of the July 7 bombings".
    """
    count, recalled = found.number("ord") or found.number("years"), _recalled(found)
    if count is None or recalled is None:
        return None
    cut = found.match.start("of")
    first = Piece(found.match.start(), cut, Anniversary(count, recalled))
    return first, Piece(_recalled_at(found), found.match.end(), Known(recalled))


def _recalled(found: Found) -> Period | None:
    if found.has("named"):
        return Period(Grain.DAY, load().named_days[found.word_of("named")][0])
    year = found.number("year") or _year_of_deed(found)
    if year is None:
        return None
    if found.has("month"):
        grain = Grain.DAY if found.has("day") else Grain.MONTH
        return Period(grain, make_day(year, found.number("month") or 1, found.number("day") or 1))
    return Period(Grain.YEAR, date(year, 1, 1))


def _year_of_deed(found: Found) -> int | None:
    """ "the tenth anniversary of the September 11 attacks"."""
    if not (found.has("month") and found.has("day")):
        return None
    tokens, at = found.scan.tokens, found.match.start("month")
    before = tokens[at - 2].word if tokens[at - 1].word == "of" else ""
    deed = before or deed_told(found)
    return year_of_deed(found.number("month") or 0, found.number("day") or 0, deed)


def _recalled_at(found: Found) -> int:
    names = ("named", "month", "day", "year")
    return min(found.match.start(name) for name in names if found.has(name))


def that_time(found: Found) -> Built:
    """ "by that time": when what was told last took place. "At the same time" and "at the time" are idioms."""
    return Told() if found.word_before() in ("at", "by", "since", "until", "till", "before", "after", "from") else None


def by_then(found: Found) -> Built:
    """ "By then the army had left"."""
    return Told() if found.word_before() in ("by", "until", "till") else None


def moments(found: Found) -> Built:
    """ "moments ago", "a moment ago": on the same day, no more is told."""
    return Step(Grain.TIME, None, direction=-1, length="PTXS")


def eve_of_thing(found: Found) -> Built:
    """ "on the eve of the vote": a thing of which one speaks before it comes; its day stands elsewhere."""
    tokens, things = found.scan.tokens, load().tense["ahead_things"]
    if found.word_of("edge") != "eve":
        return None
    at = next((i for i in range(found.match.start("thing"), found.match.end()) if tokens[i].word in things), None)
    if at is None or (at + 1 < len(tokens) and tokens[at + 1].word in ("of", "on")):
        return None
    return (Piece(found.match.start(), at + 1, EveOf(tokens[at].word)),)


def adverb_set(found: Found) -> Built:
    """ "daily", "every week" said of a verb: "he phones daily"; before a noun ("daily paper") it names a kind."""
    after = found.after()
    if after is not None and after.word[:1].isalpha() and after.mark == load().marks["OTHER"]:
        return None
    token, unit = found.token("set"), found.value("set")
    code = _SETS.get(unit)
    return Repeated(code) if token is not None and not token.capital and code else None


def annually(found: Found) -> Built:
    """ "annually on 9 May"; alone it tells how much, not when."""
    told = found.word_of("set") == "annually" and found.after_is("ON", "IN")
    return Repeated(_SETS["year"]) if told else None


_SETS = {
    "day": "P1D", "week": "P1W", "month": "P1M", "quarter": "P1Q", "year": "P1Y", "hour": "PT1H", "night": "P1D",
    "2week": "P2W", "2month": "P2M",
}  # fmt: skip
_WHAT = "(?: (?:OTHER|THE|A|OF|AND|S|HYPHEN|POSS|MAYBE_SEASON){1,9} (?:ON|OF|IN) THE? )?"
_QUARTERS_OF = "(?:A|n=COUNT)? HYPHEN? (?:share=QUARTER|shares=UNITS) OF A"
_ANNIVERSARY = f"(?:THE|POSS)? (?:ord=ANYORDINAL ANNIVERSARY | years=CENTENARY) of=OF (?:THE|POSS)? {_WHAT}"


def quarters(found: Found) -> Built:
    """ "the third and fourth quarters of 1990": two quarters."""
    numbers = [found.number("ord"), found.number("ord2")]
    if any(number is None or not 1 <= number <= 4 for number in numbers) or found.value("unit") != "quarter":
        return None
    one, two = (Fields(Grain.QUARTER, part=number, year=found.number("year")) for number in numbers)
    cut = found.match.start("link")
    return Piece(found.match.start(), cut, one), Piece(cut + 1, found.match.end(), two)


def turn_of(found: Found) -> Built:
    """ "the turn of the century", "the turn of the 20th century", "the turn of the year"."""
    unit, number = found.value("unit"), found.number("ord")
    if unit not in _TURNS or (number is not None and not (unit == "century" and 0 < number < _LAST_CENTURY)):
        return None
    if found.has("year"):
        told = Period(Grain.YEAR, make_day(found.number("year") or 0, 1, 1))
        return Turn(Grain.YEAR, told) if unit == "year" else None
    century = Period(Grain.CENTURY, make_day(max(_FIRST, (number - 1) * 100), 1, 1)) if number else None
    return Turn(_TURNS[unit], century)


_TURNS = {"century": Grain.CENTURY, "millennium": Grain.CENTURY, "decade": Grain.DECADE, "year": Grain.YEAR}
_LAST_CENTURY, _FIRST = 40, 2


def quarter_code(found: Found) -> Built:
    """ "Q3 2014", "3Q", "H1 2015"."""
    code, glued = _split_code(found.value("code").upper())
    year = found.number("year") or found.number("year2") or glued or _two_digits(found)
    number = next(int(letter) for letter in code if letter.isdigit())
    if "H" in code and year is None:
        return None
    if found.has("bare") and (found.after_is("HYPHEN", "HUNDRED") or found.word_after() in _counted()):
        return None  # "In Q3 14 percent left"
    return Fields(Grain.HALF if "H" in code else Grain.QUARTER, part=number, year=year)


def _counted() -> frozenset[str]:
    return load().blockers["counted"] | {"%"}


def _split_code(code: str) -> tuple[str, int | None]:
    """ "3Q14", "Q3'14", "1Q2014", "2014Q3": the code and the year written with it."""
    if code[:4].isdigit():
        return code[-2:], int(code[:4])
    tail = code[2:].lstrip("'’")
    return code[:2], _full(int(tail)) if tail else None


def _two_digits(found: Found) -> int | None:
    token = found.token("y2") or found.token("fy") or found.token("bare")
    if token is None or (found.has("bare") and len(token.word) < len("14")):
        return None
    return _full(int(token.value))


def _full(number: int) -> int:
    return number if number > _TWO_DIGITS else number + (1900 if number >= 50 else 2000)


_TWO_DIGITS = 99


def slashed_years(found: Found) -> Built:
    """ "the 1990/91 season"."""
    year, tail = int(found.value("year")), found.value("tail")
    last = int(str(year)[: 4 - len(tail)] + tail)
    if last != year + 1:
        return None
    return Known(Period(Grain.YEAR, date(year, 1, 1)), Period(Grain.YEAR, date(last, 1, 1)))


RULES: tuple[Rule, ...] = (
    Rule("weekday-of-week", "wd=WEEKDAY (?:OF|COMMA)? THE? (?:THIS)? which=WHICH unit=UNIT", weekday_of_week),
    Rule("weekday-week", "wd=WEEKDAY unit=UNIT", weekday_week),
    Rule("other-day", "THE ALTERNATE DAY", other_day),
    Rule("near-future", "THE NEARBY word=FUTURE", near_future),
    Rule("at-the-moment", "THE word=MOMENT", at_the_moment),
    Rule("beside-today", "THE? unit=DAY seq=BESIDE day=DEICTIC", beside_today),
    Rule("before-last", "THE? (?:wd=WEEKDAY|part=PART|unit=ONEUNIT) BEFORE LAST", before_last),
    Rule("weekdays-ago", "n=COUNT wd=WEEKDAYS AGO", weekdays_ago),
    Rule("ago-weekday", "(?:A|n=COUNT) unit=ANYUNIT AGO wd=WEEKDAY", ago_weekday),
    Rule("share-of", "(?:THE|A)? (?:LAST|PAST|NEXT)? share=HALF HYPHEN? A? unit=ONEUNIT seq=SEQUEL?", share_of),
    Rule("quarter-of", "(?:THE|A)? (?:LAST|PAST|NEXT)? share=QUARTER HYPHEN? unit=ONEUNIT seq=SEQUEL?", share_of),
    Rule(
        "quarters-of-hour",
        "(?:A|n=COUNT)? HYPHEN? (?:share=QUARTER|share2=UNITS) OF A unit=UNIT seq=SEQUEL?",
        quarters_of_hour,
    ),
    Rule("anniversary-year", f"{_ANNIVERSARY} year=YEAR", anniversary),
    Rule("anniversary-month", f"{_ANNIVERSARY} {MONTH} (?:OF|COMMA)? year=YEAR", anniversary),
    Rule("anniversary-day", f"{_ANNIVERSARY} {MONTH} day=DAYNUM COMMA? year=YEAR", anniversary),
    Rule("anniversary-of-day", f"{_ANNIVERSARY} day=DAYNUM OF? month=ANYMONTH COMMA? year=YEAR", anniversary),
    Rule("anniversary-deed", f"{_ANNIVERSARY} {MONTH} day=DAYNUM", anniversary),
    Rule("anniversary-deed", f"{_ANNIVERSARY} day=DAYNUM OF? month=ANYMONTH", anniversary),
    Rule("anniversary-named", f"{_ANNIVERSARY} named=NAMED_DAY", anniversary),
    Rule("that-time", "THAT TIME", that_time),
    Rule("eve-of-thing", "THE edge=EDGE OF (?:THE|A|POSS)? thing=OTHER OTHER{0,2}", eve_of_thing),
    Rule("moments", "A? MOMENTS AGO", moments),
    Rule("moments", "A MOMENT AGO", moments),
    Rule("by-then", "THEN", by_then),
    Rule("set-adverb", "set=SET_UNIT", adverb_set),
    Rule("set-adverb", "set=ANNUAL", annually),
    Rule("quarters", "(?:THE|POSS)? ord=ANYORDINAL link=AND ord2=ANYORDINAL unit=UNITS (?:OF? year=YEAR)?", quarters),
    Rule("turn-of", "THE TURN OF (?:THE|THIS) ord=ANYORDINAL? unit=ONEUNIT year=YEAR?", turn_of),
    Rule(
        "quarter-code",
        "code=QCODE (?:OF? year=YEAR | (?:HYPHEN|SLASH) year2=YEAR | y2=YEAR2 | OF? fy=FY)?",
        quarter_code,
    ),
    Rule("quarter-code-bare", "code=QCODE bare=SMALL", quarter_code),
    Rule("year-quarter-code", "year=YEAR HYPHEN? code=QCODE", quarter_code),
    Rule("slashed-years", "year=YEAR SLASH tail=TAIL", slashed_years),
)
