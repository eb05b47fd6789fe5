from __future__ import annotations

from datetime import date

import pytest

from app.extraction.temporal import tag
from app.extraction.temporal.feasts import easter, feast_in, orthodox_easter, rosh_hashanah


@pytest.mark.parametrize(
    ("name", "year", "first"),
    [
        ("easter", 2024, date(2024, 3, 31)),
        ("orthodox easter", 2019, date(2019, 4, 28)),
        ("ramadan", 2015, date(2015, 6, 18)),
        ("ramadan", 1915, date(1915, 7, 13)),
        ("eid al-fitr", 2021, date(2021, 5, 13)),
        ("eid al-adha", 2019, date(2019, 8, 11)),
        ("ashura", 2019, date(2019, 9, 9)),
        ("lunar new year", 2015, date(2015, 2, 19)),
        ("chinese new year", 1998, date(1998, 1, 28)),
        ("passover", 2015, date(2015, 4, 4)),
        ("nowruz", 2015, date(2015, 3, 21)),
        ("yom kippur", 2015, date(2015, 9, 23)),
        ("thanksgiving", 2015, date(2015, 11, 26)),
        ("memorial day", 2015, date(2015, 5, 25)),
        ("christmas", 2015, date(2015, 12, 25)),
    ],
)
def test_a_feast_falls_on_its_day(name: str, year: int, first: date) -> None:
    assert feast_in(name, year)[0].start == first


def test_the_computi_hold_for_known_years() -> None:
    assert easter(1998) == date(1998, 4, 12)
    assert orthodox_easter(2015) == date(2015, 4, 12)
    assert rosh_hashanah(2023) == date(2023, 9, 16)


@pytest.mark.parametrize(
    ("year", "day"), [(2016, 20), (2017, 21), (2019, 21), (2020, 20), (2021, 21), (2024, 20), (2025, 21)]
)
def test_nowruz_is_reckoned_by_the_solar_calendar(year: int, day: int) -> None:
    (found,) = tag(f"Nowruz {year} was quiet.", date(2026, 1, 1))
    assert found.timex_value == f"{year}-03-{day}"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It snowed this winter.", "2023-WI"),
        ("It snowed last winter.", "2022-WI"),
        ("It will snow next winter.", "2024-WI"),
    ],
)
def test_a_winter_told_in_january_is_the_one_at_hand(text: str, value: str) -> None:
    (found,) = tag(text, date(2024, 1, 15))
    assert found.timex_value == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Kenya celebrated Independence Day.", "2014-12-12"),
        ("Ukraine marked its Independence Day with a parade.", "2014-08-24"),
        ("Leaders met in Juba. South Sudan will mark Independence Day.", "2015-07-09"),
        ("On Independence Day, crowds filled Nairobi, Kenyan police said.", "2014-12-12"),
        ("The Turkish opposition stayed away from a Republic Day reception.", "2014-10-29"),
        ("He spoke at a parade on the Independence Day of Kenya.", "2014-12-12"),
        ("Crowds gathered for the Independence Day.", "2014-07-04"),
    ],
)
def test_a_national_day_is_that_of_the_nation_named_beside_it(text: str, day: str) -> None:
    assert [one.edtf for one in tag(text, date(2015, 2, 6))][-1] == day


def test_israel_s_independence_day_is_moved_off_the_sabbath() -> None:
    name = "independence day of israel"
    assert [feast_in(name, year)[0].start for year in (2011, 2015, 2018)] == [
        date(2011, 5, 10),
        date(2015, 4, 23),
        date(2018, 4, 19),
    ]
