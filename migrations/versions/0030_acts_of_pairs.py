"""The events of each pair in the order of their days, kept by triggers on the acts: those of two actors are looked up,
not found by walking the acts of one. Only adds: the version before runs on it.

A pair has a row where one of the two is source and the other target, whichever way. `rebuild_pairs` finds them anew.
"""

from __future__ import annotations

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_TABLE = """
    CREATE TABLE event_pair (
        event_id TEXT NOT NULL,
        a_id TEXT NOT NULL,
        b_id TEXT NOT NULL,
        d_order DATE NOT NULL,
        CONSTRAINT pk_event_pair PRIMARY KEY (event_id, a_id, b_id),
        CONSTRAINT ck_event_pair_ordered CHECK (a_id < b_id)
    )
"""


def _pairs(acts: str) -> str:
    """Pairs of which these acts (`x`) are one side at least."""
    return f"""
        INSERT INTO event_pair (event_id, a_id, b_id, d_order)
        SELECT x.event_id, least(x.actor_id, y.actor_id), greatest(x.actor_id, y.actor_id), min(x.d_order)
        FROM {acts} x JOIN event_actor y ON y.event_id = x.event_id AND y.actor_id <> x.actor_id
        WHERE (x.is_source AND y.is_target) OR (x.is_target AND y.is_source)
        GROUP BY 1, 2, 3
        ON CONFLICT (event_id, a_id, b_id) DO UPDATE SET d_order = excluded.d_order
    """


_LOST = """
    DELETE FROM event_pair p USING removed x WHERE p.event_id = x.event_id AND x.actor_id IN (p.a_id, p.b_id)
"""
# What the triggers see differs from one row to a million: each call is planned for its own.
_KEEP = f"""
    CREATE FUNCTION event_actor_paired() RETURNS trigger LANGUAGE plpgsql
    SET plan_cache_mode = force_custom_plan AS $$
    BEGIN
        IF TG_OP <> 'INSERT' THEN
            {_LOST};
        END IF;
        IF TG_OP <> 'DELETE' THEN
            {_pairs("added")};
        END IF;
        RETURN NULL;
    END $$
"""
_REBUILD = f"""
    CREATE FUNCTION rebuild_pairs() RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        LOCK TABLE event_actor IN SHARE MODE;
        DELETE FROM event_pair;
        {_pairs("event_actor")};
    END $$
"""
_EMPTY = """
    CREATE FUNCTION pairs_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM event_pair;
        RETURN NULL;
    END $$
"""
_TRIGGERS = {
    "INSERT": "NEW TABLE AS added",
    "UPDATE": "OLD TABLE AS removed NEW TABLE AS added",
    "DELETE": "OLD TABLE AS removed",
}


def upgrade() -> None:
    op.execute(_TABLE)
    for function in (_KEEP, _REBUILD, _EMPTY):
        op.execute(function)
    for deed, transition in _TRIGGERS.items():
        op.execute(
            f"CREATE TRIGGER event_actor_paired_{deed.lower()} AFTER {deed} ON event_actor REFERENCING {transition} "
            "FOR EACH STATEMENT EXECUTE FUNCTION event_actor_paired()"
        )
    op.execute(
        "CREATE TRIGGER event_actor_unpaired AFTER TRUNCATE ON event_actor "
        "FOR EACH STATEMENT EXECUTE FUNCTION pairs_emptied()"
    )
    op.execute("SELECT rebuild_pairs()")
    op.execute("CREATE INDEX ix_event_pair_order ON event_pair (a_id, b_id, d_order, event_id)")
    op.execute("ANALYZE event_pair")


def downgrade() -> None:
    op.execute("DROP TRIGGER event_actor_unpaired ON event_actor")
    for deed in _TRIGGERS:
        op.execute(f"DROP TRIGGER event_actor_paired_{deed.lower()} ON event_actor")
    op.execute("DROP FUNCTION event_actor_paired(), pairs_emptied(), rebuild_pairs()")
    op.execute("DROP TABLE event_pair")
