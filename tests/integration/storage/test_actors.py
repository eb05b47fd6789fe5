"""Actors are found by any of their names, with the days on which names and offices held."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Connection

from app.domain.actors import Actor, ActorType, Alias, Office
from app.domain.documents import Reading
from app.domain.spans import Precision, TimeSpan
from app.storage import actors, documents, events, runs
from app.storage.names import fold
from tests.builders import DAY, GRAUSTARK, MINISTER, RURITANIA, make_document, make_mention

REIGN = TimeSpan(date(2001, 1, 1), date(2005, 6, 1), Precision.RANGE)
KING = Actor(
    id="rudolf-elphberg",
    name="Rudolf Elphberg",
    type=ActorType.PERSON,
    state="RUR",
    sector="GOV",
    aliases=(Alias("Rudolf V", REIGN), Alias("King Rudolf", TimeSpan.unknown())),
    offices=(Office("king", "RUR", REIGN), Office("colonel", "RUR", TimeSpan.since(date(1999, 1, 1)))),
    source="public record",
)
STATES = [
    Actor("RUR", "Ruritania", ActorType.STATE, aliases=(Alias("Kingdom of Ruritania", TimeSpan.unknown()),)),
    Actor("GRK", "Graustark", ActorType.STATE, aliases=(Alias("The Crown", TimeSpan.unknown()),)),
    Actor("CIV", "Côte d'Elphberg", ActorType.STATE, aliases=(Alias("The Crown", TimeSpan.unknown()),)),
]


@pytest.fixture
def known(db: Connection) -> Connection:
    actors.upsert(db, [KING, *STATES])
    return db


@pytest.mark.parametrize(
    ("name", "folded"),
    [("The  Kremlin", "kremlin"), ("Côte d’Ivoire", "cote divoire"), ("U.S.", "us"), ("Jean-Luc", "jean luc"),
     ("ВЛАДИМИР", "владимир"), ("Straße", "strasse"), ("the", "the"), (" ", "")],
)  # fmt: skip
def test_spellings_of_a_name_meet(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_an_actor_comes_back_as_it_was_kept(known: Connection) -> None:
    told = actors.get(known, "rudolf-elphberg")
    assert told is not None
    assert {alias.name: alias.span for alias in told.aliases} == {alias.name: alias.span for alias in KING.aliases}
    assert {office.title: office.span for office in told.offices} == {one.title: one.span for one in KING.offices}
    assert (told.name, told.state, told.sector, told.source) == ("Rudolf Elphberg", "RUR", "GOV", "public record")
    assert actors.get(known, "nobody") is None


def test_keeping_again_renews_names_and_offices(known: Connection) -> None:
    actors.upsert(
        known, [Actor(KING.id, "Rudolf the Fifth", ActorType.PERSON), Actor("RUR", "Ruritania", ActorType.STATE)]
    )
    told = actors.get(known, KING.id)
    assert told is not None
    assert (told.name, told.aliases, told.offices, told.state) == ("Rudolf the Fifth", (), (), None)
    actors.upsert(known, [])


@pytest.mark.parametrize("name", ["ruritania", "RURITANIA", "rur", "RUR", "the Kingdom of Ruritania", "Rúritania"])
def test_any_spelling_of_a_name_or_code_resolves(known: Connection, name: str) -> None:
    assert [(one.id, one.exact) for one in actors.resolve(known, name)] == [("RUR", True)]


def test_a_name_that_several_carry_gives_all_of_them(known: Connection) -> None:
    assert [one.id for one in actors.resolve(known, "Crown")] == ["CIV", "GRK"]


def test_an_unknown_name_gives_the_most_alike(known: Connection) -> None:
    found = actors.resolve(known, "Ruritanya")
    assert [(one.id, one.exact) for one in found] == [("RUR", False)]
    assert 0.3 < found[0].score < 1
    assert actors.resolve(known, "Xqzzw") == []
    assert actors.resolve(known, "") == []


def test_suggestions_begin_with_the_letters_then_hold_them(known: Connection) -> None:
    assert [one.id for one in actors.suggest(known, "elphb")] == ["CIV", "rudolf-elphberg"]
    assert [one.id for one in actors.suggest(known, "rud")] == ["rudolf-elphberg"]
    assert actors.suggest(known, "100%_") == []


def test_offices_are_found_by_state_and_day(known: Connection) -> None:
    assert actors.holders(known, "RUR", TimeSpan.of_day(date(2005, 5, 31))) == [
        ("rudolf-elphberg", "colonel"),
        ("rudolf-elphberg", "king"),
    ]
    assert actors.holders(known, "RUR", TimeSpan.of_day(date(2005, 6, 1))) == [("rudolf-elphberg", "colonel")]


@pytest.fixture
def met(known: Connection) -> Connection:
    kept = documents.insert(known, make_document(), status=Reading.READ)
    run_id = runs.of_version(known, "test.1")
    mentions = {
        "a": make_mention(),
        "b": make_mention("threat", source=(GRAUSTARK,), target=(MINISTER,), span=TimeSpan.of_month(2011, 2)),
        "c": make_mention(source=(RURITANIA,), target=(), others=(GRAUSTARK,), span=TimeSpan.unknown()),
    }
    events.insert(known, [events.Report(name, one, kept.id, run_id, "q", "t") for name, one in mentions.items()])
    return known


def test_counterparts_are_counted_by_direction(met: Connection) -> None:
    (graustark, minister) = actors.counterparts(met, "RUR")
    assert (graustark.id, graustark.sent, graustark.received, graustark.total) == ("GRK", 1, 1, 3)
    assert (minister.id, minister.total) == ("rudolf-rassendyll", 1)
    (only,) = actors.counterparts(met, "RUR", when=TimeSpan.of_year(2010))
    assert (only.id, only.total) == ("GRK", 1)


def test_an_actor_has_kinds_and_first_and_last_days(met: Connection) -> None:
    assert [(one.value, one.n) for one in actors.kinds(met, "GRK")] == [("visit", 2), ("threat", 1)]
    seen = actors.seen(met, "GRK")
    assert (seen.first, seen.last, seen.events) == (DAY, date(2011, 2, 1), 3)
    assert actors.seen(met, "CIV") == type(seen)(None, None, 0)


def test_an_actor_first_met_in_a_text_is_found_by_name(met: Connection) -> None:
    (found,) = actors.resolve(met, "Rudolf Rassendyll")
    assert (found.id, found.exact, found.n_events) == ("rudolf-rassendyll", True, 1)


def test_with_no_letters_the_most_active_are_suggested(met: Connection) -> None:
    assert [one.id for one in actors.suggest(met, "", limit=2)] == ["GRK", "RUR"]


def test_what_the_lexicon_knows_replaces_what_a_text_told(met: Connection) -> None:
    actors.upsert(met, [Actor("rudolf-rassendyll", "Sir Rudolf", ActorType.PERSON, state="GRK")])
    told = actors.get(met, "rudolf-rassendyll")
    assert told is not None
    assert (told.name, told.state) == ("Sir Rudolf", "GRK")
