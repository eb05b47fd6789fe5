"""Who did what to whom in every form that news has for it, read with the program's own model and data.

The sentences are the project's own. Each case names the kind and, where they are told, sides and circumstances.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.domain.documents import Document
from app.exports.contract import mention_line
from app.extraction.reading import ArticleReader, load_reader
from app.sources.records import published_span

PUBLISHED = "2024-05-10"  # a Friday


@pytest.fixture(scope="module")
def reader() -> ArticleReader:
    return load_reader()


def told(reader: ArticleReader, text: str) -> list[dict[str, Any]]:
    (read,) = reader.read_many([Document(text, published=published_span(PUBLISHED))])
    lines: list[dict[str, Any]] = json.loads(json.dumps([mention_line("doc", mention) for mention in read.mentions]))
    return lines


def agrees(line: dict[str, Any], kind: str, source: str, target: str, more: dict[str, Any]) -> bool:
    """Whether the line is of the kind and holds the sides ("" asks nothing) and all that `more` names."""
    sides = (not source or source in line["source"]) and (not target or target in line["target"])
    return line["kind"] == kind and sides and all(_holds(line[name], value) for name, value in more.items())


def _holds(given: Any, wanted: Any) -> bool:
    if isinstance(given, list):
        return wanted in given
    if isinstance(given, dict):
        return all(given[name] == value for name, value in wanted.items())
    return bool(given == wanted)


Case = tuple[str, str, str, str, dict[str, Any]]

CLAUSES: list[Case] = [
    # active, passive, agentless passive
    ("Norway expelled two Russian diplomats on Tuesday.", "expulsion", "NOR", "RUS", {}),
    ("Two Russian diplomats were expelled by Norway on Tuesday.", "expulsion", "NOR", "RUS", {}),
    ("Japan's trade minister was arrested on Tuesday.", "arrest", "", "JPN", {}),
    ("Chilean warships were attacked off the coast.", "attack", "", "CHL", {}),
    # nominals with possessor, of, by, to, from, between
    ("Sweden's refusal of Turkey's request surprised diplomats.", "refusal", "SWE", "TUR", {}),
    ("The arrest of a Dutch journalist by Egypt drew protests.", "arrest", "EGY", "NLD", {}),
    ("The sale of tanks by Germany to Poland was approved.", "sale", "DEU", "POL", {}),
    ("Talks between Greece and Albania ended on Thursday.", "talks", "GRC", "ALB", {}),
    ("A request from Kenya to France was made public.", "request", "KEN", "FRA", {}),
    ("The visit of the Finnish president to Estonia was short.", "visit", "FIN", "EST", {}),
    # control and raising
    ("Peru asked Brazil to release the fishermen.", "request", "PER", "BRA", {}),
    ("Mexico tried to persuade Cuba to attend the summit.", "request", "MEX", "CUB", {}),
    ("Iran seems to have attacked Iraq.", "attack", "IRN", "IRQ", {}),
    ("Austria was persuaded by Hungary to sign the treaty.", "agreement", "AUT", "", {}),
    ("India plans to visit Nepal's flooded districts.", "visit", "IND", "NPL", {"modality": "planned"}),
    # relatives, participles, appositions
    ("The Danish minister, who visited Oslo on Monday, praised the plan.", "visit", "DNK", "NOR", {}),
    ("Troops sent by Chad to Niger returned home.", "deployment", "TCD", "NER", {}),
    ("Soldiers arrested by Mali were freed.", "arrest", "MLI", "", {}),
    ("Rishi Sunak, the British prime minister, met Emmanuel Macron in Paris.", "meeting", "Rishi Sunak", "FRA", {}),
    ("Accusing Rwanda of aggression, Burundi closed the border.", "accusation", "BDI", "RWA", {}),
    # coordination of verbs and of arguments; dative lists
    ("Canada condemned Belarus and imposed sanctions on Russia.", "accusation", "CAN", "BLR", {}),
    ("Canada condemned Belarus and imposed sanctions on Russia.", "sanction", "CAN", "RUS", {}),
    ("Spain and Portugal signed a treaty.", "agreement", "ESP", "PRT", {}),
    ("Ukraine thanked Poland, Latvia and Estonia.", "statement", "UKR", "LVA", {}),
    ("Russia agreed to sell Iran and Syria missiles.", "sale", "RUS", "SYR", {}),
    ("France sold Egypt and India fighter jets.", "sale", "FRA", "IND", {}),
    ("China gave Laos 30 ambulances.", "aid", "CHN", "LAO", {}),
    # "told", "was informed", "empty-handed"
    ("Italy told Libya that it would not extradite the captain.", "refusal", "ITA", "LBY", {}),
    ("Japan was informed that South Korea would not attend the meeting.", "refusal", "KOR", "JPN", {}),
    ("Armenia came away empty-handed from its appeals to Russia.", "refusal", "RUS", "ARM", {}),
    # dash clauses
    ("Sudan - accused by Chad of arming rebels - recalled its ambassador.", "accusation", "TCD", "SDN", {}),
    ("The emirate of Qatar — it mediated between Israel and Hamas — welcomed the truce.", "mediation", "QAT", "", {}),
    # a passive that lost its auxiliary; who answers a request was asked
    ("Ecuadorian mayor jailed for six years, a court spokesman said.", "arrest", "", "ECU", {}),
    ("Ghana turned down a request by Togo.", "request", "TGO", "GHA", {}),
    ("Lebanon was denied the loan.", "refusal", "", "LBN", {}),
    # what is not done is refused, in any tense
    ("Hungary did not accede to Ukraine's demand.", "refusal", "HUN", "UKR", {}),
    ("Serbia would not recognise Kosovo.", "refusal", "SRB", "", {}),
]

HEADLINES: list[Case] = [
    ("Suicide Bomber Kills 12 in Baghdad", "attack", "", "IRQ", {"place": "Baghdad"}),
    ("Nile Dam Talks Stall Between Egypt and Ethiopia", "talks", "EGY", "ETH", {}),
    ("Kenyan Activist Arrested in Cairo", "arrest", "", "KEN", {"place": "Cairo"}),
    ("Poland Expels Russian Ambassador", "expulsion", "POL", "RUS", {}),
    ("Japan, Australia Sign Defence Pact", "agreement", "JPN", "AUS", {}),
    ("Iran Vows to Retaliate Against Israel", "threat", "IRN", "ISR", {}),
]

CIRCUMSTANCES: list[Case] = [
    ("Germany sold Egypt four submarines for $1.4 billion.", "sale", "DEU", "EGY",
     {"quantity": "four", "value": {"amount": 1.4e9, "currency": "USD"}}),
    ("The European Union pledged 300 million euros to Moldova.", "pledge", "", "MDA",
     {"value": {"amount": 3e8, "currency": "EUR"}}),
    ("Japan lent Vietnam 80 billion yen.", "aid", "JPN", "VNM", {"value": {"amount": 8e10, "currency": "JPY"}}),
    ("Turkey gave Greece until 20 May to release the ship.", "ultimatum", "TUR", "GRC", {"deadline": "2024-05-20"}),
    ("Niger ordered France to withdraw its troops by 1 June.", "request", "NER", "FRA", {"deadline": "2024-06-01"}),
    ("Benin issued an ultimatum to Togo with a deadline of 15 May.", "ultimatum", "BEN", "TGO",
     {"deadline": "2024-05-15"}),
    ("Benin issued an ultimatum to Togo on Monday.", "ultimatum", "BEN", "TGO", {"deadline": None}),
    ("A gunman attacked a synagogue in Tunis with a knife.", "attack", "", "TUN", {"instrument": "knife"}),
    ("Ethiopia was accused of drone strikes in Eritrea.", "attack", "", "", {"instrument": "drone"}),
    ("Police in Nairobi fired at protesters using tear gas.", "attack", "KEN", "", {"instrument": "tear gas"}),
    ("Iraq bought the missiles from Russia through Belarus.", "purchase", "RUS", "IRQ", {"others": "BLR"}),
    ("Armenia and Azerbaijan held talks mediated by Georgia.", "talks", "ARM", "AZE", {"others": "GEO"}),
    ("Saudi Arabia and Iran restored relations with the mediation of China.", "recognition", "SAU", "IRN",
     {"others": "CHN"}),
    ("Rebels killed nine soldiers near Goma.", "attack", "", "COD", {"place": "Goma", "place_country": "COD"}),
]  # fmt: skip

STANCES: list[Case] = [
    ("Morocco has reportedly bought drones from Turkey.", "purchase", "TUR", "MAR", {"modality": "alleged"}),
    ("Jordan denied that it had sold ammunition to Sudan.", "sale", "JOR", "SDN", {"modality": "denied"}),
    ("Spain did not sign the agreement with Algeria.", "agreement", "ESP", "DZA", {"modality": "negated"}),
    ("Ghana may send troops to Niger.", "deployment", "GHA", "NER", {"modality": "conditional"}),
    ("Brazil will visit China's new base on Monday.", "visit", "BRA", "CHN", {"modality": "planned"}),
    ("If attacked, Finland would deploy troops to the border.", "deployment", "FIN", "", {"modality": "conditional"}),
    ("Vietnam, if the report is true, bought submarines from Russia.", "purchase", "RUS", "VNM",
     {"modality": "alleged"}),
    ("Kenya is said to have arrested an Ethiopian general.", "arrest", "KEN", "ETH", {"modality": "alleged"}),
    ("According to a Turkish newspaper, Greece bombed the island.", "attack", "GRC", "", {"modality": "alleged"}),
    ("Greece bombed the island, Turkey's foreign minister claimed.", "attack", "GRC", "",
     {"modality": "alleged", "attribution": "Turkey's foreign minister"}),
]  # fmt: skip


@pytest.mark.parametrize("case", [*CLAUSES, *CIRCUMSTANCES, *STANCES], ids=lambda case: case[0])
def test_the_sentence_tells_the_event(reader: ArticleReader, case: Case) -> None:
    text, *wanted = case
    found = told(reader, text)
    assert any(agrees(line, *wanted) for line in found), found


# What a thing is for, what one cannot bear, what is only asked about or not ruled out: nobody's deed.
NO_DEEDS = [
    ("The radar is designed to attack Chilean aircraft.", "attack"),
    ("Finland cannot afford to allow the sale.", "concession"),
    ("In the report we gave the wrong day.", "concession"),
    ("In the report we gave the wrong day.", "ultimatum"),
    ("Asked about the treaty, the Kenyan minister smiled.", "request"),
    ("A visit to Oman cannot be ruled out.", "refusal"),
    ("The demands of Mali were met.", "meeting"),
    ("Peru said the release of the weapons was a mistake.", "release"),
    ("The alliance struck up by Chad and Niger is strong.", "attack"),
]


@pytest.mark.parametrize(("text", "kind"), NO_DEEDS)
def test_what_is_no_deed_is_no_event(reader: ArticleReader, text: str, kind: str) -> None:
    assert kind not in {line["kind"] for line in told(reader, text)}


def test_a_limit_in_days_to_come_dates_the_deed_asked_for_not_the_asking(reader: ArticleReader) -> None:
    lines = {line["kind"]: line for line in told(reader, "Niger ordered France to withdraw its troops by 1 June.")}
    assert (lines["request"]["edtf"], lines["withdrawal"]["planned"]) == ("../2024-05-10", "../2024-06-01")


def test_what_is_revived_was_there_before(reader: ArticleReader) -> None:
    lines = told(reader, "Norway's envoy arrived on Thursday.\n\nHe helped revive the trade deal with Iceland.")
    (deal,) = [line for line in lines if line["kind"] == "agreement"]
    assert deal["edtf"] == "../2024-05-10"


@pytest.mark.parametrize("case", HEADLINES, ids=lambda case: case[0])
def test_the_headline_tells_the_event(reader: ArticleReader, case: Case) -> None:
    text, *wanted = case
    found = told(reader, f"{text}\n\nIt was a quiet day elsewhere, and nobody had anything to add to the news.\n")
    assert any(agrees(line, *wanted) for line in found), found
