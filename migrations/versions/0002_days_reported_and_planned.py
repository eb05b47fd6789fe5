"""The day of the saying and the days planned stand beside the date. Only adds: the version before runs on it."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_DAYS = ("reported", "planned")


def upgrade() -> None:
    for table in ("event", "mention"):
        op.execute(f"ALTER TABLE {table} {', '.join(part for days in _DAYS for part in _added(table, days))}")


def downgrade() -> None:
    for table in ("event", "mention"):
        columns = [f"{days}_{part}" for days in _DAYS for part in ("start", "end", "edtf")]
        op.execute(f"ALTER TABLE {table} {', '.join(f'DROP COLUMN {name}' for name in columns)}")


def _added(table: str, days: str) -> tuple[str, ...]:
    return (
        f"ADD COLUMN {days}_start DATE",
        f"ADD COLUMN {days}_end DATE",
        f"ADD COLUMN {days}_edtf TEXT",
        f"ADD CONSTRAINT ck_{table}_{days}_forward CHECK ({days}_end > {days}_start)",
        f"ADD CONSTRAINT ck_{table}_{days}_whole CHECK (({days}_edtf IS NULL) = "
        f"(num_nulls({days}_start, {days}_end) = 2))",
    )
