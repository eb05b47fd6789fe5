"""The counts kept beside the events are what a recount gives, whatever was written, in whatever order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from random import Random

import pytest
from sqlalchemy import Connection, Engine, delete, func, select, text, update

from app.domain.actors import ActorType, Party
from app.domain.documents import Reading
from app.domain.events import Mention, Modality, Status
from app.domain.kinds import Coding
from app.domain.queries import EventQuery
from app.domain.spans import TimeSpan
from app.storage import documents, events, history, rollups, runs, units
from app.storage.claims import claim_values, part_values
from app.storage.events import Report
from app.storage.rollup_tables import actor_day, actor_month, actor_total, dyad_month, event_day, event_pair, pair_day
from app.storage.tables import event, event_actor
from tests.builders import make_document, make_mention

PEOPLE = [Party(f"person-{n}", f"Person {n}", ActorType.PERSON, state=f"S{n % 3}") for n in range(4)]
STATES = [Party(f"S{n}", f"State {n}", ActorType.STATE) for n in range(3)]
CODINGS = {
    "visit": Coding("CONSULT", "visit", "042", 1, 1.9),
    "aid": Coding("AID", "", "070", 2, 7.4),
    "threat": Coding("THREATEN", "", "130", 3, -4.4),
    "attack": Coding("ASSAULT", "", "190", 4, -10.0),
}
SPANS = (
    TimeSpan.of_day(date(2010, 5, 3)),
    TimeSpan.of_day(date(2010, 5, 31)),
    TimeSpan.of_month(2010, 6),
    TimeSpan.of_year(2010),
    TimeSpan.between(date(2010, 4, 29), date(2010, 5, 2)),
    TimeSpan.until(date(2010, 5, 31)),
    TimeSpan.since(date(2010, 5, 31)),
    TimeSpan.of_day(date(9999, 12, 30)),
    TimeSpan.unknown(),
)
_numbers = count(1)

# The recount, told anew: from the events and their actors, without any of the program's own sums.
_DAYS = """
    SELECT d_start, d_end, kind, count(*), sum((quad = 1)::int), sum((quad = 4)::int), sum(round(goldstein * 100)),
        sum(n_reports)
    FROM event WHERE modality IN ('asserted', 'alleged') AND status <> 'retracted' GROUP BY 1, 2, 3
"""
_CELLS = """
    SELECT e.*, to_char(d_start, 'YYYY-MM') AS first, CASE WHEN isfinite(d_end) THEN to_char(d_end - 1, 'YYYY-MM') END
        AS last
    FROM event e WHERE modality IN ('asserted', 'alleged') AND status <> 'retracted'
"""
_ACTORS = f"""
    SELECT actor_id, first, last, e.kind, count(*), sum(round(goldstein * 100)), sum(is_source::int),
        sum(is_target::int), sum(n_reports)
    FROM ({_CELLS}) e JOIN event_actor ON event_id = e.id GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT '', first, last, kind, count(*), sum(round(goldstein * 100)), 0, 0, sum(n_reports)
    FROM ({_CELLS}) e GROUP BY 2, 3, 4
"""
_DYADS = f"""
    SELECT x.actor_id, y.actor_id, first, last, count(*), sum((x.is_source AND y.is_target)::int),
        sum((y.is_source AND x.is_target)::int), sum((x.is_named AND y.is_named)::int), sum(round(goldstein * 100))
    FROM ({_CELLS}) e JOIN event_actor x ON x.event_id = e.id JOIN event_actor y ON y.event_id = e.id
    WHERE x.actor_id < y.actor_id AND ((x.is_source AND y.is_target) OR (y.is_source AND x.is_target))
    GROUP BY 1, 2, 3, 4
"""
_MONTHS = (
    "to_char(m_start, 'YYYY-MM')",
    "CASE WHEN isfinite(m_end) OR m_start > '9999-11-30' THEN to_char(least(m_end - 1, '9999-12-31'), 'YYYY-MM') END",
)
_KEPT_DAYS = """
    SELECT d_start, d_end, kind, sum(n), sum(quad1), sum(quad4), sum(goldstein), sum(reports)
    FROM event_day GROUP BY 1, 2, 3
