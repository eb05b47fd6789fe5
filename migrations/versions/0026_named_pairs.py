"""Pairs are counted apart by whether the reports name both: a link of named actors is of such events alone.

Only adds: the version before sums over both, and finds rows by `named` as it did.
"""

from __future__ import annotations

import re

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_COUNTING = ("event_counted", "event_actor_counted", "event_uncounted", "fold_rollups", "rebuild_rollups")
# In the functions of 0010: the key of a pair, where it is told, and the grouping by it, which the sum of `named` ends.
_KEY, _TOLD = "a_id, b_id, m_start, m_end", "b.actor_id, month_of(e.d_start), month_after(e.d_end)"
_SPLIT_KEY, _SPLIT_TOLD = f"{_KEY}, is_named", f"{_TOLD}, a.is_named AND b.is_named"
_GROUPED = re.compile(r"GROUP BY 1, 2, 3, 4(?= HAVING [^;]*sum\(named\))")
_SPLIT_GROUPED = re.compile(r"GROUP BY 1, 2, 3, 4, 5(?= HAVING [^;]*sum\(named\))")


def upgrade() -> None:
    op.execute("ALTER TABLE dyad_month ADD COLUMN is_named BOOLEAN DEFAULT false NOT NULL")
    _set_key(_SPLIT_KEY)
    for name in _COUNTING:
        found = _definition(name).replace(_KEY, _SPLIT_KEY).replace(_TOLD, _SPLIT_TOLD)
        op.get_bind().exec_driver_sql(_GROUPED.sub("GROUP BY 1, 2, 3, 4, 5", found))
    op.execute("SELECT rebuild_rollups()")


def downgrade() -> None:
    for name in _COUNTING:
        found = _definition(name).replace(_SPLIT_KEY, _KEY).replace(_SPLIT_TOLD, _TOLD)
        op.get_bind().exec_driver_sql(_SPLIT_GROUPED.sub("GROUP BY 1, 2, 3, 4", found))
    op.execute("DELETE FROM dyad_month")
    _set_key(_KEY)
    op.execute("ALTER TABLE dyad_month DROP COLUMN is_named")
    op.execute("SELECT rebuild_rollups()")


def _definition(name: str) -> str:
    found: str = op.get_bind().exec_driver_sql(f"SELECT pg_get_functiondef('{name}'::regproc)").scalar_one()
    return found


def _set_key(columns: str) -> None:
    op.execute("ALTER TABLE dyad_month DROP CONSTRAINT pk_dyad_month")
    op.execute(f"ALTER TABLE dyad_month ADD CONSTRAINT pk_dyad_month PRIMARY KEY ({columns}, fresh)")
