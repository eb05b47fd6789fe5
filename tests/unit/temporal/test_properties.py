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
from app.extraction.temporal import date_document, edtf_one_of, tag
from app.extraction.temporal.vocabulary import load

_WORDS = sorted(load().words)
_SPECIAL = (
    "1990,2014-15,31,30,5:30,p.m.,'98,1990s,3rd,.,-,2015-02-30,9/11,3/4/2010,Q3 2014,1990/91,fourth quarter,1000 UTC,"
    "most of last summer,most of the first quarter"
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
        if one.span is None or one.timex_mod is not None or one.value.choice or one.rule.startswith("nth-week") or one.timex_type not in ("DATE", "TIME"):
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
    "7", "on ", "(", "([{", "1990 ", "May ", "twenty ", "the last ", "1,", "a few ", "Monday, ", "'", "\n", "1/2/",
    "12:", "a.", "-1-", "9/11 ", "from 3 to ", "new year ", "the first anniversary of ", "5 or ",
]  # fmt: skip


def seconds(read: Callable[[str], object], text: str) -> float:
    """The least CPU time of three readings."""
    taken = []
    for _ in range(3):
        begun = time.process_time()
        read(text)
        taken.append(time.process_time() - begun)
    return min(taken)


@pytest.mark.parametrize("read", [partial(tag, dct=date(2015, 5, 6)), date_document], ids=["tag", "date_document"])
@pytest.mark.parametrize("unit", _ENDLESS)
def test_time_grows_in_line_with_length(unit: str, read: Callable[[str], object]) -> None:
    short, long = ((unit * size)[:size] + " in 1990" for size in (4_000, 32_000))
    read(short)
    # Eight times the text: a quadratic reading would take 64 times as long.
    assert seconds(read, long) <= 24 * max(seconds(read, short), 0.002)


@pytest.mark.parametrize("text", ["7" * 1_000_000, "on " * 333_333, "(" * 500_000 + ")" * 500_000])
def test_a_megabyte_of_nothing_is_read_at_once(text: str) -> None:
    assert seconds(partial(tag, dct=None), text) < 2
