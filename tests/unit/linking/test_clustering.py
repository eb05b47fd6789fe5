"""A set of claims has one answer, in whatever order and in whatever parts it comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.events import Modality
from app.domain.spans import TimeSpan
from app.linking.claims import Claim
from app.linking.clustering import Cluster, Pool, Verdicts, cluster, component
from app.linking.rules import load_rules
from app.linking.same import excludes, same_event
from app.linking.words import bands, reprints, word_set
from app.services.families import family

RULES = load_rules(family)
DAYS = (
    TimeSpan.of_day(date(2016, 4, 14)),
    TimeSpan.of_day(date(2016, 4, 20)),
    TimeSpan.of_month(2016, 4),
    TimeSpan.of_week(date(2016, 4, 14)),
    TimeSpan.until(date(2016, 4, 21)),
    TimeSpan.of_year(2016),
)
SIDES = (
    (frozenset({"IRN", "jane-doe"}), frozenset({"RUS"})),
    (frozenset({"IRN", "john-roe"}), frozenset({"RUS"})),
    (frozenset({"IRN"}), frozenset({"RUS"})),
    (frozenset({"RUS"}), frozenset({"IRN"})),
    (frozenset({"IRN"}), frozenset()),
)
SENTENCES = ("", "The envoy of the republic came to the capital on the river for three days of talks.")


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    """Claims that are near enough to each other to merge, to exclude each other, and to bridge."""
    count = draw(st.integers(2, 9))
    return [_claim(draw, number) for number in range(count)]


def _claim(draw: st.DrawFn, number: int) -> Claim:
    source, target = draw(st.sampled_from(SIDES))
    return Claim(
        key=f"k{draw(st.integers(0, 999)):03}-{number}",
        kind=draw(st.sampled_from(("visit", "meeting", "talks", "delivery"))),
        modality=draw(st.sampled_from((Modality.ASSERTED, Modality.ALLEGED))),
        span=draw(st.sampled_from(DAYS)),
        source=source,
        target=target,
        inferred_source=source if draw(st.booleans()) else frozenset(),
        inferred_target=target if draw(st.booleans()) else frozenset(),
        document=f"d{draw(st.integers(0, 4))}",
        published=date(2016, 4, 21 + draw(st.integers(0, 3))),
        thing=draw(st.sampled_from((None, "S-300", "missiles", "tanks"))),
        place=draw(st.sampled_from((None, "Moscow", "Sochi"))),
        country="RUS",
        precise_place=True,
        words=word_set(draw(st.sampled_from(SENTENCES))),
        hosted=draw(st.booleans()),
    )


def told(clusters: Sequence[Cluster]) -> set[tuple[str, frozenset[str]]]:
    return {(one.id, one.keys) for one in clusters}


@pytest.mark.parametrize("order", ["abc", "acb", "bac", "bca", "cab", "cba"])
def test_who_receives_a_guest_tells_the_visit_rather_than_another_meeting(order: str) -> None:
    """Whichever of the three has the first key."""
    sides = {"source": frozenset({"IRN", "jane-doe"}), "target": frozenset({"RUS"})}
    kinds = ({"kind": "visit"}, {"kind": "meeting", "hosted": True}, {"kind": "meeting"})
    told = [
        Claim(key=key, modality=Modality.ASSERTED, span=DAYS[0], document=key, **sides, **kind)  # type: ignore[arg-type]
        for key, kind in zip(order, kinds, strict=True)
    ]
    events = [one.keys for one in Pool(told, RULES).clusters()]
    assert set(order[:2]) in events


@settings(max_examples=300, deadline=None)
@given(claims(), st.randoms())
def test_events_and_ids_do_not_depend_on_the_order(given_: list[Claim], random: object) -> None:
    shuffled = list(given_)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert told(Pool(shuffled, RULES).clusters()) == told(Pool(given_, RULES).clusters())


@settings(max_examples=200, deadline=None)
@given(claims())
def test_one_by_one_gives_what_all_at_once_gives(given_: list[Claim]) -> None:
    """After each claim, only what hangs together with it is looked at anew; the rest stays as it was."""
    known: list[Claim] = []
    events: dict[str, frozenset[str]] = {}
    for claim in given_:
        known.append(claim)
        touched = _component_of(claim, known)
        events = {event: keys for event, keys in events.items() if not keys & touched}
        events |= {one.id: one.keys for one in cluster([one for one in known if one.key in touched], RULES)}
    assert set(events.items()) == told(Pool(given_, RULES).clusters())


def by_documents(documents: Sequence[Sequence[Claim]]) -> dict[str, str]:
    """The event of each claim when the documents come one after the other, each with all of its claims."""
    known: list[Claim] = []
    homes: dict[str, str] = {}
    for document in documents:
        known += document
        whole = component(document, Pool(known, RULES).neighbours, RULES)
        before = {homes[key] for key in whole if key in homes}
        homes |= {key: one.id for one in Pool(whole.values(), RULES).clusters() for key in one.keys}
        assert not (before - {homes[key] for key in whole}) & set(homes.values())  # no event goes while it is told
    return homes


@settings(max_examples=200, deadline=None)
@given(claims())
def test_documents_of_several_claims_give_what_all_at_once_gives(given_: list[Claim]) -> None:
    documents = [[one for one in given_ if one.document == name] for name in sorted({one.document for one in given_})]
    assert by_documents(documents) == {key: one.id for one in Pool(given_, RULES).clusters() for key in one.keys}


def test_a_document_that_quotes_two_sentences_does_not_join_their_events() -> None:
    """A shortened reprint that is not found by its words is none of its long form's event, whoever quotes both."""
    words = ["minister", "said", "thursday", "that", "iran", "will", "buy", "grain", "from", "ports", "near", "roads"]
    long = word_set(" ".join(words))
    shorter = (word_set(" ".join(some)) for some in combinations(words, len(words) - 2))
    short = next(some for some in shorter if reprints(long, some) and not {*bands(long)} & {*bands(some)})
    told_ = replace(BASE, kind="statement", thing=None, place=None, words=long)
    first = replace(told_, key="a", document="d1", published=date(2016, 4, 16))
    second = replace(told_, key="b", document="d2", published=date(2016, 4, 15), words=short)
    both = [
        replace(told_, key=key, document="d3", published=date(2016, 4, 17), words=w)
        for key, w in zip("ce", (long, short), strict=True)
    ]
    fourth = replace(first, key="f", document="d4", published=date(2016, 4, 18))
    last = by_documents([[first], [second], both, [fourth]])
    assert last == by_documents([both, [second], [fourth], [first]])


