"""Who else printed a text, by which rules a document was linked, and decisions that are taken back. Only adds: the
version before runs on it."""

from __future__ import annotations

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE reprint (
            document_id BIGINT NOT NULL,
            publisher TEXT NOT NULL,
            url TEXT,
            title TEXT,
            published_start DATE,
            published_end DATE,
            published_precision TEXT,
            published_approximate BOOLEAN,
            published_edtf TEXT,
            recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            CONSTRAINT pk_reprint PRIMARY KEY (document_id, publisher),
            CONSTRAINT fk_reprint_document_id_document FOREIGN KEY (document_id) REFERENCES document (id)
                ON DELETE CASCADE,
            CONSTRAINT ck_reprint_published_whole CHECK (num_nulls(published_start, published_end,
                published_precision, published_approximate, published_edtf) IN (0, 5))
        )
        """
    )
    op.execute("CREATE INDEX ix_reprint_publisher ON reprint (lower(publisher))")
    op.execute(
        "CREATE TRIGGER reprint_change_is_noted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON reprint "
        "FOR EACH STATEMENT EXECUTE FUNCTION note_data_change()"
    )
    op.execute("ALTER TABLE document ADD COLUMN linked_by TEXT")
    op.execute("CREATE INDEX ix_document_linked_by_id ON document (linked_by, id)")
    _actions("'split', 'merge', 'retract', 'restore'")


def downgrade() -> None:
    # Views that every start makes anew.
    op.execute("DROP SCHEMA IF EXISTS as_known CASCADE")
    op.execute("DROP SCHEMA public_api CASCADE")
    op.execute("CREATE SCHEMA public_api")
    op.execute("DROP TABLE reprint")
    op.execute("ALTER TABLE document DROP COLUMN linked_by")
    op.execute("DELETE FROM decision WHERE action = 'restore'")
    _actions("'split', 'merge', 'retract'")


def _actions(names: str) -> None:
    op.execute(
        "ALTER TABLE decision DROP CONSTRAINT ck_decision_action, "
        f"ADD CONSTRAINT ck_decision_action CHECK (action IN ({names}))"
    )
