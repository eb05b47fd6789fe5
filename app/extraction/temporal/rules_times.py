"""Rules for days told from today and for times of day: "yesterday", "this morning", "10:30 p.m. EST"."""

from __future__ import annotations

import re

from app.extraction.temporal.calendar import Grain
from app.extraction.temporal.grammar import Built, Found, Piece, Rule
from app.extraction.temporal.meanings import Fields, Repeated, Step, Vague, Which, Within
from app.extraction.temporal.rules_dates import MONTH, YEAR, day_of_month, is_any, which_of
from app.extraction.temporal.values import TimexType
from app.extraction.temporal.vocabulary import load

_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::(\d{2}))?")
_HOURS_AFTER = (
    "at",
    "by",
    "until",
    "till",
    "before",
    "after",
    "from",
    "since",
    "around",
    "to",
    "late",
    "early",
    "mid",
    "-",
)
_PART_WHICH = {Which.LAST: -1, Which.THIS: 0, Which.NEXT: 1, Which.FOLLOWING: 1, Which.PREVIOUS: -1, Which.SAME: 0}


def clock_detail(word: str, *, afternoon: bool | None) -> str:
    """ "T17:30" for "5:30" in the afternoon; "" when it is no time of day. `afternoon` None: as written."""
    match = _CLOCK.match(word)
    if match is None:
        return ""
    hour, minute = int(match.group(1)), int(match.group(2) or 0)
    if afternoon is not None:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if afternoon else 0)
    if hour > 24 or minute > 59:
        return ""
    return f"T{hour:02d}:{minute:02d}"


def clock(found: Found) -> Built:
    """ "5:30 p.m. EST", "21:15 GMT"; "3:2" is a score."""
    token = found.token("clock")
    if token is None:
        return None
    half = found.word_of("half")
    word = token.word
    afternoon = {"a": False, "p": True}.get(next((c for c in word if c in "ap"), ""))
    if half:
        afternoon = half.startswith(("p", "afternoon", "evening"))
    detail = clock_detail(word, afternoon=afternoon)
    return Within(detail, zone=_zone(found)) if detail and not _is_score(found) else None


def _is_score(found: Found) -> bool:
    """ "ran the mile in 3:59", "a time of 2:41": how long it took."""
    word, bare = found.word_of("clock"), not (found.has("half") or found.has("zone") or found.after_is("ON", "LOCAL"))
    return bare and found.word_before() in ("in", "of") and word[-1:].isdigit()


def _zone(found: Found) -> str:
    """The offset or name of the zone that is told with a clock time."""
    if found.has("zone"):
        return found.value("zone")
    return load().zones.get(found.word_of("place"), "")


def clock_in_place(found: Found) -> Built:
    """ "01:00 Moscow time", "9 p.m. Eastern": the zone is a place's."""
    place = found.token("place")
    if place is None or not place.capital or (not found.has("time") and place.word not in load().zones):
        return None
    return clock(found)


def dotted_clock(found: Found) -> Built:
    """ "at 18.30 on Wednesday", "at 4.30 yesterday": British hours, where a day or zone follows."""
    token = found.token("clock")
    if token is None or found.word_before() not in ("at", "until", "till", "by", "before", "after", "from"):
        return None
    detail = clock_detail(token.word, afternoon=None) if len(token.word.partition(".")[2]) == 2 else ""
    follows = found.has("zone") or found.has("local") or _day_follows(found)
    return Within(detail, zone=_zone(found)) if detail and follows else None


def _day_follows(found: Found) -> bool:
    if found.after_is("WEEKDAY", "DEICTIC", "THIS"):
        return True
    second = found.scan.tokens[found.match.end() + 1] if found.match.end() + 1 < len(found.scan.tokens) else None
    marks = load().marks
    days = [marks[name] for name in ("WEEKDAY", "DAYORD", "SMALL", "MONTH", "THE")]
    return found.after_is("ON") and second is not None and second.mark in days


def oclock(found: Found) -> Built:
    detail = clock_detail(found.value("n"), afternoon=None)
    return Within(detail) if detail else None


def noon(found: Found) -> Built:
    if found.word_before() == "high":
        return None
    return Within("T" + found.value("noon"))


def deictic(found: Found) -> Built:
    """ "today", "yesterday", "tomorrow morning"."""
    days, token, before = int(found.value("day")), found.token("day"), found.before()
    if token and token.capital and before and before.capital and before.word.isalpha():
        return None  # "USA Today"
    if found.has("part"):
        return Within("T" + found.value("part"), days=days, which=Which.THIS)
    return Step(Grain.DAY, days, direction=days)


def tonight(found: Found) -> Built:
    return Within("TNI", which=Which.THIS)


def overnight_weekday(found: Found) -> Built:
    """ "overnight Monday"."""
    token = found.token("wd")
    return Within("TNI", day=Fields(Grain.DAY, weekday=int(token.value))) if token and token.capital else None


