"""A side that the clause leaves out is the likeliest of those whom the article speaks of, and says so."""

from __future__ import annotations

import json

import pytest

from app.domain.actors import ActorType, Naming, Party
from app.domain.documents import Document
from app.domain.events import Mention
from app.extraction import candidates, confidence, ranking
from app.extraction.candidates import SAME_STATE, SOURCE, TARGET, Candidate, Clues
from app.extraction.ranking import Ranker, Setting, crossed, load_ranker
from app.extraction.reading import ArticleReader, load_reader
from app.sources.records import published_span

SETTING = Setting(TARGET, "saying", "domestic")
NORWAY = Party("NOR", "Norway", ActorType.STATE, "NOR", "GOV")
KENYA = Party("KEN", "Kenya", ActorType.STATE, "KEN", "GOV")
HELD = Candidate((NORWAY,), Clues("state", "conversation", "", "", "some", "", False))
OTHER = Candidate((KENYA,), Clues("state", "", "back 1 subject", "0", "home", SAME_STATE, True))


def ranker(weights: dict[str, float], floor: float = 0.2) -> Ranker:
    return Ranker({TARGET: weights}, {TARGET: {"": floor}})


# -- the weights that are shipped ---------------------------------------------------------------


@pytest.mark.parametrize("module", [(ranking, candidates), (confidence, confidence)], ids=["sides", "confidence"])
def test_the_card_of_the_weights_is_of_the_features_that_are_read(module: tuple[object, object]) -> None:
    weights, features = module
    card = json.loads(weights.WEIGHTS_FILE.read_text("utf-8"))["card"]  # type: ignore[attr-defined]
    assert card["features"] == features.FEATURES  # type: ignore[attr-defined]
    assert card["learned_by"] == "scripts/train"
    assert card["examples"] > card["right"] > 100


def test_the_features_that_are_read_have_learned_weights() -> None:
    table = json.loads(ranking.WEIGHTS_FILE.read_text("utf-8"))["weights"]
    read = {*HELD.clues.features(), *OTHER.clues.features()} - {"across a quotation mark"}
    assert len(read & table[TARGET].keys()) >= len(read) - 2, read - table[TARGET].keys()
    read = set(OTHER.clues.features()) - {"across a quotation mark"}
    assert len(read & table[SOURCE].keys()) >= len(read) - 2, read - table[SOURCE].keys()


# -- the choice ---------------------------------------------------------------------------------


def test_the_likelier_candidate_is_chosen_with_its_chance() -> None:
    chosen = ranker({"held conversation": -1.0, "at home": 2.0}).choose(SETTING, [HELD, OTHER])
    assert chosen.parties == (KENYA,)
    assert chosen.chance == pytest.approx(0.8808, abs=1e-4)


def test_who_holds_the_side_keeps_it_among_equals() -> None:
    assert ranker({}).choose(SETTING, [HELD, OTHER]).parties == (NORWAY,)


def test_nobody_is_chosen_who_is_not_likely_enough() -> None:
    unlikely = ranker({"bias": -3.0})
    assert unlikely.choose(SETTING, [OTHER]).parties == ()
    assert unlikely.choose(SETTING, [HELD]).parties == (NORWAY,)


def test_a_feature_counts_by_itself_in_its_family_and_in_its_scene() -> None:
    weights = {"at home": 1.0, "saying: at home": 0.5, "domestic: at home": 0.25, "violent: at home": 9.0}
    assert set(crossed(["at home"], SETTING)) == {"at home", "saying: at home", "domestic: at home"}
    assert ranker(weights).choose(SETTING, [OTHER]).chance == pytest.approx(0.8520, abs=1e-4)


def test_what_was_weighed_before_weighs_the_same() -> None:
    loaded = load_ranker()
    first = loaded.choose(SETTING, [HELD, OTHER])
    assert loaded.choose(SETTING, [HELD, OTHER]) == first


# -- in an article ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reader() -> ArticleReader:
    return load_reader()


def mentions(reader: ArticleReader, text: str) -> list[tuple[str, Mention]]:
    """Each mention by its trigger word."""
    (read,) = reader.read_many([Document(text, published=published_span("2021-03-03"))])
    spans = [(mention.evidence.trigger, mention) for mention in read.mentions]
    return [(text[span.start : span.end], mention) for span, mention in spans]


HOME = (
    "Peru's president, Maria Quispe, promised reforms on Monday. Thousands of protesters had marched through Lima on "
    "Sunday. Peruvian police arrested a judge in Lima on Friday."
)


def test_what_is_done_at_home_is_done_to_the_state_at_home(reader: ArticleReader) -> None:
    (march,) = [mention for word, mention in mentions(reader, HOME) if word == "marched"]
    assert {party.state for party in march.target} == {"PER"}
    assert "likely target" in march.evidence.rule
    assert {party.basis for party in march.target} == {Naming.INFERRED}
    assert {party.basis for party in march.source} == {Naming.STATED}


def test_people_told_by_a_role_are_not_lost_to_their_state(reader: ArticleReader) -> None:
    (march,) = [mention for word, mention in mentions(reader, HOME) if word == "marched"]
    assert [(party.name, party.state) for party in march.source] == [("protester", "PER")]


def test_nobody_acts_upon_himself_for_want_of_another(reader: ArticleReader) -> None:
    for _, mention in mentions(reader, HOME):
        people = {party.id for party in mention.source if party.type is not ActorType.STATE}
        assert not people & {party.id for party in mention.target}


def test_sides_that_the_clause_names_are_left_alone(reader: ArticleReader) -> None:
    text = "Kenya and Norway spoke for months. On Tuesday Kenya expelled two Ugandan diplomats."
    (expulsion,) = [mention for word, mention in mentions(reader, text) if word == "expelled"]
    assert [party.id for party in expulsion.source] == ["KEN"]
    assert {party.state for party in expulsion.target} == {"UGA"}
    assert "likely" not in expulsion.evidence.rule


def test_a_chosen_side_makes_less_sure_than_one_that_is_told() -> None:
    weights = json.loads(confidence.WEIGHTS_FILE.read_text("utf-8"))["weights"]
    for side in (SOURCE, TARGET):
        assert weights.get(f"{side} chosen", 0.0) < weights[f"{side} clause"]


def test_nobody_meets_his_own_state(reader: ArticleReader) -> None:
    text = "Kenya and Norway spoke for months. The Kenyan minister met on Tuesday for an hour."
    (meeting,) = [mention for word, mention in mentions(reader, text) if word == "met"]
    assert "KEN" in {party.state for party in meeting.source}
    assert "KEN" not in {party.id for party in meeting.target}
