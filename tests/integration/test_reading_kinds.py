"""What whole sentences tell: the kind of an event and its sides, in headlines and in prose."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.documents import Document
from app.domain.events import Mention
from app.domain.spans import TimeSpan
from app.extraction.reading import ArticleReader, load_reader

PUBLISHED = TimeSpan.of_day(date(2012, 5, 15))


@pytest.fixture(scope="module")
def reader() -> ArticleReader:
    return load_reader()


def read(reader: ArticleReader, sentence: str) -> tuple[Mention, ...]:
    (found,) = reader.read_many([Document(sentence, published=PUBLISHED)])
    return found.mentions


def kinds(reader: ArticleReader, sentence: str) -> list[str]:
    return [mention.kind for mention in read(reader, sentence)]


def sides(reader: ArticleReader, sentence: str, kind: str) -> tuple[list[str], list[str]]:
    mention = next(mention for mention in read(reader, sentence) if mention.kind == kind)
    return [party.id for party in mention.source], [party.id for party in mention.target]


@pytest.mark.parametrize(
    ("headline", "kind", "expected"),
    [
        ("Blast Kills 12 in Peshawar", "attack", ([], ["PAK"])),
        ("Bomb Kills 12 in Peshawar", "attack", ([], ["PAK"])),
        ("Explosion Wounds Five in Kabul", "attack", ([], ["AFG"])),
        ("Roadside Bomb Kills Four NATO Soldiers", "attack", ([], ["nato"])),
        ("Turkish Pilots Released", "release", ([], ["TUR"])),
        ("Iran Accused of Supplying Drones", "accusation", ([], ["IRN"])),
        ("Ukraine Accused of Shelling Hospital", "accusation", ([], ["UKR"])),
        ("Israeli Ambassador Summoned", "accusation", ([], ["ISR"])),
        ("Russian Envoy Expelled", "expulsion", ([], ["RUS"])),
        ("Five sailors set free", "release", ([], ["sailor"])),
    ],
)
def test_a_headline_names_whom_it_was_done_to_first(
    reader: ArticleReader, headline: str, kind: str, expected: tuple[list[str], list[str]]
) -> None:
    assert kinds(reader, headline).count(kind) == 1
    assert sides(reader, headline, kind) == expected


def test_the_accused_of_a_headline_is_not_who_accuses(reader: ArticleReader) -> None:
    source, target = sides(reader, "Syria Accused of Arming Hezbollah", "accusation")
    assert "SYR" not in source
    assert target == ["SYR"]


def test_a_sentence_with_a_day_before_its_object_is_no_headline(reader: ArticleReader) -> None:
    assert kinds(reader, "Iran released on Monday three American hikers.") == []


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Iran is holding three American hikers.", "arrest"),
        ("Police are holding two suspects.", "arrest"),
        ("North Korea is holding an American citizen.", "arrest"),
        ("Twenty British sailors are being held by Somali pirates.", "attack"),
        ("Hamas is holding two Israeli soldiers.", "attack"),
        ("The Iranian journalist walked free on Monday.", "release"),
        ("The sailors were set free on Monday.", "release"),
        ("Iran set free five American sailors on Monday.", "release"),
        ("The Taliban swept into Kabul.", "attack"),
        ("Rebels marched into the capital.", "attack"),
        ("Hezbollah fighters rolled into Beirut.", "attack"),
        ("Students marched into the square on Friday.", "protest"),
        ("Striking nurses blocked the road.", "protest"),
        ("The government met striking miners on Monday.", "protest"),
        ("Iran issued a denial on Monday.", "denial"),
        ("Iran's denial of visas to inspectors angered the UN.", "refusal"),
        ("Iran dismissed the findings as fabrication.", "denial"),
        ("Russia rejected the allegations as baseless.", "denial"),
        ("Russia dismissed the proposal as nonsense.", "refusal"),
        ("Iran called the charges unfounded.", "denial"),
        ("Turkey called the tapes fake.", "denial"),
        ("Israel described the report as false.", "denial"),
        ("Israel vowed to prevent him from leaving.", "threat"),
        ("Iran vowed to stop Israel from building the wall.", "threat"),
        ("Iran vowed to prevent attacks.", "pledge"),
        ("The UN insisted that Israel withdraw its troops.", "request"),
        ("The minister insisted that Israel must stop building.", "request"),
        ("Turkey insists it did not supply weapons to the rebels.", "statement"),
        ("The UN evacuated its staff from Syria on Monday.", "withdrawal"),
        ("Iran withdrew a complaint against Israel.", "concession"),
        ("Police beat protesters in Cairo.", "attack"),
        ("The FARC handed over its weapons to the UN.", "withdrawal"),
        ("Police held five men over the bombing.", "arrest"),
        ("Truck drivers on strike blocked the border with France.", "protest"),
        ("Demonstrators poured into the square.", "protest"),
        ("The bank's denial of loans to Cuba angered Havana.", "refusal"),
        ("Russia commented on a strike against Syria.", "attack"),
        ("Russia handed over weapons to Syria.", "delivery"),
        ("Hezbollah surrendered its weapons to the army.", "withdrawal"),
    ],
)
def test_the_kind_that_the_sentence_tells(reader: ArticleReader, sentence: str, kind: str) -> None:
    assert kind in kinds(reader, sentence)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The Syrian army launched an offensive in a bid to retake Aleppo.", "request"),
        ("Striking teachers gathered in Paris on Monday.", "attack"),
        ("A striking resemblance was seen by Israel.", "attack"),
        ("The denials of Iran did not convince the United States.", "refusal"),
        ("The army insisted this was not a coup.", "request"),
        ("Iran withdrew a complaint against Israel.", "withdrawal"),
        ("France beat Germany 2-1 in the World Cup final.", "attack"),
        ("England crushed Argentina in the rugby final.", "attack"),
        ("Iran struck gold in the desert.", "attack"),
        ("Turkey hit the jackpot.", "attack"),
        ("Truck drivers on strike blocked the border with France.", "attack"),
        ("The minister held a child in his arms.", "arrest"),
        ("Prices were set free by the government.", "release"),
        ("The doctors gave him six months to live.", "ultimatum"),
        ("The UN evacuated its staff from Syria on Monday.", "expulsion"),
    ],
)
def test_the_kind_that_a_word_alone_would_tell(reader: ArticleReader, sentence: str, kind: str) -> None:
    assert kind not in kinds(reader, sentence)


@pytest.mark.parametrize(
    ("sentence", "kind", "expected"),
    [
        ("The army retook Palmyra from Islamic State.", "seizure", (["army"], ["islamic-state"])),
        ("The Syrian army recaptured Palmyra from Islamic State.", "seizure",
         (["syrian-arab-army"], ["islamic-state"])),
        ("Islamic State lost Aleppo to the Syrian army.", "seizure", (["syrian-arab-army"], ["islamic-state"])),
        ("Palestine took Israel to the International Court.", "accusation", (["PSE"], ["ISR"])),
        ("France called in the ambassador of Iran.", "accusation", (["FRA"], ["IRN"])),
        ("Mubarak handed power to Omar Suleiman.", "resignation", (["hosni-mubarak"], ["omar-suleiman"])),
        ("Ecowas gave Niger's putschists a week to reinstate Bazoum or face force.", "ultimatum",
         (["ecowas"], ["NER"])),
        ("Iran gave its envoys 48 hours to leave.", "ultimatum", (["IRN"], [])),
        ("The UN gave Iran a month to answer.", "ultimatum", (["united-nations"], ["IRN"])),
        ("The ambassadors were given three days to leave.", "ultimatum", ([], ["ambassador"])),
    ],
)  # fmt: skip
def test_who_did_it_to_whom(
    reader: ArticleReader, sentence: str, kind: str, expected: tuple[list[str], list[str]]
) -> None:
    assert sides(reader, sentence, kind) == expected


@pytest.mark.parametrize(
    ("sentence", "amount", "currency"),
    [
        ("Australia donated $10m to Fiji.", 10_000_000, "USD"),
        ("Britain donated £3m to Haiti.", 3_000_000, "GBP"),
        ("Norway pledged €25bn to Sudan.", 25_000_000_000, "EUR"),
        ("Japan donated $50m in aid to Haiti.", 50_000_000, "USD"),
    ],
)
def test_a_sum_keeps_its_scale(reader: ArticleReader, sentence: str, amount: int, currency: str) -> None:
    (mention,) = read(reader, sentence)
    assert mention.value is not None
    assert (mention.value.amount, mention.value.currency) == (amount, currency)


def test_a_quantity_keeps_its_scale(reader: ArticleReader) -> None:
    (mention,) = read(reader, "Japan donated $50m in aid to Haiti.")
    assert mention.quantity == "$50m"
