"""What the service says of its quality is what docs/quality.md says."""

from __future__ import annotations

from pathlib import Path

from app.services.quality import measurements

DOCS = Path(__file__).parents[3] / "docs" / "quality.md"


def test_every_measurement_stands_in_the_documentation() -> None:
    taught = DOCS.read_text("utf-8")
    for one in measurements():
        assert one["told"] in taught, one
        assert one["command"] in taught, one
        assert f"{one['day']}" in taught, one


def test_a_measurement_is_told_as_its_value() -> None:
    for one in measurements():
        told = float(one["told"].removesuffix(" %"))
        assert abs(told - one["value"]) < 1e-9 or abs(told - 100 * one["value"]) < 1e-9, one
