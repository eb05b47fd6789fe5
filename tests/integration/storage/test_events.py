"""Events are kept with their mentions and actors, gain reports, and are found again for linking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Connection, select

from app.domain.actors import ActorType, Party
from app.domain.dates import DateCandidate
from app.domain.documents import Reading
from app.domain.errors import NotFound
from app.domain.events import Mention, Place, Status
from app.domain.spans import TimeSpan
from app.storage import documents, events, runs
from app.storage.events import Report
from app.storage.tables import event, event_actor
from tests.builders import DAY, GRAUSTARK, MINISTER, RURITANIA, make_derivation, make_document, make_mention


def report(conn: Connection, mention: Mention, *, event_id: str = "e1", publisher: str | None = "Gazette") -> Report:
    text = f"{publisher} tells of {event_id}, at length: the minister went there, and came back on Monday."
    kept = documents.insert(conn, make_document(text, publisher=publisher), status=Reading.READ)
    return Report(event_id, mention, kept.id, runs.of_version(conn, "test.1"), "the minister went there", "A visit")


def test_an_event_reads_back_under_the_names_of_the_wire(db: Connection) -> None:
    place = Place("Edelweiss", "GRK", 47.5, 13.0, "city")
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


def test_a_second_publisher_corroborates(db: Connection) -> None:
    events.insert(db, [report(db, make_mention())])
    events.attach(db, report(db, make_mention(), publisher="Courier"))
    row = events.get(db, "e1")
    assert row is not None
    assert (row.status, row.n_reports, row.n_publishers, row.version) == ("corroborated", 2, 2, 2)


def test_the_same_publisher_or_document_again_does_not_corroborate(db: Connection) -> None:
    first = report(db, make_mention())
    events.insert(db, [first])
    events.attach(db, first)
    events.attach(db, report(db, make_mention(), publisher="GAZETTE"))
    events.attach(db, report(db, make_mention(), publisher=None))
    row = events.get(db, "e1")
    assert row is not None
    assert (row.status, row.n_reports, row.n_publishers) == ("reported", 3, 1)


def test_a_disputed_event_stays_disputed(db: Connection) -> None:
    events.insert(db, [report(db, make_mention())])
    events.set_status(db, "e1", Status.DISPUTED)
    events.attach(db, report(db, make_mention(), publisher="Courier"))
    row = events.get(db, "e1")
    assert row is not None
    assert row.status == "disputed"


def test_a_further_report_adds_actors_and_leaves_the_rest(db: Connection) -> None:
    chief = Party("michael", "Michael", ActorType.PERSON, state="RUR")
    events.insert(db, [report(db, make_mention())])
    wider = make_mention(span=TimeSpan.of_month(2010, 5), source=(RURITANIA, chief), confidence=0.9)
    events.attach(db, report(db, wider, publisher="Courier"))
    row = events.get(db, "e1")
    assert row is not None
    assert row.source_ids == ["RUR", "michael"]
    assert row.target_ids == ["GRK"]
    assert row.date_edtf == "2010-05-03"
    assert row.confidence == 0.9


def test_a_leading_report_gives_the_event_its_fields(db: Connection) -> None:
    events.insert(db, [report(db, make_mention(span=TimeSpan.of_month(2010, 5)))])
    leading = report(db, make_mention(), publisher="Courier")
    events.attach(db, leading, leads=True)
    row = events.get(db, "e1")
    assert row is not None
    assert (row.date_edtf, row.document_id, row.publisher) == ("2010-05-03", leading.document_id, "Courier")
    assert next(one.document_id for one in events.evidence(db, "e1")) == leading.document_id
    assert set(db.execute(select(event_actor.c.d_order)).scalars()) == {DAY}


def test_what_is_not_there_is_told(db: Connection) -> None:
    assert events.get(db, "none") is None
    assert events.evidence(db, "none") == []
    with pytest.raises(NotFound):
        events.set_status(db, "none", Status.DISPUTED)
    with pytest.raises(NotFound):
        events.attach(db, report(db, make_mention(), event_id="none"))
    with pytest.raises(NotFound):
        events.insert(db, [Report("e9", make_mention(), 10**15, 1, "", "")])


def test_evidence_holds_every_report_with_its_document(db: Connection) -> None:
    events.insert(db, [report(db, make_mention())])
    events.attach(db, report(db, make_mention(), publisher="Courier"))
    told = events.evidence(db, "e1")
    assert [one.publisher for one in told] == ["Gazette", "Courier"]
    assert told[0].quote.startswith("Gazette tells of e1")


def test_candidates_share_kind_day_and_an_actor(db: Connection) -> None:
    spans = {"day": TimeSpan.of_day(DAY), "month": TimeSpan.of_month(2010, 5), "later": TimeSpan.of_month(2010, 6)}
    events.insert(db, [report(db, make_mention(span=span), event_id=name) for name, span in spans.items()])
    events.insert(db, [report(db, make_mention("meeting"), event_id="meeting")])

    def found(actor_ids: list[str], span: TimeSpan = spans["day"]) -> list[str]:
        return [one.id for one in events.candidates(db, "visit", span, actor_ids)]

    assert found(["GRK"]) == ["day", "month"]
    assert found(["GRK", "RUR"], TimeSpan.since(date(2010, 5, 20))) == ["later", "month"]
    assert found(["XXX"]) == []
    assert found([]) == []


def test_a_candidate_tells_what_linking_compares(db: Connection) -> None:
    events.insert(db, [report(db, make_mention(source=(MINISTER,)))])
    (one,) = events.candidates(db, "visit", TimeSpan.of_day(DAY), ["RUR"])
    assert one.span == TimeSpan.of_day(DAY)
    assert one.source_ids == ("rudolf-rassendyll",)
    assert set(one.actor_ids) == {"rudolf-rassendyll", "RUR", "GRK"}
    assert one.publishers == ("Gazette",)
    assert len(one.document_ids) == 1


def test_retracted_events_are_no_candidates(db: Connection) -> None:
    events.insert(db, [report(db, make_mention(target=(GRAUSTARK,)))])
    events.set_status(db, "e1", Status.RETRACTED)
    assert events.candidates(db, "visit", TimeSpan.of_day(DAY), ["GRK"]) == []