"""
_KEPT_ACTORS = f"""
    SELECT actor_id, {", ".join(_MONTHS)}, kind, sum(n), sum(goldstein), sum(sent), sum(received), sum(reports)
    FROM actor_month GROUP BY 1, 2, 3, 4
"""
_KEPT_DYADS = f"""
    SELECT a_id, b_id, {", ".join(_MONTHS)}, sum(n), sum(sent), sum(received), sum(named), sum(goldstein)
    FROM dyad_month GROUP BY 1, 2, 3, 4
"""
_ACTORS_BY_DAY = """
    SELECT d_start, d_end, actor_id, e.kind, count(*), sum(is_named::int)
    FROM event e JOIN event_actor ON event_id = e.id
    WHERE modality IN ('asserted', 'alleged') AND status <> 'retracted' GROUP BY 1, 2, 3, 4
"""
_KEPT_ACTORS_BY_DAY = "SELECT d_start, d_end, actor_id, kind, sum(n), sum(named) FROM actor_day GROUP BY 1, 2, 3, 4"
_PAIRS_BY_DAY = """
    SELECT x.actor_id, d_start, d_end, y.actor_id, e.kind, count(*)
    FROM event e JOIN event_actor x ON x.event_id = e.id JOIN event_actor y ON y.event_id = e.id
    WHERE modality IN ('asserted', 'alleged') AND status <> 'retracted' AND x.actor_id <> y.actor_id AND y.is_named
        AND ((x.is_source AND y.is_target) OR (y.is_source AND x.is_target))
    GROUP BY 1, 2, 3, 4, 5
"""
_KEPT_PAIRS_BY_DAY = "SELECT actor_id, d_start, d_end, met_id, kind, sum(n) FROM pair_day GROUP BY 1, 2, 3, 4, 5"
_ACTOR_TOTALS = f"""
    SELECT actor_id, first, last, count(*) FROM ({_CELLS}) e JOIN event_actor ON event_id = e.id GROUP BY 1, 2, 3
"""
_KEPT_ACTOR_TOTALS = f"""
    SELECT actor_id, {", ".join(_MONTHS)}, sum(n) FROM actor_total GROUP BY 1, 2, 3
"""
_ACTS = """
    SELECT DISTINCT x.event_id, x.actor_id, y.actor_id, x.d_order
    FROM event_actor x JOIN event_actor y ON y.event_id = x.event_id
    WHERE x.actor_id < y.actor_id AND ((x.is_source AND y.is_target) OR (y.is_source AND x.is_target))
"""
_KEPT_ACTS = "SELECT event_id, a_id, b_id, d_order FROM event_pair GROUP BY 1, 2, 3, 4"
PAIRS = {
    "event_day": (_DAYS, _KEPT_DAYS, "sum(n) <> 0"),
    "actor_month": (_ACTORS, _KEPT_ACTORS, "sum(n) <> 0"),
    "dyad_month": (_DYADS, _KEPT_DYADS, "sum(n) <> 0"),
    "actor_day": (_ACTORS_BY_DAY, _KEPT_ACTORS_BY_DAY, "sum(n) <> 0 OR sum(named) <> 0"),
    "actor_total": (_ACTOR_TOTALS, _KEPT_ACTOR_TOTALS, "sum(n) <> 0"),
    "pair_day": (_PAIRS_BY_DAY, _KEPT_PAIRS_BY_DAY, "sum(n) <> 0"),
    "event_pair": (_ACTS, _KEPT_ACTS, "true"),
}


def differences(db: Connection) -> dict[str, list[object]]:
    """For each rollup the rows that only one of the two countings has."""
    found: dict[str, list[object]] = {}
    for name, (recount, kept, nonzero) in PAIRS.items():
        kept = f"{kept} HAVING {nonzero}"
        asked = f"(({recount}) EXCEPT ALL ({kept})) UNION ALL (({kept}) EXCEPT ALL ({recount}))"
        rows = db.execute(text(f"SELECT row_to_json(d)::text FROM ({asked}) d")).scalars().all()
        if rows:
            found[name] = list(rows)
    return found


def any_mention(random: Random) -> Mention:
    kind = random.choice(list(CODINGS))
    parties = random.sample([*PEOPLE, *STATES], k=random.randint(0, 5))
    cut = random.randint(0, len(parties))
    others = tuple(parties[cut + 2 :])
    return make_mention(
        kind,
        span=random.choice(SPANS),
        source=tuple(parties[:cut]),
        target=tuple(parties[cut : cut + 2]),
        others=others,
        modality=random.choice([Modality.ASSERTED, Modality.ASSERTED, Modality.ALLEGED, Modality.DENIED]),
        coding=CODINGS[kind],
    )


def report(db: Connection, random: Random, event_id: str) -> Report:
    body = f"Text {next(_numbers)}: the minister went there, and came back on Monday, said the officials."
    kept = documents.insert(db, make_document(body, publisher=random.choice(["A", "B", None])), status=Reading.READ)
    return Report(event_id, any_mention(random), kept.id, runs.of_version(db, "test.1"), "the minister", "A title")


def insert(db: Connection, random: Random, ids: list[str]) -> None:
    new = [f"e{next(_numbers)}" for _ in range(random.randint(1, 4))]
    events.insert(db, [report(db, random, one) for one in new])
    ids.extend(new)


def attach(db: Connection, random: Random, ids: list[str]) -> None:
    """Another report of an event; half of them tell it anew, as the linking does where the event's claims change."""
    told = report(db, random, random.choice(ids))
    events.add(db, [told])
    row = dict(db.execute(select(event).where(event.c.id == told.event_id)).mappings().one())
    kept = {name: value for name, value in row.items() if name not in ("d_order", "search")}
    kept |= {"n_reports": row["n_reports"] + 1, "version": row["version"] + 1}
    if random.random() < 0.5:
        claim = told.mention
        kept |= claim_values(claim) | part_values(claim.source, claim.target, claim.others)
    events.change(db, kept)


