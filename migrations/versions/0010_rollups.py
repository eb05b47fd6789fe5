"""Counts kept beside the events: by date, by actor and month, by pair and month. Only adds.

The triggers only append: a change of an event adds rows that put the sums right, so that no two writers wait for each
other. Readers add up; `fold_rollups` joins what was appended with the row of its key. `rebuild_rollups` counts anew.

What is counted is what every question means unless it says otherwise: events that are said to have happened and are
not retracted.
"""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0003"
branch_labels = None
depends_on = None

# What the triggers see differs from one row to a million: each call is planned for its own (force_custom_plan).
# What one event adds to a sum. Goldstein's scale and PLOVER's scores have one decimal: hundredths keep both exact.
_MEASURES = """
    sign, sign * (e.quad = 1)::int, sign * (e.quad = 2)::int, sign * (e.quad = 3)::int, sign * (e.quad = 4)::int,
    sign * round(e.goldstein * 100)::bigint, sign * e.n_reports
"""
_COUNTED = "e.modality IN ('asserted', 'alleged') AND e.status <> 'retracted'"
_SUMS = ("n", "quad1", "quad2", "quad3", "quad4", "goldstein", "reports")
_TRIGGERS = (
    ("event", "INSERT", "NEW TABLE AS added"),
    ("event", "UPDATE", "OLD TABLE AS removed NEW TABLE AS added"),
    ("event", "DELETE", "OLD TABLE AS removed"),
    ("event_actor", "INSERT", "NEW TABLE AS added"),
    ("event_actor", "UPDATE", "OLD TABLE AS removed NEW TABLE AS added"),
    ("event_actor", "DELETE", "OLD TABLE AS removed"),
)


def upgrade() -> None:
    op.execute(_TABLES)
    op.execute(_MONTHS)
    op.execute(_FOLD)
    op.execute(_REBUILD)
    op.execute(_event_function())
    op.execute(_actor_function())
    op.execute(_BEFORE_DELETE)
    op.execute(_EMPTIED)
    for table, deed, transition in _TRIGGERS:
        op.execute(
            f"CREATE TRIGGER {table}_counted_{deed.lower()} AFTER {deed} ON {table} REFERENCING {transition} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_counted()"
        )
    op.execute("SELECT rebuild_rollups()")


def downgrade() -> None:
    for table, deed, _ in _TRIGGERS:
        op.execute(f"DROP TRIGGER {table}_counted_{deed.lower()} ON {table}")
    op.execute("DROP TRIGGER event_uncounted ON event")
    for table in ("event", "event_actor"):
        op.execute(f"DROP TRIGGER {table}_emptied ON {table}")
    for name in ("event_counted", "event_actor_counted", "event_uncounted", "rollups_emptied", "rebuild_rollups"):
        op.execute(f"DROP FUNCTION {name}")
    op.execute("DROP FUNCTION fold_rollups; DROP FUNCTION month_of(date); DROP FUNCTION month_after(date)")
    op.execute("DROP TABLE event_day, actor_month, dyad_month; DROP SEQUENCE rollup_fresh")


