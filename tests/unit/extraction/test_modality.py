"""Cues of negation, denial, plan, condition and hearsay, each within its scope."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from app.domain.events import Modality
from app.extraction.modality import stance_of
from app.extraction.saying import speaker_of

Parsed = Callable[..., Doc]


def stance(doc: Doc, trigger: str, kind: str = "agreement") -> Modality:
    return stance_of(next(token for token in doc if token.text == trigger), kind).modality


def test_not_signing_is_negated(parsed: Parsed) -> None:
    doc = parsed("Ruritania NNP nsubj 3", "did VBD aux 3 do", "not RB neg 3", "sign VB ROOT 3")
    assert stance(doc, "sign") is Modality.NEGATED


def test_will_sign_is_planned(parsed: Parsed) -> None:
    doc = parsed("Ruritania NNP nsubj 2", "will MD aux 2", "sign VB ROOT 2")
    assert stance(doc, "sign") is Modality.PLANNED


def test_may_sign_is_conditional(parsed: Parsed) -> None:
    doc = parsed("Ruritania NNP nsubj 2", "may MD aux 2", "sign VB ROOT 2")
    assert stance(doc, "sign") is Modality.CONDITIONAL


def test_signed_is_asserted(parsed: Parsed) -> None:
    doc = parsed("Ruritania NNP nsubj 1", "signed VBD ROOT 1 sign")
    assert stance(doc, "signed") is Modality.ASSERTED


def test_what_is_denied_is_denied(parsed: Parsed) -> None:
    doc = parsed(
        "Ruritania NNP nsubj 1", "denied VBD ROOT 1 deny", "that IN mark 4", "it PRP nsubj 4", "signed VBD ccomp 1 sign"
    )
    assert stance(doc, "signed") is Modality.DENIED


def test_a_failed_act_is_negated(parsed: Parsed) -> None:
    doc = parsed("Ruritania NNP nsubj 1", "failed VBD ROOT 1 fail", "to TO aux 3", "sign VB xcomp 1")
    assert stance(doc, "sign") is Modality.NEGATED


def test_a_plan_to_sign_is_planned(parsed: Parsed) -> None:
    doc = parsed("Ruritania NNP nsubj 1", "plans VBZ ROOT 1 plan", "to TO aux 3", "sign VB xcomp 1")
    assert stance(doc, "sign") is Modality.PLANNED


def test_a_negated_plan_is_negated(parsed: Parsed) -> None:
    doc = parsed(
        "Ruritania NNP nsubj 3", "does VBZ aux 3 do", "not RB neg 3", "plan VB ROOT 3", "to TO aux 5", "sign VB xcomp 3"
    )
    assert stance(doc, "sign") is Modality.NEGATED


def test_a_managed_act_is_asserted(parsed: Parsed) -> None:
    doc = parsed("Ruritania NNP nsubj 1", "managed VBD ROOT 1 manage", "to TO aux 3", "sign VB xcomp 1")
    assert stance(doc, "sign") is Modality.ASSERTED


def test_the_negation_of_a_saying_does_not_reach_what_is_said_of_itself(parsed: Parsed) -> None:
    doc = parsed(
        "Ruritania NNP nsubj 3", "did VBD aux 3 do", "not RB neg 3", "say VB ROOT 3",
        "that IN mark 6", "it PRP nsubj 6", "signed VBD ccomp 3 sign",
    )  # fmt: skip
    assert stance(doc, "signed") is Modality.ASSERTED


@pytest.mark.parametrize(("kind", "expected"), [("talks", Modality.ASSERTED), ("attack", Modality.PLANNED)])
def test_a_visitors_purpose_is_taken_as_done_where_it_is_talk(parsed: Parsed, kind: str, expected: Modality) -> None:
    doc = parsed(
        "Ruritania NNP nsubj 1", "flew VBD ROOT 1 fly", "to IN prep 1", "Elbonia NNP pobj 2",
        "to TO aux 5", "discuss VB advcl 1", "missiles NNS dobj 5 missile",
    )  # fmt: skip
    assert stance(doc, "discuss", kind) is expected


def test_reportedly_makes_an_allegation(parsed: Parsed) -> None:
    doc = parsed("Ruritania NNP nsubj 2", "reportedly RB advmod 2", "signed VBD ROOT 2 sign")
    assert stance(doc, "signed") is Modality.ALLEGED


def test_the_speaker_is_the_subject_of_the_saying(parsed: Parsed) -> None:
    doc = parsed(
        "Elbonia NNP nsubj 1",
        "said VBD ROOT 1 say",
        "that IN mark 4",
        "Ruritania NNP nsubj 4",
        "signed VBD ccomp 1 sign",
    )
    speaker = speaker_of(doc[4])
    assert speaker is not None
    assert speaker.text == "Elbonia"


def test_what_is_only_talked_of_is_conditional(parsed: Parsed) -> None:
    doc = parsed(
        "They PRP nsubj 1", "discussed VBD ROOT 1 discuss", "the DT det 3", "delivery NN dobj 1", "of IN prep 3",
        "missiles NNS pobj 4 missile",
    )  # fmt: skip
    assert stance(doc, "delivery", "delivery") is Modality.CONDITIONAL
    assert stance(doc, "discussed", "talks") is Modality.ASSERTED


def test_what_one_is_accused_of_is_alleged(parsed: Parsed) -> None:
    doc = parsed(
        "Elbonia NNP nsubj 1", "accused VBD ROOT 1 accuse", "Ruritania NNP dobj 1", "of IN prep 1",
        "sending VBG pcomp 3 send", "shells NNS dobj 4 shell",
    )  # fmt: skip
    assert stance(doc, "sending", "delivery") is Modality.ALLEGED
    assert stance(doc, "accused", "accusation") is Modality.ASSERTED


@pytest.mark.parametrize(("subject", "expected"), [("Iran NNP", Modality.PLANNED), ("aim NN", Modality.ASSERTED)])
def test_who_is_to_do_it_has_not_done_it(parsed: Parsed, subject: str, expected: Modality) -> None:
    doc = parsed(f"{subject} nsubj 1", "was VBD ROOT 1 be", "to TO aux 3", "attack VB xcomp 1")
    assert stance(doc, "attack", "attack") is expected


@pytest.mark.parametrize(("verb", "expected"), [("banned", Modality.NEGATED), ("welcomed", Modality.ASSERTED)])
def test_what_is_banned_does_not_come_about(parsed: Parsed, verb: str, expected: Modality) -> None:
    lemma = {"banned": "ban", "welcomed": "welcome"}[verb]
    doc = parsed("Ruritania NNP nsubj 1", f"{verb} VBD ROOT 1 {lemma}", "the DT det 3", "sale NN dobj 1")
    assert stance(doc, "sale", "sale") is expected


def test_what_a_ban_is_on_may_or_may_not_come_about(parsed: Parsed) -> None:
    doc = parsed("A DT det 1", "ban NN nsubj 4", "on IN prep 1", "sales NNS pobj 2 sale", "ended VBD ROOT 4 end")
    assert stance(doc, "sales", "sale") is Modality.CONDITIONAL
