"""The demonstration corpus keeps what it promises: true quotes, dates, relations, and every hard case."""

from __future__ import annotations

import calendar
import re
from collections import Counter, defaultdict
from datetime import date

import pytest

from app.extraction.codebook import load_codebook
from app.sources.demo import Dispatch, load_demo, load_dispatches
from app.sources.records import published_span

PUBLISHERS = {
    "The Meridian Wire",
    "Levant Courier",
    "The Northern Ledger",
    "Continental Daily Record",
    "Steppe and Caucasus Review",
    "Harbour & Straits Gazette",
    "The Pacific Almanac",
    "Horn and Red Sea Bulletin",
}
RELATIONS = {"denies", "refuses", "fulfils", "cancels", "resumes", "responds_to"}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}


@pytest.fixture(scope="module")
def dispatches() -> list[Dispatch]:
    return list(load_dispatches())


def days_of(dispatches: list[Dispatch]) -> list[date]:
    """The first possible day of publication of each, in their order."""
    spans = [dispatch.document.published for dispatch in dispatches]
    return [span.start for span in spans if span and span.start]


def test_ids_and_texts_are_unique(dispatches: list[Dispatch]) -> None:
    assert len({dispatch.id for dispatch in dispatches}) == len(dispatches)
    assert len({dispatch.document.sha256 for dispatch in dispatches}) == len(dispatches)


def test_the_documents_are_those_of_the_dispatches(dispatches: list[Dispatch]) -> None:
    assert list(load_demo()) == [dispatch.document for dispatch in dispatches]


def test_every_publisher_is_one_that_does_not_exist(dispatches: list[Dispatch]) -> None:
    assert {dispatch.document.publisher for dispatch in dispatches} == PUBLISHERS
    assert all((dispatch.document.url or "").startswith("https://example.org/") for dispatch in dispatches)


def test_the_corpus_runs_from_1998_to_2024_over_many_matters(dispatches: list[Dispatch]) -> None:
    years = {day.year for day in days_of(dispatches)}
    assert (min(years), max(years)) == (1998, 2024)
    assert len({dispatch.matter for dispatch in dispatches}) >= 6


def test_dispatches_are_short_and_in_order(dispatches: list[Dispatch]) -> None:
    for dispatch in dispatches:
        assert 75 <= len(dispatch.document.text.split()) <= 220, dispatch.id
    days = days_of(dispatches)
    assert days == sorted(days)


def test_quotes_stand_once_and_kinds_are_in_the_codebook(dispatches: list[Dispatch]) -> None:
    kinds = set(load_codebook())
    for dispatch in dispatches:
        assert dispatch.truth
        for truth in dispatch.truth:
            quote = dispatch.document.text[truth.words.start : truth.words.end]
            assert dispatch.document.text.count(quote) == 1, f"{dispatch.id}: {quote}"
            assert truth.kind in kinds, f"{dispatch.id}: {truth.kind}"


def test_dates_of_the_truth_are_days_months_years_or_ranges(dispatches: list[Dispatch]) -> None:
    for dispatch in dispatches:
        for truth in dispatch.truth:
            ends = [published_span(part) for part in truth.date.split("/") if part != ".."]
            assert ends, truth
            starts = [end.start for end in ends if end.start]
            assert starts == sorted(starts), truth


def test_nothing_asserted_lies_after_its_publication(dispatches: list[Dispatch]) -> None:
    for dispatch in dispatches:
        published = dispatch.document.published
        for truth in dispatch.truth:
            if published and published.end and truth.modality in ("asserted", "alleged") and ".." not in truth.date:
                first = published_span(truth.date.split("/")[0]).start
                assert first is not None
                assert first < published.end, f"{dispatch.id}: {truth.event}"


def test_weekdays_told_with_a_date_are_right(dispatches: list[Dispatch]) -> None:
    told = re.compile(rf"({'|'.join(WEEKDAYS)})(?: \w+)?, (\d+) ({'|'.join(MONTHS)})\b")
    count = 0
    for dispatch in dispatches:
        for weekday, day, month in told.findall(dispatch.document.text):
            real = date(int(dispatch.id[:4]), MONTHS[month], int(day))
            assert WEEKDAYS[real.weekday()] == weekday, f"{dispatch.id}: {weekday}, {day} {month}"
            count += 1
    assert count > 30


def test_relations_lead_to_events_of_the_corpus(dispatches: list[Dispatch]) -> None:
    events = {truth.event for dispatch in dispatches for truth in dispatch.truth}
    relations = [relation for dispatch in dispatches for truth in dispatch.truth for relation in truth.relations]
    assert {relation.type for relation in relations} == RELATIONS
    assert {relation.event for relation in relations} <= events


def test_many_events_are_told_by_several_publishers(dispatches: list[Dispatch]) -> None:
    tellers: defaultdict[str, set[str | None]] = defaultdict(set)
    for dispatch in dispatches:
        for truth in dispatch.truth:
            tellers[truth.event].add(dispatch.document.publisher)
    shared = Counter(len(publishers) for publishers in tellers.values())
    assert sum(number for publishers, number in shared.items() if publishers >= 2) >= 20
    assert len(tellers["s300-iran-delivery-2016"]) >= 4


def test_the_hard_cases_are_there(dispatches: list[Dispatch]) -> None:
    truths = [truth for dispatch in dispatches for truth in dispatch.truth]
    assert {truth.modality for truth in truths} >= {"asserted", "alleged", "denied", "negated", "planned"}
    kinds = Counter(truth.kind for truth in truths)
    assert min(kinds[kind] for kind in ("ultimatum", "refusal", "denial", "suspension", "resumption", "visit")) >= 5
    assert {dispatch.document.published.precision for dispatch in dispatches if dispatch.document.published} == {
        "day",
        "month",
    }
    assert sum(dispatch.document.published is None for dispatch in dispatches) == 1
    # One dispatch gives a wrong day and a later one corrects it.
    dates = {truth.date for truth in truths if truth.event == "netanyahu-moscow-2009"}
    assert dates == {"2009-09-08", "2009-09-07"}


def test_reprints_share_most_of_their_words(dispatches: list[Dispatch]) -> None:
    by_id = {dispatch.id: set(dispatch.document.text.split()) for dispatch in dispatches}
    for original, reprint in (
        ("1998-12-cyprus-wire", "1998-12-cyprus-courier"),
        ("2016-04-s300-first", "2016-04-s300-first-courier"),
    ):
        shared = by_id[original] & by_id[reprint]
        assert len(shared) > 0.8 * len(by_id[reprint])
