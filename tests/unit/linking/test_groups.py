"""The groups of kinds name kinds that the codebook has."""

from __future__ import annotations

from app.extraction.codebook import load_codebook
from app.linking.identity import ID_LENGTH, document_id, event_id
from app.linking.same import KIND_GROUPS, SYMMETRIC
from tests.builders import make_mention


def test_groups_and_symmetric_kinds_are_in_the_codebook() -> None:
    named = frozenset().union(*KIND_GROUPS) | SYMMETRIC
    assert named <= load_codebook().keys()


def test_no_kind_is_in_two_groups() -> None:
    assert sum(len(group) for group in KIND_GROUPS) == len(frozenset().union(*KIND_GROUPS))


def test_an_id_depends_on_text_trigger_and_kind_alone() -> None:
    visit = make_mention()
    assert event_id("abc", visit) == event_id("abc", visit)
    assert len({event_id("abc", visit), event_id("abd", visit), event_id("abc", make_mention("meeting"))}) == 3
    assert len(event_id("abc", visit)) == len(document_id("abc")) == ID_LENGTH
    assert event_id("abc", visit).isalnum()