def set_status(db: Connection, random: Random, ids: list[str]) -> None:
    history.set_status(db, random.choice(ids), random.choice(list(Status)))


def remove(db: Connection, random: Random, ids: list[str]) -> None:
    gone = [ids.pop(random.randrange(len(ids))) for _ in range(min(len(ids) - 1, 2))]
    db.execute(delete(event).where(event.c.id.in_(gone)))


def move(db: Connection, random: Random, ids: list[str]) -> None:
    """Several events at once, by one statement: half of them do not change in what is counted."""
    some = random.sample(ids, k=min(len(ids), 4))
    moved = {"d_start": date(2010, 7, 1), "d_end": date(2010, 7, 2), "precision": "day", "kind": "aid"}
    db.execute(update(event).where(event.c.id.in_(some[:2])).values(moved))
    db.execute(update(event).where(event.c.id.in_(some)).values(title="Another title"))


def change_acts(db: Connection, random: Random, ids: list[str]) -> None:
    """Acts by statements of their own, as the joining of two actors would."""
    own = event_actor.c.event_id == random.choice(ids)
    match random.randrange(3):
        case 0:
            db.execute(delete(event_actor).where(own, event_actor.c.is_named))
        case 1:
            db.execute(update(event_actor).where(own).values(is_source=event_actor.c.is_target, is_target=True))
        case _:
            free = own & (event_actor.c.actor_id == "S1")
            db.execute(delete(event_actor).where(own, event_actor.c.actor_id == "S2"))
            db.execute(update(event_actor).where(free).values(actor_id="S2", is_target=True))


def named_links(db: Connection) -> tuple[list[object], list[object]]:
    """The links of actors that are named: from the rollup, and from the events."""
    kept = units.links(db, EventQuery(), limit=1_000, states=False)
    told = units.links(db, EventQuery(min_confidence=0.0), limit=1_000, states=False)
    assert (kept.source, told.source) == ("dyad_month", "event")
    return sorted(map(tuple, kept.rows)), sorted(map(tuple, told.rows))


def fold(db: Connection, random: Random, ids: list[str]) -> None:
    assert rollups.fold(db)


