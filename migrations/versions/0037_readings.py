"""When which version read which document, so that two versions are compared in what both have read. Only adds: the
version before runs on it, and notes no readings."""

from __future__ import annotations

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE reading (
            document_id BIGINT NOT NULL,
            run_id BIGINT NOT NULL,
            read_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
            CONSTRAINT pk_reading PRIMARY KEY (document_id, run_id, read_at),
            CONSTRAINT fk_reading_document_id_document FOREIGN KEY (document_id) REFERENCES document (id)
                ON DELETE CASCADE,
            CONSTRAINT fk_reading_run_id_run FOREIGN KEY (run_id) REFERENCES run (id)
        )
        """
    )
    # As far as mentions, and what read a document last, tell of them.
    op.execute(
        """
        INSERT INTO reading (document_id, run_id, read_at)
        SELECT document_id, run_id, max(read_at) FROM (
            SELECT document_id, run_id, min(recorded_at) AS read_at FROM mention GROUP BY 1, 2
            UNION ALL
            SELECT m.document_id, m.withdrawn_by, min(p.left_at)
            FROM mention m JOIN mention_past p ON p.mention_id = m.id AND m.event_id IS NULL
            WHERE m.withdrawn_by IS NOT NULL
                AND p.left_at = (SELECT max(left_at) FROM mention_past WHERE mention_id = m.id)
            GROUP BY 1, 2
            UNION ALL
            SELECT d.id, d.read_by, greatest(d.recorded_at, r.started_at) FROM document d JOIN run r ON r.id = d.read_by
        ) AS told
        GROUP BY 1, 2
        """
    )


def downgrade() -> None:
    op.execute("DROP TABLE reading")
