"""How long before the news something was done, or began: "came three days after gunmen killed", "two weeks after a
raid", "has been fighting for six weeks"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from spacy.tokens import Token

from app.domain.spans import TimeSpan
from app.extraction.arguments import children, clause_verb, is_passive
from app.extraction.attachment import verb_of, verbs_in_time_with
from app.extraction.temporal.calendar import Grain, moved
from app.extraction.tenses import is_present_perfect, is_simple_past, stretch_of

AFTER, BEFORE = "after", "before"
AFTERWARDS = (AFTER, "since", "once")
LINKS = (*AFTERWARDS, BEFORE)
# How a time clause hangs on the verb above it; the parser takes one for the content of what is told, too.
ADVERBIAL = ("advcl", "ccomp")
AT_ONCE = ("immediately", "just", "right", "shortly")
DAYS_OF = {"moment": 0, "minute": 0, "hour": 0, "day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
NUMBERS = {
    word: number
    for number, words in enumerate(
        ("", "a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
    for word in words.split()
}
LESS, MORE = frozenset({"less", "under", "within"}), frozenset({"more", "over"})
ENDED_BY = ("cap", "conclude", "end", "follow")
MONTHS_OF = {"month": 1, "year": 12}


@dataclass(frozen=True, slots=True)
class Distance:
    """So many units before the day of the verb that the news stands on, or after it where it is `ahead`; `bound` is
    "less", "more" or ""; `whole`: what took all of that time."""

    news: Token
    number: int
    unit: str
    bound: str
    ahead: bool = False
    whole: bool = False

    def day_from(self, day: date) -> date:
        """The day so many units before a day, or after it."""
        number = self.number if self.ahead else -self.number
        if self.unit in MONTHS_OF:
            return moved(day, Grain.MONTH, number * MONTHS_OF[self.unit])
        return day + timedelta(days=number * DAYS_OF[self.unit])

    def span_from(self, day: date) -> TimeSpan:
        """The days that lie this far from a day, as finely as the unit tells."""
        there = self.day_from(day)
        if self.whole:
            span = TimeSpan.between(there, day) if self.number and not self.bound else TimeSpan.until(day)
            return replace(span, approximate=not self.bound)
        found = TimeSpan.of_day(there)
        if self.unit in MONTHS_OF:
            found = TimeSpan.of_year(there.year) if self.unit == "year" else TimeSpan.of_month(there.year, there.month)
        first, last = found.start, found.last
        if first is None or last is None or not self.bound:
            return found
        if self.bound == "less":
            return TimeSpan.between(day, last) if self.ahead else TimeSpan.between(first, day)
        return TimeSpan.since(first) if self.ahead else TimeSpan.until(last)


def distance_of(trigger: Token) -> Distance | None:
    """How far from the news the trigger was, where its clause or phrase tells; only of news told in the past."""
    verb = clause_verb(trigger)
    verb = verb.head if verb.dep_ == "xcomp" else verb  # "a day before they were to meet"
    marks = [child for child in children(verb, "mark") if child.lower_ in (AFTER, BEFORE)]
    if verb.dep_ in ADVERBIAL and marks:
        return _told(verb.head, [*children(verb, "npadvmod"), *children(marks[0], "npadvmod")], marks[0])
    above = trigger.head
    if (unit := stretch_of(trigger)) is not None:
        return _took(unit)
    if trigger.dep_ == "pobj" and above.lower_ in (AFTER, BEFORE) and above.dep_ == "prep":
        return _told(above.head, children(above, "npadvmod"), above)
    return None


@dataclass(frozen=True, slots=True)
class TimeClause:
    """A dated clause or phrase that tells when the verb above it was done: "hours before the summit opened on Monday".

    `link`: "after" or "before"; `distance`: how far from that date the verb lies, None where no word tells.
    """

    link: str
    distance: Distance | None


def time_clause_of(root: Token, trigger: Token) -> TimeClause | None:
    """The time clause of the trigger's verb that the date stands in; None where the date stands elsewhere."""
    verb = verb_of(root)
    verb = verb.head if verb.dep_ == "xcomp" else verb
    shared = {each.i for each in verbs_in_time_with(trigger)}
    if _by_the_time(verb) and verb.head.head.head.i in shared:
        return TimeClause(BEFORE, None)
    link = _link_of(verb)
    above = link.head if link is not None and link.dep_ == "prep" else verb.head
    if link is None or above.i not in shared or verb.i in shared or root.i < link.i:
        return None
    told = _right_before(link, list(verb.children), verb)
    if told is None and any(word.lower_ in AT_ONCE and word.i + 1 == link.i for word in verb.children):
        told = Distance(verb, 0, "hour", "")
    told = replace(told, ahead=link.lower_ in AFTERWARDS) if told else None
    return TimeClause(AFTER if link.lower_ in AFTERWARDS else BEFORE, told)


