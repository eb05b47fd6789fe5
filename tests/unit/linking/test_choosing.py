"""An event's own fields, who counts as a source, and how events stand to each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

from app.domain.events import Modality
from app.domain.spans import TimeSpan
from app.linking.choosing import Told, choose
from app.linking.claims import Claim
from app.linking.relations import denies, relations
from app.linking.rules import load_rules
from app.linking.sources import Report, sources_of, teller
from app.linking.words import sketch, word_set
from app.services.families import family

RULES = load_rules(family)
DAY, OTHER_DAY = TimeSpan.of_day(date(2016, 4, 11)), TimeSpan.of_day(date(2016, 4, 12))
MONTH = TimeSpan.of_month(2016, 4)
BASE = Claim(
    key="a",
    kind="delivery",
    modality=Modality.ASSERTED,
    span=DAY,
    source=frozenset({"RUS"}),
    target=frozenset({"IRN"}),
    document="d1",
    published=date(2016, 4, 12),
    thing="S-300",
    topic="S-300",
)


def test_the_date_is_the_narrowest_that_most_independent_sources_agree_on() -> None:
    told = [
        Told(BASE, 0),
        Told(replace(BASE, key="b", span=OTHER_DAY), 1),
        Told(replace(BASE, key="c", span=OTHER_DAY), 2),
        Told(replace(BASE, key="d", span=MONTH), 3),
    ]
    choices = [choose(order, RULES) for order in permutations(told)]
    assert {choice.lead for choice in choices} == {"b"}
    assert choices[0].fields["date"] == "b"
    assert choices[0].conflicts[0].field == "date"
    assert dict(choices[0].conflicts[0].values)["2016-04-12"] == ("b", "c")
    assert all(choice == choices[0] for choice in choices)


def test_a_month_and_a_day_in_it_agree_and_are_no_conflict() -> None:
    choice = choose([Told(replace(BASE, span=MONTH), 0), Told(replace(BASE, key="b"), 1)], RULES)
    assert choice.fields["date"] == "b"
    assert choice.conflicts == ()


def test_reprints_of_one_agency_have_one_voice() -> None:
    wrong = [Told(replace(BASE, key=key, thing="tanks"), 0) for key in "bcd"]
    right = [Told(replace(BASE, key="e"), 1), Told(replace(BASE, key="f"), 2)]
    choice = choose([*wrong, *right], RULES)
    assert choice.fields["object"] == "e"
    assert [conflict.field for conflict in choice.conflicts] == ["object"]


def test_sums_that_differ_contradict_each_other_and_silence_does_not() -> None:
    told = [
        Told(BASE, 0, value="5 USD"),
        Told(replace(BASE, key="b"), 1),
        Told(replace(BASE, key="c"), 2, value="6 USD"),
    ]
    choice = choose(told, RULES)
    assert choice.fields["instrument"] is None
    assert choice.fields["value"] in ("a", "c")
    assert [conflict.field for conflict in choice.conflicts] == ["value"]


AGENCY = (
    "Russia has delivered the first parts of an air-defence system to Iran, a spokesman said on Monday. The deliveries "
    "will continue, he told reporters. He did not say when the parts had come, nor by which way. The contract had been "
    "put on ice for five years, until the ban was lifted last April."
)


def report(number: int, publisher: str | None, text: str) -> Report:
    return Report(f"k{number}", f"d{number}", publisher, word_set(text.split(". ")[0]), sketch(text))


def test_an_agency_reprinted_by_five_papers_is_one_report_and_five_of_their_own_are_five() -> None:
    copies = [report(n, f"Paper {n}", f"{AGENCY} Paper number {n} adds a line.") for n in range(5)]
    one = sources_of(copies)
    assert (one.texts, one.publishers, one.independent) == (1, 5, 1)
    words = ("parts came by sea", "first batteries landed", "missiles came", "system was shown", "crates are seen")
    own = [f"In Tehran the {told}, writes our man number {n} there." for n, told in enumerate(words)]
    five = sources_of([report(n, f"Paper {n}", text) for n, text in enumerate(own)])
    assert (five.texts, five.publishers, five.independent) == (5, 5, 5)


def test_two_texts_of_one_paper_are_two_reports_and_one_source() -> None:
    one, other = "The parts came by sea, it says.", "Crates were seen at noon."
    found = sources_of([report(1, "Paper", one), report(2, "PAPER", other)])
    assert (found.texts, found.publishers, found.independent) == (2, 1, 1)
    unnamed = sources_of([report(1, None, one), report(2, None, other)])
    assert (unnamed.texts, unnamed.publishers, unnamed.independent) == (2, 0, 0)


def test_a_publisher_is_one_however_its_name_is_spelled() -> None:
    spelled = ["The Guardian", "Guardian ", "theguardian.com", "https://www.theguardian.com/", "the  guardian"]
    assert {teller(name) for name in spelled} == {"guardian"}
    assert teller("news.bbc.co.uk") == teller("BBC") != teller("BBC News")
    assert teller("Lenta.ru") == "lenta"
    assert teller("The") == "the"
    assert teller("***") == "***"
    texts = ("The parts came by sea, it says.", "Crates were seen at noon.", "A ship lay in the port.")
    found = sources_of([report(n, spelled[n], text) for n, text in enumerate(texts)])
    assert (found.texts, found.publishers, found.independent) == (3, 1, 1)


def test_two_instruments_stand_beside_the_event_and_a_word_that_leaves_it_open_does_not() -> None:
    attack = replace(BASE, kind="attack", thing=None, topic=None)
    told = Told(attack, 0, instrument="car bomb")
    [conflict] = choose([told, Told(replace(attack, key="b"), 1, instrument="drones")], RULES).conflicts
    assert (conflict.field, conflict.disputes) == ("instrument", False)
    assert dict(conflict.values) == {"car bomb": ("a",), "drones": ("b",)}
    assert choose([told, Told(replace(attack, key="b"), 1, instrument="bomb")], RULES).conflicts == ()
    named = Told(attack, 0, instrument="Iskander missiles")
    assert choose([named, Told(replace(attack, key="b"), 1, instrument="missiles")], RULES).conflicts == ()


def types(one: Claim, other: Claim) -> list[str]:
    return [relation.type for relation in relations(one, other, RULES)]


def test_a_denial_of_the_same_act_disputes_it_and_of_another_does_not() -> None:
    denied = replace(BASE, key="z", document="d2", modality=Modality.DENIED)
    assert denies(denied, BASE, RULES)
    assert types(denied, BASE) == ["denies"]
    assert not denies(replace(denied, span=OTHER_DAY), BASE, RULES)
    assert not denies(replace(denied, thing="Tor-M1", topic="Tor-M1"), BASE, RULES)
    assert not denies(replace(denied, modality=Modality.PLANNED), BASE, RULES)


def test_a_refusal_refuses_the_request_made_before_it_by_the_other_side() -> None:
    march = TimeSpan.of_month(2016, 3)
    request = replace(BASE, key="r", kind="request", source=BASE.target, target=BASE.source, span=march)
    refusal = replace(BASE, key="z", kind="refusal")
    assert types(refusal, request) == ["refuses"]
    assert types(request, refusal) == []
    assert types(refusal, replace(request, span=TimeSpan.of_month(2016, 5))) == []


def test_a_delivery_fulfils_the_contract_for_its_weapon_and_the_plan_of_itself() -> None:
    contract = replace(BASE, key="r", kind="agreement", span=TimeSpan.of_year(2007), thing=None)
    assert types(BASE, contract) == ["fulfils"]
    assert types(BASE, replace(contract, topic="Tor-M1")) == []
    ahead = TimeSpan.since(date(2016, 4, 1))
    plan = replace(BASE, key="p", modality=Modality.PLANNED, span=ahead, document="told before")
    assert types(BASE, plan) == ["fulfils"]


def test_putting_on_ice_postpones_and_calling_off_cancels_and_what_was_put_on_ice_resumes() -> None:
    contract = replace(BASE, key="r", kind="agreement", span=TimeSpan.of_year(2007))
    frozen = replace(BASE, key="f", kind="suspension", span=TimeSpan.of_year(2010), trigger="put")
    assert types(frozen, contract) == ["postpones"]
    assert types(replace(frozen, trigger="cancelled"), contract) == ["cancels"]
    resumed = replace(BASE, key="g", kind="resumption", source=BASE.target, target=BASE.source)
    assert types(resumed, frozen) == ["resumes"]


def test_an_answer_in_kind_responds_within_its_days() -> None:
    expulsion = replace(BASE, key="e", kind="expulsion", thing=None, topic=None, span=TimeSpan.of_day(date(2016, 4, 1)))
    answer = replace(expulsion, key="f", source=expulsion.target, target=expulsion.source, span=DAY)
    assert types(answer, expulsion) == ["responds_to"]
    late = replace(answer, span=TimeSpan.of_day(date(2016, 9, 1)))
    assert types(late, expulsion) == []


def test_the_same_request_again_repeats_the_first() -> None:
    request = replace(BASE, key="r", kind="request", span=TimeSpan.of_month(2015, 9))
    assert types(replace(request, key="s", span=DAY), request) == ["repeats"]


def test_two_papers_that_tell_a_thing_in_five_words_are_two_sources() -> None:
    words = word_set("Iran has rejected the offer.")
    texts = ("Iran has rejected the offer. Nobody in Vienna was surprised.", "Iran has rejected the offer. Oil fell.")
    found = sources_of(
        [Report(f"r{n}", f"d{n}", f"Paper {n}", words, sketch(text * 9)) for n, text in enumerate(texts)]
    )
    assert (found.texts, found.independent) == (2, 2)
