"""How many days a vague date leaves open, beside the acts, and an index of those: vague dates of an actor are looked up
by their spans, not found among all that begins on the same day.

The version before runs on it. What it writes meanwhile is told in lists; around a day of an actor, its vague dates are
once they are linked anew (`dateline reread`).
"""

from __future__ import annotations

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE event_actor ADD COLUMN vague_days INTEGER")
    op.execute("ALTER TABLE event_actor DISABLE TRIGGER USER")  # no sum changes
    op.execute(
        "UPDATE event_actor a SET vague_days = CASE "
        "WHEN isfinite(e.d_start) AND isfinite(e.d_end) THEN e.d_end - e.d_start ELSE 2147483647 END "
        "FROM event e WHERE e.id = a.event_id AND e.precision NOT IN ('day', 'unknown')"
    )
    op.execute("ALTER TABLE event_actor ENABLE TRIGGER USER")
    op.execute(
        "CREATE INDEX ix_event_actor_vague ON event_actor (actor_id, d_order, vague_days, event_id) "
        "WHERE vague_days IS NOT NULL"
    )
    op.execute("ANALYZE event_actor")


def downgrade() -> None:
    op.execute("DROP SCHEMA IF EXISTS as_known CASCADE")  # made anew at the next start
    op.execute("ALTER TABLE event_actor DROP COLUMN vague_days")
