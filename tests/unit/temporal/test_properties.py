"""What holds for every text: nothing raises, offsets quote, the writers agree, time grows with length only."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.spans import Precision, TimeSpan
from app.extraction.temporal import TaggedBlock, annotate, date_document, edtf_one_of, tag, tag_blocks
from app.extraction.temporal.vocabulary import load

_WORDS = sorted(load().words)
_SPECIAL = (
    "1990,2014-15,31,30,5:30,p.m.,'98,1990s,3rd,.,-,2015-02-30,9/11,3/4/2010,Q3 2014,1990/91,fourth quarter,1000 UTC,"
    "most of last summer,most of the first quarter,before,after,no later than,about,early,late,the end of,until,"
    "one of 2003,either 2003 or 2004,May 3,4 or 5,for three months,the past two years,every second Friday,"
    "each year on 9 May,weekly on Mondays,Ramadan,Eid 2014,the first day of Eid,the week before Easter,"
    "the week ending April 3,Ten years after 9/11,a year on,by then,the same day,the eve of the vote,"
    "the turn of the century,20140503,18h30,0600Z,'14-'15,17th and 18th centuries,from 9 a.m. to 5 p.m. on Monday"
)
_PIECES = st.one_of(
    st.sampled_from(_WORDS),
    st.sampled_from(_WORDS).map(str.capitalize),
    st.sampled_from([*_SPECIAL.split(","), ","]),
    st.integers(0, 10**6).map(str),
    st.text(max_size=6),
)
_TEXTS = st.lists(_PIECES, max_size=30).map(" ".join)
_DAYS = st.one_of(st.none(), st.dates())


@settings(max_examples=400, deadline=None)
@given(_TEXTS, _DAYS)
def test_no_text_raises_and_offsets_quote(text: str, dct: date | None) -> None:
    found = tag(text, dct)
    for one in found:
        assert text[one.start : one.end] == one.quote
        assert one.timex_type in ("DATE", "TIME", "DURATION", "SET")
        one.derivation().explain()
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert found == tag(text, dct)


def days_of_timex(value: str) -> tuple[date, date] | None:
    """First and last day of a TIMEX3 date without modifier, read by the standard alone; None for values with X."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d(T.*)?", value):
        day = date.fromisoformat(value[:10])
        return day, day
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        first = date.fromisocalendar(int(match[1]), int(match[2]), 6 if match[3] else 1)
        return first, first + timedelta(days=1 if match[3] else 6)
    if not (match := re.fullmatch(r"(\d{2,4})(?:-(\d\d|Q[1-4]|H[12]|SP|SU|FA|WI))?", value)):
        return None
    year, part = int(match[1]) * 10 ** (4 - len(match[1])), match[2] or ""
    whole = (1, 12 * 10 ** (4 - len(match[1]))) if not part else None
    month, width = whole or _PARTS.get(part) or (int(part), 1)
    last = year * 12 + month - 1 + width
    return date(max(1, year), month, 1), date(last // 12, last % 12 + 1, 1) - timedelta(days=1)


_PARTS = {f"Q{n + 1}": (3 * n + 1, 3) for n in range(4)} | {"H1": (1, 6), "H2": (7, 6)}
_PARTS |= {"SP": (3, 3), "SU": (6, 3), "FA": (9, 3), "WI": (12, 3)}


@settings(max_examples=300, deadline=None)
@given(_TEXTS, _DAYS)
def test_the_timex_value_and_the_days_agree(text: str, dct: date | None) -> None:
    for one in tag(text, dct):
        if one.span is None or one.timex_mod is not None or one.timex_type not in ("DATE", "TIME"):
            continue
        if one.value.choice or one.rule.startswith(("nth-week", "beside")):
            continue
        days = days_of_timex(one.timex_value)
        if days is not None:
            assert (one.span.start, one.span.last) == days, (one.quote, one.timex_value)


def days_of_edtf(text: str) -> tuple[date | None, date | None]:
    """First and last day as the package `edtf` reads them; None where an end is open."""
    parsed = parse_edtf(text)
    bounds = parsed.lower_strict(), parsed.upper_strict()
    first, last = (None if isinstance(bound, float) else date(*bound[:3]) for bound in bounds)
    return first, last


@settings(max_examples=150, deadline=None)
@given(_TEXTS, _DAYS)
def test_edtf_reads_back_as_the_same_days(text: str, dct: date | None) -> None:
    for one in tag(text, dct):
        for span in (one.span, one.stretch):
            if span is None:
                continue
            first, last = days_of_edtf(span.edtf())
            assert first == span.start, span.edtf()
            winter = span.precision is Precision.SEASON and span.start is not None and span.start.month == 12
            assert winter or last == span.last, span.edtf()  # the package ends a winter with its year


def assert_reads_back(span: TimeSpan, written: str) -> None:
    first, last = days_of_edtf(written)
    assert first == span.start, written
    winter = span.precision is Precision.SEASON and span.start is not None and span.start.month == 12
    assert winter or last == span.last, written  # the package ends a winter with its year


_FORMS = st.lists(st.sampled_from(_SPECIAL.split(",")), max_size=12).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(st.one_of(_FORMS, _TEXTS), _DAYS)
def test_each_writer_of_a_value_tells_the_same_days(text: str, dct: date | None) -> None:
    """The value, its choice, bound, modifier, length, derivation and stretch: all spans read back from their EDTF."""
    for one in tag(text, dct):
        for span in filter(None, (one.span, one.stretch, *one.spans, one.derivation().period)):
            assert_reads_back(span, span.edtf())
        assert (one.edtf is None) == (not one.spans)
        if one.edtf is None:
            assert one.span is None
            continue
        assert_hull_reads_back(one.spans, one.edtf)
        assert one.derivation().span == one.span
        if one.value.choice:
            assert one.edtf.startswith("[") or len(one.spans) == 1


def assert_hull_reads_back(spans: tuple[TimeSpan, ...], written: str) -> None:
    if len(spans) == 1:
        assert_reads_back(spans[0], written)
        return
    starts, lasts = [one.start for one in spans if one.start], [one.last for one in spans if one.last]
    assert days_of_edtf(written) == (min(starts), max(lasts)), written


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(_SPECIAL.split(",")), _DAYS)
def test_lengths_and_sets_have_the_values_of_their_kind(text: str, dct: date | None) -> None:
    for one in tag(f"They met {text} again.", dct):
        if one.timex_type == "SET":
            assert one.span is None
            assert one.timex_value.startswith(("P", "XXXX"))
        if one.timex_type == "DURATION":
            assert one.timex_value.startswith("P")
            assert one.grain is None


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(" ".join(name) for name in load().feasts)), st.integers(1950, 2070))
def test_a_feast_of_a_year_begins_in_it_and_reads_back(name: str, year: int) -> None:
    for one in tag(f"They met on {name.title()} {year}.", None):
        if one.timex_value != str(year) and one.span is not None:
            assert one.span.start is not None
            assert one.span.start.year == year
            assert_hull_reads_back(one.spans, one.edtf or "")


