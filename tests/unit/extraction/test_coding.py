"""Coding of sentences whose two sides are given. The sentences are invented; the parses are the model's own."""

from __future__ import annotations

import pytest

from app.domain.events import Modality
from app.extraction.coding import Answer, Coder, Question
from app.extraction.pairing import words_of
from app.extraction.parsing import load_model


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(load_model())


@pytest.mark.parametrize(
    ("sentence", "source", "target", "plover"),
    [
        ("Norway accused Chile of poaching in its waters.", "Norway", "Chile", "ACCUSE"),
        ("Norway attacked Chile for its treatment of whales.", "Norway", "Chile", "ACCUSE"),
        (
            "Norwegian frigates took part in an exercise beside the Chilean navy.",
            "Norwegian frigates",
            "the Chilean navy",
            "COOPERATE",
        ),
        ("A grant from Norway allowed Chile to rebuild the harbour.", "Norway", "Chile", "AID"),
        ("Norway handed over blankets to Chile.", "Norway", "Chile", "AID"),
        ("Norway told Chile that its ships would be seized.", "Norway", "Chile", "THREATEN"),
        ("Neither Norway nor Sweden would endorse the Chilean plan.", "Norway", "the Chilean plan", "REJECT"),
        ("Norway condemned the shelling of the harbour by Chile.", "Norway", "the shelling", "ACCUSE"),
        ("The Norwegian king visited Chile on Friday.", "The Norwegian king", "Chile", "CONSULT"),
        ("Norway praised Chile for its patience.", "Norway", "Chile", "SUPPORT"),
        ("Norway and Chile signed a treaty on fishing.", "Norway", "Chile", "SUPPORT"),
        ("Norway lifted its ban on trawlers from Chile.", "Norway", "Chile", "CONCEDE"),
        ("Norway withdrew its troops from Chile.", "Norway", "Chile", "RETREAT"),
        ("Norway freed nine sailors from Chile.", "Norway", "nine sailors", "RETREAT"),
        ("Norway sent food and blankets to Chile.", "Norway", "Chile", "AID"),
        ("Norway shared intelligence with Chile.", "Norway", "Chile", "COOPERATE"),
        ("Norway urged Chile to open the port.", "Norway", "Chile", "REQUEST"),
        ("Norway turned down an offer from Chile.", "Norway", "Chile", "REJECT"),
        ("Norway threatened to bomb Chile.", "Norway", "Chile", "THREATEN"),
        ("Norway gave Chile an ultimatum.", "Norway", "Chile", "THREATEN"),
        ("Miners in Norway went on strike against the government.", "Miners in Norway", "the government", "PROTEST"),
        ("Norway imposed sanctions on Chile.", "Norway", "Chile", "SANCTION"),
        ("Norway suspended aid to Chile.", "Norway", "Chile", "SANCTION"),
        ("Norway deployed troops along the border with Chile.", "Norway", "Chile", "MOBILIZE"),
        ("Norwegian police arrested a Chilean skipper.", "Norwegian police", "a Chilean skipper", "COERCE"),
        ("Norwegian jets bombed a bridge in Chile.", "Norwegian jets", "a bridge", "ASSAULT"),
    ],
)
def test_each_type_is_told_from_the_others(coder: Coder, sentence: str, source: str, target: str, plover: str) -> None:
    assert coder.code(Question(sentence, source, target)).plover == plover


def test_a_passive_keeps_its_sides(coder: Coder) -> None:
    answer = coder.code(Question("Chile was accused of poaching by Norway.", "Norway", "Chile"))
    assert (answer.plover, answer.kind) == ("ACCUSE", "accusation")


def test_a_visit_to_come_is_an_agreement(coder: Coder) -> None:
    answer = coder.code(Question("The Norwegian king will visit Chile in May.", "The Norwegian king", "Chile"))
    assert (answer.plover, answer.kind, answer.cameo, answer.modality) == ("AGREE", "visit", "036", Modality.PLANNED)


def test_cooperation_that_fails_is_a_rejection(coder: Coder) -> None:
    answer = coder.code(Question("Norway and Chile failed to reach an agreement on cod.", "Norway", "Chile"))
    assert answer.plover == "REJECT"


def test_what_will_not_be_done_is_a_rejection(coder: Coder) -> None:
    answer = coder.code(Question("Norway said it will not lift the embargo on Chile.", "Norway", "Chile"))
    assert answer.plover == "REJECT"


def test_harm_to_come_is_a_threat(coder: Coder) -> None:
    answer = coder.code(Question("Norway said it will attack Chile.", "Norway", "Chile"))
    assert answer.plover == "THREATEN"


def test_who_says_that_another_must_act_asks_for_it(coder: Coder) -> None:
    answer = coder.code(Question("Norway said Chile must end the blockade.", "Norway", "Chile"))
    assert (answer.plover, answer.kind) == ("REQUEST", "request")


def test_the_demand_counts_and_not_what_is_demanded(coder: Coder) -> None:
    answer = coder.code(Question("Norway demanded the release of a skipper from Chile.", "Norway", "Chile"))
    assert answer.plover == "REQUEST"


def test_of_two_deeds_the_one_between_the_two_sides_counts(coder: Coder) -> None:
    sentence = "Norway praised Peru after Bolivia bombed Chile."
    assert coder.code(Question(sentence, "Norway", "Peru")).plover == "SUPPORT"
    assert coder.code(Question(sentence, "Bolivia", "Chile")).plover == "ASSAULT"


def test_war_games_of_two_sides_are_cooperation_and_those_of_one_are_posture(coder: Coder) -> None:
    together = Question("Norway and Chile held naval exercises.", "Norway", "Chile")
    alone = Question("Norway held naval exercises near Chile.", "Norway", "Chile")
    assert [coder.code(each).plover for each in (together, alone)] == ["COOPERATE", "MOBILIZE"]


def test_a_plain_statement_has_a_kind_and_no_type(coder: Coder) -> None:
    answer = coder.code(Question("Norway said on Monday that the sea is cold.", "Norway", "the sea"))
    assert (answer.plover, answer.kind, answer.cameo) == (None, "statement", "010")


def test_a_sentence_without_any_deed_gets_an_empty_answer(coder: Coder) -> None:
    assert coder.code(Question("", "", "")) == Answer()
    assert coder.code(Question("The sea is cold.", "The sea", "cold")) == Answer()


def test_sides_that_the_sentence_does_not_hold_do_no_harm(coder: Coder) -> None:
    assert coder.code(Question("Norway accused Chile of poaching.", "Peru", "Bolivia")).plover == "ACCUSE"


def test_answers_come_in_the_order_of_the_questions(coder: Coder) -> None:
    questions = [
        Question("Norway bombed Chile.", "Norway", "Chile"),
        Question("", "", ""),
        Question("Norway praised Chile.", "Norway", "Chile"),
    ]
    assert [answer.plover for answer in coder.code_many(questions)] == ["ASSAULT", None, "SUPPORT"]


def test_the_words_of_a_side_are_found_in_part_where_the_whole_is_not_there(coder: Coder) -> None:
    doc = load_model()("The ministers of Norway and Chile met.")
    assert [doc[i].text for i in sorted(words_of(doc, "prime ministers of Norway"))] == ["ministers", "of", "Norway"]
    assert words_of(doc, "Peru") == frozenset()