def _component_of(claim: Claim, known: Sequence[Claim]) -> frozenset[str]:
    return frozenset(component([claim], Pool(known, RULES).neighbours, RULES))


@settings(max_examples=200, deadline=None)
@given(claims())
def test_no_event_holds_two_exact_days_or_claims_that_exclude_each_other(given_: list[Claim]) -> None:
    for one in Pool(given_, RULES).clusters():
        members = [member.claim for member in one.members]
        assert not [pair for pair in combinations(members, 2) if excludes(*pair, RULES)]
        assert len({claim.span for claim in members if claim.exact}) <= 1


BASE = Claim(
    key="m",
    kind="visit",
    modality=Modality.ASSERTED,
    span=DAYS[0],
    source=frozenset({"IRN", "jane-doe"}),
    target=frozenset({"RUS"}),
    document="d1",
    published=date(2016, 4, 15),
)


def test_a_vague_date_between_two_exact_ones_joins_one_of_them_and_bridges_nothing() -> None:
    second = replace(BASE, key="n", document="d2", span=DAYS[1])
    month = replace(BASE, key="o", document="d3", span=DAYS[2])
    found = Pool([BASE, second, month], RULES).clusters()
    assert sorted(len(one.members) for one in found) == [1, 2]


def test_a_report_is_compared_with_the_one_that_it_fits_best() -> None:
    day, week = DAYS[0], DAYS[3]
    first = Claim("a", "meeting", Modality.ASSERTED, day, frozenset({"IRN", "jane-doe"}), frozenset({"RUS"}), thing="x")
    second = replace(first, key="b", thing=None)
    third = replace(first, key="c", span=week, thing=None)
    [event] = cluster([first, second, third], RULES)
    joined = {member.claim.key: member for member in event.members}["c"]
    assert joined.link
    assert (joined.to, joined.link.score) == ("b", max(_scores(third, first, second)))


