"""Objects of events as they are told: the same thing, another thing, or words that leave it open."""

from __future__ import annotations

import re

from app.linking.rules import Rules
from app.linking.words import hashed

_WORD = re.compile(r"\w[\w-]*")
NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
MANY = {"dozen", "hundred", "thousand", "million", "billion", "several", "many", "ton", "tonne"}
STOP = frozenset({"a", "an", "the", "of", "its", "their", "his", "own", "new", "first", "old", "and", "more", "some"})
STOP |= MANY | set(NUMBERS)
# For how long somebody is jailed or a truce holds is not what it is.
STOP |= {"day", "week", "month", "year", "decade", "life", "term", "further"}


def shared_object(one: str | None, other: str | None, rules: Rules) -> str | None:
    """The weapon family or the word that both objects name, beyond words for weapons in general and for acts: that both
    tell of sanctions shows no more than their kind."""
    if not one or not other:
        return None
    families = rules.family(one), rules.family(other)
    if families[0] or families[1]:
        return families[0] if families[0] == families[1] else None
    shared = _telling(one, rules) & _telling(other, rules)
    return min(shared) if shared else None


def differ(one: str | None, other: str | None, rules: Rules) -> bool:
    """Whether the two objects name different things. "The missiles" may be any missile; a tank is none; "500 tons" and
    a "ban" name no thing."""
    if not one or not other or one.casefold() == other.casefold():
        return False
    families = rules.family(one), rules.family(other)
    if families[0] and families[1]:
        return families[0] != families[1]
    if shared_object(one, other, rules) or _words(one) & _words(other):
        return False
    if not all(_words(text) - rules.acts_told for text in (one, other)):
        return False
    told = zip(families, (one, other), strict=True)
    return not any(family is None and _generic(text, rules) for family, text in told)


def count_differs(one: str | None, other: str | None) -> bool:
    """Whether both tell a number, and not the same; "four batteries" are "4 batteries"."""
    numbers = [number for told in (one, other) if (number := counted(told)[0])]
    return len(set(numbers)) > 1


def counted(told: str | None) -> tuple[str, str]:
    """The number and what is counted; no number where none is told for sure ("some", "dozens of")."""
    number, _, unit = (told or "").casefold().partition(" ")
    number = str(NUMBERS.index(number) + 1) if number in NUMBERS else number
    return (number if number[:1].isdigit() else "", unit)


def topic(told: str | None, kind: str, about: str | None, words: frozenset[int], rules: Rules) -> str | None:
    """The weapon family that a claim is about: its object's; of arms dealings that leave it open, the text's own. Of
    kinds that need not be about arms, the sentence must speak of them."""
    if told and (family := rules.family(told)):
        return family
    if kind not in rules.matter or (told and not _generic(told, rules)):
        return None
    if kind not in rules.wordy:
        return about
    if not words & rules.arms_words and (not words & rules.paper_words or words & rules.elsewhere):
        return None
    return about if not told or not _other_paper(told, rules) else None


def stands_in(told: str | None, words: frozenset[int], rules: Rules) -> bool:
    """Whether the last word of an object that tells what it is stands in a sentence: "the first frigate" and "a
    contract to deliver four frigates"."""
    last = next((word for word in reversed(_in_order(told or "")) if word in _telling(told or "", rules)), None)
    return last is not None and bool({hashed(last), hashed(f"{last}s")} & words)


def _other_paper(told: str, rules: Rules) -> bool:
    """Whether it is a contract about something else than arms, by the words beside: a "nuclear deal"."""
    return bool(_telling(told, rules)) and not _words(told) & (rules.generic - rules.papers)


def _words(text: str) -> frozenset[str]:
    return frozenset(_in_order(text)) - STOP


def _in_order(text: str) -> list[str]:
    """The words in the singular; how many there are is not what they are."""
    return [_singular(word) for word in _WORD.findall(text.casefold()) if not word.isdigit()]


def _telling(text: str, rules: Rules) -> frozenset[str]:
    return _words(text) - rules.generic - rules.acts_told


def _generic(text: str, rules: Rules) -> bool:
    """Whether a word for weapons in general is among the words."""
    return bool(_words(text) & rules.generic)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
