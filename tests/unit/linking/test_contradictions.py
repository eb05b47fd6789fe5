"""Accounts that exclude each other: one deed on two days, in two towns, or its opposite; and what may well be two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.events import Modality
from app.domain.spans import TimeSpan
from app.linking.choosing import Told, choose
from app.linking.claims import Claim
from app.linking.contradictions import contradiction, rivals
from app.linking.keys import keys_of, looks_for
from app.linking.relations import relations
from app.linking.rules import load_rules
from app.linking.words import word_set

RULES = load_rules()


def day(number: int) -> TimeSpan:
    return TimeSpan.of_day(date(2020, 5, number))


CAME = Claim(
    "a", "delivery", Modality.ASSERTED, day(11), frozenset({"RUR"}), frozenset({"SYL"}), document="a",
    publisher="Gazette", thing="S-300", topic="S-300",
    words=word_set("the launchers came by sea on a cold and foggy morning"),
)  # fmt: skip
LATER = replace(
    CAME, key="b", document="b", publisher="Courier", span=day(13), words=word_set("crates were unloaded at noon today")
)
MET = replace(
    CAME,
    kind="meeting",
    thing=None,
    topic=None,
    source=frozenset({"RUR", "jane-doe"}),
    place="Zenda",
    precise_place=True,
)
THERE = replace(MET, key="b", document="b", publisher="Courier", place="Strelsau", words=LATER.words)
REFUSED = replace(CAME, kind="refusal")
ACCEPTED = replace(LATER, kind="concession", span=day(12))


def found(one: Claim, other: Claim) -> bool:
    why = contradiction(one, other, RULES)
    assert (why is None) == (contradiction(other, one, RULES) is None)
    if why:
        assert any(_meets(search, other) for search in rivals(one, RULES))
        assert any(_meets(search, one) for search in rivals(other, RULES))
    return why is not None


def _meets(search: Claim, other: Claim) -> bool:
    places = keys_of(other, RULES)
    return any(
        (look.number, look.reach) == (key.number, key.reach) and look.after < key.start < look.before
        for look in looks_for(search, RULES)
        for key in places
    )


def test_one_delivery_of_a_weapon_on_two_days_nearby_excludes_itself() -> None:
    assert found(CAME, LATER)
    assert [relation.type for relation in relations(CAME, LATER, RULES)] == ["contradicts"]
    assert not found(CAME, replace(LATER, span=day(21)))
    assert found(CAME, replace(LATER, span=TimeSpan.of_month(2020, 5))) is False


def test_another_weapon_another_state_or_none_that_is_named_may_come_two_days_later() -> None:
    assert not found(CAME, replace(LATER, thing="Tor-M1", topic="Tor-M1"))
    assert not found(CAME, replace(LATER, target=frozenset({"GRK"})))
    assert not found(replace(CAME, thing=None, topic=None), replace(LATER, thing=None, topic=None))


def test_two_firsts_exclude_each_other_for_a_longer_time() -> None:
    first, second = (replace(one, words=one.words | word_set("first")) for one in (CAME, LATER))
    assert found(first, replace(second, span=day(28)))
    assert not found(CAME, replace(second, span=day(28)))


def test_one_paper_or_a_reprint_is_no_second_account() -> None:
    assert not found(CAME, replace(LATER, publisher="GAZETTE"))
    assert not found(CAME, replace(LATER, document=CAME.document))
    assert not found(CAME, replace(LATER, words=CAME.words))


def test_one_meeting_of_a_person_in_two_towns_on_a_day_excludes_itself() -> None:
    assert found(MET, THERE)
    assert not found(MET, replace(THERE, source=frozenset({"RUR", "john-roe"})))
    assert not found(MET, replace(THERE, place=MET.place))
    assert not found(replace(MET, kind="visit"), replace(THERE, kind="visit"))


def test_who_refused_did_not_accept_the_same_at_the_same_time() -> None:
    assert found(REFUSED, ACCEPTED)
    assert not found(REFUSED, replace(ACCEPTED, span=day(25)))
    assert not found(REFUSED, replace(ACCEPTED, modality=Modality.PLANNED))
    assert not found(REFUSED, replace(ACCEPTED, source=ACCEPTED.target, target=ACCEPTED.source))


def disputed(*quantities: tuple[int, str | None], kind: str = "delivery") -> bool:
    told = [
        Told(replace(CAME, key=f"k{number}", kind=kind), source, quantity)
        for number, (source, quantity) in enumerate(quantities)
    ]
    return any(conflict.disputes for conflict in choose(told, RULES).conflicts)


def test_two_sources_that_count_the_same_otherwise_dispute_a_delivery() -> None:
    assert disputed((0, "five batteries"), (1, "4 batteries"))
    assert not disputed((0, "five batteries"), (1, "5 batteries"))
    assert not disputed((0, "five batteries"), (1, "40 missiles"))
    assert not disputed((0, "five batteries"), (0, "4 batteries"))
    assert not disputed((0, "several batteries"), (1, "4 batteries"))
    assert not disputed((0, "five people"), (1, "4 people"), kind="attack")
