"""Closed word classes, read once from data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType

GRAMMAR_FILE = Path(__file__).parent / "data" / "grammar.toml"


@dataclass(frozen=True, slots=True)
class Grammar:
    """Lemmas by what they do to the words around them. The file says what each class is for."""

    object_control: frozenset[str]
    done_to: frozenset[str]
    done_to_in_headlines: frozenset[str]
    purposing: frozenset[str]
    outlasted_by: frozenset[str]
    lifting: frozenset[str]
    ending_nouns: frozenset[str]
    habitual: frozenset[str]
    support: frozenset[str]
    saying: frozenset[str]
    saying_nouns: frozenset[str]
    documents: frozenset[str]
    denying: frozenset[str]
    replying: frozenset[str]
    naming: frozenset[str]
    called_upon: frozenset[str]
    anybody: frozenset[str]
    negative_implicative: frozenset[str]
    implicative: frozenset[str]
    planning: frozenset[str]
    wishing: frozenset[str]
    plotting: frozenset[str]
    attempting: frozenset[str]
    approving: frozenset[str]
    designing: frozenset[str]
    enacting: frozenset[str]
    appraising: frozenset[str]
    answers_named: frozenset[str]
    suffered: frozenset[str]
    provoking: frozenset[str]
    unasked_kinds: frozenset[str]
    future_modals: frozenset[str]
    weak_modals: frozenset[str]
    conditional_marks: frozenset[str]
    irrealis: frozenset[str]
    preventing: frozenset[str]
    cancelling: frozenset[str]
    deferring: frozenset[str]
    cancellable_kinds: frozenset[str]
    barring_nouns: frozenset[str]
    aims: frozenset[str]
    awaiting: frozenset[str]
    foretelling: frozenset[str]
    ahead_adjectives: frozenset[str]
    unable_adjectives: frozenset[str]
    weighing: frozenset[str]
    reproaching: frozenset[str]
    attributing: frozenset[str]
    accusing: frozenset[str]
    hedging: frozenset[str]
    planned_modifiers: frozenset[str]
    possible_modifiers: frozenset[str]
    possible_nouns: frozenset[str]
    negators: frozenset[str]
    unsure: frozenset[str]
    harming: frozenset[str]
    occurring: frozenset[str]
    signing: frozenset[str]
    ending: frozenset[str]
    confirming: frozenset[str]
    singling_out: frozenset[str]
    ongoing: frozenset[str]
    gathering: frozenset[str]
    time_and_again: frozenset[str]
    earlier: frozenset[str]
    later: frozenset[str]
    eras: frozenset[str]
    unnamed: frozenset[str]
    purposes_taken_as_done: frozenset[str]
    counting: frozenset[str]
    measures: frozenset[str]
    joint_kinds: frozenset[str]
    common_things: frozenset[str]
    placed_nouns: frozenset[str]
    trying: frozenset[str]
    unarmed_sectors: frozenset[str]
    from_elsewhere: frozenset[str]
    of_unknown_home: frozenset[str]
    of_many_states: frozenset[str]
    travelled_kinds: frozenset[str]
    two_sided_kinds: frozenset[str]
    directed_kinds: frozenset[str]
    pointing_kinds: frozenset[str]
    burdens: frozenset[str]
    burdening_kinds: frozenset[str]
    acting_kinds: frozenset[str]
    placed_kinds: frozenset[str]
    verbal_kinds: frozenset[str]
    answered_kinds: frozenset[str]
    answering_kinds: frozenset[str]
    refusable_kinds: frozenset[str]
    disasters: frozenset[str]
    violence: frozenset[str]
    endangering: frozenset[str]
    figures: frozenset[str]
    figured_kinds: frozenset[str]
    attributive_kinds: frozenset[str]
    instrument_kinds: frozenset[str]
    instruments: frozenset[str]
    valued_kinds: frozenset[str]
    deadline_kinds: frozenset[str]
    responsive: frozenset[str]
    telling: frozenset[str]
    retaliating: frozenset[str]
    good_offices: frozenset[str]
    goings_on: frozenset[str]
    unanswering_kinds: frozenset[str]
    deeds_of_a_day: frozenset[str]
    words_of_days: frozenset[str]
    families: Mapping[str, str]
    answers_to: Mapping[str, frozenset[str]]


@cache
def load_grammar(path: Path = GRAMMAR_FILE) -> Grammar:
    table = tomllib.loads(path.read_text("utf-8"))
    families = {kind: family for family, kinds in table.pop("families").items() for kind in kinds}
    answers = {kind: frozenset(kinds) for kind, kinds in table.pop("answers_to").items()}
    classes = {field.name: frozenset(table[field.name]) for field in fields(Grammar) if field.name in table}
    return Grammar(**classes, families=MappingProxyType(families), answers_to=MappingProxyType(answers))