_BOUNDS = ("before", "after", "by", "no later than", "no earlier than", "about")


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(_BOUNDS), st.dates(date(1900, 1, 1), date(2049, 12, 31)))
def test_a_bound_opens_one_side_of_its_day(bound: str, day: date) -> None:
    (one,) = tag(f"It happened {bound} {day.isoformat()}.", None)
    assert one.span is not None
    if bound == "about":
        assert (one.span.start, one.span.last, one.span.approximate) == (day, day, True)
    elif bound in ("before", "by", "no later than"):
        assert (one.span.start, one.span.last) == (None, day - timedelta(days=bound == "before"))
    else:
        assert (one.span.start, one.span.end) == (day + timedelta(days=bound == "after"), None)
    assert one.edtf is not None
    assert_reads_back(one.span, one.edtf)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.dates(date(1000, 1, 1), date(9900, 1, 1)), st.integers(0, 900)), min_size=2, max_size=5))
def test_a_set_of_candidates_reads_back(ends: list[tuple[date, int]]) -> None:
    spans = [TimeSpan.between(first, first + timedelta(days=days)) for first, days in ends]
    written = edtf_one_of([*spans, TimeSpan.of_year(2009)])
    assert days_of_edtf(written) == (
        min(date(2009, 1, 1), *(span.start for span in spans if span.start)),
        max(date(2009, 12, 31), *(span.last for span in spans if span.last)),
    )


