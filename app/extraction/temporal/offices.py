"""Office-holders as witnesses of a date: "President George W. Bush" was written while he held the office."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.domain.spans import TimeSpan
from app.extraction.temporal.calendar import Grain, make_day, period

_REACH_BEFORE, _REACH_AFTER, _NAME_PART = 48, 36, re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_FORMER = re.compile(r"\b(?:former|ex|late|then|past|previous|onetime|retired|elect)\b(?!,)", re.IGNORECASE)
_ELECT = re.compile(r"[-‐‑ ]elect\s+(?:[A-Z][\w.’'-]*\s+)*$")
# Who is elected comes into office within so many days, and is named with the office before.
_ELECTED = timedelta(days=100)
# Words between "former" and an office that show it to be another's: an office with its name, a name with its verb.
_ANOTHER = re.compile(
    r"\b(?:[Pp]resident|[Mm]inister|[Pp]remier|[Cc]hancellor|[Ss]ecretary|[Ss]enator|[Gg]overnor|[Kk]ing|[Qq]ueen)"
    r"(?:,|\s+[A-Z])"
    r"|\b[A-Z][\w.’'-]*\s+(?!(?:and|of|for|the|de|von|van|bin|al|minister|president|prime|foreign|defen[cs]e)\b)[a-z]"
)


@dataclass(frozen=True, slots=True)
class OfficeTerm:
    """A person's names, an office of theirs ("president", "defence minister") and the days on which they held it."""

    names: tuple[str, ...]
    title: str
    span: TimeSpan


@dataclass(frozen=True, slots=True)
class OfficeSeen:
    """An office-holder named with the office in a text, at a character; `former`: as one whose term is over."""

    term: OfficeTerm
    at: int
    quote: str = ""
    former: bool = False


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
    """The terms whose holder stands in the text beside the office, in order of the text.

    Of one elected who is not yet in office, the term is that of waiting.
    """
    words = {match.group().lower() for match in _NAME_PART.finditer(text)}
    seen: list[OfficeSeen] = []
    for term in terms:
        for name in term.names:
            last = name.split()[-1].lower() if name.split() else ""
            if last in words:
                seen.extend(_named_with_office(text, name, term))
    return tuple(sorted(seen, key=lambda one: one.at))


def _named_with_office(text: str, name: str, term: OfficeTerm) -> Iterator[OfficeSeen]:
    """Where the name stands beside the office: "Russian President Vladimir Putin", "Putin, the prime minister"."""
    heads = _heads(term.title)
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        before = re.split(r"[.;:\n]\s", text[max(0, match.start() - _REACH_BEFORE) : match.start()])[-1]
        after = text[match.end() : match.end() + _REACH_AFTER].split(".")[0]
        if waiting := _elected(before, heads, term):
            yield OfficeSeen(waiting, match.start())
        elif (at := _stands_before(before, heads)) is not None:
            if (former := _is_former(before, at)) is not None:
                yield OfficeSeen(term, match.start(), _with_marker(before, at) + name, former)
        elif not _FORMER.search(before) and (beside := _stands_after(after, heads)):
            yield OfficeSeen(term, match.start(), name + beside, former=bool(_FORMER.search(beside)))


def _elected(before: str, heads: tuple[str, ...], term: OfficeTerm) -> OfficeTerm | None:
    """ "President-elect Anna Berg": the days before the term, in which she waits for it."""
    match, start = _ELECT.search(before), term.span.start
    if match is None or start is None or _stands_before(before[: match.start()] + " ", heads) is None:
        return None
    return replace(term, title=f"{term.title} elect", span=TimeSpan.between(start - _ELECTED, start))


def _is_former(before: str, at: int) -> bool | None:
    """Whether the office at `at` is told as over. "Former President X met President Y" says nothing of Y's; None where
    it is not clear whose office is over: "a former aide to President X"."""
    markers = [match.end() for match in _FORMER.finditer(before, 0, at)]
    if not markers:
        return False
    between = before[markers[-1] : at].strip(" -")
    if all(word[0].isupper() for word in _NAME_PART.findall(between)) and not _ANOTHER.search(f"{between} "):
        return True
    return False if _ANOTHER.search(before[markers[-1] : at]) else None


def _with_marker(before: str, at: int) -> str:
    """The words from "former" on, where it stands before the office."""
    return before[max((match.start() for match in _FORMER.finditer(before, 0, at)), default=at) :]


def former_until(seen: Sequence[OfficeSeen]) -> Iterator[tuple[date, str]]:
    """For each who is named as a former holder, the day from which that can be said, and the words.

    Of several terms, or several holders of the name, the one that ended first: which is meant is not told.
    """
    by_place: dict[int, list[OfficeSeen]] = {}
    for one in seen:
        if one.former:
            by_place.setdefault(one.at, []).append(one)
    for several in by_place.values():
        ends = [_left(one.term.span.last) for one in several if one.term.span.last]
        if ends and len(ends) == len({one.term for one in several}):
            yield min(ends), several[0].quote