def _scores(claim: Claim, *others: Claim) -> list[float]:
    links = [same_event(claim, other, RULES) for other in others]
    assert links[0]
    assert links[1]
    assert links[0].score < links[1].score
    return [link.score for link in links if link]


def test_an_event_goes_by_the_report_that_was_published_first() -> None:
    later = replace(BASE, key="a", document="d2", published=date(2016, 4, 16))
    [one] = Pool([BASE, later], RULES).clusters()
    assert one.id == "m"
    joined = next(member for member in one.members if member.link)
    assert joined.link is not None
    assert joined.link.reasons == ("visit", "IRN|jane-doe to RUS", "same day 2016-04-14")


def test_a_split_stays_split_and_a_merge_stays_merged() -> None:
    again = replace(BASE, key="n", document="d2")
    apart = Verdicts(apart={"m": frozenset({"n"}), "n": frozenset({"m"})})
    assert len(Pool([BASE, again], RULES, apart).clusters()) == 2
    strange = replace(BASE, key="x", document="d3", kind="ultimatum")
    together = Verdicts(together={"m": frozenset({"x"}), "x": frozenset({"m"})})
    [one] = Pool([BASE, strange], RULES, together).clusters()
    assert [member.link.reasons for member in one.members if member.link] == [("merged by a decision",)]


@pytest.mark.parametrize("keys", ["mxyz", "xmzy", "yzmx"])
def test_an_event_that_holds_two_days_by_a_decision_takes_in_reports_of_either(keys: str) -> None:
    days = {"m": DAYS[0], "x": DAYS[1], "y": DAYS[0], "z": DAYS[1]}
    claims = [replace(BASE, key=key, document=key, span=days[key]) for key in keys]
    together = Verdicts(together={"m": frozenset({"x"}), "x": frozenset({"m"})})
    assert [one.keys for one in Pool(claims, RULES, together).clusters()] == [frozenset("mxyz")]
    third = replace(BASE, key="n", document="n", span=TimeSpan.of_day(date(2016, 4, 28)))
    assert len(Pool([*claims, third], RULES, together).clusters()) == 2


@pytest.mark.parametrize("document", ["d1", "d2"])
def test_a_claim_is_found_by_what_it_shares(document: str) -> None:
    other = replace(BASE, key="n", document=document, span=DAYS[2])
    assert {claim.key for claim in Pool([BASE, other], RULES).neighbours([BASE]).claims} == {"m", "n"}


def test_what_was_decided_to_be_apart_is_not_joined_through_a_third() -> None:
    """A later merge of one part with what the other part was held to joins that one alone."""
    three = [replace(BASE, key=key, document=key) for key in "abc"]
    together = {"a": frozenset("b"), "b": frozenset("ac"), "c": frozenset("b")}
    verdicts = Verdicts(apart={"a": frozenset("c"), "c": frozenset("a")}, together=together)
    assert {one.keys for one in cluster(three, RULES, verdicts)} == {frozenset("ab"), frozenset("c")}
    assert {one.keys for one in cluster(three[::-1], RULES, verdicts)} == {frozenset("ab"), frozenset("c")}
