"""What only shows at a real commit: two transactions that each take one of an event's last two mentions."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, delete, select, text
from sqlalchemy.exc import IntegrityError

from app.domain.documents import Reading
from app.storage import documents, events, runs
from app.storage.tables import mention
from tests.builders import make_document, make_mention


def keep_event_of_two_mentions(engine: Engine) -> list[int]:
    with engine.begin() as conn:
        kept = documents.insert(conn, make_document(), status=Reading.READ)
        report = events.Report("e1", make_mention(), kept.id, runs.of_version(conn, "test.1"), "q", "t")
        events.insert(conn, [report])
        events.add(conn, [report])
        return list(conn.execute(select(mention.c.id).order_by(mention.c.id)).scalars())


def test_an_event_without_a_mention_does_not_commit(own: Engine) -> None:
    keep_event_of_two_mentions(own)
    with pytest.raises(IntegrityError, match="event e1 has no evidence"), own.begin() as conn:
        conn.execute(delete(mention))
    with own.connect() as conn:
        assert conn.execute(text("SELECT count(*) FROM mention")).scalar() == 2


def test_two_transactions_cannot_take_the_last_two_mentions_together(own: Engine) -> None:
    first_id, second_id = keep_event_of_two_mentions(own)
    with own.connect() as one, own.connect() as other, ThreadPoolExecutor(2) as pool:
        one.execute(delete(mention).where(mention.c.id == first_id))
        other.execute(delete(mention).where(mention.c.id == second_id))
        ends = [pool.submit(conn.commit) for conn in (one, other)]
        errors = [end.exception(timeout=30) for end in ends]
    assert [isinstance(error, IntegrityError) for error in errors].count(True) == 1
    assert errors.count(None) == 1
