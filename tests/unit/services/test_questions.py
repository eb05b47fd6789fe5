"""Words of a request become values, or an error that says how to mend them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadQuery
from app.domain.queries import Choice, Match
from app.domain.spans import TimeSpan
from app.services import questions


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2016-04-15", "2016-04-15"),
        ("2016-04", "2016-04"),
        ("2016", "2016"),
        ("2016-04-01/2016-04-30", "2016-04-01/2016-04-30"),
        ("2015/2016", "2015-01-01/2016-12-31"),
        ("2016-02/2016-02-29", "2016-02-01/2016-02-29"),
        ("2016/..", "2016-01-01/.."),
        ("../2016-04", "../2016-04-30"),
        ("2016/", "2016-01-01/.."),
        ("../..", "../.."),
        ("0001-01-01", "0001-01-01"),
        ("9999-12-31", "9999-12-31/.."),
        ("9999-12", "9999-12-01/.."),
        ("9999", "9999-01-01/.."),
        ("2016/9999-12-31", "2016-01-01/.."),
        ("../9999-12-31", "../.."),
    ],
)
def test_a_window_is_read_as_inclusive_days(text: str, edtf: str) -> None:
    assert questions.span("datetime", text).edtf() == edtf


@pytest.mark.parametrize("text", ["", "yesterday", "15.4.2016", "2016-13", "2016-02-30", "0000", "20160415", "٢٠١٦"])
def test_what_is_no_date_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadQuery) as caught:
        questions.span("datetime", text)
    assert caught.value.parameter == "datetime"


def test_a_window_the_wrong_way_round_is_turned_for_the_caller() -> None:
    with pytest.raises(BadQuery) as caught:
        questions.span("datetime", "2017/2016")
    assert caught.value.did_you_mean == "2016/2017"


def test_an_instant_of_publication_is_its_day() -> None:
    assert questions.published_span("published", "2016-04-15T23:30:00+03:00") == TimeSpan.of_day(date(2016, 4, 15))


@pytest.mark.parametrize(("text", "days"), [("14d", 14), ("2w", 14), ("3 months", 90), ("1y", 365), ("5", 5)])
def test_a_length_of_time_is_counted_in_days(text: str, days: int) -> None:
    assert questions.window_days("window", text) == days


@pytest.mark.parametrize("text", ["", "-3d", "14 parsecs", "999999y", "1e3"])
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(BadQuery):
        questions.window_days("window", text)


def test_a_window_stops_at_the_ends_of_the_calendar() -> None:
    assert questions.around_span(TimeSpan.of_day(date(1, 1, 2)), 14).start == date.min
    assert questions.around_span(TimeSpan.of_day(date(9999, 12, 30)), 14).edtf() == "9999-12-16/.."


def test_lists_are_joined_and_an_exclamation_mark_excludes() -> None:
    assert questions.choice("kind", ["a,b", "!c", "a"]) == Choice(("a", "b"), ("c",))


def test_an_unknown_value_names_what_was_meant() -> None:
    with pytest.raises(BadQuery) as caught:
        questions.choice("kind", ["ultimatun"], ["ultimatum", "visit"])
    assert caught.value.did_you_mean == "ultimatum"
    assert caught.value.allowed == ("ultimatum", "visit")


def test_values_of_a_closed_list_are_read_without_case() -> None:
    assert questions.choice("kind", ["Arms Sale"], ["arms_sale"]) == Choice(("arms_sale",))
    assert questions.one_of("match", "Certain", Match) is Match.CERTAIN


@given(st.text(max_size=30))
def test_no_text_at_all_breaks_the_reading_of_a_window(text: str) -> None:
    with suppress(BadQuery):
        assert isinstance(questions.span("datetime", text), TimeSpan)
