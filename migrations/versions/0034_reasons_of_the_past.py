"""Why a mention told an event that it tells no more, or for other reasons, stays with the time in which it did so. Only
adds: the version before runs on it, and keeps no reasons."""

from __future__ import annotations

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE mention_past ADD COLUMN link JSONB")


def downgrade() -> None:
    # Views that every start makes anew.
    op.execute("DROP SCHEMA IF EXISTS as_known CASCADE")
    op.execute("ALTER TABLE mention_past DROP COLUMN link")