def _link_of(verb: Token) -> Token | None:
    """The word that makes the verb's clause one of time: "after he left", "before leaving"."""
    if verb.dep_ == "pcomp" and verb.head.dep_ == "prep" and verb.head.lower_ in LINKS:
        return verb.head
    marks = children(verb, "mark") if verb.dep_ in ADVERBIAL else []
    return next((mark for mark in marks if mark.lower_ in LINKS), None)


def _by_the_time(verb: Token) -> bool:
    """ "By the time troops arrived in July"."""
    return verb.dep_ == "relcl" and verb.head.lower_ == "time" and verb.head.head.lower_ == "by"


def distance_from_noun(trigger: Token) -> tuple[Distance, Token] | None:
    """ "was freed two days after the raid": how far from the deed that the phrase names, and the noun of it."""
    if clause_verb(trigger).i != trigger.i:
        return None
    beside = children(trigger, "npadvmod")  # "a day after the raid, he was freed"
    for link in (*children(trigger, "prep"), *(link for unit in beside for link in children(unit, "prep"))):
        nouns = children(link, "pobj") if link.lower_ in (AFTER, BEFORE) else []
        found = _right_before(link, [*children(link, "npadvmod"), *beside], trigger)
        if found is not None and nouns:
            return replace(found, ahead=link.lower_ == AFTER), nouns[0]
    return None


def gone_on_for(trigger: Token) -> Distance | None:
    """ "has been bombing Yemen for six weeks": how far back it began; only of what the present perfect tells."""
    verb = clause_verb(trigger)
    if not is_present_perfect(verb) or is_passive(verb):
        return None
    units = [unit for link in children(verb, "prep") if link.lower_ == "for" for unit in children(link, "pobj")]
    return next((found for unit in units if (found := _counted(verb, unit))), None)


def _took(unit: Token) -> Distance | None:
    """ "followed two weeks of protests", "came after two weeks of protests": what went on until the news."""
    if unit.dep_ not in ("dobj", "pobj"):
        return None
    verb = unit.head.head if unit.dep_ == "pobj" and unit.head.lower_ in (AFTER, "following") else unit.head
    if not is_simple_past(verb) or (unit.dep_ == "dobj" and verb.lemma_ not in ENDED_BY):
        return None
    found = _counted(verb, unit)
    return replace(found, whole=True) if found else None


def _told(news: Token, spans: list[Token], link: Token) -> Distance | None:
    """The words right before "after" or "before" as a distance from the news."""
    if not is_simple_past(news):
        return None
    found = _right_before(link, spans, news)
    return replace(found, ahead=link.lower_ == BEFORE) if found else None


def _right_before(link: Token, spans: list[Token], news: Token) -> Distance | None:
    """The first of the words that stand right before a link and count a time."""
    units = (unit for unit in spans if unit.i + 1 == link.i)
    return next((found for unit in units if (found := _counted(news, unit) or _next(news, unit))), None)


def _next(news: Token, unit: Token) -> Distance | None:
    """ "the day after", "the week before"."""
    name = unit.lemma_.lower()
    one = DAYS_OF.get(name) and unit.tag_ == "NN" and [child.lower_ for child in unit.children][:1] == ["the"]
    return Distance(news, 1, name, "") if one else None


def _counted(news: Token, unit: Token) -> Distance | None:
    """ "three days", "more than a week", "weeks"."""
    name = unit.lemma_.lower()
    if name not in DAYS_OF:
        return None
    words = [child.lower_ for child in unit.subtree]
    number = next((_number(word) for word in words if _number(word)), 0)
    bound = "less" if LESS & {*words} else "more" if MORE & {*words} else ""
    if not number and unit.tag_ == "NNS" and DAYS_OF[name]:
        return Distance(news, 1, name, "more")  # "weeks after he was kidnapped"
    return Distance(news, number, name, bound) if number or not DAYS_OF[name] else None


def _number(word: str) -> int:
    return int(word) if word.isascii() and word.isdigit() and len(word) < 4 else NUMBERS.get(word, 0)


def is_beside(trigger: Token, *links: str) -> bool:
    """ "a week before it signed a truce": a clause that lies before or after the one above, and not on its day."""
    verb = clause_verb(trigger)
    marks = {child.lower_ for child in verb.children if child.dep_ == "mark"}
    return verb.dep_ in ADVERBIAL and not marks.isdisjoint(links or ("before", AFTER))


def is_distance(root: Token, trigger: Token) -> bool:
    """ "two days after rebels had attacked": how far the clause lies from the one above, whose day it is not."""
    verb = clause_verb(trigger)
    following = root.doc[root.i + 1] if root.i + 1 < len(root.doc) else root
    link, unit = (root, root) if root.dep_ == "mark" else (following, root)  # "three days after" hangs by either
    above = unit.head.head if unit.head.dep_ == "mark" else unit.head
    hangs = unit.dep_ in ("npadvmod", "mark") and above.i == verb.i and verb.dep_ in ADVERBIAL
    return hangs and link.dep_ == "mark" and link.lower_ in (AFTER, BEFORE)
