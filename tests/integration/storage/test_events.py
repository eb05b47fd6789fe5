"""Events are kept with their mentions and actors, gain reports, and are found again for linking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import IntegrityError

from app.domain.dates import DateCandidate, Offsets
from app.domain.documents import Reading
from app.domain.errors import NotFound
from app.domain.events import Mention, Money, Saying
from app.domain.events import Place as Whereabouts
from app.domain.spans import TimeSpan
from app.storage import documents, events, linking, runs
from app.storage.events import Linking, Report
from app.storage.linking import Place, Search
from app.storage.tables import event, event_actor
from tests.builders import DAY, MINISTER, make_derivation, make_document, make_mention


def report(conn: Connection, mention: Mention, *, event_id: str = "e1", publisher: str | None = "Gazette") -> Report:
    text = f"{publisher} tells of {event_id}, at length: the minister went there, and came back on Monday."
    kept = documents.insert(conn, make_document(text, publisher=publisher), status=Reading.READ)
    return Report(event_id, mention, kept.id, runs.of_version(conn, "test.1"), "the minister went there", "A visit")


def test_an_event_reads_back_under_the_names_of_the_wire(db: Connection) -> None:
    place = Whereabouts("Edelweiss", "GRK", 47.5, 13.0, "city")
    events.insert(db, [report(db, make_mention(source=(MINISTER,), place=place))])

    row = events.get(db, "e1")

    assert row is not None
    assert (row.kind, row.plover, row.cameo, row.quad) == ("visit", "ENGAGE", "042", 1)
    assert (row.date_earliest, row.date_latest, row.date_edtf) == (DAY, DAY, "2010-05-03")
    assert row.date_text == "3 May 2010"
    assert row.derivation["explanation"] == "“3 May 2010”: as it stands, so 3 May 2010."
    assert (row.source_ids, row.source_names) == (["rudolf-rassendyll"], ["Rudolf Rassendyll"])
    assert [(one["id"], one["role"]) for one in row.actors] == [("rudolf-rassendyll", "source"), ("GRK", "target")]
    assert (row.place_name, row.country, row.geo_precision) == ("Edelweiss", "GRK", "city")
    assert (row.status, row.n_reports, row.n_publishers, row.version) == ("reported", 1, 1, 1)
    assert (row.publisher, row.published_at) == ("Gazette", "2010-05-04")


def test_the_days_reported_and_planned_are_kept_beside_the_date(db: Connection) -> None:
    said, ahead = TimeSpan.of_day(DAY), TimeSpan.since(DAY)
    told = make_mention(reported=make_derivation(said), planned=make_derivation(ahead))
    events.insert(db, [report(db, told)])
    events.insert(db, [report(db, make_mention(planned=make_derivation(TimeSpan.unknown())), event_id="e2")])

    row, bare = events.get(db, "e1"), events.get(db, "e2")
    [mention] = events.evidence(db, "e1")

    assert row is not None
    assert bare is not None
    assert (row.date_reported_edtf, row.date_planned_edtf) == ("2010-05-03", "2010-05-03/..")
    assert (mention.date_reported_edtf, mention.date_planned_edtf) == ("2010-05-03", "2010-05-03/..")
    assert (bare.date_reported_edtf, bare.date_planned_edtf) == (None, None)
    days = db.execute(select(event.c.reported_start, event.c.reported_end, event.c.planned_end)).first()
    assert days == (said.start, said.end, None)


def test_a_sum_an_instrument_and_a_deadline_are_kept(db: Connection) -> None:
    until = TimeSpan.of_month(2010, 6)
    value, deadline = Money(1.4e9, "USD", "$1.4 billion"), make_derivation(until)
    told = replace(make_mention(), value=value, instrument="drone", deadline=deadline)
    events.insert(db, [report(db, told)])
    row, [mention] = events.get(db, "e1"), events.evidence(db, "e1")
    for kept in (row, mention):
        assert kept is not None
        assert (kept.value_amount, kept.value_currency, kept.instrument) == (1.4e9, "USD", "drone")
        assert kept.deadline_edtf == "2010-06"
    days = db.execute(select(event.c.deadline_start, event.c.deadline_end)).first()
    assert days == (until.start, until.end)


def test_the_cue_and_who_says_so_are_kept(db: Connection) -> None:
    said = Saying(Offsets(62, 76), ("RUR",), "parliament", Offsets(0, 9), ("ruritania-parliament",), of_self=True)
    events.insert(db, [report(db, replace(make_mention(), cue=Offsets(77, 81), saying=said))])
    [kept] = events.evidence(db, "e1")
    assert (kept.cue_start, kept.cue_end) == (77, 81)
    assert kept.saying == {
        "attribution": [62, 76],
        "speaker_ids": ["RUR"],
        "addressee": "parliament",
        "addressed": [0, 9],
        "addressee_ids": ["ruritania-parliament"],
        "of_self": True,
    }


def test_the_dates_from_rival_days_of_publication_are_kept_with_their_reasons(db: Connection) -> None:
    rival = DateCandidate(TimeSpan.of_year(2010), 0.4, ("the latest year told",))
    told = replace(make_mention(), date=replace(make_derivation(), alternatives=(rival,)))
    events.insert(db, [report(db, told)])
    row = events.get(db, "e1")
    assert row is not None
    assert row.derivation["alternatives"] == [{"edtf": "2010", "weight": 0.4, "reasons": ["the latest year told"]}]


def test_an_open_or_unknown_date_reads_back_as_none(db: Connection) -> None:
    spans = {"until": TimeSpan.until(DAY), "since": TimeSpan.since(DAY), "never": TimeSpan.unknown()}
    events.insert(db, [report(db, make_mention(span=span), event_id=name) for name, span in spans.items()])
    told = {name: events.get(db, name) for name in spans}
    assert {name: (row.date_earliest, row.date_latest) for name, row in told.items() if row} == {
        "until": (None, DAY),
        "since": (DAY, None),
        "never": (None, None),
    }


def test_the_state_of_a_person_acts_too_but_is_not_named(db: Connection) -> None:
    events.insert(db, [report(db, make_mention(source=(MINISTER,)))])
    rows = db.execute(select(event_actor).order_by(event_actor.c.actor_id)).all()
    assert [(row.actor_id, row.is_source, row.is_target, row.is_named) for row in rows] == [
        ("GRK", False, True, True),
        ("RUR", True, False, False),
        ("rudolf-rassendyll", True, False, True),
    ]


def test_the_order_of_actor_rows_is_the_order_of_events(db: Connection) -> None:
    spans = {"a": TimeSpan.of_year(2010), "b": TimeSpan.until(DAY), "c": TimeSpan.unknown(), "d": TimeSpan.since(DAY)}
    events.insert(db, [report(db, make_mention(span=span), event_id=name) for name, span in spans.items()])
    joined = event.join(event_actor, event.c.id == event_actor.c.event_id)
    differing = select(event.c.id).select_from(joined).where(event.c.d_order != event_actor.c.d_order)
    assert db.execute(differing).all() == []


def test_acts_tell_how_many_days_a_vague_date_leaves_open(db: Connection) -> None:
    spans = {
        "a": (TimeSpan.of_year(2010), 365),
        "b": (TimeSpan.until(DAY), 2**31 - 1),
        "c": (TimeSpan.unknown(), None),
        "d": (TimeSpan.of_day(DAY), None),
    }
    events.insert(db, [report(db, make_mention(span=span), event_id=name) for name, (span, _) in spans.items()])
    told = db.execute(select(event_actor.c.event_id, event_actor.c.vague_days).distinct()).all()
    assert {row.event_id: row.vague_days for row in told} == {name: days for name, (_, days) in spans.items()}


def test_an_event_told_anew_takes_its_columns_and_its_actors_from_them(db: Connection) -> None:
    events.insert(db, [report(db, make_mention())])
    row = dict(db.execute(select(event).where(event.c.id == "e1")).mappings().one())
    kept = {name: value for name, value in row.items() if name not in ("d_order", "search")}
    actors = [one | {"role": "target"} for one in row["actors"] if one["id"] == "GRK"]
    events.change(
        db, kept | {"actors": actors, "d_end": date(2010, 6, 1), "d_start": date(2010, 5, 1), "precision": "month"}
    )
    assert [(one.actor_id, one.is_target) for one in db.execute(select(event_actor))] == [("GRK", True)]
    assert db.execute(select(event_actor.c.d_order, event_actor.c.vague_days)).all() == [(date(2010, 5, 1), 31)]


def test_what_is_not_there_is_told(db: Connection) -> None:
    assert events.get(db, "none") is None
    assert events.evidence(db, "none") == []
    with pytest.raises(NotFound):
        events.insert(db, [Report("e9", make_mention(), 10**15, 1, "", "")])


def test_evidence_holds_every_report_with_its_document(db: Connection) -> None:
    events.insert(db, [report(db, make_mention())])
    events.add(db, [report(db, make_mention(), publisher="Courier")])
    told = events.evidence(db, "e1")
    assert [one.publisher for one in told] == ["Gazette", "Courier"]
    assert told[0].quote.startswith("Gazette tells of e1")


def test_a_mention_without_its_event_does_not_commit(db: Connection) -> None:
    events.add(db, [report(db, make_mention(), event_id="none")])
    with pytest.raises(IntegrityError, match="fk_mention_event_id"):
        db.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))


def test_mentions_are_found_by_their_places_near_in_time(db: Connection) -> None:
    place = Place(7, 31, date(2010, 5, 1))
    linked = replace(report(db, make_mention()), linking=Linking("e1", None, (), (place, place)))
    events.insert(db, [linked])
    [number] = linking.found_by(db, [Search(7, 31, date(2010, 4, 1), date(2010, 5, 2))])
    assert linking.found_by(db, [Search(7, 31, date(2010, 4, 1), date(2010, 5, 1))]) == set()
    assert linking.found_by(db, [Search(7, 1, date(2010, 4, 1), date(2010, 6, 1))]) == set()
    assert linking.found_by(db, []) == set()
    [kept] = linking.kept(db, [number])
    assert (kept.claim, kept.event_id, kept.publisher, kept.trigger) == ("e1", "e1", "Gazette", "h: the ")
