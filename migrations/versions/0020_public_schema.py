"""A schema for reading with SQL. Its views are made at every start, since they follow the interface, not the schema."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA IF NOT EXISTS public_api")


def downgrade() -> None:
    op.execute("DROP SCHEMA public_api CASCADE")
