"""Settings come from the environment, and each is documented."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.settings import ROOT_HOME, Settings, default_home

DOCS = Path(__file__).parents[3] / "docs" / "api.md"


def test_every_setting_is_named_in_the_documentation() -> None:
    taught = DOCS.read_text("utf-8")
    named = {"database_url": "DATABASE_URL"}
    missing = [name for name in Settings.model_fields if named.get(name, f"DATELINE_{name.upper()}") not in taught]
    assert not missing


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/news")
    monkeypatch.setenv("DATELINE_PORT", "9000")
    monkeypatch.setenv("DATELINE_HOME", "/srv/dateline")
    found = Settings()
    assert (found.database_url, found.port, found.home) == ("postgresql://db/news", 9000, Path("/srv/dateline"))


def test_root_keeps_its_data_where_another_user_can_reach_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert default_home() == ROOT_HOME
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert default_home() != ROOT_HOME
