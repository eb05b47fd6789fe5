"""Indexes in the very order in which events before a day are told, and of vague dates of a month at most by their
length and first day. That of vague dates by their end goes another way; the version before runs on it."""

from __future__ import annotations

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DROP INDEX ix_event_vague_end")
    op.execute("CREATE INDEX ix_event_vague_end ON event (d_end DESC, id) WHERE precision <> 'day'")
    op.execute("CREATE INDEX ix_event_day_back ON event (d_order DESC, id) WHERE precision = 'day'")
    op.execute(
        "CREATE INDEX ix_event_narrow ON event "
        "((CASE WHEN isfinite(d_start) AND isfinite(d_end) THEN d_end - d_start ELSE 2147483647 END), d_start, id) "
        "WHERE precision <> 'day' AND d_end <= d_start + 31"
    )
    op.execute("ANALYZE event")


def downgrade() -> None:
    op.execute("DROP INDEX ix_event_day_back, ix_event_narrow, ix_event_vague_end")
    op.execute("CREATE INDEX ix_event_vague_end ON event (d_end, id) WHERE precision <> 'day'")
