"""Rows as one text of JSON: open ends, days, lists, and what has no form."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from app.domain.spans import Precision
from app.storage.at_once import as_json, inserting
from app.storage.tables import actor_name, event


def test_open_ends_are_infinities_and_days_are_written() -> None:
    row = {"id": "é", "d_start": None, "d_end": date(2010, 5, 4), "precision": Precision.DAY, "source_ids": ["A"]}
    stamped = row | {"recorded_at": datetime(2010, 5, 4, 1, 2, 3, 4, UTC), "object": None}
    [read] = json.loads(as_json(event, [stamped]))
    assert read == {
        "id": "é",
        "d_start": "-infinity",
        "d_end": "2010-05-04",
        "precision": "day",
        "source_ids": ["A"],
        "recorded_at": "2010-05-04T01:02:03.000004+00:00",
        "object": None,
    }


def test_what_has_no_form_is_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        as_json(event, [{"id": {1}}])


def test_only_the_columns_that_are_told_are_written() -> None:
    assert inserting(actor_name, ("name",)).startswith('INSERT INTO actor_name ("name") SELECT "name" FROM')
