"""Rules for what is counted: durations, steps from an anchor ("two years ago"), sets, vague references."""

from __future__ import annotations

from datetime import date

from app.extraction.temporal.calendar import Grain, Period
from app.extraction.temporal.grammar import Built, Found, Rule
from app.extraction.temporal.meanings import (
    ANAPHORIC,
    STEPS,
    Ended,
    Known,
    Length,
    Repeated,
    Step,
    Vague,
    Which,
    Within,
)
from app.extraction.temporal.rules_dates import which_of
from app.extraction.temporal.scanning import Token
from app.extraction.temporal.values import TimexType
from app.extraction.temporal.vocabulary import load

# TIMEX3 letters of units, and the grain of a step.
_LETTER = {
    "second": "T{}S", "minute": "T{}M", "hour": "T{}H", "day": "{}D", "night": "{}D", "weekend": "{}WE", "week": "{}W",
    "month": "{}M", "quarter": "{}Q", "year": "{}Y", "decade": "{}E", "century": "{}C",
}  # fmt: skip
_MULTIPLE = {"fortnight": (2, "week"), "millennium": (1000, "year")}
_BEFORE_FINE = ("for", "within", "in", "of", "several")
_ROUGHLY = ("about", "around", "approximately", "roughly", "nearly", "almost", "just", "only")
_AHEAD_UNITS = ("day", "week", "month", "year", "decade")
_FINE = ("second", "minute", "hour")
_MINUTES = {"second": 1 / 60, "hour": 60}  # steps of hours and seconds are counted in minutes
_RATES = frozenset(
    [
        "times",
        "once",
        "twice",
        "million",
        "billion",
        "trillion",
        "dollars",
        "cents",
        "tons",
        "tonnes",
        "barrels",
        "percent",
        "%",
        "hours",
        "people",
        "thousand",
    ]
)
_REACH = {"past": -1, "last": -1, "recent": -1, "next": 1, "coming": 1, "upcoming": 1}
_DIRECTION = {"ago": -1, "earlier": -1, "before": -1, "later": 1, "after": 1, "hence": 1}


def duration_code(count: str, unit: str) -> str:
    """ "P3Y", "PT1H30M", "PXM"."""
    if unit in _MULTIPLE and count != "X":
        factor, unit = _MULTIPLE[unit]
        count = str(int(float(count) * factor))
    unit = _MULTIPLE.get(unit, (1, unit))[1]
    whole, _, fraction = count.partition(".")
    if fraction == "5" and unit == "hour":
        return f"PT{whole}H30M" if whole != "0" else "PT30M"
    if fraction == "5" and unit == "year" and whole == "0":
        return "P6M"
    return "P" + _LETTER[unit].format(count)


def count_of(found: Found) -> str:
    """The quantity as TIMEX3 writes it: "3", "1.5", "X" for "several"."""
    plus = ".5" if found.has("andhalf") else ""
    if found.has("n"):
        return found.value("n").replace(",", "") + plus
    if found.has("half"):
        return "0.5"
    if found.has("couple"):
        return "2"
    if found.has("some"):
        return "X"
    return "1" + plus


def duration(found: Found) -> Built:
    """ "three years", "a five-day", "several months"; ages, rates and fractions are none."""
    unit, count = found.token("unit"), count_of(found)
    if unit is None or not _is_amount(count) or found.word_after() in load().blockers["ages"]:
        return None
    if found.word_after() == "of" and _second_after(found) == "age":
        return None
    if found.word_after() == "-" and _second_after(found) in ("old", "olds"):
        return None
    if unit.value == "quarter" and (unit.word == "quarter" or (count != "X" and found.word_after() == "of")):
        return None
    if _is_name(found, unit):
        return None
    if found.has("a") and unit.word.endswith("s"):
        count = "X"
    if found.has("a") and not found.has("n") and _is_rate(found):
        return Repeated(duration_code("1", unit.value))
    before = found.word_before(2) if found.word_before() in _ROUGHLY else found.word_before()
    after_in = before == "in" and unit.value in _AHEAD_UNITS and count.isdigit()
    return Length(count, unit.value, duration_code(count, unit.value), after_in=after_in)


