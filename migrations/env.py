"""What Alembic runs: the connection is handed in by `app.storage.engine.migrate`, inside its transaction."""

from __future__ import annotations

from alembic import context

from app.storage import linking_tables, rollup_tables

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("Migrations run through scripts/migrate or the program's start, which know the database.")
tables = [linking_tables.metadata, rollup_tables.metadata]
context.configure(connection=connection, target_metadata=tables, compare_type=True)
context.run_migrations()
