"""The triggers that keep sums and pairs plan anew only for many rows: for a few the plan of before does.

Only changes how they are planned: the version before runs on it.
"""

from __future__ import annotations

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_FUNCTIONS = ("event_counted", "event_actor_counted", "event_actor_paired")
_FEW = 100  # rows
_BEGIN = "\n    BEGIN"


def _few(rows: str) -> str:
    return f"(SELECT count(*) FROM (SELECT FROM {rows} LIMIT {_FEW + 1}) AS first) <= {_FEW}"


_BY_KEYS = """
                PERFORM set_config('plan_cache_mode', 'force_generic_plan', true),
                    set_config('enable_seqscan', 'off', true);"""
# Each of the two tables is there in some triggers alone: no question may name both. The function sets both settings for
# itself, so that what was set before holds again when it ends. A plan for a few rows finds by keys, whatever a table
# held when it was made.
_CHOOSE = f"""
        IF TG_OP = 'DELETE' THEN
            IF {_few("removed")} THEN{_BY_KEYS}
            END IF;
        ELSE
            IF {_few("added")} THEN{_BY_KEYS}
            END IF;
        END IF;"""


def upgrade() -> None:
    for name in _FUNCTIONS:
        _define(name, _BEGIN, f"{_BEGIN}{_CHOOSE}")
        op.execute(f"ALTER FUNCTION {name}() SET enable_seqscan = 'on'")


def downgrade() -> None:
    for name in _FUNCTIONS:
        _define(name, f"{_BEGIN}{_CHOOSE}", _BEGIN)
        op.execute(f"ALTER FUNCTION {name}() RESET enable_seqscan")


def _define(name: str, old: str, new: str) -> None:
    """The function as it is, with another text at its beginning."""
    bind = op.get_bind()
    found: str = bind.exec_driver_sql(f"SELECT pg_get_functiondef('{name}'::regproc)").scalar_one()
    bind.exec_driver_sql(found.replace(old, new, 1))
