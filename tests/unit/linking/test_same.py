"""Which two claims are one event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.actors import ActorType, Party
from app.domain.events import Modality
from app.domain.spans import TimeSpan
from app.linking.same import Claim, identities, reprints, same_event

FOURTEENTH = TimeSpan.of_day(date(2016, 4, 14))
FIFTEENTH = TimeSpan.of_day(date(2016, 4, 15))
VISIT = Claim(
    kind="visit",
    modality=Modality.ASSERTED,
    span=FOURTEENTH,
    source=frozenset({"IRN", "jane-doe"}),
    target=frozenset({"RUS"}),
    document="one",
)
ELSEWHERE = replace(VISIT, document="two")


def test_two_papers_that_tell_the_same_visit_tell_one_event() -> None:
    assert same_event(ELSEWHERE, VISIT) == "visit; IRN|jane-doe to RUS; same day 2016-04-14"


def test_a_state_stands_for_its_people_and_the_reverse() -> None:
    assert same_event(replace(ELSEWHERE, source=frozenset({"IRN"})), VISIT)


def test_two_exact_days_never_merge() -> None:
    assert same_event(replace(VISIT, span=FIFTEENTH), VISIT) is None


@pytest.mark.parametrize(
    "changed",
    [
        replace(ELSEWHERE, kind="ultimatum"),
        replace(ELSEWHERE, modality=Modality.PLANNED),
        replace(ELSEWHERE, source=frozenset({"SYR"})),
        replace(ELSEWHERE, source=frozenset({"IRN", "john-roe"})),
        replace(ELSEWHERE, target=frozenset()),
        replace(ELSEWHERE, source=frozenset(), target=frozenset()),
        replace(ELSEWHERE, span=TimeSpan.of_month(2016, 4)),
        replace(ELSEWHERE, span=TimeSpan.unknown()),
    ],
    ids=["kind", "plan", "state", "person", "no target", "nobody", "month elsewhere", "no date"],
)
def test_whatever_is_not_shown_to_agree_stays_apart(changed: Claim) -> None:
    assert same_event(changed, VISIT) is None


def test_alleged_and_asserted_are_both_said_to_have_happened() -> None:
    assert same_event(replace(ELSEWHERE, modality=Modality.ALLEGED), VISIT)


def test_a_meeting_has_no_doer() -> None:
    meeting = replace(ELSEWHERE, kind="meeting", source=VISIT.target, target=VISIT.source)
    assert same_event(meeting, VISIT) == "meeting as visit; RUS to IRN|jane-doe; same day 2016-04-14"


def test_a_delivery_has_a_doer() -> None:
    delivery = replace(VISIT, kind="delivery")
    assert same_event(replace(delivery, source=VISIT.target, target=VISIT.source), delivery) is None


def test_within_one_document_a_vague_date_joins_the_exact_one_it_holds() -> None:
    assert same_event(replace(VISIT, span=TimeSpan.of_month(2016, 4)), VISIT)
    assert same_event(replace(VISIT, span=TimeSpan.of_month(2016, 5)), VISIT) is None


def test_different_objects_are_different_deliveries() -> None:
    first = replace(VISIT, kind="delivery", object="S-300 missiles")
    assert same_event(replace(first, object="tanks"), first) is None
    assert same_event(replace(first, object="missiles"), first)
    assert same_event(replace(first, object=None), first)


def test_an_unnamed_role_goes_by_its_state() -> None:
    officials = Party("official", "official", ActorType.ROLE, "RUS", "GOV", "officials")
    crowd = Party("protester", "protester", ActorType.ROLE, words="protesters")
    assert identities([officials, crowd]) == {"RUS", "protester"}


def test_a_vague_date_joins_across_documents_where_the_words_are_the_same() -> None:
    month = replace(VISIT, span=TimeSpan.of_month(2016, 4), document="one", words="The envoy came.")
    reprinted = replace(month, document="two")
    reworded = replace(month, document="two", words="An envoy had come.")
    assert "same words" in (same_event(reprinted, month) or "")
    assert same_event(reworded, month) is None


def test_a_paper_that_shortens_an_agencys_sentence_reprints_it() -> None:
    full = "The envoy of Ruritania came to the capital for talks on the border on Monday, 11 April."
    assert reprints("The envoy of Ruritania came to the capital for talks on the border on Monday.", full)
    assert not reprints("The envoy of Elbonia came to the capital for talks on the border on Monday.", full)
    assert not reprints("The envoy came.", full)
