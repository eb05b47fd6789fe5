"""Dates of things to come, told by the words right beside them, whatever the tense of their clause.

"Police arrested dozens ahead of Saturday's parade", "has called a rally for Sunday", "was postponed to Friday".
"""

from __future__ import annotations

from app.extraction.temporal.meanings import Fields, From, Meaning, Within
from app.extraction.temporal.scanning import Scan
from app.extraction.temporal.vocabulary import load

_ARTICLES = ("the", "a", "an", "their", "its", "his", "her")
_DEFERRED_TO = ("to", "until", "till", "for", "by")
_OF_THING = ("'s", "’s", "-")
_REACH_THING = 5  # tokens of a phrase between the word that looks ahead and the date: "ahead of a Fed meeting on"


def lies_ahead(scan: Scan, first: int, last: int, meaning: Meaning) -> bool:
    """Whether the date at tokens [first, last) is that of a thing to come."""
    if isinstance(meaning, From):  # "the eve of Thursday's election"
        return _word(scan, last) in _OF_THING and _thing_follows(scan, last)
    if _is_deferred_to(scan, first, last) or _is_set_for(scan, first, last, day=_is_day(meaning)):
        return True
    return _is_day(meaning) and _is_of_awaited(scan, first, last)


def _is_day(meaning: Meaning) -> bool:
    """A weekday, or a day of a month: "for March" may be that of a figure, "for Sunday" that of a rally."""
    if isinstance(meaning, Within):
        return meaning.day is not None and _is_day(meaning.day)
    return isinstance(meaning, Fields) and (meaning.weekday is not None or meaning.day is not None)


def _word(scan: Scan, at: int) -> str:
    return scan.tokens[at].word if 0 <= at < len(scan.tokens) else ""


def _is_deferred_to(scan: Scan, first: int, last: int) -> bool:
    """ "was moved to Monday", "has been rescheduled for Tuesday", "set for Thursday"; not "was postponed on Friday"."""
    words, link = load().tense, _word(scan, first - 1)
    if link in _DEFERRED_TO:
        if f"{_word(scan, first - 3)} {_word(scan, first - 2)}" in words["put_off"]:
            return True
        if _word(scan, first - 2) in words["future_beside"] or _word(scan, first - 2) in words["putting_off"]:
            return True
        return link == "to" and _is_put_off(scan, first - 1)
    if link == "from" and _word(scan, last) == "to":
        return _word(scan, first - 2) in words["putting_off"]
    at = first - 2 if link == "on" else first - 1
    return _word(scan, at) in words["starting_beside"]


def _is_put_off(scan: Scan, link: int) -> bool:
    """ "postponed talks with Iran to Friday"."""
    for at in range(link - 1, max(-1, link - 1 - _REACH_VERB), -1):
        if _word(scan, at) in load().tense["putting_off"]:
            return True
        from_place = _word(scan, at) == "from" and not _is_day_word(scan, at + 1)
        if not _word(scan, at).isalpha() or from_place:
            return False
    return False


def _is_day_word(scan: Scan, at: int) -> bool:
    """ "moved from Thursday to Saturday"."""
    return at < len(scan.tokens) and scan.tokens[at].mark == load().marks["WEEKDAY"]


_REACH_VERB = 8


def _is_set_for(scan: Scan, first: int, last: int, *, day: bool) -> bool:
    """ "called a rally for Sunday": "for" before a day tells for when; not "for Monday's attack", "for 5 May talks".

    Before a month only what no figure is called: "elections for November", not "a rise for November".
    """
    if _word(scan, first - 1) != "for" or _word(scan, last) in _OF_THING:
        return False
    after = scan.tokens[last] if last < len(scan.tokens) else None
    ends = after is None or not after.word[:1].isalpha() or after.word in load().blockers["clause_words"]
    return ends and _is_thing(scan, first - 2) and (day or _word(scan, first - 2) not in load().tense["measured"])


def _is_of_awaited(scan: Scan, first: int, last: int) -> bool:
    """ "ahead of Saturday's parade", "awaiting Friday's report", "before a meeting on Thursday"."""
    if _is_thing(scan, last) and _word(scan, first - 1) == "the":  # "campaigning for the Oct. 25 election"
        return _word(scan, first - 2) == "for" or _is_awaited(scan, first - 2)
    if _word(scan, last) in _OF_THING and not _word(scan, last + 1).isdigit():  # "June 7-8" is a range
        return _is_awaited(scan, first - 1) or (_is_before(scan, first - 1) and _thing_follows(scan, last))
    thing = first - 2
    if _word(scan, first - 1) != "on" or thing < 0:
        return False
    if scan.tokens[thing].capital and _word(scan, thing - 1) in ("to", "in"):
        thing -= 2  # "ahead of a visit to Berlin on Friday"
    if not _is_thing(scan, thing):
        return False
    for at in range(thing - 1, max(-1, thing - 1 - _REACH_THING), -1):
        if _is_awaited(scan, at) or _is_before(scan, at):
            return True
        word = _word(scan, at)
        if word not in _OF_THING and (not word.isalpha() or word in load().tense["stops"]):
            return False
    return False


def _is_awaited(scan: Scan, at: int) -> bool:
    """The word that looks ahead to what stands right after it, articles aside."""
    at -= _word(scan, at) in _ARTICLES
    word, before = _word(scan, at), _word(scan, at - 1)
    awaiting = load().tense["awaiting"]
    return word in awaiting or (word in ("of", "into", "for", "to") and f"{before} {word}" in awaiting)


def _is_before(scan: Scan, at: int) -> bool:
    at -= _word(scan, at) in _ARTICLES
    return _word(scan, at) == "before"


def _thing_follows(scan: Scan, last: int) -> bool:
    return any(_is_thing(scan, at) for at in range(last + 1, last + 4))


def _is_thing(scan: Scan, at: int) -> bool:
    return _word(scan, at) in load().tense["ahead_things"]
