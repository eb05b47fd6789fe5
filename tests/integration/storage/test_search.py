"""Lists, counts and neighbourhoods of events: every filter, every order, every page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, delete

from app.domain.actors import ActorType, Party
from app.domain.documents import Reading
from app.domain.errors import BadQuery
from app.domain.events import Modality, Place, Status
from app.domain.kinds import Coding
from app.domain.queries import Choice, EventQuery, Match, Sort
from app.domain.spans import Precision, TimeSpan
from app.storage import documents, events, history, runs, search
from app.storage.orders import order_of
from app.storage.prepared import Prepared, prepared
from app.storage.rows import Coverage, Sizes
from app.storage.tables import data_change
from tests.builders import GRAUSTARK, MINISTER, RURITANIA, make_document, make_mention

OTHER = Party("SYL", "Syldavia", ActorType.STATE)
THREAT = Coding(plover=None, mode="", cameo="130", quad=3, goldstein=-4.4)
ALL = EventQuery(modality=Choice(), limit=1000)

CASES = {
    "day": make_mention(span=TimeSpan.of_day(date(2010, 5, 3)), place=Place("Strelsau", "RUR", 48.1, 11.5, "city")),
    "next": make_mention(span=TimeSpan.of_day(date(2010, 5, 10)), source=(GRAUSTARK,), target=(RURITANIA,)),
    "person": make_mention(span=TimeSpan.of_day(date(2010, 5, 20)), source=(MINISTER,), target=(OTHER,)),
    "month": make_mention("threat", span=TimeSpan.of_month(2010, 5), coding=THREAT, modality=Modality.ALLEGED),
    "year": make_mention(span=TimeSpan.of_year(2010), confidence=0.3),
    "before": make_mention(span=TimeSpan.until(date(2010, 4, 20)), place=Place("Zenda", "GRK", -10.0, 179.0, "city")),
    "after": make_mention(span=TimeSpan.since(date(2010, 6, 1))),
    "undated": make_mention(span=TimeSpan.unknown()),
    "denied": make_mention(span=TimeSpan.of_day(date(2010, 5, 3)), modality=Modality.DENIED),
}


@pytest.fixture
def kept(db: Connection) -> dict[str, int]:
    """The document of each case, each of another publisher and day."""
    run_id = runs.of_version(db, "test.1")
    found = {}
    for n, (name, mention) in enumerate(CASES.items()):
        text = f"Dispatch {n}: on that day the minister went to the neighbouring capital, as told."
        published = TimeSpan.of_day(date(2011, 1, 1 + n))
        received = make_document(text, publisher=f"Paper {n}", published=published)
        found[name] = documents.insert(db, received, status=Reading.READ).id
        quote = f"the minister's carriage {n}" + (" crossed Fernández bridge" if name == "next" else "")
        events.insert(db, [events.Report(name, mention, found[name], run_id, quote, f"Visit {n}")])
    return found


def ids(conn: Connection, query: EventQuery) -> list[str]:
    rows = search.page(conn, query).rows
    assert search.count(conn, query, exact=True) == len(rows)
    return [row.id for row in rows]


def test_events_come_in_the_order_of_their_days_and_the_undated_last(db: Connection, kept: dict[str, int]) -> None:
    assert ids(db, ALL) == ["year", "before", "month", "day", "denied", "next", "person", "after", "undated"]


def test_the_newest_come_first_and_the_undated_still_last(db: Connection, kept: dict[str, int]) -> None:
    order = ["after", "person", "next", "denied", "day", "month", "before", "year", "undated"]
    assert ids(db, replace(ALL, sort=Sort.DATE_DESC)) == order


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (EventQuery(), {"day", "next", "person", "month", "year", "before", "after", "undated"}),
        (EventQuery(modality=Choice(("denied",))), {"denied"}),
        (EventQuery(modality=Choice((), ("denied", "asserted"))), {"month"}),
        (EventQuery(kind=Choice(("threat",))), {"month"}),
        (replace(ALL, kind=Choice((), ("visit",))), {"month"}),
        (replace(ALL, cameo=Choice(("13",))), {"month"}),
        (replace(ALL, cameo=Choice(("04",), ("042",))), set()),
        (replace(ALL, cameo=Choice(("1%",))), set()),
        (replace(ALL, plover=Choice((), ("ENGAGE",))), {"month"}),
        (replace(ALL, actor=Choice(("SYL",))), {"person"}),
        (replace(ALL, actor=Choice(("rudolf-rassendyll", "XXX"))), {"person"}),
        (replace(ALL, actor=Choice((), ("GRK",))), {"person"}),
        (replace(ALL, actor=Choice(("RUR",), ("GRK",))), {"person"}),
        (replace(ALL, source=Choice(("GRK",))), {"next"}),
        (replace(ALL, target=Choice(("RUR",))), {"next"}),
        (replace(ALL, source=Choice(("RUR",)), target=Choice(("SYL",))), {"person"}),
        (replace(ALL, dyad=("SYL", "RUR")), {"person"}),
        (replace(ALL, dyad=("GRK", "SYL")), set()),
        (replace(ALL, country=Choice(("SYL",))), {"person"}),
        (replace(ALL, country=Choice((), ("GRK",))), {"person"}),
        (replace(ALL, place=Choice(("strelsau",))), {"day"}),
        (replace(ALL, place=Choice((), ("Strelsau", "x")), kind=Choice(("threat",))), {"month"}),
        (replace(ALL, bbox=(11, 48, 12, 49)), {"day"}),
        (replace(ALL, bbox=(178, -20, -178, 0)), {"before"}),
        (replace(ALL, min_confidence=0.81), set()),
        (replace(ALL, min_confidence=0.8, kind=Choice(("threat",))), {"month"}),
        (replace(ALL, min_reports=2), set()),
        (replace(ALL, ids=Choice(("day", "year", "none"))), {"day", "year"}),
        (replace(ALL, q="fernandez bridges"), {"next"}),
        (replace(ALL, q='"carriage 3" OR "carriage 4"'), {"month", "year"}),
        (replace(ALL, q="the -carriage"), set()),
        (replace(ALL, publisher=Choice(("paper 1",))), {"next"}),
        (replace(ALL, published=TimeSpan.between(date(2011, 1, 3), date(2011, 1, 4))), {"person", "month"}),
        (replace(ALL, status=Choice(("corroborated",))), set()),
        (replace(ALL, actor=Choice(("'; DROP TABLE event; --",))), set()),
    ],
)
def test_each_filter_finds_what_it_names(
    db: Connection, kept: dict[str, int], query: EventQuery, found: set[str]
) -> None:
    assert set(ids(db, query)) == found


def test_a_document_is_a_filter(db: Connection, kept: dict[str, int]) -> None:
    assert ids(db, replace(ALL, document=Choice((str(kept["next"]),)))) == ["next"]


@pytest.mark.parametrize("name", ["one", "-1", "1.5", "9" * 30, "²"])
def test_a_document_id_is_a_number(db: Connection, name: str) -> None:
    with pytest.raises(BadQuery, match="numbers"):
        search.page(db, replace(ALL, document=Choice((name,))))


def test_retracted_events_are_found_only_by_their_status(db: Connection, kept: dict[str, int]) -> None:
    history.set_status(db, "day", Status.RETRACTED)
    assert "day" not in ids(db, ALL)
    assert ids(db, replace(ALL, status=Choice(("retracted",)))) == ["day"]


def test_a_window_holds_what_may_have_happened_in_it(db: Connection, kept: dict[str, int]) -> None:
    window = replace(ALL, when=TimeSpan.between(date(2010, 4, 15), date(2010, 5, 3)))
    assert ids(db, window) == ["year", "before", "month", "day", "denied"]
    assert ids(db, replace(window, match=Match.CERTAIN)) == ["day", "denied"]
    assert search.undated(db, window) == 1
    assert search.undated(db, ALL) == 0


def test_hidden_modalities_are_counted(db: Connection, kept: dict[str, int]) -> None:
    assert search.hidden_by(db, EventQuery(kind=Choice(("visit",)))) == {"denied": 1}
    assert search.hidden_by(db, EventQuery(modality=Choice((), ("alleged",)))) == {"alleged": 1}
    assert search.hidden_by(db, ALL) == {}


def test_an_estimate_takes_the_same_questions(db: Connection, kept: dict[str, int]) -> None:
    query = replace(ALL, kind=Choice(("it's 100 %",)), actor=Choice(("RUR",)), q="carriage", bbox=(1, 2, 3, 4))
    assert search.count(db, query, exact=False) >= 0
    assert search.count(db, ALL, exact=False) >= 1


def test_around_a_day_both_sides_come_nearest_first(db: Connection, kept: dict[str, int]) -> None:
    around = search.nearest(db, date(2010, 5, 10), EventQuery(), before=5, after=5)
    assert around.before == (
        "day",
        "before",
    )
    assert around.same_day == ("next",)
    assert around.overlapping == (
        "month",
        "year",
    )
    assert around.after == (
        "person",
        "after",
    )


def test_around_keeps_to_its_limits_and_its_window(db: Connection, kept: dict[str, int]) -> None:
    window = TimeSpan.between(date(2010, 5, 1), date(2010, 5, 31))
    around = search.nearest(db, date(2010, 5, 10), EventQuery(when=window, actor=Choice(("RUR",))), before=1, after=1)
    assert around.before == ("day",)
    assert around.after == ("person",)
    few = search.nearest(db, date(2010, 5, 31), EventQuery(), before=2, after=0)
    assert few.before == (
        "person",
        "next",
    )
    assert few.after == ()


def test_the_narrowest_dates_that_hold_a_day_fill_the_list_first(db: Connection, kept: dict[str, int]) -> None:
    assert search.nearest(db, date(2010, 5, 10), EventQuery(limit=1), before=0, after=0).overlapping == ("month",)
    assert search.nearest(db, date(2010, 8, 10), EventQuery(limit=1), before=0, after=0).overlapping == ("year",)


def test_the_nearest_order_needs_a_window(db: Connection, kept: dict[str, int]) -> None:
    with pytest.raises(BadQuery, match="window"):
        search.page(db, EventQuery(sort=Sort.NEAREST))
    near = EventQuery(sort=Sort.NEAREST, when=TimeSpan.between(date(2010, 5, 1), date(2010, 5, 20)))
    assert [row.id for row in search.page(db, near).rows][:2] == ["next", "day"]


def test_facets_count_the_commonest_values(db: Connection, kept: dict[str, int]) -> None:
    found = search.facets(db, ALL, search.FACETS)
    assert [(one.value, one.n) for one in found["kind"]] == [("visit", 8), ("threat", 1)]
    assert ("rudolf-rassendyll", 1) in {(one.value, one.n) for one in found["actor"]}
    assert {one.value for one in found["target"]} == {"GRK", "RUR", "SYL"}
    assert [(one.value, one.n) for one in found["year"]] == [("2010", 8)]
    assert len(search.facets(db, ALL, ["publisher"], limit=2)["publisher"]) == 2
    with pytest.raises(BadQuery) as caught:
        search.facets(db, ALL, ["kinds"])
    assert caught.value.did_you_mean == "kind"


def test_facets_keep_to_the_filters_of_actors_and_publishers(db: Connection, kept: dict[str, int]) -> None:
    query = replace(
        ALL, publisher=Choice(("Paper 2",)), actor=Choice(("RUR",)), document=Choice((str(kept["person"]),))
    )
    found = search.facets(db, query, ["publisher", "actor", "source"])
    assert [one.value for one in found["publisher"]] == ["Paper 2"]
    assert [one.value for one in found["actor"]] == ["SYL", "rudolf-rassendyll"]


def test_coverage_tells_the_outermost_days(db: Connection, kept: dict[str, int]) -> None:
    told = search.coverage(db)
    assert (told.first, told.last) == (date(2010, 1, 1), date(2010, 12, 31))
    assert search.sizes(db) == Sizes(events=len(CASES), documents=len(CASES))
    assert told.last_ingest is not None
    assert told.version != "empty"


def test_coverage_of_nothing_is_empty(db: Connection) -> None:
    db.execute(delete(data_change))  # what other tests committed and took away again
    told = search.coverage(db)
    assert told == Coverage(first=None, last=None, last_ingest=None, version="empty")
    assert search.sizes(db) == Sizes(events=0, documents=0)


# -- pages ----------------------------------------------------------------------------------------


def all_pages(conn: Connection, query: EventQuery) -> list[str]:
    found: list[str] = []
    while True:
        page = search.page(conn, query)
        assert len(page.rows) <= query.limit
        found += [row.id for row in page.rows]
        if page.next_cursor is None:
            return found
        query = replace(query, cursor=page.next_cursor)


def random_span(random: Random) -> TimeSpan:
    day = date(2010, 1, 1) + timedelta(days=random.randrange(400))
    length = random.choice([1, 1, 1, 1, 5, 40, 700])
    match random.randrange(8):
        case 0:
            return TimeSpan.until(day)
        case 1:
            return TimeSpan.since(day)
        case 2:
            return TimeSpan.unknown()
        case 3:
            return TimeSpan.of_month(day.year, day.month)
    return TimeSpan.between(day, day + timedelta(days=length - 1))


def keep_many(conn: Connection, spans: Iterable[TimeSpan]) -> dict[str, TimeSpan]:
    run_id = runs.of_version(conn, "test.1")
    kept = documents.insert(conn, make_document(), status=Reading.READ)
    found = {f"e{n:03d}": span for n, span in enumerate(spans)}
    events.insert(
        conn,
        [
            events.Report(
                name, make_mention(span=span, source=(MINISTER,) if n % 3 else (OTHER,)), kept.id, run_id, "q", "t"
            )
            for n, (name, span) in enumerate(found.items())
        ],
    )
    return found


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("actor", [Choice(), Choice(("RUR",)), Choice(("RUR", "SYL"), ("GRK",))])
@pytest.mark.parametrize("window", [None, TimeSpan.between(date(2010, 3, 1), date(2010, 8, 1))])
def test_pages_of_every_order_hold_each_event_once(
    db: Connection, sort: Sort, actor: Choice, window: TimeSpan | None
) -> None:
    keep_many(db, [random_span(Random(n)) for n in range(60)])
    if sort is Sort.NEAREST and window is None:
        return
    query = EventQuery(sort=sort, actor=actor, when=window, limit=7)
    whole = [row.id for row in search.page(db, replace(query, limit=1000)).rows]
    assert all_pages(db, query) == whole
    assert len(set(whole)) == len(whole) == search.count(db, query, exact=True)
    assert [row.id for row in search.stream(db, query)] == whole


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("actor", [Choice(), Choice(("RUR",)), Choice(("RUR", "SYL"), ("GRK",))])
@pytest.mark.parametrize("window", [None, TimeSpan.between(date(2010, 3, 1), date(2010, 8, 1))])
def test_each_page_leads_back_to_the_one_before(
    db: Connection, sort: Sort, actor: Choice, window: TimeSpan | None
) -> None:
    keep_many(db, [random_span(Random(n)) for n in range(60)])
    if sort is Sort.NEAREST and window is None:
        return
    query = EventQuery(sort=sort, actor=actor, when=window, limit=7)
    cursors: list[str | None] = []
    following: str | None = ""
    while following is not None:
        here = replace(query, cursor=following or None)
        assert search.previous_cursor(db, here) == (cursors[-1] if cursors else None)
        cursors.append(following)
        following = search.page(db, here).next_cursor
    assert len(cursors) == max(1, -(-search.count(db, query, exact=True) // query.limit))


def test_pages_of_all_places_windows_and_actors_are_one_statement(
    db: Connection, kept: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []

    def making(*statement: Any, **how: Any) -> Prepared:
        made.append(statement)
        return prepared(*statement, **how)

    monkeypatch.setattr("app.storage.search.prepared", making)
    for day in (date(2010, 5, 2), date(2010, 5, 3), date(2010, 5, 4)):
        for actor in (RURITANIA, GRAUSTARK):
            query = EventQuery(when=TimeSpan.since(day), actor=Choice((actor.id,)), limit=3)
            for asked in (query, replace(query, cursor=order_of(query).cursor(f"{day}", "b"))):
                search.page_of_columns(db, asked, ("id", "title", "object"))
                search.page_of_json(db, asked, ("id", "title", "object"), {}, "")
                search.previous_cursor(db, asked)
                for exact in (True, False):
                    search.count(db, asked, exact=exact)
    assert len(made) <= 7  # lists from the beginning and from a place, in two forms; the way back; two counts


def test_before_a_place_that_nothing_precedes_there_is_no_page(db: Connection) -> None:
    keep_many(db, [TimeSpan.of_day(date(2010, 1, 2))])
    cursor = order_of(EventQuery()).cursor("2009-01-01", "")
    assert search.previous_cursor(db, EventQuery(cursor=cursor)) is None


@pytest.mark.parametrize("match", list(Match))
def test_windows_agree_with_the_overlap_test_of_the_program(db: Connection, match: Match) -> None:
    random = Random(7)
    kept = keep_many(db, [random_span(random) for _ in range(80)])
    for _ in range(25):
        window = random_span(random)
        if not window.known:
            continue
        fits = {
            name
            for name, span in kept.items()
            if span.precision is not Precision.UNKNOWN
            and (span.overlaps(window) if match is Match.POSSIBLE else span.within(window))
        }
        assert set(ids(db, EventQuery(when=window, match=match, limit=1000))) == fits


@pytest.mark.parametrize("cursor", ["x", "WyJkYXRlIiwiMjAxMC0xMy0wMSIsImUxIl0", "WyJkYXRlIiwxLDJd", "W10", "bnVsbA"])
def test_a_cursor_that_is_not_ours_is_refused(db: Connection, cursor: str) -> None:
    with pytest.raises(BadQuery, match="cursor"):
        search.page(db, EventQuery(cursor=cursor))


def test_a_cursor_of_another_order_is_refused(db: Connection, kept: dict[str, int]) -> None:
    cursor = search.page(db, EventQuery(limit=1)).next_cursor
    with pytest.raises(BadQuery, match="cursor"):
        search.page(db, EventQuery(limit=1, sort=Sort.DATE_DESC, cursor=cursor))


@pytest.mark.parametrize("query", [EventQuery(limit=4), EventQuery(limit=4, min_confidence=0.0)])
def test_the_narrowest_dates_that_hold_a_day_come_first_by_whatever_index(db: Connection, query: EventQuery) -> None:
    random, first = Random(4), date(2010, 5, 1)
    spans = {}
    for n in range(60):
        start = first + timedelta(days=random.randrange(40))
        spans[f"s{n:02}"] = TimeSpan.between(
            start, start + timedelta(days=random.choice([1, 1, 2, 6, 6, 29, 30, 31, 90]))
        )
    run_id = runs.of_version(db, "test.1")
    kept = documents.insert(db, make_document(), status=Reading.READ)
    told = [
        events.Report(name, make_mention(span=span), kept.id, run_id, "the visit", "V") for name, span in spans.items()
    ]
    events.insert(db, told)
    for day in (first + timedelta(days=n) for n in range(-1, 60, 3)):
        held = sorted(
            ((span.end - span.start).days, name) for name, span in spans.items() if span.start <= day < span.end
        )
        around = search.nearest(db, day, query, before=0, after=0)
        assert around.overlapping == tuple(name for _, name in held[:4]), day