@settings(max_examples=150, deadline=None)
@given(_TEXTS, _DAYS, st.booleans())
def test_a_numeric_date_is_read_in_either_order(text: str, dct: date | None, day_first: bool) -> None:
    for one in tag(text, dct, day_first=day_first):
        assert text[one.start : one.end] == one.quote


@settings(max_examples=150, deadline=None)
@given(_TEXTS, _DAYS)
def test_dating_a_document_never_raises(text: str, today: date | None) -> None:
    candidates = date_document(text, today_limit=today)
    assert sum(one.weight for one in candidates) <= 1.01 or len(candidates) == 1
    assert all(left.weight >= right.weight for left, right in pairwise(candidates))


_ENDLESS = [
    "on ", "1990 ", "May ", "twenty ", "the last ", "1,", "a few ", "Monday, ", "'", "\n", "1/2/", "12:", "a.", "-1-",
    "9/11 ", "from 3 to ", "new year ", "the first anniversary of ", "5 or ", "the week before ", "then ", "20140503 ",
    "on the eve of the vote. 3 May. ", "1 or 2003, ", "17th and ", "from 9 a.m. to ", "the turn of ", "May 3, ",
    "Sunday Mba ", "2000 sheep ",
]  # fmt: skip


def seconds(read: Callable[[str], object], text: str) -> float:
    """The least CPU time of three readings."""
    taken = []
    for _ in range(3):
        begun = time.process_time()
        read(text)
        taken.append(time.process_time() - begun)
    return min(taken)


_WORST = ["7", "on on on ", "(", "[", "([{", "every ", "from ", "before "]
_TIGHT = 3  # twice the text takes about twice the time; a quadratic reading four times as long
_TRIES = 4  # a noisy machine may spoil one measurement, a quadratic reading spoils all


def assert_linear(read: Callable[[str], object], unit: str, size: int) -> None:
    short, long = ((unit * n)[:n] + " in 1990" for n in (size, 2 * size))
    read(short)
    for _ in range(_TRIES):
        if seconds(read, long) < _TIGHT * max(seconds(read, short), 0.001):
            return
    pytest.fail(f"{unit!r}: twice the text takes more than {_TIGHT} times the time")


@pytest.mark.parametrize("read", [partial(tag, dct=date(2015, 5, 6)), date_document], ids=["tag", "date_document"])
@pytest.mark.parametrize("unit", [*_ENDLESS, *_WORST])
def test_time_grows_in_line_with_length(unit: str, read: Callable[[str], object]) -> None:
    assert_linear(read, unit, 8_000)


def tag_two_blocks(text: str) -> object:
    return tag_blocks([TaggedBlock(text), TaggedBlock(text)], date(2015, 5, 6))


@pytest.mark.parametrize("read", [partial(annotate, dct=date(2015, 5, 6)), tag_two_blocks], ids=["annotate", "blocks"])
@pytest.mark.parametrize("unit", _WORST)
def test_every_entrance_reads_the_worst_in_linear_time(unit: str, read: Callable[[str], object]) -> None:
    assert_linear(read, unit, 16_000)


@pytest.mark.parametrize("text", ["7" * 1_000_000, "on " * 333_333, "(" * 500_000 + ")" * 500_000, "every " * 166_666])
def test_a_megabyte_of_nothing_is_read_at_once(text: str) -> None:
    assert seconds(partial(tag, dct=None), text) < 2