DEEDS: tuple[Callable[[Connection, Random, list[str]], None], ...] = (
    insert, insert, attach, set_status, remove, move, change_acts, fold,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_links_of_named_actors_are_the_same_from_the_rollup_and_from_the_events(db: Connection, seed: int) -> None:
    random = Random(seed)
    ids: list[str] = []
    insert(db, random, ids)
    for step in range(40):
        deed = random.choice(DEEDS)
        deed(db, random, ids)
        kept, told = named_links(db)
        assert kept == told, f"after step {step}, {deed.__name__}"
    assert kept


@pytest.mark.parametrize("seed", range(6))
def test_after_random_writes_the_rollups_equal_a_recount(db: Connection, seed: int) -> None:
    random = Random(seed)
    ids: list[str] = []
    insert(db, random, ids)
    for step in range(60):
        deed = random.choice(DEEDS)
        deed(db, random, ids)
        assert differences(db) == {}, f"after step {step}, {deed.__name__}"
    assert db.execute(select(func.count()).select_from(event)).scalar_one() > 5


def test_a_recount_by_the_database_gives_the_same(db: Connection) -> None:
    random = Random(11)
    ids: list[str] = []
    for _ in range(10):
        insert(db, random, ids)
    rollups.rebuild(db)
    assert differences(db) == {}
    db.execute(update(actor_month).values(n=actor_month.c.n + 1))
    db.execute(update(actor_day).values(named=actor_day.c.named + 1))
    db.execute(update(actor_total).values(n=actor_total.c.n + 1))
    db.execute(update(pair_day).values(n=pair_day.c.n + 1))
    db.execute(delete(event_pair))
    assert {"actor_month", "actor_day", "actor_total", "pair_day", "event_pair"} <= set(differences(db))
    rollups.rebuild(db)
    assert differences(db) == {}


def test_folding_leaves_one_row_a_key(db: Connection) -> None:
    random = Random(5)
    ids: list[str] = []
    for _ in range(8):
        insert(db, random, ids)
    assert db.execute(select(func.count()).select_from(event_day).where(event_day.c.fresh > 0)).scalar_one() > 0
    assert rollups.fold(db)
    for table in (event_day, actor_day, actor_month, actor_total, pair_day, dyad_month):
        assert db.execute(select(func.count()).select_from(table).where(table.c.fresh > 0)).scalar_one() == 0
    assert differences(db) == {}


def test_emptying_the_events_empties_the_rollups(db: Connection) -> None:
    random, ids = Random(3), list[str]()
    insert(db, random, ids)
    db.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    db.execute(text("TRUNCATE event CASCADE"))
    for table in (event_day, actor_day, actor_month, actor_total, pair_day, dyad_month, event_pair):
        assert db.execute(select(func.count()).select_from(table)).scalar_one() == 0


def test_two_writers_of_the_same_month_do_not_wait_for_each_other(engine: Engine) -> None:
    with engine.connect() as one, engine.connect() as other, one.begin() as first, other.begin() as second:
        for conn, name in ((one, "one"), (other, "other")):
            conn.execute(text("SET LOCAL lock_timeout = '2s'"))
            body = f"Text of {name}: the minister went there, and came back on Monday, said the officials."
            kept = documents.insert(conn, make_document(body), status=Reading.READ)
            run = insert_run(conn, name)
            events.insert(conn, [Report(name, make_mention(source=(), target=()), kept.id, run, "the minister", "A")])
        second.rollback()
        first.rollback()


def insert_run(conn: Connection, version: str) -> int:
    return runs.of_version(conn, f"test.{version}")


def test_many_rows_at_once_are_counted_as_few_are(db: Connection) -> None:
    random = Random(7)
    events.insert(db, [report(db, random, f"few{n}") for n in range(3)])
    events.insert(db, [report(db, random, f"many{n}") for n in range(120)])
    assert differences(db) == {}
    db.execute(update(event).values(status=Status.RETRACTED))
    assert differences(db) == {}
    db.execute(delete(event).where(event.c.id.like("many%")))
    assert differences(db) == {}
    assert db.execute(text("SHOW plan_cache_mode")).scalar() == "force_custom_plan"
    assert db.execute(text("SHOW enable_seqscan")).scalar() == "on"


@pytest.mark.parametrize("name", ["event_counted", "event_actor_counted", "event_uncounted"])
def test_what_was_just_added_is_found_by_the_index_of_what_is_fresh(db: Connection, name: str) -> None:
    """A plan for every number takes that index, which has no others, only where the number is said to be above 0."""
    told = db.execute(text(f"SELECT pg_get_functiondef('{name}'::regproc)")).scalar_one()
    assert told.count("fresh = number") == told.count("fresh = number AND fresh > 0") > 0