def overnight_of_day(found: Found) -> Built:
    """ "overnight on Nov. 17"."""
    day = day_of_month(found)
    return Within("TNI", day=day) if isinstance(day, Fields) else None


def part_of_day(found: Found) -> Built:
    """ "this morning", "last night", "the next morning", "that evening"."""
    which = which_of(found.token("which"))
    detail = "T" + found.value("part")
    if found.has("the") and which is Which.NEXT:
        which = Which.FOLLOWING
    return Within(detail, which=which, days=_PART_WHICH.get(which, 0))


def bare_part(found: Found) -> Built:
    """ "the morning", "at dawn", "one afternoon": the day is the one that the text speaks of."""
    if not found.has("the") and found.word_before() not in _HOURS_AFTER:
        return None
    if found.word_after() == "of" and _of_a_thing(found):
        return None
    if found.word_before() == "at" and found.value("part") == "NI":
        return Vague("XXXX-XX-XXTNI", TimexType.TIME)  # "at night": any night
    return Within("T" + found.value("part"))


def _of_a_thing(found: Found) -> bool:
    """ "the dawn of the century", "the morning of the attack": its day is that of a thing, not of today."""
    tokens, marks = found.scan.tokens, load().marks
    at = found.match.end() + 1
    at += at < len(tokens) and tokens[at].mark == marks["THE"]
    if at + 1 < len(tokens) and tokens[at + 1].value in ("century", "decade", "millennium"):
        return True
    named = ("OTHER", "ORDINAL", "POSS")
    follows = tokens[at] if at < len(tokens) else None
    return follows is not None and follows.word[:1].isalpha() and any(follows.mark == marks[name] for name in named)


def part_before(found: Found) -> Built:
    """ "the night before"."""
    return Within("T" + found.value("part"), which=Which.PREVIOUS, days=-1)


def part_of_weekday(found: Found) -> Built:
    """ "Tuesday morning"."""
    from_which = which_of(found.token("which")) if found.has("which") else Which.NONE
    token = found.token("wd")
    if token is None or not token.capital:
        return None
    if not found.has("which") and is_any(found):
        return Vague(f"XXXX-WXX-{int(token.value) + 1}T{found.value('part')}")
    return Within("T" + found.value("part"), day=Fields(Grain.DAY, weekday=int(token.value), which=from_which))


def part_of_dated_weekday(found: Found) -> Built:
    """ "Sunday morning, 25 June 1950"."""
    day = day_of_month(found)
    return Within("T" + found.value("part"), day=day) if isinstance(day, Fields) else None


def clock_zone(found: Found) -> Built:
    """ "2130 GMT": four digits before a zone in capitals."""
    token, zone = found.token("n"), found.token("zone")
    if token is None or zone is None or len(token.word) != 4 or not token.word.isdigit() or not zone.capital:
        return None
    if int(token.word[:2]) > 24 or token.word[2] > "5":
        return None
    return Within(f"T{token.word[:2]}:{token.word[2:]}", zone=zone.value)


def zulu_clock(found: Found) -> Built:
    """ "0600Z": four digits and the letter of Greenwich."""
    word = found.word_of("clock")
    return Within(f"T{word[:2]}:{word[2:4]}", zone="Z")


def clock_range(found: Found) -> Built:
    """ "Monday 3 to 5 p.m.", "from 9 to 11:30 a.m.": the first lies in the same half of the day if it can."""
    last, start, end = found.token("clock"), found.match.start(), found.match.end()
    half = found.word_of("half") or next((letter for letter in last.word if letter in "ap"), "") if last else ""
    if last is None or not half:
        return None
    afternoon = half.startswith("p")
    if found.word_of("link") == "and" and found.word_before() != "between":
        return None
    closes = clock_detail(last.word, afternoon=afternoon)
    opens = clock_detail(found.word_of("n"), afternoon=afternoon)
    if not opens or not closes:
        return None
    if opens > closes:
        opens = clock_detail(found.word_of("n"), afternoon=not afternoon)
    day = Fields(Grain.DAY, weekday=int(found.value("wd"))) if found.has("wd") else None
    cut = found.match.start("link")
    return Piece(start, cut, Within(opens, day=day)), Piece(cut + 1, end, Within(closes, day=day))


def early_hours(found: Found) -> Built:
    """ "the early hours (of Sunday)", "the evening hours"."""
    if found.value("unit") != "hour":
        return None
    if found.has("part"):
        return Within("T" + found.value("part"))
    return Within("TMO") if found.word_of("edge") in ("early", "wee", "small") else Within("TNI")


def parts(found: Found) -> Built:
    """ "mornings", "Sunday mornings": any such."""
    if found.has("wd"):
        return Repeated(f"XXXX-WXX-{int(found.value('wd')) + 1}T{found.value('parts')}")
    if found.word_before() not in ("the", "on", "in", "most", "some", "many"):
        return None
    return Repeated(f"XXXX-XX-XXT{found.value('parts')}")


