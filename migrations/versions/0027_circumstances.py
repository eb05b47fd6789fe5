"""A sum, an instrument and a deadline stand with an event and its reports. Only adds: the version before runs on it."""

from __future__ import annotations

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ADDED = {
    "value_amount": "DOUBLE PRECISION",
    "value_currency": "TEXT",
    "instrument": "TEXT",
    "deadline_start": "DATE",
    "deadline_end": "DATE",
    "deadline_edtf": "TEXT",
}
CHECKED = ("event", "mention")
TABLES = (*CHECKED, "event_version")


def upgrade() -> None:
    for table in TABLES:
        columns = [f"ADD COLUMN {name} {kind}" for name, kind in ADDED.items()]
        checks = _checks(table) if table in CHECKED else []
        op.execute(f"ALTER TABLE {table} {', '.join((*columns, *checks))}")


def downgrade() -> None:
    # Views that every start makes anew.
    op.execute("DROP SCHEMA IF EXISTS as_known CASCADE")
    op.execute("DROP SCHEMA public_api CASCADE")
    op.execute("CREATE SCHEMA public_api")
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} {', '.join(f'DROP COLUMN {name}' for name in ADDED)}")


def _checks(table: str) -> list[str]:
    return [
        f"ADD CONSTRAINT ck_{table}_value_whole CHECK ((value_amount IS NULL) = (value_currency IS NULL))",
        f"ADD CONSTRAINT ck_{table}_deadline_forward CHECK (deadline_end > deadline_start)",
        f"ADD CONSTRAINT ck_{table}_deadline_whole CHECK ((deadline_edtf IS NULL) = "
        "(num_nulls(deadline_start, deadline_end) = 2))",
    ]