_TABLES = """
    CREATE SEQUENCE rollup_fresh;
    CREATE TABLE event_day (
        d_start DATE NOT NULL,
        d_end DATE NOT NULL,
        kind TEXT NOT NULL,
        fresh BIGINT DEFAULT '0' NOT NULL,
        n BIGINT NOT NULL,
        quad1 BIGINT NOT NULL,
        quad2 BIGINT NOT NULL,
        quad3 BIGINT NOT NULL,
        quad4 BIGINT NOT NULL,
        goldstein BIGINT NOT NULL,
        reports BIGINT NOT NULL,
        CONSTRAINT pk_event_day PRIMARY KEY (d_start, d_end, kind, fresh)
    );
    CREATE INDEX ix_event_day_fresh ON event_day (fresh) WHERE fresh > 0;
    CREATE INDEX ix_event_day_vague ON event_day (d_end, d_start) WHERE d_end > d_start + 1;
    CREATE TABLE actor_month (
        actor_id TEXT NOT NULL,
        m_start DATE NOT NULL,
        m_end DATE NOT NULL,
        kind TEXT NOT NULL,
        fresh BIGINT DEFAULT '0' NOT NULL,
        n BIGINT NOT NULL,
        quad1 BIGINT NOT NULL,
        quad2 BIGINT NOT NULL,
        quad3 BIGINT NOT NULL,
        quad4 BIGINT NOT NULL,
        goldstein BIGINT NOT NULL,
        reports BIGINT NOT NULL,
        sent BIGINT NOT NULL,
        received BIGINT NOT NULL,
        CONSTRAINT pk_actor_month PRIMARY KEY (actor_id, m_start, m_end, kind, fresh)
    );
    CREATE INDEX ix_actor_month_fresh ON actor_month (fresh) WHERE fresh > 0;
    CREATE TABLE dyad_month (
        a_id TEXT NOT NULL,
        b_id TEXT NOT NULL,
        m_start DATE NOT NULL,
        m_end DATE NOT NULL,
        fresh BIGINT DEFAULT '0' NOT NULL,
        n BIGINT NOT NULL,
        quad1 BIGINT NOT NULL,
        quad2 BIGINT NOT NULL,
        quad3 BIGINT NOT NULL,
        quad4 BIGINT NOT NULL,
        goldstein BIGINT NOT NULL,
        reports BIGINT NOT NULL,
        sent BIGINT NOT NULL,
        received BIGINT NOT NULL,
        named BIGINT NOT NULL,
        CONSTRAINT pk_dyad_month PRIMARY KEY (a_id, b_id, m_start, m_end, fresh),
        CONSTRAINT ck_dyad_month_ordered CHECK (a_id < b_id)
    );
    CREATE INDEX ix_dyad_month_fresh ON dyad_month (fresh) WHERE fresh > 0;
    CREATE INDEX ix_dyad_month_b_id_m_start ON dyad_month (b_id, m_start);
    CREATE INDEX ix_dyad_month_m_start ON dyad_month (m_start);
"""

# The months that hold a span. Where the calendar of the program ends, so does the last month: with infinity.
_MONTHS = """
    CREATE FUNCTION month_of(day date) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
        $$ SELECT date_trunc('month', day::timestamp)::date $$;
    CREATE FUNCTION month_after(day_after date) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT CASE WHEN day_after > '9999-12-01' THEN 'infinity'::date
            ELSE (date_trunc('month', (day_after - 1)::timestamp) + interval '1 month')::date END
    $$;
"""


def _sums(first: int) -> str:
    return ", ".join(f"sum({name})" for name in _SUMS[first:])


def _changed(more: str = "") -> str:
    """Sums that cancel each other are not written."""
    return f"HAVING num_nonnulls({', '.join(f'nullif(sum({name}), 0)' for name in _SUMS)}{more}) > 0"


def _days(source: str) -> str:
    """What events add by date; `source` gives rows `e` of event with a `sign`."""
    listed = ", ".join(_SUMS)
    return f"""
        INSERT INTO event_day (d_start, d_end, kind, fresh, {listed})
        SELECT d_start, d_end, kind, number, {_sums(0)} FROM (
            SELECT e.d_start, e.d_end, e.kind, {_MEASURES} FROM {source} WHERE {_COUNTED}
        ) AS part (d_start, d_end, kind, {listed})
        GROUP BY 1, 2, 3 {_changed()};
    """


def _everyone(source: str) -> str:
    """What events add by month, of whomever: kept under the empty id."""
    listed = ", ".join(_SUMS)
    return f"""
        INSERT INTO actor_month (actor_id, m_start, m_end, kind, fresh, {listed}, sent, received)
        SELECT '', m_start, m_end, kind, number, {_sums(0)}, 0, 0 FROM (
            SELECT month_of(e.d_start), month_after(e.d_end), e.kind, {_MEASURES} FROM {source} WHERE {_COUNTED}
        ) AS part (m_start, m_end, kind, {listed})
        GROUP BY 2, 3, 4 {_changed()};
    """


def _actors(source: str) -> str:
    """What acts add by month; `source` gives rows `e` of event and `a` of event_actor with a `sign`."""
    listed = ", ".join(_SUMS)
    sides = ", nullif(sum(sent), 0), nullif(sum(received), 0)"
    return f"""
        INSERT INTO actor_month (actor_id, m_start, m_end, kind, fresh, {listed}, sent, received)
        SELECT actor_id, m_start, m_end, kind, number, {_sums(0)}, sum(sent), sum(received) FROM (
            SELECT a.actor_id, month_of(e.d_start), month_after(e.d_end), e.kind, {_MEASURES},
                sign * a.is_source::int, sign * a.is_target::int
            FROM {source} WHERE {_COUNTED}
        ) AS part (actor_id, m_start, m_end, kind, {listed}, sent, received)
        GROUP BY 1, 2, 3, 4 {_changed(sides)};
    """


