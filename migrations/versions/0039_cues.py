"""The word that shows how a report puts it, and who says so to whom, stand with each report. Only adds: the version
before runs on it. What was read before has none until it is read anew (`dateline reread`)."""

from __future__ import annotations

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        ALTER TABLE mention ADD COLUMN cue_start INTEGER, ADD COLUMN cue_end INTEGER, ADD COLUMN saying JSONB,
            ADD CONSTRAINT ck_mention_cue_inside CHECK (num_nulls(cue_start, cue_end) IN (0, 2) AND
                (cue_start IS NULL OR (0 <= cue_start AND cue_start < cue_end AND cue_end <= document_length)))
        """
    )


def downgrade() -> None:
    # Views that every start makes anew.
    op.execute("DROP SCHEMA IF EXISTS as_known CASCADE")
    op.execute("DROP SCHEMA public_api CASCADE")
    op.execute("CREATE SCHEMA public_api")
    op.execute("ALTER TABLE mention DROP COLUMN cue_start, DROP COLUMN cue_end, DROP COLUMN saying")
