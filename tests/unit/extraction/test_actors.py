"""Names, offices, nationality and coreference, on sentences parsed by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest
from spacy.tokens import Doc, Token

from app.domain.actors import ActorType
from app.domain.spans import TimeSpan
from app.extraction.actors import ActorIndex, ActorReader
from app.extraction.lexicon import Lexicon, load_lexicon

Parsed = Callable[..., Doc]


def word(doc: Doc, text: str) -> Token:
    return next(token for token in doc if token.text == text)


@cache
def lexicon() -> Lexicon:
    return load_lexicon()


def read(*docs: Doc, day: date | None = None) -> ActorIndex:
    return ActorReader(lexicon()).read(docs, TimeSpan.of_day(day) if day else None)


def labels(index: ActorIndex, doc: Doc, text: str) -> list[str]:
    return [label for party in index.parties(word(doc, text)) for label in party.labels]


def test_a_coordination_names_all_its_members(parsed: Parsed) -> None:
    doc = parsed("Russia NNP nsubj 3 Russia", "and CC cc 0", "Belarus NNP conj 0 Belarus", "agreed VBD ROOT 3 agree")
    assert labels(read(doc), doc, "Russia") == ["RUS", "BLR"]


def test_an_official_stands_for_his_state(parsed: Parsed) -> None:
    doc = parsed(
        "A DT det 4",
        "senior JJ amod 4",
        "Iranian JJ amod 4",
        "security NN compound 4",
        "official NN nsubj 5",
        "spoke VBD ROOT 5 speak",
    )
    (party,) = read(doc).parties(word(doc, "official"))
    assert (party.id, party.type, party.words) == ("IRN", ActorType.STATE, "A senior Iranian security official")


def test_sources_in_two_capitals_are_of_two_states(parsed: Parsed) -> None:
    doc = parsed(
        "Sources NNS nsubj 5 source",
        "in IN prep 0",
        "Moscow NNP pobj 1 Moscow",
        "and CC cc 2",
        "Minsk NNP conj 2 Minsk",
        "agreed VBD ROOT 5 agree",
    )
    assert labels(read(doc), doc, "Sources") == ["RUS", "BLR"]


def test_protesters_in_a_city_keep_their_own_name_and_its_state(parsed: Parsed) -> None:
    doc = parsed(
        "Protesters NNS nsubj 3 protester", "in IN prep 0", "Cairo NNP pobj 1 Cairo", "marched VBD ROOT 3 march"
    )
    (party,) = read(doc).parties(word(doc, "Protesters"))
    assert (party.id, party.type, party.state) == ("protester", ActorType.ROLE, "EGY")


def test_a_quantity_looks_through_to_what_it_counts(parsed: Parsed) -> None:
    doc = parsed(
        "Hundreds NNS nsubj 4 hundred",
        "of IN prep 0",
        "Iranian JJ amod 3",
        "soldiers NNS pobj 1 soldier",
        "left VBD ROOT 4 leave",
    )
    assert labels(read(doc), doc, "Hundreds") == ["IRN"]


def test_a_thing_is_no_actor(parsed: Parsed) -> None:
    doc = parsed("Russian JJ amod 1", "missiles NNS nsubj 2 missile", "flew VBD ROOT 2 fly")
    index = read(doc)
    assert index.parties(word(doc, "missiles")) == ()
    assert [party.id for party in index.modifier_parties(word(doc, "missiles"))] == ["RUS"]


def test_a_title_gives_the_nationality_of_a_person_of_no_table(parsed: Parsed) -> None:
    doc = parsed(
        "Iran NNP poss 4 Iran",
        "'s POS case 0",
        "chief JJ amod 4",
        "negotiator NN compound 4",
        "Farzad NNP nsubj 6 Farzad",
        "Behdadi NNP flat 4 Behdadi",
        "left VBD ROOT 6 leave",
    )
    assert labels(read(doc), doc, "Farzad") == ["IRN", "Farzad Behdadi"]


def test_an_apposition_gives_the_nationality_of_a_person_of_no_table(parsed: Parsed) -> None:
    doc = parsed(
        "Pjotr NNP compound 1 Pjotr",
        "Belov NNP nsubj 7 Belov",
        ", , punct 1",
        "a DT det 5",
        "Russian JJ amod 5",
        "diplomat NN appos 1",
        ", , punct 1",
        "left VBD ROOT 7 leave",
    )
    assert labels(read(doc), doc, "Belov") == ["RUS", "Pjotr Belov"]


def test_a_surname_finds_the_full_name_of_another_block(parsed: Parsed) -> None:
    first = parsed(
        "Belarusian JJ compound 2",
        "diplomat NN compound 2",
        "Pjotr NNP nsubj 4 Pjotr",
        "Belov NNP flat 2 Belov",
        "left VBD ROOT 4 leave",
    )
    second = parsed("Belov NNP nsubj 1 Belov", "returned VBD ROOT 1 return")
    assert labels(read(first, second), second, "Belov") == ["BLR", "Pjotr Belov"]


def test_of_two_namesakes_the_one_in_office_on_the_day_is_meant(parsed: Parsed) -> None:
    doc = parsed("President NNP compound 1 President", "Bush NNP nsubj 2 Bush", "spoke VBD ROOT 2 speak")
    assert labels(read(doc, day=date(1990, 8, 3)), doc, "Bush") == ["USA", "George H. W. Bush"]
    assert labels(read(doc, day=date(2003, 3, 20)), doc, "Bush") == ["USA", "George W. Bush"]


def test_namesakes_stay_unresolved_without_a_day(parsed: Parsed) -> None:
    doc = parsed("President NNP compound 1 President", "Bush NNP nsubj 2 Bush", "spoke VBD ROOT 2 speak")
    (party,) = read(doc).parties(word(doc, "Bush"))
    assert (party.id, party.state) == ("bush", "USA")


def test_a_forename_before_a_state_name_makes_it_a_surname(parsed: Parsed) -> None:
    doc = parsed("Michael NNP compound 1 Michael", "Jordan NNP nsubj 2 Jordan", "left VBD ROOT 2 leave")
    assert labels(read(doc), doc, "Jordan") == ["Michael Jordan"]


def test_he_is_the_last_subject_and_she_is_another(parsed: Parsed) -> None:
    doc = parsed(
        "Vladimir NNP compound 1 Vladimir",
        "Putin NNP nsubj 2 Putin",
        "met VBD ROOT 2 meet",
        "Angela NNP compound 4 Angela",
        "Merkel NNP dobj 2 Merkel",
        ". . punct 2",
    )
    he = parsed("He PRP nsubj 1 he", "left VBD ROOT 1 leave")
    she = parsed("She PRP nsubj 1 she", "left VBD ROOT 1 leave")
    index = read(doc, he, she)
    assert labels(index, he, "He") == ["RUS", "Vladimir Putin"]
    assert labels(index, she, "She") == ["DEU", "Angela Merkel"]


def test_its_is_the_state_that_acts(parsed: Parsed) -> None:
    doc = parsed(
        "Iran NNP nsubj 1 Iran",
        "moved VBD ROOT 1 move",
        "its PRP$ poss 3 its",
        "troops NNS dobj 1 troop",
    )
    index = read(doc)
    assert labels(index, doc, "its") == ["IRN"]
    assert labels(index, doc, "troops") == ["IRN"]


@pytest.mark.parametrize("noun", ["countries", "sides"])
def test_the_two_countries_are_the_pair_spoken_of(parsed: Parsed, noun: str) -> None:
    first = parsed("Iran NNP nsubj 3 Iran", "and CC cc 0", "Syria NNP conj 0 Syria", "met VBD ROOT 3 meet")
    lemma = {"countries": "country", "sides": "side"}[noun]
    second = parsed("The DT det 2", "two CD nummod 2", f"{noun} NNS nsubj 3 {lemma}", "agreed VBD ROOT 3 agree")
    assert labels(read(first, second), second, noun) == ["IRN", "SYR"]


def test_a_relative_pronoun_is_its_antecedent(parsed: Parsed) -> None:
    doc = parsed(
        "Iran NNP nsubj 4 Iran",
        ", , punct 0",
        "which WDT nsubj 3",
        "refused VBD relcl 0 refuse",
        "left VBD ROOT 4 leave",
    )
    assert labels(read(doc), doc, "which") == ["IRN"]


def test_a_city_is_a_place_with_coordinates_and_a_state_is_one_without(parsed: Parsed) -> None:
    doc = parsed("Moscow NNP nsubj 1 Moscow", "left VBD ROOT 1 leave", "Iran NNP dobj 1 Iran")
    index = read(doc)
    city, state = index.place_at(doc[0]), index.place_at(doc[2])
    assert city is not None
    assert state is not None
    assert (city.country, city.precision, round(city.latitude or 0)) == ("RUS", "city", 56)
    assert (state.country, state.precision) == ("IRN", "country")


def test_an_owner_of_another_state_overrides_a_seat_of_power(parsed: Parsed) -> None:
    doc = parsed("Peru NNP poss 2 Peru", "'s POS case 0", "Congress NNP nsubj 3 Congress", "voted VBD ROOT 3 vote")
    assert labels(read(doc), doc, "Congress") == ["PER"]
