"""Whose a text was before an earlier print was found, and what a mention was about, stay with the time in which it was
so. Only adds: the version before runs on it, and keeps neither."""

from __future__ import annotations

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE print_past (
            document_id BIGINT NOT NULL,
            own BOOLEAN NOT NULL,
            publisher TEXT,
            url TEXT,
            title TEXT,
            published_start DATE,
            published_end DATE,
            published_precision TEXT,
            published_approximate BOOLEAN,
            published_edtf TEXT,
            recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
            left_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_print_past PRIMARY KEY (document_id, left_at, own),
            CONSTRAINT fk_print_past_document_id_document FOREIGN KEY (document_id) REFERENCES document (id)
                ON DELETE CASCADE,
            CONSTRAINT ck_print_past_published_whole CHECK (num_nulls(published_start, published_end,
                published_precision, published_approximate, published_edtf) IN (0, 5)),
            CONSTRAINT ck_print_past_forward CHECK (left_at >= recorded_at)
        )
        """
    )
    op.execute("ALTER TABLE mention_past ADD COLUMN topic TEXT")
    # What is known of the topics of the past is what is known of them now.
    op.execute("UPDATE mention_past p SET topic = m.topic FROM mention m WHERE m.id = p.mention_id")


def downgrade() -> None:
    # Views that every start makes anew.
    op.execute("DROP SCHEMA IF EXISTS as_known CASCADE")
    op.execute("ALTER TABLE mention_past DROP COLUMN topic")
    op.execute("DROP TABLE print_past")