def _is_name(found: Found, unit: Token) -> bool:
    """ "the Six-Day War", "60 Minutes" between quotation marks."""
    first, after = found.tokens()[0], found.after()
    if not unit.capital:
        return False
    text = found.scan.text
    quoted = text[first.start - 1 : first.start] in _QUOTES and text[unit.end : unit.end + 1] in _QUOTES
    return quoted or (after is not None and after.capital and after.word in load().blockers["named_by_length"])


_QUOTES = ('"', "“", "”", "'", "‘", "’")


def _second_after(found: Found) -> str:
    at = found.match.end() + 1
    return found.scan.tokens[at].word if at < len(found.scan.tokens) else ""


def _is_amount(count: str) -> bool:
    return count == "X" or (count.replace(".", "", 1).isdigit() and float(count) < 100_000)


def _is_rate(found: Found) -> bool:
    before = found.before()
    if before is None or (before.word == "marks" and not found.word_before(2).replace(",", "").isdigit()):
        return False  # "Saturday marks a year since the attack"
    return (
        before.word in _RATES
        or before.word in load().blockers["counted"]
        or before.mark in (load().marks["BIG"], load().marks["DECIMAL"])
    )


def bare_units(found: Found) -> Built:
    """ "years", "the past few weeks": a length that is not told."""
    unit = found.token("unit")
    if found.word_after() in load().blockers["ages"]:
        return None
    if unit is None:
        return None
    if unit.word == "weekends":
        return Repeated("XXXX-WXX-WE")
    if unit.value in _FINE and not (found.word_before() in _BEFORE_FINE or found.after_is("AFTER", "BEFORE", "LATER")):
        return None
    before = found.word_before()
    if unit.value == "quarter" or before in ("business", "light", "teen", "teenage", "on", "other"):
        return None
    if before.endswith("iest"):
        return None  # "the happiest days"
    return Length("X", unit.value, code=duration_code("X", unit.value))


def stretch(found: Found) -> Built:
    """ "the past two years", "the next decade", "recent weeks", "the first nine months"."""
    unit, count = found.value("unit"), count_of(found)
    if not _is_amount(count):
        return None
    direction = _reach(found)
    if unit == "decade" and count == "1":
        return Length("10", "year", "P10Y", direction)
    return Length(count, unit, duration_code(count, unit), direction)


def _reach(found: Found) -> int:
    """-1 for "past", "last", "recent"; 1 for "next", "coming"; 0 where the stretch lies elsewhere."""
    if found.after_is("OF"):
        return 0
    return next((_REACH[token.word] for token in found.tokens() if token.word in _REACH), 0)


def vague_stretch(found: Found) -> Built:
    unit = found.value("unit")
    return Length("X", unit, duration_code("X", unit), _reach(found))


def step(found: Found) -> Built:
    """ "two years ago", "a week earlier", "months later"."""
    unit, direction = found.value("unit"), _DIRECTION.get(found.word_of("seq"), 0)
    count = count_of(found)
    if not direction or not _is_amount(count) or found.word_after() in load().blockers["ages"]:
        return None
    size = None if count == "X" else float(count) * direction
    factor, name = _MULTIPLE.get(unit, (1, unit))
    size = size * factor * _MINUTES.get(name, 1) if size is not None else None
    grain = Grain.DAY if name in ("day", "night") else Grain.TIME if name in _FINE else Grain(name)
    if name == "millennium":
        return None
    word = found.word_of("seq")
    code = duration_code(count, unit)
    length = (
        code if (word in ("before", "after") and not _ends_clause(found)) or (size is None and word == "ago") else ""
    )
    sequel = word == "later" and grain is not Grain.TIME
    return Step(grain, size, anaphoric=word not in ("ago", "hence"), direction=direction, length=length, sequel=sequel)


def step_on(found: Found) -> Built:
    """ "A year on, the case is open", "two years on from the attack": counted from what was told."""
    unit, count = found.value("unit"), count_of(found)
    if unit not in _AHEAD_UNITS or not count.replace(".", "", 1).isdigit() or not _stands_apart(found):
        return None
    return Step(Grain(unit), float(count), anaphoric=True, direction=1, after_told=True)


