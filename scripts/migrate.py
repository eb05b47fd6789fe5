"""Brings the database to the newest schema."""

from __future__ import annotations

import sys
from contextlib import nullcontext

from app.domain.errors import NoDatabase
from app.extraction.codebook import load_codebook
from app.services.publishing import publish_views
from app.settings import Settings
from app.storage.engine import make_engine, migrate, transactions
from app.storage.server import embedded


def main() -> None:
    settings = Settings()
    given = settings.database_url
    address = nullcontext(given) if given else embedded(settings.home, binaries=settings.binaries)
    with address as url:
        engine = make_engine(url)
        migrate(engine)
        publish_views(transactions(engine), load_codebook().values(), settings.public_url or "")
        engine.dispose()


if __name__ == "__main__":
    try:
        main()
    except NoDatabase as error:
        sys.exit(str(error))
