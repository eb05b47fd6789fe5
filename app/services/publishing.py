"""The program's answers as SQL views, for tools that speak SQL."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.kinds import Kind
from app.services.codebook import records
from app.services.ingest import Begin
from app.storage import publishing
from app.storage.public_views import views


def publish_views(begin: Begin, kinds: Iterable[Kind], base: str = "") -> None:
    """Make the views of `public_api` as this version of the program describes them. `base` begins their links."""
    with begin() as conn:
        publishing.publish(conn, views(records(kinds), base.rstrip("/")))