def _stands_apart(found: Found) -> bool:
    """At the head of a clause, and closed by a comma or "from"."""
    before = found.before()
    opens = before is None or before.mark in [
        load().marks[name] for name in ("DOT", "BREAK", "COMMA", "SEMICOLON", "OPEN")
    ]
    return found.after_is("FROM") or (opens and found.after_is("COMMA"))


def _ends_clause(found: Found) -> bool:
    """ "a year before." means "a year earlier"; "a year before he left" names the distance."""
    after = found.after()
    if after is not None and after.word == "that":  # "Ten days before that, ..."
        at = found.match.end() + 1
        return at == len(found.scan.tokens) or not found.scan.tokens[at].word[:1].isalnum()
    return after is None or not (after.word[:1].isalnum() or after.mark == load().marks["NAMED_DAY"])


def which_unit(found: Found) -> Built:
    """ "last week", "this year", "the following month", "that day"."""
    which, unit = which_of(found.token("which")), found.value("unit")
    if unit in _FINE or unit in ("millennium", "fortnight"):
        return None
    the, token = found.has("the"), found.token("unit")
    if token is not None and token.capital:
        return None  # "This Week" is a paper
    if found.word_of("which") == "latest":
        return Step(Grain(unit), -1, direction=-1)
    if the and which in (Which.LAST, Which.NEXT) and not _anaphoric_next(which, unit):
        return stretch(found)
    anaphoric = which in ANAPHORIC or (the and which in (Which.LAST, Which.NEXT))
    if unit == "day" and which is Which.LAST:
        return None
    return Step(Grain(unit), STEPS[which], anaphoric=anaphoric, direction=STEPS[which])


def _anaphoric_next(which: Which, unit: str) -> bool:
    return (which is Which.NEXT and unit in ("day", "week", "month", "quarter", "year", "weekend")) or (
        which is Which.LAST and unit == "quarter"
    )


def the_unit(found: Found) -> Built:
    """ "the year", "the quarter": the one that the text or the publication day lies in."""
    unit = found.value("unit")
    if unit == "year" and found.word_after() in ("ended", "ending"):
        return Length("1", "year", code="P1Y")
    if unit == "year" and found.word_after() in ("to", "through") and _month_after_link(found):
        return Length("1", "year", code="P1Y")  # "in the year to February"
    if unit == "quarter" and found.word_after() in ("ended", "ending"):
        return Ended(Grain.QUARTER)
    if unit not in ("year", "month", "week", "weekend", "quarter") or found.word_after() in _NOT_THIS:
        return None
    return Step(Grain(unit), 0, anaphoric=unit in ("quarter", "month"))


# "the week after the vote", "the year his father died" are none of today.
_NOT_THIS = (
    *("of", "-", "when", "before", "after"),
    *("he", "she", "they", "we", "i", "his", "her", "their", "our", "my", "it"),
)


def _month_after_link(found: Found) -> bool:
    at, marks = found.match.end() + 1, load().marks
    months = [marks[name] for name in ("MONTH", "MAYBE_MONTH", "MONTH_SHORT")]
    return at < len(found.scan.tokens) and found.scan.tokens[at].mark in months


def every(found: Found) -> Built:
    """ "every two weeks", "each Friday", "every morning", "every 9 May"."""
    return next((Repeated(write(found)) for name, write in _EVERY if found.has(name)), None)


def _every_unit(found: Found) -> str:
    count = found.value("n") or found.value("ord") or ("2" if found.has("other") else "1")
    return duration_code(count if count.isdigit() else "1", found.value("unit"))


def _every_weekday(found: Found) -> str:
    return f"XXXX-WXX-{int(found.value('wd')) + 1}"


def _every_part(found: Found) -> str:
    return f"XXXX-XX-XXT{found.value('part')}"


def _every_season(found: Found) -> str:
    return f"XXXX-{found.value('season')}"


def _every_month(found: Found) -> str:
    day = found.number("day")
    return f"XXXX-{int(found.value('month')):02d}" + (f"-{day:02d}" if day else "")


def _every_feast(found: Found) -> str:
    """A feast of a fixed day is that day of any year, one that moves comes once a year."""
    kind = load().feasts[tuple(found.value("feast").split())].rule
    return f"XXXX-{kind}" if kind[:2].isdigit() else "P1Y"


