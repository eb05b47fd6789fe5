"""Which answers may be kept for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.api.caching import FOR_EVER, kept_for_ever

PAST = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("meta", "kept"),
    [
        ({"as_of": PAST, "warnings": []}, True),
        ({"as_of": PAST, "warnings": [{"code": "as_of_current_fields", "detail": ""}]}, False),
        ({"as_of": datetime.now(UTC) + timedelta(days=1), "warnings": []}, False),
        ({"as_of": datetime.now(UTC), "warnings": []}, False),  # a transaction may still be open
        ({"as_of": None, "warnings": []}, False),
        ({}, False),
    ],
)
def test_only_what_was_known_long_ago_is_kept_for_ever(meta: dict[str, Any], kept: bool) -> None:
    assert kept_for_ever(meta) == ({"Cache-Control": FOR_EVER} if kept else {})
