"""A row for each transaction that changes what can be asked about. Only adds: the version before runs on it."""

from __future__ import annotations

from alembic import op

revision = "0025"
down_revision = "0020"
branch_labels = None
depends_on = None

WATCHED = ("document", "event", "mention", "actor", "actor_name", "actor_office")


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE data_change (
            id BIGINT GENERATED ALWAYS AS IDENTITY,
            noted_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
            CONSTRAINT pk_data_change PRIMARY KEY (id)
        )
        """
    )
    op.execute(_NOTE)
    for table in WATCHED:
        op.execute(
            f"CREATE TRIGGER {table}_change_is_noted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION note_data_change()"
        )


def downgrade() -> None:
    for table in WATCHED:
        op.execute(f"DROP TRIGGER {table}_change_is_noted ON {table}")
    op.execute("DROP FUNCTION note_data_change")
    op.execute("DROP TABLE data_change")


# One row a transaction, remembered in a setting that ends with it. Writers add rows and never wait for one another.
# A reader tells states apart by the newest row and the number of rows: a transaction that commits late adds to the
# number. Rows are swept now and then, by a transaction whose own row is newer than what it sweeps.
_NOTE = """
    CREATE FUNCTION note_data_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        number bigint;
    BEGIN
        IF current_setting('dateline.noted', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
            INSERT INTO data_change DEFAULT VALUES RETURNING id INTO number;
            PERFORM set_config('dateline.noted', pg_current_xact_id()::text, true);
            IF number % 1000 = 0 THEN
                DELETE FROM data_change
                WHERE id IN (SELECT id FROM data_change WHERE id < number FOR UPDATE SKIP LOCKED);
            END IF;
        END IF;
        RETURN NULL;
    END
    $$
"""