_EVERY = (
    ("unit", _every_unit),
    ("wd", _every_weekday),
    ("part", _every_part),
    ("month", _every_month),
    ("season", _every_season),
    ("feast", _every_feast),
)


def nth_of_every(found: Found) -> Built:
    """ "the first Monday of every month", "the last week of each year"."""
    return Repeated(duration_code("1", found.value("unit"))) if found.value("unit") in _AHEAD_UNITS else None


def plural_weekday(found: Found) -> Built:
    token = found.token("wd")
    return Repeated(f"XXXX-WXX-{int(token.value) + 1}") if token and token.capital else None


def per_unit(found: Found) -> Built:
    if found.value("unit") in _FINE and found.tokens()[0].word == "per":
        return None  # "120 miles per hour" is a speed
    return Repeated(duration_code("1", found.value("unit")))


def bare_step(found: Found) -> Built:
    """ "months later", "years ago": some way off, no more is told."""
    direction = _DIRECTION.get(found.word_of("seq"), 0)
    if not direction or (found.word_of("seq") in ("before", "after") and not _ends_clause(found)):
        return None
    unit = found.value("unit")
    grain = Grain.TIME if unit in _FINE else Grain(_MULTIPLE.get(unit, (1, unit))[1])
    ago = found.word_of("seq") == "ago"
    length = duration_code("X", unit) if ago else ""
    return Step(grain, None, anaphoric=not ago, direction=direction, length=length)


def vague(found: Found) -> Built:
    token = found.token("word")
    if found.word_after() in ("after", "before", "as"):
        return None
    if token is None or (token.capital and found.word_after() in load().blockers["names_after"]):
        return None
    if found.scan.text[max(0, token.start - 1) : token.start] == "-":
        return None  # a name: "Park Won-soon"
    return Vague(token.value)


def the_vague(found: Found) -> Built:
    """ "the past", "the future", "the present", "the moment"."""
    if found.word_after() in ("and", "tense") or found.after_is(
        "UNIT", "UNITS", "NUMBER", "FEW", "SEVERAL", "YEAR_UNIT"
    ):
        return None
    return Vague(found.value("word") if found.value("word") != "-1" else "PAST_REF")


def these_days(found: Found) -> Built:
    return Vague("PRESENT_REF") if found.value("unit") == "day" else Vague("PXD", TimexType.DURATION)


def year_ago(found: Found) -> Built:
    """ "year-earlier" as an adjective."""
    return Step(Grain.YEAR, -1, anaphoric=True, direction=-1)


def unit_end(found: Found) -> Built:
    """ "month's end"."""
    unit = found.value("unit")
    if unit not in ("week", "month", "quarter", "year", "decade"):
        return None
    return Step(Grain(unit), 0, anaphoric=unit != "year")


def unit_beside(found: Found) -> Built:
    """ "the day after", "the year before."."""
    sign, unit = (-1 if found.word_of("seq") in ("before", "earlier") else 1), found.value("unit")
    beside = found.before()
    apposed = beside is not None and beside.word in (",", "-", "–", "—")
    if unit not in ("day", "week", "month", "year") or not (apposed or _ends_clause(found)):
        return None
    return Step(Grain(unit), sign, anaphoric=True, direction=sign)


def military_hours(found: Found) -> Built:
    """ "0630 hours"."""
    token = found.token("n")
    if token is None or found.value("unit") != "hour" or len(token.word) != 4 or not token.word.isdigit():
        return None
    detail = f"T{token.word[:2]}:{token.word[2:]}"
    return Within(detail) if detail < "T24:01" and token.word[2] < "6" else None


def year_end(found: Found) -> Built:
    if found.has("year"):
        return Known(Period(Grain.YEAR, date(int(found.value("year")), 1, 1)))
    return Step(Grain.YEAR, 0)


