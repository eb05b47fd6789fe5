"""How a page tells the date of an event."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.pages.rendering import human_date

DAY = date(2016, 4, 15)


def record(edtf: str, first: date | None, last: date | None, precision: str) -> dict[str, Any]:
    return {"date_edtf": edtf, "date_earliest": first, "date_latest": last, "date_precision": precision}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (record("2016-04-15", DAY, DAY, "day"), "15 April 2016"),
        (record("2016-04-15~", DAY, DAY, "day"), "about 15 April 2016"),
        (record("2016-04", date(2016, 4, 1), date(2016, 4, 30), "month"), "April 2016"),
        (record("../2016-04-15", None, DAY, "before"), "by 15 April 2016"),
        (record("../..", None, None, "unknown"), "date not known"),
    ],
)
def test_a_date_is_told_as_surely_as_it_is_known(given: dict[str, Any], words: str) -> None:
    assert human_date(given) == words