def _dyads(source: str) -> str:
    """What pairs add by month; `source` gives rows `e` of event, `a` and `b` of event_actor with a `sign`."""
    listed = ", ".join(_SUMS)
    sides = ", nullif(sum(sent), 0), nullif(sum(received), 0), nullif(sum(named), 0)"
    return f"""
        INSERT INTO dyad_month (a_id, b_id, m_start, m_end, fresh, {listed}, sent, received, named)
        SELECT a_id, b_id, m_start, m_end, number, {_sums(0)}, sum(sent), sum(received), sum(named) FROM (
            SELECT a.actor_id, b.actor_id, month_of(e.d_start), month_after(e.d_end), {_MEASURES},
                sign * (a.is_source AND b.is_target)::int, sign * (b.is_source AND a.is_target)::int,
                sign * (a.is_named AND b.is_named)::int
            FROM {source} WHERE {_COUNTED} AND a.actor_id < b.actor_id
                AND ((a.is_source AND b.is_target) OR (b.is_source AND a.is_target))
        ) AS part (a_id, b_id, m_start, m_end, {listed}, sent, received, named)
        GROUP BY 1, 2, 3, 4 {_changed(sides)};
    """


def _joined(events: str) -> tuple[str, str]:
    """Events with the actors and with the pairs of actors that they have at this moment."""
    actors = f"{events} JOIN event_actor a ON a.event_id = e.id"
    return actors, f"{actors} JOIN event_actor b ON b.event_id = e.id"


def _event_changes(events: str) -> str:
    actors, pairs = _joined(events)
    return _days(events) + _everyone(events) + _actors(actors) + _dyads(pairs)


_RELEVANT = "(d_start, d_end, kind, quad, goldstein, modality, status, n_reports)"


def _event_function() -> str:
    """An event that is new has no actors yet; one that changes takes its actors along; one that goes has lost them
    already, so that the trigger before it (event_uncounted) counts them out."""
    fields = "e.id, e.d_start, e.d_end, e.kind, e.quad, e.goldstein, e.modality, e.status, e.n_reports"
    old = ", ".join(f"r.{name}" for name in _RELEVANT.strip("()").split(", "))
    new = ", ".join(f"e.{name}" for name in _RELEVANT.strip("()").split(", "))
    changed = f"""(
            SELECT {fields}, 1 AS sign FROM added e JOIN removed r ON r.id = e.id WHERE ({new}) IS DISTINCT FROM ({old})
            UNION ALL
            SELECT {fields}, -1 FROM removed e JOIN added r ON r.id = e.id WHERE ({new}) IS DISTINCT FROM ({old})
        ) AS e"""
    inserted = "(SELECT *, 1 AS sign FROM added) AS e"
    deleted = "(SELECT *, -1 AS sign FROM removed) AS e"
    return f"""
    CREATE FUNCTION event_counted() RETURNS trigger LANGUAGE plpgsql
    SET plan_cache_mode = force_custom_plan AS $$
    DECLARE
        number bigint := nextval('rollup_fresh');
    BEGIN
        IF TG_OP = 'INSERT' THEN
            {_days(inserted)} {_everyone(inserted)}
        ELSIF TG_OP = 'DELETE' THEN
            {_days(deleted)} {_everyone(deleted)}
        ELSE
            {_event_changes(changed)}
        END IF;
        RETURN NULL;
    END $$;
    """


def _actor_function() -> str:
    """Acts that are added or taken away, and the pairs that they make with each other and with the acts that stay."""
    inserted = "(SELECT *, 1 AS sign FROM added) AS a JOIN event e ON e.id = a.event_id"
    deleted = "(SELECT *, -1 AS sign FROM removed) AS a JOIN event e ON e.id = a.event_id"
    return f"""
    CREATE FUNCTION event_actor_counted() RETURNS trigger LANGUAGE plpgsql
    SET plan_cache_mode = force_custom_plan AS $$
    DECLARE
        number bigint := nextval('rollup_fresh');
    BEGIN
        IF TG_OP = 'INSERT' THEN
            {_actors(inserted)} {_dyads(_pairs("added", 1))}
        ELSIF TG_OP = 'DELETE' THEN
            {_actors(deleted)} {_dyads(_pairs("removed", -1))}
        ELSE
            {_actors(deleted)} {_dyads(_pairs("removed", -1, "added"))}
            number := nextval('rollup_fresh');
            {_actors(inserted)} {_dyads(_pairs("added", 1, "removed"))}
        END IF;
        RETURN NULL;
    END $$;
    """


