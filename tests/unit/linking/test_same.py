"""Which two claims are one event, and which exclude each other."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from app.domain.actors import ActorType, Party
from app.domain.events import Modality
from app.domain.spans import TimeSpan
from app.linking.claims import Claim, identities
from app.linking.objects import differ, topic
from app.linking.rules import load_rules
from app.linking.same import Link, excludes, same_event
from app.linking.words import copied, gist, reprints, sketch, word_set
from app.services.families import about, family

RULES = load_rules(family)
FOURTEENTH = TimeSpan.of_day(date(2016, 4, 14))
FIFTEENTH = TimeSpan.of_day(date(2016, 4, 15))
APRIL = TimeSpan.of_month(2016, 4)
VISIT = Claim(
    key="a",
    kind="visit",
    modality=Modality.ASSERTED,
    span=FOURTEENTH,
    source=frozenset({"IRN", "jane-doe"}),
    target=frozenset({"RUS"}),
    document="one",
    published=date(2016, 4, 16),
)
ELSEWHERE = replace(VISIT, key="b", document="two")
DELIVERY = Claim(
    key="c",
    kind="delivery",
    modality=Modality.ASSERTED,
    span=FOURTEENTH,
    source=frozenset({"RUS"}),
    target=frozenset({"IRN"}),
    document="one",
    published=date(2016, 4, 16),
)


def same(one: Claim, other: Claim) -> Link | None:
    """Being the same does not depend on who is asked first."""
    there, back = same_event(one, other, RULES), same_event(other, one, RULES)
    assert (there is None) == (back is None)
    assert there is None or back is None or there.score == back.score
    return there


def test_two_papers_that_tell_the_same_visit_tell_one_event_and_say_why() -> None:
    assert same(ELSEWHERE, VISIT) == Link(1.0, ("visit", "IRN|jane-doe to RUS", "same day 2016-04-14"))


def test_a_state_stands_for_its_people_but_less_surely() -> None:
    link = same(replace(ELSEWHERE, source=frozenset({"IRN"})), VISIT)
    assert link is not None
    assert link.score < 1


def test_two_exact_days_never_merge_not_even_in_the_same_words() -> None:
    words = word_set("The envoy of Ruritania came to the capital for talks on the border.")
    other = replace(ELSEWHERE, span=FIFTEENTH, words=words)
    assert same(other, replace(VISIT, words=words)) is None
    assert excludes(other, VISIT, RULES) == "two exact days"


@pytest.mark.parametrize(
    "changed",
    [
        replace(ELSEWHERE, kind="ultimatum"),
        replace(ELSEWHERE, kind="meeting"),
        replace(ELSEWHERE, modality=Modality.PLANNED),
        replace(ELSEWHERE, source=frozenset({"SYR"})),
        replace(ELSEWHERE, source=frozenset({"IRN", "john-roe"})),
        replace(ELSEWHERE, source=frozenset(), target=frozenset()),
        replace(ELSEWHERE, span=TimeSpan.of_month(2016, 5)),
        replace(ELSEWHERE, span=TimeSpan.of_year(2016)),
        replace(ELSEWHERE, span=TimeSpan.unknown()),
    ],
    ids=["kind", "meeting", "plan", "state", "person", "nobody", "next month", "year", "no date"],
)
def test_whatever_is_not_shown_to_agree_stays_apart(changed: Claim) -> None:
    assert same(changed, VISIT) is None


def test_a_vague_date_joins_an_exact_one_where_even_the_worst_days_are_near() -> None:
    month = replace(ELSEWHERE, span=APRIL)
    link = same(month, VISIT)  # a named person: three times a visit's 14 days
    assert link is not None
    assert link.reasons[-1] == "2016-04 and 2016-04-14: at most 29 days apart, fewer than 42"
    assert same(replace(month, source=frozenset({"IRN"})), replace(VISIT, source=frozenset({"IRN"}))) is None


def test_news_without_a_date_is_looked_for_before_its_publication_and_history_is_not() -> None:
    news = replace(ELSEWHERE, span=TimeSpan.until(date(2016, 4, 16)))
    assert same(news, VISIT)
    assert same(replace(news, published=date(2020, 4, 16)), VISIT) is None


def news(claim: Claim, day: int, **told: object) -> Claim:
    """The claim told as news, in a text published on that day of April."""
    published = date(2016, 4, day)
    return replace(claim, span=TimeSpan.until(published), published=published, **told)  # type: ignore[arg-type]


def test_what_two_papers_tell_as_news_on_one_day_or_the_next_is_one() -> None:
    expelled = replace(DELIVERY, kind="deployment")
    first, later = news(expelled, 14, quantity="23"), news(expelled, 15, key="d", document="two")
    link = same(later, first)
    assert link is not None
    assert link.reasons[-1] == "../2016-04-15 and ../2016-04-14: told as news, 1 days apart"
    assert same(later, replace(expelled, published=date(2016, 4, 15)))
    assert same(news(later, 16), first) is None
    assert same(replace(later, quantity="23 of them"), first)
    assert same(replace(later, quantity="24"), first) is None
    assert same(replace(later, target=frozenset()), first) is None


def test_what_is_asked_in_the_news_of_one_day_is_one_only_where_it_is_of_one_thing() -> None:
    asked = replace(DELIVERY, kind="request")
    first, other = news(asked, 14), news(asked, 14, key="d", document="two")
    assert same(other, first) is None
    assert same(replace(other, thing="the airbase"), replace(first, thing="an airbase"))
    assert same(replace(other, kind="attack"), replace(first, kind="attack"))
    assert same(replace(news(other, 15), kind="attack"), replace(first, kind="attack")) is None


def test_the_same_words_are_the_same_news_only_within_a_month_unless_they_tell_the_days() -> None:
    """What is threatened before the manoeuvres of every spring is told in the same words."""
    words = word_set("The north has threatened to attack the south over its joint exercises with the United States.")
    threat = news(replace(DELIVERY, kind="threat", words=words), 14)
    later = replace(threat, key="d", document="two")
    assert same(replace(later, published=date(2016, 4, 30), span=TimeSpan.until(date(2016, 4, 30))), threat)
    year = replace(later, published=date(2017, 4, 14), span=TimeSpan.until(date(2017, 4, 14)))
    assert same(year, threat) is None
    told = replace(threat, span=TimeSpan.of_year(2015))
    assert same(replace(year, span=TimeSpan.of_year(2015)), told)


def test_the_same_weapon_bears_with_vaguer_dates_and_another_weapon_with_none() -> None:
    year = replace(DELIVERY, key="d", document="two", span=TimeSpan.of_year(2016))
    assert same(year, DELIVERY) is None
    named = replace(year, thing="S-300", topic="S-300")
    assert same(named, replace(DELIVERY, thing="S-300", topic="S-300"))
    assert excludes(replace(named, thing="Tor-M1"), replace(DELIVERY, thing="S-300"), RULES) == "other objects"


def test_words_for_weapons_in_general_leave_the_weapon_open_and_tanks_do_not() -> None:
    s300 = replace(DELIVERY, thing="S-300")
    told = replace(DELIVERY, key="d", document="two")
    assert same(replace(told, thing="the first missiles"), s300)
    assert same(replace(told, thing="S-300PMU"), s300)
    assert same(replace(told, thing="fuel rods"), s300) is None


def test_who_hosts_is_who_is_visited() -> None:
    """`claim_of` has turned the sides of a visit that its host tells; it may be a meeting or the visit."""
    hosted = replace(ELSEWHERE, kind="meeting", hosted=True)
    assert same(hosted, VISIT)
    assert same(hosted, replace(VISIT, kind="meeting"))


def test_who_came_is_not_who_received_him() -> None:
    away = replace(ELSEWHERE, kind="meeting", source=frozenset({"RUS"}), target=frozenset({"IRN", "jane-doe"}))
    assert same(away, replace(VISIT, kind="meeting"))
    assert not same(replace(away, hosted=True), VISIT)


def test_who_means_to_meet_another_is_met_by_him_and_pledges_nothing_else() -> None:
    intends = replace(VISIT, kind="pledge", mutual=True)
    away = replace(intends, key="b", document="two", source=intends.target, target=intends.source)
    assert same(intends, away)
    assert not same(replace(intends, mutual=False), replace(away, mutual=False))
    assert excludes(intends, replace(intends, key="b", mutual=False), RULES) == "other kinds"


def test_rows_about_two_of_one_state_are_one_event_by_more_than_the_state() -> None:
    police, citizen, state = frozenset({"~police", "IRN"}), frozenset({"~citizen", "IRN"}), frozenset({"IRN"})
    row = replace(VISIT, key="a~1", kind="arrest", source=police, target=citizen)
    other = replace(row, key="b~1", document="two", target=state)
    town = {"place": "Kashan", "country": "IRN", "precise_place": True}
    assert not same(row, other)
    assert same(replace(row, **town), replace(other, **town))
    assert same(row, replace(other, document="one"))
    assert same(row, replace(row, key="b~1", document="two"))
    assert not same(row, replace(row, key="b~1", document="two", source=frozenset({"~army", "IRN"})))
    assert same(replace(row, key="a"), replace(other, key="b"))


def test_a_meeting_has_no_doer_and_a_delivery_has() -> None:
    meeting = replace(VISIT, kind="meeting")
    turned = replace(meeting, key="b", document="two", source=meeting.target, target=meeting.source)
    assert same(turned, meeting)
    back = replace(DELIVERY, key="d", document="two", source=DELIVERY.target, target=DELIVERY.source)
    assert same(back, DELIVERY) is None


@pytest.mark.parametrize("kind", ["deployment", "threat", "sanction", "agreement", "aid", "appointment", "apology"])
def test_two_deeds_of_a_day_are_one_only_where_more_than_the_doer_is_told_by_both(kind: str) -> None:
    """Troops went to one country, destroyers to a sea: a side that is left out may be another."""
    told = replace(DELIVERY, kind=kind)
    half = replace(told, key="d", document="two", target=frozenset())
    assert same(half, told) is None
    assert same(replace(half, thing="new sanctions"), replace(told, thing="sanctions")) is None
    assert same(replace(half, thing="two destroyers"), replace(told, thing="destroyers"))
    assert same(replace(half, place="Kish"), replace(told, place="Kish"))
    assert same(replace(half, source=frozenset({"RUS", "a-b"})), replace(told, source=frozenset({"RUS", "a-b"})))
    assert same(replace(half, document="one"), told)


def test_talks_about_two_things_on_one_day_are_two() -> None:
    talks = replace(DELIVERY, kind="talks", thing="gas prices")
    assert same(replace(talks, key="d", document="two", thing="a hostage"), talks) is None
    assert same(replace(talks, key="d", document="two", thing="gas"), talks)


def test_what_is_rare_may_lack_a_side_on_its_very_day_and_an_attack_may_not() -> None:
    rare = replace(DELIVERY, kind="withdrawal")
    half = replace(rare, key="d", document="two", target=frozenset())
    assert same(half, rare)
    assert same(replace(half, span=APRIL), rare) is None
    assert same(replace(half, kind="attack"), replace(rare, kind="attack")) is None
    odesa = {"kind": "attack", "place": "Odesa"}
    assert same(replace(half, **odesa), replace(rare, **odesa))  # type: ignore[arg-type]


def test_two_sayings_of_a_day_are_two_unless_one_reprints_the_other() -> None:
    said = replace(
        DELIVERY, kind="statement", words=word_set("Russia said that the parts had come by sea in early April.")
    )
    other = replace(said, key="d", document="two", words=word_set("Russia said no more."))
    assert same(other, said) is None
    assert same(replace(other, words=said.words), said)


def test_within_one_document_a_vague_date_joins_the_exact_one_it_holds() -> None:
    retold = replace(VISIT, key="b", span=TimeSpan.until(date(2016, 4, 16)), source=frozenset({"IRN"}))
    link = same(retold, VISIT)
    assert link is not None
    assert link.reasons[-1].startswith("same document")
    history = replace(VISIT, key="b", span=TimeSpan.of_year(2014))
    assert same(history, replace(VISIT, span=TimeSpan.until(date(2016, 4, 16)))) is None


def test_an_unnamed_role_goes_by_its_state() -> None:
    officials = Party("official", "official", ActorType.ROLE, "RUS", "GOV", "officials")
    crowd = Party("protester", "protester", ActorType.ROLE, words="protesters")
    assert identities([officials, crowd]) == {"RUS", "~protester"}
    assert identities([officials], in_rows=True) == {"RUS", f"~{officials.id}"}


FULL = "The envoy of Ruritania came to the capital for talks on the border on Monday, 11 April."


def test_a_paper_that_shortens_an_agencys_sentence_reprints_it() -> None:
    full = word_set(FULL)
    assert reprints(word_set("The envoy of Ruritania came to the capital for talks on the border on Monday."), full)
    assert not reprints(word_set("The envoy of Elbonia came to the capital for talks on the border on Monday."), full)
    assert not reprints(word_set("The envoy came."), full)


def test_a_short_sentence_is_printed_again_within_days_and_says_another_thing_years_later() -> None:
    words = word_set("Iran has rejected the offer.")
    assert not reprints(words, words)
    day = date(2012, 5, 3)
    then = replace(DELIVERY, kind="refusal", span=TimeSpan.until(day), published=day, words=words)
    again = replace(then, key="d", document="two")
    assert same(replace(again, published=date(2012, 5, 4)), then)
    later = date(2018, 5, 4)
    assert same(replace(again, span=TimeSpan.until(later), published=later), then) is None
    assert same(replace(again, published=None), replace(then, published=None)) is None


def test_a_text_that_cuts_and_adds_a_sentence_is_a_copy_and_one_on_the_same_matter_is_none() -> None:
    lines = [
        f"{FULL} He brought the letter of {name}, and left on Tuesday." for name in ("the duke", "a king", "Rupert")
    ]
    whole = sketch(" ".join(lines))
    assert copied(whole, sketch(" ".join([*lines[:2], "A paper of our own adds what nobody else has told so far."])))
    own = "On Monday Ruritania's envoy reached the capital; the border is on the table, officials told us."
    assert not copied(whole, sketch(own))
    assert not copied((), ())


def test_a_text_turns_on_the_weapon_that_it_names_most() -> None:
    assert about("Iran wants the S-300. The S-300PMU-1 has a long reach.") == "S-300"
    assert about("Iran wants the S-300, the Tor-M1 and the Iskander.") is None
    assert about("Iran wants peace.") is None
    assert family("the older S-300PMU-2 system") == "S-300"
    assert family("tanks") is None


def test_a_rough_day_is_no_exact_one_and_leaves_room() -> None:
    rough = replace(ELSEWHERE, span=replace(FIFTEENTH, approximate=True))
    assert same(rough, VISIT) is not None
    assert excludes(replace(ELSEWHERE, span=FIFTEENTH), VISIT, RULES) == "two exact days"
    far = TimeSpan.of_day(date(2016, 4, 20))
    assert excludes(replace(rough, span=replace(far, approximate=True)), VISIT, RULES) == "days apart"


def only_likely(claim: Claim, **sides: frozenset[str]) -> Claim:
    """The claim with such sides, which no words name."""
    return replace(claim, **sides, **{f"inferred_{name}": side for name, side in sides.items()})  # type: ignore[arg-type]


def test_who_is_only_likely_excludes_nobody_and_leaves_the_side_open() -> None:
    guessed = only_likely(ELSEWHERE, target=frozenset({"CHN"}))
    assert excludes(guessed, VISIT, RULES) is None
    link = same(guessed, VISIT)
    assert link is not None
    assert link.reasons[1] == "IRN|jane-doe to -"
    assert same(replace(ELSEWHERE, target=frozenset({"CHN"})), VISIT) is None
    assert same(only_likely(guessed, source=frozenset({"USA"})), VISIT) is None


def test_sides_that_only_guesses_share_are_the_same_where_they_are_two_and_so_is_the_weapon() -> None:
    one, other = only_likely(VISIT, target=frozenset({"RUS"})), only_likely(ELSEWHERE, source=frozenset({"IRN"}))
    assert same(one, other) is not None
    deal = replace(one, kind="agreement", topic="S-300", thing="the S-300"), replace(other, kind="agreement")
    assert same(*deal) is not None  # one sentence
    deal = replace(deal[0], words=frozenset({1})), replace(deal[1], words=frozenset({2}))
    assert same(*deal) is None
    assert same(deal[0], replace(deal[1], topic="S-300", thing="S-300")) is not None
    home = replace(one, kind="attack", source=frozenset({"IRN"}), target=frozenset({"IRN"}))
    away = replace(other, kind="attack", target=frozenset({"IRN"}))
    guess = replace(home, inferred_target=home.target), replace(away, inferred_source=away.source)
    assert same(*guess) is None
    assert same(home, replace(away, inferred_source=frozenset())) is not None


def test_the_weapon_of_a_text_makes_no_request_of_one_that_of_whoever_is_likely_to_have_made_another() -> None:
    told = replace(DELIVERY, kind="request", topic="S-300", source=frozenset({"USA"}), target=frozenset({"RUS"}))
    told = replace(told, span=TimeSpan.of_week(date(2016, 4, 14)))
    likely = only_likely(replace(told, key="d"), source=frozenset({"TUR"}))
    assert same(likely, replace(told, thing="the S-300"))
    assert same(likely, told) == same(likely, replace(told, document="two")) is None


def test_a_side_that_one_of_the_two_only_infers_decides_nothing() -> None:
    sanction = replace(DELIVERY, kind="sanction", source=frozenset({"USA"}), target=frozenset({"IRN"}))
    week = replace(sanction, key="d", document="two", span=TimeSpan.of_week(date(2016, 4, 14)))
    assert same(week, sanction)
    guessed = only_likely(week, target=week.target)
    assert same(guessed, sanction) is None
    assert excludes(guessed, sanction, RULES) is None
    assert same(replace(guessed, target=frozenset(), inferred_target=frozenset()), sanction) is None
    # what would do without that side does with it
    assert same(replace(guessed, span=FOURTEENTH), sanction)
    assert same(replace(guessed, target=frozenset(), inferred_target=frozenset(), span=FOURTEENTH), sanction) is None
    assert same(replace(guessed, place="Kish"), replace(sanction, place="Kish"))
    words = word_set("Washington put new sanctions in force on Thursday against four banks and a line of ships.")
    assert same(replace(guessed, words=words), replace(sanction, words=words))


def test_a_person_who_is_only_likely_gives_no_longer_days() -> None:
    month = replace(ELSEWHERE, span=APRIL)
    assert same(month, VISIT)
    assert same(replace(month, inferred_source=frozenset({"jane-doe"})), VISIT) is None


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (("Iran", "IRN", False), ("Tehran", "IRN", True), False),
        (("Iran", None, False), ("Tehran", "IRN", True), False),
        (("Iran", "IRN", False), ("Tehran", None, True), False),
        (("Tehran", "IRN", True), ("Isfahan", "IRN", True), True),
        (("Tehran", None, True), ("Isfahan", "IRN", True), True),
        (("Iraq", "IRQ", False), ("Tehran", "IRN", True), True),
        (("the north", None, False), ("the south", None, False), True),
        (("Tehran", None, True), ("tehran", "IRN", True), False),
    ],
)
def test_a_country_holds_its_towns_and_two_towns_are_two(
    one: tuple[str, str | None, bool], other: tuple[str, str | None, bool], *, differ: bool
) -> None:
    places = [dict(zip(("place", "country", "precise_place"), told, strict=True)) for told in (one, other)]
    found = excludes(replace(VISIT, **places[0]), replace(ELSEWHERE, **places[1]), RULES)  # type: ignore[arg-type]
    assert found == ("other places" if differ else None)


def test_who_travels_does_not_make_one_journey_of_two_that_are_likely_to_go_elsewhere() -> None:
    """A journey to Moscow, as inferred, and a visit to an installation at home, of which one text tells."""
    abroad = only_likely(VISIT, target=frozenset({"CHN"}))
    home = replace(VISIT, key="b", span=TimeSpan.until(date(2016, 4, 15)), target=frozenset({"IRN"}), place="Iran")
    assert same(home, abroad) is None
    assert same(replace(home, target=frozenset(), place=None), abroad)  # nothing is told of where he went
    meeting = replace(home, kind="meeting"), replace(abroad, kind="meeting")
    assert same(*meeting)


def test_of_one_text_and_day_what_agrees_by_inference_is_one() -> None:
    told_ = replace(DELIVERY, kind="meeting", source=frozenset({"KOR"}), target=frozenset({"PRK"}))
    guessed = only_likely(replace(told_, key="d"), target=frozenset({"PRK"}))
    assert same(guessed, told_)
    assert same(replace(guessed, span=TimeSpan.until(date(2016, 4, 15))), told_) is None


def test_a_phrase_that_all_papers_use_makes_a_short_text_no_copy_of_a_long_one() -> None:
    phrase = ["on", "condition", "of", "anonymity"]
    taken = 0
    for seed in range(100):
        chance = random.Random(seed)
        long, short = ([f"w{chance.randrange(5000)}" for _ in range(size)] for size in (1000, 40))
        texts = [" ".join([*words[: len(words) // 2], *phrase, *words[len(words) // 2 :]]) for words in (long, short)]
        taken += copied(sketch(texts[0]), sketch(texts[1]))
    assert taken == 0


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("four frigates", "four helicopters", True),
        ("four frigates", "the first frigate", False),
        ("500,000 tons", "wheat", False),
        ("sanctions", "a ban", False),
        ("a ban", "wheat", False),
        ("the missiles", "S-300", False),
        ("tanks", "S-300", True),
    ],
)
def test_numbers_and_acts_are_no_things(one: str, other: str, *, found: bool) -> None:
    assert differ(one, other, RULES) == differ(other, one, RULES) == found


@pytest.mark.parametrize(
    ("told", "about_arms"),
    [("nuclear deal", False), ("deal", True), ("missile deal", True), (None, True), ("S-300 contract", True)],
)
def test_a_deal_about_something_else_is_not_about_the_weapon_of_its_text(told: str | None, *, about_arms: bool) -> None:
    assert topic(None, "agreement", "S-300", word_set("They signed a nuclear deal."), RULES) is None
    assert topic(None, "agreement", "S-300", word_set("They signed a deal on nuclear missiles."), RULES) == "S-300"
    words = word_set("They signed the deal.")
    assert topic(told, "agreement", "S-300", words, RULES) == ("S-300" if about_arms else None)
    assert topic(None, "sanction", "S-300", words, RULES) is None
    assert topic("S-300", "sanction", None, words, RULES) == "S-300"


def test_two_things_said_on_one_day_are_two() -> None:
    words = [
        "Sudan accused South Sudan on Sunday of supporting rebels.",
        "Sudan accused South Sudan on Sunday of stealing its oil.",
        "Khartoum said on Sunday that Juba backed rebels in Darfur.",
        "Sudan accused South Sudan.",
    ]
    names = ("Sudan", "South Sudan", "Khartoum", "Juba", "accused")
    said = [
        replace(
            VISIT, key=str(number), kind="accusation", document=str(number), words=word_set(told),
            gist=gist(word_set(told), names, RULES.common),
        )
        for number, told in enumerate(words)
    ]  # fmt: skip
    assert same(said[0], said[1]) is None
    assert same(said[0], said[2]) is not None
    assert same(said[0], said[3]) is not None  # tells too little to be of another matter
    assert same(replace(said[0], document="x"), replace(said[1], document="x")) is None
    assert same(replace(said[0], kind="visit"), replace(said[1], kind="visit")) is not None


def test_what_is_done_at_home_on_no_one_day_is_no_event_of_two_texts() -> None:
    april, march = TimeSpan.between(date(2016, 4, 12), date(2016, 4, 14)), FOURTEENTH
    home = replace(VISIT, target=frozenset({"IRN"}), words=word_set("Jane Doe has visited Isfahan."), span=april)
    other = replace(home, key="b", document="two", words=word_set("Jane Doe visited Shiraz."), span=march)
    assert same(other, home) is None
    assert same(replace(other, place="Shiraz"), replace(home, place="Shiraz")) is not None
    assert same(other, replace(home, span=march)) is not None
    unnamed = replace(other, source=frozenset({"IRN"}))
    assert same(unnamed, replace(home, span=march)) is None  # one tells who it was
    abroad = [replace(claim, target=frozenset({"RUS"})) for claim in (other, home)]
    assert same(*abroad) is not None


def test_two_sentences_much_alike_are_no_copies() -> None:
    one = "Sri Lanka received ten T-72 tanks from Ukraine on Monday, officials said. They will go to the north."
    other = "Sri Lanka received 25 T-72 tanks from Ukraine on Monday, officials said. They cost ten million dollars."
    assert not copied(sketch(one), sketch(other))
    assert copied(sketch(one), sketch(one + " More will follow."))


def test_a_deed_and_whom_it_hit_told_in_one_sentence_are_one() -> None:
    words = word_set("Rebels shelled the port of Ruritania on Thursday, killing nine sailors.")
    shelled = replace(VISIT, kind="attack", target=frozenset(), words=words)
    killed = replace(shelled, key="b", source=frozenset(), target=frozenset({"RUS"}))
    assert same(killed, replace(shelled, target=frozenset({"RUS"}))) is not None
    assert same(killed, replace(shelled, target=frozenset({"RUS"}), words=frozenset({1}))) is None
    assert same(replace(killed, span=FIFTEENTH), replace(shelled, target=frozenset({"RUS"}))) is None
    elsewhere = replace(shelled, key="c", target=frozenset({"SYR"}))
    assert same(elsewhere, replace(shelled, target=frozenset({"RUS"}))) is not None  # the port and its foreign sailors
    assert same(replace(elsewhere, target=frozenset({"jane-doe"})), replace(shelled, target=frozenset({"joe"}))) is None
    assert same(replace(killed, place="Homs", precise_place=True),
                replace(shelled, target=frozenset({"RUS"}), place="Hama", precise_place=True)) is None  # fmt: skip


def test_how_long_is_not_what() -> None:
    assert not differ("18 months", "a further year", RULES)
    assert differ("18 months in a labour camp", "a fine", RULES)


def test_gunmen_of_no_known_state_may_be_anybody_s() -> None:
    taken = replace(VISIT, kind="attack", source=frozenset({"PSE"}), target=frozenset({"GBR", "jane-doe"}))
    told = replace(taken, key="b", document="two", source=frozenset({"~gunman"}))
    assert same(told, taken) is not None
    assert (
        same(told, replace(taken, target=frozenset({"GBR"}))) is None
    )  # neither tells a person, thing or place besides
