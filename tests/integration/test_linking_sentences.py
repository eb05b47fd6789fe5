"""Linking from sentences to answers: what papers write is read, kept and linked; what then stands beside what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from app.domain.documents import Document
from app.domain.spans import TimeSpan
from app.extraction.pipeline import Reader
from app.extraction.reading import load_reader
from app.services import relating
from app.services.ingest import Desk, ingest
from app.storage.engine import transactions
from tests.integration.test_linking import KINDS, events
from tests.scripted import TODAY


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


def told(own: Engine, reader: Reader, *texts: str, day: str = "2016-04-15") -> list[dict[str, Any]]:
    """The events that texts tell, each by a paper of its own."""
    published = TimeSpan.of_day(date.fromisoformat(day))
    documents = [Document(text, publisher=f"Paper {n}", published=published) for n, text in enumerate(texts)]
    assert {one.result for one in ingest(documents, Desk(transactions(own), reader, KINDS, TODAY)).outcomes} == {"read"}
    return [event for event in events(own) if event["kind"] != "statement"]


def types(own: Engine, event: str) -> list[str]:
    with own.connect() as conn:
        return [one["type"] for one in relating.related(conn, event, KINDS)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Russia delivered S-300 missiles to Iran on 11 April 2016, an officer in the port said.",
            "The S-300 launchers were shown to reporters at noon. Russia delivered the S-300 to Iran on 13 April 2016.",
        ),
        (
            "Russia and Iran signed a contract for S-300 missiles on 11 April 2016 in Moscow.",
            "In the evening, Iran and Russia signed a contract for the S-300 on 14 April 2016, television reported.",
        ),
        (
            "President Vladimir Putin met President Hassan Rouhani in Moscow on 11 April 2016.",
            "Hassan Rouhani met Vladimir Putin in Tehran on 11 April 2016, his office said.",
        ),
    ],
)
def test_accounts_that_exclude_each_other_stay_two_and_dispute_each_other(
    own: Engine, reader: Reader, one: str, other: str
) -> None:
    found = told(own, reader, one, other)
    assert [event["status"] for event in found] == ["disputed", "disputed"], found
    assert found[0]["kind"] == found[1]["kind"]
    assert [types(own, event["id"]) for event in found] == [["contradicts"], ["contradicts"]]


def test_what_was_not_delivered_after_all_disputes_the_delivery(own: Engine, reader: Reader) -> None:
    found = told(
        own,
        reader,
        "Russia delivered S-300 missiles to Iran on 11 April 2016, an officer in the port said.",
        "Russia did not deliver the S-300 to Iran on 11 April 2016, whatever some papers write.",
    )
    assert {event["modality"]: event["status"] for event in found}["asserted"] == "disputed"


def test_two_deliveries_weeks_apart_are_two_and_nobody_disputes_them(own: Engine, reader: Reader) -> None:
    found = told(
        own,
        reader,
        "Russia delivered S-300 missiles to Iran on 11 April 2016, an officer in the port said.",
        "The S-300 launchers were shown to reporters at noon. Russia delivered the S-300 to Iran on 29 March 2016.",
    )
    assert sorted(event["edtf"] for event in found if event["kind"] == "delivery") == ["2016-03-29", "2016-04-11"]
    assert {event["status"] for event in found} == {"reported"}


def test_what_was_done_again_repeats_what_was_done_before(own: Engine, reader: Reader) -> None:
    found = told(
        own,
        reader,
        "Iranian Foreign Minister Mohammad Javad Zarif visited Russia on 2 March 2016.",
        "Iranian Foreign Minister Mohammad Javad Zarif again visited Russia on 14 April 2016.",
    )
    assert sorted(event["edtf"] for event in found) == ["2016-03-02", "2016-04-14"]
    later = next(event["id"] for event in found if event["edtf"] == "2016-04-14")
    assert types(own, later) == ["repeats"]


def test_a_visit_told_by_the_guest_and_by_the_host_is_one(own: Engine, reader: Reader) -> None:
    found = told(
        own,
        reader,
        "Iranian Foreign Minister Mohammad Javad Zarif visited Russia on 14 April 2016.",
        "Russia hosted Mohammad Javad Zarif on 14 April 2016, and the talk of the town was the price of oil.",
    )
    assert [(event["edtf"], event["n_reports"], event["status"]) for event in found] == [
        ("2016-04-14", 2, "corroborated")
    ]
    assert {*found[0]["source_ids"], *found[0]["target_ids"]} >= {"RUS"}


def test_a_ban_and_its_lifting_are_of_the_matter_of_the_weapon(own: Engine, reader: Reader) -> None:
    told(own, reader, "Iran asked Russia in November 2005 for S-300 missiles.", day="2005-12-01")
    told(own, reader, "Russia and Iran signed a contract for five S-300 systems in December 2007.", day="2007-12-27")
    told(own, reader, "Russia banned the delivery of S-300 missiles to Iran on 22 September 2010.", day="2010-09-23")
    lifted = "Russia lifted its ban on the delivery of S-300 missiles to Iran on 13 April 2015."
    told(own, reader, lifted, day="2015-04-14")
    found = told(own, reader, "Russia delivered the first S-300 missiles to Iran on 11 April 2016.")
    came = next(one["id"] for one in found if (one["kind"], one["modality"]) == ("delivery", "asserted"))
    with own.connect() as conn:
        chain = relating.chain(conn, came, KINDS).record["events"]
    ways = [(one["kind"], [way["type"] for way in one["relations"]]) for one in chain if one["modality"] == "asserted"]
    assert ways == [
        ("request", []), ("agreement", []), ("sanction", ["cancels"]), ("concession", ["resumes"]),
        ("delivery", ["fulfils"]),
    ]  # fmt: skip


def test_of_two_requests_the_one_in_the_words_of_the_refusal_is_refused(own: Engine, reader: Reader) -> None:
    told(
        own, reader, "The United States asked Turkey on 1 March 2016 to open its airbase at Incirlik.", day="2016-03-02"
    )
    told(own, reader, "The United States urged Turkey on 7 March 2016 to release a journalist.", day="2016-03-08")
    found = told(own, reader, "Turkey has rejected the American request to open the airbase.", day="2016-03-12")
    refusal = next(one["id"] for one in found if one["kind"] == "refusal")
    days = {one["id"]: one["edtf"] for one in found}
    with own.connect() as conn:
        ways = relating.related(conn, refusal, KINDS)
    assert sorted(days[one["to"]] for one in ways if one["type"] == "refuses") == ["../2016-03-12", "2016-03-01"]


def test_what_is_put_off_is_the_visit_that_had_been_announced(own: Engine, reader: Reader) -> None:
    found = told(
        own,
        reader,
        "President Vladimir Putin will visit Iran on 20 May 2016, his office said.",
        "President Vladimir Putin postponed his visit to Iran on 14 April 2016, Tehran said.",
    )
    announced = next(event["id"] for event in found if event["edtf"] == "2016-05-20")
    put_off = next(event["id"] for event in found if event["kind"] == "suspension")
    with own.connect() as conn:
        ways = [(one["type"], one["to"]) for one in relating.related(conn, put_off, KINDS)]
    assert ("postpones", announced) in ways
