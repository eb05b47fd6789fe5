"""Whom an actor's events name across from it, by date (`pair_day`), kept by the triggers that keep the other sums. Only
adds: the version before runs on it.

Around a day of an actor, its counterparts are added up without an event being read. And what was just written by month
is found by its number again: a plan that does for every number (0033) does not know that the number is above 0, and
read all of `actor_month`.
"""

from __future__ import annotations

import re

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_TABLE = """
    CREATE TABLE pair_day (
        actor_id TEXT NOT NULL,
        d_start DATE NOT NULL,
        d_end DATE NOT NULL,
        met_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        fresh BIGINT DEFAULT '0' NOT NULL,
        n INTEGER NOT NULL
    )
"""
_KEYS = """
    ALTER TABLE pair_day ADD CONSTRAINT pk_pair_day PRIMARY KEY (actor_id, d_start, d_end, met_id, kind, fresh);
    CREATE INDEX ix_pair_day_fresh ON pair_day (fresh) WHERE fresh > 0;
    ANALYZE pair_day;
"""


def _pairs(source: str, number: str) -> str:
    """What pairs add by date, either way; `source` gives rows `e` of event and `a`, `b` of its acts with a `sign`."""
    return f"""
        INSERT INTO pair_day (actor_id, d_start, d_end, met_id, kind, fresh, n)
        SELECT a.actor_id, e.d_start, e.d_end, b.actor_id, e.kind, {number}, sum(sign)
        FROM {source}
        WHERE e.modality IN ('asserted', 'alleged') AND e.status <> 'retracted' AND a.actor_id <> b.actor_id
            AND b.is_named AND ((a.is_source AND b.is_target) OR (b.is_source AND a.is_target))
        GROUP BY 1, 2, 3, 4, 5 HAVING sum(sign) <> 0
        ORDER BY 1, 2, 3, 4, 5;
    """


# In the functions of 0010, 0026 and 0032: where what pairs add by month is told, the rows that it is told of, its end.
_BY_MONTH = re.compile(
    r"SELECT a\.actor_id, b\.actor_id, month_of(?:(?!SELECT a\.actor_id, b\.actor_id).)*?"
    r"\(a\.is_named AND b\.is_named\)::int\s+FROM (?P<source>.*?) WHERE e\.modality IN .*?AS part \(a_id[^;]*;",
    re.DOTALL,
)
_BEGUN, _ENDED = "/* pairs by day */", "/* so far of pairs */"
_ADDED = re.compile(re.escape(_BEGUN) + ".*?" + re.escape(_ENDED), re.DOTALL)
_LOCKED, _EMPTIED = "actor_day, actor_total, event_day", "DELETE FROM dyad_month;"
_FOLDED = "RETURN true;"
_LATEST, _FOUND = "WHERE fresh = number AND actor_id", "WHERE fresh = number AND fresh > 0 AND actor_id"
_TIMES_TOLD = {"event_counted": 1, "event_actor_counted": 4, "event_uncounted": 1, "rebuild_rollups": 1}
_FOLD = """
        WITH loose AS (DELETE FROM pair_day WHERE fresh > 0 RETURNING *)
        INSERT INTO pair_day (actor_id, d_start, d_end, met_id, kind, fresh, n)
        SELECT actor_id, d_start, d_end, met_id, kind, 0, sum(n) FROM loose GROUP BY 1, 2, 3, 4, 5
        ON CONFLICT (actor_id, d_start, d_end, met_id, kind, fresh) DO UPDATE SET n = pair_day.n + excluded.n;
"""


def upgrade() -> None:
    op.execute("LOCK TABLE event, event_actor IN SHARE MODE")
    op.execute(_TABLE)
    for name, times in _TIMES_TOLD.items():
        told, found = _BY_MONTH.subn(_also, _definition(name))
        if found != times:
            raise RuntimeError(f"{name} tells {found} times what pairs add, not {times} times")
        if name == "rebuild_rollups":
            told = told.replace(_LOCKED, f"pair_day, {_LOCKED}")
            told = told.replace(_EMPTIED, f"{_EMPTIED} {_BEGUN} DELETE FROM pair_day; {_ENDED}")
        else:
            told = told.replace(_LATEST, _FOUND)
        _define(told)
    _define(_definition("fold_rollups").replace(_FOLDED, f"{_BEGUN}{_FOLD}{_ENDED} {_FOLDED}"))
    acts = "(SELECT *, 1 AS sign FROM event) AS e JOIN event_actor a ON a.event_id = e.id"
    op.execute(_pairs(f"{acts} JOIN event_actor b ON b.event_id = e.id", "0"))
    op.execute(_KEYS)


def downgrade() -> None:
    for name in (*_TIMES_TOLD, "fold_rollups"):
        _define(_ADDED.sub("", _definition(name)).replace(f"pair_day, {_LOCKED}", _LOCKED).replace(_FOUND, _LATEST))
    op.execute("DROP TABLE pair_day")


def _also(by_month: re.Match[str]) -> str:
    return f"{by_month[0]} {_BEGUN} {_pairs(by_month['source'], 'number')} {_ENDED}"


def _definition(name: str) -> str:
    found: str = op.get_bind().exec_driver_sql(f"SELECT pg_get_functiondef('{name}'::regproc)").scalar_one()
    return found


def _define(function: str) -> None:
    op.get_bind().exec_driver_sql(function)