def _left(last: date) -> date:
    """The day on which the office may have been left: of a term told by its year or month, the first of those."""
    if (last.month, last.day) == (12, 31):
        return last.replace(month=1, day=1)
    return last.replace(day=1) if (last + timedelta(days=1)).day == 1 else last


def _heads(title: str) -> tuple[str, ...]:
    """The office as written. The plural ("prime ministers X and Y") may tell a succession and is no witness."""
    plain = title.lower()
    short = {
        "foreign minister": ("fm",),
        "prime minister": ("premier", "pm"),
        "defence minister": ("defense minister",),
    }
    return (plain, *short.get(plain, ()))


def _stands_before(before: str, heads: tuple[str, ...]) -> int | None:
    """Where the office stands directly before the name, other names and "and" between them allowed."""
    low = before.lower()
    for head in heads:
        at = low.rfind(head)
        if at >= 0 and (at == 0 or not low[at - 1].isalpha()):
            between = before[at + len(head) :].strip()
            if not between or all(word[0].isupper() or word == "and" for word in _NAME_PART.findall(between)):
                return at if _not_part_of_longer(low, at, head) else None
    return None


def _not_part_of_longer(low: str, at: int, head: str) -> bool:
    """ "vice president" is not "president"."""
    return not (head.startswith("president") and low[:at].rstrip(" -").endswith(("vice", "deputy")))


def _stands_after(after: str, heads: tuple[str, ...]) -> str:
    """The office right after the name, with its comma: ", the prime minister"; "" where it does not stand there."""
    for head in heads:
        if match := re.match(rf",\s*(?:\w+['’]?s?\s+){{0,2}}{re.escape(head)}\b", after, re.IGNORECASE):
            return match.group()
    return ""


# Terms that meet in less than this follow each other: who names both recalls the one or awaits the other.
_HANDOVER = timedelta(weeks=6)


def most_shared(seen: Sequence[OfficeSeen], earliest: date | None) -> tuple[TimeSpan, ...]:
    """The stretches that most persons' terms share, not over before `earliest`. A person's terms count once.

    Who is named in an office has come into it, or soon will. The days of a handover are no stretch: one who left and
    one who came in are rivals, the later term first, since a text names the one that was sooner than the one to come.
    Else the earliest goes first.
    """
    terms = list(dict.fromkeys(one.term for one in seen))
    groups = {tuple(t for t in terms if _holds(t, day)) for day in _turns(terms, earliest)}
    shared = {group: span for group in groups if group and (span := _common(group, earliest))}
    lasting = {group: span for group, span in shared.items() if not _hands_over(group, span)}
    most = max((_persons(group) for group in lasting), default=0)
    best = sorted({span for group, span in lasting.items() if _persons(group) == most}, key=_first)
    known = _all_known(seen)
    possible = [span for span in best if span.last is None or span.last >= known]
    return tuple(possible if len(lasting) == len(shared) else reversed(possible))


def _all_known(seen: Sequence[OfficeSeen]) -> date:
    """The day from which all may be named beside their office, as elected at the earliest; a name may be of several."""
    by_place: dict[int, date] = {}
    for one in seen:
        by_place[one.at] = min(_first(one.term.span), by_place.get(one.at, date.max))
    first = max(by_place.values(), default=date.min)
    return first - _ELECTED if first > date.min + _ELECTED else first


def _turns(terms: Sequence[OfficeTerm], earliest: date | None) -> set[date]:
    """The days on which somebody comes into office or has left it."""
    ends = {term.span.end for term in terms if term.span.end}
    return {_first(term.span) for term in terms} | ends | {earliest or date.min}


def _first(span: TimeSpan) -> date:
    return span.start or date.min


def _holds(term: OfficeTerm, day: date) -> bool:
    return _first(term.span) <= day and (term.span.end is None or day < term.span.end)


def _persons(group: Sequence[OfficeTerm]) -> int:
    return len({term.names[0] for term in group})


def _common(group: Sequence[OfficeTerm], earliest: date | None) -> TimeSpan | None:
    """The days in all the terms, from the earliest possible on; None where they are over before."""
    start = max([_first(term.span) for term in group] + [earliest or date.min])
    ends = [term.span.end for term in group if term.span.end]
    if not ends:
        return TimeSpan.since(start)
    return TimeSpan.between(start, min(ends) - timedelta(days=1)) if start < min(ends) else None


def _hands_over(group: Sequence[OfficeTerm], span: TimeSpan) -> bool:
    """Whether some of the terms only meet: a few days that are the whole term of none of them."""
    if _persons(group) == 1 or span.start is None or span.end is None or span.end - span.start >= _HANDOVER:
        return False
    return not any(term.span.within(span) for term in group)
