"""A matter is one set, whichever of its events is asked for; its pages tell the relations that lead to other pages."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, text

from app.extraction.codebook import load_codebook
from app.services import matters, relating
from app.services.ingest import ingest
from app.storage.engine import transactions
from tests.scripted import desk, document

KINDS = load_codebook()
WORDS = ["amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath", "inlet", "jetty", "knoll", "lagoon"]
SIDES = ["RUS>IRN", "IRN>RUS", "RUS>~IRN", "RUS>SYR", "RUS>IRN,SYR", "RUS>", "USA>RUS", "IRN,jane-doe>RUS", "RUS>~BLR"]
CLAIMED = [
    "agreement asserted", "delivery asserted", "delivery planned", "sale asserted", "suspension asserted",
    "request asserted", "refusal asserted", "resumption asserted", "meeting asserted", "meeting negated",
    "visit planned", "visit asserted", "attack asserted", "threat asserted", "sanction asserted", "talks asserted",
]  # fmt: skip


def take(engine: Engine, *lines: str) -> None:
    ingest([document(line, f"Paper {n}") for n, line in enumerate(lines)], desk(transactions(engine)))


def ids(conn: Connection) -> dict[str, str]:
    """Each event by the sentence that tells it."""
    found = conn.execute(text("SELECT evidence_text, id FROM event ORDER BY id"))
    return {sentence: str(event) for sentence, event in found}


def members(conn: Connection, event: str) -> list[str]:
    return [one["id"] for one in relating.chain(conn, event, KINDS).record["events"]]


def told_at_random(seed: int) -> Iterator[str]:
    draw = random.Random(seed)
    for _ in range(70):
        claim, sides = draw.choice(CLAIMED), draw.choice(SIDES)
        day = draw.choice([f"201{draw.randrange(7)}-0{draw.randrange(1, 9)}-11", f"201{draw.randrange(7)}"])
        weapon = draw.choice(["", "", "S-300 ", "Tor-M1 ", "missiles "])
        yield f"{claim} {day} {sides} {weapon}| {' '.join(draw.sample(WORDS, 9))} S-300 contract."


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_matter_is_the_same_from_each_of_its_events(own: Engine, seed: int) -> None:
    take(own, *told_at_random(seed))
    with own.connect() as conn:
        chains = {event: members(conn, event) for event in ids(conn).values()}
    assert all(chains[other] == chain for chain in chains.values() for other in chain)
    assert all(event in chain for event, chain in chains.items())
    assert max(map(len, chains.values())) > 5


def test_what_stands_to_a_dealing_is_of_the_matter_though_it_names_no_weapon(own: Engine) -> None:
    """The whole text turns on the S-300; the request itself names none."""
    first = "request asserted 2016-04-02 IRN>RUS | Envoys asked for what the S-300 contract holds."
    no = "refusal asserted 2016-04-12 RUS>IRN S-300 | No S-300 for them, the ministry told its guests."
    elsewhere = "request asserted 2016-04-02 TUR>RUS | Others asked for the S-300 as well, far away."
    take(own, first, no, elsewhere)
    with own.connect() as conn:
        events = ids(conn)
        asked, refused = events[first], events[no]
        assert members(conn, asked) == members(conn, refused) == [asked, refused]
        assert members(conn, events[elsewhere]) == [events[elsewhere]]


def test_who_is_only_likely_does_not_take_a_sale_out_of_the_matter(own: Engine) -> None:
    sold = "sale asserted 2009-05-03 RUS>~BLR S-300 | The S-300 were sold, it is said in the capital."
    came = "delivery asserted 2016-04-11 RUS>IRN S-300 | The first S-300 arrived by ship."
    others = "sale asserted 2012-05-03 RUS>~SYR S-300 | More of the S-300 were sold in that year."
    named = "delivery asserted 2013-04-11 RUS>SYR S-300 | A train with S-300 crossed a border at night."
    twice = "delivery asserted 2014-08-11 RUS>IRN S-300 | Some S-300 were shown on a parade ground."
    take(own, sold, came, others, named, twice)
    with own.connect() as conn:
        events = ids(conn)
        assert set(members(conn, events[sold])) == {events[line] for line in (sold, came, twice)}
        assert set(members(conn, events[named])) == {events[line] for line in (others, named)}


def test_pages_of_a_matter_tell_the_relations_to_what_other_pages_hold(
    own: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal = "agreement asserted 2007-12-10 RUS>IRN S-300 | They signed for five S-300 batteries."
    frozen = "suspension asserted 2010-09-22 RUS>IRN S-300 | The S-300 was put on ice by decree."
    again = "resumption asserted 2015-04-13 RUS>IRN S-300 | A ban on the S-300 was lifted in spring."
    came = "delivery asserted 2016-04-11 RUS>IRN S-300 | First S-300 arrived by ship."
    take(own, deal, frozen, again, came)
    monkeypatch.setattr(relating, "MOST_IN_CHAIN", 1)
    with own.connect() as conn:
        events = ids(conn)
        told: dict[str, list[tuple[str, str]]] = {}
        page = relating.chain(conn, events[deal], KINDS)
        while page.later:
            page = relating.chain(conn, events[deal], KINDS, cursor=page.later)
            [one] = page.record["events"]
            told[one["id"]] = [(way["type"], way["to"]) for way in one["relations"]]
    assert told == {
        events[frozen]: [],
        events[again]: [("resumes", events[frozen])],
        events[came]: [("fulfils", events[deal])],
    }


def test_a_matter_beyond_reach_is_told_page_by_page(own: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between its events lie more of the weapon, dealt elsewhere, than are looked at in one go."""
    ours = [f"delivery asserted 20{year}-04-11 RUS>IRN S-300 | Ship number {year} came." for year in (10, 11, 19)]
    others = [f"delivery asserted 2015-0{n}-11 RUS>TUR S-300 | A train of {n} waggons." for n in range(1, 8)]
    take(own, *ours, *others)
    monkeypatch.setattr(matters, "MOST_COMPARED", 2)
    with own.connect() as conn:
        events = ids(conn)
        first = relating.chain(conn, events[ours[0]], KINDS)
        assert [one["id"] for one in first.record["events"]] == [events[line] for line in ours[:2]]
        assert not first.record["complete"]
        rest = relating.chain(conn, events[ours[0]], KINDS, cursor=first.later)
        assert [one["id"] for one in rest.record["events"]] == [events[ours[2]]]
        assert rest.later is None
