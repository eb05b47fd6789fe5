"""Counts of actors by date (`actor_day`) and by months whatever the kind (`actor_total`), kept by the triggers that
keep the others. Only adds: the version before runs on it.

Who is named in a window, and what an actor met with in it, is added up without an event being read; what is usual of
forty actors over ten years is a row a month, not one for each kind.
"""

from __future__ import annotations

import re

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

# `n` and `named` are small numbers by day; together they fill a row's last eight bytes.
_TABLES = """
    CREATE TABLE actor_day (
        d_start DATE NOT NULL,
        d_end DATE NOT NULL,
        actor_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        fresh BIGINT DEFAULT '0' NOT NULL,
        n INTEGER NOT NULL,
        named INTEGER NOT NULL
    );
    CREATE TABLE actor_total (
        actor_id TEXT NOT NULL,
        m_start DATE NOT NULL,
        m_end DATE NOT NULL,
        fresh BIGINT DEFAULT '0' NOT NULL,
        n BIGINT NOT NULL
    );
"""
_KEYS = """
    ALTER TABLE actor_day ADD CONSTRAINT pk_actor_day PRIMARY KEY (d_start, d_end, actor_id, kind, fresh);
    CREATE INDEX ix_actor_day_fresh ON actor_day (fresh) WHERE fresh > 0;
    ALTER TABLE actor_total ADD CONSTRAINT pk_actor_total PRIMARY KEY (actor_id, m_start, m_end, fresh);
    CREATE INDEX ix_actor_total_fresh ON actor_total (fresh) WHERE fresh > 0;
    ANALYZE actor_day;
    ANALYZE actor_total;
"""
_COUNTED = "e.modality IN ('asserted', 'alleged') AND e.status <> 'retracted'"


def _days(source: str, number: str) -> str:
    """What acts add by date, those of a day side by side; `source` gives rows `e` of event and `a` of event_actor
    with a `sign`."""
    return f"""
        INSERT INTO actor_day (d_start, d_end, actor_id, kind, fresh, n, named)
        SELECT e.d_start, e.d_end, a.actor_id, e.kind, {number}, sum(sign), sum(sign * a.is_named::int)
        FROM {source} WHERE {_COUNTED}
        GROUP BY 1, 2, 3, 4 HAVING sum(sign) <> 0 OR sum(sign * a.is_named::int) <> 0
        ORDER BY 1, 2, 3, 4;
    """


def _totals(number: str, chosen: str) -> str:
    """What was just written of actors by kind, added up."""
    return f"""
        INSERT INTO actor_total (actor_id, m_start, m_end, fresh, n)
        SELECT actor_id, m_start, m_end, {number}, sum(n) FROM actor_month WHERE {chosen} AND actor_id <> ''
        GROUP BY 1, 2, 3 HAVING sum(n) <> 0;
    """


# In the functions of 0010 and 0026: where what acts add by month is told, the rows that it is told of, and its end.
_BY_MONTH = re.compile(
    r"SELECT a\.actor_id, month_of.*?FROM (?P<source>.*?) WHERE e\.modality IN .*?AS part \(actor_id[^;]*;", re.DOTALL
)
_BEGUN, _ENDED = "/* actors by day */", "/* so far */"
_ADDED = re.compile(re.escape(_BEGUN) + ".*?" + re.escape(_ENDED), re.DOTALL)
_LOCKED, _EMPTIED = "event_day, actor_month, dyad_month IN", "DELETE FROM dyad_month;"
_FOLDED = "RETURN true;"
_TIMES_TOLD = {"event_counted": 1, "event_actor_counted": 4, "event_uncounted": 1, "rebuild_rollups": 1}


def _folded(table: str, key: str, sums: tuple[str, ...]) -> str:
    listed, added = ", ".join(sums), ", ".join(f"sum({name})" for name in sums)
    joined = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in sums)
    return f"""
        WITH loose AS (DELETE FROM {table} WHERE fresh > 0 RETURNING *)
        INSERT INTO {table} ({key}, fresh, {listed}) SELECT {key}, 0, {added} FROM loose GROUP BY {key}
        ON CONFLICT ({key}, fresh) DO UPDATE SET {joined};
    """


def upgrade() -> None:
    op.execute("LOCK TABLE event, event_actor IN SHARE MODE")
    op.execute(_TABLES)
    for name, times in _TIMES_TOLD.items():
        told, found = _BY_MONTH.subn(_also, _definition(name))
        if found != times:
            raise RuntimeError(f"{name} tells {found} times what acts add, not {times} times")
        if name == "rebuild_rollups":
            told = told.replace(_LOCKED, f"actor_day, actor_total, {_LOCKED}")
            told = told.replace(
                _EMPTIED, f"{_EMPTIED} {_BEGUN} DELETE FROM actor_day; DELETE FROM actor_total; {_ENDED}"
            )
        _define(told)
    folded = _folded("actor_day", "d_start, d_end, actor_id, kind", ("n", "named"))
    folded += _folded("actor_total", "actor_id, m_start, m_end", ("n",))
    _define(_definition("fold_rollups").replace(_FOLDED, f"{_BEGUN}{folded}{_ENDED} {_FOLDED}"))
    acts = "(SELECT *, 1 AS sign FROM event) AS e JOIN event_actor a ON a.event_id = e.id"
    op.execute(_days(acts, "0"))
    op.execute(_totals("0", "true"))
    op.execute(_KEYS)


def downgrade() -> None:
    for name in (*_TIMES_TOLD, "fold_rollups"):
        _define(_ADDED.sub("", _definition(name)).replace(f"actor_day, actor_total, {_LOCKED}", _LOCKED))
    op.execute("DROP TABLE actor_day, actor_total")


def _also(by_month: re.Match[str]) -> str:
    more = _days(by_month["source"], "number") + _totals("number", "fresh = number")
    return f"{by_month[0]} {_BEGUN} {more} {_ENDED}"


def _definition(name: str) -> str:
    found: str = op.get_bind().exec_driver_sql(f"SELECT pg_get_functiondef('{name}'::regproc)").scalar_one()
    return found


def _define(function: str) -> None:
    op.get_bind().exec_driver_sql(function)
