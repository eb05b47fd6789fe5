"""Indexes for vague dates of a month at most, for the sums of vague dates by their span, and for an actor's id in any
case. The second replaces one of the same name that gave them by their end; the version before runs on it, slower.
"""

from __future__ import annotations

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE INDEX ix_event_narrow_span ON event USING gist (daterange(d_start, d_end)) "
        "WHERE precision <> 'day' AND d_end <= d_start + 31"
    )
    op.execute("DROP INDEX ix_event_day_vague")
    op.execute(
        "CREATE INDEX ix_event_day_vague ON event_day USING gist (daterange(d_start, d_end)) WHERE d_end > d_start + 1"
    )
    op.execute("CREATE INDEX ix_actor_spelt ON actor (lower(id))")
    op.execute("ANALYZE actor, event, event_day")  # how spans lie is known of an indexed expression only after it


def downgrade() -> None:
    op.execute("DROP INDEX ix_event_narrow_span, ix_event_day_vague, ix_actor_spelt")
    op.execute("CREATE INDEX ix_event_day_vague ON event_day (d_end, d_start) WHERE d_end > d_start + 1")
