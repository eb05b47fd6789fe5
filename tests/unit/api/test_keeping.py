"""Which answers may be kept for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.api.caching import FOR_EVER, kept_for_ever

LONG_AGO, JUST_NOW, LATER = timedelta(days=-1), timedelta(), timedelta(days=1)


@pytest.mark.parametrize(
    ("age", "kept"),
    [
        (LONG_AGO, True),
        (JUST_NOW, False),  # a transaction may still be open
        (LATER, False),
        (None, False),
    ],
)
def test_only_what_was_known_long_ago_is_kept_for_ever(age: timedelta | None, kept: bool) -> None:
    as_of = datetime.now(UTC) + age if age is not None else None
    given = kept_for_ever({"as_of": as_of, "warnings": []})
    assert given == ({"Cache-Control": FOR_EVER} if kept else {})


def test_an_answer_without_an_envelope_is_not() -> None:
    assert kept_for_ever({}) == {}
