"""An index for vague dates that hold a day or touch a window: of millions, only those are read. Only adds."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE INDEX ix_event_vague_span ON event USING gist (daterange(d_start, d_end)) WHERE precision <> 'day'"
    )
    op.execute("ANALYZE event")  # how spans lie is known of an indexed expression only after it


def downgrade() -> None:
    op.execute("DROP INDEX ix_event_vague_span")
