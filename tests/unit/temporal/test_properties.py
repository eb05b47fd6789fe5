"""What holds for every text: nothing raises, offsets quote, the writers agree, time grows with length only."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.extraction.temporal import date_document, tag
from app.extraction.temporal.vocabulary import load

_WORDS = sorted(load().words)
_PIECES = st.one_of(
    st.sampled_from(_WORDS),
    st.sampled_from(_WORDS).map(str.capitalize),
    st.sampled_from(
        ["1990", "2014-15", "31", "30", "5:30", "p.m.", "'98", "1990s", "3rd", ",", ".", "-", "2015-02-30", "9/11"]
    ),
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


@settings(max_examples=200, deadline=None)
@given(_TEXTS, _DAYS)
def test_the_writers_agree(text: str, dct: date | None) -> None:
    for one in tag(text, dct):
        span = one.span
        if span is None or span.start is None or one.timex_type != "DATE" or len(one.timex_value) < 4:
            continue
        year = one.timex_value[:4]
        if year.isdigit() and one.value.last is None and one.value.modifier is None and "W" not in one.timex_value:
            assert span.start.year == int(year) or span.end is None


@settings(max_examples=150, deadline=None)
@given(_TEXTS, _DAYS)
def test_dating_a_document_never_raises(text: str, today: date | None) -> None:
    candidates = date_document(text, today_limit=today)
    assert sum(one.weight for one in candidates) <= 1.01 or len(candidates) == 1
    assert all(left.weight >= right.weight for left, right in pairwise(candidates))


@pytest.mark.parametrize(
    "unit", ["on ", "7", "(", "1990 ", "May ", "twenty ", "the last ", "1,", "a few ", "Monday, ", "'", "\n"]
)
def test_time_grows_in_line_with_length(unit: str) -> None:
    text = (unit * 200_000)[:200_000]
    begun = time.perf_counter()
    tag(text, date(2015, 5, 6))
    assert time.perf_counter() - begun < 20