def _pairs(changed: str, sign: int, *also: str) -> str:
    """Pairs of which one act at least is among the changed ones. The acts that stay are those of the table that are
    neither among them nor, of an update, among what they were before or are after."""
    fields = "x.event_id, x.actor_id, x.is_source, x.is_target, x.is_named"
    stays = " ".join(
        f"AND NOT EXISTS (SELECT 1 FROM {one} y WHERE y.event_id = x.event_id AND y.actor_id = x.actor_id)"
        for one in (changed, *also)
    )
    acts = f"""(
            SELECT {fields}, true AS is_changed FROM {changed} x
            UNION ALL
            SELECT {fields}, false FROM event_actor x
            WHERE x.event_id IN (SELECT event_id FROM {changed}) {stays}
        )"""
    return f"""
        (SELECT {sign} AS sign) AS c CROSS JOIN {acts} AS a
        JOIN {acts} AS b ON b.event_id = a.event_id AND (a.is_changed OR b.is_changed)
        JOIN event e ON e.id = a.event_id
    """


_BEFORE_DELETE = f"""
    CREATE FUNCTION event_uncounted() RETURNS trigger LANGUAGE plpgsql
    SET plan_cache_mode = force_custom_plan AS $$
    DECLARE
        number bigint := nextval('rollup_fresh');
    BEGIN
        {_actors(_joined("(SELECT OLD.*, -1 AS sign) AS e")[0])}
        {_dyads(_joined("(SELECT OLD.*, -1 AS sign) AS e")[1])}
        RETURN OLD;
    END $$;
    CREATE TRIGGER event_uncounted BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_uncounted();
"""

_EMPTIED = """
    CREATE FUNCTION rollups_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM rebuild_rollups();
        RETURN NULL;
    END $$;
    CREATE TRIGGER event_emptied AFTER TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION rollups_emptied();
    CREATE TRIGGER event_actor_emptied AFTER TRUNCATE ON event_actor
        FOR EACH STATEMENT EXECUTE FUNCTION rollups_emptied();
"""


def _folded(table: str, key: str, sums: tuple[str, ...]) -> str:
    listed, added = ", ".join(sums), ", ".join(f"sum({name})" for name in sums)
    joined = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in sums)
    return f"""
        WITH loose AS (DELETE FROM {table} WHERE fresh > 0 RETURNING *)
        INSERT INTO {table} ({key}, fresh, {listed}) SELECT {key}, 0, {added} FROM loose GROUP BY {key}
        ON CONFLICT ({key}, fresh) DO UPDATE SET {joined};
    """


# The lock keeps two foldings apart; where one is at work there is nothing to do.
_FOLD = f"""
    CREATE FUNCTION fold_rollups() RETURNS boolean LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT pg_try_advisory_xact_lock(7310204513) THEN
            RETURN false;
        END IF;
        {_folded("event_day", "d_start, d_end, kind", _SUMS)}
        {_folded("actor_month", "actor_id, m_start, m_end, kind", (*_SUMS, "sent", "received"))}
        {_folded("dyad_month", "a_id, b_id, m_start, m_end", (*_SUMS, "sent", "received", "named"))}
        RETURN true;
    END $$;
"""
_ALL = "(SELECT *, 1 AS sign FROM event) AS e"
# The tables are locked against writers, so that nothing is counted that is not seen, nor missed.
_REBUILD = f"""
    CREATE FUNCTION rebuild_rollups() RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
        number bigint := 0;
    BEGIN
        LOCK TABLE event, event_actor IN SHARE MODE;
        LOCK TABLE event_day, actor_month, dyad_month IN EXCLUSIVE MODE;
        DELETE FROM event_day; DELETE FROM actor_month; DELETE FROM dyad_month;
        {_event_changes(_ALL)}
    END $$;
"""
