"""How events stand to each other: what comes later, in which text, and what one sentence cannot say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.events import Modality
from app.domain.spans import Precision, TimeSpan
from app.linking.claims import Claim
from app.linking.relations import relations, tells_both
from app.linking.rules import load_rules
from app.linking.words import word_set


def day(number: int) -> TimeSpan:
    return TimeSpan.of_day(date(2020, 5, number))


def types(one: Claim, other: Claim) -> list[str]:
    return [relation.type for relation in relations(one, other, load_rules())]


VISIT = Claim(
    "visit", "visit", Modality.ASSERTED, day(8), frozenset({"RUR"}), frozenset({"SYL"}), document="b",
    published=date(2020, 5, 9), words=frozenset({1, 2}),
)  # fmt: skip
PLAN = replace(
    VISIT, key="plan", modality=Modality.PLANNED, document="a", published=date(2020, 5, 2), words=frozenset({3})
)


def test_a_visit_fulfils_its_announcement() -> None:
    assert types(VISIT, PLAN) == ["fulfils"]


def test_a_plan_told_in_the_same_text_is_another_matter() -> None:
    assert types(VISIT, replace(PLAN, document="b")) == []


def test_a_plan_told_later_is_another_matter() -> None:
    assert types(VISIT, replace(PLAN, published=date(2020, 5, 20))) == []


def test_of_two_attacks_the_later_responds() -> None:
    first = replace(VISIT, key="first", kind="attack", span=day(3))
    second = replace(first, key="second", span=day(5), source=first.target, target=first.source)
    assert types(second, first) == ["responds_to"]
    assert types(first, second) == []


def test_what_a_text_calls_another_or_the_second_repeats_the_last_whatever_its_kind() -> None:
    first = replace(VISIT, key="first", span=day(3), document="a", words=word_set("she came on Sunday"))
    again = replace(VISIT, span=day(8), words=word_set("she came to the capital again"))
    assert types(again, first) == ["repeats"]
    assert types(replace(again, words=word_set("she came to the capital")), first) == []
    assert types(replace(again, source=first.target, target=first.source), first) == []
    assert types(replace(again, span=day(3)), first) == []
    assert types(replace(again, kind="statement"), replace(first, kind="statement")) == []


def test_where_the_order_is_not_known_nothing_responds() -> None:
    some = TimeSpan(date(2020, 5, 1), date(2020, 6, 1), Precision.MONTH)
    first = replace(VISIT, key="first", kind="attack", span=day(3))
    vague = replace(first, key="vague", span=some, source=first.target, target=first.source)
    assert types(vague, first) == types(first, vague) == []


def test_one_sentence_does_not_deny_itself() -> None:
    denial = replace(VISIT, key="denial", modality=Modality.DENIED)
    assert types(denial, VISIT) == []
    assert types(replace(denial, document="c", words=frozenset({4})), VISIT) == ["denies"]


def test_a_sentence_that_tells_an_event_as_done_and_as_not_done_denies_none_of_its_reports() -> None:
    elsewhere = replace(VISIT, key="elsewhere", words=frozenset({5}))
    negated = replace(VISIT, key="negated", modality=Modality.NEGATED)
    assert tells_both(negated, [elsewhere, VISIT])
    assert not tells_both(negated, [elsewhere])
    assert not tells_both(replace(negated, modality=Modality.DENIED), [elsewhere, VISIT])


def test_a_plan_is_called_off_or_put_off_before_its_day() -> None:
    plan = replace(PLAN, span=day(8))
    off = replace(
        VISIT, key="off", kind="suspension", span=day(6), trigger="cancelled", published=date(2020, 5, 6),
        words=word_set("Moscow cancelled the visit."),
    )  # fmt: skip
    (found,) = relations(off, plan, load_rules())
    assert (found.type, found.gap, found.reasons[-1]) == ("cancels", 2, "2 days before")
    assert types(replace(off, trigger="postponed"), plan) == ["postpones"]
    assert types(off, replace(plan, span=TimeSpan.of_day(date(2022, 5, 8)))) == []
    assert types(replace(off, words=word_set("Moscow cancelled a gas contract.")), plan) == []


def test_who_lifts_sanctions_lifts_his_own_however_old() -> None:
    sanction = replace(
        VISIT, key="sanction", kind="sanction", span=day(3), words=word_set("Russia imposed sanctions on Syria."),
    )  # fmt: skip
    lifted = replace(
        VISIT, key="lifted", kind="concession", span=TimeSpan.of_day(date(2024, 1, 9)), trigger="lifted",
        published=date(2024, 1, 9), document="c", words=word_set("Russia lifted its sanctions on Syria."),
    )  # fmt: skip
    assert types(lifted, sanction) == ["resumes"]
    assert types(replace(lifted, trigger="agreed"), sanction) == []
    assert types(replace(lifted, words=word_set("Russia lifted its ban on grain.")), sanction) == []
    assert types(lifted, replace(sanction, source=sanction.target, target=sanction.source)) == []


def test_an_accusation_and_a_plan_can_be_denied() -> None:
    accusation = replace(VISIT, key="accusation", kind="accusation", span=day(3), published=date(2020, 5, 3))
    denial = replace(
        VISIT, key="denial", kind="denial", source=VISIT.target, target=VISIT.source, span=day(4), document="c",
        published=date(2020, 5, 4), words=word_set("Syria denied the accusation."),
    )  # fmt: skip
    assert types(denial, accusation) == ["denies"]
    assert types(denial, replace(accusation, span=day(5), published=date(2020, 5, 5))) == []
    plan = replace(PLAN, kind="sale", thing="Iskander", topic="Iskander", span=TimeSpan.since(date(2020, 5, 2)))
    no = replace(
        plan, key="no", modality=Modality.DENIED, document="c", published=date(2020, 5, 6),
        span=TimeSpan.since(date(2020, 5, 6)), words=frozenset({7}),
    )  # fmt: skip
    assert types(no, plan) == ["denies"]
    assert types(replace(no, thing=None, topic=None), replace(plan, thing=None, topic=None)) == []
    assert types(replace(no, published=date(2020, 7, 6), span=TimeSpan.since(date(2020, 7, 6))), plan) == []


def test_papers_are_given_up_by_the_name_of_their_object() -> None:
    deal = replace(VISIT, key="deal", kind="agreement", thing="submarines", span=TimeSpan.of_day(date(2016, 4, 26)))
    off = replace(
        deal, key="off", kind="suspension", thing="agreement", trigger="scrapped", document="c", span=day(6),
        published=date(2020, 5, 6), words=word_set("Russia scrapped its agreement with Syria for 12 submarines."),
    )  # fmt: skip
    assert types(off, deal) == ["cancels"]
    assert types(replace(off, words=word_set("Russia scrapped its agreement with Syria.")), deal) == []


def test_a_denial_that_names_nobody_denies_nothing() -> None:
    denial = replace(VISIT, key="denial", modality=Modality.NEGATED, document="c", words=frozenset({4}))
    assert types(denial, VISIT) == ["denies"]
    assert types(replace(denial, inferred_source=denial.source), VISIT) == ["denies"]
    assert types(replace(denial, inferred_source=denial.source, inferred_target=denial.target), VISIT) == []


def test_who_denies_without_a_day_denies_what_was_told_in_the_days_before() -> None:
    attack = replace(VISIT, key="attack", kind="attack", document="a", span=day(3))
    denial = replace(
        attack, key="denial", modality=Modality.DENIED, span=TimeSpan.until(date(2020, 5, 5)), document="b",
        published=date(2020, 5, 5), words=frozenset({4}),
    )  # fmt: skip
    (found,) = relations(denial, attack, load_rules())
    assert (found.type, found.gap, found.reasons[-1]) == ("denies", 2, "denied 2 days after")
    assert types(denial, replace(attack, target=frozenset({"IRQ"}))) == []
    assert types(denial, replace(attack, target=frozenset())) == []
    assert types(replace(denial, place="Homs"), replace(attack, place="Aleppo")) == []
    assert types(denial, replace(attack, span=day(6))) == []
    assert types(denial, replace(attack, span=TimeSpan.of_day(date(2020, 4, 15)))) == []
    assert types(denial, replace(attack, span=TimeSpan.of_year(2020))) == []


def test_a_plain_not_without_a_day_denies_only_what_tells_a_person_thing_or_place_besides() -> None:
    attack = replace(VISIT, key="attack", kind="attack", document="a", span=day(3))
    negated = replace(
        attack, key="negated", modality=Modality.NEGATED, span=TimeSpan.until(date(2020, 5, 5)), document="b",
        published=date(2020, 5, 5), words=frozenset({4}),
    )  # fmt: skip
    assert types(negated, attack) == []
    assert types(replace(negated, place="Homs"), replace(attack, place="Homs")) == ["denies"]


def test_what_is_forbidden_or_refused_may_be_done_all_the_same() -> None:
    stays = replace(VISIT, key="stays", modality=Modality.NEGATED, document="c")
    assert types(replace(stays, words=word_set("a resolution forbids him to travel")), VISIT) == []
    assert types(replace(stays, words=word_set("they refused to go at first")), VISIT) == []
    assert types(replace(stays, words=word_set("he did not travel")), VISIT) == ["denies"]
    denied = replace(stays, modality=Modality.DENIED, words=word_set("he denied that he went, and refused to say more"))
    assert types(denied, VISIT) == ["denies"]


def test_an_answer_to_another_text_names_whom_it_answers() -> None:
    asked = replace(VISIT, key="asked", kind="request")
    refused = replace(asked, key="no", kind="refusal", source=asked.target, target=asked.source)
    likely = replace(refused, inferred_target=refused.target)
    assert types(refused, asked) == types(replace(refused, document="c"), asked) == ["refuses"]
    assert types(likely, asked) == ["refuses"]
    assert types(replace(likely, document="c"), asked) == []


def test_nobody_answers_himself_but_bodies_of_one_state_answer_each_other() -> None:
    first = replace(VISIT, key="first", kind="attack", span=day(3), target=VISIT.source)
    second = replace(first, key="second", span=day(5))
    assert types(second, first) == []
    rebels = frozenset({"RUR", "free-front"})
    assert types(replace(second, source=rebels), replace(first, target=rebels)) == ["responds_to"]


def test_a_vague_deed_that_only_touches_the_days_of_a_plan_does_not_fulfil_it() -> None:
    year = replace(VISIT, span=TimeSpan.of_year(2020))
    assert types(year, PLAN) == ["fulfils"]
    ahead = replace(PLAN, span=TimeSpan.since(date(2020, 12, 20)))
    assert types(year, ahead) == []


def test_what_is_delivered_on_the_very_day_of_a_sale_fulfils_another_contract() -> None:
    sold = replace(VISIT, key="sold", kind="sale", topic="S-300", document="a")
    came = replace(VISIT, kind="delivery", topic="S-300")
    assert types(came, sold) == []
    assert types(replace(came, span=day(9)), sold) == ["fulfils"]
    assert types(came, replace(sold, span=TimeSpan.until(date(2020, 5, 8)))) == ["fulfils"]


def test_a_refusal_in_a_text_about_a_weapon_may_be_of_anything() -> None:
    first = replace(VISIT, key="first", kind="refusal", topic="S-300", document="a", span=day(3))
    rules = load_rules(lambda name: "S-300" if "S-300" in name else None)
    again = replace(first, key="again", span=day(9))
    assert [one.type for one in relations(again, first, rules)] == []
    assert [one.type for one in relations(replace(again, thing="the S-300"), first, rules)] == ["repeats"]


DEALT = replace(VISIT, key="deal", kind="agreement", span=day(1), document="a", words=frozenset())
FAMILIES = load_rules(lambda name: "S-300" if "S-300" in name else None)


def test_a_ban_on_a_weapon_cancels_its_contract_and_who_lifts_it_resumes_that() -> None:
    contract = replace(DEALT, topic="S-300", thing="the S-300")
    ban = replace(contract, key="ban", kind="sanction", span=day(4), document="b", trigger="banned")
    lifted = replace(contract, key="off", kind="concession", span=day(9), thing=None, document="c", trigger="lifted")
    assert [one.type for one in relations(ban, contract, FAMILIES)] == ["cancels"]
    assert [one.type for one in relations(lifted, ban, FAMILIES)] == ["resumes"]
    assert list(relations(replace(lifted, trigger="granted"), ban, FAMILIES)) == []
    refused = replace(ban, key="no", kind="refusal", trigger="refused")
    assert [one.type for one in relations(refused, contract, FAMILIES)] == ["refuses"]


def test_what_is_delivered_fulfils_a_contract_for_the_same_thing_whatever_it_is() -> None:
    contract = replace(DEALT, thing="contract", words=word_set("A contract was signed for four frigates."))
    came = replace(DEALT, key="came", kind="delivery", span=day(9), document="b", thing="the first frigate")
    assert types(came, contract) == ["fulfils"]
    assert types(replace(came, thing="wheat"), contract) == []
    assert types(replace(came, thing="wheat", words=word_set("Wheat came.")), replace(contract, thing="wheat")) == [
        "fulfils"
    ]
    assert types(replace(came, span=TimeSpan.of_day(date(2020, 4, 1))), contract) == []


def test_talks_are_not_what_was_stopped_as_aid() -> None:
    stopped = replace(VISIT, key="stop", kind="suspension", span=day(1), words=word_set("They suspended military aid."))
    again = replace(stopped, key="again", kind="resumption", span=day(9), words=word_set("They resumed the talks."))
    assert types(again, stopped) == []
    assert types(replace(again, words=word_set("They resumed the aid.")), stopped) == ["resumes"]
    assert types(replace(again, words=word_set("They resumed exports.")), stopped) == ["resumes"]


def test_that_sanctions_answer_a_threat_a_word_must_say_and_like_answers_like_without() -> None:
    threat = replace(VISIT, key="threat", kind="threat", span=day(1), document="a")
    back = {"source": threat.target, "target": threat.source}
    sanction = replace(threat, key="sanction", kind="sanction", span=day(9), document="b", **back)
    assert types(sanction, threat) == []
    assert types(replace(sanction, words=word_set("It came in retaliation.")), threat) == ["responds_to"]
    assert types(sanction, replace(threat, kind="sanction")) == ["responds_to"]
    assert types(replace(sanction, kind="concession"), threat) == ["responds_to"]


def test_where_a_word_says_that_it_answers_news_may_answer_what_was_before_its_publication() -> None:
    first = replace(VISIT, key="first", kind="sanction", span=day(1), document="a")
    news = replace(
        first, key="news", span=TimeSpan.until(date(2020, 5, 8)), document="b", published=date(2020, 5, 8),
        source=first.target, target=first.source,
    )  # fmt: skip
    assert types(news, first) == []
    assert types(replace(news, words=word_set("They banned food in response.")), first) == ["responds_to"]