_N = "n=COUNT (?:HYPHEN? AND HYPHEN? A HYPHEN? andhalf=HALF)? (?:(?:TO|OR|HYPHEN) COUNT)?"
_QTY = f"(?: A? some=SOME OF? | A? couple=COUPLE OF? | {_N} | half=HALF (?:A|HYPHEN) | a=A )"
_COUNTED = f"(?: A? some=SOME OF? | A? couple=COUPLE OF? | {_N} )"
_AND_A_HALF = "HYPHEN? unit=ONEUNIT HYPHEN? AND HYPHEN? A HYPHEN? andhalf=HALF"
_WORK = "(?:HYPHEN? TRADING)? HYPHEN?"

RULES: tuple[Rule, ...] = (
    Rule("step", f"{_QTY} (?:MORE|WORKDAY)? unit=ANYUNIT seq=SEQUEL", step),
    Rule("step-on", f"{_QTY} unit=ANYUNIT ON", step_on),
    Rule("unit-beside", "THE unit=ONEUNIT seq=BESIDE", unit_beside),
    Rule("military-hours", "n=COUNT unit=UNITS", military_hours),
    Rule("step-and-a-half", f"(?:n=NUMBER|a=A) {_AND_A_HALF} seq=SEQUEL", step),
    Rule("step-some", "unit=UNITS seq=SEQUEL", bare_step),
    Rule("duration", f"{_QTY} {_WORK} MORE? unit=ANYUNIT", duration),
    Rule("duration-of-both", f"(?:n=NUMBER|a=A) {_AND_A_HALF}", duration),
    Rule("duration-or-two", "A unit=ONEUNIT OR COUNT", vague_stretch),
    Rule("units", "(?:THE|THOSE)? unit=UNITS (?:OR UNITS)?", bare_units),
    Rule("stretch", f"(?:THE|POSS)? (?:WHICH|ORDINAL) {_COUNTED} {_WORK} unit=ANYUNIT", stretch),
    Rule("stretch-bare", f"(?:THE|POSS) {_COUNTED} {_WORK} unit=UNITS", stretch),
    Rule(
        "stretch-some",
        "(?:THE|POSS)? (?:RECENT|COMING|FOLLOWING|PREVIOUS|PAST|LAST|NEXT|EARLYWORD|ORDINAL) unit=UNITS",
        vague_stretch,
    ),
    Rule("which-unit", "the=THE? (?:THIS|THAT)? which=WHICH (?:SAME|FISCAL)? unit=ONEUNIT", which_unit),
    Rule("the-unit", "THE (?:FISCAL|ENTIRE)? unit=ONEUNIT", the_unit),
    Rule("set", "EVERY day=DAYNUM OF? month=ANYMONTH", every),
    Rule(
        "set",
        "EVERY (?:n=COUNT|other=ALTERNATE|ord=NTH)? "
        "(?:unit=ANYUNIT|wd=WEEKDAY|part=PART|month=ANYMONTH day=DAYNUM?|season=ANYSEASON|feast=FEAST)",
        every,
    ),
    Rule("set-nth", "EVERY NTH (?:WEEKDAY|DAY|UNIT) OF (?:THE|A|EVERY) unit=ONEUNIT", nth_of_every),
    Rule("set-nth", "THE? ord=NTH (?:WEEKDAY|DAY|UNIT|QUARTER)? (?:OF|IN) EVERY unit=ONEUNIT", nth_of_every),
    Rule("set-weekday", "wd=WEEKDAYS", plural_weekday),
    Rule("set-per", "(?:COUNT? TIMES|TWICE|ONCE|PER) A? unit=ONEUNIT", per_unit),
    Rule("vague", "word=VAGUEWORD", vague),
    Rule("vague-adjective", "word=RECENT", vague),
    Rule("at-present", "AT word=PRESENT", vague),
    Rule("the-vague", "THE word=THEWORD", the_vague),
    Rule("these-days", "(?:THESE|THOSE) unit=UNITS", these_days),
    Rule("year-ago-stretch", "THE? YEAR_UNIT HYPHEN (?:AGO|EARLIER) n=COUNT unit=UNITS", stretch),
    Rule("year-ago", "YEAR_UNIT HYPHEN (?:AGO|EARLIER)", year_ago),
    Rule("unit-end", "(?:THE|THIS)? unit=ONEUNIT S early=EDGE", unit_end),
    Rule("year-end", "(?:THE)? YEAR_UNIT HYPHEN? EDGE year=YEAR?", year_end),
)
