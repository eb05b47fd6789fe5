"""The table of linking names kinds that the codebook has; ids depend on what was read alone."""

from __future__ import annotations

from app.extraction.codebook import load_codebook
from app.linking.identity import ID_LENGTH, document_id, event_id
from app.linking.rules import load_rules
from tests.builders import make_mention

RULES = load_rules()


def test_every_kind_that_the_table_names_is_in_the_codebook() -> None:
    named = RULES.groups.keys() | RULES.symmetric | RULES.days.keys() | RULES.matter | RULES.dealings
    related = frozenset().union(*(rule.kinds | rule.to_kinds for rule in RULES.relations)) - {"*", "="}
    once = RULES.once.days.keys() | RULES.once.towns | RULES.once.opposites.keys() | RULES.once.first_kinds
    assert (named | related | once) - load_codebook().keys() == set()


def test_every_kind_of_the_codebook_has_its_days() -> None:
    assert load_codebook().keys() - RULES.days.keys() == set()


def test_what_deals_in_a_weapon_may_name_it() -> None:
    assert RULES.dealings <= RULES.matter


def test_an_id_depends_on_text_trigger_and_kind_alone() -> None:
    visit = make_mention()
    assert event_id("abc", visit) == event_id("abc", visit)
    assert len({event_id("abc", visit), event_id("abd", visit), event_id("abc", make_mention("meeting"))}) == 3
    assert len(event_id("abc", visit)) == len(document_id("abc")) == ID_LENGTH
    assert event_id("abc", visit).isalnum()
