"""Office-holders as witnesses of a date: "President George W. Bush" was written while he held the office."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.spans import TimeSpan
from app.extraction.temporal.calendar import Grain, make_day, period

_REACH_BEFORE, _REACH_AFTER, _NAME_PART = 48, 36, re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_FORMER = re.compile(r"\b(?:former|ex|late|then|past|previous|late|onetime|retired|elect)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OfficeTerm:
    """A person's names, an office of theirs ("president", "defence minister") and the days on which they held it."""

    names: tuple[str, ...]
    title: str
    span: TimeSpan


@dataclass(frozen=True, slots=True)
class OfficeSeen:
    """An office-holder named with the office in a text, at a character."""

    term: OfficeTerm
    at: int


def office_term(names: Iterable[str], title: str, start: str, end: str) -> OfficeTerm | None:
    """A term from ISO dates that may lack day or month ("2013", "2021-09", ""); None without any date."""
    first = _partial(start)[0] if start else None
    last = _partial(end)[1] if end else None
    if first is None and last is None:
        return None
    if first and last and first > last:
        return None
    made = TimeSpan.between(first, last) if first and last else TimeSpan.since(first) if first else None
    return OfficeTerm(tuple(names), title, made or TimeSpan.until(last or date.max))


def _partial(text: str) -> tuple[date, date]:
    """First and last day of "2013", "2021-09" or "2021-09-03"."""
    parts = [int(part) for part in text.split("-")]
    grain = (Grain.YEAR, Grain.MONTH, Grain.DAY)[len(parts) - 1]
    whole = period(grain, make_day(parts[0], *[*parts[1:], 1, 1][:2]))
    return whole.start, date.fromordinal(whole.end.toordinal() - 1)


def offices_seen(text: str, terms: Sequence[OfficeTerm]) -> tuple[OfficeSeen, ...]:
    """The terms whose holder stands in the text beside the office, not as a former one; in order of the text."""
    words = {match.group().lower() for match in _NAME_PART.finditer(text)}
    seen: list[OfficeSeen] = []
    for term in terms:
        for name in term.names:
            last = name.split()[-1].lower() if name.split() else ""
            if last in words:
                seen.extend(OfficeSeen(term, at) for at in _named_with_office(text, name, term.title))
    return tuple(sorted(seen, key=lambda one: one.at))


def _named_with_office(text: str, name: str, title: str) -> Iterator[int]:
    """Where the name stands beside the office: "Russian President Vladimir Putin", "Putin, the prime minister"."""
    heads = _heads(title)
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        before = re.split(r"[.;:\n]\s", text[max(0, match.start() - _REACH_BEFORE) : match.start()])[-1]
        after = text[match.end() : match.end() + _REACH_AFTER].split(".")[0]
        if _FORMER.search(before):
            continue
        if _stands_before(before, heads) or _stands_after(after, heads):
            yield match.start()


def _heads(title: str) -> tuple[str, ...]:
    """The office as written. The plural ("prime ministers X and Y") may tell a succession and is no witness."""
    plain = title.lower()
    short = {
        "foreign minister": ("fm",),
        "prime minister": ("premier", "pm"),
        "defence minister": ("defense minister",),
    }
    return (plain, *short.get(plain, ()))


def _stands_before(before: str, heads: tuple[str, ...]) -> bool:
    """The office directly before the name, other names and "and" between them allowed."""
    low = before.lower()
    for head in heads:
        at = low.rfind(head)
        if at >= 0 and (at == 0 or not low[at - 1].isalpha()):
            between = before[at + len(head) :].strip()
            if not between or all(word[0].isupper() or word == "and" for word in _NAME_PART.findall(between)):
                return _not_part_of_longer(low, at, head)
    return False


def _not_part_of_longer(low: str, at: int, head: str) -> bool:
    """ "vice president" is not "president"."""
    return not (head.startswith("president") and low[:at].rstrip(" -").endswith(("vice", "deputy")))


def _stands_after(after: str, heads: tuple[str, ...]) -> bool:
    low = after.lower().lstrip()
    return low.startswith(",") and any(
        re.match(rf",\s*(?:\w+['’]?s?\s+){{0,2}}{re.escape(head)}\b", low) for head in heads
    )
