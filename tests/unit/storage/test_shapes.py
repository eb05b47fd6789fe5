"""Questions of one shape have one statement, and each its own values."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.queries import Choice, EventQuery
from app.domain.spans import TimeSpan
from app.storage.rollups import whole_months
from app.storage.shapes import DAY, DAY_AFTER, of_day, shape

SPRING, AUTUMN = (TimeSpan.between(date(year, 3, 2), date(year, 5, 7)) for year in (2015, 2021))
WHOLE = TimeSpan.of_month(2015, 3)


def _asked(when: TimeSpan | None, actor: str = "FRA", **more: object) -> EventQuery:
    return EventQuery(when=when, actor=Choice((actor,)), **more)  # type: ignore[arg-type]


def test_questions_of_other_days_and_actors_have_one_shape() -> None:
    one, other = shape(_asked(SPRING)), shape(_asked(AUTUMN, "DEU"))
    assert one.query == other.query
    assert set(one.values.values()) == {date(2015, 3, 2), date(2015, 5, 8), "FRA"}
    assert set(other.values.values()) == {date(2021, 3, 2), date(2021, 5, 8), "DEU"}


@pytest.mark.parametrize(
    "other",
    [
        _asked(None),
        _asked(WHOLE),
        _asked(TimeSpan.since(date(2015, 3, 2))),
        _asked(TimeSpan.until(date(2015, 3, 2))),
        _asked(SPRING, limit=7),
        _asked(SPRING, kind=Choice(("protest",))),
        EventQuery(when=SPRING, actor=Choice(("FRA", "DEU"))),
        EventQuery(when=SPRING),
    ],
)
def test_what_makes_another_statement_is_another_shape(other: EventQuery) -> None:
    assert shape(other).query != shape(_asked(SPRING)).query


def test_whether_a_window_has_whole_months_belongs_to_the_shape() -> None:
    assert whole_months(shape(_asked(WHOLE)).query.when)
    assert not whole_months(shape(_asked(SPRING)).query.when)


def test_a_pair_keeps_which_of_the_two_comes_first() -> None:
    one, other = shape(EventQuery(dyad=("FRA", "DEU"))), shape(EventQuery(dyad=("DEU", "FRA")))
    assert one.query != other.query
    assert one.query.dyad is not None
    assert [one.values[place] for place in one.query.dyad] == ["FRA", "DEU"]  # type: ignore[index]


def test_no_day_follows_the_last_of_the_calendar() -> None:
    assert of_day(date(2015, 3, 2)) == {DAY: date(2015, 3, 2), DAY_AFTER: date(2015, 3, 3)}
    assert of_day(date.max) == {DAY: date.max}
