"""Which date an event takes: its clause's, its sentence's, the narrative's, or a bound from the publication."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pytest
from spacy.tokens import Doc

from app.domain.dates import Basis, DateCandidate, Derivation, Offsets
from app.domain.events import Modality
from app.domain.spans import Precision, TimeSpan
from app.extraction.blocks import Block, BlockKind
from app.extraction.codebook import Slot, TriggerRow
from app.extraction.dating import EventDater, EventDates
from app.extraction.expressions import dates_in, hull
from app.extraction.frames import Frame
from app.extraction.temporal.tense import Tense, tense_in

Parsed = Callable[..., Doc]
PUBLISHED = date(2015, 5, 6)
SUNDAY = date(2015, 5, 3)


def dates_of(
    doc: Doc,
    trigger: str,
    *words: str,
    kind: str = "attack",
    modality: Modality = Modality.ASSERTED,
    days: Mapping[str, date] = {},
    rivals: Sequence[DateCandidate] = (),
) -> EventDates:
    """The dates of the event at `trigger`; each of `words` is a date expression that means its day of `days`, else
    3 May 2015."""
    dates = [
        Derivation(
            TimeSpan.of_day(days.get(token.text, SUNDAY)),
            Basis.RELATIVE,
            "weekday",
            Offsets(token.idx, token.idx + len(token)),
        )
        for token in doc
        if token.text in words
    ]
    published = hull([rival.span for rival in rivals]) if rivals else TimeSpan.of_day(PUBLISHED)
    dater = EventDater([Block(BlockKind.BODY, 100, doc.text)], [doc], [dates], published, rivals)
    token = next(token for token in doc if token.text == trigger)
    row = TriggerRow("test.V", token.lemma_, "V", kind, Slot(), Slot(), Slot())
    return dater.date_of(Frame(0, token, row), modality)


def dated(
    doc: Doc, trigger: str, *words: str, kind: str = "attack", modality: Modality = Modality.ASSERTED
) -> Derivation:
    return dates_of(doc, trigger, *words, kind=kind, modality=modality).date


def test_an_event_takes_its_own_clauses_date(parsed: Parsed) -> None:
    doc = parsed("Rebels NNS nsubj 1", "attacked VBD ROOT 1 attack", "on IN prep 1", "Sunday NNP pobj 2")
    found = dated(doc, "attacked", "Sunday")
    assert found.span == TimeSpan.of_day(SUNDAY)
    assert found.words == Offsets(100 + doc[3].idx, 100 + doc[3].idx + 6)


def test_the_day_of_the_saying_bounds_what_is_said(parsed: Parsed) -> None:
    doc = parsed(
        "Elbonia NNP nsubj 1", "said VBD ROOT 1 say", "Sunday NNP npadvmod 1", "that IN mark 6", "it PRP nsubj 6",
        "had VBD aux 6 have", "delivered VBN ccomp 1 deliver",
    )  # fmt: skip
    assert dated(doc, "delivered", "Sunday").span == TimeSpan.until(SUNDAY)
    assert dated(doc, "said", "Sunday", kind="statement").span == TimeSpan.of_day(SUNDAY)


def test_without_a_date_the_publication_bounds_what_was_done(parsed: Parsed) -> None:
    doc = parsed("Rebels NNS nsubj 1", "attacked VBD ROOT 1 attack")
    found = dated(doc, "attacked")
    assert found.span == TimeSpan.until(PUBLISHED)
    assert found.basis is Basis.PUBLICATION


def test_without_a_date_a_plan_lies_ahead_of_publication(parsed: Parsed) -> None:
    doc = parsed("Rebels NNS nsubj 2", "will MD aux 2", "attack VB ROOT 2")
    assert dated(doc, "attack", modality=Modality.PLANNED).span == TimeSpan.since(PUBLISHED)


def test_what_goes_on_is_told_in_the_present(parsed: Parsed) -> None:
    doc = parsed("Rebels NNS nsubj 2", "are VBP aux 2 be", "attacking VBG ROOT 2 attack")
    assert dated(doc, "attacking").span == TimeSpan.of_day(PUBLISHED)


def test_the_date_of_the_first_verb_is_the_date_of_the_second(parsed: Parsed) -> None:
    doc = parsed(
        "Rebels NNS nsubj 1",
        "stopped VBD ROOT 1 stop",
        "on IN prep 1",
        "Sunday NNP pobj 2",
        "and CC cc 1",
        "fired VBD conj 1 fire",
    )
    assert dated(doc, "fired", "Sunday").span == TimeSpan.of_day(SUNDAY)


def test_what_is_done_about_an_event_does_not_date_it(parsed: Parsed) -> None:
    first = parsed(
        "Elbonia NNP nsubj 1", "issued VBD ROOT 1 issue", "an DT det 3", "ultimatum NN dobj 1", "Sunday NNP npadvmod 1"
    )
    second = parsed(
        "Ruritania NNP nsubj 1",
        "rejected VBD ROOT 1 reject",
        "the DT det 3",
        "ultimatum NN dobj 1",
        "today NN npadvmod 1",
    )
    days = {4: (first, SUNDAY), 104: (second, PUBLISHED)}
    dates = [
        [Derivation(TimeSpan.of_day(day), Basis.RELATIVE, "day", Offsets(doc[4].idx, doc[4].idx + len(doc[4])))]
        for doc, day in days.values()
    ]
    blocks = [Block(BlockKind.BODY, 0, first.text), Block(BlockKind.BODY, 100, second.text)]
    dater = EventDater(blocks, [first, second], dates, TimeSpan.of_day(PUBLISHED))
    row = TriggerRow("ultimatum.N", "ultimatum", "N", "ultimatum", Slot(), Slot(), Slot())
    given = dater.date_of(Frame(0, first[3], row), Modality.ASSERTED).date
    again = dater.date_of(Frame(1, second[3], row, antecedent=(0, 3)), Modality.ASSERTED).date
    assert given.span == again.span == TimeSpan.of_day(SUNDAY)


def test_a_month_ahead_that_the_simple_past_tells_is_last_years(parsed: Parsed) -> None:
    doc = parsed("Rebels NNS nsubj 1", "attacked VBD ROOT 1 attack", "in IN prep 1", "June NNP pobj 2")
    june = Derivation(TimeSpan.of_month(2015, 6), Basis.RELATIVE, "month/near", Offsets(doc[3].idx, doc[3].idx + 4))
    dater = EventDater([Block(BlockKind.BODY, 0, doc.text)], [doc], [[june]], TimeSpan.of_day(PUBLISHED))
    row = TriggerRow("attack.V", "attack", "V", "attack", Slot(), Slot(), Slot())
    assert dater.date_of(Frame(0, doc[1], row), Modality.ASSERTED).date.span == TimeSpan.of_month(2014, 6)
    assert dater.date_of(Frame(0, doc[1], row), Modality.PLANNED).date.span == TimeSpan.of_month(2015, 6)


def test_a_date_that_only_colours_a_noun_dates_no_later_sentence(parsed: Parsed) -> None:
    doc = parsed(
        "Amir NNP nsubj 1", "served VBD ROOT 1 serve", "time NN dobj 1", "for IN prep 1", "the DT det 6",
        "Sunday NNP compound 6", "attack NN pobj 3", ". . punct 1", "Rebels NNS nsubj 9", "fired VBD ROOT 9 fire",
    )  # fmt: skip
    day = Derivation(TimeSpan.of_day(SUNDAY), Basis.RELATIVE, "weekday", Offsets(doc[5].idx, doc[5].idx + 6))
    dater = EventDater([Block(BlockKind.BODY, 0, doc.text)], [doc], [[day]], TimeSpan.of_day(PUBLISHED))
    row = TriggerRow("test", "test", "V", "attack", Slot(), Slot(), Slot())
    assert dater.date_of(Frame(0, doc[6], row), Modality.ASSERTED).date.span == TimeSpan.of_day(SUNDAY)
    assert dater.date_of(Frame(0, doc[9], row), Modality.ASSERTED).date.rule != "narrative"


def test_what_may_still_come_dates_no_deed_that_points_back_to_it(parsed: Parsed) -> None:
    doc = parsed(
        "Elbonia NNP nsubj 1", "threatens VBZ ROOT 1 threaten", "war NN dobj 1", ". . punct 1",
        "Ruritania NNP nsubj 5", "entered VBD ROOT 5 enter", "the DT det 7", "war NN dobj 5",
    )  # fmt: skip
    dater = EventDater([Block(BlockKind.BODY, 0, doc.text)], [doc], [[]], TimeSpan.of_day(PUBLISHED))
    row = TriggerRow("test", "war", "N", "attack", Slot(), Slot(), Slot())
    assert dater.date_of(Frame(0, doc[2], row), Modality.PLANNED).date.span == TimeSpan.since(PUBLISHED)
    entered = dater.date_of(Frame(0, doc[7], row, antecedent=(0, 2)), Modality.ASSERTED).date
    assert entered.span == TimeSpan.until(PUBLISHED)


SAID = (
    "Elbonia NNP nsubj 1", "said VBD ROOT 1 say", "Sunday NNP npadvmod 1", "that IN mark 6", "it PRP nsubj 6",
    "had VBD aux 6 have", "delivered VBN ccomp 1 deliver",
)  # fmt: skip


def test_the_day_of_the_saying_is_kept_beside_the_day_of_the_deed(parsed: Parsed) -> None:
    bounded = dates_of(parsed(*SAID), "delivered", "Sunday", kind="delivery")
    assert bounded.reported is not None
    assert bounded.reported.span == TimeSpan.of_day(SUNDAY)
    assert bounded.planned is None
    both = dates_of(
        parsed(*SAID, "on IN prep 6", "Friday NNP pobj 7"),
        "delivered", "Sunday", "Friday", kind="delivery", days={"Friday": date(2015, 5, 1)},
    )  # fmt: skip
    assert both.date.span == TimeSpan.of_day(date(2015, 5, 1))
    assert both.reported is not None
    assert both.reported.span == TimeSpan.of_day(SUNDAY)


def test_the_saying_itself_is_not_reported_by_its_own_day(parsed: Parsed) -> None:
    assert dates_of(parsed(*SAID), "said", "Sunday", kind="statement").reported is None


MEETS = ("Elbonia NNP nsubj 2", "will MD aux 2 will", "attack VB ROOT 2", "on IN prep 2", "Friday NNP pobj 3")
FRIDAY = date(2015, 5, 8)


def test_what_is_told_as_ahead_is_planned_for_its_day(parsed: Parsed) -> None:
    found = dates_of(parsed(*MEETS), "attack", "Friday", modality=Modality.PLANNED, days={"Friday": FRIDAY})
    assert found.planned == found.date
    assert found.date.span == TimeSpan.of_day(FRIDAY)


def test_what_is_denied_for_a_day_ahead_is_denied_by_the_day_of_publication(parsed: Parsed) -> None:
    found = dates_of(parsed(*MEETS), "attack", "Friday", modality=Modality.NEGATED, days={"Friday": FRIDAY})
    assert found.date.span == TimeSpan.of_day(PUBLISHED)
    assert found.planned is not None
    assert found.planned.span == TimeSpan.of_day(FRIDAY)


def test_a_bound_from_one_of_several_days_of_publication_keeps_each(parsed: Parsed) -> None:
    doc = parsed("Rebels NNS nsubj 1", "attacked VBD ROOT 1 attack")
    rivals = (
        DateCandidate(TimeSpan.of_day(date(2009, 5, 3)), 0.5, ("the weekday agrees",)),
        DateCandidate(TimeSpan.of_day(date(2015, 5, 3)), 0.3, ("so it does here",)),
    )
    found = dates_of(doc, "attacked", rivals=rivals).date
    assert found.span == TimeSpan.until(date(2015, 5, 3))
    assert [(one.span, one.weight) for one in found.alternatives] == [
        (TimeSpan.until(date(2009, 5, 3)), 0.5),
        (TimeSpan.until(date(2015, 5, 3)), 0.3),
    ]


@pytest.mark.parametrize(
    ("preposition", "expected"),
    [
        ("before", TimeSpan(None, SUNDAY, Precision.BEFORE)),
        ("by", TimeSpan.until(SUNDAY)),
        ("after", TimeSpan.between(date(2015, 5, 4), PUBLISHED)),
        ("around", TimeSpan(SUNDAY, date(2015, 5, 4), Precision.DAY, approximate=True)),
        ("on", TimeSpan.of_day(SUNDAY)),
    ],
)
def test_the_preposition_of_a_date_makes_it_a_bound_or_rough(
    parsed: Parsed, preposition: str, expected: TimeSpan
) -> None:
    doc = parsed("Rebels NNS nsubj 1", "attacked VBD ROOT 1 attack", f"{preposition} IN prep 1", "Sunday NNP pobj 2")
    block = Block(BlockKind.BODY, 0, doc.text)
    published = TimeSpan.of_day(PUBLISHED)
    dater = EventDater([block], [doc], dates_in([block], [doc], published), published)
    assert dater.date_of(Frame(0, doc[1], ATTACK), Modality.ASSERTED).date.span == expected


def test_the_day_of_a_saying_dates_no_deed_of_the_next_sentence(parsed: Parsed) -> None:
    doc = parsed(
        "Elbonia NNP nsubj 1", "spoke VBD ROOT 1 speak", "Sunday NNP npadvmod 1", ". . punct 1",
        "Rebels NNS nsubj 5", "fired VBD ROOT 5 fire",
    )  # fmt: skip
    day = Derivation(TimeSpan.of_day(SUNDAY), Basis.RELATIVE, "weekday", Offsets(doc[2].idx, doc[2].idx + 6))
    dater = EventDater([Block(BlockKind.BODY, 0, doc.text)], [doc], [[day]], TimeSpan.of_day(PUBLISHED))
    said = TriggerRow("speak.V", "speak", "V", "statement", Slot(), Slot(), Slot())
    done = TriggerRow("fire.V", "fire", "V", "attack", Slot(), Slot(), Slot())
    assert dater.date_of(Frame(0, doc[1], said), Modality.ASSERTED).date.span == TimeSpan.of_day(SUNDAY)
    dated = dater.date_of(Frame(0, doc[5], done), Modality.ASSERTED).date
    assert (dated.rule, dated.span.edtf()) == ("on the day of the news", "2015-05-03~")


ATTACK = TriggerRow("attack.V", "attack", "V", "attack", Slot(), Slot(), Slot())


def _dater(docs: list[Doc], told: list[tuple[int, int, TimeSpan]]) -> EventDater:
    """A dater of one body block for each doc; `told` holds a block, a token of it and the span that it tells."""
    dates: list[list[Derivation]] = [[] for _ in docs]
    for block, at, span in told:
        word = docs[block][at]
        dates[block].append(Derivation(span, Basis.RELATIVE, "weekday", Offsets(word.idx, word.idx + len(word))))
    return EventDater([Block(BlockKind.BODY, 0, doc.text) for doc in docs], docs, dates, TimeSpan.of_day(PUBLISHED))


LEAD = ("Rebels NNS nsubj 1", "attacked VBD ROOT 1 attack", "Sunday NNP npadvmod 1")
PASSIVE = ("Amir NNP nsubjpass 2", "was VBD auxpass 2 be", "shot VBN ROOT 2 shoot")


def test_an_undated_deed_of_a_later_paragraph_is_roughly_of_the_day_of_the_lead(parsed: Parsed) -> None:
    later = parsed(*PASSIVE)
    dater = _dater([parsed(*LEAD), later], [(0, 2, TimeSpan.of_day(SUNDAY))])
    dated = dater.date_of(Frame(1, later[2], ATTACK), Modality.ASSERTED).date
    assert (dated.rule, dated.span.edtf()) == ("on the day of the news", "2015-05-03~")


def test_the_narrative_goes_on_in_the_passive(parsed: Parsed) -> None:
    doc = parsed(*LEAD, ". . punct 1", *("Amir NNP nsubjpass 6", "was VBD auxpass 6 be", "shot VBN ROOT 6 shoot"))
    dater = _dater([doc], [(0, 2, TimeSpan.of_day(SUNDAY))])
    dated = dater.date_of(Frame(0, doc[6], ATTACK), Modality.ASSERTED).date
    assert (dated.rule, dated.span) == ("narrative", TimeSpan.of_day(SUNDAY))


def test_a_deed_told_in_a_paragraph_of_history_is_not_of_the_day_of_the_lead(parsed: Parsed) -> None:
    past = parsed("It PRP nsubj 1", "fell VBD ROOT 1 fall", "then RB npadvmod 1", ". . punct 1", *(
        "Amir NNP nsubjpass 6", "was VBD auxpass 6 be", "shot VBN ROOT 6 shoot"))  # fmt: skip
    dater = _dater([parsed(*LEAD), past], [(0, 2, TimeSpan.of_day(SUNDAY)), (1, 2, TimeSpan.of_year(2008))])
    dated = dater.date_of(Frame(1, past[6], ATTACK), Modality.ASSERTED).date
    assert dated.span == TimeSpan.until(PUBLISHED)


def test_a_refusal_in_the_future_tense_stands_on_the_day_of_publication(parsed: Parsed) -> None:
    doc = parsed("Elbonia NNP nsubj 3", "will MD aux 3 will", "not RB neg 3", "sell VB ROOT 3 sell")
    dated = _dater([doc], []).date_of(Frame(0, doc[3], ATTACK), Modality.ASSERTED).date
    assert dated.span == TimeSpan.of_day(PUBLISHED)


def tense_of(doc: Doc, word: str) -> Tense:
    token = next(token for token in doc if token.text == word)
    return tense_in(doc, token.idx, token.idx + len(token))


def test_the_present_with_a_day_under_it_lies_ahead(parsed: Parsed) -> None:
    votes = ("Parliament NNP nsubj 1", "votes VBZ ROOT 1 vote", "on IN prep 1", "Friday NNP pobj 2")
    assert tense_of(parsed(*votes, ". . punct 1"), "Friday") is Tense.FUTURE
    assert tense_of(parsed(*votes), "Friday") is Tense.UNKNOWN  # a headline


def test_an_infinitive_under_a_limit_or_an_order_lies_ahead(parsed: Parsed) -> None:
    told = ("Mali NNP nsubj 1", "{} VBD ROOT 1", "troops NNS dobj 1", "to TO aux 4", "leave VB xcomp 1")
    limited = parsed(*(word.format("told") for word in told), "by IN prep 4", "June NNP pobj 5", ". . punct 1")
    assert tense_of(limited, "June") is Tense.FUTURE
    ordered = parsed(*(word.format("ordered") for word in told), "in IN prep 4", "June NNP pobj 5", ". . punct 1")
    assert tense_of(ordered, "June") is Tense.FUTURE


def dated_from_june(doc: Doc, trigger: int, modality: Modality = Modality.ASSERTED) -> Derivation:
    """The date of the event at a place; "June" is the month after that of the publication."""
    word = next(token for token in doc if token.text == "June")
    june = Derivation(TimeSpan.of_month(2015, 6), Basis.RELATIVE, "month/near", Offsets(word.idx, word.idx + 4))
    dater = EventDater([Block(BlockKind.BODY, 0, doc.text)], [doc], [[june]], TimeSpan.of_day(PUBLISHED))
    row = TriggerRow("test.V", doc[trigger].lemma_, "V", "attack", Slot(), Slot(), Slot())
    return dater.date_of(Frame(0, doc[trigger], row), modality).date


def test_a_month_ahead_from_another_clause_does_not_date_what_is_done(parsed: Parsed) -> None:
    doc = parsed(
        "Police NNS nsubj 1",
        "arrested VBD ROOT 1 arrest",
        "three CD dobj 1",
        "and CC cc 1",
        "courts NNS nsubj 6",
        "will MD aux 6",
        "sit VB conj 1 sit",
        "in IN prep 6",
        "June NNP pobj 7",
    )
    assert dated_from_june(doc, 1).basis is Basis.PUBLICATION


def test_the_date_of_what_is_planned_is_not_that_of_what_is_done_about_it(parsed: Parsed) -> None:
    doc = parsed(
        "Police NNS nsubj 1",
        "banned VBD ROOT 1 ban",
        "marches NNS dobj 1 march",
        "planned VBN acl 2 plan",
        "for IN prep 3",
        "June NNP pobj 4",
    )
    assert dated_from_june(doc, 1).basis is Basis.PUBLICATION
    assert dated_from_june(doc, 2, Modality.PLANNED).span == TimeSpan.of_month(2015, 6)
