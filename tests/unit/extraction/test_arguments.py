"""Paths from a trigger to its arguments."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc

from app.extraction.arguments import direct_objects, follow, is_passive, subjects_of

Parsed = Callable[..., Doc]


def reached(doc: Doc, word: str, path: str) -> list[str]:
    token = next(token for token in doc if token.text == word)
    return [found.text for found in follow(token, path)]


def test_the_subject_of_an_active_verb(parsed: Parsed) -> None:
    doc = parsed("Elbonia NNP nsubj 1", "invaded VBD ROOT 1 invade", "Ruritania NNP dobj 1")
    assert reached(doc, "invaded", "subj") == ["Elbonia"]
    assert reached(doc, "invaded", "dobj") == ["Ruritania"]


def test_a_passive_is_done_by_its_agent_to_its_subject(parsed: Parsed) -> None:
    doc = parsed(
        "Ruritania NNP nsubjpass 2",
        "was VBD auxpass 2 be",
        "invaded VBN ROOT 2 invade",
        "by IN agent 2",
        "Elbonia NNP pobj 3",
    )
    assert is_passive(doc[2])
    assert reached(doc, "invaded", "subj") == ["Elbonia"]
    assert reached(doc, "invaded", "dobj") == ["Ruritania"]


def test_a_passive_without_agent_has_no_subject(parsed: Parsed) -> None:
    doc = parsed("Ruritania NNP nsubjpass 2", "was VBD auxpass 2 be", "invaded VBN ROOT 2 invade")
    assert reached(doc, "invaded", "subj") == []


def test_the_controller_of_an_infinitive_is_its_subject(parsed: Parsed) -> None:
    doc = parsed("Elbonia NNP nsubj 1", "agreed VBD ROOT 1 agree", "to TO aux 3", "sell VB xcomp 1")
    assert reached(doc, "sell", "subj") == ["Elbonia"]


def test_an_urged_side_is_the_subject_of_what_it_is_urged_to_do(parsed: Parsed) -> None:
    doc = parsed(
        "Elbonia NNP nsubj 1", "urged VBD ROOT 1 urge", "Ruritania NNP dobj 1", "to TO aux 4", "withdraw VB xcomp 1"
    )
    assert reached(doc, "withdraw", "subj") == ["Ruritania"]


def test_a_relative_clause_is_about_the_noun_before_it(parsed: Parsed) -> None:
    doc = parsed(
        "missiles NNS ROOT 0 missile", "which WDT dobj 3", "Elbonia NNP nsubj 3", "delivered VBD relcl 0 deliver"
    )
    assert reached(doc, "delivered", "subj") == ["Elbonia"]


def test_the_second_of_two_verbs_shares_the_subject(parsed: Parsed) -> None:
    doc = parsed("Elbonia NNP nsubj 1", "stopped VBD ROOT 1 stop", "and CC cc 1", "fired VBD conj 1 fire")
    assert reached(doc, "fired", "subj") == ["Elbonia"]


def test_a_possessor_does_what_the_noun_names(parsed: Parsed) -> None:
    doc = parsed("Elbonia NNP poss 2", "'s POS case 0", "refusal NN ROOT 2")
    assert reached(doc, "refusal", "subj") == ["Elbonia"]


def test_the_subject_of_a_support_verb_does_what_the_noun_names(parsed: Parsed) -> None:
    doc = parsed(
        "envoy NN nsubj 1", "made VBD ROOT 1 make", "a DT det 3", "trip NN dobj 1", "to IN prep 3", "Elbonia NNP pobj 4"
    )
    assert reached(doc, "trip", "light") == ["envoy"]
    assert reached(doc, "trip", "to") == ["Elbonia"]


def test_a_preposition_hung_on_the_object_is_found_from_the_verb(parsed: Parsed) -> None:
    doc = parsed(
        "Elbonia NNP nsubj 1",
        "sold VBD ROOT 1 sell",
        "missiles NNS dobj 1 missile",
        "to IN prep 2",
        "Ruritania NNP pobj 3",
    )
    assert reached(doc, "sold", "dative") == ["Ruritania"]


def test_two_hops_go_through_the_object(parsed: Parsed) -> None:
    doc = parsed(
        "Elbonia NNP nsubj 1",
        "rejected VBD ROOT 1 reject",
        "a DT det 3",
        "request NN dobj 1",
        "by IN prep 3",
        "Ruritania NNP pobj 4",
    )
    assert reached(doc, "rejected", "dobj.by") == ["Ruritania"]


def test_a_path_that_leads_nowhere_is_empty(parsed: Parsed) -> None:
    doc = parsed("Elbonia NNP nsubj 1", "slept VBD ROOT 1 sleep")
    assert reached(doc, "slept", "dobj.with") == []


def test_a_participle_before_a_noun_is_done_to_it(parsed: Parsed) -> None:
    doc = parsed("The DT det 2", "kidnapped VBN amod 2 kidnap", "envoy NN nsubj 3", "spoke VBD ROOT 3 speak")
    assert [token.text for token in direct_objects(doc[1])] == ["envoy"]


def test_a_clause_taken_for_a_participle_has_the_noun_before_it_as_subject(parsed: Parsed) -> None:
    doc = parsed("Elbonia NNP ROOT 0", "called VBD acl 0 call", "it PRP dobj 1", "theft NN oprd 1")
    assert [token.text for token in subjects_of(doc[1])] == ["Elbonia"]
