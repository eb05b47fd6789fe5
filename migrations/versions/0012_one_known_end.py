"""An index of the few dates of which an end is not known, which are counted beside every window. Only adds."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE INDEX ix_event_one_end ON event (d_order, id) "
        "WHERE d_start = '-infinity'::date OR d_end = 'infinity'::date"
    )


def downgrade() -> None:
    op.execute("DROP INDEX ix_event_one_end")
