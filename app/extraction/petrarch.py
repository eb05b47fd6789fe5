"""Files of actors and agents in the form of PETRARCH, TABARI and Phoenix.

An entry is a name whose blanks are underscores, then its codes in square brackets, on the same line or on lines of
their own, some with days (`[BENGOV 030701-040331]`, `[BENGOV >100801]`). Names after a plus sign are further names of
the entry, and so are names right below it that share a word with it before any code has come. Other names without a
code of their own have the codes that come next. An agent's code has a tilde where the state would stand (`[~COP]`);
its irregular plural stands in braces. Names between exclamation marks stand for lists (`!PERSON!`), which a line
`!PERSON! = MAN, WOMAN` spells out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from app.domain.spans import Precision, TimeSpan

_CODE = re.compile(r"\[([^\]}]*)[\]}]")  # some close it with a brace
_BRACES = re.compile(r"\{([^}]*)\}")
_ACRONYM = re.compile(r"\(([^)]*)\)")
_DAYS = re.compile(r"^([A-Z0-9~-]+)\s*(?:([<>])\s*(\d+)|(\d+)\s*-\s*(\d+)|(\d+))?$")
_REMARK = re.compile(r"^\w+: ")
_LIST = re.compile(r"^!(\w+)!\s*=\s*(.+)$")
# Years of two digits: from this one on they are of the century before.
_CENTURY = 30
_SMALL = frozenset({
    "of", "the", "and", "for", "in", "on", "at", "to", "de", "del", "der", "den", "di", "da", "do", "dos", "du", "la",
    "le", "les", "bin", "ibn", "von", "van", "al", "el", "ul", "e", "y", "ou", "et",
})  # fmt: skip
_ACRONYM_AT_MOST = 4


@dataclass(frozen=True, slots=True)
class Code:
    """A code of CAMEO, and the days on which it holds (unknown: always)."""

    code: str
    span: TimeSpan


@dataclass
class Entry:
    """One actor or agent: its names as the news writes them, the first the main one, and its codes."""

    line: int
    names: list[str]
    codes: list[Code] = field(default_factory=list)


def is_agent(text: str) -> bool:
    return "[~" in text


def is_issues(text: str) -> bool:
    """Whether a file lists topics, not actors."""
    return "<ISSUE" in text


def read_entries(text: str, left_out: list[str]) -> Iterator[Entry]:
    """The entries of a file. What cannot be read is told in `left_out`, with its line."""
    lists = dict(_lists(text))
    sharing: list[Entry] = []  # the codes of the last of them
    coded = parted = False
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.partition("#")[0].rstrip()
        if not bare.strip() or _LIST.match(bare.strip()):
            parted |= not line.strip()
            continue
        names = _names(bare, lists)
        begins = bool(names) and not bare.startswith("+") and not bare[0].isspace()
        if _REMARK.match(bare) or not (begins or sharing):
            left_out.append(f"line {number}: no entry: {bare.strip()!r}")
            continue
        if begins and coded:
            yield from _finished(sharing, left_out)
            sharing, coded = [], False
        if begins and (parted or not sharing or not _share_a_word(sharing[-1].names, names)):
            sharing.append(Entry(number, []))
        entry, parted = sharing[-1], False
        entry.names.extend(name for name in names if name not in entry.names)
        entry.codes.extend(_codes(bare, number, left_out))
        coded |= _CODE.search(bare) is not None
    yield from _finished(sharing, left_out)


def _finished(sharing: list[Entry], left_out: list[str]) -> Iterator[Entry]:
    """Entries with the codes of the last of them."""
    for entry in sharing:
        if codes := sharing[-1].codes:
            yield replace(entry, codes=list(codes))
        else:
            left_out.append(f"line {entry.line}: {entry.names[0]!r} has no code")


def _share_a_word(names: list[str], others: list[str]) -> bool:
    one, other = (set(" ".join(group).lower().replace("-", " ").split()) - _SMALL for group in (names, others))
    return bool(one & other)


def _lists(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in text.splitlines():
        if found := _LIST.match(line.partition("#")[0].strip()):
            yield found[1], tuple(word.strip() for word in found[2].split(",") if word.strip())


def _names(line: str, lists: dict[str, tuple[str, ...]]) -> list[str]:
    """The names of a line as the news writes them: its own, an acronym in parentheses, an irregular plural."""
    plural = _BRACES.search(line)
    rest = _CODE.sub("", _BRACES.sub("", line)).strip().lstrip("+").strip()
    acronyms = _ACRONYM.findall(rest)
    raw = [_ACRONYM.sub(" ", rest), *acronyms, *(plural[1].split(",") if plural else ())]
    spelt = [form for name in raw for form in _spelt_out(name, lists)]
    return [name for name in (" ".join(form.replace("_", " ").split()) for form in spelt) if _is_name(name)]


def _is_name(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _spelt_out(name: str, lists: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """A name with each of its lists spelt out: `CONGRESS!PERSON!` is a congressman and a congresswoman."""
    before, mark, rest = name.partition("!")
    inner, end, after = rest.partition("!")
    if not mark or not end or inner not in lists:
        yield name
        return
    for word in lists[inner]:
        yield from _spelt_out(before + word + after, lists)


def _codes(line: str, number: int, left_out: list[str]) -> Iterator[Code]:
    for inside in _CODE.findall(line):
        for text in inside.split("/"):
            found = _DAYS.match(text.strip())
            if found is None or not found[1].strip("-"):
                left_out.append(f"line {number}: code {inside!r}")
                continue
            span, is_whole = _span(found)
            if not is_whole:
                left_out.append(f"line {number}: days of {inside!r}; the code is kept")
            yield Code(found[1], span)


def _span(found: re.Match[str]) -> tuple[TimeSpan, bool]:
    """The days of a code, and whether all of them can be read: an end that no calendar has is left open."""
    _, sign, bound, first, last, lone = found.groups()
    told = (bound, None) if sign == ">" else (None, bound) if sign == "<" else (first, last)
    start, end = (_known_day(digits) for digits in told)
    is_whole = lone is None and [day is None for day in (start, end)] == [digits is None for digits in told]
    if start is None and end is None:
        return TimeSpan.unknown(), is_whole
    if start is not None and end is not None and end < start:
        return TimeSpan.unknown(), False
    return TimeSpan(start, end + timedelta(days=1) if end else None, Precision.RANGE), is_whole


def _known_day(digits: str | None) -> date | None:
    try:
        return _day(digits) if digits is not None else None
    except ValueError:
        return None


def _day(digits: str) -> date:
    """`100801` and `20100801`; a day that no month has is its last."""
    if len(digits) == len("yymmdd"):
        digits = ("19" if int(digits[:2]) >= _CENTURY else "20") + digits
    if len(digits) != len("yyyymmdd"):
        raise ValueError(digits)
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, min(day, 28)) + timedelta(days=max(0, day - 28)), following - timedelta(days=1))


def in_the_news(name: str) -> str:
    """`ISLAMIC_REPUBLIC_OF_X` as it is printed; a short word alone is an acronym."""
    words = name.split(" ")
    if not name.isupper() or (len(words) == 1 and len(name) <= _ACRONYM_AT_MOST):
        return name
    return " ".join(
        word.lower() if position and word.lower() in _SMALL else _capitalised(word)
        for position, word in enumerate(words)
    )


def _capitalised(word: str) -> str:
    return "-".join(
        part.lower() if part.lower() in _SMALL and "-" in word else part.capitalize() for part in word.split("-")
    )