def spoken_clock(found: Found) -> Built:
    """ "half past three", "at ten past six", "quarter to six": as written, unless the half of the day is told."""
    hour, minutes = found.number("hour"), _SHARES.get(found.word_of("share")) or found.number("n")
    if hour is None or minutes is None or not 1 <= hour <= 12 or minutes % 5 or minutes > 30:
        return None
    if found.has("n") and (found.word_before() not in _AT or _is_counted(found)):
        return None
    to = found.word_of("side") == "to"
    if to and found.word_of("share") == "half":
        return None
    half = found.word_of("half") or found.word_of("part")
    word = f"{(hour - 2) % 12 + 1 if to else hour}:{60 - minutes if to else minutes:02d}"
    detail = clock_detail(word, afternoon=half.startswith(("p", "afternoon", "evening")) if half else None)
    return Within(detail, zone=_zone(found)) if detail else None


_SHARES = {"half": 30, "quarter": 15}
_AT = ("at", "about", "around", "until", "till", "by", "before", "after", "since")


def _is_counted(found: Found) -> bool:
    """ "fell about 10 to 5 percent": the numbers count what follows them."""
    after = found.after()
    if after is None or after.mark != load().marks["OTHER"] or not after.word.isalpha():
        return False
    return after.word not in load().blockers["clause_words"]


_RANGE = "n=DIGITNUM link=UPTO clock"
RULES: tuple[Rule, ...] = (
    Rule("clock-range", f"(?:wd=WEEKDAY COMMA?)? {_RANGE}=CLOCK_AMPM LOCAL? TIME? ZONE?", clock_range),
    Rule("clock-range-half", f"(?:wd=WEEKDAY COMMA?)? {_RANGE}=CLOCK half=AMPM LOCAL? TIME? ZONE?", clock_range),
    Rule("clock-zulu", "clock=CLOCK_Z", zulu_clock),
    Rule("clock-zone", "n=TAIL zone=ZONE", clock_zone),
    Rule("small-hours", "THE edge=WEE unit=UNITS", early_hours),
    Rule("early-hours", "(?:THE|POSS)? edge=EARLYWORD unit=UNITS", early_hours),
    Rule("part-hours", "(?:THE|POSS)? EARLYWORD? part=PART unit=UNITS", early_hours),
    Rule("parts", "wd=WEEKDAY? parts=PARTS", parts),
    Rule("clock", "clock=CLOCK half=AMPM? (?:LOCAL TIME)? zone=ZONE?", clock),
    Rule("clock-half", "clock=CLOCK_AMPM (?:LOCAL TIME)? zone=ZONE?", clock),
    Rule("clock-place", "clock=CLOCK half=AMPM? place=PLACE time=TIME?", clock_in_place),
    Rule("clock-half-place", "clock=CLOCK_AMPM place=PLACE time=TIME?", clock_in_place),
    Rule("clock-dotted", "clock=DECIMAL local=LOCAL? TIME? zone=ZONE?", dotted_clock),
    Rule(
        "clock-spoken",
        "(?:A? share=HALVES|n=COUNT UNITS?) side=CLOCKSIDE hour=COUNT OCLOCK? half=AMPM?",
        spoken_clock,
    ),
    Rule(
        "clock-spoken",
        "(?:A? share=HALVES|n=COUNT UNITS?) side=CLOCKSIDE hour=COUNT OCLOCK? IN THE part=PART",
        spoken_clock,
    ),
    Rule("oclock", "n=COUNT OCLOCK", oclock),
    Rule("noon", "noon=NOONWORD", noon),
    Rule("deictic", "day=DEICTIC part=PART?", deictic),
    Rule("tonight", "TONIGHT", tonight),
    Rule("overnight", "OVERNIGHT", tonight),
    Rule("overnight-weekday", "part=OVERNIGHT ON? wd=WEEKDAY", overnight_weekday),
    Rule("overnight-month-day", f"OVERNIGHT ON? {MONTH} day=DAYNUM {YEAR}", overnight_of_day),
    Rule("overnight-day-month", f"OVERNIGHT ON? THE? day=DAYNUM OF? {MONTH} {YEAR}", overnight_of_day),
    Rule("which-part", "the=THE? which=WHICH SAME? part=PART", part_of_day),
    Rule("part-of-day", "the=PARTDET? part=PART", bare_part),
    Rule("part-beside", "THE part=PART BEFORE", part_before),
    Rule("weekday-part", "which=WHICH? wd=WEEKDAY S? part=PART", part_of_weekday),
    Rule(
        "weekday-part-day", f"wd=WEEKDAY part=PART COMMA? OF? THE? day=DAYNUM OF? {MONTH} {YEAR}", part_of_dated_weekday
    ),
    Rule("weekday-part-month", f"wd=WEEKDAY part=PART COMMA? OF? {MONTH} day=DAYNUM {YEAR}", part_of_dated_weekday),
)
