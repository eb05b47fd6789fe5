"""Days and derivation rules in the words of a reader."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.domain.spans import Precision, TimeSpan

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}
QUARTERS = {1: "first", 4: "second", 7: "third", 10: "fourth"}

# What the parts of a rule's name say: how an open date was filled, and what then bounded or moved it.
# `{year}` is the year that was found, told as "the year of publication" where it is that.
RULE_WORDS: Mapping[str, str] = {
    "named-day": "a day known by that name",
    "weekday-agrees": "the weekday agrees with {year}",
    "weekday-conflict": "its weekday does not agree with its date, and the date is kept",
    "closes-range": "it closes a range",
    "year-of-sentence": "the sentence tells the year",
    "story": "it goes on in the year of the story",
    "near": "it is the one close by",
    "nearest": "it is the nearest one",
    "future": "its clause looks ahead",
    "past": "its clause looks back",
    "recent": "it is the latest one before",
    "last": "the last one before that day",
    "next": "the next one after that day",
    "this": "the one around that day",
    "previous": "the one before that day",
    "following": "the one after that day",
    "same": "the one of that day",
    "same event": "it was told of the same event before",
    "narrative": "the story goes on where it stood",
    "told as past": "the simple past tells of the year before",
    "until publication": "what is told as done was done by the day of publication",
    "before": "the text says before it",
    "after": "the text says after it",
    "by": "the text says by then",
    "prior to": "the text says before it",
    "earlier than": "the text says before it",
    "later than": "the text says after it",
    "no later than": "the text says by then",
    "not later than": "the text says by then",
    "as late as": "the text says by then",
    "on or before": "the text says by then",
    "no earlier than": "the text says from then on",
    "no sooner than": "the text says from then on",
    "onwards": "the text says from then on",
    "not earlier than": "the text says from then on",
    "not before": "the text says from then on",
    "as early as": "the text says from then on",
    "as soon as": "the text says from then on",
    "on or after": "the text says from then on",
    "on or about": "the text gives it roughly",
    "on or around": "the text gives it roughly",
    "one of several": "the text gives it as one of several",
    "about": "the text gives it roughly",
    "approximately": "the text gives it roughly",
    "around": "the text gives it roughly",
    "circa": "the text gives it roughly",
    "roughly": "the text gives it roughly",
    "until the saying": "what was said on that day had been done by then",
    "until the answer": "what was answered on that day had been done by then",
    "so many years before": "the day is that of the anniversary, and the deed lies so many years before it",
    "ahead of the saying": "what was said on that day was ahead of it",
    "until then": "it went on until then",
    "ahead of it": "what was then decided, asked or threatened was ahead of it",
    "ahead of publication": "what is told as ahead comes after the publication",
    "told in the present": "it goes on at the time of publication",
    "on the day of the news": "the news is of that day",
    "and since": "it has gone on since",
    "before the news": "so long before as the text tells",
    "after the news": "so long after as the text tells",
    "so long until now": "it has gone on for so long as the text tells",
    "told as a habit": "it comes again and again, and is bounded by the publication",
    "told as done": "but it is told as done, and that day had not come when it was published",
    "not by publication": "it had not happened by the day of publication",
    "no date": "and the day of publication is not known",
}


def day_words(day: date) -> str:
    """ "5 May 2009"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def span_words(span: TimeSpan) -> str:
    """The span as a reader says it: "May 2009", "by 30 May 2019", "3 May 2009 to 5 May 2009"."""
    first, last = span.start, span.last
    if first is None or last is None:
        return f"by {day_words(last)}" if last else f"{day_words(first)} or later" if first else "no day that is known"
    words = _named(span.precision, first) or f"{day_words(first)} to {day_words(last)}"
    return f"about {words}" if span.approximate else words


def _named(precision: Precision, first: date) -> str | None:
    match precision:
        case Precision.DAY:
            return day_words(first)
        case Precision.MONTH:
            return f"{MONTHS[first.month - 1]} {first.year}"
        case Precision.YEAR:
            return str(first.year)
        case Precision.DECADE:
            return f"the {first.year}s"
        case Precision.SEASON:
            return f"{SEASONS[first.month]} {first.year}"
        case Precision.QUARTER:
            return f"the {QUARTERS[first.month]} quarter of {first.year}"
    return None


def rule_clauses(rule: str, year: str) -> list[str]:
    """What a rule's name says, a clause for each of its parts; "weekday/past, until publication" has three.

    The first part of "month-day/weekday-agrees" is the form of the words, which need no words of ours.
    """
    base, *moves = rule.split(", ")
    form, _, how = base.partition("/")
    parts = [part for part in (form if form in RULE_WORDS else "", how, *moves) if part]
    return [RULE_WORDS.get(part, f"by the rule “{part}”").format(year=year) for part in parts]
